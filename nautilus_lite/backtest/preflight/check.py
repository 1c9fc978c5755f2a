"""The checks put together: streams one by one, then how they fit each other, the venues and the strategies."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from nautilus_lite.backtest.preflight.data import stream_findings
from nautilus_lite.backtest.preflight.report import Finding, PreflightReport, Sample, sort_findings
from nautilus_lite.backtest.preflight.scan import Looked, StreamScan
from nautilus_lite.backtest.preflight.settings import settings_findings
from nautilus_lite.backtest.preflight.stamping import stamp_findings
from nautilus_lite.backtest.reading import source_of
from nautilus_lite.backtest.stream import RowStream

CHUNK_ROWS = 65_536
NO_ROWS: np.ndarray = np.zeros(0)


def preflight(
    streams: list[RowStream],
    instruments: dict[Any, Any],
    exchanges: list[Any],
    components: list[Any] | None = None,
    start: int | None = None,
    end: int | None = None,
    sample_rows: int = 16_384,
    full: bool = False,
) -> PreflightReport:
    """Look for mismatches that make orders never fill, or fill wrongly.

    Parameters
    ----------
    streams : list of RowStream
    instruments : dict of InstrumentId to Instrument
    exchanges : list of SimulatedExchange
    components : list of Actor, optional
        Actors and strategies; what their configurations name is looked for in the data.
    start, end : int, optional
        Limits of the run (ns).
    sample_rows : int
        About how many rows of a stream to look at.
    full : bool
        Read every row.

    Returns
    -------
    PreflightReport
    """
    began = time.perf_counter()
    looked = []
    for stream in streams:
        if stream.kind_name == "object":
            continue
        instrument_id = stream.identifier.instrument_id if stream.kind_name == "bar" else stream.identifier
        # Rows of unknown instruments are refused when the replay connects them
        if instrument_id in instruments:
            looked.append(_look(stream, instruments[instrument_id], sample_rows, full))
    findings: list[Finding] = []
    for one in looked:
        findings += stream_findings(one)
    findings += stamp_findings(looked)
    findings += settings_findings(looked, instruments, exchanges, components or [], start, end)
    samples = [Sample(one.stream.name, one.scan.n, _total(one, sample_rows, full)) for one in looked]
    return PreflightReport(sort_findings(findings), samples, time.perf_counter() - began)


def _look(stream: RowStream, instrument: Any, sample_rows: int, full: bool) -> Looked:
    source = source_of(stream.source)
    interval_ns = 0
    if stream.kind_name == "bar" and stream.identifier.spec.is_time_aggregated():
        interval_ns = int(stream.identifier.spec.timedelta.total_seconds() * 1e9)
    scan = StreamScan(stream.kind_name, instrument, interval_ns)
    if full:
        kept: list[np.ndarray] = []
        first = last = None
        for rows in source.every():
            for low in range(0, len(rows), CHUNK_ROWS):
                scan.add_next(rows[low : low + CHUNK_ROWS])
            if len(rows):
                first = int(rows["ts_init"][0]) if first is None else first
                last = int(rows["ts_init"][-1])
            if stream.kind_name == "bar":
                kept.append(rows)
        rows = np.concatenate(kept) if kept else NO_ROWS
        bounds = None if first is None or last is None else (first, last)
        return Looked(stream, instrument, source, scan, rows, [], interval_ns, bounds)
    pieces = list(source.spread(sample_rows))
    rows = pieces[0] if len(pieces) == 1 else np.concatenate(pieces) if pieces else NO_ROWS
    seams = np.cumsum([len(piece) for piece in pieces])[:-1].tolist()
    scan.add(rows, seams)
    bounds = source.bounds()
    if bounds is None and len(rows):
        bounds = (int(rows["ts_init"][0]), int(rows["ts_init"][-1]))
    return Looked(stream, instrument, source, scan, rows, seams, interval_ns, bounds)


def _total(one: Looked, sample_rows: int, full: bool) -> int | None:
    n_rows = one.source.n_rows
    # A short stream was read whole; the catalog's count may hold rows outside of the limits
    if full or (one.scan.n < sample_rows if n_rows is None else n_rows <= sample_rows):
        return one.scan.n
    return n_rows
