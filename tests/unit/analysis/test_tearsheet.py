"""The tear sheet."""

import html
import json
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.attribution import PARTS
from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet import TearsheetData, create_tearsheet, render_tearsheet, write_tearsheet
from nautilus_lite.analysis.tearsheet.costs import bridge_chart, fees_chart
from nautilus_lite.analysis.tearsheet.data import HOURS, STEPS
from nautilus_lite.analysis.tearsheet.distributions import edges, excursion_charts, return_chart, trade_chart
from nautilus_lite.analysis.tearsheet.equity import drawdown_chart, equity_chart
from nautilus_lite.analysis.tearsheet.exposure import exposure_chart
from nautilus_lite.analysis.tearsheet.headline import verdict
from nautilus_lite.analysis.tearsheet.periods import month_chart, rolling_chart, year_chart
from nautilus_lite.analysis.tearsheet.prices import MAX_TRADES, known_prices, marked_trades, price_chart

pytest.importorskip("plotly")

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(autouse=True)
def _short_library(monkeypatch):
    """Stand in for the four megabytes of the chart library."""
    import plotly.offline

    monkeypatch.setattr(plotly.offline, "get_plotlyjs", lambda: "/* library */")


@pytest.fixture
def equity(curve):
    rng = np.random.default_rng(3)
    return curve(1_000_000 + rng.normal(10, 300, 24 * 40).cumsum().round(2), freq="1h")


@pytest.fixture
def make(equity, ten_trades):
    def data(**changes):
        curve = changes.get("equity", equity)
        options = {
            "title": "TRADER-001 world",
            "equity": curve,
            "statistics": summarize(curve, ten_trades, [], "USD"),
            "currency": "USD",
            "config": {"engine": {"seed": 7}},
            "digest": "0123456789abcdef",
        }
        return TearsheetData(**{**options, **changes})

    return data


def positions(pnls, start="2024-01-02", instrument="EUR/USD.SIM", n_open=0):
    opened = pd.date_range(start, periods=len(pnls), freq="1h", tz="UTC", unit="ns")
    closed = (opened + pd.Timedelta(30, "min")).to_series(index=range(len(pnls)))
    if n_open:
        closed.iloc[-n_open:] = pd.NaT
    return pd.DataFrame(
        {
            "strategy_id": "S-1",
            "instrument_id": instrument,
            "entry": ["BUY", "SELL"] * (len(pnls) // 2) + ["BUY"] * (len(pnls) % 2),
            "side": ["FLAT"] * (len(pnls) - n_open) + ["LONG"] * n_open,
            "peak_qty": 1.0,
            "ts_opened": opened,
            "ts_closed": closed.to_numpy() if n_open == 0 else pd.DatetimeIndex(closed),
            "avg_px_open": 1.1,
            "avg_px_close": [1.1 + pnl / 1e5 for pnl in pnls],
            "realized_pnl": np.asarray(pnls, dtype=float),
            "currency": "USD",
        },
        index=pd.Index([f"P-{i}" for i in range(len(pnls))], name="position_id"),
    ).assign(ts_closed=lambda frame: pd.to_datetime(frame["ts_closed"], utc=True))


def charts(page):
    found = re.search(r'<script id="charts" type="application/json">(.*?)</script>', page, re.S)[1]
    return {chart["id"]: chart for chart in json.loads(found)}


def test_file_is_written_and_its_path_returned(tmp_path, make):
    path = tmp_path / "report.html"
    assert write_tearsheet(path, make()) == str(path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": HOSTILE},
        {"warnings": [HOSTILE]},
        {"config": {"strategies": [HOSTILE]}},
        {"digest": HOSTILE},
        {"run": {HOSTILE: HOSTILE}},
        {"breakdowns": {HOSTILE: pd.DataFrame({"a": [1]})}},
        {"fingerprint": pd.DataFrame({"a": [HOSTILE]})},
        {"orders": pd.DataFrame({"a": [HOSTILE, "b"]})},
    ],
    ids=["title", "warning", "config", "digest", "run", "breakdown", "fingerprint", "orders"],
)
def test_text_stays_text(make, changes):
    page = render_tearsheet(make(**changes))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert page.count("<script") == 3


