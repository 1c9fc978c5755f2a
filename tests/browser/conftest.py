"""Chromium, without a network, and pages to look at."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nautilus_lite.analysis.page.image import find_browser

WIDE, PHONE = 1280, 390
REQUIRED = "NAUTILUS_LITE_BROWSER_TESTS"
"""Where this is set in the environment, a missing browser is a failure."""


# Charts that have no picture in them: no svg, no size, or no shape drawn
EMPTY = """() => [...document.querySelectorAll('.chart')].filter(chart => {
  const picture = chart.querySelector('svg.main-svg'), box = picture && picture.getBoundingClientRect();
  return !box || box.width < 100 || box.height < 40 || !chart.querySelector('.trace path, .trace .point, .heatmaplayer image');
}).map(chart => chart.id)"""

# Texts of one chart that lie over each other
OVERLAPS = """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
  const texts = [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim() && !text.closest('.hoverlayer'));
  const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
  const found = [];
  boxes.forEach(([a, one], i) => boxes.slice(i + 1).forEach(([b, two]) => {
    if (one.left + 1 < two.right && two.left + 1 < one.right && one.top + 2 < two.bottom && two.top + 2 < one.bottom) {
      found.push(`${chart.id}: ${a} / ${b}`);
    }
  }));
  return found;
})"""

# Texts of a chart that stick out of it
CUT = """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
  const room = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && text.textContent.trim() && (box.left < room.left - 1 || box.right > room.right + 1);
  }).map(text => `${chart.id}: ${text.textContent}`);
})"""


class Seen:
    """A page in the browser, and all that it said, asked for and did wrong."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def metrics(self) -> list[dict[str, Any]]:
        """Return what the browser measured of the page, in seconds."""
        return self._devtools.send("Performance.getMetrics")["metrics"]

    def check(self, path: Path, width: int) -> None:
        """Nothing asked for, nothing complained, every chart drawn, nothing over the edge and no text over another."""
        assert self.complaints == []
        assert self.requests == [path.as_uri()]
        assert self.ask(EMPTY) == []
        described = self.ask("JSON.parse(document.getElementById('charts').textContent).length")
        assert self.ask("document.querySelectorAll('.chart').length") == described
        assert self.ask("document.documentElement.scrollWidth") <= width
        assert self.ask(OVERLAPS) == []
        assert self.ask(CUT) == []

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(expression)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = find_browser()
    if path is None:
        why = "no Chrome or Chromium is installed: apt-get install chromium"
        if os.environ.get(REQUIRED):
            pytest.fail(f"{why} ({REQUIRED} is set)")
        pytest.skip(why)
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def runs() -> ModuleType:
    """Return the runs that are looked at."""
    spec = importlib.util.spec_from_file_location("runs_to_look_at", Path(__file__).with_name("runs.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def look(browser: Any) -> Iterator[Callable[..., Seen]]:
    """Open a file as a reader would: from disk, with the network off, until every chart is drawn."""
    contexts = []

    def open_file(path: Path, width: int = WIDE, theme: str = "light") -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, offline=True, has_touch=width == PHONE
        )
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.goto(path.as_uri())
        seen.page.wait_for_selector("html[data-drawn]", timeout=30_000)
        return seen

    yield open_file
    for context in contexts:
        context.close()
