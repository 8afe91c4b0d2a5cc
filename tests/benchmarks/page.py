"""How large the gallery's page is, and how quick in headless Chromium with the CPU slowed four times."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PAGE = Path(__file__).parent.parent.parent / "gallery" / "index.html"

SLOWED = 4

WIDTH = 1280

SETTLED = 1500
"""Milliseconds after which a page that was loaded has come to rest."""

# runs before the page's own script; a picture is there when the frame is drawn in which its curve is first seen
WATCH = """
    window.seen = { shift: 0, busy: 0 };
    const each = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type });
    each("layout-shift", entry => { seen.shift += entry.value; });
    each("longtask", entry => { seen.busy = entry.startTime + entry.duration; });
    const look = () => requestAnimationFrame(() => {
      if (document.querySelector("#hero-plot path.function[d]")) requestAnimationFrame(now => { seen.picture = now; });
      else look();
    });
    look();
"""

# what is done when a key is pressed, and before the next frame is drawn
MOVE = """
    async () => {
      const costs = [];
      for (let number = 0; number < 40; number++) {
        let frame;
        requestAnimationFrame(() => { frame = performance.now(); });
        const start = performance.now();
        const key = number < 20 ? "ArrowRight" : "ArrowLeft";
        document.getElementById("hero-plot").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        const handled = performance.now() - start;
        await new Promise(requestAnimationFrame);
        document.body.getBoundingClientRect();  // which needs the layout
        costs.push(handled + performance.now() - frame);
      }
      return costs;
    }
"""


@dataclass(frozen=True)
class Visit:
    """What was measured of one visit: seconds, milliseconds of the longest move, pixels, and the sum of all shifts."""

    picture: float
    interactive: float
    move: float
    length: float
    shift: float


def size() -> int:
    """Return the bytes of HTML, script and data, which are one file."""
    return PAGE.stat().st_size


@contextmanager
def browser() -> "Iterator[Browser | None]":
    """Start Chromium, if it and playwright are there."""
    if not CHROMIUM or not find_spec("playwright"):
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def visit(chromium: "Browser") -> Visit:
    """Open the page from the file system, and move the tangent at its top."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(WATCH)
    page.goto(PAGE.as_uri())
    page.wait_for_function("seen.picture")
    page.wait_for_timeout(SETTLED)
    seen: dict[str, Any] = page.evaluate("seen")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    length = page.evaluate("document.documentElement.scrollHeight")
    longest = max(page.evaluate(MOVE))
    context.close()
    return Visit(
        picture=seen["picture"] / 1e3,
        interactive=max(ready, seen["busy"]) / 1e3,
        move=longest,
        length=length,
        shift=seen["shift"],
    )
