"""Equity curves and trades made by hand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Money

# Profits and losses of ten trades in order of closing
TEN = ("50.00", "-20.00", "30.00", "10.00", "-40.00", "-15.00", "-5.00", "0.00", "80.00", "-10.00")


def make_curve(values: Any, start: str = "2024-01-01", freq: str = "1D") -> pd.Series:
    """Return equity sampled from `start` (a Monday) on."""
    index = pd.date_range(start, periods=len(values), freq=freq, tz="UTC", unit="ns")
    return pd.Series(np.asarray(values, dtype=float), index=index, name="equity USD")


def make_trade(
    pnl: str,
    closed: int = 0,
    side: OrderSide = OrderSide.BUY,
    seconds: int = 60,
    fees: tuple[str, ...] = (),
    strategy: str = "S-001",
    instrument: str = "EUR/USD.SIM",
    is_open: bool = False,
    mae: str | None = None,
    mfe: str | None = None,
) -> Any:
    """Return what statistics read of a position; fees in its own currency are part of its PnL."""
    net = Money.from_str(pnl if " " in pnl else f"{pnl} USD")
    paid = [Money.from_str(fee if " " in fee else f"{fee} USD") for fee in fees]
    gross = net.raw + sum(fee.raw for fee in paid if fee.currency == net.currency)
    return SimpleNamespace(
        id=f"P-{closed}",
        realized_pnl=net,
        gross_pnl=Money.from_raw(gross, net.currency),
        commissions=lambda: paid,
        ts_opened=closed - seconds * 10**9,
        ts_closed=0 if is_open else closed,
        ts_last=closed,
        is_open=is_open,
        is_closed=not is_open,
        entry=side,
        duration_ns=seconds * 10**9,
        realized_return=net.raw / 1e6,
        mae=None if mae is None else Money.from_str(mae),
        mfe=None if mfe is None else Money.from_str(mfe),
        strategy_id=strategy,
        instrument_id=instrument,
        instrument=None,
    )


@pytest.fixture(scope="session")
def curve() -> Callable[..., pd.Series]:
    return make_curve


@pytest.fixture(scope="session")
def trade() -> Callable[..., Any]:
    return make_trade


@pytest.fixture
def ten_trades() -> list[Any]:
    sides = [OrderSide.BUY] * 6 + [OrderSide.SELL] * 4
    return [make_trade(pnl, i, side, 60 * (i + 1)) for i, (pnl, side) in enumerate(zip(TEN, sides, strict=True))]
