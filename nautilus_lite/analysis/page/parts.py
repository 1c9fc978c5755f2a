"""Cards, tiles and lists: pieces of HTML together with the charts that stand in them.

Text goes through `text` on its way into a piece; nothing else makes HTML of what came from outside.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nautilus_lite.analysis.page.charts import Chart

SYMBOLS = {
    "circle": "●",
    "circle-open": "○",
    "diamond": "◆",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "x-thin-open": "✕",
}
"""How marks of charts look in a legend."""


@dataclass(frozen=True)
class Part:
    """A piece of a page.

    Parameters
    ----------
    html : str
        Safe: what came from outside is escaped.
    charts : tuple of Chart
        The charts that have their place in it.
    missing : str
        Why there is nothing to show, where `html` is empty.
    """

    html: str = ""
    charts: tuple[Chart, ...] = ()
    missing: str = ""

    def __bool__(self) -> bool:
        return bool(self.html)


def text(value: Any) -> str:
    """Return text as HTML that shows it as it is."""
    return html.escape(str(value))


def missing(why: str) -> Part:
    """Return nothing, and why."""
    return Part(missing=why)


def join(*parts: Part) -> Part:
    """Return parts one below the other."""
    reasons = "; ".join(part.missing for part in parts if part.missing)
    return Part("\n".join(part.html for part in parts if part), _charts(parts), reasons)


def row(*parts: Part, wide: bool = False) -> Part:
    """Return parts side by side; below each other on a phone.

    Parameters
    ----------
    *parts : Part
    wide : bool, default False
        Give the first twice the room.
    """
    filled = join(*parts)
    if not filled:
        return filled
    return Part(f'<div class="row{" wide" if wide else ""}">{filled.html}</div>', filled.charts, filled.missing)


def group(title: str, *parts: Part) -> Part:
    """Return parts under a heading; nothing where they are all empty."""
    filled = join(*parts)
    if not filled:
        return filled
    return Part(f'<div class="group">{text(title)}</div>\n{filled.html}', filled.charts, filled.missing)


def card(title: str, *contents: Part | Chart, note: str = "", before: str = "") -> Part:
    """Return a card.

    Parameters
    ----------
    title : str
    *contents : Part or Chart
    note : str
        How to read it; stands below the contents.
    before : str
        Stands between title and contents.
    """
    parts = [place(content) if isinstance(content, Chart) else content for content in contents]
    head = f"<h2>{text(title)}</h2>" if title else ""
    above = f'<p class="note">{text(before)}</p>' if before else ""
    below = f'<p class="note">{text(note)}</p>' if note else ""
    body = "".join(part.html for part in parts)
    return Part(f'<section class="card">{head}{above}{body}{below}</section>', _charts(parts))


def folded(title: str, count: str, content: Part) -> Part:
    """Return a card that shows its title alone until it is opened. It holds no charts: these need room to be drawn."""
    beside = f'<span class="note">{text(count)}</span>' if count else ""
    return Part(f'<details class="card"><summary>{text(title)}{beside}</summary>{content.html}</details>')


def place(chart: Chart) -> Part:
    """Return the place of a chart."""
    style = f"height:{chart.height}px"
    entries = "".join(_legend_entry(*entry) for entry in chart.legend())
    legend = f'<div class="legend">{entries}</div>' if entries else ""
    place_of = f'<div class="chart" id="{text(chart.name)}" role="img" aria-label="{text(chart.label)}" style="{style}"></div>'
    return Part(legend + place_of, (chart,))


def _legend_entry(name: str, colour: str, kind: str) -> str:
    token, _, opacity = colour.removeprefix("$").partition("/")
    shade = f"rgb(var(--{text(token)}-rgb)/{text(opacity or '1')})"
    if kind in SYMBOLS:
        mark = f'<i class="symbol" style="color:{shade}">{SYMBOLS[kind]}</i>'
    elif kind == "bar":
        mark = f'<i class="bar" style="background:{shade}"></i>'
    else:
        dash = {"solid": "solid", "dot": "dotted"}.get(kind, "dashed")
        mark = f'<i class="line" style="border-top:2px {dash} {shade}"></i>'
    return f"<span>{mark}{text(name)}</span>"


def note(words: str) -> Part:
    """Return a line in small letters."""
    return Part(f'<p class="note">{text(words)}</p>')


@dataclass(frozen=True)
class Tile:
    """A figure that one sees at once.

    Parameters
    ----------
    label, value, detail : str
    tone : {'', 'up', 'down'}
    """

    label: str
    value: str
    detail: str = ""
    tone: str = ""


def tiles(shown: Sequence[Tile]) -> Part:
    """Return tiles in rows."""
    if not shown:
        return Part()
    cells = "".join(
        f'<div class="tile"><div class="label" title="{text(tile.label)}">{text(tile.label)}</div>'
        f'<div class="{_joined("value", tile.tone, "long" if len(tile.value) > 11 else "")}">{text(tile.value)}</div>'
        f'<div class="detail">{text(tile.detail)}</div></div>'
        for tile in shown
    )
    return Part(f'<section class="{_joined("tiles", "" if len(shown) == 8 else "few")}">{cells}</section>')


def facts(pairs: Iterable[tuple[str, Any]]) -> Part:
    """Return names with their values, one a line."""
    rows = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in pairs)
    return Part(f'<dl class="facts">{rows}</dl>' if rows else "")


def warnings(lines: Sequence[str], shown: int = 3) -> Part:
    """Return what a reader must know first; all but the first few fold out."""
    if not lines:
        return Part()
    items = [f"<li>{text(line)}</li>" for line in lines]
    rest = items[shown:]
    more = f"<details><summary>{len(rest):,} more</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return Part(f'<section class="card warnings"><h2>Read this first</h2><ul>{"".join(items[:shown])}</ul>{more}</section>')


def tone(value: float | None) -> str:
    """Return the colour of an amount: `up`, `down`, or none for nothing."""
    if value is None or value != value or value == 0.0:
        return ""
    return "up" if value > 0.0 else "down"


def _charts(parts: Iterable[Part]) -> tuple[Chart, ...]:
    return tuple(chart for part in parts for chart in part.charts)


def _joined(*names: str) -> str:
    return " ".join(name for name in names if name)
