/** Draws legs on Natural Earth's countries as SVG: no tiles, no WebGL, sharp in print; a list of links beside it. */
import { geoGraticule10, geoPath, type GeoProjection } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import countriesAddress from "world-atlas/countries-110m.json?url";

import { type Draw, NothingToDraw } from "../picture";
import { controls } from "./controls";
import { pathOf, type Point, projectionFor, runsOf } from "./geometry";
import { type Leg, legsOf, type Measure, passes, said } from "./legs";

/** Links beside the map: more than these are read in the table, which has all. */
const LISTED = 12;
/** Arrowheads on more legs than this would hide the lines; they stay on the heaviest. */
const HEADED = 30;
/** Width of lines in pixels, lightest and heaviest; where legs crowd, the lightest become hairlines. */
const WIDTHS = { few: [1.4, 7], many: [0.7, 6] } as const;
const SVG = "http://www.w3.org/2000/svg";

interface View {
  k: number;
  x: number;
  y: number;
}

export const draw: Draw = async (stage, data, host) => {
  const legs = legsOf(data);
  if (!legs.length) throw new NothingToDraw("No leg has a known place at both ends: there is nothing to draw.");
  const world = await countries();
  const tiers = [...new Set(legs.map((leg) => leg.tier))].sort(byTier);
  const frame = element("div", "ep-map-frame");
  const readout = element("p", "ep-readout");
  const list = element("ol", "ep-legs");
  const wanted = host.dataset["filter"] ?? "tier goods period width";
  const choice = controls(legs, tiers, wanted, () => render());
  const zoom = element("div", "ep-bar");
  const title = host.dataset["title"] ?? "Map of legs";
  let view: View = { k: 1, x: 0, y: 0 };
  let width = stage.clientWidth;

  const move = (next: View): void => {
    view = next;
    frame.querySelector("g.ep-sheet")?.setAttribute("transform", `translate(${view.x},${view.y}) scale(${view.k})`);
    place(frame, view);
  };
  const closer = (factor: number): void => {
    const k = Math.min(Math.max(view.k * factor, 1), 12);
    const [cx, cy] = [frame.clientWidth / 2, frame.clientHeight / 2];
    const by = k / view.k;
    move(k === 1 ? { k: 1, x: 0, y: 0 } : { k, x: cx - (cx - view.x) * by, y: cy - (cy - view.y) * by });
  };
  for (const [name, act] of [
    ["Nearer", () => closer(1.6)],
    ["Farther", () => closer(1 / 1.6)],
    ["Everything", () => move({ k: 1, x: 0, y: 0 })],
  ] as const) {
    const button = element("button", "");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", act);
    zoom.append(button);
  }
  zoom.append(legend(tiers));

  function render(): void {
    const filter = choice.filter();
    const measure = choice.measure();
    const shown = legs.filter((leg) => passes(leg, filter)).sort((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0));
    width = Math.max(stage.clientWidth, 280);
    const height = Math.round(Math.min(Math.max(width * 0.46, 300), 540));
    const projection = projectionFor(shown.length ? shown : legs, width, height);
    const point = (leg: Leg | null): void => highlight(frame, readout, shown, leg);
    frame.replaceChildren(sheet(shown, world, projection, { width, height, measure, tiers, title }, point));
    fillList(list, shown, point);
    readout.textContent = shown.length ? hint(shown.length, legs.length) : "No leg passes this filter.";
    move(view);
  }
  draggable(frame, () => view, move, closer);
  if (choice.form.childElementCount) stage.append(choice.form);
  stage.append(frame, zoom, readout, list);
  render();
  const watch = new ResizeObserver(() => Math.abs(stage.clientWidth - width) > 2 && stage.clientWidth > 0 && render());
  watch.observe(stage);
  return { summary: "", free: () => watch.disconnect() };
};

let fetched: Promise<Topology> | undefined;

/** Natural Earth's countries, fetched once a page. */
function countries(): Promise<Topology> {
  fetched ??= fetch(countriesAddress).then((answer) => answer.json() as Promise<Topology>);
  return fetched;
}

