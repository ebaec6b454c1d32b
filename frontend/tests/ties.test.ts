import { describe, expect, test } from "vitest";
import { partners, touches } from "../src/lib/ties.ts";
import { HEIGHT, WIDTH, world } from "../world.ts";

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
  test("has land inside its frame and a place for small States too", () => {
    expect(drawn.land.startsWith("M")).toBe(true);
    for (const number of ["616", "504", "840", "578", "462", "020", "798"]) {
      const [x, y] = drawn.places[number] ?? [-1, -1];
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(WIDTH);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(HEIGHT);
    }
  });
  test("puts a State where its mainland is", () => {
    const x = (number: string) => (drawn.places[number] ?? [0])[0];
    expect(x("840")).toBeLessThan(x("250")); // United States west of France
    expect(x("250")).toBeLessThan(x("616")); // France west of Poland
    expect(Math.abs(x("250") - x("276"))).toBeLessThan(40); // not in South America
  });
});
