"""The page of a comparison in a real browser."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("plotly")

PHONE = 390
NAMES = ("comparison", "queues")


@pytest.fixture(scope="session")
def pages(runs: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each comparison."""
    folder = tmp_path_factory.mktemp("comparisons")
    return {name: Path(getattr(runs, name)().to_html(str(folder / f"{name}.html"))) for name in NAMES}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_page_is_drawn_whole_and_in_peace(look: Any, pages: dict[str, Path], name: str, width: int, theme: str) -> None:
    seen = look(pages[name], width, theme)
    seen.check(pages[name], width)
    drawn = set(seen.ask("[...document.querySelectorAll('.chart')].map(chart => chart.id)"))
    assert {"fan", "parts", "forest", "heat-net", "heat-fill-rate"} <= drawn
    assert ("queue" in drawn) == (name == "queues")


def test_name_of_a_model_stays_text(look: Any, pages: dict[str, Path]) -> None:
    seen = look(pages["comparison"])
    name = "<script>alert(1)</script>"
    assert seen.ask("document.scripts.length") == 3
    for chart in ("parts", "forest"):
        assert name in seen.ask(f"document.querySelector('#{chart}').textContent")
    assert name in seen.page.inner_text("table")
    assert seen.complaints == []
