"""Drawdowns."""

import numpy as np
import pytest

from nautilus_lite.analysis.drawdown import Falls, drawdown_series, drawdown_table, max_drawdown


@pytest.fixture
def equity(curve):
    return curve([100, 90, 95, 110, 99, 110, 88, 100], freq="12h")


def test_series_is_relative_to_the_highest_so_far(equity):
    expected = [0, -0.1, -0.05, 0, -0.1, 0, -0.2, 100 / 110 - 1]
    assert drawdown_series(equity).tolist() == pytest.approx(expected)


def test_a_loss_from_the_start_counts_from_the_opening_balance(curve):
    assert max_drawdown(curve([100, 80])) == pytest.approx(-0.2)


def test_opening_balance_may_be_given_apart(curve):
    assert max_drawdown(curve([80, 90]), opening=100.0) == pytest.approx(-0.2)


def test_rising_equity_has_a_drawdown_of_zero(curve):
    assert max_drawdown(curve([1, 2, 3])) == 0.0


@pytest.mark.parametrize("values", [[], [np.nan], [0.0, 0.0], [-5.0, -1.0]])
def test_no_positive_equity_has_no_drawdown(curve, values):
    assert max_drawdown(curve(values)) is None


def test_debt_is_deeper_than_everything(curve):
    assert max_drawdown(curve([100, -50])) == pytest.approx(-1.5)


def test_table_lists_the_deepest_first_and_equal_ones_by_time(equity):
    table = drawdown_table(equity)
    assert table["depth"].tolist() == pytest.approx([-0.2, -0.1, -0.1])
    assert table["peak"].dt.strftime("%d %H").tolist() == ["03 12", "01 00", "02 12"]
    assert table["trough"].dt.strftime("%d %H").tolist() == ["04 00", "01 12", "03 00"]


def test_a_drawdown_that_never_recovered_runs_to_the_end(equity):
    table = drawdown_table(equity)
    assert table["recovery"].isna().tolist() == [True, False, False]
    assert table["days"].tolist() == [1.0, 1.5, 1.0]


def test_table_is_cut_to_the_worst(equity):
    assert len(drawdown_table(equity, n=1)) == 1
    assert len(drawdown_table(equity, n=None)) == 3


@pytest.mark.parametrize("values", [[], [100], [100, 110]])
def test_no_drawdown_gives_an_empty_typed_table(curve, values):
    table = drawdown_table(curve(values))
    assert list(table.columns) == ["peak", "trough", "recovery", "days", "depth"]
    assert len(table) == 0
    assert str(table["recovery"].dtype) == "datetime64[ns, UTC]"


def test_unknown_equity_is_passed_over(curve):
    assert max_drawdown(curve([100, np.nan, 90])) == pytest.approx(-0.1)


def by_hand(values):
    """Return peak, trough, end and depth of every drawdown by one walk."""
    found, peak_at, trough, start = [], 0, None, None
    peak = values[0]
    for i, value in enumerate(values):
        if value >= peak:
            if start is not None:
                found.append((start, trough, i, values[trough] / peak - 1))
                start = None
            peak, peak_at = value, i
        elif start is None:
            start, trough = peak_at, i
        elif value < values[trough]:
            trough = i
    if start is not None:
        found.append((start, trough, len(values), values[trough] / peak - 1))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_drawdowns_equal_those_of_one_walk(curve, seed):
    rng = np.random.default_rng(seed)
    # Whole numbers, so that peaks and troughs are met again
    values = 50.0 + np.abs(rng.integers(-3, 4, 200).cumsum())
    falls = Falls.of(curve(values))
    found = list(zip(falls.peak.tolist(), falls.trough.tolist(), falls.end.tolist(), falls.depth.tolist(), strict=True))
    assert [row[:3] for row in found] == [row[:3] for row in by_hand(values)]
    assert [row[3] for row in found] == pytest.approx([row[3] for row in by_hand(values)])
