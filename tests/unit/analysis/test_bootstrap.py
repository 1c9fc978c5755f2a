"""Block bootstrap of paired differences."""

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.bootstrap import MIN_PERIODS, block_length, mean_difference, resamples, sharpe_difference
from nautilus_lite.analysis.differences import differences, paired_changes


def noise(seed, n=300, phi=0.0):
    """An autoregressive series of the first order with mean zero."""
    steps = np.random.default_rng(seed).standard_normal(n + 100)
    out = np.zeros(n + 100)
    for i in range(1, n + 100):
        out[i] = phi * out[i - 1] + steps[i]
    return out[100:]


@pytest.mark.parametrize("phi", [0.0, 0.5])
def test_intervals_cover_the_true_difference(phi):
    hits = sharpe_hits = 0
    n_runs = 200
    true_sharpe = 0.2 / np.sqrt(9.0 + 1.0 / (1.0 - phi**2))
    for seed in range(n_runs):
        market = 3.0 * noise(10_000 + seed)
        ours = market + 0.2 + noise(seed, phi=phi)
        mean = mean_difference(ours, market, seed=seed, n_resamples=400)
        sharpe = sharpe_difference(ours, market, seed=seed, n_resamples=400)
        hits += mean.low <= 0.2 <= mean.high
        sharpe_hits += sharpe.low <= true_sharpe <= sharpe.high
    print(f"\nphi {phi}: mean {hits / n_runs:.3f}, Sharpe {sharpe_hits / n_runs:.3f} of {n_runs} intervals of 95 %")
    # 200 intervals of 95 %: less than 0.89 once in ten thousand; dependence costs some of it
    assert hits / n_runs >= (0.90 if phi == 0.0 else 0.86)
    assert sharpe_hits / n_runs >= (0.90 if phi == 0.0 else 0.86)
    assert hits < n_runs, "intervals that always cover are too wide"


def test_single_draws_would_not_cover_a_dependent_difference():
    narrow = wide = 0
    for seed in range(100):
        ours = noise(seed, phi=0.8)
        narrow += (lambda i: i.low <= 0.0 <= i.high)(mean_difference(ours, ours * 0.0, block=1.0, seed=seed, n_resamples=300))
        wide += (lambda i: i.low <= 0.0 <= i.high)(mean_difference(ours, ours * 0.0, seed=seed, n_resamples=300))
    assert narrow < 60 < 75 < wide


def test_pairing_takes_the_market_out():
    market = 10.0 * noise(1)
    difference = mean_difference(market + 0.5 + 0.1 * noise(2), market)
    assert difference.is_clear
    assert difference.high - difference.low < 0.1


def test_blocks_are_runs_of_neighbours_on_a_circle():
    (rows,) = resamples(50, 5.0, seed=3, n_resamples=2_000)
    assert rows.shape == (2_000, 50)
    assert rows.min() == 0 and rows.max() == 49
    follows = (rows[:, 1:] - rows[:, :-1]) % 50 == 1
    # A block goes on four times in five; a new one begins at the next place once in fifty
    assert follows.mean() == pytest.approx(0.8 + 0.2 / 50, abs=0.01)
    assert np.bincount(rows.ravel(), minlength=50).std() < 0.05 * 2_000


def test_parts_make_up_all_resamples():
    assert sum(len(part) for part in resamples(1_000_000, 10.0, n_resamples=9)) == 9


def test_equal_seeds_give_equal_intervals():
    a, b = noise(1), noise(2)
    assert mean_difference(a, b, seed=7) == mean_difference(a, b, seed=7)
    assert mean_difference(a, b, seed=7) != mean_difference(a, b, seed=8)


def test_block_length_follows_dependence():
    free = np.mean([block_length(noise(seed, 1_000)) for seed in range(20)])
    bound = np.mean([block_length(noise(seed, 1_000, 0.8)) for seed in range(20)])
    assert 1.0 <= free < 4.0 < 15.0 < bound <= 3 * np.sqrt(1_000)
    assert block_length(np.ones(100)) == 1.0


def test_too_few_periods_are_refused_with_the_reason():
    few = mean_difference([1.0] * 7, [0.0] * 7)
    assert few.value is None and few.low is None and not few.is_clear
    assert few.why == f"needs {MIN_PERIODS} periods, has 7"
    assert sharpe_difference([1.0] * 7, [0.0] * 7).why == few.why


def test_no_difference_is_exactly_zero():
    same = noise(1)
    for interval in (mean_difference(same, same), sharpe_difference(same, same)):
        assert (interval.value, interval.low, interval.high, interval.is_clear) == (0.0, 0.0, 0.0, False)


def test_a_ratio_without_deviation_is_refused():
    assert sharpe_difference(np.ones(50), noise(1, 50)).why == "returns have no deviation"


def test_unknown_equity_is_refused():
    broken = noise(1)
    broken[3] = np.nan
    assert mean_difference(broken, noise(2)).why == "equity is not known in every period"


@pytest.mark.parametrize(
    ("options", "text"),
    [({"level": 1.0}, "invalid `level`"), ({"block": 0.5}, "invalid `block`"), ({"block": 1e9}, "invalid `block`")],
)
def test_wrong_settings(options, text):
    with pytest.raises(ValueError, match=text):
        mean_difference(noise(1), noise(2), **options)
    with pytest.raises(ValueError, match="of one length"):
        mean_difference(noise(1), noise(2, 10))


def equity(changes, freq="1D", start="2024-01-01"):
    index = pd.date_range(start, periods=len(changes) + 1, freq=freq, tz="UTC")
    return pd.Series(np.concatenate([[1_000.0], 1_000.0 + np.cumsum(changes)]), index)


def test_differences_are_of_the_same_days():
    base, other = noise(1, 60), noise(1, 60) + 0.25
    table = differences({"base": equity(base), "other": equity(other)}, "base")
    assert table.loc["other", "pnl"] == pytest.approx(15.0)
    assert table.loc["other", "pnl_low"] == pytest.approx(15.0) == pytest.approx(table.loc["other", "pnl_high"])
    assert table.loc["other", "pnl_clear"]
    assert table.loc["base", "pnl"] == 0.0 and not table.loc["base", "pnl_clear"]
    assert table["period"].tolist() == ["day", "day"]
    assert table["periods"].tolist() == [60, 60]
    assert (table["why"] == "").all()


def test_short_runs_are_compared_by_samples():
    changes, returns, per_year = paired_changes({"a": equity(noise(1, 50), "1min"), "b": equity(noise(2, 50), "1min")})
    assert len(changes) == len(returns) == 50
    assert per_year == 1.0
    assert changes["a"].sum() == pytest.approx(noise(1, 50).sum())
    assert returns["a"].iloc[0] == pytest.approx(noise(1, 50)[0] / 1_000.0)


def test_a_run_that_settled_later_loses_nothing():
    late = equity(noise(2, 51), "1min")
    late.index = late.index[:-1].append(late.index[-1:] + pd.Timedelta("1ms") - pd.Timedelta("1min"))
    changes, _, _ = paired_changes({"a": equity(noise(1, 50), "1min"), "b": late}, "sample")
    assert len(changes) == 50
    assert changes["b"].sum() == pytest.approx(noise(2, 51).sum())


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="invalid `freq`, must be 'day' or 'sample', was 'week'"):
        paired_changes({"a": equity(noise(1, 30))}, "week")
