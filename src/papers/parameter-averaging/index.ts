export {parameterSections} from "./parameters.ts";
