// On a map of partnerships: pointing at somebody leaves only their own lines and partners in full ink, pointing at a
// line or at its row in the list shows it in both.
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
  const rows = [...(map.closest(".ties-page")?.querySelectorAll("tr[data-one]") ?? [])];
  const all = lines.map(tieOf);

  function show(entity: string): void {
    const close = partners(all, entity);
    lines.forEach((line, index) => {
      const tie = all[index];
      const own = entity !== "" && tie !== undefined && touches(tie, entity);
      line.classList.toggle("own", own);
      line.classList.toggle("aside", entity !== "" && !own);
    });
    for (const point of points) {
      const own = point.getAttribute("data-entity") ?? "";
      point.classList.toggle("aside", entity !== "" && !close.has(own));
      point.classList.toggle("near", entity !== "" && close.has(own));
    }
  }

  function point(tie: Tie | null): void {
    for (const marked of [...lines, ...rows]) {
      const own = tieOf(marked);
      marked.classList.toggle("pointed", tie !== null && own.one === tie.one && own.other === tie.other);
    }
    for (const marked of points) {
      const own = marked.getAttribute("data-entity") ?? "";
      marked.classList.toggle("pointed", tie !== null && touches(tie, own));
    }
  }

  for (const [enter, leave] of [
    ["pointerover", "pointerout"],
    ["focusin", "focusout"],
  ] as const) {
    map.addEventListener(enter, (event) => {
      if (!(event.target instanceof Element)) return;
      const entity = event.target.closest("[data-entity]");
      const line = event.target.closest("[data-one]");
      if (entity) show(entity.getAttribute("data-entity") ?? "");
      if (line) point(tieOf(line));
    });
    map.addEventListener(leave, () => {
      show("");
      point(null);
    });
    for (const row of rows) {
      row.addEventListener(enter, () => point(tieOf(row)));
      row.addEventListener(leave, () => point(null));
    }
  }
}
