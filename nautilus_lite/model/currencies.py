"""The built-in currencies as constants: `from nautilus_lite.model.currencies import USD`."""

from nautilus_lite.model.currency_table import TABLE
from nautilus_lite.model.objects import Currency

# Named for editors; every other built-in currency is an attribute of this module too
AUD = Currency.from_str("AUD")
BTC = Currency.from_str("BTC")
CAD = Currency.from_str("CAD")
CHF = Currency.from_str("CHF")
ETH = Currency.from_str("ETH")
EUR = Currency.from_str("EUR")
GBP = Currency.from_str("GBP")
JPY = Currency.from_str("JPY")
NZD = Currency.from_str("NZD")
USD = Currency.from_str("USD")
USDC = Currency.from_str("USDC")
USDT = Currency.from_str("USDT")

for _code, *_ in TABLE:
    globals()[_code] = Currency.from_str(_code)
