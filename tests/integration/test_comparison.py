"""Worlds of a comparison: each its own run, each measured, each against a baseline."""

from itertools import product
from types import SimpleNamespace

import msgspec
import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.attribution import COLUMNS
from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.comparison import Comparison
from nautilus_lite.backtest.config import CompareConfig, StatisticsConfig
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration, ResultError
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.trading.config import ImportableStrategyConfig, StrategyConfig
from nautilus_lite.trading.strategy import Strategy

MODELS = "nautilus_lite.backtest.models"
LATE_NS = 40_000_000


def model(name, **config):
    return ImportableConfig(path=f"{MODELS}:{name}", config=config)


FEES = {"schedule": None, "rebate": model("MakerTakerFeeModel", maker="-0.0001", taker="0.0004")}
FILLS = {"half": None, "crossed": model("FillModel", prob_fill_on_limit=0.0, random_seed=3)}
LATENCIES = {"own": None, "late": model("LatencyModel", base_latency_nanos=LATE_NS)}
QUEUES = {"none": None, "risk averse": model("RiskAverseQueueModel"), "power": model("PowerProbQueueModel", n=2.0)}


def alone(config, **chosen):
    """The run of one world by itself."""
    models = {axis: given for axis, given in chosen.items() if given is not None}
    venues = [msgspec.structs.replace(venue, **models) for venue in config.venues]
    return run_backtest(msgspec.structs.replace(config, venues=venues))


def fills_of(result):
    """Every fill of a run but for its fee."""
    return [
        (str(e.client_order_id), str(e.trade_id), e.order_side, str(e.last_qty), str(e.last_px), e.liquidity_side, e.ts_event)
        for order in result.orders
        for e in order.events
        if isinstance(e, OrderFilled)
    ]


@pytest.fixture
def short_config(maker_config):
    return msgspec.structs.replace(maker_config, end="2024-01-02T00:10:00")


@pytest.fixture(scope="module")
def compared():
    """The comparison that the tests of frames read."""
    from tests.integration.conftest import maker_config as fixture

    config = fixture.__wrapped__() if hasattr(fixture, "__wrapped__") else fixture._get_wrapped_function()()
    return compare(config, fill_models=FILLS, fee_models=FEES)


def test_twelve_worlds_equal_twelve_runs(short_config):
    axes = {"fill_model": FILLS, "queue_model": QUEUES, "fee_model": {"rebate": FEES["rebate"]}, "latency_model": LATENCIES}
    # Where all of a level stands ahead it makes no difference if the touch alone would fill
    check_worlds(short_config, axes, 10)


def test_twelve_worlds_with_fees_equal_twelve_runs(short_config):
    axes = {"queue_model": QUEUES, "fee_model": FEES, "latency_model": LATENCIES}
    check_worlds(short_config, axes, 12)


def check_worlds(config, axes, n_different):
    """Compare twelve worlds with as many runs."""
    comparison = compare(config, **{f"{axis}s": named for axis, named in axes.items()})
    assert len(comparison) == 12
    for combination in product(*(named.items() for named in axes.values())):
        name = " / ".join(label for label, _ in combination)
        chosen = {axis: given for axis, (_, given) in zip(axes, combination, strict=True)}
        assert comparison[name].digest == alone(config, **chosen).digest, name
    assert len({result.digest for result in comparison.results}) == n_different, "models must make a difference"


def test_fees_alone_change_no_fill(short_config):
    comparison = compare(short_config, fee_models=FEES, queue_models=QUEUES)
    for queue in QUEUES:
        ours, theirs = comparison[f"{queue} / schedule"], comparison[f"{queue} / rebate"]
        assert fills_of(ours) == fills_of(theirs)
        assert len(fills_of(ours)) > 100
        assert ours.digest != theirs.digest


def test_another_world_changes_none(short_config):
    few = compare(short_config, queue_models={"power": QUEUES["power"]}, latency_models=LATENCIES)
    many = compare(short_config, queue_models={"none": None, "power": QUEUES["power"]}, latency_models=LATENCIES)
    for latency in LATENCIES:
        assert few[f"power / {latency}"].digest == many[f"power / {latency}"].digest


class StopsConfig(StrategyConfig, frozen=True, kw_only=True):
    after_fills: int


class Stops(Strategy):
    """Shuts the system down after so many fills of its twin."""

    def on_start(self):
        self.msgbus.subscribe("events.fills.*", self._count)
        self.n_left = self.config.after_fills

    def _count(self, event):
        self.n_left -= 1
        if self.n_left == 0:
            self.shutdown_system("enough")


def test_a_world_that_shuts_down_leaves_the_others_running(short_config):
    own = short_config.engine.strategies
    stops = ImportableStrategyConfig(strategy_path=f"{__name__}:Stops", config_path=f"{__name__}:StopsConfig",
                                     config={"after_fills": 50})  # fmt: skip
    sets = {"stops": [*own, stops], "goes on": own}
    comparison = compare(short_config, strategies=sets)
    for name, strategies in sets.items():
        engine = msgspec.structs.replace(short_config.engine, strategies=strategies)
        assert comparison[name].digest == run_backtest(msgspec.structs.replace(short_config, engine=engine)).digest
    assert comparison["stops"].n_fills < comparison["goes on"].n_fills
    assert any("shut down early: enough" in warning for warning in comparison["stops"].warnings)
    assert not any("shut down" in warning for warning in comparison["goes on"].warnings)
    assert comparison["stops"].n_rows < comparison["goes on"].n_rows


