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
  await fit(view, stage);
  let width = stage.clientWidth;
  const watch = new ResizeObserver(() => {
    if (Math.abs(stage.clientWidth - width) < 2) return;
    width = stage.clientWidth;
    void fit(view, stage);
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

/** Wider than this a chart gains nothing; narrower than this its axis has no room for labels. In pixels. */
const WIDEST = 860;
const NARROWEST = 140;

/** Makes the plot as wide as the stage allows: what axes and legend take is measured, not guessed. */
async function fit(view: View, stage: HTMLElement): Promise<void> {
  const drawn = stage.querySelector("svg")?.viewBox.baseVal.width ?? 0;
  const beside = drawn - view.width();
  const wanted = Math.max(NARROWEST, Math.min(stage.clientWidth, WIDEST) - beside);
  if (drawn > 0 && Math.abs(wanted - view.width()) > 2) await view.width(wanted).runAsync();
}

/** A specification carries its data; one that asks for a file or an address is refused. */
function closedLoader(): Loader {
  const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`a chart may not load ${uri}`));
  return { ...loader(), load: refuse, sanitize: refuse } as unknown as Loader;
}

function themed(host: HTMLElement): Config {
  const ink = colour(host, "--ep-ink");
  const quiet = colour(host, "--ep-quiet");
  const line = colour(host, "--ep-line");
  const guide = { labelColor: quiet, titleColor: quiet };
  return {
    background: "transparent",
    axis: { ...guide, domainColor: quiet, gridColor: line, tickColor: line },
    legend: { ...guide, labelColor: ink },
    title: { color: ink, subtitleColor: quiet },
  } as Config;
}
