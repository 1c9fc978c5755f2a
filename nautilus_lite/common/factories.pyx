"""Orders made with less to type."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.text cimport join_number
from nautilus_lite.core.text cimport utc_stamp
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport OrderListId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.types cimport LimitOrder
from nautilus_lite.model.orders.types cimport MarketOrder
from nautilus_lite.model.time_in_force cimport TimeInForce

from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.types import StopLimitOrder
from nautilus_lite.model.orders.types import StopMarketOrder

cdef enum:
    SECOND_NS = 1_000_000_000


cdef object _expiry(object expire_time):
    return 0 if expire_time is None else maybe_dt_to_unix_nanos(expire_time)


@cython.final
cdef class OrderFactory:
    """Makes orders of one strategy, numbered.

    Parameters
    ----------
    trader_id : TraderId
    strategy_id : StrategyId
    clock : Clock

    Notes
    -----
    Client order ids read `O-YYYYMMDD-HHMMSS-<trader tag>-<strategy tag>-<count>`.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, Clock clock not None):
        self.trader_id = trader_id
        self.strategy_id = strategy_id
        self._clock = clock
        trader_tag = trader_id.value.rpartition("-")[2]
        strategy_tag = strategy_id.value.rpartition("-")[2]
        self._tags = f"-{trader_tag}-{strategy_tag}-"
        self._stamp = None

    cdef str _stamp_c(self):
        cdef uint64_t second = self._clock.timestamp_ns() // SECOND_NS
        if self._stamp is None or second != self._second:
            self._stamp = f"O-{utc_stamp(second)}{self._tags}"
            self._second = second
        return self._stamp

    cdef ClientOrderId new_id_c(self):
        self._count += 1
        return ClientOrderId.new_c(join_number(self._stamp_c(), self._count, 1))

    cdef UUID4 new_uuid_c(self):
        if self._clock.queue is not None:
            return self._clock.queue.next_uuid_c()
        return UUID4()

    def get_client_order_id_count(self):
        """Return the number of client order ids made."""
        return self._count

    def set_client_order_id_count(self, uint64_t count):
        """Set the number of client order ids made; the next is one more."""
        self._count = count

    def generate_client_order_id(self):
        """Return the next client order id."""
        return self.new_id_c()

    def generate_order_list_id(self):
        """Return the next order list id."""
        self._list_count += 1
        return OrderListId(f"OL-{self._stamp_c()[2:]}{self._list_count}")

    def reset(self):
        """Start the counts again."""
        self._count = 0
        self._list_count = 0
        self._stamp = None

    def create_list(self, list orders not None):
        """Return an `OrderList` of orders made here."""
        return OrderList(self.generate_order_list_id(), orders)

    def market(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
               TimeInForce time_in_force=TimeInForce.GTC, bint reduce_only=False, bint quote_quantity=False,
               list tags=None, ClientOrderId client_order_id=None):
        """Return a `MarketOrder`."""
        cdef MarketOrder order = MarketOrder.__new__(MarketOrder)
        order.set_c(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, self.new_uuid_c(),
            self._clock.timestamp_ns(), time_in_force, reduce_only, quote_quantity, None, tags,
        )
        return order

    cdef LimitOrder limit_c(self, InstrumentId instrument_id, int side, Quantity quantity, Price price, bint post_only):
        cdef LimitOrder order = LimitOrder.__new__(LimitOrder)
        order.set_c(self.trader_id, self.strategy_id, instrument_id, self.new_id_c(), side, quantity, price,
                    self.new_uuid_c(), self._clock.timestamp_ns(), TimeInForce.GTC, 0, post_only, False, False, None, None)
        return order

    def limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
              Price price not None, TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint post_only=False,
              bint reduce_only=False, bint quote_quantity=False, list tags=None, ClientOrderId client_order_id=None):
        """Return a `LimitOrder`; `expire_time` (datetime) is for GTD."""
        cdef LimitOrder order = LimitOrder.__new__(LimitOrder)
        order.set_c(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price,
            self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only, reduce_only,
            quote_quantity, None, tags,
        )
        return order

    def stop_market(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                    Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                    TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                    bint quote_quantity=False, list tags=None, ClientOrderId client_order_id=None):
        """Return a `StopMarketOrder`; `expire_time` (datetime) is for GTD."""
        return StopMarketOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time),
            reduce_only, quote_quantity, None, tags,
        )

    def stop_limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                   Price price not None, Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                   TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint post_only=False,
                   bint reduce_only=False, bint quote_quantity=False, list tags=None,
                   ClientOrderId client_order_id=None):
        """Return a `StopLimitOrder`; `expire_time` (datetime) is for GTD."""
        return StopLimitOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only,
            reduce_only, quote_quantity, None, tags,
        )