def test_text_of_charts_stays_text(make, curve):
    bars = pd.DataFrame({"open": [1.1] * 9, "high": 1.2, "low": 1.0, "close": 1.1}, index=curve(range(9)).index)
    data = make(
        bridge=[(HOSTILE, 5.0), ("Fees", -1.0)],
        benchmark_returns=pd.Series([0.01], index=pd.DatetimeIndex(["2024-01-02"])),
        benchmark_name=HOSTILE,
        positions=positions([1.0] * 6, instrument=HOSTILE),
        price_bars={HOSTILE: bars},
    )
    page = render_tearsheet(data)
    assert "<script>alert" not in page
    drawn = charts(page)
    assert drawn["bridge"]["traces"][0]["y"][0] == "&lt;script&gt;alert('x')&lt;/script&gt;"
    assert drawn["equity"]["traces"][1]["name"].startswith("&lt;script")
    assert "&lt;script&gt;" in drawn["equity"]["layout"]["annotations"][0]["text"]
    assert "prices-0" in drawn


def test_equal_data_gives_an_equal_page(make):
    assert render_tearsheet(make()) == render_tearsheet(make())


def test_headline_answers_if_it_made_money(make, curve):
    page = render_tearsheet(make(equity=curve([1000.0, 1080.0], freq="30D")))
    tiles = re.findall(r'<div class="label"[^>]*>(.*?)</div><div class="value ?(\w*)">(.*?)</div>', page)
    assert [tile for tile in tiles if tile[0] not in ("Sharpe ratio", "CAGR")] == [
        ("Net PnL, USD", "up", "+80.00"),
        ("Return", "up", "+8.00%"),
        ("Max drawdown", "", "0.00%"),
        ("Trades", "", "10"),
        ("Win rate", "", "40.00%"),
        ("Fees, USD", "", "0.00"),
    ]


def test_refused_headline_says_why(make, curve):
    page = render_tearsheet(make(equity=curve([1000.0, 1080.0])))
    assert re.search(r'Sharpe ratio</div><div class="value">n/a</div><div class="detail">needs 10 daily returns', page)


def words(data):
    return re.sub(r"<[^>]*>", "", verdict(data))


def test_verdict_says_what_came_of_it_how_painfully_and_why(make, curve):
    gain = make(equity=curve([1000.0, 900.0, 1080.0]), bridge=[("Before costs", 100.0), ("Fees", -20.0)])
    assert words(gain) == (
        "The run made 80.00 USD (8.00%) in 2d 0h: a gain of 100.00 USD before costs, of which costs took 20%. "
        "At worst it was 10.00% below its best, and the longest fall lasted 2d 0h. 40% of 10 trades won."
    )
    loss = make(equity=curve([1000.0, 900.0]), bridge=[("Before costs", 50.0), ("Fees", -150.0)])
    assert "lost 100.00 USD" in words(loss)
    assert "a gain of 50.00 USD before costs was eaten by 150.00 USD of costs" in words(loss)
    assert "it ended 10.00% below its best" in words(loss)
    earned = make(equity=curve([1000.0, 1100.0]), bridge=[("Before costs", 50.0), ("Fees", 50.0)])
    assert "and 50.00 USD earned by rebates" in words(earned)
    assert "neither made nor lost" in words(make(equity=curve([1000.0, 1000.0])))


def test_verdict_of_a_run_without_trades_and_with_open_positions(curve):
    flat = curve([1000.0, 1000.0])
    quiet = TearsheetData("t", flat, summarize(flat, [], [], "USD"), "USD")
    assert "It did not trade." in words(quiet)
    held = TearsheetData("t", flat, summarize(flat, [], [], "USD"), "USD", positions=positions([0.0, 0.0], n_open=2))
    assert "No position was closed; 2 positions were still open at the end." in words(held)
    assert "Equity was not sampled" in words(TearsheetData("t", flat[:0], [], "USD"))


