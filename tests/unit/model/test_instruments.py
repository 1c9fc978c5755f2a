"""The kinds of instruments: what they are, and that they go to a dictionary and back."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest

import nautilus_lite.model.instruments as instruments
from nautilus_lite.model.enums import AssetClass, InstrumentClass, OptionKind
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments import Instrument, instrument_from_dict
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog

USD, USDT, BTC, EUR = (Currency.from_str(code) for code in ("USD", "USDT", "BTC", "EUR"))
WHOLE = {"price_precision": 2, "price_increment": Price.from_str("0.05")}
SIZED = {**WHOLE, "size_precision": 1, "size_increment": Quantity.from_str("0.1")}
TIMES = {"ts_event": 1, "ts_init": 2, "info": {"source": "here"}}
LIMITS = {
    "max_quantity": Quantity.from_str("900.0"), "min_quantity": Quantity.from_str("0.2"),
    "max_notional": Money.from_str("5 USD"), "min_notional": Money.from_str("1 USD"),
    "max_price": Price.from_str("9.00"), "min_price": Price.from_str("0.10"),
}  # fmt: skip
RATES = {
    "margin_init": Decimal("0.1"), "margin_maint": Decimal("0.05"),
    "maker_fee": Decimal("-0.0001"), "taker_fee": Decimal("0.0002"),
}  # fmt: skip
LIFE = {"activation_ns": 5, "expiration_ns": 9}
LOTS = {"multiplier": Quantity.from_int(50), "lot_size": Quantity.from_int(1)}
LOT = {"lot_size": Quantity.from_str("0.1")}
STRIKE = {"option_kind": OptionKind.PUT, "strike_price": Price.from_str("100.00")}
SETTLED = {"quote_currency": USDT, "settlement_currency": USDT, "is_inverse": False}

KINDS: list[tuple[str, dict[str, Any], InstrumentClass, AssetClass]] = [
    ("BinaryOption", {"asset_class": AssetClass.ALTERNATIVE, "currency": USD, **SIZED, **LIFE, "outcome": "Yes",
                      "description": "Rain?", "maker_fee": Decimal(0), "taker_fee": Decimal("0.01"),
                      "max_quantity": Quantity.from_str("9.0"), "min_quantity": Quantity.from_str("0.1")},
     InstrumentClass.BINARY_OPTION, AssetClass.ALTERNATIVE),
    ("Cfd", {"asset_class": AssetClass.INDEX, "quote_currency": USD, **SIZED, "base_currency": EUR, **LOT, **LIMITS, **RATES},
     InstrumentClass.CFD, AssetClass.INDEX),
    ("Commodity", {"asset_class": AssetClass.COMMODITY, "quote_currency": USD, **SIZED, **LOT, **LIMITS, **RATES},
     InstrumentClass.SPOT, AssetClass.COMMODITY),
    ("CryptoFuture", {"underlying": BTC, **SETTLED, **LIFE, **SIZED, **LOT, **RATES},
     InstrumentClass.FUTURE, AssetClass.CRYPTOCURRENCY),
    ("CryptoOption", {"underlying": BTC, **SETTLED, **STRIKE, **LIFE, **SIZED, **LOT, **LIMITS, **RATES},
     InstrumentClass.OPTION, AssetClass.CRYPTOCURRENCY),
    ("CryptoPerpetual", {"base_currency": BTC, **SETTLED, **SIZED, **LOT, **LIMITS, **RATES},
     InstrumentClass.SWAP, AssetClass.CRYPTOCURRENCY),
    ("CurrencyPair", {"base_currency": EUR, "quote_currency": USD, **SIZED, **LOT, **LIMITS, **RATES},
     InstrumentClass.SPOT, AssetClass.FX),
    ("Equity", {"currency": USD, **WHOLE, "lot_size": Quantity.from_int(1), "isin": "US0378331005", **RATES},
     InstrumentClass.SPOT, AssetClass.EQUITY),
    ("FuturesContract", {"asset_class": AssetClass.INDEX, "currency": USD, **WHOLE, **LOTS, "underlying": "ES", **LIFE,
                         "exchange": "XCME", **RATES},
     InstrumentClass.FUTURE, AssetClass.INDEX),
    ("FuturesSpread", {"asset_class": AssetClass.INDEX, "currency": USD, **WHOLE, **LOTS, "underlying": "ES",
                       "strategy_type": "EQ", **LIFE, "exchange": "XCME", **RATES},
     InstrumentClass.FUTURES_SPREAD, AssetClass.INDEX),
    ("IndexInstrument", {"currency": USD, **SIZED}, InstrumentClass.SPOT, AssetClass.INDEX),
    ("OptionContract", {"asset_class": AssetClass.EQUITY, "currency": USD, **WHOLE, **LOTS, "underlying": "AAPL", **STRIKE,
                        **LIFE, "exchange": "OPRA", **RATES},
     InstrumentClass.OPTION, AssetClass.EQUITY),
    ("OptionSpread", {"asset_class": AssetClass.EQUITY, "currency": USD, **WHOLE, **LOTS, "underlying": "AAPL",
                      "strategy_type": "vertical", **LIFE, "exchange": "OPRA", **RATES},
     InstrumentClass.OPTION_SPREAD, AssetClass.EQUITY),
    ("PerpetualContract", {"underlying": "GOLD", "asset_class": AssetClass.COMMODITY, **SETTLED, **SIZED, **LOT, **LIMITS,
                           **RATES},
     InstrumentClass.SWAP, AssetClass.COMMODITY),
]  # fmt: skip


def make(name: str, arguments: dict[str, Any]) -> Any:
    return getattr(instruments, name)(
        instrument_id=InstrumentId.from_str("X.SIM"), raw_symbol=Symbol("x"), **arguments, **TIMES
    )


@pytest.mark.parametrize(("name", "arguments", "kind", "asset"), KINDS, ids=[row[0] for row in KINDS])
def test_a_kind_of_instrument_goes_to_a_dictionary_and_back(tmp_path, name, arguments, kind, asset):
    made = make(name, arguments)
    assert (made.instrument_class, made.asset_class) == (kind, asset)
    names = {"currency": "quote_currency", "underlying": "underlying"}
    for given, value in {**arguments, **TIMES}.items():
        assert getattr(made, names.get(given, given)) == value, given
    catalog = ParquetDataCatalog(tmp_path)
    catalog.write_data([made])
    for copy in (instrument_from_dict(made.to_dict()), pickle.loads(pickle.dumps(made)), catalog.instruments()[0]):
        assert type(copy) is type(made)
        assert copy.to_dict() == made.to_dict()


def test_every_kind_is_tested_here_and_has_a_module_of_its_own():
    kinds = {name for name in instruments.__all__ if name not in ("Instrument", "instrument_from_dict")}
    assert kinds == {row[0] for row in KINDS}
    for name in kinds:
        cls = getattr(instruments, name)
        assert issubclass(cls, Instrument)
        assert cls.__module__.startswith("nautilus_lite.model.instruments.")


def test_what_does_not_fit_together():
    with pytest.raises(ValueError, match=r"option X.SIM cannot be inverse, was is_inverse=True: give one priced in its base"):
        make("CryptoOption", {**dict(KINDS[4][1]), "is_inverse": True})
    with pytest.raises(ValueError, match="invalid `expiration_ns`, must be >= activation_ns, was 5 < 9"):
        make("FuturesSpread", {**dict(KINDS[9][1]), "activation_ns": 9, "expiration_ns": 5})
    with pytest.raises(ValueError, match="unknown instrument type 'Warrant', must be one of Instrument, BinaryOption, Cfd"):
        instrument_from_dict({"type": "Warrant"})