def test_a_bar_shows_how_far_the_pass_is(short_config, capsys):
    comparison = compare(short_config, fee_models=FEES, progress=True)
    shown = capsys.readouterr().err
    assert "row" in shown and "%" in shown
    assert comparison.results[0].digest == run_backtest(short_config).digest
    compare(short_config, fee_models=FEES)
    assert capsys.readouterr().err == ""


def test_strategies_are_an_axis(short_config):
    (own,) = short_config.engine.strategies
    wide = msgspec.structs.replace(own, config={**own.config, "max_position": "0.010"})
    comparison = compare(short_config, strategies={"own": [own], "small": [wide]}, queue_models=QUEUES)
    assert comparison.axis_names == ["queue_model", "strategies"]
    assert comparison["none / own"].digest == run_backtest(short_config).digest
    assert comparison["none / own"].digest != comparison["none / small"].digest


def test_the_frame_has_axes_money_and_measures(compared):
    frame = compared.frame()
    assert frame.index.name == "world"
    assert frame.columns[:2].tolist() == ["fill_model", "fee_model"]
    assert frame["fill_model"].cat.categories.tolist() == ["half", "crossed"]
    assert set(COLUMNS) < set(frame.columns)
    for name, row in frame.iterrows():
        result = compared[name]
        (entry,) = result.attributed()
        assert row["net"] == pytest.approx(float(entry.money("net")))
        assert row["net"] == pytest.approx(result.stat("PnL (total)"))
        assert row["gross"] + row["fees"] + row["rebates"] == pytest.approx(row["net"])
        assert (row["orders"], row["fills"]) == (result.n_orders, result.n_fills)
        assert row["maker_share"] == result.n_maker_fills / result.n_fills
        assert row["digest"] == result.digest
        assert np.isnan(row["sharpe"]), "half an hour has no daily returns"
        # What was slipped at the decision is what the attribution took
        assert row["slippage_decision"] == pytest.approx(-(row["delay"] + row["spread"]))
        assert row["slippage_arrival"] == pytest.approx(-row["spread"])
    assert (frame.loc[frame["fee_model"] == "schedule", "rebates"] == 0.0).all()
    assert (frame.loc[frame["fee_model"] == "rebate", "rebates"] > 0.0).all()


def test_markouts_and_adverse_selection_of_makers(compared):
    frame = compared.frame()
    for horizon in ("1s", "5s", "60s"):
        assert frame[f"markout_{horizon}_bp"].notna().all()
    # A market maker at the touch of this data is picked off: it gives back more than the half-spread that it earned
    assert (frame["slippage_fill_bp"] < 0.0).all()
    assert (frame["adverse_selection_bp"] > 0.0).all()
    result = compared.results[0]
    fills = result.fills_report()
    first = fills.iloc[0]
    sign = 1.0 if first["order_side"] == "BUY" else -1.0
    assert np.isfinite(sign * (first["mid_5s"] - first["last_px"]))


def test_the_frame_cannot_be_spoilt(compared):
    del compared.frame()["net"]
    assert "net" in compared.frame()


def test_differences_of_sharpe_ratios_are_those_of_the_frame(bars_config):
    chosen = StatisticsConfig(days_per_year=365, risk_free_rate=0.05, day_boundary="17:00 America/New_York")
    config = msgspec.structs.replace(
        bars_config, engine=msgspec.structs.replace(bars_config.engine, statistics=chosen), end="2024-01-31"
    )
    own = compare(config, fee_models={"own": None, "low": model("MakerTakerFeeModel", maker="0", taker="0.00001")})
    frame, table = own.frame(), own.differences()
    assert table["period"].unique().tolist() == ["day"]
    assert table.at["low", "sharpe"] == pytest.approx(frame.at["low", "sharpe"] - frame.at["own", "sharpe"], abs=1e-9)
    assert table.at["low", "pnl"] == pytest.approx(frame.at["low", "net"] - frame.at["own", "net"], abs=1e-6)


def test_differences_against_a_baseline(compared):
    table = compared.differences("half / schedule", seed=1)
    frame = compared.frame()
    assert table.index.tolist() == compared.names
    assert table.loc["half / schedule", "pnl"] == 0.0
    for name in compared.names:
        assert table.loc[name, "pnl"] == pytest.approx(frame.loc[name, "net"] - frame.loc["half / schedule", "net"])
    better = table.loc["half / rebate"]
    assert better["pnl_clear"] and better["pnl_low"] < better["pnl"] < better["pnl_high"]
    assert table["period"].unique().tolist() == ["sample"]
    assert table.equals(compared.differences("half / schedule", seed=1))
    assert compared.differences().equals(compared.differences("half / schedule"))


