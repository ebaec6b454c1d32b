import { describe, expect, it } from "vitest";
import { places } from "../world";

// The twenty largest States and, after them, some of scattered land: M49 number, longitude and latitude of their
// middle as an atlas shows it, in degrees.
const KNOWN: [string, string, number, number][] = [
  ["Russian Federation", "643", 96, 64],
  ["Canada", "124", -100, 59],
  ["China", "156", 103, 36],
  ["United States", "840", -99, 40],
  ["Brazil", "076", -53, -11],
  ["Australia", "036", 134, -25],
  ["India", "356", 79, 22],
  ["Argentina", "032", -65, -35],
  ["Kazakhstan", "398", 67, 48],
  ["Algeria", "012", 3, 28],
  ["DR Congo", "180", 24, -3],
  ["Saudi Arabia", "682", 45, 24],
  ["Mexico", "484", -102, 24],
  ["Indonesia", "360", 114, 0],
  ["Sudan", "729", 30, 16],
  ["Libya", "434", 18, 27],
  ["Iran", "364", 54, 32],
  ["Mongolia", "496", 103, 47],
  ["Peru", "604", -75, -9],
  ["Chad", "148", 19, 15],
  ["France", "250", 2, 46],
  ["Norway", "578", 12, 64],
  ["New Zealand", "554", 171, -44],
  ["Malaysia", "458", 115, 4],
  ["Holy See", "336", 12, 42],
];

describe("places on the map", () => {
  const found = places();
  it.each(KNOWN)("puts %s where it lies", (_name, number, longitude, latitude) => {
    const [x, y] = found[number]!;
    expect(Math.abs(x - longitude)).toBeLessThan(3);
    expect(Math.abs(y - latitude)).toBeLessThan(3);
  });
});
