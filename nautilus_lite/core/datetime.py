"""Conversions between UNIX nanoseconds and what users hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

NANOS_IN_SECOND = 1_000_000_000
NANOS_IN_MILLI = 1_000_000
NANOS_IN_MICRO = 1_000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def secs_to_nanos(seconds: float) -> int:
    """Return nanoseconds of seconds."""
    return round(seconds * NANOS_IN_SECOND)


def millis_to_nanos(millis: float) -> int:
    """Return nanoseconds of milliseconds."""
    return round(millis * NANOS_IN_MILLI)


def micros_to_nanos(micros: float) -> int:
    """Return nanoseconds of microseconds."""
    return round(micros * NANOS_IN_MICRO)


def nanos_to_secs(nanos: int) -> float:
    """Return seconds of nanoseconds."""
    return nanos / NANOS_IN_SECOND


def nanos_to_millis(nanos: int) -> int:
    """Return whole milliseconds of nanoseconds."""
    return nanos // NANOS_IN_MILLI


def nanos_to_micros(nanos: int) -> int:
    """Return whole microseconds of nanoseconds."""
    return nanos // NANOS_IN_MICRO


def unix_nanos_to_dt(nanos: int) -> pd.Timestamp:
    """Return a UTC pandas Timestamp of UNIX nanoseconds."""
    import pandas as pd

    return pd.Timestamp(nanos, unit="ns", tz="UTC")


def dt_to_unix_nanos(value: Any) -> int:
    """Return UNIX nanoseconds of a datetime or of ISO 8601 text; without a time zone it counts as UTC.

    Raises
    ------
    ValueError
        If it is not a time, or lies before 1970.
    """
    if type(value) is dt.datetime:
        aware = value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)
        delta = aware - EPOCH
        nanos = (delta.days * 86_400 + delta.seconds) * NANOS_IN_SECOND + delta.microseconds * NANOS_IN_MICRO
    else:
        import pandas as pd

        try:
            stamp = pd.Timestamp(value)
        except (ValueError, TypeError) as error:
            raise ValueError(f"invalid time {value!r}, must be a datetime or ISO 8601 text: {error}") from error
        if stamp is pd.NaT:
            raise ValueError(f"invalid time {value!r}, must not be NaT")
        if stamp.tzinfo is None:
            stamp = stamp.tz_localize("UTC")
        nanos = stamp.as_unit("ns").value
    if nanos < 0:
        raise ValueError(f"invalid time {value!r}, must not lie before 1970-01-01")
    return nanos


def maybe_dt_to_unix_nanos(value: Any) -> int | None:
    """Return UNIX nanoseconds of a datetime, ISO 8601 text or integer nanoseconds; None stays None."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise ValueError(f"invalid time {value!r}, must not be negative")
        return value
    return dt_to_unix_nanos(value)


def unix_nanos_to_iso8601(nanos: int) -> str:
    """Return ISO 8601 text with nine digits of a second, e.g. ``2024-01-01T00:00:00.000000000Z``."""
    seconds, rest = divmod(nanos, NANOS_IN_SECOND)
    stamp = EPOCH + dt.timedelta(seconds=seconds)
    return f"{stamp:%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
