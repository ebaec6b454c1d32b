import { describe, expect, test } from "vitest";
import { pause, read } from "../src/lib/progress.ts";

describe("a report on running work", () => {
  test("is read with its fraction kept between nothing and all", () => {
    expect(read({ state: "running", fraction: 1.2, text: "weight 612" })).toEqual({
      state: "running",
      fraction: 1,
      text: "weight 612",
      detail: "",
      next: null,
    });
  });
  test("is refused when its state is none that we know", () => {
    expect(read({ state: "odd" })).toBeNull();
    expect(read("running")).toBeNull();
  });
  test("never leads to another host", () => {
    expect(read({ state: "done", next: "//elsewhere.example/" })?.next).toBeNull();
    expect(read({ state: "done", next: "https://elsewhere.example/" })?.next).toBeNull();
    expect(read({ state: "done", next: "/ibpc-2019/bilaterals/" })?.next).toBe("/ibpc-2019/bilaterals/");
  });
  test("is asked for less often after failures", () => {
    expect(pause(1, 0)).toBe(500);
    expect(pause(20, 0)).toBe(1500);
    expect(pause(20, 3)).toBe(8000);
    expect(pause(20, 9)).toBe(30_000);
  });
});
