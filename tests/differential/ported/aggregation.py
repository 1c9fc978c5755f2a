"""Bars by time, ticks and volume from trades, with indicators on them."""

from common import ETH, LOG, engine, finish, trades

from nautilus_lite.indicators import (
    BollingerBands,
    DonchianChannel,
    MovingAverageConvergenceDivergence,
    RelativeStrengthIndex,
)
from nautilus_lite.model.data import BarType
from nautilus_lite.trading.strategy import Strategy

SPECS = ("30-SECOND-LAST", "50-TICK-LAST", "100-VOLUME-LAST")


class Watcher(Strategy):
    def on_start(self) -> None:
        types = [BarType.from_str(f"{ETH.id}-{spec}-INTERNAL") for spec in SPECS]
        self.strength = RelativeStrengthIndex(5)
        self.divergence = MovingAverageConvergenceDivergence(3, 6)
        self.bands = BollingerBands(4, 2.0)
        self.channel = DonchianChannel(4)
        for indicator in (self.strength, self.divergence, self.bands, self.channel):
            self.register_indicator_for_bars(types[0], indicator)
        for kind in types:
            self.subscribe_bars(kind)

    def on_bar(self, bar) -> None:
        values = (self.strength.value, self.divergence.value, self.bands.upper, self.channel.upper)
        LOG.append((str(bar), bar.ts_init, *(round(value, 8) for value in values), self.strength.initialized))
        LOG.append((self.cache.bar_count(bar.bar_type), str(self.cache.bar(bar.bar_type)), self.cache.trade_tick_count(ETH.id)))


made = engine(ETH)
made.add_data(trades())
made.add_strategy(Watcher())
finish(made, ETH)
