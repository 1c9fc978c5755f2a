"""Every statistic against arithmetic by hand, and every refusal."""

import math
import statistics as std

import numpy as np
import pytest

from nautilus_lite.analysis import statistics as st

# Ten daily returns: mean 0.005, squared losses 0.0001 + 0.0004 + 0.0001
TEN_DAYS = [0.01, -0.01, 0.02, 0.0, 0.03, -0.02, 0.01, 0.0, -0.01, 0.02]
TWENTY_DAYS = [i / 1000 for i in range(-9, 11)]  # -0.9 % to 1.0 %
PNLS = [50.0, -20.0, 30.0, 10.0, -40.0, -15.0, -5.0, 0.0, 80.0, -10.0]

OF_RETURNS = {
    "volatility": lambda r: st.volatility(r, 252),
    "sharpe_ratio": lambda r: st.sharpe_ratio(r, 252),
    "sortino_ratio": lambda r: st.sortino_ratio(r, 252),
    "omega_ratio": st.omega_ratio,
    "skewness": st.skewness,
    "kurtosis": st.kurtosis,
    "annual_return": lambda r: st.annual_return(r, 252),
    "compound_return": lambda r: st.compound_return(r, 252),
    "downside_deviation": lambda r: st.downside_deviation(r, 252),
    "risk_return_ratio": st.risk_return_ratio,
    "adjusted_sortino_ratio": lambda r: st.adjusted_sortino_ratio(r, 252),
    "gain_to_pain_ratio": st.gain_to_pain_ratio,
    "probabilistic_sharpe_ratio": lambda r: st.probabilistic_sharpe_ratio(r, 252),
    "deflated_sharpe_ratio": lambda r: st.deflated_sharpe_ratio(r, 252, st.Trials(3, 1.0)),
    "smart_sharpe_ratio": lambda r: st.smart_sharpe_ratio(r, 252),
    "minimum_track_record": lambda r: st.minimum_track_record(r, 252),
    "stability": st.stability,
}
OF_TAILS = {
    "value_at_risk": st.value_at_risk,
    "conditional_value_at_risk": st.conditional_value_at_risk,
    "tail_ratio": st.tail_ratio,
    "normal_value_at_risk": st.normal_value_at_risk,
    "outlier_win_ratio": st.outlier_win_ratio,
    "outlier_loss_ratio": st.outlier_loss_ratio,
}
OF_EQUITY = {
    "pnl_total": st.pnl_total,
    "pnl_percentage": st.pnl_percentage,
    "cagr": st.cagr,
    "calmar_ratio": st.calmar_ratio,
    "max_drawdown": st.max_drawdown,
    "average_drawdown": st.average_drawdown,
    "longest_drawdown": st.longest_drawdown,
    "average_drawdown_days": st.average_drawdown_days,
    "ulcer_index": st.ulcer_index,
    "recovery_factor": st.recovery_factor,
    "ulcer_performance_index": st.ulcer_performance_index,
    "month_to_date": lambda equity: st.period_to_date(equity, "month"),
    "trailing_return": lambda equity: st.trailing_return(equity, 3),
}
OF_TRADES = {
    "win_rate": st.win_rate,
    "profit_factor": st.profit_factor,
    "expectancy": st.expectancy,
    "average_winner": st.average_winner,
    "average_loser": st.average_loser,
    "best_trade": st.best_trade,
    "worst_trade": st.worst_trade,
    "smallest_winner": st.smallest_winner,
    "smallest_loser": st.smallest_loser,
    "average_duration": st.average_duration,
    "median_duration": st.median_duration,
    "longest_duration": st.longest_duration,
    "shortest_duration": st.shortest_duration,
    "average_duration_of_winners": lambda pnls: st.average_duration_of_winners(pnls, pnls),
    "average_duration_of_losers": lambda pnls: st.average_duration_of_losers(pnls, pnls),
    "average_trade_return": st.average_trade_return,
    "best_trade_return": st.best_trade_return,
    "worst_trade_return": st.worst_trade_return,
    "average_adverse_excursion": st.average_adverse_excursion,
    "worst_adverse_excursion": st.worst_adverse_excursion,
    "average_favourable_excursion": st.average_favourable_excursion,
    "best_favourable_excursion": st.best_favourable_excursion,
    "long_ratio": st.long_ratio,
}
OF_MANY_TRADES = {"system_quality_number": st.system_quality_number, "kelly_criterion": st.kelly_criterion}


