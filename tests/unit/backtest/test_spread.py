"""Positions of the rows that a look before a run takes."""

import pytest

from nautilus_lite.backtest.preflight.spread import spread


@pytest.mark.parametrize(
    ("n", "most", "expected"), [(0, 3, []), (1, 3, [0]), (3, 3, [0, 1, 2]), (9, 3, [0, 4, 8]), (10, 4, [0, 3, 6, 9])]
)
def test_positions(n: int, most: int, expected: list[int]) -> None:
    assert spread(n, most).tolist() == expected


@pytest.mark.parametrize("n", range(1, 60))
def test_none_twice(n: int) -> None:
    for most in range(1, 70):
        found = spread(n, most).tolist()
        assert found == sorted(set(found))
        assert len(found) == min(n, most)
