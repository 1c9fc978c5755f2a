from nautilus_lite.persistence.catalog.parquet import ParquetDataCatalog

__all__ = ["ParquetDataCatalog"]