def test_every_statistic_stands_with_its_convention_or_why_it_is_refused(make, equity, ten_trades):
    page = render_tearsheet(make())
    stats = summarize(equity, ten_trades, [], "USD")
    assert {stat.value is None for stat in stats} == {True, False}
    for stat in stats:
        assert html.escape(stat.name) in page
        assert html.escape(stat.convention if stat.value is not None else stat.why) in page
    assert [name for name in re.findall(r"<summary>([^<]*)<", page) if name in {stat.group for stat in stats}] == list(
        dict.fromkeys(stat.group for stat in stats)
    )


def test_configuration_stands_in_full(make):
    page = render_tearsheet(make(config={"venues": [{"name": "SIM", "latency": {"base_ns": 5}}], "odd": {1}}))
    assert "&quot;base_ns&quot;: 5" in page
    assert "&quot;odd&quot;: &quot;{1}&quot;" in page


def test_warnings_come_first(make):
    page = render_tearsheet(make(warnings=["no price for an open position"]))
    assert page.index("no price for an open position") < page.index('class="tiles"') < page.index('id="equity"')
    assert "Read this first" not in render_tearsheet(make())


def test_what_is_left_out_is_named_and_leaves_no_box(make):
    page = render_tearsheet(make(equity=make().equity[:30]))
    assert "Left out, for want of data: " in page
    for reason in ("months: the run lies in one", "rolling figures: they need 40 daily returns", "exposure:", "prices:"):
        assert reason in page
    assert '<section class="card"></section>' not in page
    assert set(charts(page)) == {"equity"}


def test_monthly_returns_by_hand(make):
    # Sampled at the start of January, February and March: 10 % up, then 5 % down, 4.5 % in the year
    index = pd.DatetimeIndex(["2024-01-01", "2024-02-01", "2024-03-01"], tz="UTC")
    page = render_tearsheet(make(equity=pd.Series([100.0, 110.0, 104.5], index=index)))
    heat = re.search(r"<tr><th>2024</th>(.*?)</tr>", page)[1]
    assert re.findall(r">([-\d.]+)</", heat) == ["10.0", "-5.0", "4.5"]


def test_yearly_bars_by_hand(make):
    index = pd.DatetimeIndex(["2023-01-01", "2024-01-01", "2025-01-01"], tz="UTC")
    data = make(equity=pd.Series([100.0, 110.0, 99.0], index=index))
    assert year_chart(data).traces[0]["x"] == ["2023", "2024"]
    assert year_chart(data).traces[0]["y"] == pytest.approx([0.1, -0.1])
    assert year_chart(make()) is None


def test_worst_drawdowns_are_listed_with_dates(make, curve):
    page = render_tearsheet(make(equity=curve([100, 90, 100, 80])))
    rows = re.findall(r"<tr><td>(-[\d.]+%)</td><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td>", page)
    assert rows == [
        ("-20.00%", "2024-01-03 00:00", "2024-01-04 00:00", "not yet"),
        ("-10.00%", "2024-01-01 00:00", "2024-01-02 00:00", "2024-01-03 00:00"),
    ]


def test_chart_draws_equity_and_drawdown(make, curve):
    chart = equity_chart(make(equity=curve([100, 90, np.nan, 110])))
    day = 86_400_000
    assert chart.traces[0]["x"] == [1_704_067_200_000 + day * i for i in range(4)]
    assert chart.traces[0]["y"] == [100.0, 90.0, None, 110.0]
    assert chart.traces[1]["y"] == [0.0, -0.1, None, 0.0]
    assert chart.layout["shapes"][0]["y0"] == 100.0
    assert drawdown_chart(make(equity=curve([100, 90]))).traces[0]["y"] == [0.0, -0.1]


@pytest.mark.parametrize("values", [[], [100.0], [100.0, 101.0], [np.nan, np.nan], [100.0, np.nan]])
def test_few_samples_give_a_page(make, curve, values):
    page = render_tearsheet(make(equity=curve(values)))
    assert ("it was not sampled in this run" in page) == (not np.isfinite(values).any())


