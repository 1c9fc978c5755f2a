"""Where a day ends: at midnight UTC unless said otherwise, at a time of day in a time zone where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

DAY_NS = 86_400 * 10**9
SATURDAY = 5
_MINUTE_NS = 60 * 10**9
_TEXT = re.compile(r"(?:(\d{2}):(\d{2}) )?(\S+)")


@dataclass(frozen=True, slots=True)
class DayBoundary:
    """The instant at which one day ends and the next begins.

    Parameters
    ----------
    zone : str, default 'UTC'
        Time zone by its IANA name.
    minutes : int, default 0
        Minutes after midnight, below 1440. A day that ends in its afternoon (17:00 New York, as that of currencies)
        carries the date on which it ends.
    """

    zone: str = "UTC"
    minutes: int = 0

    @classmethod
    def parse(cls, text: str) -> DayBoundary:
        """Return the boundary that a text names: `UTC`, `Europe/London`, `17:00 America/New_York`.

        Raises
        ------
        ValueError
            If the text has another form, or no such time zone is known.
        """
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        match = _TEXT.fullmatch(text) if isinstance(text, str) else None
        if match is None or match[1] and not (int(match[1]) < 24 and int(match[2]) < 60):
            raise ValueError(f"`day_boundary` must be as 'UTC' or '17:00 America/New_York', was {text!r}")
        try:
            ZoneInfo(match[3])
        except (ZoneInfoNotFoundError, ValueError) as e:
            raise ValueError(f"`day_boundary` must name a known time zone, was {text!r}") from e
        return cls(match[3], int(match[1]) * 60 + int(match[2]) if match[1] else 0)

    def __str__(self) -> str:
        return f"{self.minutes // 60:02}:{self.minutes % 60:02} {self.zone}" if self.minutes else self.zone

    def days(self, instants: np.ndarray) -> np.ndarray:
        """Return the day of each instant, counted from 1970-01-01.

        Parameters
        ----------
        instants : ndarray of int64
            UNIX nanoseconds, in order of time.
        """
        import pandas as pd

        local = instants
        if self.zone != "UTC":
            index = pd.DatetimeIndex(instants.astype("M8[ns]")).tz_localize("UTC").tz_convert(self.zone)
            local = index.tz_localize(None).asi8
        if self.minutes:
            local = local + (DAY_NS - self.minutes * _MINUTE_NS)
        # An hour that a clock shows twice must not bring the day before back
        return np.maximum.accumulate(local // DAY_NS) if len(local) else local


def weekdays(days: np.ndarray) -> np.ndarray:
    """Return the day of the week of days counted from 1970-01-01, a Thursday; Monday = 0."""
    return (days + 3) % 7
