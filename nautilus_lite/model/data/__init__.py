from nautilus_lite.model.data.bars import Bar, BarSpecification, BarType
from nautilus_lite.model.data.base import Data
from nautilus_lite.model.data.book import BookOrder, OrderBookDelta, OrderBookDeltas, OrderBookDepth10
from nautilus_lite.model.data.custom import CustomData, DataType
from nautilus_lite.model.data.ticks import QuoteTick, TradeTick
from nautilus_lite.model.data.updates import (
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
from nautilus_lite.model.enums import BarAggregation

__all__ = [
    "Bar",
    "BarAggregation",
    "BarSpecification",
    "BarType",
    "BookOrder",
    "CustomData",
    "Data",
    "DataType",
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
