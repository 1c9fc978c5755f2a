"""Orders made with less to type."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.text cimport join_number
from nautilus_lite.core.text cimport text_key
from nautilus_lite.core.text cimport utc_stamp
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TrailingOffsetType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
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
from nautilus_lite.model.orders.trailing import TrailingStopLimitOrder
from nautilus_lite.model.orders.trailing import TrailingStopMarketOrder
from nautilus_lite.model.orders.types import LimitIfTouchedOrder
from nautilus_lite.model.orders.types import MarketIfTouchedOrder
from nautilus_lite.model.orders.types import MarketToLimitOrder
from nautilus_lite.model.orders.types import StopLimitOrder
from nautilus_lite.model.orders.types import StopMarketOrder

cdef enum:
    SECOND_NS = 1_000_000_000


ENTRY_TYPES = (OrderType.MARKET, OrderType.LIMIT, OrderType.STOP_MARKET, OrderType.STOP_LIMIT,
               OrderType.MARKET_IF_TOUCHED, OrderType.LIMIT_IF_TOUCHED)
PROFIT_TYPES = (OrderType.LIMIT, OrderType.LIMIT_IF_TOUCHED, OrderType.MARKET_IF_TOUCHED,
                OrderType.TRAILING_STOP_MARKET, OrderType.TRAILING_STOP_LIMIT)
STOP_TYPES = (OrderType.STOP_MARKET, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP_MARKET,
              OrderType.TRAILING_STOP_LIMIT)


cdef int _check_type(str role, OrderType order_type, tuple known) except -1:
    if order_type not in known:
        names = ", ".join((<object><OrderType>each).name for each in known)
        raise ValueError(
            f"invalid `{role}_order_type`, must be one of {names}, was {(<object><OrderType>order_type).name}"
        )
    return 0


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
    cache : Cache, optional
        Accepted for ported code.
    use_uuid_client_order_ids : bool, default False
        If client order ids are UUIDs.
    use_hyphens_in_client_order_ids : bool, default True
        If client order ids have hyphens.

    Notes
    -----
    Client order ids read `O-YYYYMMDD-HHMMSS-<trader tag>-<strategy tag>-<count>`.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, Clock clock not None, cache=None,
                 bint use_uuid_client_order_ids=False, bint use_hyphens_in_client_order_ids=True):
        self.use_uuid_client_order_ids = use_uuid_client_order_ids
        self.use_hyphens_in_client_order_ids = use_hyphens_in_client_order_ids
        self._is_plain = use_hyphens_in_client_order_ids and not use_uuid_client_order_ids
        # Of the strategy alone: other draws do not change the ids of its orders, and a reset gives the same again
        self._ids = UUIDFactory(text_key(f"{trader_id.value} {strategy_id.value}")) if use_uuid_client_order_ids else None
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
        if not self._is_plain:
            text = str(self._ids.next_uuid()) if self.use_uuid_client_order_ids else f"{self._stamp_c()}{self._count}"
            return ClientOrderId(text if self.use_hyphens_in_client_order_ids else text.replace("-", ""))
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

    def get_order_list_id_count(self):
        """Return the number of order list ids made."""
        return self._list_count

    def set_order_list_id_count(self, uint64_t count):
        """Set the number of order list ids made; the next is one more."""
        self._list_count = count

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
        if self._ids is not None:
            self._ids.reset()

    def create_list(self, list orders not None):
        """Return an `OrderList` of orders made here."""
        return OrderList(self.generate_order_list_id(), orders)

    def market(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
               TimeInForce time_in_force=TimeInForce.GTC, bint reduce_only=False, bint quote_quantity=False,
               ExecAlgorithmId exec_algorithm_id=None, dict exec_algorithm_params=None, list tags=None,
               ClientOrderId client_order_id=None):
        """Return a `MarketOrder`."""
        cdef MarketOrder order = MarketOrder.__new__(MarketOrder)
        order.set_c(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, self.new_uuid_c(),
            self._clock.timestamp_ns(), time_in_force, reduce_only, quote_quantity, None, tags,
        )
        if exec_algorithm_id is not None:
            order.equip_c(TriggerType.NO_TRIGGER, None, exec_algorithm_id, exec_algorithm_params, None)
        return order

    cdef LimitOrder limit_c(self, InstrumentId instrument_id, int side, Quantity quantity, Price price, bint post_only):
        cdef LimitOrder order = LimitOrder.__new__(LimitOrder)
        order.set_c(self.trader_id, self.strategy_id, instrument_id, self.new_id_c(), side, quantity, price,
                    self.new_uuid_c(), self._clock.timestamp_ns(), TimeInForce.GTC, 0, post_only, False, False, None, None)
        return order

    def limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
              Price price not None, TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint post_only=False,
              bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
              TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
              ExecAlgorithmId exec_algorithm_id=None, dict exec_algorithm_params=None, list tags=None,
              ClientOrderId client_order_id=None):
        """Return a `LimitOrder`; `expire_time` (datetime) is for GTD."""
        cdef LimitOrder order = LimitOrder.__new__(LimitOrder)
        order.set_c(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price,
            self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only, reduce_only,
            quote_quantity, None, tags,
        )
        if display_qty is not None:
            order.show_c(display_qty)
        if emulation_trigger != TriggerType.NO_TRIGGER or exec_algorithm_id is not None:
            order.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, None)
        return order

    cdef Order _equipped(self, Order order, int emulation_trigger, InstrumentId trigger_instrument_id,
                         ExecAlgorithmId exec_algorithm_id, dict exec_algorithm_params):
        order.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, None)
        return order

    def stop_market(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                    Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                    TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                    bint quote_quantity=False, TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                    InstrumentId trigger_instrument_id=None, ExecAlgorithmId exec_algorithm_id=None,
                    dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `StopMarketOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(StopMarketOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time),
            reduce_only, quote_quantity, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def stop_limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                   Price price not None, Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                   TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint post_only=False,
                   bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                   TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                   ExecAlgorithmId exec_algorithm_id=None, dict exec_algorithm_params=None, list tags=None,
                   ClientOrderId client_order_id=None):
        """Return a `StopLimitOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(StopLimitOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only,
            reduce_only, quote_quantity, display_qty, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def market_to_limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                        TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                        bint quote_quantity=False, Quantity display_qty=None, ExecAlgorithmId exec_algorithm_id=None,
                        dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `MarketToLimitOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(MarketToLimitOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, self.new_uuid_c(),
            self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), reduce_only, quote_quantity, display_qty,
            tags=tags,
        ), TriggerType.NO_TRIGGER, None, exec_algorithm_id, exec_algorithm_params)

    def market_if_touched(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                          Price trigger_price not None, TriggerType trigger_type=TriggerType.DEFAULT,
                          TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                          bint quote_quantity=False, TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                          InstrumentId trigger_instrument_id=None, ExecAlgorithmId exec_algorithm_id=None,
                          dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `MarketIfTouchedOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(MarketIfTouchedOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time),
            reduce_only, quote_quantity, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def limit_if_touched(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                         Price price not None, Price trigger_price not None,
                         TriggerType trigger_type=TriggerType.DEFAULT, TimeInForce time_in_force=TimeInForce.GTC,
                         expire_time=None, bint post_only=False, bint reduce_only=False, bint quote_quantity=False,
                         Quantity display_qty=None, TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                         InstrumentId trigger_instrument_id=None, ExecAlgorithmId exec_algorithm_id=None,
                         dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `LimitIfTouchedOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(LimitIfTouchedOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price, trigger_price,
            trigger_type, self.new_uuid_c(), self._clock.timestamp_ns(), time_in_force, _expiry(expire_time), post_only,
            reduce_only, quote_quantity, display_qty, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def trailing_stop_market(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                             trailing_offset not None, Price activation_price=None, Price trigger_price=None,
                             TriggerType trigger_type=TriggerType.DEFAULT,
                             TrailingOffsetType trailing_offset_type=TrailingOffsetType.PRICE,
                             TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint reduce_only=False,
                             bint quote_quantity=False, TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                             InstrumentId trigger_instrument_id=None, ExecAlgorithmId exec_algorithm_id=None,
                             dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `TrailingStopMarketOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(TrailingStopMarketOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, trigger_price,
            trigger_type, trailing_offset, trailing_offset_type, self.new_uuid_c(), self._clock.timestamp_ns(),
            activation_price, time_in_force, _expiry(expire_time), reduce_only, quote_quantity, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def trailing_stop_limit(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                            limit_offset not None, trailing_offset not None, Price price=None,
                            Price activation_price=None, Price trigger_price=None,
                            TriggerType trigger_type=TriggerType.DEFAULT,
                            TrailingOffsetType trailing_offset_type=TrailingOffsetType.PRICE,
                            TimeInForce time_in_force=TimeInForce.GTC, expire_time=None, bint post_only=False,
                            bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                            TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                            InstrumentId trigger_instrument_id=None, ExecAlgorithmId exec_algorithm_id=None,
                            dict exec_algorithm_params=None, list tags=None, ClientOrderId client_order_id=None):
        """Return a `TrailingStopLimitOrder`; `expire_time` (datetime) is for GTD."""
        return self._equipped(TrailingStopLimitOrder(
            self.trader_id, self.strategy_id, instrument_id,
            self.new_id_c() if client_order_id is None else client_order_id, order_side, quantity, price, trigger_price,
            trigger_type, limit_offset, trailing_offset, trailing_offset_type, self.new_uuid_c(),
            self._clock.timestamp_ns(), activation_price, time_in_force, _expiry(expire_time), post_only, reduce_only,
            quote_quantity, display_qty, tags=tags,
        ), emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params)

    def bracket(self, InstrumentId instrument_id not None, OrderSide order_side, Quantity quantity not None,
                bint quote_quantity=False, TriggerType emulation_trigger=TriggerType.NO_TRIGGER,
                InstrumentId trigger_instrument_id=None, ContingencyType contingency_type=ContingencyType.OUO,
                OrderType entry_order_type=OrderType.MARKET, Price entry_price=None, Price entry_trigger_price=None,
                expire_time=None, TimeInForce time_in_force=TimeInForce.GTC, bint entry_post_only=False,
                ExecAlgorithmId entry_exec_algorithm_id=None, dict entry_exec_algorithm_params=None,
                list entry_tags=None, ClientOrderId entry_client_order_id=None,
                OrderType tp_order_type=OrderType.LIMIT, Price tp_price=None, Price tp_trigger_price=None,
                TriggerType tp_trigger_type=TriggerType.DEFAULT, Price tp_activation_price=None,
                tp_trailing_offset=None, TrailingOffsetType tp_trailing_offset_type=TrailingOffsetType.PRICE,
                tp_limit_offset=None, TimeInForce tp_time_in_force=TimeInForce.GTC, bint tp_post_only=True,
                ExecAlgorithmId tp_exec_algorithm_id=None, dict tp_exec_algorithm_params=None, list tp_tags=None,
                ClientOrderId tp_client_order_id=None, OrderType sl_order_type=OrderType.STOP_MARKET,
                Price sl_trigger_price=None, TriggerType sl_trigger_type=TriggerType.DEFAULT,
                Price sl_activation_price=None, sl_trailing_offset=None,
                TrailingOffsetType sl_trailing_offset_type=TrailingOffsetType.PRICE,
                TimeInForce sl_time_in_force=TimeInForce.GTC, ExecAlgorithmId sl_exec_algorithm_id=None,
                dict sl_exec_algorithm_params=None, list sl_tags=None, ClientOrderId sl_client_order_id=None,
                Price sl_price=None, sl_limit_offset=None, bint sl_post_only=False):
        """Return an entry with a stop-loss and a take-profit that wait until the entry is filled.

        Parameters
        ----------
        emulation_trigger : TriggerType, default NO_TRIGGER
            If given, the orders are held here and triggered by this price of the market; a MARKET entry is not.
        contingency_type : ContingencyType, default OUO
            Between stop-loss and take-profit: `OUO` or `OCO`. The entry triggers both (`OTO`).
        entry_order_type : OrderType, default MARKET
            `MARKET`, `LIMIT`, `STOP_MARKET`, `STOP_LIMIT`, `MARKET_IF_TOUCHED` or `LIMIT_IF_TOUCHED`.
        entry_price, entry_trigger_price : Price, optional
            As the type of the entry asks for.
        expire_time : datetime, optional
            Of the entry, for GTD.
        tp_order_type : OrderType, default LIMIT
            `LIMIT`, `LIMIT_IF_TOUCHED`, `MARKET_IF_TOUCHED`, `TRAILING_STOP_MARKET` or `TRAILING_STOP_LIMIT`.
        tp_price, tp_trigger_price, tp_activation_price : Price, optional
            As the type of the take-profit asks for.
        tp_trailing_offset, tp_limit_offset : Decimal, optional
            Of a trailing take-profit.
        sl_order_type : OrderType, default STOP_MARKET
            `STOP_MARKET`, `STOP_LIMIT`, `TRAILING_STOP_MARKET` or `TRAILING_STOP_LIMIT`.
        sl_trigger_price, sl_price, sl_activation_price : Price, optional
            As the type of the stop-loss asks for.
        sl_trailing_offset, sl_limit_offset : Decimal, optional
            Of a trailing stop-loss.
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
        cdef OrderSide exit_side = OrderSide.SELL if order_side == OrderSide.BUY else OrderSide.BUY
        cdef Price profit_at, stop_at
        cdef Order entry, stop, profit
        _check_type("entry", entry_order_type, ENTRY_TYPES)
        _check_type("tp", tp_order_type, PROFIT_TYPES)
        _check_type("sl", sl_order_type, STOP_TYPES)
        if contingency_type != ContingencyType.OUO and contingency_type != ContingencyType.OCO:
            raise ValueError(
                f"invalid `contingency_type`, must be OUO or OCO, was {(<object><ContingencyType>contingency_type).name}"
            )
        # A trailing one finds its prices in the market
        profit_at = tp_price if tp_order_type == OrderType.LIMIT else tp_trigger_price
        stop_at = sl_trigger_price
        if profit_at is not None and stop_at is not None and (profit_at > stop_at) != (order_side == OrderSide.BUY):
            raise ValueError(
                f"the take-profit of a {(<object><OrderSide>order_side).name} must lie "
                f"{'above' if order_side == OrderSide.BUY else 'below'} its stop-loss, was {profit_at} and {stop_at}"
            )
        entry = self._part(
            "entry", entry_order_type, instrument_id, order_side, quantity, time_in_force, expire_time, entry_post_only,
            False, quote_quantity, entry_price, entry_trigger_price, TriggerType.DEFAULT, None, None,
            TrailingOffsetType.PRICE, None, ["ENTRY"] if entry_tags is None else entry_tags, entry_client_order_id,
        )
        entry.equip_c(TriggerType.NO_TRIGGER if entry_order_type == OrderType.MARKET else emulation_trigger,
                      trigger_instrument_id, entry_exec_algorithm_id, entry_exec_algorithm_params, None)
        stop = self._part(
            "sl", sl_order_type, instrument_id, exit_side, quantity, sl_time_in_force, None, sl_post_only, True,
            quote_quantity, sl_price, sl_trigger_price, sl_trigger_type, sl_activation_price, sl_trailing_offset,
            sl_trailing_offset_type, sl_limit_offset, ["STOP_LOSS"] if sl_tags is None else sl_tags, sl_client_order_id,
        )
        stop.equip_c(emulation_trigger, trigger_instrument_id, sl_exec_algorithm_id, sl_exec_algorithm_params, None)
        profit = self._part(
            "tp", tp_order_type, instrument_id, exit_side, quantity, tp_time_in_force, None, tp_post_only, True,
            quote_quantity, tp_price, tp_trigger_price, tp_trigger_type, tp_activation_price, tp_trailing_offset,
            tp_trailing_offset_type, tp_limit_offset, ["TAKE_PROFIT"] if tp_tags is None else tp_tags,
            tp_client_order_id,
        )
        profit.equip_c(emulation_trigger, trigger_instrument_id, tp_exec_algorithm_id, tp_exec_algorithm_params, None)
        list_id = self.generate_order_list_id()
        entry.link_c(ContingencyType.OTO, None, [stop.client_order_id, profit.client_order_id], list_id)
        stop.link_c(contingency_type, entry.client_order_id, [profit.client_order_id], list_id)
        profit.link_c(contingency_type, entry.client_order_id, [stop.client_order_id], list_id)
        return OrderList(list_id, [entry, stop, profit])

    def _part(self, str role, int order_type, instrument_id, OrderSide side, quantity, TimeInForce time_in_force,
              expire_time, bint post_only, bint reduce_only, bint quote_quantity, price, trigger_price,
              TriggerType trigger_type, activation_price, trailing_offset, TrailingOffsetType trailing_offset_type,
              limit_offset, tags, client_order_id):
        """Return one order of a bracket."""
        cdef bint trails = (order_type == OrderType.TRAILING_STOP_MARKET or order_type == OrderType.TRAILING_STOP_LIMIT)
        cdef dict options = {
            "instrument_id": instrument_id, "order_side": side, "quantity": quantity, "time_in_force": time_in_force,
            "reduce_only": reduce_only, "quote_quantity": quote_quantity, "tags": tags,
            "client_order_id": client_order_id,
        }
        cdef str name = (<object><OrderType>order_type).name
        if order_type == OrderType.MARKET:
            return self.market(**options)
        options["expire_time"] = expire_time
        if (order_type == OrderType.LIMIT or order_type == OrderType.STOP_LIMIT
                or order_type == OrderType.LIMIT_IF_TOUCHED):
            if price is None:
                raise ValueError(f"a {name} needs `{role}_price`, was None")
            options["price"] = price
        if "LIMIT" in name:
            options["post_only"] = post_only
        if order_type == OrderType.LIMIT:
            return self.limit(**options)
        options["trigger_type"] = trigger_type
        options["trigger_price"] = trigger_price
        if trails:
            if trailing_offset is None:
                raise ValueError(f"a {name} needs `{role}_trailing_offset`, was None")
            options["trailing_offset"] = trailing_offset
            options["trailing_offset_type"] = trailing_offset_type
            options["activation_price"] = activation_price
            if order_type == OrderType.TRAILING_STOP_MARKET:
                return self.trailing_stop_market(**options)
            if limit_offset is None:
                raise ValueError(f"a {name} needs `{role}_limit_offset`, was None")
            return self.trailing_stop_limit(limit_offset=limit_offset, price=price, **options)
        if trigger_price is None:
            raise ValueError(f"a {name} needs `{role}_trigger_price`, was None")
        if order_type == OrderType.STOP_MARKET:
            return self.stop_market(**options)
        if order_type == OrderType.STOP_LIMIT:
            return self.stop_limit(**options)
        if order_type == OrderType.MARKET_IF_TOUCHED:
            return self.market_if_touched(**options)
        return self.limit_if_touched(**options)
