from nautilus_lite.model.data.bars import Bar, BarSpecification, BarType
from nautilus_lite.model.data.base import Data
from nautilus_lite.model.data.book import BookOrder, OrderBookDelta, OrderBookDeltas, OrderBookDepth10
from nautilus_lite.model.data.ticks import QuoteTick, TradeTick
from nautilus_lite.model.data.updates import (
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)

__all__ = [
    "Bar",
    "BarSpecification",
    "BarType",
    "BookOrder",
    "Data",
    "FundingRateUpdate",
    "IndexPriceUpdate",
    "InstrumentClose",
    "InstrumentStatus",
    "MarkPriceUpdate",
    "OrderBookDelta",
    "OrderBookDeltas",
    "OrderBookDepth10",
    "QuoteTick",
    "TradeTick",
]
