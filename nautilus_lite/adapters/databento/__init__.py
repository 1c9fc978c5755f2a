from nautilus_lite.adapters.databento.loaders import DatabentoDataLoader

__all__ = ["DatabentoDataLoader"]
