/** The parts of Vega have no types of their own; those of the whole serve. */
declare module "vega-parser" {
  export { parse } from "vega";
}
declare module "vega-view" {
  export { View } from "vega";
}
declare module "vega-loader" {
  export { loader } from "vega";
}
declare module "vega-util" {
  export { mergeConfig } from "vega";
}
declare module "vega-dataflow" {
  export const transforms: Record<string, unknown>;
}
declare module "vega-encode";
declare module "vega-regression";
declare module "vega-transforms";
declare module "vega-view-transforms";
