from collections.abc import Iterable, Mapping
from typing import Any

from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Currency

def sum_fills(
    orders: Iterable[Any], instruments: Mapping[Any, Any], currency: Currency
) -> tuple[int, int, int, dict[Currency, tuple[int, int]], list[OrderFilled]]: ...
