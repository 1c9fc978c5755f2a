"""The look before a run, over catalogs, in comparisons and from the command line."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import build_engine, run_backtest
from nautilus_lite.cli import main
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import PreflightError
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog

DAY_NS = 86_400_000_000_000


def quote(pair, ts, bid="1.00000", ask="1.00002"):
    return QuoteTick(
        instrument_id=pair.id,
        bid_price=Price.from_str(bid),
        ask_price=Price.from_str(ask),
        bid_size=Quantity.from_int(1),
        ask_size=Quantity.from_int(1),
        ts_event=ts,
        ts_init=ts,
    )


def config_of(bars_config, catalog, **changes):
    values = bars_config.json_primitives()
    values["data"] = [{"catalog_path": str(catalog), "data_cls": "QuoteTick"}]
    values["engine"]["strategies"] = []
    values.update({"start": None, "end": None}, **changes)
    return type(bars_config).from_dict(values)


@pytest.fixture
def other_precision(pair, tmp_path):
    """A catalog whose instrument was defined anew with four digits after its data was written with five."""
    catalog = ParquetDataCatalog(tmp_path)
    catalog.write_data([pair("EUR/USD")])
    catalog.write_data([quote(pair("EUR/USD"), ts * 10**9) for ts in range(1, 100)])
    catalog.write_data([pair("EUR/USD", price_precision=4)])
    return tmp_path


def test_data_of_another_precision_stops_the_run(bars_config, other_precision):
    with pytest.raises(PreflightError, match=r"precision \(5, 0\), its instrument \(4, 0\)"):
        run_backtest(config_of(bars_config, other_precision))


def test_the_sample_catalog_is_clean(bars_config, maker_config):
    for config in (bars_config, maker_config):
        engine = build_engine(config)
        assert engine.preflight(config.start, config.end).findings == []
        assert engine.preflight(config.start, config.end, full=True).findings == []


def test_warnings_reach_the_result_and_change_no_digest(bars_config):
    values = bars_config.json_primitives()
    values["engine"]["strategies"][0]["config"]["instrument_id"] = "EUR/USD.SIM"
    plain = run_backtest(type(bars_config).from_dict(values))
    values["engine"]["preflight"] = {"enabled": False}
    silent = run_backtest(type(bars_config).from_dict(values))
    assert plain.digest == silent.digest
    values["engine"]["preflight"] = {}
    values["venues"][0]["starting_balances"] = ["0 USD"]
    assert any("preflight: balance [SIM]" in w for w in run_backtest(type(bars_config).from_dict(values)).warnings)


def test_comparisons_look_too(bars_config):
    values = bars_config.json_primitives()
    values["venues"][0]["book_type"] = "L2_MBP"
    models = {"a": ImportableConfig(path="nautilus_lite.backtest.models:FillModel", config={})}
    with pytest.raises(PreflightError, match="L2 book but"):
        compare(type(bars_config).from_dict(values), fill_models=models)


def test_files_far_apart_are_a_gap_and_many_groups_are_sampled(bars_config, pair, tmp_path):
    catalog = ParquetDataCatalog(tmp_path)
    catalog.write_data([pair("EUR/USD")])
    monday = 1_704_067_200 * 10**9
    for start in (monday, monday + 2 * DAY_NS):
        catalog.write_data([quote(pair("EUR/USD"), start + ts * 10**9) for ts in range(200)])
    report = build_engine(config_of(bars_config, tmp_path, engine={"preflight": {"sample_rows": 64}})).preflight()
    assert [(s.rows, s.total) for s in report.samples] == [(64, 400)]
    gap = report.named("gaps")[0]
    # From the last second of the first file to the first of the second
    assert gap.first == "2024-01-01T00:03:19.000000000Z to 2024-01-03T00:00:00.000000000Z"


def test_a_window_of_a_catalog_holds_its_rows_and_no_others(bars_config, pair, tmp_path):
    catalog = ParquetDataCatalog(tmp_path)
    catalog.write_data([pair("EUR/USD")])
    for start in (0, 500):
        catalog.write_data([quote(pair("EUR/USD"), start + ts + 1) for ts in range(400)])
    engine = build_engine(config_of(bars_config, tmp_path))
    source = engine._streams[0].source
    rows = np.concatenate([block for block, _ in source.window(390, 510)])
    assert rows["ts_init"].tolist() == [*range(390, 401), *range(501, 511)]
    # The last row before the second file is in the first
    assert [source.last(1, end)["ts_init"].tolist() for end in (500, 505, 10_000)] == [[400], [505], [900]]
    assert len(source.last(401, 500)) == 0


@pytest.fixture
def check(bars_config, tmp_path):
    def run(values, *options):
        path = tmp_path / "run.yaml"
        path.write_bytes(msgspec.yaml.encode(values))
        return CliRunner().invoke(main, ["check", str(path), *options])

    return run


def test_check_of_a_clean_configuration(check, bars_config):
    result = check(bars_config.json_primitives(), "--full")
    assert result.exit_code == 0, result.output
    assert "nothing found" in result.output
    assert "rows were looked at" in result.output


def test_check_ends_with_1_on_errors_that_are_not_allowed(check, bars_config):
    values = bars_config.json_primitives()
    values["venues"][0]["book_type"] = "L2_MBP"
    result = check(values)
    assert result.exit_code == 1
    assert "book_type" in result.output
    values["engine"]["preflight"] = {"allow": ["book_type"]}
    assert check(values).exit_code == 0


def test_help_of_check_teaches():
    text = CliRunner().invoke(main, ["check", "--help"]).output
    for word in ("error", "warning", "allow", "--full", "Exit code 1"):
        assert word in text