interface Sheet {
  width: number;
  height: number;
  measure: Measure;
  tiers: readonly string[];
  title: string;
}

function sheet(
  legs: readonly Leg[],
  world: Topology,
  projection: GeoProjection,
  { width, height, measure, tiers, title }: Sheet,
  point: (leg: Leg | null) => void,
): SVGSVGElement {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
  svg.setAttribute("aria-label", `${title}: ${legs.length} legs. The list and the table beneath say the same.`);
  const path = geoPath(projection);
  const outlines = feature(world, world.objects["countries"] as GeometryCollection);
  const land = shape("g", { class: "ep-sheet" });
  land.append(
    shape("path", { class: "ep-sea", d: path({ type: "Sphere" }) ?? "" }),
    shape("path", { class: "ep-grid", d: path(geoGraticule10()) ?? "" }),
    shape("path", { class: "ep-land", d: path(outlines) ?? "" }),
  );
  const most = Math.max(...legs.map((leg) => leg[measure] ?? 0), 1);
  const [thin, thick] = legs.length > HEADED ? WIDTHS.many : WIDTHS.few;
  const marks = shape("g", { class: "ep-marks" });
  legs.forEach((leg, index) => {
    const runs = runsOf(leg, projection, width);
    const d = pathOf(runs);
    const stroke = thin + (thick - thin) * Math.sqrt((leg[measure] ?? 0) / most);
    const kind = tierClass(leg.tier, tiers);
    const line = shape("path", { class: `ep-leg ${kind}`, d, "data-leg": index, "stroke-width": stroke.toFixed(1) });
    const reach = shape("path", { class: "ep-reach", d });
    if (leg.href) reach.addEventListener("click", () => open(leg.href));
    reach.addEventListener("pointerenter", () => point(leg));
    reach.addEventListener("pointerleave", () => point(null));
    land.append(line, reach);
    if (index < HEADED) marks.append(...arrow(runs, stroke, kind, index));
  });
  marks.append(...places(legs, projection));
  svg.append(land, marks);
  return svg;
}

/** An arrowhead a little past the middle, so that direction is read where legs do not yet crowd. */
function arrow(runs: readonly Point[][], stroke: number, kind: string, index: number): SVGElement[] {
  const run = runs.reduce<readonly Point[]>((longest, next) => (next.length > longest.length ? next : longest), []);
  const at = run[Math.floor(run.length * 0.6)];
  const before = run[Math.floor(run.length * 0.6) - 1];
  if (!at || !before) return [];
  const turn = (Math.atan2(at[1] - before[1], at[0] - before[0]) * 180) / Math.PI;
  const size = 3.2 + stroke;
  const head = shape("path", { class: `ep-head ${kind}`, d: `M${-size},${-size * 0.8}L${size},0L${-size},${size * 0.8}Z` });
  return [anchored([head], at, index, turn)];
}

/** Ends of legs with their names; a name that would cover another is left out: the list has it. */
function places(legs: readonly Leg[], projection: GeoProjection): SVGElement[] {
  const ends = new Map<string, Point>();
  for (const leg of legs) {
    for (const [name, position] of [
      [leg.from, leg.start],
      [leg.to, leg.end],
    ] as const) {
      const at = projection([position[0] ?? 0, position[1] ?? 0]);
      if (at && !ends.has(name)) ends.set(name, at);
    }
  }
  const taken: Point[] = [];
  return [...ends].map(([name, at]) => {
    const parts: SVGElement[] = [shape("circle", { class: "ep-place", r: 3.5 })];
    const free = taken.every(([x, y]) => Math.abs(x - at[0]) > 7 * name.length || Math.abs(y - at[1]) > 14);
    if (free) {
      taken.push(at);
      const label = shape("text", { class: "ep-name", x: 6, y: 4 });
      label.textContent = name;
      parts.push(label);
    }
    return anchored(parts, at);
  });
}

