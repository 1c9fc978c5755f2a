from typing import Any

import numpy as np

from nautilus_lite.backtest.models import QueueModel
from nautilus_lite.model.instruments.base import Instrument

BAR_BID: int
BAR_ASK: int
BAR_BOTH: int

class MarketObserver:
    def __init__(
        self,
        instrument: Instrument,
        book_type: int,
        trades_move_book: bool,
        sign: int,
        queue_model: QueueModel | None = None,
        is_exact: bool = False,
    ) -> None: ...
    def begin(self, ts: int, price: int | None, rests: bool) -> None: ...
    def end(self) -> None: ...
    def feed(
        self, blocks: list[np.ndarray], kinds: list[str], sides: list[int], streams: np.ndarray, rows: np.ndarray
    ) -> None: ...
    def noted(self) -> dict[str, Any]: ...
