"""Agreement with empyrical and quantstats where definitions match, and the difference named and pinned where not."""

import math
import warnings
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis import statistics as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import empyrical as ep
    import quantstats.stats as qs

DAYS = pd.date_range("2023-01-02", periods=504, freq="B")
DRAWN = np.random.default_rng(7)
OWN = pd.Series(DRAWN.standard_t(4, 504) * 0.006 + 0.0006, index=DAYS)
OWN.iloc[5] = 0.0
OTHER = pd.Series(0.5 * OWN + DRAWN.normal(0.0002, 0.008, 504), index=DAYS)
VALUES = OWN.to_numpy()
WITH_OPENING = pd.DatetimeIndex([pd.Timestamp("2023-01-01"), *DAYS]).tz_localize("UTC")
EQUITY = pd.Series(np.concatenate([[1.0], np.cumprod(1 + VALUES)]), index=WITH_OPENING)
MONTHS = st.compounded(OWN, "M")
TWO_PERCENT = 1.02 ** (1 / 252) - 1
"""Two percent a year, a day."""

EMPYRICAL = {
    "cum_returns_final": (st.benchmark_return(OWN), ep.cum_returns_final(OWN)),
    "annual_volatility": (st.volatility(OWN, 252), ep.annual_volatility(OWN)),
    "sharpe_ratio": (st.sharpe_ratio(OWN, 252), ep.sharpe_ratio(OWN)),
    "sharpe_ratio above a rate": (st.sharpe_ratio(OWN, 252, 0.02), ep.sharpe_ratio(OWN, risk_free=TWO_PERCENT)),
    "sortino_ratio": (st.sortino_ratio(OWN, 252), ep.sortino_ratio(OWN)),
    "sortino_ratio above a rate": (st.sortino_ratio(OWN, 252, 0.02), ep.sortino_ratio(OWN, required_return=TWO_PERCENT)),
    "downside_risk": (st.downside_deviation(OWN, 252), ep.downside_risk(OWN)),
    "omega_ratio": (st.omega_ratio(OWN), ep.omega_ratio(OWN)),
    "cagr": (st.compound_return(OWN, 252), ep.cagr(OWN)),
    "annual_return": (st.compound_return(OWN, 252), ep.annual_return(OWN)),
    "max_drawdown": (st.max_drawdown(EQUITY), ep.max_drawdown(OWN)),
    "calmar_ratio": (
        st.return_over_drawdown(st.compound_return(OWN, 252), st.max_drawdown(EQUITY)),
        ep.calmar_ratio(OWN),
    ),
    "tail_ratio": (st.tail_ratio(OWN), ep.tail_ratio(OWN)),
    "value_at_risk": (st.value_at_risk(OWN), ep.value_at_risk(OWN)),
    "conditional_value_at_risk": (st.conditional_value_at_risk(OWN), ep.conditional_value_at_risk(OWN)),
    "stability_of_timeseries": (st.stability(OWN), ep.stability_of_timeseries(OWN)),
    "beta": (st.beta(OWN, OTHER), ep.beta(OWN, OTHER)),
    "alpha": (st.alpha(OWN, OTHER, 252), ep.alpha(OWN, OTHER)),
    "up_capture": (st.up_capture(OWN, OTHER, 252), ep.up_capture(OWN, OTHER)),
    "down_capture": (st.down_capture(OWN, OTHER, 252), ep.down_capture(OWN, OTHER)),
}
QUANTSTATS = {
    "comp": (st.benchmark_return(OWN), qs.comp(OWN)),
    "volatility": (st.volatility(OWN, 252), qs.volatility(OWN)),
    "sharpe": (st.sharpe_ratio(OWN, 252), qs.sharpe(OWN)),
    "sharpe above a rate": (st.sharpe_ratio(OWN, 252, 0.02), qs.sharpe(OWN, rf=0.02)),
    "sortino": (st.sortino_ratio(OWN, 252), qs.sortino(OWN)),
    "sortino above a rate": (st.sortino_ratio(OWN, 252, 0.02), qs.sortino(OWN, rf=0.02)),
    "adjusted_sortino": (st.adjusted_sortino_ratio(OWN, 252), qs.adjusted_sortino(OWN)),
    "omega": (st.omega_ratio(OWN), qs.omega(OWN)),
    "cagr": (st.compound_return(OWN, 252), qs.cagr(OWN)),
    "max_drawdown": (st.max_drawdown(EQUITY), qs.max_drawdown(OWN)),
    "skew": (st.skewness(OWN), qs.skew(OWN)),
    "kurtosis": (st.kurtosis(OWN), qs.kurtosis(OWN)),
    "gain_to_pain_ratio": (st.gain_to_pain_ratio(OWN), qs.gain_to_pain_ratio(OWN)),
    "common_sense_ratio": (st.common_sense_ratio(OWN), qs.common_sense_ratio(OWN)),
    "tail_ratio": (st.tail_ratio(OWN), qs.tail_ratio(OWN)),
    "outlier_win_ratio": (st.outlier_win_ratio(OWN), qs.outlier_win_ratio(OWN)),
    "outlier_loss_ratio": (st.outlier_loss_ratio(OWN), qs.outlier_loss_ratio(OWN)),
    "value_at_risk": (st.normal_value_at_risk(OWN), qs.value_at_risk(OWN)),
    "expected shortfall of the past": (
        st.conditional_value_at_risk(OWN),
        qs.conditional_value_at_risk(OWN, method="historical"),
    ),
    "risk_return_ratio": (st.risk_return_ratio(OWN), qs.risk_return_ratio(OWN)),
    "win_rate of days": (st.positive_days(OWN), qs.win_rate(OWN)),
    "win_rate of months": (st.positive_periods(MONTHS), qs.win_rate(OWN, aggregate="ME")),
    "avg_win": (st.average_up_day(OWN), qs.avg_win(OWN)),
    "avg_loss": (st.average_down_day(OWN), qs.avg_loss(OWN)),
    "best day": (st.best_day(OWN), qs.best(OWN)),
    "worst day": (st.worst_day(OWN), qs.worst(OWN)),
    "best month": (st.best_period(MONTHS), qs.best(OWN, aggregate="ME")),
    "worst month": (st.worst_period(MONTHS), qs.worst(OWN, aggregate="ME")),
    "consecutive_wins": (st.longest_winning_streak(VALUES), qs.consecutive_wins(OWN)),
    "consecutive_losses": (st.longest_losing_streak(VALUES), qs.consecutive_losses(OWN)),
    "beta": (st.beta(OWN, OTHER), qs.greeks(OWN, OTHER)["beta"]),
    "r_squared": (st.r_squared(OWN, OTHER), qs.r_squared(OWN, OTHER)),
    # Days put in the place of trades, days without a change left out, as quantstats has it
    "payoff_ratio": (st.payoff_ratio(VALUES), qs.payoff_ratio(OWN)),
    "profit_factor": (st.profit_factor(VALUES), qs.profit_factor(OWN)),
    "kelly_criterion": (st.kelly_criterion(VALUES[VALUES != 0]), qs.kelly_criterion(OWN)),
    "cpc_index": (st.cpc_index(VALUES[VALUES != 0]), qs.cpc_index(OWN)),
}


