from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from nautilus_lite.backtest.models.latency.base import LatencyModel

class RecordedLatencyModel(LatencyModel):
    source: str
    digest: str
    def __init__(
        self,
        table: str | Path | pd.DataFrame | Mapping[str, Sequence[Any]],
        insert_latency_nanos: int = 0,
        update_latency_nanos: int = 0,
        cancel_latency_nanos: int = 0,
        feed_latency_nanos: int = 0,
        in_order: bool = True,
    ) -> None: ...
    def entry_at(self, ts: int) -> int: ...
    def response_at(self, ts: int) -> int: ...
