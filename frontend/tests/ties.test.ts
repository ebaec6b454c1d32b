import { describe, expect, test } from "vitest";
import { partners, touches } from "../src/lib/ties.ts";
import { WIDTH, world } from "../world.ts";

const ties = [
  { one: "pl", other: "ma" },
  { one: "no", other: "pl" },
  { one: "ma", other: "sn" },
];

describe("pointing at somebody on the map", () => {
  test("leaves them and their partners", () => {
    expect([...partners(ties, "pl")].sort()).toEqual(["ma", "no", "pl"]);
    expect(partners(ties, "jp").size).toBe(0);
  });
  test("leaves their own lines", () => {
    expect(ties.filter((tie) => touches(tie, "ma"))).toHaveLength(2);
  });
});

describe("the world", () => {
  const drawn = world();
  test("has land in every picture and a place for small States too", () => {
    expect(Object.keys(drawn.frames)).toEqual(["world", "africa", "americas", "asia", "europe", "oceania"]);
    for (const frame of Object.values(drawn.frames)) {
      expect(frame.width).toBe(WIDTH);
      expect(frame.land.startsWith("M")).toBe(true);
      expect(frame.scale).toBeGreaterThan(0);
    }
    for (const number of ["616", "504", "840", "578", "462", "020", "798"]) {
      const [longitude, latitude] = drawn.places[number] ?? [999, 999];
      expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
      expect(Math.abs(latitude)).toBeLessThan(75);
    }
  });
  test("puts a State where its mainland is", () => {
    const longitude = (number: string) => (drawn.places[number] ?? [0])[0];
    expect(longitude("840")).toBeLessThan(longitude("250")); // United States west of France
    expect(longitude("250")).toBeLessThan(longitude("616")); // France west of Poland
    expect(Math.abs(longitude("250") - longitude("276"))).toBeLessThan(15); // not in South America
  });
});
