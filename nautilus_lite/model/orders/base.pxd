cimport cython
from libc.stdint cimport uint64_t
from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.events.order cimport OrderInitialized
from nautilus_lite.model.events.order cimport OrderReleased
from nautilus_lite.model.events.order cimport OrderUpdated
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.extras cimport OrderExtras
from nautilus_lite.model.orders.links cimport OrderLinks


@cython.no_gc
cdef class Order:
    # Identity
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly InstrumentId instrument_id
    cdef readonly ClientOrderId client_order_id
    cdef readonly VenueOrderId venue_order_id       # or None
    cdef readonly PositionId position_id            # or None
    cdef readonly AccountId account_id              # or None
    cdef readonly OrderInitialized init_event
    cdef EventLog _events                           # every applied event, oldest first
    # What was asked
    cdef int _side                                  # OrderSide
    cdef int _order_type                            # OrderType
    cdef int _time_in_force                         # TimeInForce
    cdef readonly bint is_post_only
    cdef readonly bint is_reduce_only
    cdef readonly bint is_quote_quantity
    cdef bint _has_price
    cdef bint _has_trigger
    cdef int _trigger_type                          # TriggerType, NO_TRIGGER where there is none
    cdef price_raw_t price_raw                      # valid if _has_price
    cdef price_raw_t trigger_raw                    # valid if _has_trigger
    cdef uint8_t price_precision
    cdef readonly ts_t expire_time_ns                        # 0 = none
    cdef readonly list tags                         # or None
    cdef readonly object order_list_id
    cdef OrderLinks links                           # None for an order that stands alone
    cdef OrderExtras extras                         # emulation and execution algorithm; None for most orders
    cdef qty_raw_t display_raw                      # most that the book shows at a time, at size_precision; 0 = all
    # State
    cdef int _status                                # OrderStatus
    cdef int _previous_status                       # before PENDING_UPDATE / PENDING_CANCEL
    cdef bint _is_triggered
    cdef qty_raw_t quantity_raw
    cdef qty_raw_t filled_raw
    cdef qty_raw_t leaves_raw                       # = quantity - filled
    cdef uint8_t size_precision
    cdef readonly double avg_px                     # 0.0 before the first fill
    cdef readonly double slippage                   # signed against trigger or limit price, price units
    cdef int _liquidity_side
    cdef Commissions _commissions                   # None before the first fill
    cdef readonly ts_t ts_init
    cdef readonly ts_t ts_submitted                 # 0 = not yet
    cdef readonly ts_t ts_accepted
    cdef readonly ts_t ts_last
    cdef readonly ts_t ts_closed
    # Notes of the cache: where it has indexed the order. (The execution engine's is in the log of events)
    cdef int indexed                                # IndexedAs bits of the cache
    cdef VenueOrderId indexed_venue_order_id
    cdef PositionId linked_position_id
    # Slot used by the matching engine that owns the order, -1 = none
    cdef Py_ssize_t venue_slot
    # Notes of the venue for the order's fills
    cdef double mid_decision                        # middle of the market when the order was sent, NaN = none
    cdef double mid_arrival                         # when it reached the venue
    cdef qty_raw_t queue_entry                      # ahead of it when it came to rest, -1 = not known

    # Everything but the prices; called once by the constructor of a kind of order
    cdef int init_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                    ClientOrderId client_order_id, int side, int order_type, Quantity quantity, int time_in_force,
                    bint post_only, bint reduce_only, bint quote_quantity, dict options, UUID4 init_id, ts_t ts_init,
                    object order_list_id, list tags) except -1
    cdef int init_prices_c(self, Price price, Price trigger_price, int trigger_type) except -1
    cdef int link_c(self, int contingency, ClientOrderId parent, object linked, object order_list_id) except -1
    cdef int init_expiry_c(self, ts_t expire_time_ns) except -1
    # What most orders lack; after the calls above
    cdef int show_c(self, Quantity display_qty) except -1
    cdef int equip_c(self, int emulation_trigger, InstrumentId trigger_instrument_id, ExecAlgorithmId exec_algorithm_id,
                     dict exec_algorithm_params, ClientOrderId exec_spawn_id) except -1
    cdef int _fill_c(self, OrderFilled fill) except -1
    cdef int _update_c(self, OrderUpdated event) except -1
    cdef int _release_c(self, OrderReleased event) except -1
    cdef list _trade_ids(self)
    cdef int _set_slippage(self) except -1
    cdef int apply_c(self, OrderEvent event) except -1      # InvalidStateTrigger on an illegal transition
    cdef bint is_open_c(self) noexcept                      # accepted and working at the venue
    cdef bint is_closed_c(self) noexcept
    cdef bint is_inflight_c(self) noexcept
    cdef bint is_local_c(self) noexcept                     # has not left for the venue
    cdef int emulation_trigger_c(self) noexcept             # TriggerType, NO_TRIGGER where it is not to be emulated
    cdef int set_quantity_c(self, Quantity quantity) except -1   # quote-quantity conversion, once, at entry
