"""Paths of bars as bounds: several in one comparison, and each as it is alone."""

import msgspec
import pandas as pd
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.trading.config import ImportableStrategyConfig
from tests.integration.conftest import BAR_TYPE

PATHS = ("WORST", "OHLC", "ADAPTIVE", "BEST")


@pytest.fixture
def tight(bars_config):
    """Brackets so tight that a bar may reach both exits."""
    strategy = ImportableStrategyConfig(
        strategy_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracket",
        config_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracketConfig",
        config={
            "instrument_id": "EUR/USD.SIM", "bar_type": BAR_TYPE, "trade_size": "100000", "fast_period": 3, "slow_period": 6,
            "stop_atr": 0.5, "profit_atr": 0.5,
        },
    )  # fmt: skip
    engine = msgspec.structs.replace(bars_config.engine, strategies=[strategy])
    return msgspec.structs.replace(bars_config, engine=engine, end="2024-01-05")


def alone(config, **settings):
    config = msgspec.structs.replace(config, venues=[msgspec.structs.replace(config.venues[0], **settings)])
    return BacktestNode([config]).run()[0]


def test_worlds_of_a_comparison_walk_their_own_paths(tight):
    comparison = compare(tight, bar_paths=PATHS)
    assert [result.name for result in comparison.results] == list(PATHS)
    for path in PATHS:
        result = alone(tight, bar_path=path)
        assert (result.digest, result.ambiguous_bars, result.warnings) == (
            comparison[path].digest, comparison[path].ambiguous_bars, comparison[path].warnings,
        )  # fmt: skip
        assert result.config["venues"][0]["bar_path"] == path
        # What other worlds walk is not seen by the excursions of this one
        pd.testing.assert_frame_equal(result.positions_report(), comparison[path].positions_report())
        assert (result.positions_report()["mae"] < 0).mean() > 0.5
        assert sum(result.ambiguous_bars.values()) > 20
    assert len({result.digest for result in comparison.results}) == len(PATHS)
    ends = [result.equity().iloc[-1] for result in comparison.results]
    # No theorem over many bars, but what the example shows
    assert ends[0] < ends[1] < ends[3]


def test_old_name_of_the_adaptive_path(tight):
    flag = alone(tight, bar_adaptive_high_low_ordering=True)
    assert flag.digest == alone(tight, bar_path="ADAPTIVE").digest
    assert compare(tight, bar_paths=["OHLC"])["OHLC"].digest == alone(tight).digest != flag.digest


def test_timing_by_configuration(tight):
    digests = {alone(tight, bar_order_timing=timing).digest for timing in ("THIS_CLOSE", "NEXT_OPEN", "NEXT_CLOSE")}
    assert len(digests) == 3
    assert alone(tight, bar_order_timing="THIS_CLOSE").digest == alone(tight).digest


def test_unknown_path_is_refused_before_the_run(tight):
    with pytest.raises(InvalidConfiguration, match=r"`bar_paths` of the comparison: .*did you mean WORST"):
        compare(tight, bar_paths=["WOST"])
    with pytest.raises(InvalidConfiguration, match=r"`bar_path` of SIM: .*did you mean BEST"):
        alone(tight, bar_path="BST")