@pytest.mark.parametrize("name", EMPYRICAL)
def test_agrees_with_empyrical(name):
    ours, theirs = EMPYRICAL[name]
    assert ours.value == pytest.approx(float(theirs), rel=1e-10)


@pytest.mark.parametrize("name", QUANTSTATS)
def test_agrees_with_quantstats(name):
    ours, theirs = QUANTSTATS[name]
    assert ours.value == pytest.approx(float(theirs), rel=1e-10)


def test_information_ratio_differs_by_being_annualised():
    ours = st.information_ratio(OWN, OTHER, 252).value / math.sqrt(252)
    assert ours == pytest.approx(ep.excess_sharpe(OWN, OTHER))
    assert ours == pytest.approx(qs.information_ratio(OWN, OTHER))


def test_alpha_differs_from_quantstats_by_compounding():
    daily = (1 + st.alpha(OWN, OTHER, 252).value) ** (1 / 252) - 1
    assert daily * 252 == pytest.approx(qs.greeks(OWN, OTHER)["alpha"])


def test_treynor_differs_from_quantstats_by_being_annual():
    whole = EQUITY.iloc[-1] - 1
    assert whole / st.beta(OWN, OTHER).value == pytest.approx(qs.treynor_ratio(OWN, OTHER))


def test_probabilistic_sharpe_differs_from_quantstats_by_the_moments():
    """Skew and kurtosis are those of the population in the paper; quantstats takes those adjusted for sample size."""
    ratio = VALUES.mean() / VALUES.std(ddof=1)
    spread = 1 - st.skewness(OWN).value * ratio + (st.kurtosis(OWN).value + 2) / 4 * ratio**2
    theirs = NormalDist().cdf(ratio * math.sqrt(503) / math.sqrt(spread))
    assert theirs == pytest.approx(qs.probabilistic_sharpe_ratio(OWN), rel=1e-12)
    assert st.probabilistic_sharpe_ratio(OWN, 252).value == pytest.approx(theirs, abs=1e-6)
    assert st.probabilistic_sharpe_ratio(OWN, 252).value != theirs


