// The land of the world and where each State lies, drawn once at build time: `world.json`. Land alone, without borders:
// the map says who works with whom, not what belongs to whom.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Feature, Geometry, Polygon } from "geojson";
import type { Plugin } from "vite";

const SOURCE = join(import.meta.dirname, "node_modules/world-atlas");
export const WIDTH = 1000;
export const HEIGHT = 487; // Equal Earth's proportion

/** What pages draw: a path of the land, and a point for each State by its UN M49 number. */
export interface World {
  width: number;
  height: number;
  land: string;
  places: Record<string, [number, number]>;
}

function topology(name: string): Topology {
  return JSON.parse(readFileSync(join(SOURCE, name), "utf8")) as Topology;
}

/** Return the largest part of a State: France is in Europe, the United States are south of Canada. */
function mainland(shape: Feature<Geometry>): Feature<Geometry> {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  const parts = shape.geometry.coordinates.map((coordinates): Feature<Polygon> => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Polygon", coordinates },
  }));
  return parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest));
}

/** Draw the world. */
export function world(): World {
  const coarse = topology("land-110m.json");
  const fine = topology("countries-10m.json");
  const projection = geoEqualEarth().fitExtent(
    [
      [2, 2],
      [WIDTH - 2, HEIGHT - 2],
    ],
    { type: "Sphere" },
  );
  const land = geoPath(projection).digits(1)(feature(coarse, coarse.objects.land!));
  const places: World["places"] = {};
  for (const shape of feature(fine, fine.objects.countries as GeometryCollection).features) {
    const point = projection(geoCentroid(mainland(shape)));
    if (shape.id !== undefined && point) {
      places[String(shape.id).padStart(3, "0")] = [Number(point[0].toFixed(1)), Number(point[1].toFixed(1))];
    }
  }
  return { width: WIDTH, height: HEIGHT, land: land ?? "", places };
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