def test_pnl_is_last_less_first(curve):
    assert st.pnl_total(curve([100, 90, 130])).value == 30.0


def test_pnl_is_rounded_to_minor_units(curve):
    # 1000000.3 - 1000000.1 is 0.20000000006984919 in floats
    assert st.pnl_total(curve([1000000.1, 1000000.3]), 2).value == 0.2


def test_pnl_percentage_is_in_percent_of_the_opening_balance(curve):
    assert st.pnl_percentage(curve([200, 150, 210])).value == pytest.approx(5.0)


def test_cagr_runs_over_calendar_time(curve):
    # 1461 days are four years of 365.25 days; 16 = 2 ** 4
    assert st.cagr(curve([1.0, 16.0], freq="1461D")).value == pytest.approx(1.0)


def test_cagr_says_when_it_extrapolates(curve):
    short, long = st.cagr(curve([100, 101], freq="31D")), st.cagr(curve([100, 101], freq="400D"))
    assert "extrapolated from 31 days" in short.convention
    assert short.value == pytest.approx(1.01 ** (365.25 / 31) - 1)
    assert "extrapolated" not in long.convention


def test_cagr_needs_two_weeks(curve):
    assert st.cagr(curve([100, 101], freq="13D")).why == "needs 14 calendar days, has 13"
    assert st.cagr(curve([100, 101], freq="14D")).value is not None


def test_cagr_refuses_a_ruined_account(curve):
    assert st.cagr(curve([100, -1], freq="31D")).why == "equity ended at or below zero"


def test_cagr_refuses_to_overflow(curve):
    assert st.cagr(curve([1, 1e30], freq="14D")).why == "growth is too large to extrapolate to a year"


def test_volatility_is_the_annualised_sample_deviation():
    assert st.volatility(TEN_DAYS, 252).value == pytest.approx(std.stdev(TEN_DAYS) * math.sqrt(252))


def test_sharpe_is_the_arithmetic_mean_over_sample_deviation():
    assert st.sharpe_ratio(TEN_DAYS, 252).value == pytest.approx(0.005 / std.stdev(TEN_DAYS) * math.sqrt(252))


def test_scaling_uses_the_given_days_and_names_them():
    a, b = st.sharpe_ratio(TEN_DAYS, 252), st.sharpe_ratio(TEN_DAYS, 365)
    assert b.value / a.value == pytest.approx(math.sqrt(365 / 252))
    assert "sqrt(252)" in a.convention
    assert "sqrt(365)" in b.convention


def test_sortino_takes_the_downside_over_all_days():
    # Four losing days of ten: 0.01, 0.02, 0.01 squared are 0.0001 + 0.0004 + 0.0001 = 0.0006
    assert st.sortino_ratio(TEN_DAYS, 252).value == pytest.approx(0.005 / math.sqrt(0.0006 / 10) * math.sqrt(252))


def test_omega_is_gains_over_losses():
    # 0.01 + 0.02 + 0.03 + 0.01 + 0.02 = 0.09 over 0.01 + 0.02 + 0.01 = 0.04
    assert st.omega_ratio(TEN_DAYS).value == pytest.approx(2.25)


def test_best_and_worst_day():
    assert (st.best_day(TEN_DAYS).value, st.worst_day(TEN_DAYS).value) == (0.03, -0.02)


def test_value_at_risk_interpolates_between_days():
    # 19 steps x 5 % = 0.95 of the way from the worst day to the next
    assert st.value_at_risk(TWENTY_DAYS).value == pytest.approx(-0.00805)


def test_conditional_value_at_risk_is_the_mean_of_the_days_beyond():
    assert st.conditional_value_at_risk(TWENTY_DAYS).value == pytest.approx(-0.009)


