"""The matrix has a case for every cell that can exist, and each case is what its cell says."""

from __future__ import annotations

from itertools import product

import pytest

from tests.conformance.matrix import BOOKS, CELLS, MOVES, TIMES, TYPES, case, why_not
from tests.conformance.script import Case, run

SIDES = ("buy", "sell")
WORDS = {"ioc", "fok", "day", "gtd", "open", "close"}


def command_of(row: Case) -> list[str]:
    return next(line for line in row.lines if line.startswith("> ")).split()


def covered() -> set[tuple[str, str, str, str, str]]:
    """Return the cells of the cases, type and time in force by what their commands say."""
    cells = set()
    for row in case.cases:
        _, _, kind, *words = command_of(row)
        time = next((word for word in words if word in WORDS), "gtc")
        move = CELLS[row.title][2]
        assert CELLS[row.title] == (kind, time, move)
        cells |= {(kind, time, move, book, SIDES[image]) for book, image in row.variants()}
    return cells


def test_every_cell_that_can_exist_has_a_case() -> None:
    cells = set(product(TYPES, TIMES, MOVES, BOOKS, SIDES))
    possible = {cell for cell in cells if why_not(*cell[:3]) is None}
    found = covered()
    assert sorted(possible - found) == []
    assert sorted(found - possible) == []
    # 9 types x 7 times x 4 moves x 3 books x 2 sides; 6 of market orders, 28 of limits, 20 of each other type, on 3 books and 2 sides
    assert (len(cells), len(possible)) == (1_512, (6 + 28 + 7 * 20) * 6)


def test_a_row_at_once_has_nothing_after_it_and_every_other_has() -> None:
    for row in case.cases:
        after = row.lines[[line.startswith("> ") for line in row.lines].index(True) + 1 :]
        kind, time, move = CELLS[row.title]
        if time not in ("open", "close"):
            assert bool(after) == (move != "at once"), row.title


def test_what_cannot_exist_is_refused() -> None:
    refused = {cell[:2] for cell in product(TYPES, TIMES, MOVES) if (why_not(*cell) or "").startswith("only")}
    for kind, time in sorted(refused):
        rows = [row for row in case.cases if CELLS[row.title] == (kind, "gtc", "left")]
        lines = tuple(f"{line} {time}" if line.startswith("> ") else line for line in rows[0].lines)
        asked = Case("", lines, (), ("L1",), dict, False)
        if kind.startswith("trailing"):
            with pytest.raises(ValueError, match="invalid `time_in_force` of a trailing stop, was AT_THE_"):
                run(asked, "L1", False)
        else:
            ends, strategy, _ = run(asked, "L1", False)
            assert ends == ["REJECTED"]
            assert "is for market and limit orders, not for" in strategy.sent[0].last_event.reason
    asked = Case("", ("quote 999 1001", "> buy market 10 gtd 9", "quote 997 999"), (), ("L1",), dict, False)
    with pytest.raises(TypeError, match="expire_time"):
        run(asked, "L1", False)
