from collections.abc import Iterable, Mapping
from typing import Any

from nautilus_lite.model.objects import Currency

Amounts = dict[Currency, tuple[int, int]]
Listed = dict[Currency, tuple[list[int], list[int]]]

def sum_fills(
    orders: Iterable[Any], instruments: Mapping[Any, Any], currency: Currency
) -> tuple[int, int, int, Amounts, Listed, int]: ...