def test_tail_ratio_compares_the_sizes_of_the_quantiles():
    # The 95 % quantile lies 18.05 steps up from -0.009: 0.00905
    assert st.tail_ratio(TWENTY_DAYS).value == pytest.approx(0.00905 / 0.00805)


def test_tail_ratio_refuses_a_quantile_of_zero():
    assert st.tail_ratio([0.0] * 19 + [0.01]).why == "the 5 % quantile is zero"


def test_skew_and_kurtosis_are_adjusted_for_sample_size(curve):
    values = curve(TEN_DAYS)
    assert st.skewness(TEN_DAYS).value == pytest.approx(values.skew())
    assert st.kurtosis(TEN_DAYS).value == pytest.approx(values.kurt())


def test_max_drawdown_sees_every_sample_not_only_closes(curve):
    assert st.max_drawdown(curve([100, 50, 100], freq="1h")).value == pytest.approx(-0.5)


def test_average_drawdown_is_the_mean_of_episodes(curve):
    # Two episodes, 10 % and 20 % deep
    measure = st.average_drawdown(curve([100, 90, 95, 100, 80]))
    assert (measure.value, measure.count) == (pytest.approx(-0.15), 2)


def test_longest_drawdown_is_in_days(curve):
    assert st.longest_drawdown(curve([100, 90, 95, 100, 80])).value == 3.0


def test_calmar_is_growth_over_drawdown(curve):
    equity = curve([100, 80, 120], freq="730.5D")
    # Four years: 1.2 ** (1 / 4) - 1 a year over 20 %
    assert st.calmar_ratio(equity).value == pytest.approx((1.2**0.25 - 1) / 0.2)


@pytest.mark.parametrize("name", OF_RETURNS)
@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_no_ratio_below_ten_days(name, n):
    measure = OF_RETURNS[name](TEN_DAYS[:n])
    assert (measure.value, measure.count, measure.why) == (None, n, f"needs 10 daily returns, has {n}")


@pytest.mark.parametrize("name", OF_RETURNS)
def test_ten_days_are_enough_for_a_ratio(name):
    assert OF_RETURNS[name](TEN_DAYS).value is not None


@pytest.mark.parametrize("name", OF_TAILS)
@pytest.mark.parametrize("n", [0, 1, 2, 19])
def test_no_quantile_below_twenty_days(name, n):
    measure = OF_TAILS[name](TWENTY_DAYS[:n])
    assert (measure.value, measure.why) == (None, f"needs 20 daily returns, has {n}")


@pytest.mark.parametrize("function", [st.best_day, st.worst_day])
def test_extreme_day_needs_one(function):
    assert function([]).why == "needs 1 daily return, has 0"


@pytest.mark.parametrize("name", [*OF_RETURNS, *OF_TAILS])
def test_a_return_from_nothing_refuses_everything(name):
    function = {**OF_RETURNS, **OF_TAILS}[name]
    assert function([*TWENTY_DAYS, math.nan]).why == "equity was not positive throughout"


@pytest.mark.parametrize(
    "name",
    ["sharpe_ratio", "skewness", "kurtosis", "risk_return_ratio", "probabilistic_sharpe_ratio", "smart_sharpe_ratio"],
)
@pytest.mark.parametrize("value", [0.0, 0.01])
def test_equal_returns_have_no_ratio_to_their_deviation(name, value):
    # Equal up to the last bit, as compounding leaves them: the deviation would be noise
    values = [value * (1 + (i % 2) * 2e-16) for i in range(12)]
    assert OF_RETURNS[name](values).why == "returns have no deviation"


@pytest.mark.parametrize("name", ["sortino_ratio", "omega_ratio", "adjusted_sortino_ratio", "gain_to_pain_ratio"])
def test_no_losing_day_has_no_downside(name):
    assert OF_RETURNS[name]([0.01, 0.0] * 6).why == "no losing day"


@pytest.mark.parametrize("name", OF_EQUITY)
@pytest.mark.parametrize(("n", "why"), [(0, "equity was not sampled"), (1, "needs 2 samples, has 1")])
def test_no_statistic_of_equity_below_two_samples(curve, name, n, why):
    measure = OF_EQUITY[name](curve([100.0] * n))
    assert (measure.value, measure.why) == (None, why)


