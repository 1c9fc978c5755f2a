"""Commands of orders, on their way from a strategy to a venue.

Ids are two integers until somebody reads them; the kind of a command is set when it is allocated, so that code on the
path may make one with `X.__new__(X)` and `command_fill_c`.
"""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order


cdef int command_fill_c(TradingCommand command, uint64_t id_hi, uint64_t id_lo, ClientId client_id, TraderId trader_id,
                        StrategyId strategy_id, InstrumentId instrument_id, ts_t ts_init) except -1:
    command.id_hi = id_hi
    command.id_lo = id_lo
    command.client_id = client_id
    command.trader_id = trader_id
    command.strategy_id = strategy_id
    command.instrument_id = instrument_id
    command.ts_init = ts_init
    return 0


cdef object _text(object value):
    return None if value is None else str(value)


@cython.no_gc
cdef class TradingCommand:
    """The base class of commands; made through its subclasses."""

    @property
    def id(self):
        """The command id (UUID4)."""
        return UUID4.from_parts_c(self.id_hi, self.id_lo)

    def __eq__(self, other):
        if not isinstance(other, TradingCommand):
            return NotImplemented
        cdef TradingCommand command = <TradingCommand>other
        return self.id_hi == command.id_hi and self.id_lo == command.id_lo

    def __hash__(self):
        return hash((self.id_hi, self.id_lo))

    def __repr__(self):
        fields = ", ".join(f"{key}={value}" for key, value in self.to_dict().items() if key != "type")
        return f"{type(self).__name__}({fields})"

    cdef dict _common(self):
        return {
            "type": type(self).__name__,
            "client_id": _text(self.client_id),
            "trader_id": self.trader_id.value,
            "strategy_id": self.strategy_id.value,
            "instrument_id": self.instrument_id.value,
            "command_id": str(self.id),
            "ts_init": self.ts_init,
        }

    def to_dict(self):
        """Return the command as a dict of plain values."""
        return self._common()


@cython.final
@cython.no_gc
cdef class SubmitOrder(TradingCommand):
    """Submit an order.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    order : Order
        The order.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    position_id : PositionId, optional
        The position the order is to change (hedging).
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.SUBMIT_ORDER

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, Order order not None,
                 UUID4 command_id not None, uint64_t ts_init, PositionId position_id=None, ClientId client_id=None):
        command_fill_c(
            self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, order.instrument_id, ts_init
        )
        self.order = order
        self.position_id = position_id

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["order"] = self.order.to_dict()
        values["position_id"] = _text(self.position_id)
        return values


@cython.final
@cython.no_gc
cdef class SubmitOrderList(TradingCommand):
    """Submit a list of orders together.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    order_list : OrderList
        The orders, all of one instrument.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    position_id : PositionId, optional
        The position the orders are to change (hedging).
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.SUBMIT_ORDER_LIST

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, order_list not None,
                 UUID4 command_id not None, uint64_t ts_init, PositionId position_id=None, ClientId client_id=None):
        command_fill_c(
            self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, order_list.instrument_id, ts_init
        )
        self.order_list = order_list
        self.position_id = position_id

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["order_list_id"] = str(self.order_list.id)
        values["orders"] = [order.to_dict() for order in self.order_list.orders]
        values["position_id"] = _text(self.position_id)
        return values


