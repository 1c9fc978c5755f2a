"""One statistic with all that a reader needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from nautilus_lite.core.html import table
from nautilus_lite.model.objects import Currency


@dataclass(frozen=True, slots=True)
class StatValue:
    """One statistic of a run.

    Parameters
    ----------
    name : str
    value : float or None
        None where the statistic is refused; `why` then says so.
    unit : str
        `fraction` (1 = 100 %), `%`, `ratio`, `count`, `days`, `s`, or a currency's code.
    convention : str
        How it is defined and scaled, and what was left out.
    count : int
        Number of observations it was made from.
    why : str, optional
        Reason of a refusal.
    group : str
        Heading under which it is listed.
    """

    name: str
    value: float | None
    unit: str
    convention: str
    count: int
    why: str | None = None
    group: str = ""

    def text(self) -> str:
        """Return the value for a reader: with its unit, or `n/a` and the reason."""
        if self.value is None:
            return f"n/a ({self.why})"
        value = self.value
        if self.unit in ("fraction", "%"):
            percent = value if self.unit == "%" else value * 100.0
            # Two digits would show a small account's change, or a small drawdown, as nothing
            digits = 4 if 0.0 < abs(percent) < 1.0 else 2
            return f"{_rounded(percent, digits):,.{digits}f}%"
        if self.unit == "ratio":
            return f"{_rounded(value, 3):,.3f}"
        if self.unit == "count":
            return f"{value:,.0f}"
        if self.unit == "days":
            return f"{_rounded(value, 1):,.1f} days"
        if self.unit == "s":
            return duration_text(value)
        precision = Currency.from_str(self.unit).precision
        return f"{_rounded(value, precision):,.{precision}f} {self.unit}"


class Statistics(list[StatValue]):
    """Statistics of a run, as notebooks show them: by heading, each with what it was made from."""

    def _repr_html_(self) -> str:
        rows: list[tuple[str, ...]] = []
        group = ""
        for stat in self:
            rows.append((stat.group if stat.group != group else "", stat.name, stat.text(), f"{stat.count:,}", stat.convention))
            group = stat.group
        return table(("", "Statistic", "Value", "Observations", "Definition"), rows, ("Value", "Observations"))


def duration_text(seconds: float) -> str:
    """Return a length of time for a reader, in its two largest units: `2h 13m`.

    Parameters
    ----------
    seconds : float
        Zero or more.
    """
    if seconds == 0.0:
        return "0s"
    if seconds < 1.0:
        return f"{seconds * 1e3:.3g}ms"
    rest = timedelta(seconds=round(seconds))
    hours, remainder = divmod(rest.seconds, 3600)
    parts = [(rest.days, "d"), (hours, "h"), (remainder // 60, "m"), (remainder % 60, "s")]
    first = next(i for i, (amount, _) in enumerate(parts) if amount)
    return " ".join(f"{amount}{unit}" for amount, unit in parts[first : first + 2])


def _rounded(value: float, digits: int) -> float:
    """Return the rounded value; adding zero turns -0.0 into 0.0."""
    return round(value, digits) + 0.0
