from libc.stdint cimport uint64_t
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.backtest.matching.auctions cimport GatedOrders
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport TradingCommand


cdef class BarOrders(GatedOrders):
    """Working orders on the path of a bar."""
    # Settings of the venue
    cdef int _bar_path                           # BarPath
    cdef int bar_timing                          # BarOrderTiming
    # State
    cdef readonly bint bars_execute              # bars move the book that orders are matched against
    cdef int low_first                           # of the bar at hand; -1: nothing rests, any order will do
    cdef ts_t _closed_ns                         # when the last bar closed, 0 = none did
    cdef bint _sleeps                            # orders are asleep until this bar closes
    cdef list _waiting                           # heap of (due ns, sequence, sent ns, command): until a bar opens or closes
    cdef uint64_t _n_sent
    cdef Py_ssize_t n_waiting
    # Counters
    cdef readonly uint64_t n_active_bars         # bars that reached a working order
    cdef readonly uint64_t n_ambiguous_bars      # bars whose order of high and low decided what came of working orders
    cdef readonly uint64_t n_unserved            # commands that waited for a bar that never came

    # One point of a bar's path (the book is already set to the point); `is_gap` is True for the open
    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1
    # The book is at the open of a bar, of `bar_ns` length (0 = not known): match, serve commands, and choose `low_first`
    cdef int on_bar_open_c(self, ts_t ts_now, ts_t bar_ns, const BarPointsC* points) except -1
    # The book is at its close
    cdef int on_bar_close_c(self, ts_t ts_now) except -1
    cdef int _legs_c(self, const BarPointsC* points) noexcept
    cdef bint _try_c(self, const BarPointsC* points, bint low_first) except -1     # as `low_first`
    cdef dict _open_quantities_c(self)
    # A command that left the client at `sent` and is at the venue at `due` waits for its bar
    cdef int wait_c(self, TradingCommand command, ts_t sent, ts_t due) except -1
    cdef int _serve_c(self, ts_t ts_now, ts_t due, ts_t sent_before) except -1
    # No bar will come: carry out cancels, refuse the rest
    cdef int refuse_waiting_c(self, ts_t ts_now) except -1
    cdef int _refuse_command_c(self, TradingCommand command) except -1
    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1     # the matching engine's
    cdef int reset_bars_c(self) except -1
