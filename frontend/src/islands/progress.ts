// Shows a running piece of work: asks [data-progress] for its report until it ends. Contract: frontend/README.md.
import { pause, type Report, read } from "../lib/progress.ts";

export function progress(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-progress]")) {
    if (element.dataset.started) continue;
    element.dataset.started = "yes";
    if (element.dataset.state === "running") void follow(element);
  }
}

async function follow(element: HTMLElement): Promise<void> {
  const address = element.dataset.progress;
  let asked = 0;
  let failures = 0;
  while (address && element.isConnected) {
    await new Promise((resolve) => setTimeout(resolve, pause(asked, failures)));
    if (document.hidden) continue;
    asked += 1;
    const report = await ask(address);
    if (report === null) {
      failures += 1;
      continue;
    }
    failures = 0;
    show(element, report);
    if (report.state !== "running") return end(element, report);
  }
}

async function ask(address: string): Promise<Report | null> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? read(await response.json()) : null;
  } catch {
    return null; // the network is away for a moment: the next question may be answered
  }
}

function show(element: HTMLElement, report: Report): void {
  element.dataset.state = report.state;
  put(element, "[data-text]", report.text);
  put(element, "[data-detail]", report.detail);
  const bar = element.querySelector<HTMLProgressElement | HTMLMeterElement>("progress, meter");
  if (!bar) return;
  if (report.fraction === null) bar.removeAttribute("value");
  else bar.value = report.fraction * bar.max;
}

function put(element: HTMLElement, selector: string, text: string): void {
  const place = element.querySelector(selector);
  if (place && place.textContent !== text) place.textContent = text;
}

/** The page that waited is told; where the report names a next page and nobody is typing, it is opened. */
function end(element: HTMLElement, report: Report): void {
  element.querySelector("[data-cancel]")?.remove();
  element.dispatchEvent(new CustomEvent("progress:end", { bubbles: true, detail: report }));
  if (report.next && element.dataset.opensNext !== undefined) location.assign(report.next);
}
