"""Options of venues that ported code may name, and what of them holds here."""

from __future__ import annotations

from typing import Any

from nautilus_lite.errors import InvalidConfiguration

# By name: what holds here, and how to have the other
FIXED: dict[str, tuple[Any, str]] = {
    "routing": (False, "add every venue that orders name"),
    "support_contingent_orders": (True, "submit such orders without contingencies"),
    "oto_trigger_mode": ("PARTIAL", "children follow what their parent has filled"),
    "use_position_ids": (True, "positions have ids at every venue"),
    "use_random_ids": (False, "ids are counted, so that equal runs have equal ids"),
    "use_message_queue": (True, "commands pass the venue's queue, whose latency may be zero"),
    "use_market_order_acks": (False, "market orders fill without an acceptance of their own"),
}


def check_options(venue: Any, **options: Any) -> None:
    """Refuse options of a venue that ask for what it does not do.

    Raises
    ------
    InvalidConfiguration
        If one has another value than the one that holds here.
    """
    for name, value in options.items():
        holds, remedy = FIXED[name]
        if getattr(value, "name", value) != holds:
            raise InvalidConfiguration(f"`{name}` of venue `{venue}` can only be {holds!r} here, was {value!r}: {remedy}")
