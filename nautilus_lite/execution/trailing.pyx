"""How a trailing stop follows the market.

The trigger price of a sell is the market's less the offset, of a buy the market's plus the offset; the limit price of the limit
kind is made in the same way from `limit_offset`. A price moves only in the order's favour: up for a sell, down for a buy.
It is rounded to the tick away from the market (down for a sell, up for a buy), so that a trail is never tighter than asked
for. Arithmetic is exact: 128-bit integers over one common denominator; a mid of half a unit counts as half a unit.

Which price is followed, by trigger type: DEFAULT, BID_ASK and DOUBLE_BID_ASK the bid for a sell and the ask for a buy;
LAST_PRICE and DOUBLE_LAST the last trade; LAST_OR_BID_ASK whichever of the two moves the order further; MID_POINT the middle
of bid and ask; MARK_PRICE and INDEX_PRICE the mark and the index price, in half units where they have more digits than the order.
"""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport ReferenceC
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.enums cimport TrailingOffsetType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.orders.trailing cimport OFFSET_SCALE
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder

from nautilus_lite.errors import InvalidData

cdef enum:
    BASIS = 10_000                 # basis points in one


cdef int _doubled(int trigger_type, int side, const ShownC* shown, int128_t* values) noexcept nogil:
    """Write twice the price, or the two prices, that the trigger type follows; return how many, -1 for no such type."""
    cdef const ReferenceC* reference
    cdef int n = 0
    if (trigger_type == TriggerType.LAST_PRICE or trigger_type == TriggerType.DOUBLE_LAST
            or trigger_type == TriggerType.LAST_OR_BID_ASK):
        if shown.has_last:
            values[n] = 2 * <int128_t>shown.last
            n += 1
    if (trigger_type == TriggerType.DEFAULT or trigger_type == TriggerType.BID_ASK
            or trigger_type == TriggerType.DOUBLE_BID_ASK or trigger_type == TriggerType.LAST_OR_BID_ASK):
        if side == OrderSide.BUY:
            if shown.has_ask:
                values[n] = 2 * <int128_t>shown.ask
                n += 1
        elif shown.has_bid:
            values[n] = 2 * <int128_t>shown.bid
            n += 1
    elif trigger_type == TriggerType.MID_POINT:
        if shown.has_bid and shown.has_ask:
            values[n] = <int128_t>shown.bid + <int128_t>shown.ask
            n += 1
    elif trigger_type == TriggerType.MARK_PRICE or trigger_type == TriggerType.INDEX_PRICE:
        reference = &shown.mark if trigger_type == TriggerType.MARK_PRICE else &shown.index
        if reference.known:
            # Between two units counts as half a unit: it is above the one and below the other
            values[n] = 2 * <int128_t>reference.below + reference.between
            n += 1
    elif trigger_type != TriggerType.LAST_PRICE and trigger_type != TriggerType.DOUBLE_LAST:
        return -1
    return n


@cython.cdivision(True)
cdef int _target(const TrailC* trail, int128_t doubled, int64_t offset, price_raw_t* price) noexcept nogil:
    # The denominator is positive: the tick is
    cdef int128_t above, below, ticks
    cdef bint is_buy = trail.side == OrderSide.BUY
    if trail.offset_type == TrailingOffsetType.PRICE:
        above = doubled + 2 * <int128_t>offset if is_buy else doubled - 2 * <int128_t>offset
        below = 2 * <int128_t>trail.tick
    elif trail.offset_type == TrailingOffsetType.TICKS:
        above = 2 * <int128_t>offset * <int128_t>trail.tick
        above = doubled * OFFSET_SCALE + above if is_buy else doubled * OFFSET_SCALE - above
        below = 2 * <int128_t>OFFSET_SCALE * <int128_t>trail.tick
    else:
        above = (doubled if doubled >= 0 else -doubled) * <int128_t>offset
        below = <int128_t>OFFSET_SCALE * BASIS
        above = doubled * below + above if is_buy else doubled * below - above
        below = 2 * below * <int128_t>trail.tick
    # C cuts towards zero: a buy rounds up, a sell down
    ticks = above / below
    if above != ticks * below and (above > 0) == is_buy:
        ticks += 1 if is_buy else -1
    return fixed_narrow(ticks * <int128_t>trail.tick, price)


