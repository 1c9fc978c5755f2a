"""The tear sheet in a real browser."""

from __future__ import annotations

import struct
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet import TearsheetData, write_tearsheet, write_tearsheet_image

pytest.importorskip("plotly")

PHONE = 390
NAMES = ("demo", "busy", "maker", "hours", "quiet", "hostile")


@pytest.fixture(scope="session")
def pages(runs: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the tear sheet of each run."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: Path(getattr(runs, name)().to_html(str(folder / f"{name}.html"))) for name in NAMES}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_page_is_drawn_whole_and_in_peace(look: Any, pages: dict[str, Path], name: str, width: int, theme: str) -> None:
    seen = look(pages[name], width, theme)
    seen.check(pages[name], width)


def test_light_and_dark_differ(look: Any, pages: dict[str, Path]) -> None:
    colours = [
        look(pages["demo"], theme=theme).ask(
            "[getComputedStyle(document.body).backgroundColor, document.querySelector('#equity .trace path').style.stroke]"
        )
        for theme in ("light", "dark")
    ]
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]


def test_charts_follow_a_change_of_theme(look: Any, pages: dict[str, Path]) -> None:
    stroke = "document.querySelector('#equity .trace path').style.stroke"
    seen = look(pages["demo"])
    before = seen.ask(stroke)
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_timeout(50)
    seen.page.wait_for_selector("html[data-drawn]")
    assert seen.ask(stroke) != before
    assert seen.complaints == []


def test_name_of_a_strategy_stays_text(look: Any, pages: dict[str, Path]) -> None:
    seen = look(pages["hostile"])
    assert seen.ask("document.scripts.length") == 3
    seen.ask("document.querySelectorAll('details').forEach(one => { one.open = true })")
    shown = seen.page.inner_text("body")
    assert shown.count("<script>alert(1)</script>") > 2
    assert seen.complaints == []


def test_labels_of_charts_stay_text(look: Any, tmp_path: Path) -> None:
    name = "<script>alert(1)</script>"
    equity = curve(300)
    data = TearsheetData(
        name,
        equity,
        summarize(equity, [], [], "USD"),
        "USD",
        bridge=[("<b>gross</b>", 5.0), ("<img src=x onerror=alert(1)>", -2.0)],
        benchmark_returns=pd.Series([0.001, -0.002], index=equity.index[[30, 60]]),
        benchmark_name=name,
    )
    seen = look(Path(write_tearsheet(tmp_path / "t.html", data)))
    assert "<b>gross</b>" in seen.ask("document.querySelector('#bridge').textContent")
    assert "<img src=x onerror=alert(1)>" in seen.ask("document.querySelector('#bridge').textContent")
    assert name in seen.ask("document.querySelector('#equity').textContent")
    assert (seen.complaints, len(seen.requests)) == ([], 1)


def test_injected_scripts_do_not_run(look: Any, tmp_path: Path) -> None:
    # What escaping would have missed, the page's own policy stops
    path = tmp_path / "t.html"
    write_tearsheet(path, TearsheetData("t", curve(300), [], "USD"))
    page = path.read_text()
    path.write_text(
        page.replace("<main>", "<main><script>window.ran = 1</script><img src='http://127.0.0.1/x.png' onerror='window.ran = 2'>")
    )
    seen = look(path)
    assert seen.ask("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)


def test_hundred_thousand_points_open_in_two_seconds(look: Any, tmp_path: Path) -> None:
    path = Path(write_tearsheet(tmp_path / "t.html", large()))
    # Processor time of the page's thread from navigation to the last chart: wall time where nothing else runs
    seen = look(path)
    measured = {metric["name"]: metric["value"] for metric in seen.metrics()}
    assert measured["ThreadTime"] < 2.0, measured
    seen.check(path, 1280)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (PHONE, "dark")])
def test_picture_of_the_page(browser: Any, tmp_path: Path, width: int, theme: str) -> None:
    data = TearsheetData("t", curve(300), [], "USD")
    path = tmp_path / "t.png"
    assert write_tearsheet_image(path, data, theme=theme, width=width, scale=1.0) == str(path)
    content = path.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = struct.unpack(">II", content[16:24])
    assert size[0] == width and 300 < size[1] < 2_000


def curve(n: int, freq: str = "1h") -> pd.Series:
    rng = np.random.default_rng(5)
    index = pd.date_range("2023-01-01", periods=n, freq=freq, tz="UTC", unit="ns")
    return pd.Series(100_000.0 + rng.normal(0.2, 20.0, n).cumsum().round(2), index=index)


def large() -> TearsheetData:
    """Return a hundred thousand samples of everything, and twenty thousand trades."""
    n = 100_000
    equity = curve(n, "5min")
    rng = np.random.default_rng(6)
    held = np.abs(rng.normal(size=n)).cumsum() % 1e5
    exposure = pd.DataFrame({"gross": held, "net": held - 5e4, "leverage": held / 1e5, "n_open": 1}, index=equity.index)
    close = 1.0 + rng.normal(0.0, 1e-4, n).cumsum()
    bars = pd.DataFrame({"open": close, "high": close + 1e-3, "low": close - 1e-3, "close": close}, index=equity.index)
    when = equity.index[rng.integers(0, n - 50, 20_000)].sort_values()
    pnl = rng.normal(1.0, 30.0, len(when)).round(2)
    positions = pd.DataFrame(
        {
            "instrument_id": "EUR/USD.SIM",
            "entry": np.where(pnl > 10, "BUY", "SELL"),
            "side": "FLAT",
            "peak_qty": 1.0,
            "ts_opened": when,
            "ts_closed": when + pd.Timedelta(2, "h"),
            "avg_px_open": 1.0,
            "avg_px_close": 1.01,
            "realized_pnl": pnl,
            "mae": -np.abs(pnl),
            "mfe": np.abs(pnl) * 1.3,
            "currency": "USD",
        }
    )
    fills = pd.DataFrame({"ts_event": when, "commission": 0.5, "commission_currency": "USD"})
    return TearsheetData(
        "large",
        equity,
        summarize(equity, [], [], "USD"),
        "USD",
        positions=positions,
        fills=fills,
        exposure=exposure,
        price_bars={"EUR/USD.SIM": bars},
        bridge=[("Before costs", 5.0), ("Fees", -1.0)],
    )
