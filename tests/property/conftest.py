"""The venue of the backtest tests, for random operations on it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def house() -> Callable[..., Any]:
    """Return the maker of venues."""
    path = Path(__file__).parents[1] / "unit" / "backtest" / "conftest.py"
    spec = spec_from_file_location("venue_house", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.House
