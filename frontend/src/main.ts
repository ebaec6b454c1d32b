// The one script of every page. Pages work without it; it makes them quicker under the hand.
import "./styles/main.css";
import "./htmx.ts";
import { board } from "./islands/board.ts";
import { dialogs } from "./islands/dialog.ts";
import { fonts } from "./islands/fonts.ts";
import { keys } from "./islands/keys.ts";
import { progress } from "./islands/progress.ts";
import { tables } from "./islands/table.ts";
import { tabs } from "./islands/tabs.ts";
import { theme } from "./islands/theme.ts";
import { ties } from "./islands/ties.ts";
import { toasts } from "./islands/toast.ts";

document.documentElement.classList.remove("no-js");
keys();
dialogs();
toasts();
theme();
tabs(document);

/** Islands that live in a part of the page: started at load and for every part that htmx brings. */
function start(root: ParentNode): void {
  tables(root);
  board(root);
  progress(root);
  fonts(root);
  ties(root);
}
start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof Element && event.target !== document.body) start(event.target);
});
