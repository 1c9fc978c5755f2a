"""The tear sheet put together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nautilus_lite.analysis.page.document import AUTO, document, write_whole
from nautilus_lite.analysis.page.image import write_image
from nautilus_lite.analysis.page.parts import Part, group, join, row, text, warnings
from nautilus_lite.analysis.tearsheet import costs, distributions, equity, execution, exposure, headline, periods, prices, records
from nautilus_lite.analysis.tearsheet.data import TearsheetData

if TYPE_CHECKING:
    import pandas as pd


def create_tearsheet(
    engine: Any,
    output_path: str | os.PathLike[str] | None = "tearsheet.html",
    title: str | None = None,
    currency: Any = None,
    benchmark_returns: pd.Series | None = None,
    benchmark_name: str = "Benchmark",
    theme: str = AUTO,
    price_bars: Mapping[Any, pd.DataFrame] | None = None,
) -> str | None:
    """Write the tear sheet of a run. Needs the `viz` extra.

    Parameters
    ----------
    engine : BacktestEngine or BacktestResult
        What ran, or what came of it.
    output_path : str or path, optional
        Written whole or not at all; a file that exists is replaced. None writes nothing.
    title : str, optional
        By default trader and name of the run.
    currency : Currency or str, optional
        Show this currency's own equity; by default everything converted to the reporting currency.
    benchmark_returns : Series, optional
        Daily returns (fractions) of what the run is compared with, indexed by day.
    benchmark_name : str
    theme : {'auto', 'light', 'dark'}
        `auto` follows the reader's system.
    price_bars : mapping of InstrumentId or str to DataFrame, optional
        `open`, `high`, `low`, `close` indexed by UTC time, to draw trades in; by default the prices at
        the samples of the equity and the middles at and after fills.

    Returns
    -------
    str or None
        The page, where no path was given.

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    """
    result = engine.get_result() if hasattr(engine, "get_result") else engine
    page = render_tearsheet(TearsheetData.of(result, title, currency, benchmark_returns, benchmark_name, price_bars), theme)
    if output_path is None:
        return page
    write_whole(output_path, page)
    return None


def write_tearsheet(path: str | os.PathLike[str], data: TearsheetData, theme: str = AUTO) -> str:
    """Write the page of `render_tearsheet` and return the path; the same errors."""
    write_whole(path, render_tearsheet(data, theme))
    return str(path)


def write_tearsheet_image(
    path: str | os.PathLike[str], data: TearsheetData, theme: str = "light", width: int = 1280, scale: float = 2.0
) -> str:
    """Write a picture (PNG) of the page and return the path.

    Parameters
    ----------
    path : str or path
    data : TearsheetData
    theme : {'light', 'dark'}
    width : int, default 1280
        Of the page; 390 is a phone's.
    scale : float, default 2.0
        Pixels of the picture to a pixel of the page.

    Raises
    ------
    MissingExtra
        If plotly or kaleido is not installed, or no Chrome or Chromium is there.
    """
    write_image(render_tearsheet(data, theme), path, width, scale)
    return str(path)


def render_tearsheet(data: TearsheetData, theme: str = AUTO) -> str:
    """Return the tear sheet as HTML; equal data gives an equal page.

    Parameters
    ----------
    data : TearsheetData
    theme : {'auto', 'light', 'dark'}

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    ValueError
        If there is no such theme.
    """
    first = join(
        headline.header(data),
        warnings(data.warnings),
        headline.headline_tiles(data),
        row(equity.equity_card(data), costs.bridge_card(data, headline.key_facts(data)), wide=True),
    )
    body = join(
        first,
        group(
            "Returns",
            row(equity.drawdown_card(data), distributions.daily_card(data)),
            periods.month_card(data),
            row(periods.rolling_card(data), periods.year_card(data)),
        ),
        group(
            "Trades",
            prices.price_cards(data),
            row(distributions.trade_card(data), costs.fees_card(data)),
            row(*distributions.excursion_cards(data)),
            exposure.exposure_card(data),
            records.breakdown_cards(data),
        ),
        group(
            "Execution",
            row(*execution.execution_cards(data)),
        ),
        group("In full", records.statistics_card(data), records.record_cards(data), records.run_cards(data)),
    )
    return document(data.title, join(body, _left_out(body)), theme)


def _left_out(body: Part) -> Part:
    """Return what the sheet does not show, and why."""
    if not body.missing:
        return Part()
    return Part(f"<footer><p>Left out, for want of data: {text(body.missing)}.</p></footer>")
