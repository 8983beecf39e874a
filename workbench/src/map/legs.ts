/** Legs as the server sends them: what is read from them, filtered by and said about them. */
import type { Feature, FeatureCollection, LineString, MultiLineString, Position } from "geojson";

export interface Leg {
  readonly start: Position;
  readonly end: Position;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly tier: string;
  readonly goods: readonly string[];
  readonly shipments: number | null;
  readonly kg: number | null;
  readonly value_usd: number | null;
  readonly first: string;
  readonly last: string;
  readonly href: string | null;
}

export type Measure = "shipments" | "kg" | "value_usd";

export interface Filter {
  readonly tier: string;
  readonly goods: string;
  readonly since: string;
  readonly until: string;
}

export const UNLISTED = "not listed";

type Line = LineString | MultiLineString;

export function legsOf(data: unknown): Leg[] {
  return ((data as FeatureCollection<Line>).features ?? []).flatMap(legOf);
}

/** A line may come with points between its ends, or cut at the date line: its ends are what counts. */
function legOf(feature: Feature<Line>): Leg[] {
  const { geometry } = feature;
  const points = geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates.flat();
  const start = points[0];
  const end = points[points.length - 1];
  if (!start || !end) return [];
  const known = feature.properties ?? {};
  const goods: unknown = known["goods"] ?? known["hs6"];
  const leg: Leg = {
    start,
    end,
    from: text(known["from"]),
    to: text(known["to"]),
    label: text(known["label"]) || `${text(known["from"])} → ${text(known["to"])}`,
    tier: text(known["tier"]) || UNLISTED,
    goods: Array.isArray(goods) ? goods.map(text) : goods ? [text(goods)] : [],
    shipments: number(known["shipments"]),
    kg: number(known["kg"]),
    value_usd: number(known["value_usd"]),
    first: text(known["first_date"]),
    last: text(known["last_date"]),
    href: text(known["href"]) || null,
  };
  return [leg];
}

/** Dates compare as text because they are ISO 8601; a leg without dates is kept: unknown is not outside. */
export const passes = (leg: Leg, filter: Filter): boolean =>
  (!filter.tier || leg.tier === filter.tier) &&
  (!filter.goods || leg.goods.includes(filter.goods)) &&
  (!filter.since || !leg.last || leg.last >= filter.since) &&
  (!filter.until || !leg.first || leg.first.slice(0, filter.until.length) <= filter.until);

export function said(leg: Leg): string {
  const parts = [
    leg.shipments === null ? "" : `${leg.shipments.toLocaleString("en")} ${leg.shipments === 1 ? "shipment" : "shipments"}`,
    leg.kg === null ? "weight unknown" : weight(leg.kg),
    leg.value_usd === null ? "" : `${money(leg.value_usd)} USD`,
    leg.tier === UNLISTED ? "" : `tier ${leg.tier}`,
    leg.first === leg.last ? leg.first : `${leg.first} to ${leg.last}`,
  ];
  return `${leg.label}: ${parts.filter(Boolean).join(", ")}`;
}

const weight = (kg: number): string => (kg >= 10_000 ? `${round(kg / 1000)} t` : `${round(kg)} kg`);
const money = (usd: number): string =>
  usd < 1_000_000 ? round(usd) : usd.toLocaleString("en", { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
const round = (value: number): string =>
  value.toLocaleString("en", value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
