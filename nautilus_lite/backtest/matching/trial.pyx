"""What a bar would do to working orders, told without doing it.

A bar does not say whether its high or its low came first. Where one of the two legs reaches an order and so does the other,
the orders are tried both ways: if other fills come of it, the order of high and low decides. Mark and index prices do not move in a bar. A trial knows orders, their links
and positions; it fills in full, at limit or trigger prices, and takes neither fees nor slippage nor chance into account.
"""

cimport cython

from nautilus_lite.backtest.bar_rules cimport AT_CLOSE
from nautilus_lite.backtest.bar_rules cimport AT_HIGH
from nautilus_lite.backtest.bar_rules cimport AT_LOW
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.backtest.matching.rules cimport becomes_market
from nautilus_lite.backtest.matching.rules cimport by_reference
from nautilus_lite.backtest.matching.rules cimport is_stop
from nautilus_lite.backtest.matching.rules cimport is_trailing
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.trailing cimport ShownC
from nautilus_lite.execution.trailing cimport trail_of_c
from nautilus_lite.execution.trailing cimport trailing_prices_c
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder


@cython.final
cdef class Wish:
    """Made by `BarTrial`."""


@cython.final
cdef class BarTrial:
    """Tries a bar along its paths.

    Parameters
    ----------
    positions : dict of StrategyId to int
        Signed open quantities, raw.
    tick : int
        Price increment, raw.
    rejects_stops, reduces : bool
        Settings of the venue: `reject_stop_orders`, `use_reduce_only`.
    """

    def __init__(self, dict positions not None, price_raw_t tick, bint rejects_stops, bint reduces):
        self.wishes = []
        self._tick = tick
        self.positions = positions
        self._rejects_stops = rejects_stops
        self._reduces = reduces

    cdef int add_c(self, Order order, bint waits) except -1:
        cdef Wish wish = Wish.__new__(Wish)
        wish.order = order
        wish.sign = sign_of(order)
        wish.waits_at_first = waits
        wish.number = len(self.wishes)
        self.wishes.append(wish)
        return 0

    cdef int link_c(self) except -1:
        cdef Wish wish
        cdef ClientOrderId client_order_id
        cdef dict by_id = {(<Wish>w).order.client_order_id: w for w in self.wishes}
        for wish in self.wishes:
            wish.linked = []
            if wish.order.links is not None:
                for client_order_id in wish.order.links.linked:
                    if client_order_id in by_id:
                        wish.linked.append(by_id[client_order_id])
        return 0

    cdef int run_c(self, const BarPointsC* points, bint low_first) except -1:
        cdef Wish wish
        cdef int[3] path
        cdef int i
        path[0] = AT_LOW if low_first else AT_HIGH
        path[1] = AT_HIGH if low_first else AT_LOW
        path[2] = AT_CLOSE
        for wish in self.wishes:
            wish.waits = wish.waits_at_first
            wish.works = not wish.waits
            wish.triggers = wish.order._has_trigger and not wish.order._is_triggered
            wish.is_stop = wish.triggers and is_stop(wish.order)
            wish.price = wish.order.trigger_raw if wish.triggers else wish.order.price_raw
            wish.trails = wish.dormant = False
            if is_trailing(wish.order) and not wish.order._is_triggered:
                trail_of_c(<TrailingStopOrder>wish.order, self._tick, &wish.trail)
                wish.triggers = True
                wish.dormant = not (<TrailingStopOrder>wish.order).activated
                wish.trails = wish.is_stop = not wish.dormant
                if wish.dormant:
                    wish.price = (<TrailingStopOrder>wish.order).activation_raw
                elif not wish.trail.has_trigger:
                    wish.works = False
        self._open_now = dict(self.positions)
        self._fills = []
        for i in range(3):
            self._leg_c(1, points.bids[path[i]], points.asks[path[i]])
            self._leg_c(-1, points.bids[path[i]], points.asks[path[i]])
            for wish in self.wishes:
                if wish.trails and wish.works and wish.triggers:
                    self._trail_c(wish, points.bids[path[i]], points.asks[path[i]])
        self.worth = 0
        for number, qty, price in self._fills:
            wish = <Wish>self.wishes[number]
            self.worth += wish.sign * qty * (<object>points.bids[<int>AT_CLOSE] + points.asks[<int>AT_CLOSE] - 2 * price)
        # What the bar leaves behind, in whichever order it came about
        self.outcome = (sorted(self._fills), [(wish.works, wish.waits, wish.triggers) for wish in self.wishes])
        return 0

    cdef int _leg_c(self, int way, price_raw_t bid, price_raw_t ask) except -1:
        """The market rises (way +1) or falls (-1) to a point: what it reaches, in the order of prices."""
        cdef Wish wish, nearest
        cdef price_raw_t touch
        self._spread = ask - bid
        while True:
            nearest = None
            for wish in self.wishes:
                # A stop is reached by a price that goes its way, a limit and an if-touched order by one that comes to it
                if not wish.works or (wish.sign if wish.is_stop else -wish.sign) != way:
                    continue
                if wish.triggers and by_reference(wish.order):
                    continue
                touch = ask if wish.sign > 0 else bid
                if way * touch >= way * wish.price and (nearest is None or way * wish.price < way * nearest.price):
                    nearest = wish
            if nearest is None:
                return 0
            self._reach_c(nearest)

    cdef int _trail_c(self, Wish wish, price_raw_t bid, price_raw_t ask) except -1:
        cdef ShownC shown
        shown.has_bid = shown.has_ask = True
        shown.has_last = bid == ask
        shown.mark.known = shown.index.known = False
        shown.bid = shown.last = bid
        shown.ask = ask
        trailing_prices_c(&wish.trail, &shown)
        wish.price = wish.trail.trigger
        return 0

    cdef int _reach_c(self, Wish wish) except -1:
        cdef price_raw_t price = wish.price
        if not wish.triggers:
            return self._fill_c(wish, price)
        if wish.dormant:
            # Its activation price: from here on it trails
            wish.dormant = False
            wish.trails = wish.is_stop = True
            return self._trail_c(
                wish, price - self._spread if wish.sign > 0 else price, price if wish.sign > 0 else price + self._spread
            )
        wish.triggers = False
        if becomes_market(wish.order):
            return self._fill_c(wish, price)
        # From here on it is a limit order
        wish.is_stop = False
        wish.price = wish.trail.price if wish.trails else wish.order.price_raw
        if wish.sign * wish.price < wish.sign * price:
            return 0
        return self._end_c(wish, True) if wish.order.is_post_only else self._fill_c(wish, price)

    cdef int _fill_c(self, Wish wish, price_raw_t price) except -1:
        cdef qty_raw_t qty = wish.order.leaves_raw
        cdef object open_now = self._open_now.get(wish.order.strategy_id, 0)
        cdef Wish child
        if self._reduces and wish.order.is_reduce_only:
            qty = min(qty, max(0, -wish.sign * open_now))
            if qty == 0:
                return self._end_c(wish, True)
        self._open_now[wish.order.strategy_id] = open_now + wish.sign * qty
        self._fills.append((wish.number, qty, price))
        self._end_c(wish, True)
        if wish.order.links is not None and wish.order.links.contingency == ContingencyType.OTO:
            for child in wish.linked:
                if child.waits:
                    # Buys meet the ask, sells the bid
                    self._release_c(child, price if wish.sign == child.sign else price - wish.sign * self._spread)
        return 0

    cdef int _end_c(self, Wish wish, bint strikes) except -1:
        """An order is done: what is linked to it ends too, and does not strike back."""
        cdef Wish other
        cdef int contingency
        if not (wish.works or wish.waits):
            return 0
        wish.works = wish.waits = False
        if wish.order.links is None:
            return 0
        contingency = wish.order.links.contingency
        if strikes and (contingency == ContingencyType.OCO or contingency == ContingencyType.OUO):
            for other in wish.linked:
                self._end_c(other, False)
        elif contingency == ContingencyType.OTO and not strikes:
            for other in wish.linked:
                if other.waits:
                    self._end_c(other, False)
        return 0

    cdef int _release_c(self, Wish wish, price_raw_t touch) except -1:
        """An order that waited for its parent comes to the market, which stands at `touch` for it."""
        cdef int way = wish.sign if wish.is_stop else -wish.sign
        wish.waits = False
        wish.works = True
        if way * touch < way * wish.price or (wish.triggers and by_reference(wish.order)):
            return 0
        # It is reached on arrival
        if wish.order.is_post_only and not wish.triggers:
            return self._end_c(wish, True)
        if not wish.triggers:
            return self._fill_c(wish, touch)
        if self._rejects_stops:
            return self._end_c(wish, True)
        wish.price = touch
        return self._reach_c(wish)
