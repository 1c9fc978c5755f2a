"""What a run leaves behind besides its digest: the same in a comparison as alone, in pieces as in one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.data.dtypes import QUOTE_DTYPE
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import USD, make_engine


def same_records(one: BacktestResult, other: BacktestResult) -> None:
    assert one.digest == other.digest
    assert one.fill_mids.trade_ids == other.fill_mids.trade_ids
    np.testing.assert_array_equal(one.fill_mids.mids, other.fill_mids.mids)
    pd.testing.assert_frame_equal(one.exposure(), other.exposure())
    pd.testing.assert_frame_equal(one.positions_report(), other.positions_report())
    assert one.price_slots == other.price_slots
    for instrument_id in one.price_slots:
        pd.testing.assert_frame_equal(one.price_bars(instrument_id), other.price_bars(instrument_id))


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


def test_exposure_of_the_market_maker(maker_config: Any) -> None:
    result = run_backtest(maker_config)
    frame = result.exposure()
    assert len(frame) == len(result.equity()) > 20
    # One netting position of at most 0.050 bitcoin, and the one order that may be under way
    assert set(frame["n_open"]) == {0, 1}
    assert 1_000 < frame["gross"].max() < 0.07 * 50_000
    assert (frame["gross"] == frame["net"].abs()).all()
    assert frame["net"].min() < 0 < frame["net"].max()
    np.testing.assert_allclose(frame["leverage"], frame["gross"] / result.equity())


class Holds(Strategy):
    """Buys once at the start of the quotes."""

    def __init__(self, instrument: Any) -> None:
        super().__init__()
        self.instrument = instrument

    def on_start(self) -> None:
        self.clock.set_time_alert_ns("buy", 1_500, self.buy)

    def buy(self, event: Any) -> None:
        self.submit_order(self.order_factory.market(self.instrument.id, OrderSide.BUY, Quantity.from_int(1_000)))


def test_exposure_in_another_currency_is_converted_at_the_rate_of_its_time() -> None:
    yen = CurrencyPair(
        instrument_id=InstrumentId.from_str("USD/JPY.SIM"),
        raw_symbol=Symbol("USD/JPY"),
        base_currency=USD,
        quote_currency=Currency.from_str("JPY"),
        price_precision=3,
        size_precision=0,
        price_increment=Price.from_str("0.001"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal(0),
        taker_fee=Decimal(0),
        ts_event=0,
        ts_init=0,
    )
    engine = make_engine(BookType.L1_MBP, [yen], equity_interval_ns=1_000)
    rows = np.zeros(4, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = (1_000, 2_000, 3_000, 4_000)
    rows["bid"] = (150_000, 150_000, 140_000, 120_000)
    rows["ask"] = rows["bid"] + 20_000
    rows["bid_size"] = rows["ask_size"] = 5_000
    engine.add_rows("quote", yen.id, rows)
    engine.add_strategy(Holds(yen))
    engine.run()
    frame = engine.get_result().exposure()
    # 1,000 dollars at the bid in yen, at the middle back in dollars
    assert frame["gross"].tolist() == pytest.approx([0.0, 150_000 / 160, 140_000 / 150, 120_000 / 130])
    assert frame["net"].tolist() == frame["gross"].tolist()
    bars = engine.get_result().price_bars(yen.id)
    # Middles; rows of a sample's own time are in it, and at the start there was none yet
    assert bars["close"].tolist() == [160.0, 150.0, 130.0]
    assert bars["open"].tolist() == [160.0, 160.0, 150.0]
    assert (bars["high"].tolist(), bars["low"].tolist()) == ([160.0, 160.0, 150.0], [160.0, 150.0, 130.0])
    assert bars.index.asi8.tolist() == [2_000, 3_000, 4_000]
    with pytest.raises(KeyError, match="no instrument 'EUR/USD.SIM' in this run, there are: USD/JPY.SIM"):
        engine.get_result().price_bars("EUR/USD.SIM")


def test_bars_of_a_run_are_the_closes_of_its_data(bars_config: Any) -> None:
    result = run_backtest(bars_config)
    bars = result.price_bars("EUR/USD.SIM")
    assert 100 < len(bars) < len(result.equity())
    catalog = ParquetDataCatalog(bars_config.data[0].catalog_path)
    closes = {bar.ts_init: float(bar.close) for bar in catalog.bars(bars_config.data[0].bar_types, end=bars_config.end)}
    for ts, close in zip(bars.index.asi8, bars["close"], strict=True):
        if ts in closes:
            assert close == closes[ts]
    assert (bars["high"] == bars[["open", "close"]].max(axis=1)).all()
    assert (bars["open"][1:].to_numpy() == bars["close"][:-1]).all()
