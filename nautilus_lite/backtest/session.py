"""Trading sessions by the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nautilus_lite.errors import InvalidConfiguration

EPOCH = date(1970, 1, 1)
SECOND_NS = 1_000_000_000
ONE_DAY = timedelta(days=1)


class TradingSession:
    """When a venue opens and closes, every day.

    Parameters
    ----------
    open, close : str or datetime.time, default "00:00"
        Local times, to the second. A close that is not after the open is on the next day, so that equal times make a
        session of one day.
    timezone : str, default "UTC"
        An IANA name.

    Raises
    ------
    InvalidConfiguration
        If a time or the timezone is not understood.

    Notes
    -----
    Weekends and holidays need no calendar: a session opens with the first row after its opening time, and closes only if
    it had one.
    """

    def __init__(self, open: str | time = "00:00", close: str | time = "00:00", timezone: str = "UTC") -> None:
        self.open = _time("open", open)
        self.close = _time("close", close)
        try:
            self.timezone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidConfiguration(f"unknown `timezone` of a session, must be an IANA name, was {timezone!r}") from error

    def __repr__(self) -> str:
        return f"{type(self).__name__}(open={self.open}, close={self.close}, timezone={self.timezone.key})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TradingSession) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def next_open(self, ts: int) -> int:
        """Return the first opening after `ts` (both UNIX nanoseconds)."""
        return self._after(ts, lambda day: self._ns(day, self.open))

    def next_close(self, ts: int) -> int:
        """Return the first closing after `ts` (both UNIX nanoseconds)."""
        return self._after(ts, self._close_of)

    def open_before(self, close: int) -> int:
        """Return the opening of the session that closes at `close` (both UNIX nanoseconds)."""
        day = self._local_day(close) - 2 * ONE_DAY
        opening = self._ns(day, self.open)
        for _ in range(4):
            day += ONE_DAY
            following = self._ns(day, self.open)
            if following >= close:
                break
            opening = following
        return opening

    def _after(self, ts: int, time_of: Any) -> int:
        day = self._local_day(ts) - 2 * ONE_DAY
        while True:
            found: int = time_of(day)
            if found > ts:
                return found
            day += ONE_DAY

    def _local_day(self, ts: int) -> date:
        return datetime.fromtimestamp(ts // SECOND_NS, self.timezone).date()

    def _close_of(self, day: date) -> int:
        return self._ns(day if self.close > self.open else day + ONE_DAY, self.close)

    def _ns(self, day: date, clock: time) -> int:
        return int(datetime.combine(day, clock, self.timezone).timestamp()) * SECOND_NS


def _time(name: str, value: str | time) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(value)
    except ValueError as error:
        raise InvalidConfiguration(f"invalid `{name}` of a session, must be a time as 09:30, was {value!r}") from error
