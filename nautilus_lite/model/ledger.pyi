from enum import IntEnum

import numpy as np

from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Currency
from nautilus_lite.model.position import Position

LEDGER_DTYPE: np.dtype[np.void]

class LedgerCause(IntEnum):
    START = 0
    TRADE = 1
    FEE = 2
    FUNDING = 3
    ADJUSTMENT = 4
    REPORTED = 5

class Ledger:
    @property
    def currencies(self) -> list[Currency]: ...
    @property
    def sources(self) -> list[OrderFilled | Position | str]: ...
    def __len__(self) -> int: ...
    def rows(self) -> np.ndarray: ...

def ledger_of(currencies: list[Currency], sources: list[OrderFilled | Position | str], rows: np.ndarray) -> Ledger: ...
