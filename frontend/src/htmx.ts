// htmx, as the content security policy and private data want it.
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
// No snapshots of pages with personal data in the browser: going back asks the server again.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true }, // a form with its errors
  { code: "[45]..", swap: false, error: true },
];

// A form that filters leaves what is empty out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (!(event instanceof CustomEvent) || event.detail.verb !== "get") return;
  const parameters: FormData = event.detail.formData;
  for (const [name, value] of [...parameters]) if (value === "") parameters.delete(name);
});

export { htmx };
