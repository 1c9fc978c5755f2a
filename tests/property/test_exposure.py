"""Exposure on the grid of the equity, against an oracle that sees every row and fill."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Money, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import USD, pair, quote_rows

PAIRS = [pair("AAA"), pair("BBB")]


class Takes(Strategy):
    """Takes one side or the other of any of the instruments now and then."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    def on_start(self) -> None:
        self.numbers = random.Random(self.seed)
        self.clock.set_timer_ns("act", 2_700, callback=self.act)

    def act(self, event: Any) -> None:
        instrument = self.numbers.choice(PAIRS)
        side = self.numbers.choice((OrderSide.BUY, OrderSide.SELL))
        self.submit_order(self.order_factory.market(instrument.id, side, Quantity.from_int(self.numbers.randint(1, 9))))


def wanted(result: Any, rows: list[np.ndarray], hedging: bool) -> list[tuple[float, float, float, int]]:
    fills = [event for order in result.orders for event in order.events if isinstance(event, OrderFilled)]
    found = []
    for ts, equity in zip(result.equity().index.asi8, result.equity(), strict=True):
        gross = net = Decimal(0)
        n_open = 0
        for instrument, quotes in zip(PAIRS, rows, strict=True):
            seen = quotes[quotes["ts_init"] <= ts]
            quantities: dict[Any, int] = {}
            for fill in fills:
                if fill.instrument_id == instrument.id and fill.ts_event <= ts:
                    key = fill.position_id if hedging else None
                    quantities[key] = quantities.get(key, 0) + (int(fill.last_qty) if fill.is_buy else -int(fill.last_qty))
            for signed in quantities.values():
                if signed:
                    price = int(seen[-1]["bid"] if signed > 0 else seen[-1]["ask"])
                    value = (Decimal(signed * price) / 10**5).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
                    gross += abs(value)
                    net += value
                    n_open += 1
        found.append((float(gross), float(net), float(gross) / equity, n_open))
    return found


@given(seed=st.integers(0, 10**6), n=st.integers(2, 120), hedging=st.booleans(), interval=st.sampled_from((3_000, 10_000)))
@settings(max_examples=40, deadline=None)
def test_exposure_of_a_run(seed: int, n: int, hedging: bool, interval: int) -> None:
    numbers = random.Random(seed)
    rows = [quote_rows(numbers, n) for _ in PAIRS]
    engine = BacktestEngine(BacktestEngineConfig(equity_interval_ns=interval))
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.HEDGING if hedging else OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("1000000 USD")],
    )
    for instrument, each in zip(PAIRS, rows, strict=True):
        engine.add_instrument(instrument)
        engine.add_rows("quote", instrument.id, each)
    engine.add_strategy(Takes(seed))
    engine.run()
    result = engine.get_result()
    frame = result.exposure()
    assert list(frame.columns) == ["gross", "net", "leverage", "n_open"]
    pd.testing.assert_index_equal(frame.index, result.equity().index)
    np.testing.assert_allclose(frame.to_numpy(), np.array(wanted(result, rows, hedging)), rtol=0, atol=1e-9)
