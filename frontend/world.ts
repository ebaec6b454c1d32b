// The land of the world and of each continent, and where each State lies, made once at build time: `world.json`. Land
// alone, without borders: the map says who works with whom, not what belongs to whom.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { geoArea, geoCentroid, geoEqualEarth, geoPath, type GeoProjection } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Feature, Geometry, MultiPoint, Polygon } from "geojson";
import type { Plugin } from "vite";

const SOURCE = join(import.meta.dirname, "node_modules/world-atlas");
export const WIDTH = 1000;
const EDGE = 12;
const NEAREST = 1.1; // units between two points of a coast

/** What a picture shows: west, south, east, north in degrees; the east may lie beyond the date line. */
type Box = readonly [number, number, number, number];

/** Antarctica, where nobody is invited from, is left out, so that the rest is larger. */
const BOXES: Record<string, { box: Box; height: number; land: string }> = {
  world: { box: [-168, -54, 190, 80], height: 436, land: "land-110m.json" },
  africa: { box: [-26, -36, 60, 38], height: 620, land: "land-50m.json" },
  americas: { box: [-140, -55, -30, 62], height: 620, land: "land-50m.json" },
  asia: { box: [26, -11, 150, 58], height: 560, land: "land-50m.json" },
  europe: { box: [-24, 33.5, 50, 69], height: 620, land: "land-50m.json" },
  oceania: { box: [110, -48, 208, 20], height: 560, land: "land-50m.json" },
};

/** One picture: its land as a path, and the projection (Equal Earth, turned, scaled, moved) by which points are put on it. */
export interface Frame {
  width: number;
  height: number;
  turn: number;
  scale: number;
  x: number;
  y: number;
  land: string;
}

/** What pages draw: frames by name, and the longitude and latitude of each State by its UN M49 number. */
export interface World {
  frames: Record<string, Frame>;
  places: Record<string, [number, number]>;
}

function topology(name: string): Topology {
  return JSON.parse(readFileSync(join(SOURCE, name), "utf8")) as Topology;
}

/** Return the parts of a State that hang together. */
function parts(shape: Feature<Geometry>): Feature<Geometry>[] {
  if (shape.geometry.type !== "MultiPolygon") return [shape];
  return shape.geometry.coordinates.map((coordinates): Feature<Polygon> => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Polygon", coordinates },
  }));
}

/**
 * Return where each State lies, by its M49 number: the middle of its largest part. France is in Europe, the United
 * States are south of Canada, and Australia, whose number some reefs bear too, is the continent.
 */
export function places(): World["places"] {
  const fine = topology("countries-10m.json");
  const largest = new Map<string, { area: number; part: Feature<Geometry> }>();
  for (const shape of feature(fine, fine.objects.countries as GeometryCollection).features) {
    if (shape.id === undefined) continue;
    const number = String(shape.id).padStart(3, "0");
    for (const part of parts(shape)) {
      const area = geoArea(part);
      if (area > (largest.get(number)?.area ?? -1)) largest.set(number, { area, part });
    }
  }
  const middle = (part: Feature<Geometry>): [number, number] => {
    const [longitude, latitude] = geoCentroid(part);
    return [Number(longitude.toFixed(2)), Number(latitude.toFixed(2))];
  };
  return Object.fromEntries([...largest].map(([number, { part }]) => [number, middle(part)]));
}

/** Return points along a box's edges: what the projection must have in the picture. */
function edges([west, south, east, north]: Box): MultiPoint {
  const steps = Array.from({ length: 41 }, (_, step) => step / 40);
  const wrapped = (longitude: number) => ((longitude + 540) % 360) - 180;
  const coordinates = steps.flatMap((step): [number, number][] => [
    [wrapped(west + (east - west) * step), south],
    [wrapped(west + (east - west) * step), north],
    [wrapped(west), south + (north - south) * step],
    [wrapped(east), south + (north - south) * step],
  ]);
  return { type: "MultiPoint", coordinates };
}

function projected(box: Box, height: number): { projection: GeoProjection; turn: number } {
  const turn = (box[0] + box[2]) / 2;
  const projection = geoEqualEarth()
    .rotate([-turn, 0])
    .fitExtent(
      [
        [EDGE, EDGE],
        [WIDTH - EDGE, height - EDGE],
      ],
      edges(box),
    )
    .clipExtent([
      [-EDGE, -EDGE],
      [WIDTH + EDGE, height + EDGE],
    ]);
  return { projection, turn };
}

/** Return a path without the points that nobody would see apart, and without islands smaller than a dot. */
function thinned(path: string): string {
  const rings = path.split("M").slice(1);
  const kept = rings.flatMap((ring) => {
    const points: [number, number][] = [];
    for (const pair of ring.replace("Z", "").split("L")) {
      const [x = 0, y = 0] = pair.split(",").map(Number);
      const last = points.at(-1);
      if (!last || Math.hypot(x - last[0], y - last[1]) >= NEAREST) points.push([x, y]);
    }
    return points.length > 3 ? [`M${points.map(([x, y]) => `${x},${y}`).join("L")}Z`] : [];
  });
  return kept.join("");
}

function frame({ box, height, land }: { box: Box; height: number; land: string }): Frame {
  const { projection, turn } = projected(box, height);
  const [x, y] = projection.translate();
  const found = topology(land);
  const path = geoPath(projection).digits(1)(feature(found, found.objects.land!));
  return { width: WIDTH, height, turn, scale: projection.scale(), x, y, land: thinned(path ?? "") };
}

/** Draw the world and its continents. */
export function world(): World {
  const frames = Object.fromEntries(Object.entries(BOXES).map(([name, box]) => [name, frame(box)]));
  return { frames, places: places() };
}

/** Emit `world.json` with the build. */
export function worldMap(): Plugin {
  return {
    name: "summitry-world",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "world.json", source: JSON.stringify(world()) });
    },
  };
}
