"""The document around a page's parts: one file that needs no network and forbids itself every request."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
import tempfile
from pathlib import Path

from nautilus_lite.analysis.page.charts import REMEDY
from nautilus_lite.analysis.page.palette import THEMES
from nautilus_lite.analysis.page.parts import Part, text
from nautilus_lite.analysis.page.script import SCRIPT
from nautilus_lite.analysis.page.style import CSS
from nautilus_lite.errors import MissingExtra

AUTO = "auto"


def document(title: str, body: Part, theme: str = AUTO) -> str:
    """Return a whole page. Equal input gives an equal page.

    Parameters
    ----------
    title : str
    body : Part
    theme : {'auto', 'light', 'dark'}
        `auto` follows the reader's system.

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    ValueError
        If there is no such theme, or two charts have one name.
    """
    if theme not in (AUTO, *THEMES):
        raise ValueError(f"`theme` must be one of {', '.join((AUTO, *THEMES))}, was {theme!r}")
    names = [chart.name for chart in body.charts]
    if len(set(names)) != len(names):
        raise ValueError(f"charts of one page must have different names, were {', '.join(names)}")
    forced = "" if theme == AUTO else f' data-theme="{theme}"'
    library = _plotly() if body.charts else ""
    scripts = [library, SCRIPT] if body.charts else []
    allowed = " ".join(f"'sha256-{_hash(script)}'" for script in scripts) or "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    tail = ""
    if scripts:
        tail = f'<script id="charts" type="application/json">{_charts(body)}</script>' + "".join(
            f"<script>{script}</script>" for script in scripts
        )
    silent = '<noscript><p class="note">The charts need JavaScript.</p></noscript>' if scripts else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"{forced}><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{text(title)}</title><style>{CSS}</style></head><body><main>\n{body.html}\n{silent}</main>{tail}</body></html>\n"
    )


def write_whole(path: str | os.PathLike[str], page: str | bytes) -> None:
    """Write a file whole or not at all; one that exists is replaced."""
    target = Path(path)
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page.encode() if isinstance(page, str) else page)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _plotly() -> str:
    try:
        from plotly.offline import get_plotlyjs
    except ImportError as error:
        raise MissingExtra(f"HTML reports need plotly, which is not installed: {REMEDY}") from error
    return str(get_plotlyjs())


@functools.lru_cache(maxsize=4)
def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _charts(body: Part) -> str:
    """Return what the script draws as JSON that is safe inside a script element."""
    charts = [
        {
            "id": chart.name,
            "traces": chart.traces,
            "layout": chart.drawn_layout(),
            "narrow": chart.narrow,
            "zoom": chart.zoom,
            "phone": chart.phone,
        }
        for chart in body.charts
    ]
    shown = json.dumps(charts, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return shown.replace("<", "\\u003c").replace("&", "\\u0026")
