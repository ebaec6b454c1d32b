// What a change in place has to say: the server sends HX-Trigger {"toast": {"level", "text", "undo"?}}.

interface Toast {
  level: "success" | "warning" | "error";
  text: string;
}

const SHOWN_FOR = 8000; // milliseconds; what went wrong stays until it is put away

export function toasts(): void {
  document.addEventListener("toast", (event) => {
    if (event instanceof CustomEvent) show(event.detail as Toast);
  });
  document.addEventListener("htmx:sendError", () => showKnown("offline"));
  document.addEventListener("htmx:responseError", () => showKnown("failed"));
}

/** Texts for failures are the page's own, in its language: data-offline and data-failed on the place of toasts. */
function showKnown(kind: "offline" | "failed"): void {
  const text = document.querySelector<HTMLElement>(".toasts")?.dataset[kind];
  if (text) show({ level: "error", text });
}

function show({ level, text }: Toast): void {
  const place = document.querySelector<HTMLElement>(".toasts");
  if (!place) return;
  const message = document.createElement("p");
  message.className = `message ${level}`;
  message.setAttribute("role", level === "error" ? "alert" : "status");
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", place.dataset.close ?? "Close");
  close.addEventListener("click", () => message.remove());
  message.append(words, close);
  place.append(message);
  if (level !== "error") setTimeout(() => message.remove(), SHOWN_FOR);
}
