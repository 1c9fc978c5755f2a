# A bar tried along one path, without an event: which working orders would fill, at which price.
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.execution.trailing cimport TrailC
from nautilus_lite.model.orders.base cimport Order


cdef class Wish:
    """One order in a trial."""
    # As the order is before the bar
    cdef Order order
    cdef Py_ssize_t number                   # in the trial
    cdef bint waits_at_first                 # for a fill of its parent
    cdef list linked                         # Wish of the orders it is linked to, its children for a parent
    # As it is in the trial
    cdef bint works
    cdef bint waits
    cdef bint is_stop                        # reached by a price that goes its way: up for buys
    cdef bint triggers                       # fills, or becomes a limit, when it is reached
    cdef int sign                            # +1 buys
    cdef bint dormant                        # a trailing stop that waits for its activation price
    cdef bint trails
    cdef TrailC trail
    cdef price_raw_t price                   # that reaches it


cdef class BarTrial:
    """Working orders and those they hold, tried along paths of one bar."""
    cdef list wishes                         # Wish, in order of arrival
    cdef dict positions                      # StrategyId -> signed raw quantity
    cdef price_raw_t _tick
    cdef bint _rejects_stops
    cdef bint _reduces                       # the venue heeds reduce-only
    # Of the trial
    cdef dict _open_now                      # as `positions`
    cdef list _fills                         # (number of the wish, quantity, price), raw
    cdef price_raw_t _spread                 # at the point that the market goes to
    cdef object worth                        # of the fills at the close's mid: twice raw price times raw quantity
    cdef tuple outcome                       # fills and states, to be compared

    cdef int add_c(self, Order order, bint waits) except -1
    cdef int link_c(self) except -1          # once all are added
    cdef int run_c(self, const BarPointsC* points, bint low_first) except -1
    cdef int _leg_c(self, int way, price_raw_t bid, price_raw_t ask) except -1
    cdef int _trail_c(self, Wish wish, price_raw_t bid, price_raw_t ask) except -1
    cdef int _reach_c(self, Wish wish) except -1
    cdef int _fill_c(self, Wish wish, price_raw_t price) except -1
    cdef int _end_c(self, Wish wish, bint strikes) except -1
    cdef int _release_c(self, Wish wish, price_raw_t touch) except -1
