"""Configuration of the portfolio."""

from nautilus_lite.common.config import NautilusConfig


class PortfolioConfig(NautilusConfig, frozen=True):
    """
    Configuration of the portfolio.

    Parameters
    ----------
    convert_to_account_base_currency : bool, default True
        If values of accounts with a base currency are given in it; else they stay in the settlement currency.

    """

    convert_to_account_base_currency: bool = True