def test_long_equity_keeps_its_extremes_and_says_so(make, curve):
    values = 1000.0 + np.sin(np.arange(60_000) / 500)
    values[33_333], values[44_444] = 1100.0, 900.0
    data = make(equity=curve(values, freq="1min"))
    drawn = equity_chart(data).traces
    assert len(drawn[0]["x"]) <= 8_000
    assert (max(drawn[0]["y"]), min(drawn[0]["y"])) == (1100.0, 900.0)
    assert min(drawn[1]["y"]) == pytest.approx(900 / 1100 - 1)
    assert drawn[0]["x"][-1] - drawn[0]["x"][0] == 59_999 * 60_000
    assert "equal stretches of 60,000 samples" in render_tearsheet(data)


def test_benchmark_is_what_the_opening_balance_would_be_worth(make, curve):
    returns = pd.Series([0.5, 0.1, 0.2, 0.9], index=pd.DatetimeIndex(["2023-12-30", "2024-01-01", "2024-01-02", "2024-02-01"]))
    data = make(equity=curve([1000.0, 1010.0, 1020.0]), benchmark_returns=returns, benchmark_name="Index")
    # Days before and after the run do not count; the return of a day is known at its end
    assert data.benchmark.tolist() == pytest.approx([1000.0, 1100.0, 1320.0])
    assert data.benchmark.index.strftime("%m-%d").tolist() == ["01-01", "01-02", "01-03"]
    assert make(benchmark_returns=returns[:1]).benchmark is None


def test_bridge_adds_up_to_the_net(make):
    chart = bridge_chart(make(bridge=[("Before costs", 100.0), ("Fees", -30.0), ("Funding", 5.0)]))
    bar = chart.traces[0]
    assert bar["y"] == ["Before costs", "Fees", "Funding", "Net PnL"]
    assert bar["x"] == [100.0, -30.0, 5.0, 75.0]
    assert bar["base"] == [0.0, 100.0, 70.0, 0.0]
    assert bridge_chart(make()) is None


def test_every_part_of_the_attribution_has_its_step():
    assert [part for _, parts in STEPS for part in parts] == list(PARTS)


def test_fees_add_up_over_time(make, curve):
    fills = pd.DataFrame(
        {
            "ts_event": curve(range(4)).index,
            "commission": [1.0, 2.0, -0.5, 9.0],
            "commission_currency": ["USD", "USD", "USD", "BTC"],
        }
    )
    assert fees_chart(make(fills=fills)).traces[0]["y"] == [0.0, 1.0, 3.0, 2.5, 2.5]
    funding = pd.DataFrame({"amount": [-4.0], "currency": ["USD"]}, index=curve([0]).index)
    both = fees_chart(make(fills=fills, funding=funding)).traces
    assert [trace["y"] for trace in both] == [[0.0, 1.0, 3.0, 2.5, 2.5], [0.0, 4.0, 4.0]]
    assert fees_chart(make()) is None


def test_rolling_figures_by_hand_and_under_the_minimum(make, curve):
    values = 1000.0 * np.cumprod(1 + np.tile([0.01, -0.005, 0.002], 20))
    data = make(equity=curve(np.insert(values, 0, 1000.0)))
    changes, days = data.daily
    chart = rolling_chart(data, 20)
    last = changes.iloc[-20:]
    assert chart.traces[0]["y"][-1] == pytest.approx(last.mean() / last.std() * np.sqrt(days), abs=1e-4)
    assert chart.traces[1]["y"][-1] == pytest.approx(last.std() * np.sqrt(days), abs=1e-6)
    assert len(chart.traces[0]["y"]) == len(changes) - 19
    assert rolling_chart(make(equity=curve(values[:30]))) is None
    still = make(equity=curve(np.full(90, 1000.0)))
    assert set(rolling_chart(still, 20).traces[0]["y"]) == {None}


def test_no_bin_mixes_gain_and_loss():
    rng = np.random.default_rng(4)
    for values in (rng.normal(0.3, 1.0, 500), rng.exponential(1.0, 50) + 5.0, np.array([-3.0, -3.0]), np.zeros(9)):
        borders = edges(values)
        assert 0.0 in borders.round(12)
        assert borders[0] <= values.min() and borders[-1] >= values.max()
        assert len(borders) <= 43
        assert np.histogram(values, borders)[0].sum() == len(values)


