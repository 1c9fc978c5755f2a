"""A moving-average cross whose entries bring their own stop-loss and take-profit."""

from __future__ import annotations

from decimal import Decimal

from nautilus_lite.indicators import AverageTrueRange, ExponentialMovingAverage
from nautilus_lite.model.data import Bar, BarType
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy


class EMACrossBracketConfig(StrategyConfig, frozen=True, kw_only=True):
    """Configuration of `EMACrossBracket`.

    Parameters
    ----------
    instrument_id : InstrumentId
    bar_type : BarType
    trade_size : Decimal
        Quantity of each entry.
    fast_period, slow_period, atr_period : int
        Periods of the two averages and of the average true range, in bars.
    stop_atr, profit_atr : float
        Distance of stop-loss and take-profit from the close, in average true ranges.
    """

    instrument_id: InstrumentId
    bar_type: BarType
    trade_size: Decimal
    fast_period: int = 10
    slow_period: int = 20
    atr_period: int = 20
    stop_atr: float = 3.0
    profit_atr: float = 6.0


class EMACrossBracket(Strategy):
    """Enters at a cross where it has no position, and leaves the exit to the venue."""

    def __init__(self, config: EMACrossBracketConfig) -> None:
        super().__init__(config)
        self.fast = ExponentialMovingAverage(config.fast_period)
        self.slow = ExponentialMovingAverage(config.slow_period)
        self.atr = AverageTrueRange(config.atr_period)
        self.was_above: bool | None = None

    def on_start(self) -> None:
        self.instrument = self.cache.instrument(self.config.instrument_id)
        self.quantity = self.instrument.make_qty(self.config.trade_size)
        for indicator in (self.fast, self.slow, self.atr):
            self.register_indicator_for_bars(self.config.bar_type, indicator)
        self.subscribe_bars(self.config.bar_type)

    def on_bar(self, bar: Bar) -> None:
        if not self.indicators_initialized():
            return
        above = self.fast.value >= self.slow.value
        crossed = self.was_above is not None and above != self.was_above
        self.was_above = above
        if crossed and self.portfolio.is_flat(self.config.instrument_id):
            self.enter(OrderSide.BUY if above else OrderSide.SELL, float(bar.close))

    def enter(self, side: OrderSide, close: float) -> None:
        """Send a market entry with its two exits."""
        sign = 1.0 if side == OrderSide.BUY else -1.0
        bracket = self.order_factory.bracket(
            instrument_id=self.config.instrument_id,
            order_side=side,
            quantity=self.quantity,
            tp_price=self.instrument.make_price(close + sign * self.config.profit_atr * self.atr.value),
            sl_trigger_price=self.instrument.make_price(close - sign * self.config.stop_atr * self.atr.value),
        )
        self.submit_order_list(bracket)

    def on_stop(self) -> None:
        self.cancel_all_orders(self.config.instrument_id)
        self.close_all_positions(self.config.instrument_id)

    def on_reset(self) -> None:
        for indicator in (self.fast, self.slow, self.atr):
            indicator.reset()
        self.was_above = None
