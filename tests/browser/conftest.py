"""Chromium, without a network, and pages to look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nautilus_lite.analysis.page.image import find_browser

WIDE, PHONE = 1280, 390
REQUIRED = "NAUTILUS_LITE_BROWSER_TESTS"
"""Where this is set in the environment, a missing browser is a failure."""


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