@pytest.mark.parametrize("name", OF_EQUITY)
@pytest.mark.parametrize("values", [[100.0, 90.0], [100.0, 100.0]])
def test_two_samples_give_a_value_or_a_reason(curve, name, values):
    measure = OF_EQUITY[name](curve(values))
    assert (measure.value is None) == (measure.why is not None)


@pytest.mark.parametrize("name", ["average_drawdown", "longest_drawdown"])
def test_rising_equity_has_no_drawdowns_to_average(curve, name):
    assert OF_EQUITY[name](curve([100, 101])).why == "no drawdown"


def test_calmar_refuses_without_drawdown(curve):
    assert st.calmar_ratio(curve([100, 101], freq="20D")).why == "no drawdown"


@pytest.mark.parametrize(("values", "where"), [([np.nan, 1.0], "start"), ([1.0, np.nan], "end")])
@pytest.mark.parametrize("name", ["pnl_total", "pnl_percentage", "cagr", "calmar_ratio"])
def test_unknown_equity_at_either_end_refuses(curve, name, values, where):
    assert OF_EQUITY[name](curve(values, freq="20D")).why == f"equity is not known at the {where}"


@pytest.mark.parametrize("name", ["pnl_percentage", "cagr"])
def test_growth_needs_something_to_grow_from(curve, name):
    assert OF_EQUITY[name](curve([0, 100], freq="20D")).why == "the opening balance is not positive"


@pytest.mark.parametrize(
    ("values", "why"), [([0.0, -1.0], "equity was never positive"), ([np.nan, np.nan], "equity is not known")]
)
def test_drawdown_needs_something_to_fall_from(curve, values, why):
    assert st.max_drawdown(curve(values)).why == why


def test_win_rate_counts_breakeven_as_a_trade_but_not_a_win():
    assert st.win_rate(PNLS).value == 0.4  # 50, 30, 10, 80


def test_breakeven_trades_are_counted_apart():
    assert st.n_breakeven(PNLS).value == 1.0


def test_profit_factor_is_wins_over_losses():
    assert st.profit_factor(PNLS).value == pytest.approx(170 / 90)


def test_expectancy_is_the_mean_and_the_weighted_sum_of_wins_and_losses():
    assert st.expectancy(PNLS).value == pytest.approx(8.0)  # 80 / 10
    assert st.expectancy(PNLS).value == pytest.approx(0.4 * 42.5 + 0.5 * -18.0)


def test_payoff_is_average_win_over_average_loss():
    assert st.payoff_ratio(PNLS).value == pytest.approx(42.5 / 18.0)


def test_average_winner_and_loser():
    assert (st.average_winner(PNLS).value, st.average_loser(PNLS).value) == (42.5, -18.0)


def test_best_and_worst_trade():
    assert (st.best_trade(PNLS).value, st.worst_trade(PNLS).value) == (80.0, -40.0)


def test_streaks():
    assert st.longest_winning_streak(PNLS).value == 2.0  # 30, 10
    assert st.longest_losing_streak(PNLS).value == 3.0  # -40, -15, -5


def test_breakeven_ends_a_streak():
    assert st.longest_winning_streak([1.0, 0.0, 1.0]).value == 1.0


def test_average_duration_is_in_seconds():
    assert st.average_duration([10**9, 2 * 10**9]).value == 1.5


def test_long_ratio():
    assert st.long_ratio([True, True, False, True]).value == 0.75


@pytest.mark.parametrize("name", OF_TRADES)
def test_no_trades_refuse(name):
    measure = OF_TRADES[name]([])
    assert (measure.value, measure.count) == (None, 0)
    assert measure.why.startswith("needs 1 ")


@pytest.mark.parametrize("function", [st.n_trades, st.n_breakeven, st.longest_winning_streak, st.longest_losing_streak])
def test_counts_of_no_trades_are_zero(function):
    assert function([]).value == 0.0


