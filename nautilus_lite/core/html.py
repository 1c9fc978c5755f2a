"""Small pieces of HTML for notebooks: escaped, and without a colour of their own, so that they read in light and in dark."""

from __future__ import annotations

import html
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

LEFT = "text-align:left"
RIGHT = "text-align:right;font-variant-numeric:tabular-nums"
FAINT = "opacity:.7"


def text(value: Any) -> str:
    """Return a value as text that cannot be markup; nothing for None."""
    return "" if value is None else html.escape(str(value))


def when(ts: int) -> str:
    """Return UNIX nanoseconds as a time in UTC; nothing for zero."""
    if not ts:
        return ""
    seconds, rest = divmod(ts, 10**9)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}{fraction} UTC"


def heading(title: Any, *rest: Any) -> str:
    """Return a line with a title, and what belongs to it in a fainter hand."""
    tail = " · ".join(text(part) for part in rest if part not in (None, ""))
    return f'<div><b>{text(title)}</b>{f" <span style={FAINT!r}>· {tail}</span>" if tail else ""}</div>'


def facts(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return names and values as a table; what is None or empty has no row."""
    rows = "".join(
        f'<tr><th style="{LEFT}">{text(name)}</th><td style="{LEFT}">{text(value)}</td></tr>'
        for name, value in pairs
        if value is not None and value != ""
    )
    return f"<table><tbody>{rows}</tbody></table>"


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], numbers: Container[str] = ()) -> str:
    """Return rows as a table.

    Parameters
    ----------
    head : sequence of str
    rows : iterable of sequence
    numbers : container of str
        Columns that are set to the right.
    """
    styles = [RIGHT if name in numbers else LEFT for name in head]
    titles = "".join(f'<th style="{style}">{text(name)}</th>' for name, style in zip(head, styles, strict=True))
    body = "".join(
        "<tr>" + "".join(f'<td style="{style}">{text(value)}</td>' for value, style in zip(row, styles, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def folded(summary: str, content: str) -> str:
    """Return content that a click opens."""
    return f"<details><summary>{text(summary)}</summary>{content}</details>"


def lines(values: Iterable[str], mark: str = "⚠") -> str:
    """Return a line for each text, as of warnings."""
    return "".join(f"<div>{mark} {text(value)}</div>" for value in values)
