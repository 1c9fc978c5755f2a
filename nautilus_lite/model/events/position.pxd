from libc.stdint cimport uint64_t
from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.position cimport Position


cdef class PositionEvent:
    # A copy of the position's state after the fill; nothing in it changes later
    cdef uint64_t id_hi
    cdef uint64_t id_lo
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly InstrumentId instrument_id
    cdef readonly PositionId position_id
    cdef readonly AccountId account_id
    cdef readonly ClientOrderId opening_order_id
    cdef readonly ClientOrderId closing_order_id   # or None
    cdef int _entry                                # OrderSide
    cdef int _side                                 # PositionSide
    cdef readonly double signed_qty
    cdef qty_raw_t quantity_raw
    cdef qty_raw_t peak_qty_raw
    cdef qty_raw_t last_qty_raw
    cdef uint8_t size_precision
    cdef price_raw_t last_px_raw
    cdef uint8_t price_precision
    cdef readonly Currency currency                # quote currency
    cdef Currency _settlement_currency             # of the realised PnL
    cdef readonly double avg_px_open
    cdef readonly double avg_px_close
    cdef readonly double realized_return
    cdef money_raw_t realized_pnl_raw              # settlement minor units
    cdef readonly ts_t ts_opened
    cdef readonly ts_t ts_closed
    cdef readonly ts_t duration_ns
    cdef readonly ts_t ts_event
    cdef readonly ts_t ts_init

cdef class PositionOpened(PositionEvent):
    pass

cdef class PositionChanged(PositionEvent):
    pass

cdef class PositionClosed(PositionEvent):
    pass

# kind: 0 opened, 1 changed, 2 closed
cdef PositionEvent position_event_c(int kind, Position position, OrderFilled fill, uint64_t id_hi, uint64_t id_lo, ts_t ts_init)
