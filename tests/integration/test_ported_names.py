"""What a strategy imports and asks for that was written for NautilusTrader: only the root of its imports is another."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import Any

import pytest

from nautilus_lite.core.correctness import PyCondition
from nautilus_lite.core.message import Event
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.algorithm import ExecAlgorithmConfig
from nautilus_lite.model import Money, OrderBook, Venue
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.test_kit.providers import TestInstrumentProvider
from nautilus_lite.trading import Strategy
from tests.integration.ported_names import MEMBERS, MODULES
from tests.venue_runs import HOUR, SECOND, Scripted, engine, perpetual, quote

# Names that are not NautilusTrader's own at that path, but are looked for there
ALSO = {
    "model": "Bar BarType InstrumentId Money OrderBook Position Price Quantity QuoteTick TraderId Venue",
    "core.correctness": "PyCondition",
    "serialization.arrow.serializer": "make_dict_deserializer make_dict_serializer register_arrow",
    "serialization.base": "register_serializable_type",
    "test_kit.providers": "TestInstrumentProvider",
}


@pytest.mark.parametrize("module", {**MODULES, **ALSO})
def test_names_are_where_they_are_looked_for(module: str) -> None:
    found = importlib.import_module(f"nautilus_lite.{module}")
    wanted = f"{MODULES.get(module, '')} {ALSO.get(module, '')}".split()
    assert [name for name in wanted if getattr(found, name, None) is None] == []


@pytest.mark.parametrize("name", MEMBERS)
def test_members_of_classes_are_there(name: str) -> None:
    module, members = MEMBERS[name]
    cls = getattr(importlib.import_module(f"nautilus_lite.{module}"), name)
    assert [member for member in members.split() if not hasattr(cls, member)] == []


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(ImportError, match="cannot import name 'Nonsense' from 'nautilus_lite.model'"):
        from nautilus_lite.model import Nonsense  # noqa: F401
    assert "OrderBook" in dir(importlib.import_module("nautilus_lite.model"))
    assert (OrderBook.__name__, Money.__name__, Strategy.__name__) == ("OrderBook", "Money", "Strategy")


def test_importing_a_value_does_not_import_everything() -> None:
    code = "import sys, nautilus_lite.model.objects; print('nautilus_lite.model.data' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_events_are_events() -> None:
    seen: list[Any] = []
    btc = perpetual()
    strategy = Scripted({SECOND: lambda s: s.market(btc, OrderSide.BUY, 1)})
    strategy.on_start = lambda: strategy.clock.set_time_alert_ns("go", SECOND, seen.append)  # type: ignore[method-assign]
    made = engine([btc], [quote(btc, 0, "100.00"), quote(btc, HOUR, "101.00")], [strategy])
    made.run()
    assert seen
    assert all(isinstance(event, Event) for event in seen)
    assert not isinstance("text", Event)


def test_reports_of_the_trader() -> None:
    btc = perpetual()
    strategy = Scripted({SECOND: lambda s: (s.market(btc, OrderSide.BUY, 1), s.limit(btc, OrderSide.BUY, 1, "1.00"))})
    made = engine([btc], [quote(btc, 0, "100.00"), quote(btc, HOUR, "101.00")], [strategy])
    made.run()
    trader = made.trader
    assert len(trader.generate_orders_report()) == 2
    assert len(trader.generate_order_fills_report()) == len(trader.generate_fills_report()) == 1
    assert len(trader.generate_positions_report()) == 1
    assert trader.generate_account_report(Venue("SIM"))["total"].iloc[0] == 1_000_000
    with pytest.raises(InvalidConfiguration, match=r"no account at venue XNAS, there are accounts at: \['SIM'\]"):
        trader.generate_account_report(Venue("XNAS"))


def test_one_class_of_configuration_whatever_its_path() -> None:
    from nautilus_lite import config
    from nautilus_lite.execution.config import ExecAlgorithmConfig as Other

    assert config.ExecAlgorithmConfig is ExecAlgorithmConfig is Other
    assert all(getattr(config, name) is not None for name in config.__all__)


@pytest.mark.parametrize(
    ("name", "good", "bad", "error"),
    [
        ("is_true", (True, "why"), (False, "why"), ValueError),
        ("is_false", (False, "why"), (True, "why"), ValueError),
        ("none", (None, "x"), (1, "x"), TypeError),
        ("not_none", (1, "x"), (None, "x"), TypeError),
        ("type", (1, int, "x"), ("a", int, "x"), TypeError),
        ("type_or_none", (None, int, "x"), ("a", int, "x"), TypeError),
        ("callable", (len, "x"), (1, "x"), TypeError),
        ("equal", (1, 1, "x", "y"), (1, 2, "x", "y"), ValueError),
        ("is_in", (1, [1], "x", "y"), (2, [1], "x", "y"), KeyError),
        ("not_in", (2, [1], "x", "y"), (1, [1], "x", "y"), KeyError),
        ("not_empty", ([1], "x"), ([], "x"), ValueError),
        ("valid_string", ("a", "x"), (" ", "x"), ValueError),
        ("positive", (0.1, "x"), (0.0, "x"), ValueError),
        ("positive_int", (1, "x"), (0, "x"), ValueError),
        ("not_negative", (0.0, "x"), (-0.1, "x"), ValueError),
        ("in_range", (5, 1, 5, "x"), (6, 1, 5, "x"), ValueError),
    ],
)
def test_conditions(name: str, good: tuple[Any, ...], bad: tuple[Any, ...], error: type[Exception]) -> None:
    check = getattr(PyCondition, name)
    check(*good)
    with pytest.raises(error, match="why|invalid `x`"):
        check(*bad)
    with pytest.raises(RuntimeError):
        check(*bad, ex_type=RuntimeError)


def test_ready_made_instruments() -> None:
    make = TestInstrumentProvider
    made = [
        make.default_fx_ccy("EUR/USD"), make.default_fx_ccy("USD/JPY", Venue("IDEALPRO")), make.btcusdt_binance(),
        make.ethusdt_binance(), make.btcusdt_perp_binance(), make.ethusdt_perp_binance(), make.equity(),
    ]  # fmt: skip
    assert [str(instrument.id) for instrument in made] == [
        "EUR/USD.SIM", "USD/JPY.IDEALPRO", "BTCUSDT.BINANCE", "ETHUSDT.BINANCE", "BTCUSDT-PERP.BINANCE", "ETHUSDT-PERP.BINANCE",
        "AAPL.XNAS",
    ]  # fmt: skip
    assert [str(instrument.price_increment) for instrument in made[:3]] == ["0.00001", "0.001", "0.01"]
