export {assemble} from "./assemble.ts";
export {instantiate, type Kernel} from "./instantiate.ts";
export {missingWebAssembly, webAssemblySupported, type WebAssemblyHost} from "./support.ts";
