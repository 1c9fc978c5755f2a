"""Random orders on random markets through this engine and `nautilus_trader`: every order must end alike.

Three sets: plain scenarios, scenarios of one theme each, and free ones that know no restriction. Whatever the peer says, the
audit must find nothing in what this engine says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import (  # noqa: F401  the scenarios ask for these names
    Bar,
    BarType,
    BookOrder,
    OrderBookDelta,
    OrderBookDeltas,
    QuoteTick,
    TradeTick,
)
from nautilus_lite.model.enums import (  # noqa: F401
    AccountType,
    AggressorSide,
    BookAction,
    BookType,
    ContingencyType,
    OmsType,
    OrderSide,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from nautilus_lite.model.identifiers import InstrumentId, Symbol, TradeId, Venue  # noqa: F401
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy  # noqa: F401
from tests.differential import scripted
from tests.differential.audit import wrong
from tests.differential.cases import aligned, essence
from tests.differential.differences import name_of
from tests.differential.plans import MARKETS, scenario
from tests.differential.themes import free_scenario, theme_scenario

PYTHON = os.environ.get("NAUTILUS_TRADER_PYTHON")
HERE = Path(__file__).parent
ID = InstrumentId.from_str("EUR/USD.SIM")
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-SECOND-LAST-EXTERNAL")
SETS = {"plain": scenario, "themes": theme_scenario, "free": free_scenario}
# How many scenarios of each, and of how many at least every order ends alike: what was measured, less a few that the peer itself
# does not end alike from run to run
N_SCENARIOS = {"plain": 600, "themes": 350, "free": 300}
N_PLAIN_QUOTES = 2_000
ALIKE = {
    "plain": {"quotes": 1_830, "trades": 514, "bars": 572, "book": 537, "book and trades": 530},
    "themes": {"quotes": 290, "trades": 269, "bars": 288, "book": 296, "book and trades": 232},
    "free": {"quotes": 234, "trades": 158, "bars": 200, "book": 217, "book and trades": 146},
}
USD = Currency.from_str("USD")


def engine(**settings: Any) -> BacktestEngine:
    made = BacktestEngine()
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        default_leverage=Decimal(10),
        **settings,
    )
    made.add_instrument(
        CurrencyPair(
            instrument_id=ID, raw_symbol=Symbol("EUR/USD"), base_currency=Currency.from_str("EUR"), quote_currency=USD,
            price_precision=5, size_precision=0, price_increment=Price.from_str("0.00001"),
            size_increment=Quantity.from_int(1), margin_init=Decimal("0.03"), margin_maint=Decimal("0.03"),
            maker_fee=Decimal("0.00002"), taker_fee=Decimal("0.00002"), ts_event=0, ts_init=0,
        )
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def peer() -> str:
    """Return the interpreter that has the peer, new enough."""
    asked = [str(PYTHON), "-c", "import nautilus_trader; print(nautilus_trader.__version__)"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if tuple(map(int, version.split(".")[:2])) < (1, 231):
        pytest.skip(f"compared with nautilus_trader 1.231 and newer, {PYTHON} has {version}")
    return str(PYTHON)


@pytest.mark.differential
@pytest.mark.skipif(PYTHON is None, reason="NAUTILUS_TRADER_PYTHON names no interpreter that has nautilus_trader")
@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("name", SETS)
def test_random_orders_end_alike(tmp_path: Path, peer: str, name: str, market: str) -> None:
    source = tmp_path / "scenarios.jsonl"
    n = N_PLAIN_QUOTES if (name, market) == ("plain", "quotes") else N_SCENARIOS[name]
    scenarios = [SETS[name](market, seed) for seed in range(n)]
    source.write_text("\n".join(map(json.dumps, scenarios)))
    done = subprocess.run([peer, str(HERE / "peer_scenarios.py"), str(source)], capture_output=True, text=True, check=True)
    theirs = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert len(theirs) == len(scenarios)
    named: Counter[str] = Counter()
    unnamed = {}
    unsound = {}
    different = set()
    n_orders = n_fills = 0
    for seed, (plan, other) in enumerate(zip(scenarios, theirs, strict=True)):
        told = scripted.run(sys.modules[__name__], plan)
        n_orders += len(told)
        n_fills += sum(len(order["fills"]) for order in told)
        if found := wrong(plan, told):
            unsound[seed] = found
        if "stopped" in (other[0] if other else {}):
            # Where a trail has no price to follow yet, the peer ends the run
            assert other[0]["stopped"].startswith("cannot process trailing stop, no "), other
            assert any(order["terms"]["kind"].startswith("trail") for order in told)
            different.add(seed)
            named["a trail waits for its first price"] += 1
            continue
        ours, other = aligned(told, other)
        for index, (mine, its) in enumerate(zip(ours, other, strict=True)):
            if essence(mine) != essence(its):
                different.add(seed)
                why = name_of(plan, ours, other, index)
                if why is None:
                    unnamed[seed, index] = (mine, its)
                named[str(why)] += 1
    print(
        f"{name}, {market}: {n} scenarios, {n_orders} orders, {n_fills} fills; in {n - len(different)} every order ends alike,"
        f" the others by order: {dict(named.most_common())}"
    )
    assert not unsound, dict(list(unsound.items())[:5])
    assert not unnamed, dict(list(unnamed.items())[:5])
    # A name is no cover
    assert n - len(different) >= ALIKE[name][market]