@pytest.mark.parametrize(("pnls", "why"), [([1.0], "no losing trade"), ([-1.0], "no winning trade")])
def test_payoff_needs_both_sides(pnls, why):
    assert st.payoff_ratio(pnls).why == why


@pytest.mark.parametrize("pnls", [[5.0], [5.0, 0.0]])
def test_profit_factor_without_a_loss_is_not_infinite(pnls):
    assert st.profit_factor(pnls).why == "no losing trade"


def test_one_and_two_trades():
    assert (st.win_rate([5.0]).value, st.win_rate([5.0, -2.0]).value) == (1.0, 0.5)
    assert st.profit_factor([5.0, -2.0]).value == 2.5
    assert st.average_loser([5.0]).why == "needs 1 losing trade, has 0"


@pytest.mark.parametrize("name", OF_MANY_TRADES)
@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_nothing_is_made_of_the_deviation_of_few_trades(name, n):
    assert OF_MANY_TRADES[name](PNLS[:n]).why == f"needs 10 closed trades, has {n}"


def test_equal_trades_have_no_quality_number():
    assert st.system_quality_number([1.0] * 12).why == "trades have no deviation"


def test_kelly_needs_both_sides():
    assert st.kelly_criterion([1.0] * 12).why == "no losing trade"
    assert st.kelly_criterion([-1.0] * 12).why == "no winning trade"


@pytest.mark.parametrize("function", [st.expectancy_per_risk, st.profit_ratio])
def test_ratios_to_losses_need_one(function):
    assert function([5.0, 0.0]).why == "no losing trade"


def test_a_large_sharpe_ratio_of_little_data_is_refused():
    # Seven observations once made 9,866
    assert st.sharpe_ratio([0.011, 0.0111, 0.011, 0.0109, 0.011, 0.0111, 0.011], 365).value is None


def test_trials_without_a_figure_count_but_have_no_variance():
    trials = st.Trials.of([1.0, None, 3.0, math.nan])
    assert (trials.count, trials.variance, trials.unrated) == (4, 2.0, 2)
    assert str(trials) == "4 trials, 2 of them without a Sharpe ratio, with a variance of 2"
    assert str(st.Trials.of([1.0, 3.0])) == "2 trials with a variance of 2"
    assert st.Trials.of([1.0]) == st.Trials(1, 0.0)


def test_one_trial_deflates_nothing():
    plain = st.probabilistic_sharpe_ratio(TEN_DAYS, 252).value
    assert st.deflated_sharpe_ratio(TEN_DAYS, 252, st.Trials(1, 5.0)).value == plain
    assert st.deflated_sharpe_ratio(TEN_DAYS, 252, st.Trials(100, 5.0)).value < plain


def test_expected_maximum_of_trials():
    # Bailey and Lopez de Prado (2014), numerical example: 100 trials, variance 1 / 2: the best of luck is 1.789
    assert st.expected_maximum_sharpe(st.Trials(100, 0.5)) == pytest.approx(1.7894, abs=1e-4)


def test_deflated_sharpe_of_the_paper():
    """Bailey and Lopez de Prado (2014): 5 years of 250 days, Sharpe ratio 2.5, skew -3, kurtosis 10, 100 trials: 0.9004."""
    ratio, luck, n = 2.5 / math.sqrt(250), 1.7894 / math.sqrt(250), 1250
    spread = math.sqrt(1 + 3 * ratio + 9 / 4 * ratio**2)
    assert std.NormalDist().cdf((ratio - luck) * math.sqrt(n - 1) / spread) == pytest.approx(0.9004, abs=1e-4)


@pytest.mark.parametrize(
    ("count", "variance", "text"),
    [(0, 1.0, "`count` must be >= 1, was 0"), (2, -1.0, "`variance` must be >= 0, was -1.0"), (2, math.nan, "was nan")],
)
def test_impossible_trials_are_refused(count, variance, text):
    with pytest.raises(ValueError, match=text):
        st.Trials(count, variance)
    with pytest.raises(ValueError, match=r"`unrated` must be from 0 to `count` \(2\), was 3"):
        st.Trials(2, 1.0, 3)


