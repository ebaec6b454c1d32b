// Rows of links that are wider than a phone begin where the reader is.
export function tabs(root: ParentNode): void {
  for (const here of root.querySelectorAll<HTMLElement>("nav [aria-current]")) {
    const row = scrolling(here);
    if (!row) continue;
    const place = here.getBoundingClientRect();
    const frame = row.getBoundingClientRect();
    row.scrollLeft += place.left + place.width / 2 - (frame.left + frame.width / 2);
  }
}

/** The row around a link that can be scrolled, if it is wider than what is seen of it. */
function scrolling(link: HTMLElement): HTMLElement | undefined {
  for (let around = link.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === "auto") {
      return around.scrollWidth > around.clientWidth ? around : undefined;
    }
    if (around.tagName === "NAV") return undefined;
  }
  return undefined;
}
