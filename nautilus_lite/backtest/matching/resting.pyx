"""Working orders of one instrument at a venue.

Each order has a slot. Its entry in a sorted table says where it is matched; the table is chosen by side and by what wakes the
order (a limit price, the touch reaching a trigger, the last trade reaching a trigger). An order leaves its table before the
event that closes it is sent, so nothing can match it again.
"""

from libc.stdint cimport int64_t
from libc.stdlib cimport free
from libc.stdlib cimport realloc

from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.matching.fifo cimport fifo_ahead
from nautilus_lite.backtest.matching.fifo cimport fifo_join
from nautilus_lite.backtest.matching.liquidity cimport ledger_free
from nautilus_lite.backtest.matching.liquidity cimport ledger_init
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.queue cimport place_join
from nautilus_lite.backtest.matching.queue cimport shown
from nautilus_lite.backtest.matching.table cimport EntryC
from nautilus_lite.backtest.matching.table cimport table_add
from nautilus_lite.backtest.matching.table cimport table_check
from nautilus_lite.backtest.matching.table cimport table_free
from nautilus_lite.backtest.matching.table cimport table_init
from nautilus_lite.backtest.matching.table cimport table_remove
from nautilus_lite.backtest.matching.watch cimport AT_CLOSE
from nautilus_lite.backtest.matching.watch cimport AT_OPEN
from nautilus_lite.backtest.matching.watch cimport BUY_LIMITS
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS_LAST
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES_LAST
from nautilus_lite.backtest.matching.watch cimport N_TABLES
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.backtest.matching.watch cimport SELL_LIMITS
from nautilus_lite.backtest.matching.watch cimport SELL_STOPS
from nautilus_lite.backtest.matching.watch cimport SELL_STOPS_LAST
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES_LAST
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef int64_t FIRST_SLOTS = 16

# Which price is matched first: the highest buy limit, the lowest sell limit, the lowest buy stop, the highest sell stop
cdef int[13] SIGNS
SIGNS[BUY_LIMITS] = 1
SIGNS[SELL_LIMITS] = -1
SIGNS[BUY_STOPS] = -1
SIGNS[SELL_STOPS] = 1
SIGNS[BUY_STOPS_LAST] = -1
SIGNS[SELL_STOPS_LAST] = 1
SIGNS[BUY_TOUCHES] = SIGNS[BUY_TOUCHES_LAST] = 1
SIGNS[SELL_TOUCHES] = SIGNS[SELL_TOUCHES_LAST] = -1
SIGNS[ODD_TRIGGERS] = SIGNS[AT_OPEN] = SIGNS[AT_CLOSE] = 1


