"""The same EMA cross on the same bars in the nautilus_trader package.

Set `NAUTILUS_TRADER_PYTHON` to the interpreter of an environment that has it.
"""

import json
import os
import subprocess
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.examples.ema_cross import EMACross, EMACrossConfig
from nautilus_lite.model.data import Bar, BarType
from nautilus_lite.model.enums import AccountType, OmsType
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog

PEER = os.environ.get("NAUTILUS_TRADER_PYTHON")
CATALOG = Path(__file__).resolve().parents[2] / "catalog"
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")


@pytest.mark.differential
@pytest.mark.skipif(not PEER, reason="NAUTILUS_TRADER_PYTHON does not name an interpreter with nautilus_trader")
@pytest.mark.parametrize(("fast", "slow"), [(10, 20), (20, 60)])
def test_same_orders_fills_and_balance(tmp_path, fast, slow):
    catalog = ParquetDataCatalog(CATALOG)
    rows = catalog.query_rows(Bar, BAR_TYPE)[:10_000]
    path = tmp_path / "bars.json"
    path.write_text(json.dumps([[int(row[name]) for name in rows.dtype.names if name != "ts_event"] for row in rows]))
    script = Path(__file__).with_name("peer_ema_cross.py")
    done = subprocess.run([PEER, str(script), str(path), str(fast), str(slow)], capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout.strip().splitlines()[-1])

    instrument = catalog.instruments(instrument_ids=["EUR/USD.SIM"])[0]
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
        default_leverage=Decimal(10),
    )
    engine.add_instrument(instrument)
    engine.add_rows("bar", BAR_TYPE, rows)
    config = EMACrossConfig(
        instrument_id=instrument.id, bar_type=BAR_TYPE, trade_size=Decimal(100_000), fast_period=fast, slow_period=slow
    )
    engine.add_strategy(EMACross(config))
    engine.run()
    mine = [
        (e.ts_event, e.order_side.name, str(e.last_qty), str(e.last_px), e.commission.as_decimal())
        for order in engine.cache.orders()
        for e in order.events
        if isinstance(e, OrderFilled)
    ]
    assert len(mine) > 100
    assert [fill[:4] for fill in mine] == [tuple(fill[:4]) for fill in theirs["fills"]]
    off = Decimal(0)
    for ours, fill in zip(mine, theirs["fills"], strict=True):
        exact = Decimal(ours[2]) * Decimal(ours[3]) * Decimal("0.00002")
        assert ours[4] == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
        if Decimal(fill[4]) != ours[4]:
            # An exact half cent: here it goes to the even cent, in 1.231 to either
            assert abs(exact - ours[4]) == abs(exact - Decimal(fill[4])) == Decimal("0.005")
            off += Decimal(fill[4]) - ours[4]
    assert len(engine.cache.orders()) == theirs["orders"]
    account = engine.cache.account_for_venue(Venue("SIM"))
    balance = account.balance_total(Currency.from_str("USD")).as_decimal()
    assert balance - off == Decimal(theirs["balance"])
