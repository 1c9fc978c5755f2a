"""The page of a comparison."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.comparison import ComparisonData, ComparisonFigures, render_comparison, write_comparison
from nautilus_lite.analysis.comparison.charts import (
    fan_chart,
    forest_chart,
    heat_chart,
    parts_chart,
    queue_chart,
    queue_steps,
)
from nautilus_lite.analysis.comparison.data import queued
from nautilus_lite.analysis.tearsheet.data import STEPS

pytest.importorskip("plotly")

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(autouse=True)
def _short_library(monkeypatch):
    """Stand in for the four megabytes of the chart library."""
    import plotly.offline

    monkeypatch.setattr(plotly.offline, "get_plotlyjs", lambda: "/* library */")


def frame(fills, fees, net):
    names = [f"{fill} / {fee}" for fill in fills for fee in fees]
    table = pd.DataFrame(index=pd.Index(names, name="world"))
    table["fill_model"] = pd.Categorical([fill for fill in fills for _ in fees], list(dict.fromkeys(fills)))
    table["fee_model"] = pd.Categorical([fee for _ in fills for fee in fees], list(dict.fromkeys(fees)))
    for _, parts in STEPS:
        for part in parts:
            table[part] = 0.0
    table["net"] = net
    table["fees"] = -10.0
    table["paper"] = table["net"] + 10.0
    table["gross"] = table["paper"]
    for name, value in (("sharpe", np.nan), ("max_drawdown", -0.01), ("orders", 7), ("fills", 5), ("fill_rate", 0.5)):
        table[name] = value
    table["maker_share"] = 1.0
    table["digest"] = "d"
    return table


@pytest.fixture
def make(curve):
    def data(fills=("touch", "cross"), fees=("a", "b"), net=(10.0, 30.0, -20.0, 0.0), **changes):
        table = frame(fills, fees, list(net))
        index = curve(range(40)).index
        equity = pd.DataFrame({name: 1000.0 + np.linspace(0.0, end, 40) for name, end in table["net"].items()}, index=index)
        low = table["net"] - table["net"].iloc[0]
        differences = pd.DataFrame(
            {
                "pnl": low,
                "pnl_low": low - 5.0,
                "pnl_high": low + 5.0,
                "pnl_clear": low.abs() > 5.0,
                "level": 0.9,
                "why": "",
            }
        )
        options = {
            "title": "worlds",
            "frame": table,
            "axis_names": ["fill_model", "fee_model"],
            "equity": equity,
            "currency": "USD",
            "baseline": table.index[0],
            "differences": differences,
        }
        return ComparisonData(**{**options, **changes})

    return data


def test_verdict_names_best_worst_what_matters_and_how_surely(make):
    page = render_comparison(make())
    words = re.sub(r"<[^>]*>", "", re.search(r'class="verdict">(.*?)</p>', page)[1])
    assert words == (
        "Over the same data 4 worlds made from -20.00 USD (cross / a) to +30.00 USD (touch / b). "
        "What matters most is the fill model: 30.00 USD between its best and worst. "
        "Against touch / a 3 of 3 differ by more than chance."
    )
    same = render_comparison(make(net=(5.0,) * 4))
    assert "All 4 worlds made <b>+5.00 USD</b>: the models make no difference here." in same


def test_effects_are_differences_of_means(make):
    # touch 20, cross -10; a -5, b 15
    assert make().effects == {"fill_model": 30.0, "fee_model": 20.0}


def test_fan_starts_every_world_at_zero(make):
    traces = fan_chart(make()).traces
    assert [trace["y"][0] for trace in traces] == [0.0] * 4
    assert [trace["y"][-1] for trace in traces] == [10.0, 30.0, -20.0, 0.0]
    assert len({trace["line"]["color"] for trace in traces}) == 4


def test_many_worlds_are_coloured_by_what_matters_most(make):
    data = make(fills=("x", "y", "z"), fees=("a", "b", "c"), net=[1.0, 50.0, 100.0] * 3)
    chart = fan_chart(data)
    assert "coloured by fee model" in chart.label
    assert len({trace["line"]["color"] for trace in chart.traces}) == 3
    assert [trace["name"] for trace in chart.traces if trace["showlegend"]] == ["a", "b", "c"]


def test_parts_add_up_to_the_net_of_each_world(make):
    traces = {trace["name"]: trace for trace in parts_chart(make()).traces}
    assert set(traces) == {"At mid, when decided", "Fees", "net"}
    assert np.add(traces["At mid, when decided"]["x"], traces["Fees"]["x"]).tolist() == traces["net"]["x"]


def test_forest_tells_what_is_clear_and_leaves_the_baseline_out(make):
    traces = {trace["name"]: trace for trace in forest_chart(make(net=(10.0, 30.0, -20.0, 11.0))).traces}
    assert traces["clearly more"]["y"] == ["touch / b"]
    assert traces["clearly less"]["y"] == ["cross / a"]
    assert traces["not told apart from chance"]["y"] == ["cross / b"]
    assert traces["clearly more"]["error_x"]["array"] == [5.0]
    assert "90% intervals" in render_comparison(make())
    refused = make()
    refused.differences[["pnl_low", "pnl_high"]] = np.nan
    refused.differences["pnl_clear"] = False
    assert [trace["name"] for trace in forest_chart(refused).traces] == ["without an interval"]


def test_heat_map_lies_over_the_two_axes_that_matter_most(make):
    trace = heat_chart(make()).traces[0]
    assert (trace["y"], trace["x"]) == (["touch", "cross"], ["a", "b"])
    assert trace["z"] == [[10.0, 30.0], [-20.0, 0.0]]
    assert trace["zmin"] == -trace["zmax"]
    one = make(axis_names=["fill_model"])
    assert heat_chart(one) is None
    assert "heat map: it needs two axes" in render_comparison(one)


def test_share_filled_by_queue_in_steps_of_equal_numbers(make):
    ahead = np.arange(400.0)
    rested = pd.DataFrame({"queue_ahead": ahead, "filled": (ahead < 200).astype(float)})
    steps = queue_steps(rested)
    assert [count for *_, count in steps] == [50] * 8
    assert [share for _, share, _ in steps] == [1.0] * 4 + [0.0] * 4
    assert steps[0][0] == pytest.approx(24.5)
    assert queue_steps(rested[:10]) == []
    # Every order at one place is one step
    assert len(queue_steps(rested.assign(queue_ahead=5.0))) == 1
    chart = queue_chart(make(queues={"touch / a": rested}))
    assert len(chart.traces) == 1
    assert queue_chart(make()) is None


def test_orders_that_are_open_or_saw_no_queue_do_not_count():
    orders = pd.DataFrame(
        {
            "queue_ahead": [1.0, np.nan, 2.0, 0.0],
            "quantity": [4.0] * 4,
            "filled_qty": [1.0, 4.0, 4.0, 4.0],
            "ts_closed": pd.DatetimeIndex(["2024-01-01", "2024-01-01", None, "2024-01-01"], tz="UTC"),
        }
    )
    assert queued(orders)["queue_ahead"].tolist() == [1.0, 0.0]
    assert queued(orders)["filled"].tolist() == [0.25, 1.0]


def test_names_of_models_stay_text(make):
    data = make(fills=(HOSTILE, "cross"), warnings=[HOSTILE], config={"x": HOSTILE}, run={HOSTILE: HOSTILE}, title=HOSTILE)
    page = render_comparison(data)
    assert "<script>alert" not in page
    assert page.count("<script") == 3
    drawn = json.loads(re.search(r'<script id="charts" type="application/json">(.*?)</script>', page, re.S)[1])
    assert {chart["id"] for chart in drawn} == {"fan", "parts", "forest", "heat-net", "heat-fill-rate"}
    for chart in drawn:
        assert "<script" not in json.dumps(chart)


def test_names_that_look_alike_when_short_stay_apart(make):
    long = "x" * 60
    data = make(fills=(f"{long}1{long}", f"{long}2{long}"))
    traces = parts_chart(data).traces
    assert len(set(traces[0]["y"])) == 4


def test_worlds_without_equity_give_a_page(make):
    data = make(net=(np.nan,) * 4, equity=pd.DataFrame(columns=[]), differences=None)
    page = render_comparison(data)
    assert "kept no equity" in page
    assert "Left out, for want of data" in page


def test_equal_data_gives_an_equal_page(make, tmp_path):
    assert render_comparison(make()) == render_comparison(make())
    assert write_comparison(tmp_path / "c.html", make()) == str(tmp_path / "c.html")


def test_figures_share_the_traces_of_the_page(make, monkeypatch):
    monkeypatch.setattr(ComparisonData, "of", lambda *given, **options: make())
    compared = ComparisonFigures()
    assert len(compared.plot_equity().data) == 4
    assert len(compared.plot_costs(theme="dark").data) == 3
    assert compared.plot_heatmap("fill_rate", "fee_model", "fill_model").data[0].y == ("a", "b")
    assert compared.plot_differences("touch / a").layout.title.text.startswith("Net profit against touch / a")
    with pytest.raises(ValueError, match="nothing to plot: too few orders rested"):
        compared.plot_fill_probability()
    with pytest.raises(KeyError, match="no axis 'x', must be one of fill_model, fee_model"):
        compared.plot_heatmap("net", "x")
    with pytest.raises(KeyError, match="no column 'x'"):
        compared.plot_heatmap("x")
