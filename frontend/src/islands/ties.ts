// On a map of partnerships: pointing at somebody leaves only their own lines and partners in full ink.
import { partners, touches, type Tie } from "../lib/ties.ts";

export function ties(root: ParentNode): void {
  for (const map of root.querySelectorAll<SVGSVGElement>("svg[data-ties]")) follow(map);
}

function tieOf(line: Element): Tie {
  return { one: line.getAttribute("data-one") ?? "", other: line.getAttribute("data-other") ?? "" };
}

function follow(map: SVGSVGElement): void {
  const lines = [...map.querySelectorAll("[data-one]")];
  const points = [...map.querySelectorAll("[data-entity]")];
  const all = lines.map(tieOf);

  function show(entity: string): void {
    const close = partners(all, entity);
    lines.forEach((line, index) => {
      const tie = all[index];
      line.classList.toggle("aside", entity !== "" && tie !== undefined && !touches(tie, entity));
    });
    for (const point of points) {
      const own = point.getAttribute("data-entity") ?? "";
      point.classList.toggle("aside", entity !== "" && !close.has(own));
      point.classList.toggle("near", entity !== "" && close.has(own));
    }
  }

  for (const [enter, leave] of [
    ["pointerover", "pointerout"],
    ["focusin", "focusout"],
  ] as const) {
    map.addEventListener(enter, (event) => {
      const point = event.target instanceof Element ? event.target.closest("[data-entity]") : null;
      if (point) show(point.getAttribute("data-entity") ?? "");
    });
    map.addEventListener(leave, () => show(""));
  }
}
