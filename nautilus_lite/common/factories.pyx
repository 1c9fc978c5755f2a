"""Orders made with less to type."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.text cimport join_number
from nautilus_lite.core.text cimport utc_stamp
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport OrderListId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.types cimport LimitOrder
from nautilus_lite.model.orders.types cimport MarketOrder
from nautilus_lite.model.time_in_force cimport TimeInForce

from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.types import LimitIfTouchedOrder
from nautilus_lite.model.orders.types import MarketIfTouchedOrder
from nautilus_lite.model.orders.types import MarketToLimitOrder
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

    def market_to_limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                        TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                        bint quote_quantity=False, list tags=None, ClientOrderId client_order_id=None):
        """Return a `MarketToLimitOrder`; `expire_time` (datetime) is for GTD."""
        return MarketToLimitOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, self.new_uuid_c(),
            self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), reduce_only, quote_quantity, None, tags,
        )

    def market_if_touched(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                          Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                          TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                          bint quote_quantity=False, list tags=None, ClientOrderId client_order_id=None):
        """Return a `MarketIfTouchedOrder`; `expire_time` (datetime) is for GTD."""
        return MarketIfTouchedOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time),
            reduce_only, quote_quantity, None, tags,
        )

    def limit_if_touched(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                         Price price not None, Price trigger_price not None,
                         TriggerType trigger_type=TriggerType.DEFAULT, TimeInForce time_in_force=TimeInForce.GTC,
                         expire_time=None, bint post_only=False, bint reduce_only=False, bint quote_quantity=False,
                         list tags=None, ClientOrderId client_order_id=None):
        """Return a `LimitIfTouchedOrder`; `expire_time` (datetime) is for GTD."""
        return LimitIfTouchedOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only,
            reduce_only, quote_quantity, None, tags,
        )

    def bracket(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                bint quote_quantity=False, ContingencyType contingency_type=ContingencyType.OUO,
                OrderType entry_order_type=OrderType.MARKET, Price entry_price=None, Price entry_trigger_price=None,
                expire_time=None, TimeInForce time_in_force=TimeInForce.GTC, bint entry_post_only=False,
                list entry_tags=None, ClientOrderId entry_client_order_id=None, OrderType tp_order_type=OrderType.LIMIT,
                Price tp_price=None, TimeInForce tp_time_in_force=TimeInForce.GTC, bint tp_post_only=True,
                list tp_tags=None, ClientOrderId tp_client_order_id=None, OrderType sl_order_type=OrderType.STOP_MARKET,
                Price sl_trigger_price=None, TriggerType sl_trigger_type=TriggerType.DEFAULT,
                TimeInForce sl_time_in_force=TimeInForce.GTC, list sl_tags=None,
                ClientOrderId sl_client_order_id=None):
        """Return an entry with a stop-loss and a take-profit that the venue holds until the entry is filled.

        Parameters
        ----------
        contingency_type : ContingencyType, default OUO
            Between stop-loss and take-profit: `OUO` or `OCO`. The entry triggers both (`OTO`).
        entry_order_type : OrderType, default MARKET
            `MARKET`, `LIMIT`, `STOP_MARKET` or `STOP_LIMIT`.
        entry_price, entry_trigger_price : Price, optional
            As the type of the entry asks for.
        expire_time : datetime, optional
            Of the entry, for GTD.
        tp_price : Price
            Limit price of the take-profit.
        sl_trigger_price : Price
            Trigger price of the stop-loss.
        entry_tags, tp_tags, sl_tags : list of str, optional
            `["ENTRY"]`, `["TAKE_PROFIT"]` and `["STOP_LOSS"]` where omitted.

        Returns
        -------
        OrderList
            Entry, stop-loss, take-profit; the last two are reduce-only. Submit it with `submit_order_list`.

        Raises
        ------
        ValueError
            If a price is missing, a type is not supported, or stop-loss and take-profit do not lie on both sides of the
            entry.
        """
        if tp_order_type != OrderType.LIMIT or sl_order_type != OrderType.STOP_MARKET:
            raise ValueError(
                "a bracket takes profit by LIMIT and stops losses by STOP_MARKET, was "
                f"{(<object><OrderType>tp_order_type).name} and {(<object><OrderType>sl_order_type).name}"
            )
        if contingency_type != ContingencyType.OUO and contingency_type != ContingencyType.OCO:
            raise ValueError(
                f"invalid `contingency_type`, must be OUO or OCO, was {(<object><ContingencyType>contingency_type).name}"
            )
        if tp_price is None or sl_trigger_price is None:
            raise ValueError(f"a bracket needs `tp_price` and `sl_trigger_price`, was {tp_price} and {sl_trigger_price}")
        if (tp_price > sl_trigger_price) != (order_side == OrderSide.BUY):
            raise ValueError(
                f"the take-profit of a {(<object><OrderSide>order_side).name} must lie "
                f"{'above' if order_side == OrderSide.BUY else 'below'} its stop-loss, was {tp_price} and {sl_trigger_price}"
            )
        cdef OrderSide exit_side = OrderSide.SELL if order_side == OrderSide.BUY else OrderSide.BUY
        cdef Order entry, stop, profit
        entry_tags = ["ENTRY"] if entry_tags is None else entry_tags
        if entry_order_type == OrderType.MARKET:
            entry = self.market(instrument_id, order_side, quantity, time_in_force, False, quote_quantity, entry_tags,
                                entry_client_order_id)
        elif entry_order_type == OrderType.LIMIT:
            entry = self.limit(instrument_id, order_side, quantity, entry_price, time_in_force, expire_time,
                               entry_post_only, False, quote_quantity, entry_tags, entry_client_order_id)
        elif entry_order_type == OrderType.STOP_MARKET:
            entry = self.stop_market(instrument_id, order_side, quantity, entry_trigger_price, TriggerType.DEFAULT,
                                     time_in_force, expire_time, False, quote_quantity, entry_tags, entry_client_order_id)
        elif entry_order_type == OrderType.STOP_LIMIT:
            entry = self.stop_limit(instrument_id, order_side, quantity, entry_price, entry_trigger_price,
                                    TriggerType.DEFAULT, time_in_force, expire_time, entry_post_only, False,
                                    quote_quantity, entry_tags, entry_client_order_id)
        else:
            raise ValueError(
                "invalid `entry_order_type`, must be MARKET, LIMIT, STOP_MARKET or STOP_LIMIT, was "
                f"{(<object><OrderType>entry_order_type).name}"
            )
        stop = self.stop_market(instrument_id, exit_side, quantity, sl_trigger_price, sl_trigger_type, sl_time_in_force,
                                None, True, quote_quantity, ["STOP_LOSS"] if sl_tags is None else sl_tags,
                                sl_client_order_id)
        profit = self.limit(instrument_id, exit_side, quantity, tp_price, tp_time_in_force, None, tp_post_only, True,
                            quote_quantity, ["TAKE_PROFIT"] if tp_tags is None else tp_tags, tp_client_order_id)
        list_id = self.generate_order_list_id()
        entry.link_c(ContingencyType.OTO, None, [stop.client_order_id, profit.client_order_id], list_id)
        stop.link_c(contingency_type, entry.client_order_id, [profit.client_order_id], list_id)
        profit.link_c(contingency_type, entry.client_order_id, [stop.client_order_id], list_id)
        return OrderList(list_id, [entry, stop, profit])