def test_distributions_need_a_few_observations(make, curve):
    assert sum(return_chart(make()).traces[0]["y"]) == len(make().daily[0])
    assert return_chart(make(equity=curve([1.0, 2.0, 3.0]))) is None
    data = make(positions=positions([5.0, -1.0, 2.0, -3.0, 1.0, 7.0], n_open=1))
    assert sum(trade_chart(data).traces[0]["y"]) == 5
    assert trade_chart(make(positions=positions([1.0] * 4))) is None
    assert trade_chart(make()) is None


def test_excursions_stand_against_the_end_of_each_trade(make):
    frame = positions([5.0, -1.0, 2.0, -3.0, 1.0]).assign(mae=[-1.0, -2.0, 0.0, -4.0, -0.5], mfe=[6.0, 0.0, 3.0, 1.0, 1.0])
    worst, best = excursion_charts(make(positions=frame))
    assert worst.traces[0]["x"] == [-1.0, 0.0, -0.5]
    assert worst.traces[0]["y"] == [5.0, 2.0, 1.0]
    assert best.traces[1]["x"] == [0.0, 1.0]
    assert excursion_charts(make(positions=positions([1.0] * 9))) == []


def test_exposure_needs_something_held(make, curve):
    index = curve(range(4)).index
    columns = {"gross": [0.0, 10.0, 20.0, 0.0], "net": [0, -10, 20, 0], "leverage": [0, 0.1, 0.2, 0], "n_open": [0, 1, 1, 0]}
    frame = pd.DataFrame(columns, index=index)
    assert [trace["y"][1] for trace in exposure_chart(make(exposure=frame)).traces] == [10.0, -10.0, 0.1]
    assert exposure_chart(make(exposure=frame * 0)) is None
    assert "Something was held at 50% of the 4 times" in render_tearsheet(make(exposure=frame))


def test_prices_carry_entries_exits_and_the_way_between(make, curve):
    bars = pd.DataFrame({"open": [1.0] * 9, "high": 1.2, "low": 0.9, "close": 1.1}, index=curve(range(9)).index)
    data = make(positions=positions([5.0, -1.0, 2.0], n_open=1), price_bars={"EUR/USD.SIM": bars})
    by_name = {trace.get("name"): trace for trace in price_chart(data, "EUR/USD.SIM").traces}
    assert by_name["price"]["y"] == [1.1] * 9
    assert len(by_name["long entry"]["x"]) == 2 and len(by_name["short entry"]["x"]) == 1
    assert by_name["exit with a profit"]["text"] == ["+5 USD"]
    assert by_name["exit without"]["text"] == ["-1 USD"]
    assert price_chart(data, "other") is None


def test_prices_without_bars_are_the_middles_at_and_after_fills(make, curve):
    fills = pd.DataFrame(
        {
            "instrument_id": ["A.X", "B.X", "A.X"],
            "mid_fill": [1.0, 9.0, np.nan],
            "mid_1s": [1.1, 9.0, 1.5],
            "mid_60s": [np.nan, 9.0, 1.6],
            "ts_event": curve(range(3)).index,
            "commission": 0.0,
            "commission_currency": "USD",
        }
    )
    data = make(fills=fills, positions=positions([1.0, 2.0], instrument="A.X"))
    frame = known_prices(data, "A.X")
    assert frame["close"].tolist() == [1.0, 1.1, 1.5, 1.6]
    assert frame.index.strftime("%d %H:%M:%S").tolist() == ["01 00:00:00", "01 00:00:01", "03 00:00:01", "03 00:01:00"]
    assert price_chart(data, "A.X").traces[2]["y"] == [1.0, 1.1, 1.5, 1.6]
    assert "the mid at fills" in render_tearsheet(data)
    assert len(known_prices(make(), "A.X")) == 0


