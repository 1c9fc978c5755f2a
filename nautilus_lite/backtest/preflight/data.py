"""What one stream shows by itself."""

from __future__ import annotations

from collections import Counter

from nautilus_lite.backtest.checks import ERROR, INFO, WARNING
from nautilus_lite.backtest.preflight.report import Finding
from nautilus_lite.backtest.preflight.scan import TICK_GAP_NS, Looked, when

HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS
WEEK_NS = 7 * DAY_NS
LONGEST_WEEKEND_NS = 84 * HOUR_NS
LEAST_BATCH_ROWS = 100
RECURRING = 3
SPACINGS = 100

# name of the tally: severity, what it means, what to do
ROWS = {
    "unsorted": (ERROR, "rows are not sorted by `ts_init`", "Sort them, e.g. `add_data(..., sort=True)`"),
    "event_order": (WARNING, "`ts_event` goes back", "Check the clock of the source, or sort by `ts_event` first"),
    "duplicate_rows": (WARNING, "rows repeat the one before", "Drop duplicates: volumes and queues count them twice"),
    "sizes": (WARNING, "sizes are zero or negative", "Drop those rows: nothing can fill on them"),
    "off_tick": (WARNING, "prices lie off the instrument's price increment", "Check `price_increment` and the scale"),
    "crossed": (WARNING, "the bid is above the ask", "Drop or mend those rows: orders fill on them at prices nobody offered"),
    "locked": (INFO, "bid and ask are equal", "Nothing to do if the venue does lock"),
    "unknown_aggressor": (INFO, "trades without an aggressor may fill either side", "Give `aggressor_side` if the source has it"),
}


def stream_findings(one: Looked) -> list[Finding]:
    """Return what the rows of one stream show by themselves, but for the stamps of bars."""
    found = []
    name = str(one.stream.identifier)
    what = f"{one.scan.n:,} {one.kind} rows looked at"
    for check, (severity, message, remedy) in ROWS.items():
        tally = one.scan.tally(check)
        if tally.count:
            found.append(
                Finding(check, severity, name, f"{message} in {tally.count:,} of {what}", remedy, tally.count, tally.first)
            )
    found += _known_before(one, name, what) + _batches(one, name) + _precision(one, name)
    return found + _gaps(one, name)


def _known_before(one: Looked, name: str, what: str) -> list[Finding]:
    tally = one.scan.tally("known_before")
    if not tally.count:
        return []
    is_bar = one.kind == "bar"
    message = f"`ts_init` is before `ts_event` in {tally.count:,} of {what}"
    message += ": bars reach strategies before they are complete" if is_bar else ": they arrive before they happened"
    remedy = "Set `ts_init` to the close of the bar" if is_bar else "Set `ts_init` to the time of arrival, at least `ts_event`"
    return [Finding("known_before", ERROR if is_bar else WARNING, name, message, remedy, tally.count, tally.first)]


def _batches(one: Looked, name: str) -> list[Finding]:
    if one.kind != "delta" or one.scan.n < LEAST_BATCH_ROWS or one.scan.n_unfinished < one.scan.n:
        return []
    message = "no row ends its batch (flag F_LAST, 128), so that the book never matches orders nor reaches handlers"
    remedy = "Set F_LAST on the last row of each batch, or no flags at all"
    return [Finding("batches", ERROR, name, message, remedy, one.scan.n_unfinished)]


def _precision(one: Looked, name: str) -> list[Finding]:
    said = one.source.precisions()
    known = (one.instrument.price_precision, one.instrument.size_precision)
    if said is None or said == known:
        return []
    message = f"data has price and size precision {said}, its instrument {known}: raw prices would be read on another scale"
    return [Finding("precision", ERROR, name, message, "Write the data again with the instrument's present definition")]


def is_weekend(start: int, end: int) -> bool:
    """Return whether a gap (ns) is a weekend: from Friday or Saturday to Sunday or Monday."""
    days = ((start // DAY_NS + 4) % 7, (end // DAY_NS + 4) % 7)  # 0 is Sunday; 1970-01-01 was a Thursday
    return end - start <= LONGEST_WEEKEND_NS and days[0] in (5, 6) and days[1] in (0, 1)


def _gaps(one: Looked, name: str) -> list[Finding]:
    scan = one.scan
    spacing = sorted(scan.spacings)[len(scan.spacings) // 2] if scan.spacings else 0.0
    if one.interval_ns:
        floor = max(3 * one.interval_ns, HOUR_NS) if one.interval_ns < DAY_NS else 5 * one.interval_ns
    else:
        floor = max(TICK_GAP_NS, int(SPACINGS * spacing))
    gaps = [gap for gap in scan.gaps + one.source.holes() if gap[1] - gap[0] >= floor]
    weekdays = [gap for gap in gaps if not is_weekend(*gap)]
    # A market that closes at the same time of day again and again rests then
    closes = Counter(start % DAY_NS // HOUR_NS for start, _ in weekdays)
    strange = [gap for gap in weekdays if closes[gap[0] % DAY_NS // HOUR_NS] < RECURRING]
    if not strange:
        return []
    largest = max(strange, key=lambda gap: gap[1] - gap[0])
    usual = f"bars of {_span(one.interval_ns)}" if one.interval_ns else f"rows {_span(int(spacing))} apart"
    message = (
        f"{len(strange):,} gaps besides weekends and nightly closes among {usual}, the largest of "
        f"{_span(largest[1] - largest[0])}"
    )
    remedy = "Check that the data is complete: orders rest and positions are marked at old prices meanwhile"
    example = f"{when(largest[0])} to {when(largest[1])}"
    return [Finding("gaps", WARNING, name, message, remedy, len(strange) + scan.n_gaps_left_out, example)]


def _span(ns: int) -> str:
    """A length of time in a unit that fits."""
    for unit, length in (("d", DAY_NS), ("h", HOUR_NS), ("min", 60_000_000_000), ("s", 10**9), ("ms", 10**6), ("us", 10**3)):
        if ns >= length:
            return f"{ns / length:,.4g} {unit}"
    return f"{ns} ns"
