"""Frames as tables for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nautilus_lite.analysis.page.parts import Part, folded, text, tone
from nautilus_lite.analysis.summary import duration_text

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 200
"""Rows of a long table that are written out; the frames themselves have them all."""

_NUMBER = ' class="num"'


def table(
    frame: pd.DataFrame,
    formats: Mapping[str, str] | None = None,
    signed: tuple[str, ...] = (),
    right: tuple[str, ...] = (),
) -> Part:
    """Return a short table as it is, the index first.

    Parameters
    ----------
    frame : DataFrame
    formats : mapping of str to str, optional
        Format of the numbers of a column, as `format` takes it; `,.10g` where none is given.
    signed : tuple of str
        Columns that are coloured by sign.
    right : tuple of str
        Columns of text that stand on the right, as numbers do.
    """
    formats = formats or {}
    columns = list(frame.columns)
    numeric = [_NUMBER if column in right else _kind(frame[column]) for column in columns]
    head = f"<th>{text(frame.index.name or '')}</th>" + "".join(
        f"<th{kind}>{text(_title(column))}</th>" for column, kind in zip(columns, numeric, strict=True)
    )
    lists = [frame[column].tolist() for column in columns]
    rows = []
    for i, name in enumerate(frame.index.tolist()):
        cells = [f"<td>{text(_text(str(frame.index.name), name))}</td>"]
        for column, values, kind in zip(columns, lists, numeric, strict=True):
            value = values[i]
            shade = f" {tone(value)}" if column in signed and isinstance(value, float) and tone(value) else ""
            css = f' class="num{shade}"' if kind else ""
            cells.append(f"<td{css}>{text(_text(str(column), value, formats.get(column)))}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return Part(f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>')


def long_table(name: str, frame: pd.DataFrame) -> Part:
    """Return a table that can be folded out; columns of one value throughout are named once above it.

    Parameters
    ----------
    name : str
    frame : DataFrame
        The first 200 rows are written.
    """
    shown = frame.head(MAX_ROWS).dropna(axis="columns", how="all")
    same = {}
    if len(frame) > 1:
        same = {
            column: shown[column].iloc[0]
            for column in shown.columns
            if frame[column].notna().all() and frame[column].nunique() == 1
        }
    shown = shown[[column for column in shown.columns if column not in same]]
    columns = list(shown.columns)
    head = f"<th>{text(frame.index.name or '')}</th>" + "".join(
        f"<th{_kind(frame[column])}>{text(_title(column))}</th>" for column in columns
    )
    lists = [shown.index.tolist(), *(shown[column].tolist() for column in columns)]
    names = [str(frame.index.name), *map(str, columns)]
    body = "".join(
        "<tr>" + "".join(_cell(column, value) for column, value in zip(names, line, strict=True)) + "</tr>"
        for line in zip(*lists, strict=True)
    )
    count = f"{len(frame):,}" if len(frame) <= MAX_ROWS else f"first {MAX_ROWS} of {len(frame):,}"
    common = ", ".join(f"{column} {_text(str(column), value)}" for column, value in same.items())
    above = f'<p class="note">In every row: {text(common)}</p>' if common else ""
    whole = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return folded(name, count, Part(f'{above}<div class="scroll long-table">{whole}</div>'))


def _kind(column: pd.Series) -> str:
    return _NUMBER if column.dtype.kind in "if" else ""


def _title(column: Any) -> str:
    return str(column).removesuffix("_ns").replace("_", " ")


def _cell(column: str, value: Any) -> str:
    kind = _NUMBER if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
    return f"<td{kind}>{text(_text(column, value))}</td>"


def _text(column: str, value: Any, form: str | None = None) -> str:
    # Text first: what is missing in a column of strings cannot be compared
    if value is None or str(value) in ("<NA>", "NaT") or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.endswith("_ns"):
        return duration_text(value / 1e9)
    if form is not None and isinstance(value, (int, float)):
        return format(value + 0.0 if isinstance(value, float) else value, form)
    if isinstance(value, float):
        return f"{value:,.10g}"
    if hasattr(value, "tzinfo"):
        return str(value.tz_localize(None)) if value.tzinfo is not None else str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
