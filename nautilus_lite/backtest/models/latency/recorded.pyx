"""Latencies that were measured, and what lay between the measurements."""

from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.core.fixed cimport fixed_mul_div
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent

from nautilus_lite.backtest.models.latency.tables import read_latency_table


cdef class RecordedLatencyModel(LatencyModel):
    """Latencies interpolated from a table of measurements.

    Parameters
    ----------
    table : str, Path, DataFrame or mapping of str to sequence
        Columns `time` (UNIX nanoseconds, or times, UTC where they have no zone; strictly rising), `entry_ns` and,
        optionally, `response_ns`. Text is the path of a Parquet or CSV file.
    insert_latency_nanos, update_latency_nanos, cancel_latency_nanos : int, default 0
        Added by kind of command (ns).
    feed_latency_nanos : int, default 0
        As of `LatencyModel`.
    in_order : bool, default True
        A command never arrives before one that was sent earlier to the same venue, as on one connection.

    Raises
    ------
    InvalidConfiguration
        If a column is missing or of another length, the table is empty, times do not rise, or a latency is negative.

    Notes
    -----
    A command sent between two rows takes the time that lies on the line between theirs, rounded half to even; before the
    first and after the last row theirs. Answers are looked up at the time at which the venue sends them.

    Assumptions: what was measured then, with those orders, is what these orders would have met; between measurements
    nothing happened. A burst shorter than the distance of the rows is not seen.
    """

    def __init__(
        self,
        table not None,
        insert_latency_nanos=0,
        update_latency_nanos=0,
        cancel_latency_nanos=0,
        feed_latency_nanos=0,
        bint in_order=True,
    ):
        super().__init__(
            0, insert_latency_nanos, update_latency_nanos, cancel_latency_nanos, 0, feed_latency_nanos, in_order
        )
        rows = read_latency_table(table)
        self._times = rows.times
        self._entries = rows.entries
        self._responses = rows.responses
        self.source = rows.source
        self.digest = rows.digest
        self.responds = self.responds or bool(rows.responses.any())

    def __repr__(self):
        return (
            f"{type(self).__name__}(table={self.source!r}, rows={self._times.shape[0]}, digest={self.digest}, "
            f"insert_latency_nanos={self.insert_latency_nanos}, update_latency_nanos={self.update_latency_nanos}, "
            f"cancel_latency_nanos={self.cancel_latency_nanos}, feed_latency_nanos={self.feed_latency_nanos}, "
            f"in_order={bool(self.in_order)})"
        )

    def entry_at(self, uint64_t ts):
        """Return the interpolated time to the venue (ns) of what is sent at `ts` (UNIX nanoseconds)."""
        return self.at_c(self._entries, ts)

    def response_at(self, uint64_t ts):
        """Return the interpolated time of an answer (ns) that leaves the venue at `ts` (UNIX nanoseconds)."""
        return self.at_c(self._responses, ts)

    cdef ts_t native_entry_c(self, TradingCommand command, ts_t ts_now) except? 0:
        return self.command_latency_c(command.kind) + self.at_c(self._entries, ts_now)

    cdef ts_t native_response_c(self, OrderEvent event, ts_t ts_now) except? 0:
        return self.at_c(self._responses, ts_now)

    cdef ts_t at_c(self, const int64_t[::1] values, ts_t ts) noexcept:
        cdef Py_ssize_t low = 0
        cdef Py_ssize_t high = self._times.shape[0] - 1
        cdef Py_ssize_t middle
        cdef int64_t time = <int64_t>ts
        cdef int64_t rise = 0
        if time <= self._times[0]:
            return values[0]
        if time >= self._times[high]:
            return values[high]
        while high - low > 1:
            middle = (low + high) >> 1
            if self._times[middle] <= time:
                low = middle
            else:
                high = middle
        # No overflow: the fraction is below one
        fixed_mul_div(
            values[high] - values[low], time - self._times[low], self._times[high] - self._times[low], &rise
        )
        return values[low] + rise
