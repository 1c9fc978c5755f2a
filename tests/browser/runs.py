"""Runs that differ in what their pages have to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
HOSTILE = "<script>alert(1)</script>"


def ema_run(start: str, end: str, fast: int, slow: int, size: str = "100000", **changes: Any) -> BacktestResult:
    """Return an EMA cross over bars of the sample catalog."""
    strategy = {
        "instrument_id": "EUR/USD.SIM",
        "bar_type": BAR_TYPE,
        "trade_size": size,
        "fast_period": fast,
        "slow_period": slow,
    }
    venue = {
        "name": "SIM",
        "oms_type": "NETTING",
        "account_type": "MARGIN",
        "base_currency": "USD",
        "starting_balances": ["1_000_000 USD"],
    }
    config = {
        "venues": [{**venue, **changes.get("venue", {})}],
        "data": [{"catalog_path": str(CATALOG), "data_cls": "Bar", "bar_types": [BAR_TYPE]}],
        "engine": {
            "strategies": [
                {
                    "strategy_path": "nautilus_lite.examples.ema_cross:EMACross",
                    "config_path": "nautilus_lite.examples.ema_cross:EMACrossConfig",
                    "config": {**strategy, **changes.get("strategy", {})},
                }
            ],
            **changes.get("engine", {}),
        },
        "start": start,
        "end": end,
    }
    return run_backtest(BacktestRunConfig.from_dict(config), False)


def demo() -> BacktestResult:
    """Return a month with some hundred trades."""
    return ema_run("2024-01-01", "2024-02-01", 20, 60)


def busy() -> BacktestResult:
    """Return a month with thousands of trades that loses, and warns of what it held at the end."""
    return ema_run("2024-01-01", "2024-02-01", 2, 4, size="3000000")


def hours() -> BacktestResult:
    """Return two hours."""
    return ema_run("2024-01-02T08:00", "2024-01-02T10:00", 5, 15, engine={"equity_interval_ns": 60 * 10**9})


def quiet() -> BacktestResult:
    """Return a week in which nothing was traded."""
    return ema_run("2024-01-08", "2024-01-15", 5000, 9000)


def hostile() -> BacktestResult:
    """Return a day of a strategy whose name is a script."""
    return ema_run(
        "2024-01-02", "2024-01-04", 20, 60, strategy={"strategy_id": f"{HOSTILE}-001"}, engine={"equity_interval_ns": 60 * 10**9}
    )
