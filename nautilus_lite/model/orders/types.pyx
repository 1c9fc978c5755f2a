"""The kinds of order."""

cimport cython

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.time_in_force cimport TimeInForce

cdef dict NO_OPTIONS = {}


@cython.final
@cython.no_gc
cdef class MarketOrder(Order):
    """Fills at once at the best prices there are.

    Parameters
    ----------
    trader_id, strategy_id, instrument_id, client_order_id
    order_side : OrderSide
    quantity : Quantity
    init_id : UUID4
    ts_init : int
        UNIX nanoseconds.
    time_in_force : TimeInForce, default GTC
        GTD makes no sense for it.
    reduce_only : bool, default False
    quote_quantity : bool, default False
        If the quantity counts quote units; it becomes base units once, on its way to the venue.
    contingency_type : ContingencyType, default NO_CONTINGENCY
        What the fate of this order does to those of `linked_order_ids`.
    order_list_id : OrderListId, optional
    linked_order_ids : list of ClientOrderId, optional
    parent_order_id : ClientOrderId, optional
        The order whose fill this one waits for at the venue.
    exec_algorithm_id : ExecAlgorithmId, optional
        The execution algorithm that works the order.
    exec_algorithm_params : dict, optional
        What the algorithm is told.
    exec_spawn_id : ClientOrderId, optional
        The primary order that the algorithm made this one from.
    tags : list of str, optional

    Raises
    ------
    ValueError
        If the quantity is zero or the time in force is GTD.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 UUID4 init_id not None, ts_t ts_init, TimeInForce time_in_force=TimeInForce.GTC,
                 bint reduce_only=False, bint quote_quantity=False,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.set_c(trader_id, strategy_id, instrument_id, client_order_id, order_side, quantity, init_id, ts_init,
                   time_in_force, reduce_only, quote_quantity, order_list_id, tags)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(TriggerType.NO_TRIGGER, None, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    cdef int set_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                   ClientOrderId client_order_id, int side, Quantity quantity, UUID4 init_id, ts_t ts_init,
                   int time_in_force, bint reduce_only, bint quote_quantity, object order_list_id, list tags) except -1:
        if time_in_force == TimeInForce.GTD:
            raise ValueError("invalid `time_in_force`, must not be GTD for a market order")
        return self.init_c(trader_id, strategy_id, instrument_id, client_order_id, side, OrderType.MARKET, quantity,
                           time_in_force, False, reduce_only, quote_quantity, NO_OPTIONS, init_id, ts_init,
                           order_list_id, tags)


@cython.final
@cython.no_gc
cdef class LimitOrder(Order):
    """Fills at its price or better.

    Parameters
    ----------
    price : Price
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.
    post_only : bool, default False
        Refused by the venue where it would take.
    display_qty : Quantity, optional
        The most that the book shows at a time; None (and zero) show all.
    emulation_trigger : TriggerType, default NO_TRIGGER
        If given, the order is held here and triggered by this price of the market.
    trigger_instrument_id : InstrumentId, optional
        The instrument whose prices trigger it while emulated; its own if None.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 Price price not None, UUID4 init_id not None, ts_t ts_init,
                 TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0, bint post_only=False,
                 bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                 TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.set_c(trader_id, strategy_id, instrument_id, client_order_id, order_side, quantity, price, init_id,
                   ts_init, time_in_force, expire_time_ns, post_only, reduce_only, quote_quantity, order_list_id, tags)
        self.show_c(display_qty)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    cdef int set_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                   ClientOrderId client_order_id, int side, Quantity quantity, Price price, UUID4 init_id, ts_t ts_init,
                   int time_in_force, ts_t expire_time_ns, bint post_only, bint reduce_only, bint quote_quantity,
                   object order_list_id, list tags) except -1:
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, side, OrderType.LIMIT, quantity,
                    time_in_force, post_only, reduce_only, quote_quantity,
                    {"price": price, "expire_time_ns": expire_time_ns}, init_id, ts_init, order_list_id, tags)
        self.init_prices_c(price, None, TriggerType.NO_TRIGGER)
        return self.init_expiry_c(expire_time_ns)

    @property
    def price(self):
        """The limit price (Price)."""
        return Price.from_raw_c(self.price_raw, self.price_precision)


