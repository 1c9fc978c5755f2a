"""The defects of `mutations.py` can still be put in."""

import pytest

from tests.differential.mutations import MUTATIONS, ROOT


@pytest.mark.parametrize(("name", "file", "old", "new"), MUTATIONS, ids=[name for name, *_ in MUTATIONS])
def test_what_a_defect_replaces_stands_there_once(name: str, file: str, old: str, new: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8").count(old) == 1
    assert new != old
