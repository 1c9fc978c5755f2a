"""A result that was saved and loaded says what it said; what is damaged says so."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from nautilus_lite.analysis.own import PortfolioStatistic, deregister_statistic, register_statistic
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.backtest.models import MakerTakerFeeModel
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.backtest.saved.folder import FORMAT, MANIFEST
from nautilus_lite.errors import ResultError
from nautilus_lite.model.data.updates import FundingRateUpdate
from nautilus_lite.model.enums import OmsType, OrderSide
from nautilus_lite.model.objects import Money
from tests.venue_runs import HOUR, MINUTE, Scripted, engine, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
REPORTS = (
    "orders_report", "order_fills_report", "fills_report", "positions_report", "cycles_report", "account_report",
    "ledger_report", "funding_report", "equity_report", "exposure", "reconcile", "statistics_frame", "attribution",
    "execution_quality",
)


def trade(perp: Any) -> dict[int, Any]:
    """Return a script with cycles, a flip, orders that rest, are cancelled, denied, and one that stays open."""
    return {
        10 * MINUTE: lambda s: s.market(perp, BUY, "1.5", tags=["<first>"]),
        20 * MINUTE: lambda s: s.market(perp, SELL, "1.5"),
        30 * MINUTE: lambda s: s.limit(perp, BUY, "1", "10.00"),
        40 * MINUTE: lambda s: s.market(perp, SELL, "2"),
        50 * MINUTE: lambda s: s.market(perp, BUY, "3"),
        65 * MINUTE: lambda s: s.cancel_all_orders(perp.id),
        70 * MINUTE: lambda s: s.market(perp, BUY, "1000"),
        80 * MINUTE: lambda s: s.limit(perp, SELL, "1", "90000.00"),
    }


@pytest.fixture(scope="module")
def result() -> BacktestResult:
    perp = perpetual()
    quotes = [quote(perp, ts, f"{50_000 + ts // MINUTE}.00", f"{50_002 + ts // MINUTE}.00") for ts in range(0, 6 * HOUR, MINUTE)]
    rates = [FundingRateUpdate(perp.id, Decimal("0.0001"), ts, ts) for ts in (HOUR + 1, 3 * HOUR + 1)]
    run = engine([perp], [*quotes, *rates], [Scripted(trade(perp))], interval_ns=10 * MINUTE)
    run.run(streaming=True)
    run.world.exchanges[0].adjust_account(Money.from_str("-12.34567891 USDT"), "interest <>")
    run.end()
    return run.get_result()


@pytest.fixture
def loaded(result: BacktestResult, tmp_path: Path) -> BacktestResult:
    return BacktestResult.load(result.save(tmp_path / "run"))


def test_the_run_has_every_kind_of_content(result: BacktestResult) -> None:
    assert len(result.funding_payments) == 2
    assert len(result.adjustments) == 1
    assert len(result.snapshots) >= 2
    assert any(position.is_open for position in result.positions)
    assert {order.status.name for order in result.orders} >= {"FILLED", "CANCELED", "ACCEPTED"}
    assert set(result.ledger_report()["cause"]) == {"START", "TRADE", "FEE", "FUNDING", "ADJUSTMENT"}
    assert (result.reconcile()["difference"] == 0.0).all()


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_the_same(result: BacktestResult, loaded: BacktestResult, report: str) -> None:
    assert_frame_equal(getattr(loaded, report)(), getattr(result, report)(), check_freq=False, check_exact=True)


def test_figures_are_the_same(result: BacktestResult, loaded: BacktestResult) -> None:
    assert_series_equal(loaded.equity(), result.equity(), check_exact=True)
    assert_series_equal(loaded.equity("USDT"), result.equity("USDT"), check_exact=True)
    for one, other in zip(loaded.statistics(), result.statistics(), strict=True):
        assert (one.name, one.unit, one.convention, one.count, one.why) == (
            other.name, other.unit, other.convention, other.count, other.why
        )
        both_nan = one.value is not None and other.value is not None and math.isnan(one.value) and math.isnan(other.value)
        assert one.value == other.value or both_nan
    assert loaded.summary() == result.summary()
    assert loaded.funding() == result.funding()
    assert loaded.adjusted() == result.adjusted()
    assert loaded._repr_html_() == result._repr_html_()


class MaxLoser(PortfolioStatistic):
    unit = "USDT"

    def calculate_from_realized_pnls(self, realized_pnls: pd.Series) -> float:
        return float(realized_pnls.min())


class Endless(PortfolioStatistic):
    def calculate_from_returns(self, returns: pd.Series) -> float:
        return math.inf


class Wordy(PortfolioStatistic):
    def calculate_from_orders(self, orders: list[Any]) -> str:
        return f"{len(orders)} orders"


def test_own_statistics_and_settings_are_kept(result: BacktestResult, tmp_path: Path) -> None:
    index = pd.date_range("1970-01-01", periods=3, freq="D", tz="UTC")
    settings = StatisticsSettings.of(
        252, 0.02, "17:00 America/New_York", pd.Series([100.0, 101.0, 99.0], index=index, name="<index>"), [0.5, 1.0, None]
    )
    given = replace(
        result, statistics_settings=settings, own_statistics=[MaxLoser(), Endless(), Wordy()], _stats={}
    )
    again = BacktestResult.load(given.save(tmp_path / "run"))
    assert_frame_equal(again.statistics_frame(), given.statistics_frame())
    own = [stat for stat in again.statistics() if stat.group == "Own"]
    assert [stat.text() for stat in own] == [stat.text() for stat in given.statistics() if stat.group == "Own"]
    assert len(own) == 3
    kept = again.statistics_settings
    assert (kept.days_per_year, kept.risk_free_rate, kept.day_boundary) == (252, 0.02, settings.day_boundary)
    assert kept.trials == settings.trials
    assert kept.benchmark is not None
    assert settings.benchmark is not None
    assert_series_equal(kept.benchmark.values, settings.benchmark.values, check_freq=False, check_names=False)
    # What is registered here is made anew, and not listed twice
    register_statistic(MaxLoser())
    try:
        names = [stat.name for stat in BacktestResult.load(tmp_path / "run").statistics() if stat.group == "Own"]
        assert sorted(names) == ["Endless", "Max Loser", "Wordy"]
    finally:
        deregister_statistic(MaxLoser())


def test_every_field_is_kept(result: BacktestResult, loaded: BacktestResult) -> None:
    for field in fields(result):
        kept, was = getattr(loaded, field.name), getattr(result, field.name)
        if field.name in ("orders", "accounts", "own_statistics", "_stats", "_frames"):
            continue
        if field.name.endswith("_samples"):
            assert kept.dtype == was.dtype
            assert kept.tobytes() == was.tobytes()
        elif field.name == "fill_mids":
            assert kept.trade_ids == was.trade_ids
            assert kept.mids.tobytes() == was.mids.tobytes()
        elif field.name == "config":
            assert kept == json.loads(json.dumps(was, default=str))
        else:
            assert kept == was, field.name


def test_positions_are_what_they_were(result: BacktestResult, loaded: BacktestResult) -> None:
    for one, other in zip((*loaded.snapshots, *loaded.positions), (*result.snapshots, *result.positions), strict=True):
        assert one.to_dict() == other.to_dict()
        assert one.gross_pnl == other.gross_pnl
        assert (one.mae, one.mfe) == (getattr(other, "mae", None), getattr(other, "mfe", None))
        assert [event.to_dict() for event in one.events] == [event.to_dict() for event in other.events]


def test_orders_have_their_fills(result: BacktestResult, loaded: BacktestResult) -> None:
    for one, other in zip(loaded.orders, result.orders, strict=True):
        assert one.commissions() == other.commissions()
        assert one.is_closed == other.is_closed
        fills = [event.to_dict() for event in other.events if type(event).__name__ == "OrderFilled"]
        assert [event.to_dict() for event in one.events] == fills


def test_the_page_is_the_same(result: BacktestResult, loaded: BacktestResult, tmp_path: Path) -> None:
    first = Path(result.to_html(str(tmp_path / "a.html"))).read_text()
    assert Path(loaded.to_html(str(tmp_path / "b.html"))).read_text() == first


def test_loaded_and_saved_again_is_the_same_folder(loaded: BacktestResult, tmp_path: Path) -> None:
    again = loaded.save(tmp_path / "again")
    first = json.loads((tmp_path / "run" / MANIFEST).read_text())
    second = json.loads((again / MANIFEST).read_text())
    assert {k: v for k, v in first.items() if k != "files"} == {k: v for k, v in second.items() if k != "files"}
    assert first["files"].keys() == second["files"].keys()


def test_what_needs_the_run_says_so(loaded: BacktestResult) -> None:
    with pytest.raises(ResultError, match="`explain` needs every event of the run"):
        loaded.explain(loaded.orders[0].client_order_id)
    with pytest.raises(ResultError, match="`reprice` needs every event of the run"):
        loaded.reprice(MakerTakerFeeModel())


def test_other_tools_read_the_reports(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    fills = pd.read_parquet(folder / "fills.parquet")
    assert fills["last_px"].tolist() == result.fills_report()["last_px"].tolist()
    assert (folder / "ledger-SIM.parquet").is_file()


def test_hedged_positions_and_a_run_without_a_trade(tmp_path: Path) -> None:
    perp = perpetual()
    quotes = [quote(perp, ts, "50000.00", "50001.00") for ts in range(0, HOUR, MINUTE)]
    for name, script in (("hedged", {MINUTE: lambda s: [s.market(perp, side, 1) for side in (BUY, SELL)]}), ("empty", {})):
        run = engine([perp], quotes, [Scripted(script)], oms=OmsType.HEDGING)
        run.run()
        kept = run.get_result()
        again = BacktestResult.load(kept.save(tmp_path / name))
        for report in ("orders_report", "fills_report", "cycles_report", "ledger_report", "funding_report", "reconcile"):
            assert_frame_equal(getattr(again, report)(), getattr(kept, report)(), check_freq=False)
        assert len(again.positions) == (2 if name == "hedged" else 0)
        run.dispose()


def test_a_run_of_the_catalog(maker_config: Any, tmp_path: Path) -> None:
    kept = run_backtest(maker_config)
    again = BacktestResult.load(kept.save(tmp_path / "maker"))
    assert again.summary() == kept.summary()
    assert_frame_equal(again.fills_report(), kept.fills_report(), check_freq=False)


def test_two_runs_give_the_same_files_byte_for_byte(bars_config: Any, tmp_path: Path) -> None:
    folders = [run_backtest(bars_config).save(tmp_path / name) for name in ("one", "two")]
    first, second = (json.loads((folder / MANIFEST).read_text()) for folder in folders)
    assert first["files"] == second["files"]
    # The wall clock alone tells them apart
    assert {**first, "elapsed": 0.0} == {**second, "elapsed": 0.0}


def test_the_effective_configuration_is_in_every_result(bars_config: Any, tmp_path: Path) -> None:
    kept = run_backtest(bars_config)
    again = BacktestResult.load(kept.save(tmp_path / "run"))
    for found in (kept.config, again.config):
        venue = found["venues"][0]
        # What nobody set is told all the same
        assert venue["trade_execution"] is True
        assert venue["liquidity_consumption"] is False
        assert (venue["bar_path"], venue["bar_order_timing"]) == ("OHLC", "THIS_CLOSE")
        assert "FillModel" in str(venue["fill_model"])
        assert "FeeModel" in str(venue["fee_model"])
        assert found["run"]["engine"]["strategies"][0]["config"]["trade_size"] == "100000"


# What goes wrong


def test_nothing_is_overwritten_unasked(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    with pytest.raises(ResultError, match="was saved to .*run before: name another folder, or pass `overwrite=True`"):
        result.save(folder)
    (folder / "old").touch()
    assert result.save(folder, overwrite=True) == folder
    assert not (folder / "old").exists()
    (tmp_path / "mine").mkdir()
    with pytest.raises(ResultError, match="something else is there"):
        result.save(tmp_path / "mine", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "run"]


def test_a_save_that_fails_leaves_nothing(result: BacktestResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any) -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(BacktestResult, "equity_report", fail)
    with pytest.raises(OSError, match="disk full"):
        result.save(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_later_format_is_refused(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    values = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**values, "format": FORMAT + 1, "version": "9.0"}))
    with pytest.raises(ResultError, match=f"saved by nautilus_lite 9.0 in format {FORMAT + 1}, .* upgrade nautilus_lite"):
        BacktestResult.load(folder)


def test_no_result_there(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="no saved result at .*: there is no result.json"):
        BacktestResult.load(tmp_path)


@pytest.mark.parametrize("name", ["state/fills.parquet", "fills.parquet", "state/ledger-0.parquet"])
def test_a_file_that_is_missing_is_named(result: BacktestResult, tmp_path: Path, name: str) -> None:
    folder = result.save(tmp_path / "run")
    (folder / name).unlink()
    with pytest.raises(ResultError, match=f"damaged: {name} is missing"):
        BacktestResult.load(folder)


def test_a_file_that_was_changed_is_named(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    for name in ("state/equity.parquet", "fills.parquet"):
        raw = bytearray((folder / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        (folder / name).write_bytes(raw)
    with pytest.raises(ResultError, match=r"damaged: state/equity.parquet is not what was written"):
        BacktestResult.load(folder)
    values = json.loads((folder / MANIFEST).read_text())
    (folder / "state/equity.parquet").write_bytes(b"")
    (folder / MANIFEST).write_text(json.dumps(values)[:-20])
    with pytest.raises(ResultError, match=r"damaged: result.json cannot be read"):
        BacktestResult.load(folder)


def test_a_report_that_was_changed_is_noticed_when_it_is_read(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    raw = bytearray((folder / "fills.parquet").read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / "fills.parquet").write_bytes(raw)
    again = BacktestResult.load(folder)
    with pytest.raises(ResultError, match=r"fills.parquet is not what was written"):
        again.fills_report()


def test_a_value_that_is_missing_is_named(result: BacktestResult, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    values = json.loads((folder / MANIFEST).read_text())
    del values["digest"]
    (folder / MANIFEST).write_text(json.dumps(values))
    with pytest.raises(ResultError, match="damaged: KeyError\\('digest'\\)"):
        BacktestResult.load(folder)
