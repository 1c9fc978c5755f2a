"""The list of statistics that a result prints: every value with its unit, convention and number of observations."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.benchmark import Aligned, align
from nautilus_lite.analysis.drawdown import Falls
from nautilus_lite.analysis.equity import BUSINESS_DAYS, DAY_NS, daily_returns, ns_index
from nautilus_lite.analysis.fill_list import FillTotals, add_up
from nautilus_lite.analysis.own import PortfolioStatistic
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.stat_value import StatValue, duration_text
from nautilus_lite.analysis.trade_list import TradeList
from nautilus_lite.model.objects import Currency

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.statistics import Measure

    Row = tuple[str, str, Measure]

__all__ = ["RunRecord", "StatValue", "duration_text", "summarize", "summarize_run"]


@dataclass(slots=True)
class RunRecord:
    """What a run left behind that its statistics are made from.

    Parameters
    ----------
    equity : Series
        Mark-to-market equity in the reporting currency, the opening balance first.
    positions : sequence of Position
        All of them, open ones and closed netting cycles too.
    orders : sequence of Order
    currency : str
        Reporting currency. Trades that settle in another are counted in the conventions, and never added up with it.
    start, end : int
        Of the run, UNIX nanoseconds.
    rates : RateTable
        To value fills with.
    exposure : DataFrame, optional
        As of `BacktestResult.exposure`.
    funding, adjustments : sequence of Money
        As booked.
    own : sequence of PortfolioStatistic
        Statistics of the user's own.
    """

    equity: pd.Series
    positions: Sequence[Any]
    orders: Sequence[Any]
    currency: str
    start: int
    end: int
    rates: RateTable
    exposure: pd.DataFrame | None = None
    funding: Sequence[Any] = ()
    adjustments: Sequence[Any] = ()
    own: Sequence[PortfolioStatistic] = ()


def summarize(
    equity: pd.Series,
    positions: Iterable[Any],
    orders: Iterable[Any],
    currency: Any,
    days_per_year: int | None = None,
) -> list[StatValue]:
    """Return every statistic of equity, positions and orders; `summarize_run` takes more of what a run left behind.

    Parameters
    ----------
    equity : Series
        Mark-to-market equity in `currency`, the opening balance first.
    positions : iterable of Position
    orders : iterable of Order
    currency : Currency or str
        Reporting currency.
    days_per_year : {252, 365}, optional
        Daily returns in a year; by default told from the data, see `daily_returns`.
    """
    start, end = (int(t) for t in ns_index(equity).asi8[[0, -1]]) if len(equity) else (0, 0)
    run = RunRecord(equity, list(positions), list(orders), str(currency), start, end, RateTable())
    return summarize_run(run, StatisticsSettings(days_per_year))


def summarize_run(run: RunRecord, settings: StatisticsSettings) -> list[StatValue]:
    """Return every statistic of a run.

    Parameters
    ----------
    run : RunRecord
    settings : StatisticsSettings
    """
    returns, days = daily_returns(run.equity, settings.days_per_year, boundary=settings.day_boundary)
    trades = TradeList.of(run.positions)
    fills = add_up(run.orders, {p.instrument_id: p.instrument for p in run.positions}, Currency.from_str(run.currency), run.rates)
    return [
        *_equity_stats(run, settings, returns, days),
        *_benchmark_stats(run, settings, returns, days),
        *_trade_stats(run, trades),
        *_activity_stats(run, trades, fills),
        *_cost_stats(run, fills),
        *_own_stats(run, returns, trades),
        *_settings_stats(settings, days, len(returns)),
    ]


def _equity_stats(run: RunRecord, settings: StatisticsSettings, returns: pd.Series, days: int) -> list[StatValue]:
    equity, code, rate = run.equity, run.currency, settings.risk_free_rate
    falls = Falls.of(equity)
    growth: list[Row] = [
        ("PnL (total)", code, st.pnl_total(equity, Currency.from_str(code).precision)),
        ("PnL% (total)", "%", st.pnl_percentage(equity)),
        ("CAGR", "fraction", st.cagr(equity)),
    ]
    drawdowns: list[Row] = [
        ("Max Drawdown", "fraction", st.max_drawdown(falls)),
        ("Average Drawdown", "fraction", st.average_drawdown(falls)),
        ("Longest Drawdown", "days", st.longest_drawdown(falls)),
        ("Average Drawdown Length", "days", st.average_drawdown_days(falls)),
        ("Calmar Ratio", "ratio", st.calmar_ratio(equity, falls)),
        ("Recovery Factor", "ratio", st.recovery_factor(equity, falls)),
        ("Ulcer Index", "fraction", st.ulcer_index(falls)),
        ("Ulcer Performance Index", "ratio", st.ulcer_performance_index(equity, rate, falls)),
    ]
    arithmetic: list[Row] = [("Annual Return (arithmetic)", "fraction", st.annual_return(returns, days))]
    sharpe: list[Row] = [("Sharpe Ratio", "ratio", st.sharpe_ratio(returns, days, rate))]
    risk: list[Row] = [
        ("Returns Volatility", "fraction", st.volatility(returns, days)),
        ("Downside Deviation", "fraction", st.downside_deviation(returns, days, rate)),
        ("Smart Sharpe", "ratio", st.smart_sharpe_ratio(returns, days, rate)),
        ("Probabilistic Sharpe", "fraction", st.probabilistic_sharpe_ratio(returns, days, rate)),
        *_deflated(settings, returns, days),
        ("Minimum Track Record", "count", st.minimum_track_record(returns, days, rate)),
        ("Risk Return Ratio", "ratio", st.risk_return_ratio(returns)),
        ("Sortino Ratio", "ratio", st.sortino_ratio(returns, days, rate)),
        ("Adjusted Sortino", "ratio", st.adjusted_sortino_ratio(returns, days, rate)),
        ("Omega Ratio", "ratio", st.omega_ratio(returns)),
        ("Gain to Pain", "ratio", st.gain_to_pain_ratio(returns)),
        ("Gain to Pain (months)", "ratio", st.monthly_gain_to_pain_ratio(returns)),
        ("Common Sense Ratio", "ratio", st.common_sense_ratio(returns)),
        ("Serenity Index", "ratio", st.serenity_index(equity, returns, rate, falls)),
        ("Stability", "ratio", st.stability(returns)),
    ]
    shape: list[Row] = [
        ("Average Day", "fraction", st.average_day(returns)),
        ("Average Up Day", "fraction", st.average_up_day(returns)),
        ("Average Down Day", "fraction", st.average_down_day(returns)),
        ("Best Day", "fraction", st.best_day(returns)),
        ("Worst Day", "fraction", st.worst_day(returns)),
        ("Positive Days", "fraction", st.positive_days(returns)),
        ("VaR 95", "fraction", st.value_at_risk(returns)),
        ("VaR 95 (normal)", "fraction", st.normal_value_at_risk(returns)),
        ("CVaR 95", "fraction", st.conditional_value_at_risk(returns)),
        ("Tail Ratio", "ratio", st.tail_ratio(returns)),
        ("Outlier Win Ratio", "ratio", st.outlier_win_ratio(returns)),
        ("Outlier Loss Ratio", "ratio", st.outlier_loss_ratio(returns)),
        ("Skew", "ratio", st.skewness(returns)),
        ("Kurtosis", "ratio", st.kurtosis(returns)),
    ]
    gap, why = _gap_note(equity), _too_coarse(equity)
    on_samples = partial(_stats, note=gap)
    on_days = partial(_stats, note=_calendar_note(settings, days) + gap, why=why)
    return [
        *on_samples(growth, "Return"),
        *on_days(arithmetic, "Return"),
        *on_samples(_trailing(equity), "Return"),
        *on_samples(drawdowns, "Drawdown"),
        *_stats(sharpe, "Risk", _calendar_note(settings, days, True) + gap, why),
        *on_days(risk, "Risk"),
        *on_days(shape, "Days"),
        *on_days(_periods(returns), "Months and years"),
    ]


def _deflated(settings: StatisticsSettings, returns: pd.Series, days: int) -> list[Row]:
    if settings.trials is None:
        return []
    measure = st.deflated_sharpe_ratio(returns, days, settings.trials, settings.risk_free_rate)
    return [("Deflated Sharpe", "fraction", measure)]


def _trailing(equity: pd.Series) -> list[Row]:
    lengths = [("3 Months", 3), ("6 Months", 6), ("1 Year", 12), ("3 Years", 36), ("5 Years", 60), ("10 Years", 120)]
    return [
        ("Month to Date", "fraction", st.period_to_date(equity, "month")),
        ("Year to Date", "fraction", st.period_to_date(equity, "year")),
        *((name, "fraction", st.trailing_return(equity, months)) for name, months in lengths),
    ]


def _periods(returns: pd.Series) -> list[Row]:
    rows: list[Row] = []
    for freq, name in (("M", "Month"), ("Q", "Quarter"), ("Y", "Year")):
        grown = st.compounded(returns, freq)
        rows += [
            (f"Best {name}", "fraction", st.best_period(grown, name)),
            (f"Worst {name}", "fraction", st.worst_period(grown, name)),
            (f"Average Up {name}", "fraction", st.average_up_period(grown, name)),
            (f"Average Down {name}", "fraction", st.average_down_period(grown, name)),
            (f"Positive {name}s", "fraction", st.positive_periods(grown, name)),
        ]
    return rows


def _benchmark_stats(run: RunRecord, settings: StatisticsSettings, returns: pd.Series, days: int) -> list[StatValue]:
    if settings.benchmark is None:
        return []
    opening = int(ns_index(run.equity).asi8[0]) if len(run.equity) else 0
    pair: Aligned = align(settings.benchmark, returns, opening, settings.day_boundary)
    own, other, rate = pair.own, pair.other, settings.risk_free_rate
    rows: list[Row] = [
        ("Benchmark Return", "fraction", st.benchmark_return(other)),
        ("Excess Return", "fraction", st.excess_return(own, other)),
        ("Benchmark Volatility", "fraction", st.volatility(other, days)),
        ("Benchmark Sharpe", "ratio", st.sharpe_ratio(other, days, rate)),
        ("Alpha", "fraction", st.alpha(own, other, days, rate)),
        ("Beta", "ratio", st.beta(own, other)),
        ("Correlation", "ratio", st.correlation(own, other)),
        ("R Squared", "ratio", st.r_squared(own, other)),
        ("Information Ratio", "ratio", st.information_ratio(own, other, days)),
        ("Tracking Error", "fraction", st.tracking_error(own, other, days)),
        ("Treynor Ratio", "ratio", st.treynor_ratio(own, other, days, rate)),
        ("Up Capture", "ratio", st.up_capture(own, other, days)),
        ("Down Capture", "ratio", st.down_capture(own, other, days)),
    ]
    why = pair.why or _too_coarse(run.equity)
    return _stats(rows, "Benchmark", note=f"; {pair.note}{_calendar_note(settings, days)}", why=why)


def _trade_stats(run: RunRecord, trades: TradeList) -> list[StatValue]:
    code = run.currency
    pnls = trades.pnls(code)
    left_out = ", ".join(f"{count} in {held}" for held, count in sorted(trades.others(code).items()))
    note = f"; left out: {left_out}" if left_out else ""
    after = "; after fees in the settlement currency"
    closed, chosen = trades.is_closed, trades.in_currency(code)
    durations, returns = trades.durations[closed], trades.returns[closed]
    own_durations = trades.durations[chosen]
    lowest, highest = trades.mae[chosen], trades.mfe[chosen]
    of_amounts: list[tuple[str, str, Measure, str]] = [
        ("Win Rate", "fraction", st.win_rate(pnls), after),
        ("Profit Factor", "ratio", st.profit_factor(pnls), after),
        ("Expectancy", code, st.expectancy(pnls), after),
        ("Expectancy per Risk", "ratio", st.expectancy_per_risk(pnls), after),
        ("Payoff Ratio", "ratio", st.payoff_ratio(pnls), after),
        ("Profit Ratio", "ratio", st.profit_ratio(pnls), after),
        ("CPC Index", "ratio", st.cpc_index(pnls), after),
        ("SQN", "ratio", st.system_quality_number(pnls), after),
        ("Kelly Criterion", "fraction", st.kelly_criterion(pnls), after),
        ("Avg Winner", code, st.average_winner(pnls), ""),
        ("Avg Loser", code, st.average_loser(pnls), ""),
        ("Best Trade", code, st.best_trade(pnls), ""),
        ("Worst Trade", code, st.worst_trade(pnls), ""),
        ("Min Winner", code, st.smallest_winner(pnls), ""),
        ("Min Loser", code, st.smallest_loser(pnls), ""),
        ("Breakeven Trades", "count", st.n_breakeven(pnls), ""),
        ("Longest Winning Streak", "count", st.longest_winning_streak(pnls), ""),
        ("Longest Losing Streak", "count", st.longest_losing_streak(pnls), ""),
        ("Average MAE", code, st.average_adverse_excursion(lowest), ""),
        ("Worst MAE", code, st.worst_adverse_excursion(lowest), ""),
        ("Average MFE", code, st.average_favourable_excursion(highest), ""),
        ("Best MFE", code, st.best_favourable_excursion(highest), ""),
    ]
    of_all: list[Row] = [
        ("Average Trade Return", "fraction", st.average_trade_return(returns)),
        ("Best Trade Return", "fraction", st.best_trade_return(returns)),
        ("Worst Trade Return", "fraction", st.worst_trade_return(returns)),
        ("Average Duration", "s", st.average_duration(durations)),
        ("Median Duration", "s", st.median_duration(durations)),
        ("Longest Duration", "s", st.longest_duration(durations)),
        ("Shortest Duration", "s", st.shortest_duration(durations)),
    ]
    of_sides: list[Row] = [
        ("Average Duration of Winners", "s", st.average_duration_of_winners(pnls, own_durations)),
        ("Average Duration of Losers", "s", st.average_duration_of_losers(pnls, own_durations)),
    ]
    return [
        *_stats([("Trades", "count", st.n_trades(durations))], "Trades"),
        *(row for name, unit, measure, suffix in of_amounts for row in _stats([(name, unit, measure)], "Trades", suffix + note)),
        *_stats(of_all, "Trades"),
        *_stats(of_sides, "Trades", note),
        *_stats([("Long Ratio", "fraction", st.long_ratio(trades.is_long[closed]))], "Trades"),
    ]


def _activity_stats(run: RunRecord, trades: TradeList, fills: FillTotals) -> list[StatValue]:
    code = run.currency
    last = np.where(trades.is_closed, trades.closed, run.end)
    scale = 10.0 ** Currency.from_str(code).precision
    valued = st.traded_notional(fills.notional / scale, fills.n_fills - fills.n_unvalued, fills.n_unvalued)
    time_in = st.exposure_time(trades.opened, last, run.start, run.end)
    rows: list[Row] = [
        ("Exposure Time", "fraction", time_in),
        ("Return per Exposure", "fraction", st.return_per_exposure(st.cagr(run.equity), time_in)),
        ("Average Gross Leverage", "ratio", st.average_gross_leverage(run.exposure)),
        ("Max Gross Leverage", "ratio", st.max_gross_leverage(run.exposure)),
        ("Average Net Leverage", "ratio", st.average_net_leverage(run.exposure)),
        ("Max Net Leverage", "ratio", st.max_net_leverage(run.exposure)),
        ("Traded Notional", code, valued),
        ("Turnover", "ratio", st.turnover(valued, run.equity)),
        ("Annual Turnover", "ratio", st.annual_turnover(valued, run.equity)),
        ("Maker Share", "fraction", st.maker_share(fills.n_maker, fills.n_fills)),
    ]
    return _stats(rows, "Activity")


def _cost_stats(run: RunRecord, fills: FillTotals) -> list[StatValue]:
    paid = _amounts(money for order in run.orders for money in order.commissions())
    received = {currency.code: (raw, fills.n_rebated[currency]) for currency, raw in fills.rebates.items()}
    tables = [
        ("Fees", paid, "paid on all orders; rebates are negative"),
        ("Rebates", received, "received on fills, part of the fees; positive"),
        ("Funding", _amounts(run.funding), "of positions, negative where it was paid; not part of fees or of trades"),
    ]
    if run.adjustments:
        text = "other bookings that no order caused, as rollover interest; negative where it was paid"
        tables.append(("Adjustments", _amounts(run.adjustments), text))
    stats = []
    for name, table, convention in tables:
        table.setdefault(run.currency, (0, 0))
        for code in sorted(table, key=lambda code: (code != run.currency, code)):
            raw, count = table[code]
            amount = raw / 10 ** Currency.from_str(code).precision
            stats.append(StatValue(f"{name} ({code})", amount, code, convention, count, group="Costs"))
    return stats


def _own_stats(run: RunRecord, returns: pd.Series, trades: TradeList) -> list[StatValue]:
    if not run.own:
        return []
    import pandas as pd

    chosen = trades.in_currency(run.currency)
    names = [str(position.id) for position, take in zip(trades.positions, chosen, strict=True) if take]
    pnls = pd.Series(trades.pnls(run.currency), index=names, name="realized_pnl", dtype=float)
    inputs = [
        ("calculate_from_returns", returns, len(returns), "of daily returns"),
        ("calculate_from_realized_pnls", pnls, len(pnls), "of realised PnL of trades"),
        ("calculate_from_orders", list(run.orders), len(run.orders), "of orders"),
        ("calculate_from_positions", list(run.positions), len(run.positions), "of positions"),
    ]
    stats = []
    for statistic in run.own:
        for method, values, count, of_what in inputs:
            value = _asked(statistic, method, values)
            if value is not None:
                convention = f"{type(statistic).__name__}, {of_what}"
                stats.append(_own_stat(statistic.name, value, getattr(statistic, "unit", "ratio"), convention, count))
                break
    return stats


def _asked(statistic: PortfolioStatistic, method: str, values: Any) -> Any:
    function = getattr(statistic, method, None)
    if function is None:
        return None
    try:
        return function(values)
    except Exception as e:
        e.add_note(f"raised by the registered statistic {statistic.name!r} in `{method}`")
        raise


def _own_stat(name: str, value: Any, unit: str, convention: str, count: int) -> StatValue:
    if not isinstance(value, numbers.Real | np.number | np.bool_):
        return StatValue(name, None, unit, convention, count, f"not a number, was {value!r}", "Own")
    number = float(value)
    if not math.isfinite(number):
        return StatValue(name, None, unit, convention, count, f"gave {number}", "Own")
    return StatValue(name, number, unit, convention, count, group="Own")


def _settings_stats(settings: StatisticsSettings, days: int, n_days: int) -> list[StatValue]:
    note = f"daily returns in a year{_calendar_note(settings, days, True)}"
    return [
        StatValue("Days per Year", float(days), "count", note, n_days, group="Settings"),
        StatValue("Risk-free Rate", settings.risk_free_rate, "fraction", "a year, as set", n_days, group="Settings"),
    ]


def _stats(rows: Sequence[Row], group: str, note: str = "", why: str | None = None) -> list[StatValue]:
    """Return the rows as statistics; `why` refuses all of them."""
    return [
        StatValue(
            name, None if why else measure.value, unit, measure.convention + note, measure.count, why or measure.why, group
        )
        for name, unit, measure in rows
    ]


def _calendar_note(settings: StatisticsSettings, days: int, why: bool = False) -> str:
    """Return which days count and where they end, for a convention; and how it was told from the data."""
    calendar = "business days" if days == BUSINESS_DAYS else "calendar days"
    note = f"; {calendar}, {settings.day_boundary}"
    if why and settings.days_per_year is None:
        seen = "never moved on a Saturday" if days == BUSINESS_DAYS else "moved on Saturdays"
        note += f" (told from the data, as equity {seen}: `days_per_year` sets it)"
    return note


def _gap_note(equity: pd.Series) -> str:
    missing = int(equity.isna().sum())
    return f"; {missing} of {len(equity)} samples had no exchange rate" if missing else ""


def _amounts(moneys: Iterable[Any]) -> dict[str, tuple[int, int]]:
    """Return sum in minor units and number of amounts by currency."""
    totals: dict[str, tuple[int, int]] = {}
    for money in moneys:
        raw, count = totals.get(money.currency.code, (0, 0))
        totals[money.currency.code] = raw + money.raw, count + 1
    return totals


def _too_coarse(equity: pd.Series) -> str | None:
    """Return why no daily returns can be had from samples that lie more than a day apart."""
    if len(equity) < 2:
        return None
    spacing = float(np.median(np.diff(ns_index(equity).asi8))) / DAY_NS
    return None if spacing <= 1.0 else f"equity was sampled every {spacing:.0f} days, needs one sample a day"
