from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

def whole_snapshots(blocks: Iterable[tuple[np.ndarray, Any]]) -> Iterator[tuple[np.ndarray, Any]]: ...
