"""Runs over a few bars written by hand, with a strategy that does on each bar what a test says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import BarType
from nautilus_lite.model.data.dtypes import BAR_DTYPE
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, TrailingOffsetType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

MINUTE_NS = 60_000_000_000
BUY, SELL = OrderSide.BUY, OrderSide.SELL
USD = Currency.from_str("USD")
# Open, high, low, close in whole units; a fifth number is the volume
Table = list[tuple[int, ...]]
Script = dict[int, Callable[["Hand"], Any]]


def new_pair(name: str = "AUD", lot: int = 1) -> CurrencyPair:
    """Return a pair in whole dollars and lots, without fees."""
    return CurrencyPair(
        instrument_id=InstrumentId(Symbol(f"{name}/USD"), Venue("SIM")),
        raw_symbol=Symbol(f"{name}/USD"),
        base_currency=Currency.from_str("AUD"),
        quote_currency=USD,
        price_precision=0,
        size_precision=0,
        price_increment=Price.from_str("1"),
        size_increment=Quantity.from_int(lot),
        margin_init=Decimal("0.01"),
        margin_maint=Decimal("0.01"),
        maker_fee=Decimal(0),
        taker_fee=Decimal(0),
        ts_event=0,
        ts_init=0,
    )


def bar_rows(table: Table, first: int = 1, step_ns: int = MINUTE_NS) -> np.ndarray:
    """Return bars as rows, the first of them closing after `first` minutes."""
    rows = np.zeros(len(table), dtype=BAR_DTYPE)
    rows["ts_event"] = rows["ts_init"] = (np.arange(len(table), dtype=np.uint64) + np.uint64(first)) * np.uint64(step_ns)
    for i, row in enumerate(table):
        rows[i]["open"], rows[i]["high"], rows[i]["low"], rows[i]["close"] = row[:4]
        rows[i]["volume"] = row[4] if len(row) > 4 else 1_000
    return rows


class Hand(Strategy):
    """Carries out a script: after the close of bar `i`, `script[i]`."""

    def __init__(self, instrument: Any, script: Script, bar_types: tuple[BarType, ...]) -> None:
        super().__init__()
        self.instrument, self.script, self.bar_types = instrument, script, bar_types

    def on_start(self) -> None:
        self.n_bars = 0
        self.orders: list[Any] = []
        for bar_type in self.bar_types:
            self.subscribe_bars(bar_type)
        self.script.get(-1, lambda hand: None)(self)

    def on_bar(self, bar: Any) -> None:
        if bar.bar_type == self.bar_types[0]:
            self.n_bars += 1
            self.script.get(self.n_bars - 1, lambda hand: None)(self)

    def on_stop(self) -> None:
        self.script.get(-2, lambda hand: None)(self)

    def send(self, order: Any) -> Any:
        self.orders.append(order)
        self.submit_order(order)
        return order

    def market(self, side: OrderSide, quantity: int, **options: Any) -> Any:
        return self.send(
            self.order_factory.market(self.instrument.id, side, Quantity.from_int(quantity), **options)
        )

    def limit(self, side: OrderSide, quantity: int, price: int, **options: Any) -> Any:
        return self.send(
            self.order_factory.limit(
                self.instrument.id, side, Quantity.from_int(quantity), Price.from_int(price), **options
            )
        )

    def stop_at(self, side: OrderSide, quantity: int, trigger: int, **options: Any) -> Any:
        return self.send(
            self.order_factory.stop_market(
                self.instrument.id, side, Quantity.from_int(quantity), Price.from_int(trigger), **options
            )
        )

    def touched(self, side: OrderSide, quantity: int, trigger: int) -> Any:
        return self.send(
            self.order_factory.market_if_touched(
                self.instrument.id, side, Quantity.from_int(quantity), Price.from_int(trigger)
            )
        )

    def trail(self, side: OrderSide, quantity: int, trigger: int, offset: int) -> Any:
        return self.send(
            self.order_factory.trailing_stop_market(
                self.instrument.id, side, Quantity.from_int(quantity), trigger_price=Price.from_int(trigger),
                trailing_offset=Decimal(offset), trailing_offset_type=TrailingOffsetType.PRICE,
            )
        )  # fmt: skip

    def bracket(self, side: OrderSide, quantity: int, entry: Any, tp: int, sl: int, **options: Any) -> list[Any]:
        """Submit an entry with exits; `entry` are keyword arguments of the entry."""
        orders = self.order_factory.bracket(
            self.instrument.id,
            side,
            Quantity.from_int(quantity),
            tp_price=Price.from_int(tp),
            sl_trigger_price=Price.from_int(sl),
            **entry,
            **options,
        )
        self.orders += orders.orders
        self.submit_order_list(orders)
        return list(orders.orders)


def run_bars(
    table: Table,
    script: Script,
    spec: str = "1-MINUTE-LAST",
    step_ns: int = MINUTE_NS,
    run: bool = True,
    lot: int = 1,
    **venue: Any,
) -> tuple[Hand, BacktestEngine]:
    """Run a script over bars at one venue without fees and with 1,000,000 USD."""
    engine = BacktestEngine(BacktestEngineConfig())
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("1000000 USD")],
        **venue,
    )
    instrument = new_pair(lot=lot)
    engine.add_instrument(instrument)
    bar_type = BarType.from_str(f"{instrument.id}-{spec}-EXTERNAL")
    if table:
        engine.add_rows("bar", bar_type, bar_rows(table, step_ns=step_ns))
    hand = Hand(instrument, script, (bar_type,))
    engine.add_strategy(hand)
    if run:
        engine.run()
    return hand, engine


def fills(order: Any) -> list[tuple[int, int, str, int]]:
    """Return quantity, price, reason and number of the bar (from 0) of each fill."""
    return [
        (int(event.last_qty), int(event.last_px), event.fill_reason, event.ts_event // MINUTE_NS - 1)
        for event in order.events
        if type(event).__name__ == "OrderFilled"
    ]


def balance(engine: BacktestEngine) -> int:
    """Return the balance after the run, less the 1,000,000 it began with."""
    total = engine.cache.accounts()[0].balance_total(USD).as_decimal() - 1_000_000
    assert total == int(total)
    return int(total)
