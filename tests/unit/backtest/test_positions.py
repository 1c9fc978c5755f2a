"""Where rows stood in a recording orders those of one time over several arrays."""

import numpy as np
import pytest

from nautilus_lite.backtest.sources import as_keys
from nautilus_lite.errors import InvalidData


def test_keys_keep_the_order_and_know_their_base():
    assert as_keys(np.array([0, 3, 7]), 3, 1 << 40).tolist() == [1 << 40, (1 << 40) + 3, (1 << 40) + 7]
    assert len(as_keys(np.array([], dtype=np.int64), 0, 5)) == 0


@pytest.mark.parametrize("positions", [[1, 2], [[0, 1, 2]], [0.0, 1.0, 2.0], ["a", "b", "c"]])
def test_there_is_one_integer_a_row(positions):
    with pytest.raises(InvalidData, match="must be one integer a row, 3 rows were given"):
        as_keys(np.array(positions), 3, 0)


@pytest.mark.parametrize("positions", [[-1, 0, 1], [0, 0, 1], [0, 2, 1], [0, 1, 1 << 40]])
def test_they_rise_within_their_range(positions):
    with pytest.raises(InvalidData, match="must rise from 0 on and stay below 2"):
        as_keys(np.array(positions), 3, 0)