def test_minimum_track_record_needs_a_gain_to_prove():
    assert st.minimum_track_record([-r for r in TEN_DAYS], 252).why == "the Sharpe ratio is not above 0"
    days = st.minimum_track_record(TEN_DAYS, 252).value
    assert days > 10  # ten days of these prove nothing yet
    assert st.probabilistic_sharpe_ratio(TEN_DAYS, 252).value < 0.95


def test_smart_sharpe_falls_where_days_follow_each_other():
    trending = [0.01] * 10 + [-0.005] * 10
    assert st.smart_sharpe_ratio(trending, 252).value < st.sharpe_ratio(trending, 252).value


def test_returns_that_reverse_wholly_have_no_smart_sharpe():
    assert st.smart_sharpe_ratio([0.02, -0.01] * 10, 252).why == "returns reverse each other wholly"


def test_trailing_return_starts_at_the_sample_before(curve):
    # Daily samples over 2024: three months before 2024-12-30 is 2024-09-30, sample 273
    equity = curve(np.arange(1000.0, 1365.0))
    assert st.trailing_return(equity, 3).value == pytest.approx(1364.0 / 1273.0 - 1)
    assert st.trailing_return(equity, 12).why == "the run has 364 days, which is less"


def test_trailing_years_are_rates_a_year(curve):
    equity = curve([1.0, 1.0, 8.0], "2021-01-01", "548D")
    assert st.trailing_return(equity, 36).value == pytest.approx(1.0, abs=0.01)
    assert "a year" in st.trailing_return(equity, 36).convention


def test_period_to_date_starts_at_the_border(curve):
    equity = curve(np.arange(1000.0, 1046.0))  # to 2024-02-15; sample 31 is the midnight of February
    assert st.period_to_date(equity, "month").value == pytest.approx(1045.0 / 1031.0 - 1)
    assert st.period_to_date(equity, "year").value == pytest.approx(0.045)


def test_the_midnight_of_new_year_closes_the_old_one(curve):
    equity = curve([100.0, 110.0, 121.0], "2023-12-30")  # the last at 2024-01-01 00:00
    assert st.period_to_date(equity, "year").value == pytest.approx(0.21)
    with pytest.raises(ValueError, match="`period` must be 'month' or 'year', was 'week'"):
        st.period_to_date(equity, "week")


def test_ulcer_index_by_hand(curve):
    # Depths 0, -10 %, -20 %, 0
    assert st.ulcer_index(curve([100, 90, 80, 100])).value == pytest.approx(math.sqrt((0.01 + 0.04) / 4))


def test_negative_equity_has_drawdowns_below_all_of_it_and_no_returns(curve):
    equity = curve([100.0, -50.0, 20.0], freq="20D")
    assert st.max_drawdown(equity).value == -1.5
    assert st.cagr(equity).value == pytest.approx(0.2 ** (365.25 / 40) - 1)
    assert st.recovery_factor(equity).value == pytest.approx(-0.8 / 1.5)


def test_constant_equity_refuses_ratios_and_gives_zeros(curve):
    equity = curve([100.0] * 30)
    assert st.ulcer_index(equity).value == 0.0
    for name in ("calmar_ratio", "recovery_factor", "ulcer_performance_index"):
        assert OF_EQUITY[name](equity).why == "no drawdown"
    assert st.serenity_index(equity, [0.0] * 29).why == "returns have no deviation"
    assert st.volatility([0.0] * 12, 252).value == 0.0
    assert st.positive_days([0.0] * 12).why == "no day with a change"


def test_exposure_time_is_the_union_of_positions():
    # 0 to 10 and 5 to 20 overlap, 30 to 40 stands alone, 12 to 15 lies inside: 30 of 100
    assert st.exposure_time([5, 0, 30, 12], [20, 10, 40, 15], 0, 100).value == 0.3
    assert st.exposure_time([], [], 0, 100).value == 0.0
    assert st.exposure_time([1], [1], 5, 5).why == "the run has no length"


def test_touching_positions_are_one_stretch():
    assert st.exposure_time([0, 10], [10, 20], 0, 40).value == 0.5


