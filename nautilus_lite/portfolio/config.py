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
    use_mark_xrates : bool, default False
        If currencies are converted at the rates of `cache.set_mark_xrate` where there are any.
    bar_updates, min_account_state_logging_interval_ms, snapshot_interval_ms, debug
        Accepted for compatibility: bars value positions where there is nothing else.

    """

    convert_to_account_base_currency: bool = True
    use_mark_prices: bool = False
    use_mark_xrates: bool = False
    bar_updates: bool = True
    min_account_state_logging_interval_ms: int | None = None
    snapshot_interval_ms: int | None = None
    debug: bool = False
