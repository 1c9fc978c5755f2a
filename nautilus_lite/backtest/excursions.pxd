from libc.stdint cimport int64_t
from nautilus_lite.backtest.held cimport HeldPrices
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.position cimport Position


cdef class Excursions:
    """The largest unrealised loss and gain of every position of one world."""
    cdef dict _held                          # InstrumentId -> HeldPrices
    # The fill whose positions come next
    cdef HeldPrices _now                     # or None: no simulated venue's
    cdef int64_t _cut                        # number of the stretch it began

    cdef HeldPrices held_c(self, InstrumentId instrument_id)         # made on first use
    cdef int fill_c(self, OrderFilled fill) except -1                # a fill was heard of
    cdef int position_c(self, Position position) except -1           # and changed this position
    cdef int _take_c(self, Position position, HeldPrices held, int64_t until) except -1
