"""The kinds of instruments by name, each imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from nautilus_lite.model.instruments.base import Instrument

MODULES = {
    "Instrument": "base",
    "BinaryOption": "binary_option",
    "Cfd": "cfd",
    "Commodity": "commodity",
    "CryptoFuture": "crypto_future",
    "CryptoOption": "crypto_option",
    "CryptoPerpetual": "crypto_perpetual",
    "CurrencyPair": "currency_pair",
    "Equity": "equity",
    "FuturesContract": "futures_contract",
    "FuturesSpread": "futures_spread",
    "IndexInstrument": "index",
    "OptionContract": "option_contract",
    "OptionSpread": "option_spread",
    "PerpetualContract": "perpetual_contract",
}


def instrument_from_dict(values: dict[str, Any]) -> Instrument:
    """Make the instrument of a dictionary of `Instrument.to_dict`, by its `type`.

    Raises
    ------
    ValueError
        If the type is unknown.
    """
    name = values.get("type", "")
    if name not in MODULES:
        raise ValueError(f"unknown instrument type {values.get('type')!r}, must be one of {', '.join(MODULES)}")
    cls = getattr(import_module(f"nautilus_lite.model.instruments.{MODULES[name]}"), name)
    return cls.from_dict(values)
