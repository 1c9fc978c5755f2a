from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.instruments.kinds import (
    CryptoFuture,
    CryptoPerpetual,
    CurrencyPair,
    Equity,
    FuturesContract,
    OptionContract,
    instrument_from_dict,
)

__all__ = [
    "CryptoFuture",
    "CryptoPerpetual",
    "CurrencyPair",
    "Equity",
    "FuturesContract",
    "Instrument",
    "OptionContract",
    "instrument_from_dict",
]
