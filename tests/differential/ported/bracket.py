"""A cross of averages on bars, entered with a bracket whose exits are so many average ranges away."""

from decimal import Decimal

from common import AUD, LOG, bars, engine, finish

from nautilus_lite.config import PositiveInt, StrategyConfig
from nautilus_lite.core.message import Event
from nautilus_lite.indicators import AverageTrueRange, ExponentialMovingAverage
from nautilus_lite.model.data import Bar, BarType
from nautilus_lite.model.enums import OrderSide, OrderType, TimeInForce
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.trading.strategy import Strategy


class CrossConfig(StrategyConfig, frozen=True):
    instrument_id: InstrumentId
    bar_type: BarType
    trade_size: Decimal
    fast_period: PositiveInt = 10
    slow_period: PositiveInt = 20
    distance: float = 3.0


class Cross(Strategy):
    def __init__(self, config: CrossConfig) -> None:
        super().__init__(config)
        self.range = AverageTrueRange(20)
        self.fast = ExponentialMovingAverage(config.fast_period)
        self.slow = ExponentialMovingAverage(config.slow_period)

    def on_start(self) -> None:
        self.instrument = self.cache.instrument(self.config.instrument_id)
        for indicator in (self.range, self.fast, self.slow):
            self.register_indicator_for_bars(self.config.bar_type, indicator)
        self.request_bars(self.config.bar_type, start=self.clock.utc_now())
        self.subscribe_bars(self.config.bar_type)

    def on_bar(self, bar: Bar) -> None:
        if not self.indicators_initialized() or bar.is_single_price():
            return
        key = self.config.instrument_id
        side = OrderSide.BUY if self.fast.value >= self.slow.value else OrderSide.SELL
        against = self.portfolio.is_net_short(key) if side == OrderSide.BUY else self.portfolio.is_net_long(key)
        if against:
            self.close_all_positions(key)
        if against or self.portfolio.is_flat(key):
            self.cancel_all_orders(key)
            self.enter(side, bar)

    def enter(self, side: OrderSide, bar: Bar) -> None:
        away = self.config.distance * self.range.value * (1 if side == OrderSide.BUY else -1)
        self.submit_order_list(
            self.order_factory.bracket(
                instrument_id=self.config.instrument_id,
                order_side=side,
                quantity=self.instrument.make_qty(self.config.trade_size),
                time_in_force=TimeInForce.GTC,
                entry_order_type=OrderType.MARKET,
                sl_trigger_price=self.instrument.make_price(bar.close - away),
                tp_price=self.instrument.make_price(bar.close + away),
            )
        )

    def on_event(self, event: Event) -> None:
        # Cancels that are under way by `cancel_all_orders` are told here alone
        if type(event).__name__ != "OrderPendingCancel":
            LOG.append((type(event).__name__, event.ts_event))

    def on_stop(self) -> None:
        self.cancel_all_orders(self.config.instrument_id)
        self.close_all_positions(self.config.instrument_id)


made, data = engine(AUD), bars()
made.add_data(data)
made.add_strategy(Cross(CrossConfig(instrument_id=AUD.id, bar_type=data[0].bar_type, trade_size=Decimal(100_000))))
finish(made, AUD)
