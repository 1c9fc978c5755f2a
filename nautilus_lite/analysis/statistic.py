"""Where NautilusTrader has the base of statistics."""

from nautilus_lite.analysis.own import PortfolioStatistic

__all__ = ["PortfolioStatistic"]