def test_prices_at_the_samples_of_the_equity_stand_between_those_of_fills(make, curve):
    samples = curve([2.0, 2.1, 2.2, np.nan])
    fills = pd.DataFrame(
        {"instrument_id": ["A.X"], "mid_fill": [2.05], "ts_event": samples.index[:1] + pd.Timedelta(5, "s"), "commission": 0.0}
    ).assign(commission_currency="USD")
    data = make(fills=fills, positions=positions([1.0], instrument="A.X"), sampled_prices={"A.X": samples})
    assert known_prices(data, "A.X")["close"].tolist() == [2.0, 2.05, 2.1, 2.2]
    assert "the mid at each sample of the equity, at fills" in render_tearsheet(data)


def test_many_trades_are_marked_by_their_size_and_the_page_says_so(make, curve):
    pnls = np.arange(1_000.0)
    bars = pd.DataFrame({"open": [1.0] * 9, "high": 1.2, "low": 0.9, "close": 1.1}, index=curve(range(9)).index)
    data = make(positions=positions(pnls, n_open=1), price_bars={"EUR/USD.SIM": bars})
    shown, n = marked_trades(data, "EUR/USD.SIM")
    assert (len(shown), n) == (MAX_TRADES, 1_000)
    assert shown["realized_pnl"].min() == 1_000 - MAX_TRADES
    assert f"the {MAX_TRADES} of 1,000 trades with the largest profits and losses" in render_tearsheet(data)


def test_breakdowns_are_tables_and_hours_are_bars(make):
    columns = {"trades": [3, 4], "win_rate": [0.5, np.nan], "fees": 1.0, "net_pnl": [5.0, -2.5], "profit_factor": 1.5}
    sides = pd.DataFrame(columns, index=pd.Index(["LONG", "SHORT"], name="side"))
    hours = pd.DataFrame(columns, index=pd.Index([8, 23], name="hour"))
    page = render_tearsheet(make(breakdowns={"By side of the entry": sides, HOURS: hours}))
    assert re.search(r"<td>SHORT</td>.*?<td class=\"num down\">-2.50</td>", page)
    trace = charts(page)["hours"]["traces"][0]
    assert (trace["x"], trace["y"]) == ([8, 23], [5.0, -2.5])
    assert "4 trades" in trace["customdata"][1]


def test_months_as_a_heat_map(make):
    index = pd.DatetimeIndex(["2023-12-01", "2024-01-01", "2024-02-01"], tz="UTC")
    trace = month_chart(make(equity=pd.Series([100.0, 110.0, 104.5], index=index))).traces[0]
    assert trace["y"] == ["2023", "2024"]
    assert (trace["z"][0][11], trace["z"][1][0], trace["z"][1][1]) == (0.1, -0.05, None)


def test_figures_share_the_traces_of_the_page(monkeypatch, make):
    from nautilus_lite.analysis.tearsheet import ResultFigures

    monkeypatch.setattr(TearsheetData, "of", lambda *given, **options: make())
    result = ResultFigures()
    drawn = result.plot_equity(theme="dark")
    assert list(drawn.data[0].y) == equity_chart(make()).traces[0]["y"]
    assert len(result.plot_monthly_returns().data) == len(result.plot_returns().data) == len(result.plot_drawdown().data) == 1
    with pytest.raises(ValueError, match="nothing to plot: the run lies in one year"):
        result.plot_yearly_returns()
    with pytest.raises(ValueError, match=r"no prices of X.Y are known \(traded: none\)"):
        result.plot_prices("X.Y")


def test_engine_or_result_gives_the_page(tmp_path, monkeypatch, make):
    from nautilus_lite.analysis.tearsheet import sheet

    seen = []
    monkeypatch.setattr(sheet.TearsheetData, "of", lambda *given: seen.append(given) or make())
    assert create_tearsheet("result", None).startswith("<!DOCTYPE html>")
    engine = SimpleNamespace(get_result=lambda: "result of engine")
    path = tmp_path / "t.html"
    assert create_tearsheet(engine, output_path=str(path), title="T", benchmark_name="B") is None
    assert path.exists()
    assert seen == [("result", None, None, None, "Benchmark", None), ("result of engine", "T", None, None, "B", None)]
