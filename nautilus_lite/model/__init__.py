"""The language of trading: values, identifiers, market data, instruments, orders, events and positions."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "book": ("OrderBook",),
        "data": (
            "Bar", "BarSpecification", "BarType", "BookOrder", "CustomData", "DataType", "FundingRateUpdate", "IndexPriceUpdate",
            "InstrumentClose", "InstrumentStatus", "MarkPriceUpdate", "OrderBookDelta", "OrderBookDeltas", "OrderBookDepth10",
            "QuoteTick", "TradeTick",
        ),
        "identifiers": (
            "AccountId", "ClientId", "ClientOrderId", "ComponentId", "ExecAlgorithmId", "InstrumentId", "OrderListId",
            "PositionId", "StrategyId", "Symbol", "TradeId", "TraderId", "Venue", "VenueOrderId",
        ),
        "objects": ("AccountBalance", "Currency", "MarginBalance", "Money", "Price", "Quantity"),
        "position": ("Position",),
    },
)  # fmt: skip
