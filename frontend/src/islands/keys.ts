// One key, one act, on every working screen; "?" shows them. A screen adds its own with data-key on a link or button.
import { pick, walk } from "./table.ts";

export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || typing(event.target))
      return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    if (act(event.key)) event.preventDefault();
  });
}

function act(key: string): boolean {
  switch (key) {
    case "/":
      return find();
    case "j":
      return walk(1);
    case "k":
      return walk(-1);
    case "x":
      return pick();
    case "?":
      return help();
    default:
      return own(key);
  }
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select");
}

function find(): boolean {
  const field =
    document.querySelector<HTMLInputElement>("main [data-find]") ??
    document.querySelector<HTMLElement>("[data-find]");
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
  return field !== null;
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  if (!dialog) return false;
  if (dialog.open) dialog.close();
  else dialog.showModal();
  return true;
}

function own(key: string): boolean {
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    if (element.dataset.key?.toLowerCase() !== key.toLowerCase() || element.offsetParent === null) continue;
    element.click();
    return true;
  }
  return false;
}
