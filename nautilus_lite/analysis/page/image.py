"""Pictures of pages, taken by an installed Chrome or Chromium that draws them."""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from nautilus_lite.analysis.page.charts import REMEDY
from nautilus_lite.analysis.page.document import write_whole
from nautilus_lite.errors import MissingExtra

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
TIMEOUT = 60.0
"""Seconds in which a page must be drawn."""

_READY = "document.readyState==='complete'&&(!document.getElementById('charts')||!!document.documentElement.dataset.drawn)"
_SIZE = "document.body?Math.ceil(document.querySelector('main').getBoundingClientRect().bottom):0"


def find_browser() -> str | None:
    """Return the path of a Chrome or Chromium: `BROWSER_PATH` of the environment, else the first on the path."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write_image(page: str, path: str | os.PathLike[str], width: int = 1280, scale: float = 2.0) -> None:
    """Write a picture (PNG) of a whole page.

    Parameters
    ----------
    page : str
        HTML.
    path : str or path
        Written whole or not at all; a file that exists is replaced.
    width : int, default 1280
        Of the page, in pixels of a screen; at least 320.
    scale : float, default 2.0
        Pixels of the picture to a pixel of a screen.

    Raises
    ------
    MissingExtra
        If kaleido is not installed, or no Chrome or Chromium is there.
    ValueError
        If `width` or `scale` makes no picture.
    TimeoutError
        If the page was not drawn within a minute.
    """
    if width < 320 or not 0.1 <= scale <= 8.0:
        raise ValueError(f"`width` must be at least 320 and `scale` within 0.1 and 8, were {width!r} and {scale!r}")
    # Here, not above: whoever imports the engine need not pay for it
    import asyncio

    try:
        import choreographer
    except ImportError as error:
        raise MissingExtra(f"pictures need kaleido, which is not installed: {REMEDY}") from error
    browser = find_browser()
    if browser is None or not Path(browser).exists():
        where = f"`BROWSER_PATH` names {browser!r}, which is not there" if browser else f"looked for {', '.join(BROWSERS)}"
        raise MissingExtra(f"pictures need Chrome or Chromium ({where}): install one, as by `apt-get install chromium`")
    pictures: list[bytes] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            pictures.append(asyncio.run(_draw(choreographer.Browser, browser, page, width, scale)))
        except BaseException as failure:
            failures.append(failure)

    # A thread of its own: notebooks have a running event loop in theirs
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
    write_whole(path, pictures[0])


async def _draw(browser_class: Any, browser: str, page: str, width: int, scale: float) -> bytes:
    import asyncio

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        async with browser_class(path=browser, headless=True) as running:
            tab = await running.create_tab("about:blank")
            await _resize(tab, width, 900, scale)
            await tab.send_command("Page.navigate", params={"url": file.as_uri()})
            until = time.monotonic() + TIMEOUT
            while not await _ask(tab, _READY):
                if time.monotonic() > until:
                    raise TimeoutError(f"the page was not drawn within {TIMEOUT:.0f} s")
                await asyncio.sleep(0.02)
            height = int(await _ask(tab, _SIZE))
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
            asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
            answer = await tab.send_command("Page.captureScreenshot", params=asked)
            return base64.b64decode(answer["result"]["data"])


async def _resize(tab: Any, width: int, height: int, scale: float) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
    await tab.send_command("Emulation.setDeviceMetricsOverride", params=metrics)


async def _ask(tab: Any, expression: str) -> Any:
    answer = await tab.send_command("Runtime.evaluate", params={"expression": expression, "returnByValue": True})
    return answer["result"]["result"].get("value")
