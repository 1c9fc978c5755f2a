"""Configuration of the risk engine."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from nautilus_lite.common.config import NautilusConfig
from nautilus_lite.errors import InvalidConfiguration

_RATE = re.compile(r"(\d+)/(\d+):(\d\d):(\d\d)")


def parse_rate(name: str, rate: str | None) -> tuple[int, timedelta] | None:
    """
    Return the limit and the interval of a rate such as ``100/00:00:01``, or None where it is None or empty.

    Parameters
    ----------
    name : str
        The name of the setting, for the error.
    rate : str or None
        Number of messages, a slash, and the interval as hours, minutes and seconds.

    Raises
    ------
    InvalidConfiguration
        If the text has another form, or the limit or the interval is zero.

    """
    if not rate:
        return None
    match = _RATE.fullmatch(rate)
    if match is not None:
        limit, hours, minutes, seconds = (int(group) for group in match.groups())
        interval = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if limit > 0 and interval > timedelta(0):
            return limit, interval
    raise InvalidConfiguration(f"invalid `{name}`, must be like '100/00:00:01' or None for no limit, was {rate!r}")


class RiskEngineConfig(NautilusConfig, frozen=True):
    """
    Configuration of the risk engine.

    Parameters
    ----------
    bypass : bool, default False
        If commands go to the execution engine unchecked.
    max_order_submit_rate : str or None, default '100/00:00:01'
        The most orders submitted in a window of simulated time, as ``limit/hh:mm:ss``; None or '' for no limit.
        Orders above it are denied with `Exceeded MAX_ORDER_SUBMIT_RATE`.
    max_order_modify_rate : str or None, default '100/00:00:01'
        The most modifications in a window; above it they are rejected with `Exceeded MAX_ORDER_MODIFY_RATE`.
    max_notional_per_order : dict[str, int | str], optional
        The largest notional of an order by instrument id, in the instrument's currency of costs.
    debug : bool, default False
        If every command is logged at debug level.

    """

    bypass: bool = False
    max_order_submit_rate: str | None = "100/00:00:01"
    max_order_modify_rate: str | None = "100/00:00:01"
    max_notional_per_order: dict[str, int | str] = {}
    debug: bool = False

    def __post_init__(self) -> None:
        parse_rate("max_order_submit_rate", self.max_order_submit_rate)
        parse_rate("max_order_modify_rate", self.max_order_modify_rate)
        for instrument_id, value in self.max_notional_per_order.items():
            try:
                valid = Decimal(str(value)) > 0
            except ArithmeticError:
                valid = False
            if not valid:
                raise InvalidConfiguration(
                    f"invalid `max_notional_per_order` of {instrument_id}, must be a number > 0, was {value!r}",
                )
