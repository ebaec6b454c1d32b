// Rows of links that are wider than a phone begin where the reader is.
export function tabs(root: ParentNode): void {
  for (const here of root.querySelectorAll<HTMLElement>("nav [aria-current]")) {
    const row = here.closest<HTMLElement>("ul, nav");
    const scrolls = row && row.scrollWidth > row.clientWidth ? row : here.closest<HTMLElement>("nav");
    if (!scrolls || scrolls.scrollWidth <= scrolls.clientWidth) continue;
    const place = here.getBoundingClientRect();
    const frame = scrolls.getBoundingClientRect();
    scrolls.scrollLeft += place.left + place.width / 2 - (frame.left + frame.width / 2);
  }
}
