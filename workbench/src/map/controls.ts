/**
 * The filter over the legs of a map: tier, goods, period, and what the width of a line stands for.
 *
 * `data-filter` names those that a page wants ("tier goods period width" by default): one that filters on the server has its own.
 */
import { chosen, remember } from "../address";
import type { Filter, Leg, Measure } from "./legs";

export interface Controls {
  form: HTMLFormElement;
  filter(): Filter;
  measure(): Measure;
}

const MEASURES: readonly [Measure, string][] = [
  ["shipments", "shipments"],
  ["kg", "weight"],
  ["value_usd", "value (USD)"],
];

/** Fewer legs than this are seen at a glance: nothing to filter. */
const FEW = 4;

export function controls(legs: readonly Leg[], tiers: readonly string[], wanted: string, changed: () => void): Controls {
  const wants = (name: string): boolean => legs.length >= FEW && wanted.split(" ").includes(name);
  const form = document.createElement("form");
  form.className = "ep-filter";
  form.setAttribute("aria-label", "Filter of the map");
  const goods = [...new Set(legs.flatMap((leg) => leg.goods))].sort();
  const dates = legs.flatMap((leg) => [leg.first, leg.last]).filter(Boolean).sort();
  const measures = MEASURES.filter(([measure]) => legs.some((leg) => leg[measure] !== null));
  const fields: Record<string, HTMLSelectElement | HTMLInputElement> = {};
  if (wants("tier") && tiers.length > 1) fields["tier"] = select("Tier", "map-tier", [["", "all"], ...tiers.map((tier) => [tier, tier] as const)]);
  if (wants("goods") && goods.length > 1) fields["goods"] = select("Goods", "map-goods", [["", "all"], ...goods.map((code) => [code, code] as const)]);
  if (wants("period") && dates.length > 1) {
    fields["since"] = day("Since", "map-since", dates);
    fields["until"] = day("Until", "map-until", dates);
  }
  if (wants("width") && measures.length > 1) fields["width"] = select("Width shows", "map-width", measures);
  for (const field of Object.values(fields)) {
    const label = document.createElement("label");
    label.append(field.dataset["label"] ?? "", field);
    form.append(label);
    field.addEventListener("change", () => {
      remember(field.name, field.value === measures[0]?.[0] ? "" : field.value);
      changed();
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  const value = (name: string): string => fields[name]?.value ?? "";
  return {
    form,
    filter: () => ({ tier: value("tier"), goods: value("goods"), since: value("since"), until: value("until") }),
    measure: () => (value("width") || measures[0]?.[0] || "shipments") as Measure,
  };
}

function select(label: string, name: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const field = document.createElement("select");
  field.name = name;
  field.dataset["label"] = label;
  field.append(...options.map(([value, text]) => new Option(text, value, false, value === chosen(name))));
  return field;
}

function day(label: string, name: string, dates: readonly string[]): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "date";
  field.name = name;
  field.dataset["label"] = label;
  field.min = dates[0]?.slice(0, 10) ?? "";
  field.max = dates[dates.length - 1]?.slice(0, 10) ?? "";
  field.value = chosen(name);
  return field;
}