cdef int trailing_prices_c(TrailC* trail, const ShownC* shown) noexcept nogil:
    cdef int128_t[2] doubled
    cdef price_raw_t trigger, price
    cdef bint is_buy = trail.side == OrderSide.BUY
    cdef int moved = 0
    cdef int i
    cdef int n = _doubled(trail.trigger_type, trail.side, shown, doubled)
    if n < 0 or (trail.offset_type != TrailingOffsetType.PRICE and trail.offset_type != TrailingOffsetType.TICKS
                 and trail.offset_type != TrailingOffsetType.BASIS_POINTS):
        return TRAIL_UNSUPPORTED
    if n == 0:
        return TRAIL_NO_MARKET
    price = 0
    for i in range(n):
        if _target(trail, doubled[i], trail.offset, &trigger) != 0:
            return moved | TRAIL_OVERFLOW
        if trail.is_limit and _target(trail, doubled[i], trail.limit_offset, &price) != 0:
            return moved | TRAIL_OVERFLOW
        if not trail.has_trigger or (trigger < trail.trigger if is_buy else trigger > trail.trigger):
            trail.has_trigger = True
            trail.trigger = trigger
            moved |= TRAIL_TRIGGER_MOVED
        if trail.is_limit and (not trail.has_price or (price < trail.price if is_buy else price > trail.price)):
            trail.has_price = True
            trail.price = price
            moved |= TRAIL_LIMIT_MOVED
    return moved


cdef bint is_at_c(int trigger_type, int side, int sign, price_raw_t level, const ShownC* shown) noexcept nogil:
    cdef int128_t[2] doubled
    cdef int i
    for i in range(_doubled(trigger_type, side, shown, doubled)):
        if doubled[i] >= 2 * <int128_t>level if sign > 0 else doubled[i] <= 2 * <int128_t>level:
            return True
    return False


cdef bint is_activated_c(int trigger_type, int side, price_raw_t activation, const ShownC* shown) noexcept nogil:
    return is_at_c(trigger_type, side, -1 if side == OrderSide.BUY else 1, activation, shown)


cdef void trail_of_c(TrailingStopOrder order, price_raw_t tick, TrailC* trail) noexcept:
    trail.side = order._side
    trail.trigger_type = order._trigger_type
    trail.offset_type = order.offset_type
    trail.offset = order.offset_raw
    trail.limit_offset = order.limit_offset_raw
    trail.is_limit = order._order_type == OrderType.TRAILING_STOP_LIMIT
    trail.tick = tick
    trail.has_trigger = order._has_trigger
    trail.has_price = order._has_price
    trail.trigger = order.trigger_raw
    trail.price = order.price_raw


cdef void shown_of_c(MarketState state, ShownC* shown) noexcept:
    shown.has_bid = state.bid_c(&shown.bid)
    shown.has_ask = state.ask_c(&shown.ask)
    shown.has_last = state.price_c(PriceType.LAST, &shown.last)
    shown.mark = state.mark
    shown.index = state.index_price


cdef bint _read(str name, Price value, int precision, price_raw_t* raw) except? False:
    if value is None:
        return False
    if value.precision != precision:
        raise ValueError(f"invalid `{name}`, must have the precision of the tick, {precision}, was {value}")
    raw[0] = value.raw
    return True


