from libc.stdint cimport uint64_t
from nautilus_lite.backtest.matching.liquidity cimport PlanC
from nautilus_lite.backtest.matching.reducing cimport ReducingOrders
from nautilus_lite.backtest.models.fee cimport FeeModel
from nautilus_lite.backtest.models.fill cimport FillModel
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport CancelAllOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.orders.base cimport Order


cdef class OrderMatchingEngine(ReducingOrders):
    """Own orders of one world in one instrument, matched against the shared market state."""
    # Identity
    cdef readonly MarketState state
    cdef FillModel _fill_model
    cdef FeeModel _fee_model
    cdef QueueModel _queue_model                 # or None
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef readonly AccountId account_id
    # Settings of the venue
    cdef bint _is_l1
    cdef bint _reject_stop_orders
    cdef bint _support_gtd_orders
    cdef price_raw_t _tick                       # price increment
    # Touch of the current pass
    cdef bint _has_last
    cdef price_raw_t _last
    cdef bint _on_path                           # inside a bar: prices between its points were traded
    cdef bint _at_gap                            # at the open of a bar
    cdef uint64_t _sweep_sequence          # orders that came later do not match in the present pass
    # Owned memory
    cdef PlanC _plan

    # The market changed (book already updated). `trade` is the row that caused it, or NULL
    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1
    # One point of a bar's path (book already at `is set to the point`); `is_gap` is True for the open
    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1
    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1
    # No later than the earliest expiry of a resting order, UINT64_MAX = none
    cdef ts_t next_expiry_c(self) noexcept
    cdef int expire_c(self, ts_t ts_now) except -1

    # The touch
    cdef int _look_c(self, ts_t ts_now) except -1
    cdef bint _touch_c(self, int sign, price_raw_t* price, qty_raw_t* size) noexcept
    cdef bint _crosses_c(self, int sign, price_raw_t price) noexcept
    cdef bint _is_reached_c(self, Order order) noexcept
    cdef LadderC* _opposite(self, int sign) noexcept        # the side a buyer (+1) or seller (-1) takes from
    # Matching of resting orders
    cdef int _sweep_c(self, int sign, bint limits) except -1
    cdef bint _match_limit_c(self, Order order, int sign) except? 0
    cdef int _match_trade_c(self, const TradeRow* trade) except -1
    cdef bint _fill_resting_c(self, Order order, qty_raw_t qty, price_raw_t price, str reason) except? 0
    cdef int _trigger_c(self, Order order, VenueOrderId venue_order_id) except -1
    cdef qty_raw_t _take_c(self, Order order, VenueOrderId venue_order_id, bint has_limit, str reason,
                           bint at_trigger) except? -1
    cdef int _rest_limit_c(self, Order order, qty_raw_t taken) except -1
    # Commands
    cdef bint _has_market_c(self, Order order) except? 0
    cdef int _submit_market_to_limit_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_market_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_limit_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_stop_c(self, Order order) except -1
    cdef str _refuse_c(self, Order order, PositionId position_id)
    cdef int _modify_c(self, ModifyOrder command) except -1
    cdef str _refuse_change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger)
    cdef int _cancel_c(self, CancelOrder command) except -1
    cdef int _cancel_all_c(self, CancelAllOrders command) except -1
    cdef str _touch_text(self)
    cdef str _takes_text(self, Order order, price_raw_t price)
    cdef object _px(self, price_raw_t raw)
    cdef object _qty(self, qty_raw_t raw)
    cdef ts_t _expiry_c(self, Order order) noexcept
    cdef int reset_c(self) except -1
