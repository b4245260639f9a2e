declare module "npm:vega-embed" {
  export * from "vega-embed";
  export {default} from "vega-embed";
}
