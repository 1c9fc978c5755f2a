"""A moving-average cross: the strategy that the demo, the examples and the benchmarks run."""

from __future__ import annotations

from decimal import Decimal

from nautilus_lite.indicators import ExponentialMovingAverage
from nautilus_lite.model.data import Bar, BarType
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy


class EMACrossConfig(StrategyConfig, frozen=True, kw_only=True):
    """Configuration of `EMACross`.

    Parameters
    ----------
    instrument_id : InstrumentId
    bar_type : BarType
    trade_size : Decimal
        Quantity of each order.
    fast_period, slow_period : int
        Periods of the two averages, in bars.
    """

    instrument_id: InstrumentId
    bar_type: BarType
    trade_size: Decimal
    fast_period: int = 10
    slow_period: int = 20


class EMACross(Strategy):
    """Long while the fast average is above the slow one, short otherwise."""

    def __init__(self, config: EMACrossConfig) -> None:
        super().__init__(config)
        self.fast = ExponentialMovingAverage(config.fast_period)
        self.slow = ExponentialMovingAverage(config.slow_period)

    def on_start(self) -> None:
        instrument = self.cache.instrument(self.config.instrument_id)
        self.quantity = instrument.make_qty(self.config.trade_size)
        self.register_indicator_for_bars(self.config.bar_type, self.fast)
        self.register_indicator_for_bars(self.config.bar_type, self.slow)
        self.subscribe_bars(self.config.bar_type)

    def on_bar(self, bar: Bar) -> None:
        if not self.indicators_initialized():
            return
        instrument_id = self.config.instrument_id
        if self.fast.value >= self.slow.value:
            if self.portfolio.is_net_short(instrument_id):
                self.close_all_positions(instrument_id)
                self.enter(OrderSide.BUY)
            elif self.portfolio.is_flat(instrument_id):
                self.enter(OrderSide.BUY)
        elif self.portfolio.is_net_long(instrument_id):
            self.close_all_positions(instrument_id)
            self.enter(OrderSide.SELL)
        elif self.portfolio.is_flat(instrument_id):
            self.enter(OrderSide.SELL)

    def enter(self, side: OrderSide) -> None:
        """Send a market order of the configured size."""
        self.submit_order(
            self.order_factory.market(
                instrument_id=self.config.instrument_id, order_side=side, quantity=self.quantity
            )
        )

    def on_stop(self) -> None:
        self.cancel_all_orders(self.config.instrument_id)
        self.close_all_positions(self.config.instrument_id)

    def on_reset(self) -> None:
        self.fast.reset()
        self.slow.reset()
