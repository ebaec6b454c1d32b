"""Every screen of the demonstration edition as a picture, desktop and phone, light and dark, in ``build/screens``.

The demonstration is made in a home of its own under ``build/``, so that what somebody
entered in theirs is neither shown nor changed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "build" / "screens"
HOME = ROOT / "build" / "screens-home"
PASSWORD = "warsaw-2019-demo"  # noqa: S105 printed by the demonstration itself
EDITION = "/ibpc-2019"

#: Name, address, who looks. ``first:`` opens the first row of a list, and then what stands behind ``+`` below it.
SCREENS = (
    ("public", "/?public=1", None),
    ("log-in", "/account/login/", None),
    ("overview", f"{EDITION}/", "secretariat"),
    ("delegations", f"{EDITION}/delegations/", "secretariat"),
    ("delegation", "first:delegations/", "secretariat"),
    ("people", f"{EDITION}/delegations/people/", "secretariat"),
    ("programme", f"{EDITION}/programme/", "secretariat"),
    ("interpretation", f"{EDITION}/interpretation/", "interpretation"),
    ("board", f"{EDITION}/bilaterals/board/", "desk"),
    ("requests", f"{EDITION}/bilaterals/requests/", "desk"),
    ("request", "first:bilaterals/requests/", "desk"),
    ("request-new", f"{EDITION}/bilaterals/requests/new/", "desk"),
    ("plans", f"{EDITION}/bilaterals/plans/", "desk"),
    ("outcomes", f"{EDITION}/outcomes/summary/", "follow-up"),
    ("commitments", f"{EDITION}/outcomes/commitments/", "follow-up"),
    ("commitment", "first:outcomes/commitments/", "follow-up"),
    ("commitment-new", f"{EDITION}/outcomes/commitments/new/", "follow-up"),
    ("commitments-import", f"{EDITION}/outcomes/commitments/import/", "follow-up"),
    ("between", f"{EDITION}/outcomes/between/?one=frontex&other=ba", "follow-up"),
    ("reminders", f"{EDITION}/outcomes/reminders/", "follow-up"),
    ("follow-up", f"{EDITION}/outcomes/follow-up/", "follow-up"),
    ("portal", f"{EDITION}/portal/", "morocco"),
    ("portal-requests", f"{EDITION}/portal/requests/", "morocco"),
    ("portal-members", f"{EDITION}/portal/members/", "morocco"),
    ("portal-commitments", f"{EDITION}/portal/commitments/", "morocco"),
    ("instruments", f"{EDITION}/outcomes/instruments/", "follow-up"),
    ("instrument", "first:outcomes/instruments/", "follow-up"),
    ("instruments-timeline", f"{EDITION}/outcomes/instruments/timeline/?kinds=all", "follow-up"),
    ("handovers", f"{EDITION}/outcomes/handovers/", "follow-up"),
    ("handover", "first:outcomes/handovers/", "follow-up"),
    ("handover-certificate", "first:outcomes/handovers/+certificate/", "follow-up"),
    ("review", f"{EDITION}/outcomes/review/", "follow-up"),
    ("map", f"{EDITION}/outcomes/map/", "follow-up"),
    ("map-of-one", f"{EDITION}/outcomes/map/?of=frontex&view=europe", "follow-up"),
    ("map-network", f"{EDITION}/outcomes/map/?view=network", "follow-up"),
    ("map-public", f"{EDITION}/map/", None),
    ("newsroom", f"{EDITION}/newsroom/", "press"),
    ("newsroom-release", f"{EDITION}/newsroom/releases/warsaw/", "press"),
    ("newsroom-count", f"{EDITION}/newsroom/lists/countries/", "press"),
    ("newsroom-profile", f"{EDITION}/newsroom/profile/", "press"),
    ("news", f"{EDITION}/news/", None),
    ("news-release", f"{EDITION}/news/warsaw/?language=fr", None),
    ("series", "/series/ibpc/", None),
    ("session", "first:programme/", "secretariat"),
    ("next-edition", f"{EDITION}/next-edition/", "secretariat"),
    ("themes", f"{EDITION}/themes/", "secretariat"),
    ("not-found", f"{EDITION}/no-such-page/", "secretariat"),
)
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def chromium() -> str:
    """Return the path of the machine's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    message = "Chromium is missing: run scripts/browser.sh"
    raise SystemExit(message)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(home: Path) -> Iterator[str]:
    """Serve a demonstration kept under `home`; yield its address."""
    port = free_port()
    environment = {**os.environ, "SUMMITRY_HOME": str(home), "SUMMITRY_FOLLOW_PARENT": "1"}
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", "summitry.cli", "demo", "--port", str(port)]
    server = subprocess.Popen(words, env=environment)  # noqa: S603 our own words
    try:
        deadline = time.monotonic() + 180
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if server.poll() is not None or time.monotonic() > deadline:
                message = "The demonstration did not start"
                raise SystemExit(message)
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(30)


def log_in(context: Any, base: str, who: str) -> None:
    """Log in as one of the demonstration's people."""
    page = context.new_page()
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", f"{who}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.close()


def take(browser: Browser, base: str) -> None:
    """Take all pictures."""
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            seen: dict[str | None, Any] = {}
            for name, address, who in SCREENS:
                if who not in seen:
                    seen[who] = browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme=scheme,
                        device_scale_factor=1 if size == "desktop" else 2,
                        reduced_motion="reduce",
                    )
                    if who:
                        log_in(seen[who], base, who)
                page = seen[who].new_page()
                if address.startswith("first:"):
                    listed, _plus, below = address.removeprefix("first:").partition("+")
                    page.goto(f"{base}{EDITION}/{listed}")
                    page.goto(base + str(page.get_attribute("table tbody a", "href")) + below)
                else:
                    page.goto(base + address)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUTPUT / f"{name}-{size}-{scheme}.png", full_page=size == "phone")
                page.close()
            for context in seen.values():
                context.close()
            print(f"{size}, {scheme}: {len(SCREENS)} pictures")


def main() -> None:
    """Make the demonstration, take the pictures, stop it."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with demonstration(HOME) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        take(browser, base)
        browser.close()
    print(f"Pictures in {OUTPUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