@cython.final
@cython.no_gc
cdef class ModifyOrder(TradingCommand):
    """Modify a working order.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    instrument_id : InstrumentId
        The instrument of the order.
    client_order_id : ClientOrderId
        The order.
    venue_order_id : VenueOrderId or None
        The venue's id of the order.
    quantity : Quantity or None
        The new quantity, None = unchanged.
    price : Price or None
        The new price, None = unchanged.
    trigger_price : Price or None
        The new trigger price, None = unchanged.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.MODIFY_ORDER

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None,
                 InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, Quantity quantity, Price price,
                 Price trigger_price, UUID4 command_id not None, uint64_t ts_init, ClientId client_id=None):
        command_fill_c(self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, instrument_id, ts_init)
        self.client_order_id = client_order_id
        self.venue_order_id = venue_order_id
        self.quantity = quantity
        self.price = price
        self.trigger_price = trigger_price

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["client_order_id"] = self.client_order_id.value
        values["venue_order_id"] = _text(self.venue_order_id)
        values["quantity"] = _text(self.quantity)
        values["price"] = _text(self.price)
        values["trigger_price"] = _text(self.trigger_price)
        return values


@cython.final
@cython.no_gc
cdef class CancelOrder(TradingCommand):
    """Cancel a working order.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    instrument_id : InstrumentId
        The instrument of the order.
    client_order_id : ClientOrderId
        The order.
    venue_order_id : VenueOrderId or None
        The venue's id of the order.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.CANCEL_ORDER

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None,
                 InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, UUID4 command_id not None,
                 uint64_t ts_init, ClientId client_id=None):
        command_fill_c(self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, instrument_id, ts_init)
        self.client_order_id = client_order_id
        self.venue_order_id = venue_order_id

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["client_order_id"] = self.client_order_id.value
        values["venue_order_id"] = _text(self.venue_order_id)
        return values


@cython.final
@cython.no_gc
cdef class CancelAllOrders(TradingCommand):
    """Cancel all working orders of a strategy in an instrument.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    instrument_id : InstrumentId
        The instrument.
    order_side : OrderSide
        The side of the orders; NO_ORDER_SIDE = both.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.CANCEL_ALL_ORDERS

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None,
                 InstrumentId instrument_id not None,
                 order_side, UUID4 command_id not None, uint64_t ts_init, ClientId client_id=None):
        command_fill_c(self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, instrument_id, ts_init)
        self._order_side = <int>order_side

    @property
    def order_side(self):
        """The side of the orders (OrderSide)."""
        return <OrderSide>self._order_side

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["order_side"] = self.order_side.name
        return values


@cython.final
@cython.no_gc
cdef class BatchCancelOrders(TradingCommand):
    """Cancel several working orders at once.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    instrument_id : InstrumentId
        The instrument of the orders.
    cancels : list[CancelOrder]
        The cancellations, at least one.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    client_id : ClientId, optional
        The execution client; None routes by venue.

    Raises
    ------
    ValueError
        If there is nothing to cancel.
    """

    def __cinit__(self):
        self.kind = CommandKind.BATCH_CANCEL_ORDERS

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None,
                 InstrumentId instrument_id not None,
                 list cancels not None, UUID4 command_id not None, uint64_t ts_init, ClientId client_id=None):
        if not cancels:
            raise ValueError("invalid `cancels`, must not be empty")
        command_fill_c(self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, instrument_id, ts_init)
        self.cancels = cancels

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["cancels"] = [cancel.to_dict() for cancel in self.cancels]
        return values


@cython.final
@cython.no_gc
cdef class QueryOrder(TradingCommand):
    """Ask the venue for the state of an order.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    strategy_id : StrategyId
        The strategy.
    instrument_id : InstrumentId
        The instrument of the order.
    client_order_id : ClientOrderId
        The order.
    venue_order_id : VenueOrderId or None
        The venue's id of the order.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When the command was made, UNIX nanoseconds.
    client_id : ClientId, optional
        The execution client; None routes by venue.
    """

    def __cinit__(self):
        self.kind = CommandKind.QUERY_ORDER

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None,
                 InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, UUID4 command_id not None,
                 uint64_t ts_init, ClientId client_id=None):
        command_fill_c(self, command_id.hi, command_id.lo, client_id, trader_id, strategy_id, instrument_id, ts_init)
        self.client_order_id = client_order_id
        self.venue_order_id = venue_order_id

    def to_dict(self):
        """Return the command as a dict of plain values."""
        cdef dict values = self._common()
        values["client_order_id"] = self.client_order_id.value
        values["venue_order_id"] = _text(self.venue_order_id)
        return values
