"""The compiled market maker from a configuration, so that runs and comparisons can name it."""

from __future__ import annotations

from decimal import Decimal

from nautilus_lite.examples.compiled_market_maker import CompiledMarketMaker
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Quantity
from nautilus_lite.trading.config import StrategyConfig


class CompiledMarketMakerConfig(StrategyConfig, frozen=True, kw_only=True):
    """Configuration of `ConfiguredMarketMaker`.

    Parameters
    ----------
    instrument_id : InstrumentId
    trade_size : Decimal
        Quantity of each quote, with as many digits as the instrument has.
    interval_ns : int, default 100 milliseconds
        Time between two looks at the book (nanoseconds).
    """

    instrument_id: InstrumentId
    trade_size: Decimal
    interval_ns: int = 100_000_000


class ConfiguredMarketMaker(CompiledMarketMaker):
    """A `CompiledMarketMaker` made from its configuration; it acts on its timer alone, in compiled code."""

    def __init__(self, config: CompiledMarketMakerConfig) -> None:
        super().__init__(config.instrument_id, Quantity.from_str(str(config.trade_size)), config.interval_ns, config)