cdef tuple _moved(TrailingStopOrder order, price_raw_t tick, int precision, const ShownC* shown, object trigger_type):
    cdef TrailC trail
    cdef int moved
    if order.price_precision > precision:
        raise ValueError(f"order {order.client_order_id} has {order.price_precision} digits, the tick {precision}")
    order.fit_c(precision)
    trail_of_c(order, tick, &trail)
    if trigger_type is not None:
        trail.trigger_type = <int>trigger_type
    moved = trailing_prices_c(&trail, shown)
    if moved & TRAIL_UNSUPPORTED:
        raise InvalidData(
            f"order {order.client_order_id} cannot trail by trigger type "
            f"{(<object><TriggerType>trail.trigger_type).name} and offset type "
            f"{order.trailing_offset_type.name}"
        )
    if moved & TRAIL_OVERFLOW:
        raise InvalidData(f"the prices of order {order.client_order_id} overflow: its offset is {order.trailing_offset}")
    return (
        Price.from_raw_c(trail.trigger, precision) if moved & TRAIL_TRIGGER_MOVED else None,
        Price.from_raw_c(trail.price, precision) if moved & TRAIL_LIMIT_MOVED else None,
    )


def trailing_prices(TrailingStopOrder order not None, Price price_increment not None, Price bid=None, Price ask=None,
                    Price last=None, Price mark=None, Price index=None, trigger_type=None):
    """Return where the market would put the prices of a trailing stop; the order itself is left alone.

    Parameters
    ----------
    order : TrailingStopMarketOrder or TrailingStopLimitOrder
    price_increment : Price
        The tick, at the instrument's precision.
    bid, ask, last, mark, index : Price, optional
        What the market shows, at the same precision.
    trigger_type : TriggerType, optional
        Which price to follow; the order's own if None.

    Returns
    -------
    tuple of Price or None
        Trigger price and limit price, each None where it does not move.

    Raises
    ------
    ValueError
        If a price has another precision, or the order more digits.
    InvalidData
        If the trigger type or offset type is not supported, or a price overflows.
    """
    cdef ShownC shown
    cdef int precision = price_increment.precision
    shown.has_bid = _read("bid", bid, precision, &shown.bid)
    shown.has_ask = _read("ask", ask, precision, &shown.ask)
    shown.has_last = _read("last", last, precision, &shown.last)
    shown.mark.between = shown.index.between = False
    shown.mark.known = _read("mark", mark, precision, &shown.mark.below)
    shown.index.known = _read("index", index, precision, &shown.index.below)
    return _moved(order, price_increment.raw, precision, &shown, trigger_type)


def trailing_prices_in(TrailingStopOrder order not None, MarketState state not None, trigger_type):
    """Return where the market of its instrument would put the prices of a trailing stop; as `trailing_prices`."""
    cdef ShownC shown
    cdef Price tick = state.instrument.make_price(state.instrument.price_increment)
    shown_of_c(state, &shown)
    return _moved(order, tick.raw, tick.precision, &shown, trigger_type)


def followed_price(MarketState state not None, trigger_type, side):
    """Return the price that an order of this side and trigger type goes by (Price), or None; a middle is rounded down."""
    cdef ShownC shown
    cdef int128_t[2] doubled
    shown_of_c(state, &shown)
    if _doubled(<int>trigger_type, <int>side, &shown, doubled) <= 0:
        return None
    return Price.from_raw_c(<price_raw_t>(doubled[0] >> 1), state.instrument.price_precision)


def is_reached(MarketState state not None, trigger_type, side, bint rises, Price level not None):
    """Return whether the price that an order goes by is at a level, or above it (`rises`), or below it.

    Parameters
    ----------
    state : MarketState
        Of the instrument that is watched.
    trigger_type : TriggerType
        DOUBLE_* are of the present alone: who asks counts.
    side : OrderSide
        BUY goes by the ask, SELL by the bid.
    rises : bool
    level : Price
        At any precision.
    """
    cdef ShownC shown
    cdef price_raw_t raw
    cdef int64_t unit
    cdef int digits = <int>level.precision - state.instrument.price_precision
    shown_of_c(state, &shown)
    if digits <= 0:
        if fixed_rescale(level.raw, level.precision, state.instrument.price_precision, &raw) != 0:
            raise_overflow(f"price {level}")
    else:
        unit = fixed_pow10(digits)
        with cython.cdivision(False):
            # Between two units: a rise reaches the upper, a fall the lower
            raw = level.raw // unit
            if rises and level.raw % unit != 0:
                raw += 1
    return is_at_c(<int>trigger_type, <int>side, 1 if rises else -1, raw, &shown)
