"""Paired differences between runs over the same data: changes of equity of the same periods, each run against a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.bootstrap import MIN_PERIODS, Interval, mean_difference, sharpe_difference
from nautilus_lite.analysis.days import DAY_NS, DayBoundary
from nautilus_lite.analysis.equity import daily_returns, day_closes, utc_index
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.statistics.returns import daily_rate

if TYPE_CHECKING:
    import pandas as pd


def paired_changes(
    equities: Mapping[str, pd.Series], freq: str | None = None, settings: StatisticsSettings | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return changes and returns of equity of several runs over the same periods.

    Parameters
    ----------
    equities : mapping of str to Series
        By name, sampled on one grid, the opening balance first.
    freq : {'day', 'sample'}, optional
        Period; days where there are at least 20, else samples of the grid.
    settings : StatisticsSettings, optional
        Days in a year and where they end, for days.

    Returns
    -------
    changes, returns : DataFrame
        One column a run: money, and change / previous equity.
    periods_per_year : float
        252 or 365 for days, as of `daily_returns`, by the run that needs most; 1 for samples, which are not scaled.
    """
    if freq not in (None, "day", "sample"):
        raise ValueError(f"invalid `freq`, must be 'day' or 'sample', was {freq!r}")
    if freq != "sample":
        chosen = StatisticsSettings() if settings is None else settings
        border, days = chosen.day_boundary, chosen.days_per_year
        if days is None:
            days = max((daily_returns(equity, boundary=border)[1] for equity in equities.values()), default=365)
        returns = {name: daily_returns(equity, days, boundary=border)[0] for name, equity in equities.items()}
        if freq == "day" or min((len(values) for values in returns.values()), default=0) >= MIN_PERIODS:
            return *_by_day(equities, returns, border), float(days)
    return *_by_sample(equities), 1.0


def differences(
    equities: Mapping[str, pd.Series],
    baseline: str,
    freq: str | None = None,
    level: float = 0.95,
    block: float | None = None,
    seed: int = 0,
    settings: StatisticsSettings | None = None,
) -> pd.DataFrame:
    """Return what each run made more than the baseline, with confidence intervals.

    Parameters
    ----------
    equities : mapping of str to Series
    baseline : str
        Name of the run that the others are compared with.
    freq : {'day', 'sample'}, optional
        As of `paired_changes`.
    level : float, default 0.95
        Confidence.
    block : float, optional
        Mean length of the bootstrap's blocks in periods; chosen from the data by default.
    seed : int, default 0
        Of the resampling.
    settings : StatisticsSettings, optional
        What Sharpe ratios of days are made with: days in a year, where they end, and the risk-free rate.

    Returns
    -------
    DataFrame
        One row a run: `pnl`, `pnl_low`, `pnl_high` (difference over the whole run and its interval), `pnl_clear` (zero lies
        outside), the same of `sharpe` (of a year for days, of a period for samples), `periods`, `period` (day or sample),
        `block` (mean length for the PnL), `level`, and `why` the intervals are refused, empty where they are not.

    Notes
    -----
    The intervals speak of the period that was run: how far chance alone, in the order and choice of its days, moves the
    difference. They know nothing of other markets, and where many worlds are compared some differences are clear by chance.
    """
    import pandas as pd

    changes, returns, per_year = paired_changes(equities, freq, settings)
    if settings is not None and per_year != 1.0:
        returns = returns - daily_rate(settings.risk_free_rate, int(per_year))
    rows = []
    for name in equities:
        mean = mean_difference(changes[name], changes[baseline], level, block, seed)
        sharpe = sharpe_difference(returns[name], returns[baseline], per_year, level, block, seed)
        whole = float(changes[name].sum() - changes[baseline].sum())
        rows.append(
            {
                "pnl": whole,
                **_limits("pnl", mean, mean.count),
                "sharpe": np.nan if sharpe.value is None else sharpe.value,
                **_limits("sharpe", sharpe, 1),
                "periods": mean.count,
                "period": "sample" if per_year == 1.0 else "day",
                "block": mean.block,
                "level": level,
                "why": "; ".join(dict.fromkeys(text for text in (mean.why, sharpe.why) if text)),
            }
        )
    return pd.DataFrame(rows, index=pd.Index(list(equities), name="world"))


def _limits(name: str, interval: Interval, factor: int) -> dict[str, Any]:
    if interval.low is None or interval.high is None:
        return {f"{name}_low": np.nan, f"{name}_high": np.nan, f"{name}_clear": False}
    return {
        f"{name}_low": interval.low * factor,
        f"{name}_high": interval.high * factor,
        f"{name}_clear": interval.is_clear,
    }


def _by_day(
    equities: Mapping[str, pd.Series], returns: Mapping[str, pd.Series], border: DayBoundary
) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    changes = {}
    for name, equity in equities.items():
        found, values, opening = day_closes(equity, None, border)
        closes = pd.Series(values, utc_index(found.astype(np.uint64) * np.uint64(DAY_NS))).reindex(returns[name].index)
        changes[name] = closes.diff().fillna(closes.iloc[0] - opening if len(closes) else 0.0)
    days = pd.concat(list(returns.values())).index.unique().sort_values()
    # A day that one run has and another has not changed nothing in that one
    return (
        pd.DataFrame({name: values.reindex(days, fill_value=0.0) for name, values in changes.items()}),
        pd.DataFrame({name: values.reindex(days, fill_value=0.0) for name, values in returns.items()}),
    )


def _by_sample(equities: Mapping[str, pd.Series]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Changes between the times that all runs share; what a run did after the last of them belongs to it."""
    import pandas as pd

    columns = {name: equity[~equity.index.duplicated(keep="last")] for name, equity in equities.items()}
    frame = pd.DataFrame(columns)
    opening = pd.Series({name: equity.iloc[0] if len(equity) else np.nan for name, equity in equities.items()})
    present = pd.DataFrame({name: frame.index.isin(column.index) for name, column in columns.items()}, index=frame.index)
    common = frame[present.all(axis=1)].copy()
    if not len(common):
        return common, common
    common.iloc[0] = opening
    last = pd.Series({name: equity.iloc[-1] for name, equity in equities.items()})
    if len(common) > 1:
        common.iloc[-1] = last
    previous = common.shift(1)
    changes = (common - previous).iloc[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = (changes / previous.iloc[1:]).where(previous.iloc[1:] > 0.0)
    return changes, rates
