"""What a tear sheet is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.drawdown import drawdown_series
from nautilus_lite.analysis.equity import daily_returns, ns_index
from nautilus_lite.model.objects import Currency

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.summary import StatValue


STEPS = (
    ("At mid, when decided", ("paper",)),
    ("Latency", ("delay",)),
    ("Spread, impact", ("spread",)),
    ("Costs not told apart", ("unsplit",)),
    ("Without a mid", ("unmeasured",)),
    ("Fees", ("fees",)),
    ("Rebates", ("rebates",)),
    ("Funding", ("funding",)),
    ("Other bookings", ("adjustments",)),
)
"""From paper to net: names of the steps, and the parts of `analysis.attribution` that each is made of."""
HOURS = "By hour of the close, UTC"
BREAKDOWNS = {
    "strategy": "By strategy",
    "instrument": "By instrument",
    "side": "By side of the entry",
    "month": "By month of the close",
    "weekday": "By weekday of the close",
    "hour": HOURS,
}


@dataclass
class TearsheetData:
    """Everything that a tear sheet shows, as plain data; what is not given is left out of the page.

    Parameters
    ----------
    title : str
    equity : Series
        Mark-to-market equity in `currency` indexed by UTC time, the opening balance first.
    statistics : sequence of StatValue
    currency : str
    config : mapping
        The effective configuration, printed in full.
    warnings : sequence of str
        What the reader of the figures must know; stands above everything.
    digest : str
        Hash of the run.
    orders, fills, positions, funding : DataFrame, optional
        As of `ReportProvider`.
    exposure : DataFrame, optional
        Indexed by UTC time: `gross` and `net` in `currency`, `leverage` (gross by equity), `n_open`.
    price_bars : mapping of str to DataFrame
        By instrument id: `open`, `high`, `low`, `close`, indexed by UTC time.
    sampled_prices : mapping of str to Series
        By instrument id: the price at each sample of the equity, indexed by UTC time; used where there are no price bars.
    bridge : sequence of (str, float)
        From gross to net PnL in `currency`: the first is where it begins, each of the others is added.
    breakdowns : mapping of str to DataFrame
        Short tables by heading.
    execution : DataFrame, optional
        As of `analysis.execution`: a row `all`, and one for each liquidity side.
    fingerprint : DataFrame, optional
        The data that was replayed, one row a stream.
    run : mapping of str to str
        Facts of the run, one a line.
    benchmark_returns : Series, optional
        Daily returns of what the run is compared with, indexed by day.
    benchmark_name : str
    """

    title: str
    equity: pd.Series
    statistics: Sequence[StatValue]
    currency: str
    config: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    digest: str = ""
    orders: pd.DataFrame | None = None
    fills: pd.DataFrame | None = None
    positions: pd.DataFrame | None = None
    funding: pd.DataFrame | None = None
    exposure: pd.DataFrame | None = None
    price_bars: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sampled_prices: Mapping[str, pd.Series] = field(default_factory=dict)
    bridge: Sequence[tuple[str, float]] = ()
    breakdowns: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    execution: pd.DataFrame | None = None
    fingerprint: pd.DataFrame | None = None
    run: Mapping[str, str] = field(default_factory=dict)
    benchmark_returns: pd.Series | None = None
    benchmark_name: str = "Benchmark"

    @property
    def precision(self) -> int:
        """Digits of the currency."""
        return Currency.from_str(self.currency).precision

    @cached_property
    def known(self) -> pd.Series:
        """Equity without gaps."""
        return self.equity.dropna()

    @cached_property
    def depth(self) -> pd.Series:
        """Drawdown at every known sample: zero or a negative fraction."""
        return drawdown_series(self.equity)

    @cached_property
    def daily(self) -> tuple[pd.Series, int]:
        """Daily returns, and how many of them make a year."""
        found, days = daily_returns(self.equity)
        return found.dropna(), days

    @cached_property
    def trades(self) -> pd.DataFrame | None:
        """Closed positions and closed netting cycles that settle in the currency, in order of closing."""
        if self.positions is None:
            return None
        closed = self.positions[self.positions["ts_closed"].notna() & (self.positions["currency"] == self.currency)]
        return closed.sort_values("ts_closed", kind="stable")

    @property
    def n_open(self) -> int:
        """Positions that were open when the run ended."""
        return 0 if self.positions is None else int((self.positions["side"] != "FLAT").sum())

    def stat(self, name: str) -> StatValue | None:
        """Return the first statistic whose name is `name`, or begins with it and a currency in parentheses."""
        return next((s for s in self.statistics if s.name == name or s.name.startswith(f"{name} (")), None)

    def value(self, name: str) -> float | None:
        """Return the value of `stat`; None where it is refused or not there."""
        found = self.stat(name)
        return None if found is None else found.value

    @cached_property
    def benchmark(self) -> pd.Series | None:
        """What the opening balance would be worth in the benchmark, at the end of each of its days within the run."""
        import pandas as pd

        if self.benchmark_returns is None or len(self.known) < 2:
            return None
        given = self.benchmark_returns.dropna()
        index = pd.DatetimeIndex(given.index)
        index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
        ends = index.as_unit("ns")
        # A day without a time of day stands for its end, where its return is known
        midnight = ends == ends.normalize()
        ends = ends.where(~midnight, ends + pd.Timedelta(1, "D"))
        first, last = ns_index(self.known)[[0, -1]]
        inside = (ends > first) & (ends <= last + pd.Timedelta(1, "D"))
        if not inside.any():
            return None
        worth = float(self.known.iloc[0]) * np.cumprod(1.0 + given.to_numpy(dtype=float)[inside])
        times = ends[inside].where(ends[inside] <= last, last)
        series = pd.Series(worth, index=times)
        return pd.concat([pd.Series([float(self.known.iloc[0])], index=pd.DatetimeIndex([first])), series])

    @classmethod
    def of(
        cls,
        result: Any,
        title: str | None = None,
        currency: Any = None,
        benchmark_returns: pd.Series | None = None,
        benchmark_name: str = "Benchmark",
        price_bars: Mapping[Any, pd.DataFrame] | None = None,
    ) -> TearsheetData:
        """Return what a `BacktestResult` has to show; each part is made when it is first asked for.

        Parameters
        ----------
        result : BacktestResult
        title : str, optional
            By default trader and name of the run.
        currency : Currency or str, optional
            Show this currency's own equity; by default everything converted to the reporting currency.
        benchmark_returns : Series, optional
            Daily returns indexed by day.
        benchmark_name : str
        price_bars : mapping of InstrumentId or str to DataFrame, optional
            `open`, `high`, `low`, `close` indexed by UTC time, to draw trades in; by default the prices at the samples of the
            equity and the middles at and after fills.
        """
        from nautilus_lite.analysis.tearsheet.of_result import ResultData

        return ResultData(result, title, currency, benchmark_returns, benchmark_name, price_bars)
