from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.instruments.kinds import (
    CryptoFuture,
    CryptoPerpetual,
    CurrencyPair,
    Equity,
    FuturesContract,
    instrument_from_dict,
)

__all__ = [
    "CryptoFuture",
    "CryptoPerpetual",
    "CurrencyPair",
    "Equity",
    "FuturesContract",
    "Instrument",
    "instrument_from_dict",
]
