"""Configuration of catalogs, where NautilusTrader has it."""

from nautilus_lite.common.config import DataCatalogConfig

__all__ = ["DataCatalogConfig"]