def test_smart_sharpe_differs_from_quantstats_by_the_sign_of_the_lean():
    """quantstats takes the size of the correlation, so that it only ever lowers the ratio; Lo lets it raise it."""
    assert np.corrcoef(VALUES[:-1], VALUES[1:])[0, 1] < 0
    plain = st.sharpe_ratio(OWN, 252).value
    assert abs(qs.smart_sharpe(OWN)) < abs(plain) < abs(st.smart_sharpe_ratio(OWN, 252).value)


def test_gain_to_pain_of_months_differs_from_quantstats_by_compounding():
    sums = OWN.groupby(DAYS.to_period("M")).sum()
    assert sums.sum() / -sums[sums < 0].sum() == pytest.approx(qs.gain_to_pain_ratio(OWN, 0, "ME"))
    assert st.monthly_gain_to_pain_ratio(OWN).value == pytest.approx(MONTHS.sum() / -MONTHS[MONTHS < 0].sum())


def test_ulcer_index_differs_from_quantstats_by_the_count():
    """We divide by all samples, the opening balance among them; quantstats by the number of days less one."""
    assert st.ulcer_index(EQUITY).value * math.sqrt(505 / 503) == pytest.approx(qs.ulcer_index(OWN))


def test_ulcer_performance_differs_from_quantstats_by_being_annual():
    assert (EQUITY.iloc[-1] - 1) / qs.ulcer_index(OWN) == pytest.approx(qs.ulcer_performance_index(OWN))


def test_recovery_factor_differs_from_quantstats_by_sum_and_sign():
    """quantstats adds up returns, and gives a loss a positive factor."""
    assert qs.recovery_factor(OWN) == pytest.approx(abs(VALUES.sum()) / -qs.max_drawdown(OWN))
    assert st.recovery_factor(EQUITY).value == pytest.approx((EQUITY.iloc[-1] - 1) / -qs.max_drawdown(OWN))
    assert st.recovery_factor(EQUITY).value < 0 < qs.recovery_factor(OWN)


def test_profit_ratio_differs_from_quantstats():
    """Ours is wins by losses; quantstats divides the mean of each side by its count, days without a change as wins."""
    wins, losses = VALUES[VALUES >= 0], VALUES[VALUES < 0]
    assert qs.profit_ratio(OWN) == pytest.approx(wins.mean() / len(wins) / (-losses.mean() / len(losses)))
    assert st.profit_ratio(VALUES).value == (VALUES > 0).sum() / (VALUES < 0).sum()


def test_average_return_differs_from_quantstats_by_days_without_a_change():
    assert VALUES[VALUES != 0].mean() == pytest.approx(qs.avg_return(OWN))
    assert st.average_day(OWN).value == pytest.approx(VALUES.mean())


def test_expected_shortfall_differs_from_quantstats_by_its_normal_distribution():
    density = math.exp(-(NormalDist().inv_cdf(0.05) ** 2) / 2) / math.sqrt(2 * math.pi)
    theirs = VALUES.mean() - VALUES.std(ddof=1) * density / 0.05
    assert theirs == pytest.approx(qs.conditional_value_at_risk(OWN))
    assert st.conditional_value_at_risk(OWN).value < theirs


def test_serenity_differs_from_quantstats():
    """Ours has the annual growth and the drawdowns of the past; quantstats the sum of returns and a normal distribution."""
    depth = (EQUITY / EQUITY.cummax() - 1).to_numpy()[1:]
    density = math.exp(-(NormalDist().inv_cdf(0.05) ** 2) / 2) / math.sqrt(2 * math.pi)
    shortfall = depth.mean() - depth.std(ddof=1) * density / 0.05
    pitfall = -shortfall / VALUES.std(ddof=1)
    assert qs.serenity_index(OWN) == pytest.approx(VALUES.sum() / (qs.ulcer_index(OWN) * pitfall))
    ours = st.cagr(EQUITY).value / (st.ulcer_index(EQUITY).value * st.serenity_index(EQUITY, OWN).value)
    assert ours == pytest.approx(-np.sort([0.0, *depth])[:26].mean() / VALUES.std(ddof=1))


def test_cagr_of_a_run_takes_calendar_time_and_theirs_counts_days():
    """On 504 business days, 702 calendar days: the powers are 365.25 / 704 and 252 / 504."""
    whole, days = EQUITY.iloc[-1], (EQUITY.index[-1] - EQUITY.index[0]).days
    assert st.cagr(EQUITY).value == pytest.approx(whole ** (365.25 / days) - 1)
    assert ep.cagr(OWN) == pytest.approx(whole ** (252 / 504) - 1)


def test_return_of_equity_is_their_cumulative_return():
    assert st.pnl_percentage(EQUITY).value / 100 == pytest.approx(ep.cum_returns_final(OWN))
    assert st.correlation(OWN, OTHER).value == pytest.approx(OWN.corr(OTHER))
