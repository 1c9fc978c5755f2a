"""What the kinds of instruments share: names of arguments, and the life of those that expire."""

from __future__ import annotations

from typing import Any

from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Quantity

ONE = Quantity(1, 0)

LIMITS = ("max_quantity", "min_quantity", "max_notional", "min_notional", "max_price", "min_price")
RATES = ("margin_init", "margin_maint", "maker_fee", "taker_fee")
BASE = ("instrument_id", "raw_symbol", "price_precision", "price_increment", "ts_event", "ts_init", "tick_scheme_name", "info")


def keep(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Pick constructor arguments by name."""
    return {name: values[name] for name in names}


class Expiring(Instrument):
    """What instruments with an expiry share."""

    activation_ns: int
    expiration_ns: int

    def _set_life(self, activation_ns: int, expiration_ns: int) -> None:
        if expiration_ns < activation_ns:
            raise ValueError(f"invalid `expiration_ns`, must be >= activation_ns, was {expiration_ns} < {activation_ns}")
        self.activation_ns = activation_ns
        self.expiration_ns = expiration_ns

    @property
    def activation_utc(self) -> Any:
        """Activation as a UTC timestamp."""
        return unix_nanos_to_dt(self.activation_ns)

    @property
    def expiration_utc(self) -> Any:
        """Expiration as a UTC timestamp."""
        return unix_nanos_to_dt(self.expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {**super()._base_dict(), "activation_ns": self.activation_ns, "expiration_ns": self.expiration_ns}
