from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class InstrumentUpdate(Data):
    """What the rare kinds of data of an instrument share."""
    cdef readonly InstrumentId instrument_id
    cdef readonly ts_t ts_event
    cdef readonly ts_t ts_init


cdef class InstrumentStatus(InstrumentUpdate):
    cdef int _action                             # MarketStatusAction
    cdef readonly str reason                     # or None, as the rest
    cdef readonly str trading_event
    cdef readonly object is_trading
    cdef readonly object is_quoting
    cdef readonly object is_short_sell_restricted


cdef class InstrumentClose(InstrumentUpdate):
    cdef price_raw_t raw
    cdef uint8_t precision
    cdef int _close_type                         # InstrumentCloseType


cdef class PriceUpdate(InstrumentUpdate):
    """Base of mark and index prices."""
    cdef price_raw_t raw
    cdef uint8_t precision


cdef class MarkPriceUpdate(PriceUpdate):
    pass


cdef class IndexPriceUpdate(PriceUpdate):
    pass


cdef class FundingRateUpdate(InstrumentUpdate):
    cdef readonly object rate                    # Decimal
    cdef readonly object interval                # minutes, or None
    cdef ts_t next_ns                            # UINT64_MAX = not given