cdef class RestingOrders:
    """Base of the matching engine: keeps working orders, knows nothing of the market."""

    def __cinit__(self, *args, **kwargs):
        cdef int i
        for i in range(N_TABLES):
            table_init(&self._tables[i], SIGNS[i])
        ledger_init(&self._ledgers[0])
        ledger_init(&self._ledgers[1])
        self.watch.tables = &self._tables[0]
        self.watch.ledgers = &self._ledgers[0]
        self._slots = NULL
        self._places = NULL
        self._free = -1
        self._orders = []
        self._next_expiry = NEVER

    def __dealloc__(self):
        cdef int i
        for i in range(N_TABLES):
            table_free(&self._tables[i])
        ledger_free(&self._ledgers[0])
        ledger_free(&self._ledgers[1])
        free(self._slots)
        free(self._places)

    cdef int rest_c(self, Order order, int table, price_raw_t price, ts_t expire_ns) except -1:
        cdef int64_t slot = self._free
        cdef int64_t capacity
        cdef SlotC* slots
        cdef PlaceC* places
        if slot >= 0:
            self._free = self._slots[slot].next_free
            self._orders[slot] = order
        else:
            if self._n_slots == self._capacity:
                capacity = self._capacity * 2 if self._capacity else FIRST_SLOTS
                slots = <SlotC*>realloc(self._slots, capacity * sizeof(SlotC))
                if slots != NULL:
                    self._slots = slots
                places = <PlaceC*>realloc(self._places, capacity * sizeof(PlaceC))
                if places != NULL:
                    self._places = self.watch.places = places
                if slots == NULL or places == NULL:
                    raise MemoryError(f"cannot keep {capacity} working orders")
                self._capacity = capacity
            slot = self._n_slots
            self._n_slots += 1
            self._orders.append(order)
        self._sequence += 1
        self._slots[slot].table = table
        self._slots[slot].price = price
        self._slots[slot].sequence = self._sequence
        self._slots[slot].since = self._last_rest = self._ts
        self._slots[slot].asleep = False
        self._slots[slot].expire_ns = expire_ns
        self._slots[slot].visit = 0
        self._slots[slot].passed = False
        self._slots[slot].draws = 0
        self._slots[slot].hits = 0
        self._slots[slot].tranche = min(order.display_raw, order.leaves_raw)
        self._slots[slot].waits = False
        if table_add(&self._tables[table], price, self._sequence, slot) != 0:
            raise MemoryError(f"cannot keep {self.n_resting + 1} working orders")
        self._undecided_c(table)
        order.venue_slot = slot
        self.n_resting += 1
        self.watch.n_watched += 1
        if order.is_reduce_only:
            self._n_reduce_only += 1
        if expire_ns < self._next_expiry:
            self._next_expiry = expire_ns
            self.agenda.expiry_c(expire_ns)
        return 0

    cdef int join_queue_c(self, Order order, int sign, bint has_book) except -1:
        cdef LadderC* ladder = self.watch.bids if sign > 0 else self.watch.asks
        # Where there is no book nobody is ahead
        place_join(
            &self._places[order.venue_slot], shown(ladder, order.price_raw, self.watch.top_only) if has_book else 0
        )
        if self.watch.queues != NULL:
            fifo_join(&self._places[order.venue_slot].fifo, self.watch.queues)
        return 0

    cdef qty_raw_t ahead_c(self, Order order) noexcept:
        cdef int64_t slot = order.venue_slot
        if not self.watch.queued or slot < 0 or slot >= self._n_slots or <Order>self._orders[slot] is not order:
            return -1
        if self._slots[slot].table > SELL_LIMITS or not self._places[slot].known:
            return -1
        if self.watch.queues != NULL:
            return fifo_ahead(&self._places[slot].fifo, self.watch.queues, 1 if self._slots[slot].table == BUY_LIMITS else -1,
                              self._slots[slot].price)
        return self._places[slot].ahead

    cdef int go_back_c(self, Order order) except -1:
        cdef SlotC* slot = &self._slots[order.venue_slot]
        if table_remove(&self._tables[slot.table], slot.price, slot.sequence) != 0:
            raise InternalError(f"order {order.client_order_id} is not in its table; please report")
        self._sequence += 1
        slot.sequence = self._sequence
        # There is room: an entry has just left
        table_add(&self._tables[slot.table], slot.price, slot.sequence, order.venue_slot)
        return self._undecided_c(slot.table)

    cdef int _undecided_c(self, int table) except -1:
        """There is another limit to look at."""
        if table <= SELL_LIMITS:
            self.watch.decided[table] = 0
        return 0

    cdef int unrest_c(self, Order order) except -1:
        cdef SlotC* slot = &self._slots[order.venue_slot]
        if not slot.asleep and table_remove(&self._tables[slot.table], slot.price, slot.sequence) != 0:
            raise InternalError(f"order {order.client_order_id} is not in its table; please report")
        if slot.table <= SELL_LIMITS and self._tables[slot.table].n == 0 and not self.watch.consumes:
            # Levels come and go unseen while nothing rests: what was taken of them is forgotten
            self._ledgers[slot.table].n = 0
        slot.table = -1
        slot.next_free = self._free
        self._free = order.venue_slot
        self._orders[order.venue_slot] = None
        order.venue_slot = -1
        self.n_resting -= 1
        self.watch.n_watched -= 1
        if order.is_reduce_only:
            self._n_reduce_only -= 1
        if self.n_resting == 0:
            self._next_expiry = NEVER
        return 0

    cdef bint sleep_c(self, ts_t after) except? 0:
        cdef int64_t i
        cdef SlotC* slot
        cdef bint any_asleep = False
        if self._last_rest <= after:
            return False
        for i in range(self._n_slots):
            slot = &self._slots[i]
            if slot.table >= 0 and slot.since > after:
                table_remove(&self._tables[slot.table], slot.price, slot.sequence)
                slot.asleep = any_asleep = True
        return any_asleep

    cdef int wake_c(self) except -1:
        cdef int64_t i
        cdef SlotC* slot
        for i in range(self._n_slots):
            slot = &self._slots[i]
            if slot.table >= 0 and slot.asleep:
                slot.asleep = False
                if table_add(&self._tables[slot.table], slot.price, slot.sequence, i) != 0:
                    raise MemoryError(f"cannot keep {self.n_resting} working orders")
                self._undecided_c(slot.table)
        return 0

    cdef list arrivals_c(self):
        cdef int64_t slot
        cdef list keyed = []
        for slot in range(self._n_slots):
            if self._slots[slot].table >= 0:
                keyed.append((self._slots[slot].sequence, self._orders[slot]))
        keyed.sort(key=first)
        return [order for _, order in keyed]

    cdef int clear_c(self) except -1:
        cdef Order order
        cdef int i
        for order in self.arrivals_c():
            order.venue_slot = -1
        for i in range(N_TABLES):
            self._tables[i].n = 0
        self._ledgers[0].n = 0
        self._ledgers[1].n = 0
        self._orders.clear()
        self._n_slots = 0
        self._free = -1
        self.n_resting = 0
        self.watch.n_watched = 0
        self.watch.remembers = False
        self._n_reduce_only = 0
        self._sequence = 0
        self._next_expiry = NEVER
        self._last_rest = 0
        return 0

    cdef int check_c(self) except -1:
        cdef int table
        cdef int64_t i
        cdef EntryC* entry
        cdef SlotC* slot
        cdef Order order
        cdef Py_ssize_t counted = 0
        cdef Py_ssize_t reduce_only = 0
        for table in range(N_TABLES):
            if table_check(&self._tables[table]) != 0:
                raise InternalError(f"table {table} of resting orders is not sorted; please report")
            for i in range(<int64_t>self._tables[table].n):
                entry = &self._tables[table].entries[i]
                slot = &self._slots[entry.slot]
                order = self._orders[entry.slot]
                if order is None or order.venue_slot != entry.slot:
                    raise InternalError(f"slot {entry.slot} of table {table} holds no order; please report")
                if slot.table != table or slot.price != entry.price or slot.sequence != entry.sequence:
                    raise InternalError(f"order {order.client_order_id} is filed wrongly; please report")
                if order.is_closed_c() or order.leaves_raw <= 0:
                    raise InternalError(f"closed order {order.client_order_id} still rests: {order!r}; please report")
                if slot.expire_ns < self._next_expiry:
                    raise InternalError(f"expiry of order {order.client_order_id} would be missed; please report")
                counted += 1
                reduce_only += order.is_reduce_only
        if counted != self.n_resting or reduce_only != self._n_reduce_only:
            raise InternalError(f"{counted} orders rest, {self.n_resting} were counted; please report")
        if self.watch.n_watched != self.n_resting + self.watch.remembers:
            raise InternalError(f"{self.n_resting} orders rest, {self.watch.n_watched} are watched; please report")
        return 0


def first(tuple pair):
    """Return the first of a pair."""
    return pair[0]
