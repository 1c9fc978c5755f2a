"""EMA cross on quotes: one-minute bid bars built inside, with the engine's parts put together by hand."""

from decimal import Decimal
from pathlib import Path

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import FillModel
from nautilus_lite.examples.ema_cross import EMACross, EMACrossConfig
from nautilus_lite.model.currencies import USD
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import AccountType, OmsType
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog

CATALOG = ParquetDataCatalog(Path(__file__).resolve().parent.parent / "catalog")

if __name__ == "__main__":
    instrument = CATALOG.instruments(instrument_ids=["EUR/USD.SIM"])[0]
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.HEDGING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        fill_model=FillModel(prob_fill_on_limit=0.5, prob_slippage=0.2, random_seed=7),
    )
    engine.add_instrument(instrument)
    engine.add_data(CATALOG.quote_ticks(instrument_ids=["EUR/USD.SIM"])[:50_000])
    engine.add_strategy(
        EMACross(
            EMACrossConfig(
                instrument_id=instrument.id,
                bar_type=BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL"),
                trade_size=Decimal(100_000),
            )
        )
    )
    engine.run()
    print(engine.get_result().summary())
    engine.dispose()
