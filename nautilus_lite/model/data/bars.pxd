from libc.stdint cimport uint8_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class BarSpecification:
    cdef readonly int step
    cdef int _aggregation      # BarAggregation
    cdef int _price_type       # PriceType


cdef class BarType:            # interned by its text
    cdef readonly InstrumentId instrument_id
    cdef readonly BarSpecification spec
    cdef int _source           # AggregationSource
    cdef readonly BarType _composite   # the bar type this one is built from, or None
    cdef str _text
    cdef Py_hash_t _hash
    cdef _fill(self, InstrumentId instrument_id, BarSpecification spec, int source, BarType composite)


cdef class Bar(Data):
    cdef readonly BarType bar_type
    cdef BarRow _mem
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    cdef readonly bint is_revision
    @staticmethod
    cdef Bar from_row_c(BarType bar_type, const BarRow* row, uint8_t price_precision, uint8_t size_precision)
