/** Where things are on the sheet: the projection that shows the legs, and great circles bowed so that both ways are seen. */
import { geoInterpolate, geoNaturalEarth1, type GeoProjection } from "d3-geo";
import type { Position } from "geojson";

import type { Leg } from "./legs";

export type Point = readonly [x: number, y: number];

/** Points along a leg: 32 look smooth at the width of a screen. */
const SAMPLES = 32;
/** A leg bows to its right by this share of its length, at most BOW_MAX pixels: A to B and B to A stay apart. */
const BOW = 0.09;
const BOW_MAX = 34;
/** Radius of the ring of trade within one country, in pixels. */
const LOOP = 9;
/** A single short leg is not enlarged until a country fills the sheet: eight times the whole world at most. */
const NEAREST = 8;

/** The world turned so that the legs lie in its middle, at the scale that shows them all. */
export function projectionFor(legs: readonly Leg[], width: number, height: number): GeoProjection {
  const places = legs.flatMap((leg) => [leg.start, leg.end]);
  const projection = geoNaturalEarth1().rotate([-middle(places.map((place) => place[0] ?? 0)), 0]);
  projection.fitSize([width, height], { type: "Sphere" });
  const world = projection.scale();
  const pad = Math.min(60, width / 8);
  projection.fitExtent(
    [
      [pad, pad / 1.5],
      [width - pad, height - pad / 1.5],
    ],
    { type: "MultiPoint", coordinates: places },
  );
  const scale = Math.min(Math.max(projection.scale(), world), world * NEAREST);
  if (scale === projection.scale()) return projection;
  const centre = scale === world ? null : centreOf(projection, places);
  projection.scale(scale).translate([width / 2, height / 2]);
  const [x, y] = (centre && projection(centre)) ?? [width / 2, height / 2];
  return projection.translate([width - x, height - y]);
}

function centreOf(projection: GeoProjection, places: readonly Position[]): [number, number] | null {
  const points = places.map((place) => projection([place[0] ?? 0, place[1] ?? 0])).filter((point) => point !== null);
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  return projection.invert?.([x, y]) ?? null;
}

/** Circular mean of longitudes in degrees: 170 and -170 give 180, not 0. */
function middle(longitudes: readonly number[]): number {
  const radians = longitudes.map((degrees) => (degrees * Math.PI) / 180);
  const sine = radians.reduce((sum, angle) => sum + Math.sin(angle), 0);
  const cosine = radians.reduce((sum, angle) => sum + Math.cos(angle), 0);
  return (Math.atan2(sine, cosine) * 180) / Math.PI;
}

/** The runs of points that a leg is drawn through; more than one where it leaves the sheet at the edge of the world. */
export function runsOf(leg: Leg, projection: GeoProjection, width: number): Point[][] {
  const along = geoInterpolate(pair(leg.start), pair(leg.end));
  const points: Point[] = [];
  for (let step = 0; step <= SAMPLES; step += 1) {
    const point = projection(along(step / SAMPLES));
    if (point) points.push(point);
  }
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) return [];
  if (Math.hypot(last[0] - first[0], last[1] - first[1]) < 1) return [loop(first)];
  return split(bowed(points, first, last), width);
}

/** Trade within one country: a ring that begins and ends in its place. */
function loop([x, y]: Point): Point[] {
  return Array.from({ length: SAMPLES + 1 }, (_, step) => {
    const angle = (2 * Math.PI * step) / SAMPLES;
    return [x + LOOP * Math.sin(angle), y - LOOP + LOOP * Math.cos(angle)] as const;
  });
}

function bowed(points: readonly Point[], first: Point, last: Point): Point[] {
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  const bow = Math.min(BOW * length, BOW_MAX);
  const aside: Point = [-(last[1] - first[1]) / length, (last[0] - first[0]) / length];
  return points.map(([x, y], index) => {
    const by = bow * Math.sin((Math.PI * index) / (points.length - 1));
    return [x + aside[0] * by, y + aside[1] * by];
  });
}

function split(points: readonly Point[], width: number): Point[][] {
  const runs: Point[][] = [[]];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before && Math.abs(before[0] - point[0]) > width / 2) runs.push([]);
    runs[runs.length - 1]?.push(point);
  });
  return runs.filter((run) => run.length > 1);
}

export const pathOf = (runs: readonly Point[][]): string =>
  runs.map((run) => `M${run.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`).join("");

const pair = (position: Position): [number, number] => [position[0] ?? 0, position[1] ?? 0];
