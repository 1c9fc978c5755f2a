"""Tear sheets and pages of comparisons of real runs."""

import inspect
import re

import pandas as pd
import pytest
from msgspec.structs import replace

from nautilus_lite.analysis import create_tearsheet
from nautilus_lite.analysis.comparison import ComparisonData, render_comparison
from nautilus_lite.analysis.tearsheet import TearsheetData, render_tearsheet
from nautilus_lite.analysis.tearsheet.prices import known_prices
from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.comparison import Comparison
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import SHEET_OPTIONS, BacktestResult
from nautilus_lite.common.config import ImportableConfig

pytest.importorskip("plotly")


@pytest.fixture(autouse=True)
def _short_library(monkeypatch):
    """Stand in for the four megabytes of the chart library."""
    import plotly.offline

    monkeypatch.setattr(plotly.offline, "get_plotlyjs", lambda: "/* library */")


@pytest.fixture
def result(bars_config):
    return run_backtest(bars_config, False)


def test_gross_to_net_is_what_equity_gained(result):
    data = TearsheetData.of(result)
    gained = data.known.iloc[-1] - data.known.iloc[0]
    assert sum(amount for _, amount in data.bridge) == pytest.approx(gained, abs=1e-6)
    fees = next(stat.value for stat in data.statistics if stat.name.startswith("Fees ("))
    assert dict(data.bridge)["Fees"] == pytest.approx(-fees, abs=1e-6)


def test_breakdowns_add_up_to_the_trades(result):
    data = TearsheetData.of(result)
    assert set(data.breakdowns) >= {"By side of the entry", "By hour of the close, UTC"}
    for frame in data.breakdowns.values():
        assert frame["trades"].sum() == data.value("Trades")


def test_options_that_a_sheet_has_not_are_refused(result, tmp_path):
    path = tmp_path / "sheet.html"
    with pytest.raises(TypeError, match="no option `benchmark`, must be one of title, currency, benchmark_returns, "):
        result.to_html(str(path), benchmark=None)
    with pytest.raises(TypeError, match="no option `tittle`"):
        result.to_png(str(path), tittle="t")
    with pytest.raises(ValueError, match="`theme` must be one of auto, light, dark, was 'pink'"):
        result.to_html(str(path), theme="pink")
    with pytest.raises(TypeError, match="`benchmark_returns` must be a pandas Series, was list"):
        result.plot_equity([0.01, 0.02])
    with pytest.raises(TypeError, match="`benchmark_returns` must be indexed by time"):
        result.to_html(str(path), benchmark_returns=pd.Series([0.01, 0.02]))
    assert not path.exists()
    assert set(SHEET_OPTIONS) == set(inspect.signature(TearsheetData.of).parameters) - {"result"}


@pytest.mark.parametrize(
    ("draw", "wanted"),
    [
        ("plot_equity", {"equity"}),
        ("plot_monthly_returns", {"equity"}),
        ("plot_exposure", {"exposure"}),
        ("plot_trades", {"positions_report"}),
        ("plot_costs", {"attributed"}),
        ("plot_fees", {"equity", "fills_report", "funding_report"}),
    ],
)
def test_a_figure_makes_no_more_than_it_draws(result, monkeypatch, draw, wanted):
    makers = [
        "attributed", "breakdown", "data_fingerprint", "equity", "execution_quality", "exposure", "fills_report",
        "funding_report", "orders_report", "positions_report", "price_bars", "statistics",
    ]  # fmt: skip
    made, depth = set(), []

    def watched(name):
        make = getattr(result, name)

        def watching(*args, **options):
            if not depth:
                made.add(name)
            depth.append(name)
            try:
                return make(*args, **options)
            finally:
                depth.pop()

        return watching

    for name in makers:
        monkeypatch.setattr(result, name, watched(name))
    getattr(result, draw)()
    assert made == wanted


def test_saved_result_gives_the_same_page(result, tmp_path):
    result.save(tmp_path / "saved")
    loaded = BacktestResult.load(tmp_path / "saved")
    assert render_tearsheet(TearsheetData.of(loaded)) == render_tearsheet(TearsheetData.of(result))


def test_saved_comparison_gives_the_same_page(bars_config, tmp_path):
    models = "nautilus_lite.backtest.models"
    fees = {"own": None, "free": ImportableConfig(path=f"{models}:FixedFeeModel", config={"commission": "0.00 USD"})}
    comparison = compare(bars_config, fee_models=fees)
    comparison.save(tmp_path / "saved")
    loaded = Comparison.load(tmp_path / "saved")
    assert render_comparison(ComparisonData.of(loaded)) == render_comparison(ComparisonData.of(comparison))


def test_worlds_of_a_page_add_up(bars_config):
    models = "nautilus_lite.backtest.models"
    fees = {"own": None, "free": ImportableConfig(path=f"{models}:FixedFeeModel", config={"commission": "0.00 USD"})}
    data = ComparisonData.of(compare(bars_config, fee_models=fees))
    for name in data.names:
        assert sum(amount for _, amount in data.steps(name)) == pytest.approx(data.frame.loc[name, "net"], abs=1e-6)


def test_trades_are_drawn_in_bars_where_they_are_given(result):
    index = pd.date_range("2024-01-01", periods=5, freq="2D", tz="UTC", unit="ns")
    bars = pd.DataFrame({"open": 1.0, "high": 1.3, "low": 0.9, "close": 1.2}, index=index)
    page = create_tearsheet(result, None, price_bars={"EUR/USD.SIM": bars})
    assert "Line: closes; band: highest and lowest of each bar." in page
    assert "the mid at each sample of the equity, at fills" in create_tearsheet(result, None)
    samples = result.price_bars("EUR/USD.SIM")["close"].dropna()
    known = known_prices(TearsheetData.of(result), "EUR/USD.SIM")["close"]
    assert len(samples) > 100 and known.reindex(samples.index).equals(samples)
    assert list(result.plot_prices("EUR/USD.SIM", bars).data[2].y) == [1.2] * 5


def test_currency_can_be_chosen(bars_config):
    venue = replace(bars_config.venues[0], base_currency=None, starting_balances=["1_000_000 USD", "5 EUR"])
    result = run_backtest(replace(bars_config, venues=[venue]), False)
    page = create_tearsheet(result, None, currency="EUR", title="euros")
    assert "<h1>euros</h1>" in page and "figures in EUR" in page
    assert re.search(r"neither made nor lost", page)


def test_a_figure_of_a_comparison_makes_no_more_than_it_draws(bars_config, monkeypatch):
    models = "nautilus_lite.backtest.models"
    fees = {"own": None, "free": ImportableConfig(path=f"{models}:FixedFeeModel", config={"commission": "0.00 USD"})}
    comparison = compare(bars_config, fee_models=fees)
    made = []
    for name in ("differences", "frame"):
        make = getattr(comparison, name)
        monkeypatch.setattr(comparison, name, lambda *args, name=name, make=make, **options: made.append(name) or make(*args))
    comparison.plot_equity()
    comparison.plot_costs()
    assert set(made) == {"frame"}
    comparison.plot_differences()
    assert set(made) == {"differences", "frame"}
