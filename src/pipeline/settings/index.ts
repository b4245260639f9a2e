export {applySettings} from "./apply-settings.ts";
export {parseSettings} from "./parse-settings.ts";
export {settingText} from "./setting.ts";
export type {Setting} from "./setting.ts";
