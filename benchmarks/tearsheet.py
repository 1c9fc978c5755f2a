"""How long a tear sheet takes to make, and to open: `python benchmarks/tearsheet.py`.

A year of one-minute bars under an EMA cross; then the page in an installed Chromium, if playwright is there, and that of 100,000
samples of everything. CPU time beside wall time, since other work on a machine is not ours.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from workloads import bars

from nautilus_lite.analysis.page.image import find_browser
from nautilus_lite.analysis.tearsheet import write_tearsheet
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.examples.ema_cross import EMACross, EMACrossConfig
from nautilus_lite.model.data import BarType
from nautilus_lite.model.data.dtypes import BAR_DTYPE
from nautilus_lite.model.enums import AccountType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

MINUTES = 365 * 24 * 60
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"


def make_run(n_bars: int) -> Any:
    """Return the result of an EMA cross over so many one-minute bars."""
    import numpy as np

    symbol = Symbol("EUR/USD")
    pair = CurrencyPair(
        instrument_id=InstrumentId(symbol, Venue("SIM")), raw_symbol=symbol, base_currency=Currency.from_str("EUR"),
        quote_currency=Currency.from_str("USD"), price_precision=5, size_precision=0,
        price_increment=Price.from_str("0.00001"), size_increment=Quantity.from_int(1), ts_event=0, ts_init=0,
        taker_fee=Decimal("0.00002"),
    )
    columns = bars(n_bars)
    rows = np.zeros(n_bars, dtype=BAR_DTYPE)
    for name in ("open", "high", "low", "close", "volume"):
        rows[name] = columns[name]
    rows["ts_event"] = rows["ts_init"] = columns["ts"]
    engine = BacktestEngine()
    usd = Currency.from_str("USD")
    engine.add_venue(Venue("SIM"), OmsType.NETTING, AccountType.MARGIN, [Money(1_000_000, usd)], base_currency=usd)
    engine.add_instrument(pair)
    engine.add_rows("bar", BarType.from_str(BAR_TYPE), rows)
    config = EMACrossConfig(
        instrument_id=pair.id, bar_type=BarType.from_str(BAR_TYPE), trade_size=Decimal(100_000), fast_period=20, slow_period=60
    )
    engine.add_strategy(EMACross(config))
    engine.run()
    return engine.get_result()


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return wall time, CPU time and what came of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def opened(path: Path) -> tuple[float, float]:
    """Return seconds from navigation to the last chart, and the processor time of the page's thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]")
        wall = int(page.evaluate("document.documentElement.dataset.drawn")) / 1e3
        metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
        browser.close()
    return wall, metrics["ThreadTime"]


def large() -> Any:
    """Return a hundred thousand samples of everything, as the browser tests have it."""
    path = Path(__file__).resolve().parents[1] / "tests" / "browser" / "test_tearsheet.py"
    spec = importlib.util.spec_from_file_location("browser_tests", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.large()


def main() -> None:
    """Print the table."""
    print("| what | wall, s | CPU, s |\n|---|---|---|")
    wall, cpu, result = timed(lambda: make_run(MINUTES))
    print(f"| run of {MINUTES:,} one-minute bars, {result.n_fills:,} fills | {wall:.2f} | {cpu:.2f} |")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.html"
        wall, cpu, _ = timed(lambda: result.to_html(str(path)))
        print(f"| its tear sheet, {path.stat().st_size / 1e6:.1f} MB | {wall:.2f} | {cpu:.2f} |")
        if find_browser() is None or importlib.util.find_spec("playwright") is None:
            print("no browser or no playwright: pages were not opened")
            return
        print("| the sheet opened, every chart drawn | {:.2f} | {:.2f} |".format(*opened(path)))
        write_tearsheet(path, large())
        print("| a sheet of 100,000 samples opened, every chart drawn | {:.2f} | {:.2f} |".format(*opened(path)))


if __name__ == "__main__":
    main()