def test_leverage_by_hand(curve):
    import pandas as pd

    frame = pd.DataFrame({"gross": [0.0, 300.0, 100.0], "net": [0.0, -100.0, 100.0], "leverage": [0.0, 3.0, 1.25]})
    assert st.average_gross_leverage(frame).value == pytest.approx(4.25 / 3)
    assert st.max_gross_leverage(frame).value == 3.0
    assert st.average_net_leverage(frame).value == pytest.approx((0 - 1.0 + 1.25) / 3)
    assert st.max_net_leverage(frame).value == 1.25
    assert st.max_gross_leverage(None).why == "exposure was not recorded"
    assert st.max_gross_leverage(frame.iloc[:0]).why == "exposure was not sampled"


def test_turnover_by_hand(curve):
    equity = curve([100.0, 300.0], freq="365.25D")
    traded = st.traded_notional(1000.0, 5)
    assert st.turnover(traded, equity).value == 5.0
    assert st.annual_turnover(traded, equity).value == pytest.approx(5.0)
    assert st.annual_turnover(traded, curve([100.0, 300.0])).why == "needs 14 calendar days, has 1"
    assert st.turnover(traded, curve([-1.0, -2.0])).why == "mean equity is not positive"
    assert st.turnover(traded, equity.iloc[:0]).why == "equity was not sampled"
    assert st.turnover(st.traded_notional(0.0, 3, 2), equity).why == "2 fills have no rate to this currency"


def test_maker_share():
    assert st.maker_share(1, 4).value == 0.25
    assert st.maker_share(0, 0).why == "needs 1 fill, has 0"


def test_excursions_that_were_not_recorded_are_left_out():
    lowest = [-3.0, math.nan, -1.0]
    assert (st.average_adverse_excursion(lowest).value, st.worst_adverse_excursion(lowest).value) == (-2.0, -3.0)
    highest = [4.0, math.nan, 2.0]
    assert (st.average_favourable_excursion(highest).value, st.best_favourable_excursion(highest).value) == (3.0, 4.0)
    assert st.average_adverse_excursion(lowest).count == 2


def test_months_are_compounded_from_days(curve):
    import pandas as pd

    days = pd.Series([0.1, 0.1, -0.5], index=pd.DatetimeIndex(["2024-01-30", "2024-01-31", "2024-02-01"], tz="UTC"))
    months = st.compounded(days, "M")
    assert months.tolist() == pytest.approx([0.21, -0.5])
    assert (st.best_period(months).value, st.worst_period(months).value) == (pytest.approx(0.21), pytest.approx(-0.5))
    assert (st.positive_periods(months).value, st.positive_periods(months).count) == (0.5, 2)
    assert st.average_up_period(months).value == pytest.approx(0.21)
    assert st.average_down_period(months).value == pytest.approx(-0.5)


def test_months_need_a_month(curve):
    import pandas as pd

    none = st.compounded(pd.Series([], index=pd.DatetimeIndex([], tz="UTC"), dtype=float), "M")
    assert st.best_period(none).why == "no month"
    assert st.positive_periods(none).why == "no month with a change"
    flat = st.compounded(pd.Series([0.0], index=pd.DatetimeIndex(["2024-01-30"], tz="UTC")), "M")
    assert st.positive_periods(flat).why == "no month with a change"
    unknown = st.compounded(pd.Series([math.nan], index=pd.DatetimeIndex(["2024-01-30"], tz="UTC")), "M")
    assert st.best_period(unknown).why == "equity was not positive throughout"


def test_gain_to_pain_of_months(curve):
    import pandas as pd

    index = pd.DatetimeIndex([f"2024-0{month}-01" for month in range(1, 5)], tz="UTC")
    assert st.monthly_gain_to_pain_ratio(pd.Series([0.1, -0.05, 0.02, 0.03], index=index)).value == pytest.approx(2.0)
    assert st.monthly_gain_to_pain_ratio(pd.Series([0.1, 0.05], index=index[:2])).why == "needs 3 months, has 2"
    assert st.monthly_gain_to_pain_ratio(pd.Series([0.1] * 4, index=index)).why == "no losing month"
