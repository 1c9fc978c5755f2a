"""A large order worked by TWAP: equal slices over ten minutes instead of one fill that walks the book."""

from decimal import Decimal
from pathlib import Path

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide
from nautilus_lite.model.identifiers import ExecAlgorithmId, InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
INSTRUMENT_ID = InstrumentId.from_str("EUR/USD.SIM")


class BuyOnce(Strategy):
    """Buys at the first quote."""

    def on_start(self) -> None:
        self.subscribe_quote_ticks(INSTRUMENT_ID)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.unsubscribe_quote_ticks(INSTRUMENT_ID)
        self.submit_order(
            self.order_factory.market(
                INSTRUMENT_ID,
                OrderSide.BUY,
                self.cache.instrument(INSTRUMENT_ID).make_qty(Decimal(500_000)),
                exec_algorithm_id=ExecAlgorithmId("TWAP"),
                exec_algorithm_params={"horizon_secs": 600, "interval_secs": 60},
            )
        )


if __name__ == "__main__":
    catalog = ParquetDataCatalog(str(CATALOG))
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
    )
    engine.add_instrument(catalog.instruments(instrument_ids=[str(INSTRUMENT_ID)])[0])
    engine.add_data(catalog.quote_ticks(instrument_ids=[str(INSTRUMENT_ID)]))
    engine.add_exec_algorithm(TWAPExecAlgorithm())
    engine.add_strategy(BuyOnce())
    engine.run()
    fills = engine.get_result().fills_report()
    print(fills[["trade_id", "last_qty", "last_px", "mid_arrival", "fill_reason", "ts_event"]].to_string())
    price = (fills.last_qty * fills.last_px).sum() / fills.last_qty.sum()
    print(f"bought {fills.last_qty.sum():,.0f} in {len(fills)} fills at {price:.6f}")
