"""The spread of quotes, and its average."""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from typing import Any

from nautilus_lite.indicators.base import Indicator
from nautilus_lite.model.identifiers import InstrumentId


class SpreadAnalyzer(Indicator):
    """The spread of an instrument's last quote, and the mean over the last quotes.

    Parameters
    ----------
    instrument_id : InstrumentId
        Quotes of others are passed over.
    capacity : int
        Quotes of the mean.

    Attributes
    ----------
    current, average : float
        In units of the price.
    """

    def __init__(self, instrument_id: InstrumentId, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"invalid `capacity`, must be positive, was {capacity}")
        super().__init__([instrument_id, capacity])
        self.instrument_id = instrument_id
        self.capacity = capacity
        self._spreads: deque[Decimal] = deque(maxlen=capacity)
        self.current = 0.0
        self.average = 0.0

    def handle_quote_tick(self, tick: Any) -> None:
        """Take a quote."""
        if tick.instrument_id != self.instrument_id:
            return
        # Exact, so that equal spreads are equal whatever the price
        spread = tick.ask_price.as_decimal() - tick.bid_price.as_decimal()
        self._spreads.append(spread)
        self.current = float(spread)
        self.average = float(sum(self._spreads, Decimal(0)) / len(self._spreads))
        self._set_has_inputs(True)
        if len(self._spreads) == self.capacity:
            self._set_initialized(True)

    def _reset(self) -> None:
        self._spreads.clear()
        self.current = 0.0
        self.average = 0.0
