// Tables under the keyboard: j and k walk the rows, x picks one; the bar of what to do with them follows.

const ROW = "tbody tr:has(a[href], input, button)";

export function tables(root: ParentNode): void {
  for (const body of root.querySelectorAll<HTMLElement>("[data-table]")) watch(body);
  if (root instanceof HTMLElement && root.matches("[data-table]")) watch(root);
}

function watch(body: HTMLElement): void {
  if (body.dataset.started) return;
  body.dataset.started = "yes";
  body.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    if (box.matches("[data-pick-all]")) pickAll(body, box.checked);
    count(body);
  });
  count(body);
}

function boxes(body: HTMLElement): HTMLInputElement[] {
  return [...body.querySelectorAll<HTMLInputElement>("tbody .pick input")];
}

function pickAll(body: HTMLElement, checked: boolean): void {
  for (const box of boxes(body)) box.checked = checked;
}

function count(body: HTMLElement): void {
  const all = boxes(body);
  const picked = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr")?.classList.toggle("picked", box.checked);
  const head = body.querySelector<HTMLInputElement>("[data-pick-all]");
  if (head) {
    head.checked = picked.length > 0 && picked.length === all.length;
    head.indeterminate = picked.length > 0 && picked.length < all.length;
  }
  const bar = body.querySelector<HTMLElement>(".bulk");
  bar?.classList.toggle("on", picked.length > 0);
  const number = bar?.querySelector("[data-count]");
  if (number) number.textContent = String(picked.length);
}

/** Walk the rows of the page's first table; called by the keys island. */
export function walk(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(`[data-table] ${ROW}`)];
  if (rows.length === 0) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
  const target =
    next?.querySelector<HTMLElement>("a[href]") ?? next?.querySelector<HTMLElement>("input, button");
  target?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Pick or leave the row that has the focus. */
export function pick(): boolean {
  const row = document.activeElement?.closest<HTMLElement>("[data-table] tbody tr");
  const box = row?.querySelector<HTMLInputElement>(".pick input");
  box?.click();
  return box != null;
}
