from libc.stdint cimport uint8_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity


cdef class BookOrder:
    cdef readonly Price price
    cdef readonly Quantity size
    cdef readonly uint64_t order_id
    cdef int _side             # OrderSide


cdef class OrderBookDelta(Data):
    cdef readonly InstrumentId instrument_id
    cdef DeltaRow _mem
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    @staticmethod
    cdef OrderBookDelta from_row_c(InstrumentId instrument_id, const DeltaRow* row, uint8_t price_precision, uint8_t size_precision)


cdef class OrderBookDeltas(Data):
    cdef readonly InstrumentId instrument_id
    cdef DeltaRow* _rows       # copy; `deltas` builds objects when read
    cdef DeltaRow _only        # where a batch of one lies; others are owned
    cdef size_t _n
    cdef int _make_room_c(self, size_t n) except -1
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    @staticmethod
    cdef OrderBookDeltas from_rows_c(InstrumentId instrument_id, const DeltaRow* rows, size_t n, uint8_t price_precision, uint8_t size_precision)


cdef class OrderBookDepth10(Data):
    cdef readonly InstrumentId instrument_id
    cdef Depth10Row _mem
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    @staticmethod
    cdef OrderBookDepth10 from_row_c(InstrumentId instrument_id, const Depth10Row* row, uint8_t price_precision, uint8_t size_precision)
