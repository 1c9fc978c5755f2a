"""One stream looked at: rows in, tallies out. All is done on whole columns of the rows given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nautilus_lite.backtest.reading import Source
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.core.datetime import unix_nanos_to_iso8601
from nautilus_lite.model.objects import Price

SECOND_NS = 1_000_000_000
TICK_GAP_NS = 600 * SECOND_NS
MOST_GAPS = 1_000
F_LAST = 128
CLEAR = 4
SIZES = {"quote": ("bid_size", "ask_size"), "trade": ("size",), "delta": ("size",)}
PRICES = {"quote": ("bid", "ask"), "trade": ("price",), "bar": ("open", "high", "low", "close")}


@dataclass
class Looked:
    """A stream and what was seen of it."""

    stream: RowStream
    instrument: Any
    source: Source
    scan: StreamScan
    rows: np.ndarray
    seams: list[int]
    interval_ns: int
    bounds: tuple[int, int] | None

    @property
    def kind(self) -> str:
        """The kind of rows."""
        return str(self.stream.kind_name)


class Tally:
    """How many rows show something, and the first of them in words."""

    def __init__(self) -> None:
        self.count = 0
        self.first = ""

    def add(self, mask: np.ndarray, say: Callable[[int], str]) -> None:
        """Count the rows of a mask; `say` tells of a row by its index."""
        if not mask.any():
            return
        if self.count == 0:
            self.first = say(int(mask.argmax()))
        self.count += int(np.count_nonzero(mask))


class StreamScan:
    """What the rows of one stream show.

    Parameters
    ----------
    kind : str
        `quote`, `trade`, `bar`, `delta` or `depth10`.
    instrument : Instrument
    interval_ns : int
        Length of a time bar; 0 for everything else.
    """

    def __init__(self, kind: str, instrument: Any, interval_ns: int = 0) -> None:
        self.kind = kind
        self.n = 0
        self.interval_ns = interval_ns
        self.tallies: dict[str, Tally] = {}
        self.gaps: list[tuple[int, int]] = []
        self.spacings: list[float] = []
        self.n_gaps_left_out = 0
        self.n_unfinished = 0
        self._precision = instrument.price_precision
        step = instrument.price_increment
        self._step = 0 if step is None else int(round(float(step) * 10**self._precision))
        self._previous: np.ndarray | None = None

    def tally(self, name: str) -> Tally:
        """Return the tally of a check."""
        return self.tallies.setdefault(name, Tally())

    def add(self, rows: np.ndarray, seams: Sequence[int] = ()) -> None:
        """Look at rows; those at `seams` do not come right after the row before them."""
        if len(rows) == 0:
            return
        self.n += len(rows)
        if len(rows) > 1:
            self._pairs(rows, seams)
        self._common(rows)
        getattr(self, f"_{self.kind}")(rows)

    def add_next(self, rows: np.ndarray) -> None:
        """Look at rows that come right after those before."""
        if self._previous is not None and len(rows):
            self._pairs(np.concatenate([self._previous, rows[:1]]), ())
        self.add(rows)
        if len(rows):
            self._previous = rows[-1:].copy()

    # -- rows and their neighbours ------------------------------------------------------------------------------------

    def _pairs(self, rows: np.ndarray, seams: Sequence[int]) -> None:
        ts = rows["ts_init"].astype(np.int64)
        events = rows["ts_event"].astype(np.int64)
        steps = ts[1:] - ts[:-1]
        back = events[1:] < events[:-1]
        for seam in seams:
            # As if a moment later: no gap, no step back, no duplicate
            steps[seam - 1] = 1
            back[seam - 1] = False
        self.tally("unsorted").add(steps < 0, lambda i: f"{when(ts[i + 1])} after {when(ts[i])}")
        self.tally("event_order").add(back, lambda i: f"{when(events[i + 1])} after {when(events[i])}")
        forward = steps[steps > 0]
        if len(forward):
            self.spacings.append(float(np.median(forward[:: max(len(forward) // 1_024, 1)])))
        wide = np.flatnonzero(steps > (self.interval_ns + self.interval_ns // 2 if self.interval_ns else TICK_GAP_NS))
        room = MOST_GAPS - len(self.gaps)
        self.gaps += [(int(ts[i]), int(ts[i + 1])) for i in wide[: max(room, 0)]]
        self.n_gaps_left_out += max(len(wide) - max(room, 0), 0)
        same = steps == 0
        if same.any():
            at = np.flatnonzero(same)
            equal = np.ones(len(at), dtype=bool)
            for name in rows.dtype.names or ():
                column = rows[name]
                alike = column[at] == column[at + 1]
                equal &= alike if alike.ndim == 1 else alike.all(axis=1)
            # Two trades or changes may well be alike where nothing tells them apart
            if self.kind == "trade":
                equal &= rows["id_len"][at] > 0
            elif self.kind == "delta":
                equal &= rows["sequence"][at] > 0
            self.tally("duplicate_rows").add(equal, lambda i: when(ts[at[i]]))

    def _common(self, rows: np.ndarray) -> None:
        ts = rows["ts_init"]
        early = ts < rows["ts_event"]
        self.tally("known_before").add(early, lambda i: f"ts_init {when(ts[i])}, ts_event {when(rows['ts_event'][i])}")
        for name in SIZES.get(self.kind, ()):
            size = rows[name]
            wrong = size < 0 if self.kind == "delta" else size <= 0
            self.tally("sizes").add(wrong, lambda i, s=size, n=name: f"{n} {s[i]} (raw) at {when(ts[i])}")  # type: ignore[misc]
        if self._step > 1:
            for name in PRICES.get(self.kind, ()):
                price = rows[name]
                self.tally("off_tick").add(
                    price % self._step != 0,
                    lambda i, p=price, n=name: f"{n} {self.price(p[i])} at {when(ts[i])}",  # type: ignore[misc]
                )

    # -- by kind ------------------------------------------------------------------------------------------------------

    def _quote(self, rows: np.ndarray) -> None:
        bid, ask, ts = rows["bid"], rows["ask"], rows["ts_init"]

        def say(i: int) -> str:
            return f"bid {self.price(bid[i])}, ask {self.price(ask[i])} at {when(ts[i])}"

        self.tally("crossed").add(bid > ask, say)
        self.tally("locked").add(bid == ask, say)

    def _trade(self, rows: np.ndarray) -> None:
        self.tally("unknown_aggressor").add(rows["aggressor_side"] == 0, lambda i: when(rows["ts_init"][i]))

    def _bar(self, rows: np.ndarray) -> None:
        self.tally("sizes").add(rows["volume"] < 0, lambda i: f"volume {rows['volume'][i]} (raw)")

    def _delta(self, rows: np.ndarray) -> None:
        flags = rows["flags"]
        self.n_unfinished += int(np.count_nonzero((flags != 0) & ((flags & F_LAST) == 0)))

    def _depth10(self, rows: np.ndarray) -> None:
        bid, ask = rows["bid_prices"][:, 0], rows["ask_prices"][:, 0]
        both = (rows["bid_sizes"][:, 0] > 0) & (rows["ask_sizes"][:, 0] > 0)

        def say(i: int) -> str:
            return f"bid {self.price(bid[i])}, ask {self.price(ask[i])} at {when(rows['ts_init'][i])}"

        self.tally("crossed").add(both & (bid > ask), say)
        self.tally("locked").add(both & (bid == ask), say)

    def price(self, raw: Any) -> str:
        """Return a raw price as text."""
        return str(Price.from_raw(int(raw), self._precision))


def when(ts: Any) -> str:
    """Return a time (ns) as text."""
    return unix_nanos_to_iso8601(int(ts))
