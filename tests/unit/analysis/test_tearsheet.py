"""The HTML report."""

import builtins
import json
import re

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet import MissingExtra, create_tearsheet, downsample, render_tearsheet
from nautilus_lite.errors import NautilusLiteError

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
def render(equity, ten_trades):
    def make(**changes):
        options = {
            "title": "TRADER-001 world",
            "equity": equity,
            "statistics": summarize(changes.get("equity", equity), ten_trades, [], "USD"),
            "currency": "USD",
            "config": {"engine": {"seed": 7}},
            "warnings": [],
            "digest": "0123456789abcdef",
            "tables": {},
        }
        return render_tearsheet(**{**options, **changes})

    return make


def chart_data(page):
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S)[1])


def test_file_is_written_and_its_path_returned(tmp_path, equity):
    path = tmp_path / "report.html"
    assert create_tearsheet(path, "t", equity, [], "USD") == str(path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_file_is_replaced_whole_or_not_at_all(tmp_path, equity, monkeypatch):
    path = tmp_path / "report.html"
    path.write_text("old")

    def fail(*args):
        raise OSError("disk is full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk is full"):
        create_tearsheet(path, "t", equity, [], "USD")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text() == "old"


def test_missing_chart_library_names_the_extra(monkeypatch, tmp_path, equity):
    real = builtins.__import__

    def without_plotly(name, *args, **kwargs):
        if name.startswith("plotly"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_plotly)
    with pytest.raises(MissingExtra, match=r"needs plotly, which is not installed: pip install nautilus_lite\[viz\]"):
        create_tearsheet(tmp_path / "report.html", "t", equity, [], "USD")
    assert issubclass(MissingExtra, NautilusLiteError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": HOSTILE},
        {"warnings": [HOSTILE]},
        {"config": {"strategies": [HOSTILE]}},
        {"digest": HOSTILE},
        {"tables": {HOSTILE: pd.DataFrame({"a": [1]})}},
        {"tables": {"t": pd.DataFrame({HOSTILE: [1, 2]}, index=pd.Index([HOSTILE, "b"], name=HOSTILE))}},
        {"tables": {"t": pd.DataFrame({"a": [HOSTILE, HOSTILE], HOSTILE: [1, 1]})}},
    ],
    ids=["title", "warning", "config", "digest", "table name", "columns and index", "cells"],
)
def test_text_stays_text(render, changes):
    page = render(**changes)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_page_has_exactly_its_own_scripts(render):
    assert render(title=HOSTILE, config={"x": "</script><script>"}).count("<script") == 3