/** Marks keep their size when the sheet is enlarged: their place is kept apart from their drawing. */
function anchored(parts: SVGElement[], [x, y]: Point, leg?: number, turn = 0): SVGElement {
  const group = shape("g", { "data-x": x.toFixed(2), "data-y": y.toFixed(2), "data-turn": turn.toFixed(1) });
  if (leg !== undefined) group.dataset["leg"] = String(leg);
  group.append(...parts);
  return group;
}

function place(frame: HTMLElement, { k, x, y }: View): void {
  for (const mark of frame.querySelectorAll<SVGGElement>(".ep-marks > g")) {
    const at = [Number(mark.dataset["x"]) * k + x, Number(mark.dataset["y"]) * k + y] as const;
    mark.setAttribute("transform", `translate(${at[0]},${at[1]}) rotate(${mark.dataset["turn"] ?? 0})`);
  }
}

function highlight(frame: HTMLElement, readout: HTMLElement, shown: readonly Leg[], leg: Leg | null): void {
  const index = leg ? String(shown.indexOf(leg)) : "";
  frame.classList.toggle("ep-one", leg !== null);
  for (const mark of frame.querySelectorAll<SVGElement>("[data-leg]")) {
    mark.classList.toggle("ep-lit", mark.dataset["leg"] === index);
  }
  if (leg) readout.textContent = said(leg);
}

function fillList(list: HTMLElement, shown: readonly Leg[], point: (leg: Leg | null) => void): void {
  list.replaceChildren(
    ...shown.slice(0, LISTED).map((leg) => {
      const item = document.createElement("li");
      const target = document.createElement(leg.href ? "a" : "span");
      if (leg.href) target.setAttribute("href", leg.href);
      target.textContent = said(leg);
      for (const [on, off] of [
        ["focus", "blur"],
        ["pointerenter", "pointerleave"],
      ] as const) {
        target.addEventListener(on, () => point(leg));
        target.addEventListener(off, () => point(null));
      }
      item.append(target);
      return item;
    }),
  );
}

function draggable(frame: HTMLElement, view: () => View, move: (view: View) => void, closer: (by: number) => void): void {
  let from: { x: number; y: number; view: View } | null = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && view().k > 1) from = { x: event.clientX, y: event.clientY, view: view() };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    move({ k: from.view.k, x: from.view.x + event.clientX - from.x, y: from.view.y + event.clientY - from.y });
  });
  for (const end of ["pointerup", "pointerleave"]) frame.addEventListener(end, () => (from = null));
  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      closer(event.deltaY < 0 ? 1.25 : 0.8);
    },
    { passive: false },
  );
}

function legend(tiers: readonly string[]): HTMLElement {
  const items = element("ul", "ep-legend");
  for (const tier of tiers) {
    const item = document.createElement("li");
    const swatch = shape("svg", { width: 34, height: 10, "aria-hidden": "true" });
    swatch.append(shape("path", { class: `ep-leg ${tierClass(tier, tiers)}`, d: "M1,5L33,5", "stroke-width": 3 }));
    item.append(swatch, /^\d/.test(tier) ? `tier ${tier}` : tier);
    items.append(item);
  }
  return items;
}

/** Tiers 1 to 4 have a colour and a dash of their own; any other value shares the quiet one. */
const tierClass = (tier: string, tiers: readonly string[]): string => {
  const digit = /^[1-4]/.exec(tier)?.[0];
  return digit ? `ep-tier-${digit}` : tiers.length > 1 ? "ep-tier-none" : "ep-tier-only";
};

const byTier = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
const hint = (shown: number, all: number): string =>
  `${shown === all ? `${all}` : `${shown} of ${all}`} ${all === 1 ? "leg" : "legs"}. Point at one for its figures; a click opens its rows.` +
  (shown > LISTED ? ` The ${LISTED} heaviest are listed here, all in the table.` : "");

function open(href: string | null): void {
  if (href?.startsWith("/")) location.assign(href);
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

function shape<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