@cython.no_gc
cdef class _TriggeredMarketOrder(Order):
    """Becomes a market order once its trigger price is reached.

    Parameters
    ----------
    trigger_price : Price
    trigger_type : TriggerType, default DEFAULT
        DEFAULT follows the bid and ask.
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 Price trigger_price not None, TriggerType trigger_type, UUID4 init_id not None, ts_t ts_init,
                 TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0, bint reduce_only=False,
                 bint quote_quantity=False,
                 TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, order_side,
                    OrderType.STOP_MARKET if type(self) is StopMarketOrder else OrderType.MARKET_IF_TOUCHED, quantity,
                    time_in_force, False, reduce_only, quote_quantity,
                    {"trigger_price": trigger_price, "trigger_type": trigger_type, "expire_time_ns": expire_time_ns},
                    init_id, ts_init, order_list_id, tags)
        self.init_prices_c(None, trigger_price, trigger_type)
        self.init_expiry_c(expire_time_ns)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    @property
    def trigger_price(self):
        """The trigger price (Price)."""
        return Price.from_raw_c(self.trigger_raw, self.price_precision)

    @property
    def trigger_type(self):
        """What is compared with the trigger price (`TriggerType`)."""
        return <TriggerType>self._trigger_type


@cython.final
@cython.no_gc
cdef class StopMarketOrder(_TriggeredMarketOrder):
    """A market order once the market is as bad as its trigger price: a buy above, a sell below.

    See Also
    --------
    MarketOrder : the parameters that all orders have.

    Parameters
    ----------
    trigger_price : Price
    trigger_type : TriggerType, default DEFAULT
        DEFAULT follows the bid and ask.
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.
    """


@cython.final
@cython.no_gc
cdef class MarketIfTouchedOrder(_TriggeredMarketOrder):
    """A market order once the market is as good as its trigger price: a buy below, a sell above.

    See Also
    --------
    StopMarketOrder : the parameters.
    """


@cython.no_gc
cdef class _TriggeredLimitOrder(Order):
    """Becomes a limit order once its trigger price is reached.

    Parameters
    ----------
    price, trigger_price : Price
    trigger_type : TriggerType, default DEFAULT
        DEFAULT follows the bid and ask.
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.
    post_only : bool, default False
        Refused by the venue where it would take.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 Price price not None, Price trigger_price not None, TriggerType trigger_type, UUID4 init_id not None,
                 ts_t ts_init, TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0, bint post_only=False,
                 bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                 TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, order_side,
                    OrderType.STOP_LIMIT if type(self) is StopLimitOrder else OrderType.LIMIT_IF_TOUCHED, quantity,
                    time_in_force, post_only, reduce_only, quote_quantity,
                    {"price": price, "trigger_price": trigger_price, "trigger_type": trigger_type,
                     "expire_time_ns": expire_time_ns},
                    init_id, ts_init, order_list_id, tags)
        self.init_prices_c(price, trigger_price, trigger_type)
        self.init_expiry_c(expire_time_ns)
        self.show_c(display_qty)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    @property
    def price(self):
        """The limit price (Price)."""
        return Price.from_raw_c(self.price_raw, self.price_precision)

    @property
    def trigger_price(self):
        """The trigger price (Price)."""
        return Price.from_raw_c(self.trigger_raw, self.price_precision)

    @property
    def trigger_type(self):
        """What is compared with the trigger price (`TriggerType`)."""
        return <TriggerType>self._trigger_type


@cython.final
@cython.no_gc
cdef class StopLimitOrder(_TriggeredLimitOrder):
    """A limit order once the market is as bad as its trigger price: a buy above, a sell below.

    See Also
    --------
    MarketOrder : the parameters that all orders have.

    Parameters
    ----------
    price, trigger_price : Price
    trigger_type : TriggerType, default DEFAULT
        DEFAULT follows the bid and ask.
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.
    post_only : bool, default False
        Refused by the venue where it would take.
    """


@cython.final
@cython.no_gc
cdef class LimitIfTouchedOrder(_TriggeredLimitOrder):
    """A limit order once the market is as good as its trigger price: a buy below, a sell above.

    See Also
    --------
    StopLimitOrder : the parameters.
    """


@cython.final
@cython.no_gc
cdef class MarketToLimitOrder(Order):
    """Takes at the best price alone; what is left rests there as a limit.

    Parameters
    ----------
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 UUID4 init_id not None, ts_t ts_init, TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0,
                 bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, order_side, OrderType.MARKET_TO_LIMIT,
                    quantity, time_in_force, False, reduce_only, quote_quantity, {"expire_time_ns": expire_time_ns},
                    init_id, ts_init, order_list_id, tags)
        self.init_expiry_c(expire_time_ns)
        self.show_c(display_qty)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(TriggerType.NO_TRIGGER, None, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    @property
    def price(self):
        """The limit price (Price), None until the order took."""
        return Price.from_raw_c(self.price_raw, self.price_precision) if self._has_price else None
