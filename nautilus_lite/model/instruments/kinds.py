"""The kinds of instruments by name."""

from __future__ import annotations

from typing import Any

from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.instruments.binary_option import BinaryOption
from nautilus_lite.model.instruments.cfd import Cfd
from nautilus_lite.model.instruments.commodity import Commodity
from nautilus_lite.model.instruments.crypto_future import CryptoFuture
from nautilus_lite.model.instruments.crypto_option import CryptoOption
from nautilus_lite.model.instruments.crypto_perpetual import CryptoPerpetual
from nautilus_lite.model.instruments.currency_pair import CurrencyPair
from nautilus_lite.model.instruments.equity import Equity
from nautilus_lite.model.instruments.futures_contract import FuturesContract
from nautilus_lite.model.instruments.futures_spread import FuturesSpread
from nautilus_lite.model.instruments.index import IndexInstrument
from nautilus_lite.model.instruments.option_contract import OptionContract
from nautilus_lite.model.instruments.option_spread import OptionSpread
from nautilus_lite.model.instruments.perpetual_contract import PerpetualContract

INSTRUMENT_CLASSES: dict[str, type[Instrument]] = {
    cls.__name__: cls
    for cls in (
        Instrument,
        BinaryOption,
        Cfd,
        Commodity,
        CryptoFuture,
        CryptoOption,
        CryptoPerpetual,
        CurrencyPair,
        Equity,
        FuturesContract,
        FuturesSpread,
        IndexInstrument,
        OptionContract,
        OptionSpread,
        PerpetualContract,
    )
}


def instrument_from_dict(values: dict[str, Any]) -> Instrument:
    """Make the instrument of a dictionary of `Instrument.to_dict`, by its `type`.

    Raises
    ------
    ValueError
        If the type is unknown.
    """
    cls = INSTRUMENT_CLASSES.get(values.get("type", ""))
    if cls is None:
        raise ValueError(f"unknown instrument type {values.get('type')!r}, must be one of {', '.join(INSTRUMENT_CLASSES)}")
    return cls.from_dict(values)
