// Paper or ink, by the reader's choice: kept in a cookie, so that the server draws the next page right at once.

const YEAR = 31_536_000; // seconds

export function theme(): void {
  document.addEventListener("click", (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-theme-choice]") : null;
    if (button) choose(button.dataset.themeChoice ?? "");
  });
}

function choose(choice: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = choice ? YEAR : 0;
  document.cookie = `summitry_theme=${choice}; path=/; max-age=${age}; samesite=lax${secure}`;
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}
