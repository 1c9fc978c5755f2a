"""Peak memory of a streamed run; each part runs in a process of its own."""

from __future__ import annotations

import resource

import numpy as np
import ours

from nautilus_lite.model.data import QuoteTick
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.stream import CatalogStream

PART = 500_000


def write(folder: str, n_rows: int) -> None:
    """Write quotes in parts."""
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([ours.instrument()])
    rows = ours.quote_rows(PART)
    length = np.uint64(int(rows["ts_init"][-1]) - int(rows["ts_init"][0]) + 1_000_000)
    for _ in range(n_rows // PART):
        catalog.write_rows("quote", ours.INSTRUMENT_ID, rows)
        rows["ts_event"] += length
        rows["ts_init"] += length


def stream(folder: str) -> float:
    """Replay the quotes and return the peak resident size (MB)."""
    catalog = ParquetDataCatalog(folder)
    made = ours.engine()
    made.add_source(
        "quote", ours.INSTRUMENT_ID, lambda: CatalogStream(catalog, QuoteTick, ours.INSTRUMENT_ID), "quotes"
    )
    made.run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