def test_too_few_periods_have_a_reason(compared):
    table = compared.differences(freq="day")
    assert table["pnl_low"].isna().all()
    assert table["why"].unique().tolist() == ["needs 20 periods, has 1"]


def test_other_tables(compared):
    assert compared.attribution().index.names == ["world", "currency"]
    assert compared.execution_quality().index.names == ["world", "group"]
    assert compared.execution_quality(["order_side"]).loc[("half / rebate", "BUY"), "fills"] > 0
    equity = compared.equity()
    assert equity.columns.tolist() == compared.names
    assert (equity.iloc[0] == 1_000_000.0).all()
    table = compared.pivot("net", "fill_model", "fee_model")
    assert table.loc["crossed", "rebate"] == pytest.approx(compared.frame().loc["crossed / rebate", "net"])
    with pytest.raises(KeyError, match="no column 'queue_model', must be one of fill_model, fee_model"):
        compared.pivot("net", "fill_model", "queue_model")


def test_a_saved_comparison_is_the_same(compared, tmp_path):
    folder = compared.save(tmp_path / "new" / "comparison")
    again = Comparison.load(folder)
    assert again.names == compared.names
    assert again.axes == compared.axes
    pd.testing.assert_frame_equal(again.frame(), compared.frame())
    pd.testing.assert_frame_equal(again.differences(seed=3), compared.differences(seed=3))
    assert [r.attributed() for r in again.results] == [r.attributed() for r in compared.results]
    with pytest.raises(ResultError, match="`reprice` needs every event of the run"):
        again.reprice({"free": model("MakerTakerFeeModel", maker="0", taker="0")})


def test_a_saved_comparison_is_whole_or_not_there(compared, tmp_path):
    folder = compared.save(tmp_path / "comparison")
    with pytest.raises(ResultError, match="a comparison was saved to .* before: name another folder"):
        compared.save(folder)
    one = Comparison(compared.results[:1], compared.axes[:1])
    assert len(Comparison.load(one.save(folder, overwrite=True))) == 1
    with pytest.raises(ResultError, match="something else is there"):
        compared.save(tmp_path, overwrite=True)
    broken = Comparison([SimpleNamespace(name="x")], [{}])
    with pytest.raises(AttributeError):
        broken.save(tmp_path / "broken")
    assert [path.name for path in tmp_path.iterdir()] == ["comparison"]
    with pytest.raises(ResultError, match="no saved comparison at"):
        Comparison.load(tmp_path)
    manifest = folder / "comparison.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(ResultError, match="in format 99, this version .* upgrade nautilus_lite"):
        Comparison.load(folder)
    manifest.write_text("{}")
    with pytest.raises(ResultError, match="damaged: comparison.json cannot be read"):
        Comparison.load(folder)


def test_unknown_worlds_are_named(compared):
    with pytest.raises(KeyError, match="no world named 'half / rebat', did you mean 'half / rebate'"):
        compared["half / rebat"]
    with pytest.raises(KeyError, match="no world named"):
        compared.differences("nobody")


def test_html_is_escaped():
    frame = pd.DataFrame({"net": [1.0]}, index=pd.Index(["<script>"], name="world"))
    comparison = Comparison([SimpleNamespace(name="<script>")], [{"<b>": "<script>"}])
    comparison._frame = frame
    assert "<script>" not in comparison._repr_html_()
    assert "<b>:" not in comparison._repr_html_() and "&lt;b&gt;" in comparison._repr_html_()


def test_a_configuration_knows_the_names_of_its_worlds(short_config):
    strategies = {"own": short_config.engine.strategies}
    settings = CompareConfig(run=short_config, fee_models=FEES, queue_models=QUEUES, bar_paths=["WORST"], strategies=strategies)
    assert compare(settings.run, **settings.axes()).names == settings.world_names()
    assert CompareConfig.from_dict(settings.json_primitives()) == settings


def test_nothing_to_compare(short_config):
    with pytest.raises(InvalidConfiguration, match="nothing to compare: give `fill_models`"):
        compare(short_config, fill_models={})
    with pytest.raises(InvalidConfiguration, match="two worlds would be named 'a / b / c'"):
        compare(short_config, fill_models={"a": None, "a / b": None}, fee_models={"b / c": None, "c": None})


def test_worlds_that_make_no_comparison():
    world = SimpleNamespace(name="a")
    with pytest.raises(ValueError, match="`axes` must have one entry a world, has 2 for 1 worlds"):
        Comparison([world], [{}, {}])
    with pytest.raises(ValueError, match="`results` is empty, a comparison needs at least one world"):
        Comparison([], [])
    with pytest.raises(ValueError, match="worlds must have different names, 'a' is there more than once"):
        Comparison([world, SimpleNamespace(name="b"), world])


def test_a_run_without_equity_has_no_money(short_config):
    config = msgspec.structs.replace(short_config, engine=msgspec.structs.replace(short_config.engine, equity_interval_ns=0))
    frame = compare(config, fee_models=FEES).frame()
    assert frame["net"].isna().all()
    assert (frame["fills"] > 0).all()
