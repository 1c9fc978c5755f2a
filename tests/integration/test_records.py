"""What a run leaves behind besides its digest: the same in a comparison as alone, in pieces as in one."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.common.config import ImportableConfig


def same_records(one: BacktestResult, other: BacktestResult) -> None:
    assert one.digest == other.digest
    assert one.fill_mids.trade_ids == other.fill_mids.trade_ids
    np.testing.assert_array_equal(one.fill_mids.mids, other.fill_mids.mids)


def model(name: str, **options: Any) -> ImportableConfig:
    return ImportableConfig(path=f"nautilus_lite.backtest.models:{name}", config=options)


def test_a_world_of_a_comparison_has_the_records_of_the_run_alone(bars_config: Any, maker_config: Any) -> None:
    slips = {str(prob): model("FillModel", prob_slippage=prob, random_seed=5) for prob in (0.0, 0.5, 1.0)}
    delays = {str(delay): model("LatencyModel", base_latency_nanos=delay) for delay in (0, 500_000, 50_000_000)}
    for config, axis, models in ((bars_config, "fill_model", slips), (maker_config, "latency_model", delays)):
        together = compare(config, **{f"{axis}s": models})
        assert len({result.digest for result in together.results}) == len(models)
        for name, chosen in models.items():
            venue = msgspec.structs.replace(config.venues[0], **{axis: chosen})
            same_records(together[name], run_backtest(msgspec.structs.replace(config, venues=[venue])))


def test_middles_after_fills_are_in_the_report(maker_config: Any) -> None:
    frame = run_backtest(maker_config).fills_report()
    assert len(frame) > 100
    for column in ("mid_1s", "mid_5s", "mid_60s"):
        assert frame[column].dtype == float
        assert frame[column].notna().mean() > 0.9
        # A market moves by less than a percent in a minute
        assert (frame[column] / frame["mid_fill"] - 1).abs().max() < 0.01
