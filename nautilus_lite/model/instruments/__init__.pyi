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
from nautilus_lite.model.instruments.kinds import instrument_from_dict
from nautilus_lite.model.instruments.option_contract import OptionContract
from nautilus_lite.model.instruments.option_spread import OptionSpread
from nautilus_lite.model.instruments.perpetual_contract import PerpetualContract

__all__ = [
    "BinaryOption",
    "Cfd",
    "Commodity",
    "CryptoFuture",
    "CryptoOption",
    "CryptoPerpetual",
    "CurrencyPair",
    "Equity",
    "FuturesContract",
    "FuturesSpread",
    "IndexInstrument",
    "Instrument",
    "OptionContract",
    "OptionSpread",
    "PerpetualContract",
    "instrument_from_dict",
]
