"""What a run found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nautilus_lite.analysis import tearsheet
from nautilus_lite.analysis.attribution import Attribution, attribute, attribution_frame
from nautilus_lite.analysis.breakdowns import breakdown
from nautilus_lite.analysis.equity import total_equity
from nautilus_lite.analysis.execution import DEFAULT_BY, execution_quality, terms_of
from nautilus_lite.analysis.exposure import exposure_frame
from nautilus_lite.analysis.markouts import FillMids
from nautilus_lite.analysis.own import PortfolioStatistic, registered_statistics
from nautilus_lite.analysis.price_bars import sampled_bars
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.analysis.reconcile import Statement, statement_frame
from nautilus_lite.analysis.reports import ReportProvider
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.stat_value import Statistics
from nautilus_lite.analysis.summary import RunRecord, StatValue, summarize_run
from nautilus_lite.analysis.tearsheet.figures import ResultFigures
from nautilus_lite.analysis.trials import Trials
from nautilus_lite.backtest.fingerprint import StreamPrint, fingerprint_frame
from nautilus_lite.core.html import facts, folded, heading, lines, when
from nautilus_lite.errors import ResultError
from nautilus_lite.model.objects import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd

    from nautilus_lite.backtest.explain import OrderExplanation
    from nautilus_lite.backtest.models import FeeModel
    from nautilus_lite.backtest.venue.records import Adjustment, FundingPayment
    from nautilus_lite.common.config import ImportableConfig

HEADLINES = (
    "PnL (total)", "PnL% (total)", "CAGR", "Max Drawdown", "Sharpe Ratio", "Sortino Ratio", "Trades", "Win Rate", "Profit Factor",
    "Maker Share",
)
"""Statistics that a notebook shows first."""
SHEET_OPTIONS = ("title", "currency", "benchmark_returns", "benchmark_name", "price_bars")
"""What a tear sheet can be told, see `create_tearsheet`; `theme` beside it."""


def integrity_text(counts: dict[str, int]) -> str:
    """Return what is wrong with a book in words; empty where nothing is."""
    words = ("crossed", "locked", "deletes of what was not there", "updates of what was not there", "adds of what was there")
    return ", ".join(f"{count:,} {word}" for count, word in zip(counts.values(), words, strict=True) if count)


@dataclass
class BacktestResult(ResultFigures):
    """Result of one world.

    Parameters
    ----------
    name : str
        Name of the world: `world`, or the models' names in a comparison.
    digest : str
        Hash over every event and balance; equal digests mean equal runs.
    run_start, run_end : int
        Simulated time (ns).
    elapsed : float
        Wall time of the replay (seconds).
    n_rows, n_orders, n_fills, n_maker_fills, n_positions : int
    reporting_currency : str
    equity_samples, equity_slots
        As of the recorder: mark-to-market equity on the grid.
    price_samples, price_slots
        Prices at the same times, and the ids of the instruments.
    exposure_samples, exposure_slots
        As of the world's exposures, at the same times.
    fill_mids : FillMids
        The middle of the market 1, 5 and 60 seconds after each fill.
    config : dict
        The effective execution configuration in full.
    warnings : list of str
        What the reader of the figures must know.
    funding_payments : list of FundingPayment
        Every funding of a position.
    data : list of StreamPrint
        What was replayed, one entry a stream.
    adjustments : list of Adjustment
        Every other booking that no order caused, as rollover interest.
    book_integrity : dict of str to dict
        For every instrument with an L2 or L3 book what did not fit in its data, as of `OrderBook.integrity`.
    ambiguous_bars : dict of str to int
        By instrument id, where bars executed: bars whose order of high and low decided what came of working orders.
    statistics_settings : StatisticsSettings
        What statistics are made with where nothing else is asked for.
    own_statistics : list of PortfolioStatistic
        Those registered with the run's `portfolio.analyzer`.
    """

    name: str
    digest: str
    trader_id: str
    run_start: int
    run_end: int
    elapsed: float
    n_rows: int
    n_orders: int
    n_fills: int
    n_maker_fills: int
    n_positions: int
    reporting_currency: str
    equity_samples: np.ndarray
    equity_slots: list[tuple[Any, Any]]
    exposure_samples: np.ndarray
    exposure_slots: list[Any]
    price_samples: np.ndarray
    price_slots: list[str]
    fill_mids: FillMids
    config: dict[str, Any]
    warnings: list[str]
    book_integrity: dict[str, dict[str, int]]
    ambiguous_bars: dict[str, int]
    orders: list[Any] = field(repr=False)
    positions: list[Any] = field(repr=False)
    snapshots: list[Any] = field(repr=False)
    accounts: list[Any] = field(repr=False)
    statements: list[Statement] = field(repr=False)
    funding_payments: list[FundingPayment] = field(default_factory=list, repr=False)
    adjustments: list[Adjustment] = field(default_factory=list, repr=False)
    data: list[StreamPrint] = field(default_factory=list, repr=False)
    statistics_settings: StatisticsSettings = field(default_factory=StatisticsSettings, repr=False)
    own_statistics: list[PortfolioStatistic] = field(default_factory=list, repr=False)
    _stats: dict[Any, tuple[Any, list[StatValue]]] = field(default_factory=dict, repr=False)
    _frames: Any = field(default=None, repr=False)

    # NautilusTrader's names

    @property
    def backtest_start(self) -> int:
        """Simulated time of the start (ns)."""
        return self.run_start

    @property
    def backtest_end(self) -> int:
        """Simulated time of the end (ns)."""
        return self.run_end

    @property
    def elapsed_time(self) -> float:
        """Wall time of the replay (seconds)."""
        return self.elapsed

    @property
    def iterations(self) -> int:
        """Rows replayed."""
        return self.n_rows

    @property
    def total_orders(self) -> int:
        """Number of orders."""
        return self.n_orders

    @property
    def total_positions(self) -> int:
        """Number of positions, closed cycles of netted ones included."""
        return self.n_positions

    @property
    def total_events(self) -> int:
        """Number of events of all orders."""
        return sum(order.event_count for order in self.orders)

    @property
    def stats_pnls(self) -> dict[str, dict[str, float]]:
        """Statistics of realised PnL, by currency and name."""
        return {str(currency): figures for currency, figures in self._analyzed()[0].items()}

    @property
    def stats_returns(self) -> dict[str, float]:
        """Statistics of returns by name."""
        return self._analyzed()[1]

    def _analyzed(self) -> tuple[dict[Any, dict[str, float]], dict[str, float]]:
        from nautilus_lite.analysis.analyzer import PortfolioAnalyzer

        analyzer = PortfolioAnalyzer()
        analyzer.calculate_statistics(self.accounts, [*self.snapshots, *self.positions], self.equity)
        pnls = {currency: analyzer.get_performance_stats_pnls(currency) for currency in analyzer.currencies}
        return pnls, analyzer.get_performance_stats_returns()

    def equity(self, currency: str | None = None) -> pd.Series:
        """Return mark-to-market equity indexed by UTC time.

        Parameters
        ----------
        currency : str, optional
            One currency's own equity in its units; by default everything converted to the reporting currency at the
            rates known at each sample, the opening balance at the first that came (NaN where a rate was missing, which
            `warnings` then says).
        """
        return total_equity(self.equity_samples, self.equity_slots, currency, self.reporting_currency)

    def exposure(self) -> pd.DataFrame:
        """Return what was open at every sample of the equity, in the reporting currency, indexed by UTC time.

        Returns
        -------
        DataFrame
            `gross`, the sum of the positions' notionals at their marks; `net`, longs less shorts; `leverage`, gross by
            total equity; `n_open`, the number of open positions. NaN where a price or an exchange rate was not known, and
            leverage where equity was not positive.
        """
        return exposure_frame(self.exposure_samples, self.exposure_slots, self.equity())

    def price_bars(self, instrument_id: Any) -> pd.DataFrame:
        """Return the price of an instrument from sample to sample of the equity, indexed by UTC time.

        Parameters
        ----------
        instrument_id : str | InstrumentId

        Returns
        -------
        DataFrame
            `open` (the middle, or the last price, at the sample before), `high` and `low` (of the two), `close` (at the
            sample). What the market did between two samples is not in them. A slot without data has no bar.

        Raises
        ------
        KeyError
            If the run had no such instrument.
        """
        return sampled_bars(self.price_samples, self.price_slots, str(instrument_id))

    def statistics(
        self,
        days_per_year: int | None = None,
        risk_free_rate: float | None = None,
        benchmark: Any = None,
        trials: Trials | Sequence[float | None] | None = None,
        day_boundary: str | None = None,
    ) -> list[StatValue]:
        """Return every statistic, each with its convention and number of observations.

        What is not given is as the engine's configuration says (`BacktestEngineConfig.statistics`).

        Parameters
        ----------
        days_per_year : {252, 365}, optional
            Daily returns in a year; told from the data if it is given nowhere. A run that was flat on every Saturday is
            taken for a market of 252 days: name 365 where the market traded.
        risk_free_rate : float, optional
            A year, as a fraction.
        benchmark : Series or Benchmark, optional
            Prices or returns to compare with; adds the statistics that need one.
        trials : Trials or sequence of float, optional
            The annualised Sharpe ratios of all trials that this run was picked from; adds the deflated Sharpe ratio.
        day_boundary : str, optional
            Where days end, as `UTC`, `Europe/London` or `17:00 America/New_York`.
        """
        own = (*self.own_statistics, *registered_statistics())
        tried = trials if trials is None or isinstance(trials, Trials) else Trials.of(trials)
        key = (days_per_year, risk_free_rate, id(benchmark), tried, day_boundary, tuple(map(id, own)))
        if key not in self._stats:
            base = self.statistics_settings
            settings = StatisticsSettings.of(
                base.days_per_year if days_per_year is None else days_per_year,
                base.risk_free_rate if risk_free_rate is None else risk_free_rate,
                base.day_boundary if day_boundary is None else day_boundary,
                base.benchmark if benchmark is None else benchmark,
                base.trials if tried is None else tried,
            )
            # The objects stay with what was made from them, so that their ids are not given to others
            self._stats[key] = (benchmark, own), summarize_run(self._record(own), settings)
        return Statistics(self._stats[key][1])

    def _record(self, own: Sequence[PortfolioStatistic]) -> RunRecord:
        equity = self.equity()
        return RunRecord(
            equity=equity,
            positions=[*self.snapshots, *self.positions],
            orders=self.orders,
            currency=self.reporting_currency,
            start=self.run_start,
            end=self.run_end,
            rates=RateTable(self.equity_samples, self.equity_slots),
            exposure=exposure_frame(self.exposure_samples, self.exposure_slots, equity),
            funding=[payment.amount for payment in self.funding_payments],
            adjustments=[adjustment.amount for adjustment in self.adjustments],
            own=own,
        )

    def statistics_frame(self, **settings: Any) -> pd.DataFrame:
        """Return the statistics as a frame, one row each: value, unit, convention, count, group, and why one was refused.

        Parameters
        ----------
        **settings
            As of `statistics`.
        """
        import pandas as pd

        columns = ["statistic", "value", "unit", "convention", "count", "group", "why"]
        rows = [(s.name, s.value, s.unit, s.convention, s.count, s.group, s.why) for s in self.statistics(**settings)]
        return pd.DataFrame(rows, columns=columns).set_index("statistic")

    def stat(self, name: str, **settings: Any) -> float | None:
        """Return one statistic's value by name.

        Parameters
        ----------
        name : str
        **settings
            As of `statistics`.

        Raises
        ------
        KeyError
            If there is no such statistic.
        """
        for stat in self.statistics(**settings):
            if stat.name == name:
                return stat.value
        raise KeyError(f"no statistic named {name!r}, there are: {', '.join(s.name for s in self.statistics(**settings))}")

    def breakdown(self, by: str) -> pd.DataFrame:
        """Return trades, win rate, fees and profit by a key and by settlement currency; the rows add up to the run.

        Parameters
        ----------
        by : {'strategy', 'instrument', 'side', 'month', 'hour', 'weekday'}
            See `nautilus_lite.analysis.breakdowns`.
        """
        return breakdown([*self.snapshots, *self.positions], by)

    def funding(self) -> dict[str, Money]:
        """Return the sum of funding by currency, negative where it was paid; no part of fees or of positions' PnL."""
        return _sums(payment.amount for payment in self.funding_payments)

    def adjusted(self) -> dict[str, Money]:
        """Return the sum of other bookings by currency, as of rollover interest."""
        return _sums(adjustment.amount for adjustment in self.adjustments)

    def reconcile(self) -> pd.DataFrame:
        """Return how the money of every account and currency adds up, see `analysis.reconcile`.

        Returns
        -------
        DataFrame
            start + realized_pnl - fees + funding + adjustments + reported + exchanged + unrealized_pnl = end, in units of the
            currency; `difference` is what is missing: zero, or a warning names it.
        """
        return statement_frame(self.statements)

    def attributed(self) -> list[Attribution]:
        """Return the change of equity from paper to net, one entry a currency, in integers that add up.

        Raises
        ------
        ValueError
            If the run kept no equity.
        """
        held = [*self.snapshots, *self.positions]
        return attribute(held, self.accounts, self.equity_samples, self.equity_slots, self.statements)

    def attribution(self) -> pd.DataFrame:
        """Return what each step from decision to money added or took, one row a currency; see `analysis.attribution`."""
        return attribution_frame(self.attributed())

    def execution_quality(self, by: Sequence[str] = DEFAULT_BY) -> pd.DataFrame:
        """Return fill rates, times to fill, slippage, markouts and adverse selection by groups.

        Parameters
        ----------
        by : sequence of str
            Of `instrument_id`, `strategy_id`, `order_side`, `order_type` and `liquidity_side`; empty for one row.

        Returns
        -------
        DataFrame
            As of `analysis.execution.measure`.
        """
        terms = terms_of([position.instrument for position in (*self.positions, *self.snapshots)])
        return execution_quality(self.orders_report(), self.fills_report(), terms, by)

    def reprice(self, fee_model: FeeModel | ImportableConfig, name: str | None = None) -> BacktestResult:
        """Return this result under other fees without running again; `warnings` says where cash may have bound.

        Parameters
        ----------
        fee_model : FeeModel or ImportableConfig
            Of every venue.
        name : str, optional
            Of the new result.

        Raises
        ------
        InvalidData
            If a fee needs an exchange rate, or a currency that no account held: see `backtest.reprice`.
        """
        from nautilus_lite.backtest.reprice import reprice

        self.needs_the_run("reprice")
        return reprice(self, fee_model, name)

    def data_fingerprint(self) -> pd.DataFrame:
        """Return what was replayed, one row a stream: kind, identifier, source, rows, first and last time, hash of a sample."""
        return fingerprint_frame(self.data)

    def funding_report(self) -> pd.DataFrame:
        """Return every funding of a position, one row each."""
        return ReportProvider.generate_funding_report(self.funding_payments)

    def orders_report(self) -> pd.DataFrame:
        """Return every order, one row each."""
        if self._frames is not None:
            return self._frames["orders"]
        return ReportProvider.generate_orders_report(self.orders)

    def order_fills_report(self) -> pd.DataFrame:
        """Return every order that was filled, wholly or in part, one row each."""
        report = self.orders_report()
        return report[report["filled_qty"] > 0.0]

    def fills_report(self) -> pd.DataFrame:
        """Return every fill, one row each."""
        if self._frames is not None:
            return self._frames["fills"]
        return ReportProvider.generate_fills_report(self.orders, self.fill_mids)

    def positions_report(self) -> pd.DataFrame:
        """Return every position and closed netting cycle, one row each."""
        if self._frames is not None:
            return self._frames["positions"]
        return ReportProvider.generate_positions_report(self.positions, self.snapshots)

    def cycles_report(self) -> pd.DataFrame:
        """Return every cycle of every position from flat to flat, indexed by position id and number of the cycle."""
        if self._frames is not None:
            return self._frames["cycles"]
        return ReportProvider.generate_cycles_report(self.positions, self.snapshots)

    def equity_report(self) -> pd.DataFrame:
        """Return equity, balance, open value and drawdown over time in the reporting currency."""
        return ReportProvider.generate_equity_report(self.equity_samples, self.equity_slots, self.reporting_currency)

    def ledger_report(self, venue: str | None = None) -> pd.DataFrame:
        """Return every change of a balance with its cause and the running total.

        Parameters
        ----------
        venue : str, optional
            Needed where the run had several accounts.
        """
        account = self._account(venue)
        if self._frames is not None:
            return self._frames[f"ledger-{account.id.get_issuer()}"]
        return ReportProvider.generate_ledger_report(account)

    def account_report(self, venue: str | None = None) -> pd.DataFrame:
        """Return the balances of an account after each change.

        Parameters
        ----------
        venue : str, optional
            Needed where the run had several accounts.
        """
        account = self._account(venue)
        if self._frames is not None:
            return self._frames[f"account-{account.id.get_issuer()}"]
        return ReportProvider.generate_account_report(account)

    def _account(self, venue: str | None) -> Any:
        for account in self.accounts:
            if venue is None and len(self.accounts) == 1 or account.id.get_issuer() == venue:
                return account
        known = ", ".join(account.id.get_issuer() for account in self.accounts)
        raise KeyError(f"name one of the accounts' venues, was {venue!r} (known: {known})")

    def save(self, path: str | Path, overwrite: bool = False) -> Path:
        """Write the result to a folder, whole or not at all, and return the folder: Parquet for what has rows, and `result.json`.

        Parameters
        ----------
        path : str or Path
        overwrite : bool, default False
            Whether a result that was saved there before gives way.

        Raises
        ------
        ResultError
            If something is there that must stay.
        """
        from nautilus_lite.backtest.saved.results import save_result

        return save_result(self, path, overwrite)

    @classmethod
    def load(cls, path: str | Path) -> BacktestResult:
        """Return a saved result: the same reports, statistics and figures; orders have their fills and no other events.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        ResultError
            If no result is there, it is of a later format, or its files are missing or damaged.
        """
        from nautilus_lite.backtest.saved.results import load_result

        return cls(**load_result(path))

    def needs_the_run(self, method: str) -> None:
        """Raise ResultError where the result was saved and loaded again."""
        if self._frames is not None:
            raise ResultError(f"`{method}` needs every event of the run, a saved result keeps fills alone: run it again")

    def explain(self, client_order_id: Any) -> OrderExplanation:
        """Tell the life of an order; the data is opened again as the run's configuration says.

        Parameters
        ----------
        client_order_id : ClientOrderId | str

        Raises
        ------
        InvalidConfiguration
            If the result is not that of a `BacktestRunConfig`: `BacktestEngine.explain` then tells.
        KeyError
            If the run had no such order.
        """
        from nautilus_lite.backtest.explain.reopen import explain_result

        self.needs_the_run("explain")
        return explain_result(self.orders, self.config, client_order_id, self.run_start, self.run_end)

    def summary(self) -> str:
        """Return a report for a terminal."""
        lines = [
            f"run {self.name}: {self.n_rows:,} rows, {self.n_orders:,} orders, {self.n_fills:,} fills "
            f"({self.n_maker_fills:,} as maker), {self.n_positions:,} positions in {self.elapsed:.3f} s",
            f"from {when(self.run_start) or 'the epoch'} to {when(self.run_end) or 'the epoch'}",
            f"digest {self.digest}",
        ]
        width = max(len(stat.name) for stat in self.statistics())
        for group, members in groupby(self.statistics(), key=lambda stat: stat.group):
            stats = list(members)
            lines.append(group)
            lines += [f"  {s.name:<{width}}  {s.text():>18}   {s.convention}" for s in stats if s.value is not None]
            refused: dict[str | None, list[str]] = {}
            for stat in stats:
                if stat.value is None:
                    refused.setdefault(stat.why, []).append(stat.name)
            lines += [f"  n/a: {', '.join(names)} ({why})" for why, names in refused.items()]
        lines.append("Money")
        lines += [f"  {statement.text()}" for statement in self.statements]
        for instrument_id, counts in self.book_integrity.items():
            lines.append(f"book of {instrument_id}: {integrity_text(counts) or 'sound'}")
        lines += [f"warning: {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def to_html(self, path: str, **options: Any) -> str:
        """Write the tear sheet, a single HTML file that needs no network, and return its path. Needs the `viz` extra.

        Parameters
        ----------
        path : str
            Written whole or not at all; a file that exists is replaced.
        **options : Any
            `title`, `currency`, `benchmark_returns`, `benchmark_name` and `price_bars` as of `create_tearsheet`;
            `theme`: `auto` (follows the reader's system), `light` or `dark`.
        """
        theme = options.pop("theme", "auto")
        return tearsheet.write_tearsheet(path, self._sheet(options), theme)

    def to_png(self, path: str, theme: str = "light", width: int = 1280, scale: float = 2.0, **options: Any) -> str:
        """Write the tear sheet as a picture and return its path. Needs the `viz` extra and an installed Chrome or Chromium.

        Parameters
        ----------
        path : str
            Written whole or not at all; a file that exists is replaced.
        theme : {'light', 'dark'}
        width : int, default 1280
            Of the page; 390 is a phone's.
        scale : float, default 2.0
            Pixels of the picture to a pixel of the page.
        **options : Any
            `title`, `currency`, `benchmark_returns`, `benchmark_name` and `price_bars` as of `create_tearsheet`.
        """
        return tearsheet.write_tearsheet_image(path, self._sheet(options), theme, width, scale)

    def _sheet(self, options: dict[str, Any]) -> tearsheet.TearsheetData:
        for name in options:
            if name not in SHEET_OPTIONS:
                raise TypeError(f"a tear sheet has no option `{name}`, must be one of {', '.join(SHEET_OPTIONS)}")
        return tearsheet.TearsheetData.of(self, **options)

    def __repr__(self) -> str:
        return (
            f"BacktestResult({self.trader_id} {self.name}, {self.n_rows:,} rows, {self.n_orders:,} orders, "
            f"{self.n_fills:,} fills, digest={self.digest})"
        )

    def _repr_html_(self) -> str:
        stats = self.statistics()
        first = {stat.name: stat for stat in reversed(stats)}
        shown = [(name, first[name].text()) for name in HEADLINES if name in first]
        fees = [(stat.name, stat.text()) for stat in stats if stat.name.startswith("Fees (") and stat.count]
        span = f"{when(self.run_start)} to {when(self.run_end)}"
        counts = f"{self.n_rows:,} rows, {self.n_orders:,} orders, {self.n_fills:,} fills"
        return (
            heading(f"{self.trader_id} {self.name}", span, counts)
            + facts([*shown, *fees, ("Digest", self.digest)])
            + lines(self.warnings)
            + folded(f"All {len(stats)} statistics", Statistics(stats)._repr_html_())
        )


def _sums(amounts: Iterable[Money]) -> dict[str, Money]:
    totals: dict[Any, int] = {}
    for amount in amounts:
        totals[amount.currency] = totals.get(amount.currency, 0) + amount.raw
    return {currency.code: Money.from_raw(raw, currency) for currency, raw in totals.items()}
