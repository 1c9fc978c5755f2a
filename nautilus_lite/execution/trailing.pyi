from nautilus_lite.model.enums import TriggerType
from nautilus_lite.model.objects import Price
from nautilus_lite.model.orders.trailing import TrailingStopOrder

def trailing_prices(order: TrailingStopOrder, price_increment: Price, bid: Price | None = ..., ask: Price | None = ..., last: Price | None = ..., mark: Price | None = ..., index: Price | None = ..., trigger_type: TriggerType | None = ...) -> tuple[Price | None, Price | None]: ...
