from libc.stdint cimport uint8_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class QuoteTick(Data):
    cdef readonly InstrumentId instrument_id
    cdef QuoteRow _mem
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    @staticmethod
    cdef QuoteTick from_row_c(InstrumentId instrument_id, const QuoteRow* row, uint8_t price_precision, uint8_t size_precision)


cdef class TradeTick(Data):
    cdef readonly InstrumentId instrument_id
    cdef TradeRow _mem
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    @staticmethod
    cdef TradeTick from_row_c(InstrumentId instrument_id, const TradeRow* row, uint8_t price_precision, uint8_t size_precision)