def test_page_forbids_itself_every_request(render):
    page = render()
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)\s*=|url\(|@import|https?:""", page)


def test_equal_input_gives_an_equal_page(render):
    assert render() == render()


def test_headline_answers_if_it_made_money(render, curve, ten_trades):
    page = render(equity=curve([1000.0, 1080.0], freq="30D"))
    tiles = re.findall(r'<div class="label">(.*?)</div><div class="value (\w*)">(.*?)</div>', page)
    assert tiles.pop(3)[0] == "Sharpe ratio"
    assert tiles == [
        ("Net PnL, USD", "up", "80.00"),
        ("Return", "up", "8.00%"),
        ("Max drawdown", "", "0.00%"),
        ("Trades", "", "10"),
        ("Fees, USD", "", "0.00"),
    ]


def test_refused_headline_says_why(render, curve):
    page = render(equity=curve([1000.0, 1080.0]))
    assert re.search(r'Sharpe ratio</div><div class="value ">n/a</div><div class="detail">needs 10 daily returns', page)


def test_every_statistic_stands_with_its_convention(render, equity, ten_trades):
    page = render()
    for stat in summarize(equity, ten_trades, [], "USD"):
        assert f"<div>{stat.name}<" in page
        assert stat.convention.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;") in page


def test_configuration_stands_in_full(render):
    page = render(config={"venues": [{"name": "SIM", "latency": {"base_ns": 5}}], "odd": {1}})
    assert "&quot;base_ns&quot;: 5" in page
    assert "&quot;odd&quot;: &quot;{1}&quot;" in page


def test_warnings_come_before_the_charts(render):
    page = render(warnings=["no price for an open position"])
    assert page.index("no price for an open position") < page.index('id="chart"')
    assert "Read this first" not in render()


def test_digest_is_printed(render):
    assert "0123456789abcdef" in render()


def test_monthly_returns_need_more_than_one_month(render, curve):
    assert "Monthly returns" in render()
    assert "Monthly returns" not in render(equity=curve([100, 90, 110], freq="1D"))


def test_monthly_returns_by_hand(render, curve):
    # Sampled at the start of January, February and March: 10 % up, then 5 % down, 4.5 % in the year
    index = pd.DatetimeIndex(["2024-01-01", "2024-02-01", "2024-03-01"], tz="UTC")
    page = render(equity=pd.Series([100.0, 110.0, 104.5], index=index))
    heat = re.search(r"<tr><th>2024</th>(.*?)</tr>", page)[1]
    assert re.findall(r">([-\d.]+)</", heat) == ["10.0", "-5.0", "4.5"]


def test_worst_drawdowns_are_listed_with_dates(render, curve):
    page = render(equity=curve([100, 90, 100, 80]))
    assert '<td class="down">-20.00%</td><td>2024-01-03</td><td>2024-01-04</td><td>not yet</td>' in page
    assert '<td class="down">-10.00%</td><td>2024-01-01</td><td>2024-01-02</td><td>2024-01-03</td>' in page


def test_chart_draws_equity_and_drawdown(render, curve):
    data = chart_data(render(equity=curve([100, 90, np.nan, 110])))
    assert data["x"] == ["2024-01-01 00:00:00", "2024-01-02 00:00:00", "2024-01-03 00:00:00", "2024-01-04 00:00:00"]
    assert data["equity"] == [100.0, 90.0, None, 110.0]
    assert data["drawdown"] == [0.0, -0.1, None, 0.0]
    assert data["opening"] == 100.0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_samples_give_a_page(render, curve, n):
    page = render(equity=curve([100.0, 101.0][:n]))
    assert len(chart_data(page)["x"]) == n
    assert ("Equity was not sampled in this run" in page) == (n == 0)


def test_unknown_equity_gives_a_page(render, curve):
    assert chart_data(render(equity=curve([np.nan, np.nan])))["opening"] is None


def test_long_equity_keeps_its_extremes_and_says_so(render, curve):
    values = 1000.0 + np.sin(np.arange(60_000) / 500)
    values[33_333], values[44_444] = 1100.0, 900.0
    page = render(equity=curve(values, freq="1min"))
    data = chart_data(page)
    assert len(data["x"]) <= 20_000
    assert (max(data["equity"]), min(data["equity"])) == (1100.0, 900.0)
    assert min(data["drawdown"]) == pytest.approx(900 / 1100 - 1)
    assert (data["x"][0], data["x"][-1]) == ("2024-01-01 00:00:00", "2024-02-11 15:59:00")
    assert "Drawn from the extremes of 60,000 samples" in page


@pytest.mark.parametrize("n", [0, 1, 100])
def test_short_charts_keep_every_point(n):
    assert downsample(np.arange(float(n)), 100).tolist() == list(range(n))


def test_downsampling_keeps_first_last_lowest_and_highest_of_each_stretch():
    values = np.array([5, 9, 1, 6, 7, 2, 3, 8, 4, 4.0])
    # Two stretches of five: 5 9 1 6 7 and 2 3 8 4 4
    assert downsample(values, 8).tolist() == [0, 1, 2, 4, 5, 7, 9]


def test_downsampling_passes_over_gaps():
    values = np.array([np.nan, 3.0, 1.0, 2.0, np.nan, np.nan, np.nan, np.nan, np.nan])
    assert {1, 2} <= set(downsample(values, 8).tolist())


def test_tables_are_cut_and_say_so(render):
    page = render(tables={"Fills": pd.DataFrame({"px": np.arange(300.0), "qty": [1.0] * 300})})
    assert "first 200 of 300" in page
    assert page.count("<tr><td") >= 200
    assert "In every row: qty 1" in page


def test_table_cells_are_for_readers(render):
    frame = pd.DataFrame(
        {
            "ts_event": pd.DatetimeIndex(["2024-01-01 10:00", None], tz="UTC"),
            "duration_ns": [90 * 10**9, 10**9],
            "px": [1.10001, np.nan],
            "ok": [True, False],
            "gone": [None, None],
            "n": [12345, 2],
        },
        index=pd.Index(["a", "b"], name="id"),
    )
    page = render(tables={"T": frame})
    first = re.search(r"<tr><td>a</td>(.*?)</tr>", page)[1]
    assert re.findall(r">([^<]*)</td>", first) == ["2024-01-01 10:00:00", "1m 30s", "1.10001", "yes", "12,345"]
    assert re.findall(r">([^<]*)</td>", re.search(r"<tr><td>b</td>(.*?)</tr>", page)[1])[:3] == ["", "1s", ""]
    assert "<th>gone</th>" not in page


def test_empty_table_gives_a_page(render):
    assert "<summary>Fills" in render(tables={"Fills": pd.DataFrame({"px": []})})
