/** Draws a compiled Vega specification without compiling code, so that the page's policy needs no eval. */
import type { Config, Loader, Spec } from "vega";
import { transforms } from "vega-dataflow";
import * as encoders from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { loader } from "vega-loader";
import { parse } from "vega-parser";
import * as regressions from "vega-regression";
import * as basics from "vega-transforms";
import { mergeConfig } from "vega-util";
import { View } from "vega-view";
import * as viewTransforms from "vega-view-transforms";

import { colour, type Draw, NothingToDraw } from "./picture";

// Vega as a whole also has maps, trees, forces, word clouds and labels, a third of its size; no chart here uses them.
Object.assign(transforms, basics, viewTransforms, encoders, regressions);

export const draw: Draw = async (stage, data, host) => {
  const spec = data as Spec;
  if (!spec.marks?.length) throw new NothingToDraw("There is nothing to chart here.");
  const config = mergeConfig({}, (spec.config ?? {}) as Config, themed(host)) as Config;
  const runtime = parse({ ...spec, config, background: "transparent" }, config, { ast: true });
  const label = host.dataset["title"] ?? spec.description ?? "chart";
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: closedLoader(),
    renderer: "svg",
    container: stage,
    hover: true,
  });
  view.description(label);
  await view.runAsync();
  let width = stage.clientWidth;
  const watch = new ResizeObserver(() => {
    if (Math.abs(stage.clientWidth - width) < 2) return;
    width = stage.clientWidth;
    window.dispatchEvent(new Event("resize"));
  });
  watch.observe(stage);
  return {
    summary: "",
    free: () => {
      watch.disconnect();
      view.finalize();
    },
  };
};

/** A specification carries its data; one that asks for a file or an address is refused. */
function closedLoader(): Loader {
  const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`a chart may not load ${uri}`));
  return { ...loader(), load: refuse, sanitize: refuse } as unknown as Loader;
}

function themed(host: HTMLElement): Config {
  const ink = colour(host, "--ep-ink");
  const quiet = colour(host, "--ep-quiet");
  const line = colour(host, "--ep-line");
  const font = getComputedStyle(host).fontFamily;
  return {
    background: "transparent",
    style: { "guide-label": { fill: quiet, font }, "guide-title": { fill: ink, font }, "group-title": { fill: ink, font } },
    axis: { domainColor: line, gridColor: line, tickColor: line },
    title: { color: ink },
  } as Config;
}
