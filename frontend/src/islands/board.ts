// The board: arrow keys go from card to card, and the day opens at "now". Contract: frontend/README.md.
import { type Direction, nearest, type Place } from "../lib/grid.ts";

const ARROWS: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export function board(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-board]")) {
    if (element.dataset.started) continue;
    element.dataset.started = "yes";
    scrollToNow(element);
    roveFocus(element);
    element.addEventListener("keydown", (event) => move(element, event));
    element.addEventListener("click", (event) => select(element, event));
    document.addEventListener("htmx:afterSettle", showPanel);
  }
}

function cards(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(".card")];
}

function place(card: HTMLElement, columns: Element[]): Place {
  const slot = card.closest<HTMLElement>(".slot");
  const style = slot ? getComputedStyle(slot) : undefined;
  const start = Number(style?.getPropertyValue("--row-start") ?? 0);
  const span = Number(style?.getPropertyValue("--row-span") ?? 1);
  const column = card.closest(".col");
  return { column: column ? columns.indexOf(column) : -1, start, end: start + span };
}

/** One card at a time can be reached with Tab; the arrows go on from there. */
function roveFocus(element: HTMLElement): void {
  const all = cards(element);
  const chosen =
    all.find((card) => card.getAttribute("aria-current") === "true") ??
    all.find((card) => card.matches("a")) ?? // a room that is not to be had opens nothing
    all[0];
  for (const card of all) card.tabIndex = card === chosen ? 0 : -1;
}

function move(element: HTMLElement, event: KeyboardEvent): void {
  const arrow = ARROWS[event.key];
  const from = event.target;
  if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(from instanceof HTMLElement) || !from.matches(".card")) return;
  event.preventDefault();
  const all = cards(element);
  const columns = [...element.querySelectorAll(".col")];
  const mirrored = getComputedStyle(element).direction === "rtl";
  const places = all.map((card) => place(card, columns));
  const target = all[nearest(places, place(from, columns), mirrored ? mirror(arrow) : arrow)];
  if (!target) return;
  from.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function mirror(direction: Direction): Direction {
  if (direction === "left") return "right";
  return direction === "right" ? "left" : direction;
}

/** The card whose panel is open says so at once; htmx brings the panel by the card's own hx-get. */
function select(element: HTMLElement, event: MouseEvent): void {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>(".card") : null;
  if (!card || event.ctrlKey || event.metaKey) return;
  for (const other of cards(element)) {
    other.toggleAttribute("aria-current", false);
    other.tabIndex = -1;
  }
  card.setAttribute("aria-current", "true");
  card.tabIndex = 0;
}

/** Where the window is too narrow for the panel to stand beside the board, it is brought into sight. */
function showPanel(event: Event): void {
  const panel = event.target;
  if (!(panel instanceof HTMLElement) || panel.id !== "side") return;
  if (panel.getBoundingClientRect().top > window.innerHeight - 80) panel.scrollIntoView();
}

/** Leaves an hour of what has passed above the line. */
function scrollToNow(element: HTMLElement): void {
  const now = element.querySelector<HTMLElement>(".now");
  if (!now || element.scrollHeight <= element.clientHeight) return;
  element.scrollTop += now.getBoundingClientRect().top - element.getBoundingClientRect().top - 160;
}
