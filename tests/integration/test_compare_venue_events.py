"""Comparisons where venues act by themselves: rollover, funding, settlement and liquidation, heard at once and late.

Every world must do what it does alone; worlds may differ in what happens to them (one is liquidated, another is not).
"""

from itertools import product

import msgspec
import pandas as pd
import pytest

from nautilus_lite.analysis.attribution import PARTS
from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.config import BacktestDataConfig, BacktestEngineConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableActorConfig, ImportableConfig
from nautilus_lite.model.data import FundingRateUpdate, InstrumentClose
from nautilus_lite.model.enums import InstrumentCloseType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.config import ImportableStrategyConfig, StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.conftest import make_pair
from tests.venue_runs import HOUR, MINUTE, SECOND, future, perpetual, quote

TUESDAY = 1_704_153_600 * SECOND
AUD = make_pair("AUD/USD")
BTC = perpetual()
ES = future(expiration_ns=TUESDAY + 12 * HOUR)
SIZES = {AUD.id: 100_000, BTC.id: 40, ES.id: 2}
RATES = pd.DataFrame({"LOCATION": ["AUS", "USA"], "TIME": ["2024-01", "2024-01"], "Value": [4.35, 5.33]})


class BusyConfig(StrategyConfig, frozen=True, kw_only=True):
    sizes: dict[str, int]
    every_minutes: int = 7


class Busy(Strategy):
    """Buys more often than it sells, by a timer and by what it hears of prices, and remembers fundings and closes."""

    def on_start(self):
        self.n = 0
        for name in self.config.sizes:
            self.subscribe_quote_ticks(InstrumentId.from_str(name))
        self.clock.set_timer_ns("look", self.config.every_minutes * MINUTE, 0, 0, self.look)

    def look(self, event):
        for name, size in self.config.sizes.items():
            instrument = self.cache.instrument(InstrumentId.from_str(name))
            quote = self.cache.quote_tick(instrument.id)
            self.n += 1
            if quote is None or (instrument.id == ES.id and event.ts_event >= ES.expiration_ns):
                continue
            side = OrderSide.SELL if self.n % 5 < 2 else OrderSide.BUY
            quantity = Quantity(size, instrument.size_precision)
            if self.n % 3 == 0:
                price = quote.bid_price if side == OrderSide.BUY else quote.ask_price
                self.submit_order(self.order_factory.limit(instrument.id, side, quantity, price))
            else:
                self.submit_order(self.order_factory.market(instrument.id, side, quantity))


def data():
    """A day of quotes, one a minute a few milliseconds late; the perpetual falls by a third after noon."""
    found = [
        FundingRateUpdate(BTC.id, "0.0003", TUESDAY + hour * HOUR - MINUTE, TUESDAY + hour * HOUR - MINUTE,
                          next_funding_ns=TUESDAY + hour * HOUR)
        for hour in (8, 16)
    ]  # fmt: skip
    close = InstrumentClose(
        ES.id, Price.from_str("5003.25"), InstrumentCloseType.CONTRACT_EXPIRED, ES.expiration_ns, ES.expiration_ns
    )
    for i in range(24 * 60):
        ts = TUESDAY + i * MINUTE + SECOND
        step = (i * 7919) % 11 - 5
        fall = max(0, i - 720) * 5
        found.append(quote(AUD, ts, f"{0.65 + step / 1e4:.5f}", f"{0.65002 + step / 1e4:.5f}", size=10_000_000))
        found.append(quote(BTC, ts + 1, f"{(10_000 + step * 3 - fall) / 100:.2f}", f"{(10_002 + step * 3 - fall) / 100:.2f}"))
        if ts < ES.expiration_ns:
            found.append(quote(ES, ts + 2, f"{5_000 + step}.00", f"{5_000 + step}.25"))
    return [*found, close]


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("events")
    catalog = ParquetDataCatalog(folder / "catalog")
    rows = data()
    catalog.write_data([AUD, BTC, ES])
    for kind in {type(row) for row in rows}:
        catalog.write_data([row for row in rows if type(row) is kind])
    RATES.to_csv(folder / "rates.csv", index=False)
    return BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="SIM",
                oms_type="NETTING",
                account_type="MARGIN",
                starting_balances=["1500 USDT", "1000000 USD"],
                default_leverage=1.0,
                leverages={str(AUD.id): 20.0, str(BTC.id): 10.0},
                liquidation_enabled=True,
                modules=[
                    ImportableActorConfig(
                        actor_path="nautilus_lite.backtest.modules:FXRolloverInterestModule",
                        config_path="nautilus_lite.backtest.modules:FXRolloverInterestConfig",
                        config={"rate_data": str(folder / "rates.csv")},
                    )
                ],
            )
        ],
        data=[
            BacktestDataConfig(catalog_path=str(folder / "catalog"), data_cls=name)
            for name in ("QuoteTick", "FundingRateUpdate", "InstrumentClose")
        ],
        engine=BacktestEngineConfig(
            strategies=[
                ImportableStrategyConfig(
                    strategy_path=f"{__name__}:Busy",
                    config_path=f"{__name__}:BusyConfig",
                    config={"sizes": {str(key): size for key, size in SIZES.items()}},
                )
            ],
        ),
    )


def model(name, **options):
    return ImportableConfig(path=f"nautilus_lite.backtest.models:{name}", config=options)


FEES = {"own": None, "dear": model("MakerTakerFeeModel", maker="0.0002", taker="0.002")}
FILLS = {"own": None, "slips": model("FillModel", prob_slippage=0.5, prob_fill_on_limit=0.3, random_seed=5)}


@pytest.mark.parametrize("feed_ns", [0, 250_000_000, 90 * SECOND])
def test_worlds_equal_their_own_runs(config, feed_ns):
    latencies = {
        name: model("LatencyModel", base_latency_nanos=base, response_latency_nanos=response, feed_latency_nanos=feed_ns)
        for name, base, response in (("quick", 0, 0), ("slow", 3 * SECOND, 2 * SECOND))
    }
    comparison = compare(config, fill_models=FILLS, fee_models=FEES, latency_models=latencies)
    assert len(comparison) == 8
    for combination in product(FILLS.items(), FEES.items(), latencies.items()):
        name = " / ".join(label for label, _ in combination)
        models = dict(zip(("fill_model", "fee_model", "latency_model"), (given for _, given in combination), strict=True))
        venue = msgspec.structs.replace(config.venues[0], **{k: v for k, v in models.items() if v is not None})
        alone = run_backtest(msgspec.structs.replace(config, venues=[venue]))
        world = comparison[name]
        assert world.digest == alone.digest, name
        assert world.funding_payments == alone.funding_payments
        assert world.adjustments == alone.adjustments
        assert world.equity_samples.tobytes() == alone.equity_samples.tobytes()
        assert world.warnings == alone.warnings
    assert len({world.digest for world in comparison.results}) == 8

    for world in comparison.results:
        assert world.funding_payments
        assert world.adjustments, "rollover at 22:00"
        assert any(order.tags == ["EXPIRY"] for order in world.orders)
        assert any(order.tags == ["LIQUIDATION"] for order in world.orders)
        for entry in world.attributed():
            assert sum(getattr(entry, part) for part in PARTS) == entry.net
            assert entry.n_unmeasured == 0
        assert (world.reconcile()["difference"] == 0.0).all()
    frame = comparison.attribution()
    assert (frame.xs("USDT", level="currency")["funding"] != 0.0).all()
    assert (frame.xs("USD", level="currency")["adjustments"] != 0.0).all()
    assert comparison.frame()["net"].isna().all(), "no rate of USDT in dollars is known: no sum of the two is made up"
