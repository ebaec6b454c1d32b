import { describe, expect, test } from "vitest";
import { nearest, type Place } from "../src/lib/grid.ts";

const at = (column: number, start: number, end: number): Place => ({ column, start, end });
const early = at(0, 10, 16);
const late = at(0, 30, 36);
const beside = at(1, 28, 40);
const beforeBeside = at(1, 8, 12);
const far = at(3, 31, 35);
const places = [early, late, beside, beforeBeside, far];

describe("moving between the cards of a board", () => {
  test("down and up stay in the room", () => {
    expect(nearest(places, early, "down")).toBe(places.indexOf(late));
    expect(nearest(places, late, "up")).toBe(places.indexOf(early));
  });
  test("sideways goes to what happens at the same time next door", () => {
    expect(nearest(places, late, "right")).toBe(places.indexOf(beside));
    expect(nearest(places, early, "right")).toBe(places.indexOf(beforeBeside));
  });
  test("an empty room is passed over", () => {
    expect(nearest(places, beside, "right")).toBe(places.indexOf(far));
  });
  test("at the edge there is nowhere to go", () => {
    expect(nearest(places, early, "up")).toBe(-1);
    expect(nearest(places, far, "right")).toBe(-1);
  });
});
