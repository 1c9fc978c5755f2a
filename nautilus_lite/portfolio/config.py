"""Configuration of the portfolio."""

from nautilus_lite.common.config import NautilusConfig


class PortfolioConfig(NautilusConfig, frozen=True):
    """
    Configuration of the portfolio.

    Parameters
    ----------
    convert_to_account_base_currency : bool, default True
        If values of accounts with a base currency are given in it; else they stay in the settlement currency.
    use_mark_prices : bool, default False
        If positions are valued at the last mark price where there is one; else, and before it, at the bid for longs and
        the ask for shorts, the last trade, or the last bar's close.

    """

    convert_to_account_base_currency: bool = True
    use_mark_prices: bool = False
