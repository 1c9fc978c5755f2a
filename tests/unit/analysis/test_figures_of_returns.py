"""Figures of returns alone, by NautilusTrader's names."""

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis import tearsheet

pytest.importorskip("plotly")


@pytest.fixture
def returns():
    rng = np.random.default_rng(8)
    return pd.Series(rng.normal(0.001, 0.01, 400), index=pd.date_range("2023-01-02", periods=400, freq="D"))


def test_equity_begins_with_a_hundred_and_compounds():
    returns = pd.Series([0.1, -0.5], index=pd.DatetimeIndex(["2024-01-01", "2024-01-02"]))
    drawn = tearsheet.create_equity_curve(returns, benchmark_returns=returns, benchmark_name="same")
    assert list(drawn.data[0].y) == pytest.approx([100.0, 110.0, 55.0])
    assert list(drawn.data[1].y) == pytest.approx([100.0, 110.0, 55.0])
    assert list(tearsheet.create_drawdown_chart(returns).data[0].y) == pytest.approx([0.0, 0.0, -0.5])


def test_months_and_years_compound_or_add_up():
    returns = pd.Series([0.1, 0.1, -0.2], index=pd.DatetimeIndex(["2023-12-30", "2023-12-31", "2024-01-01"]))
    assert tearsheet.create_monthly_returns_heatmap(returns).data[0].z[0][11] == pytest.approx(0.21)
    assert tearsheet.create_monthly_returns_heatmap(returns, compounding=False).data[0].z[0][11] == pytest.approx(0.2)
    assert list(tearsheet.create_yearly_returns(returns).data[0].y) == pytest.approx([0.21, -0.2])
    assert list(tearsheet.create_yearly_returns(returns, compounding=False).data[0].y) == pytest.approx([0.2, -0.2])


def test_rolling_figures_take_the_window(returns):
    drawn = tearsheet.create_rolling_sharpe(returns, window=30)
    last = returns.iloc[-30:]
    assert drawn.data[0].y[-1] == pytest.approx(last.mean() / last.std() * np.sqrt(365), abs=1e-3)
    with pytest.raises(ValueError, match="nothing to plot: there are too few returns"):
        tearsheet.create_rolling_sharpe(returns[:50])


def test_distribution_counts_every_day(returns):
    assert sum(tearsheet.create_returns_distribution(returns).data[0].y) == 400


def test_figure_is_written_as_a_page_where_asked(returns, tmp_path):
    path = tmp_path / "curve.html"
    drawn = tearsheet.create_equity_curve(returns, output_path=path, title="<b>mine</b>", theme="dark")
    page = path.read_text()
    assert "&lt;b&gt;mine&lt;/b&gt;" in page and 'data-theme="dark"' in page
    assert len(drawn.data) == 2


def test_no_returns_are_refused():
    empty = pd.Series(dtype=float, index=pd.DatetimeIndex([]))
    with pytest.raises(ValueError, match="nothing to plot"):
        tearsheet.create_equity_curve(empty)
