"""The watch over resting orders: one look at the touch and at the first order of each table, after every row.

Nearly every row reaches nothing. This is all that such a row costs, and it needs no GIL.
"""

from nautilus_lite.backtest.matching.fifo cimport fifo_pass
from nautilus_lite.backtest.matching.fifo cimport fifo_renew
from nautilus_lite.backtest.matching.fifo cimport fifo_trade
from nautilus_lite.backtest.matching.liquidity cimport ledger_renew
from nautilus_lite.backtest.matching.liquidity cimport ledger_renew_level
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.queue cimport place_follow
from nautilus_lite.backtest.matching.queue cimport place_trade
from nautilus_lite.backtest.matching.queue cimport places_follow
from nautilus_lite.backtest.matching.queue cimport places_follow_level
from nautilus_lite.backtest.matching.queue cimport shown
from nautilus_lite.backtest.matching.table cimport EntryC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.matching.table cimport table_at
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport OrderSide


cdef inline void look(WatchC* watch) noexcept nogil:
    cdef LevelC* level = ladder_best(watch.bids)
    watch.has_bid = level != NULL
    if level != NULL:
        watch.bid = level.price
        watch.bid_size = level.size
    level = ladder_best(watch.asks)
    watch.has_ask = level != NULL
    if level != NULL:
        watch.ask = level.price
        watch.ask_size = level.size


cdef void watch_look(WatchC* watch) noexcept nogil:
    look(watch)


cdef inline void count_visits(WatchC* watch) noexcept nogil:
    if watch.has_ask != watch.visit_known[0] or watch.ask != watch.visit_price[0]:
        watch.visit[0] += 1
        watch.visit_known[0] = watch.has_ask
        watch.visit_price[0] = watch.ask
    if watch.has_bid != watch.visit_known[1] or watch.bid != watch.visit_price[1]:
        watch.visit[1] += 1
        watch.visit_known[1] = watch.has_bid
        watch.visit_price[1] = watch.bid


cdef void watch_count_visits(WatchC* watch) noexcept nogil:
    count_visits(watch)


cdef inline bint rises_to(TableC* table, bint known, price_raw_t price) noexcept nogil:
    # Sell limits and buy stops: reached by a price at or above the lowest of them
    return known and table.n > 0 and table.entries[table.n - 1].price <= price


cdef inline bint falls_to(TableC* table, bint known, price_raw_t price) noexcept nogil:
    # Buy limits and sell stops: reached by a price at or below the highest of them
    return known and table.n > 0 and table.entries[table.n - 1].price >= price


cdef void watch_remember(WatchC* watch) noexcept nogil:
    cdef bint remembers = watch.consumes and (watch.ledgers[0].n > 0 or watch.ledgers[1].n > 0)
    watch.n_watched += <int>remembers - <int>watch.remembers
    watch.remembers = remembers


cdef void watch_renew(WatchC* watch) noexcept nogil:
    ledger_renew(&watch.ledgers[0], watch.asks)
    ledger_renew(&watch.ledgers[1], watch.bids)
    watch_remember(watch)


cdef void watch_queues(WatchC* watch) noexcept nogil:
    cdef TableC* table
    cdef LadderC* ladder
    cdef EntryC* entry
    cdef int side
    cdef size_t i
    for side in range(2):
        table = &watch.tables[<int>BUY_LIMITS + side]
        ladder = watch.asks if side else watch.bids
        if not watch.top_only:
            places_follow(watch.places, watch.rule, ladder, table)
            continue
        for i in range(table.n):
            entry = &table.entries[i]
            place_follow(&watch.places[entry.slot], watch.rule, shown(ladder, entry.price, True))


cdef inline void watch_renew_level(WatchC* watch, const DeltaRow* level) noexcept nogil:
    if level.side == OrderSide.BUY:
        ledger_renew_level(&watch.ledgers[1], watch.bids, level.price)
    else:
        ledger_renew_level(&watch.ledgers[0], watch.asks, level.price)
    watch_remember(watch)


cdef inline void watch_queue(WatchC* watch, const DeltaRow* level) noexcept nogil:
    cdef int side = level.side != OrderSide.BUY
    cdef LadderC* ladder = watch.asks if side else watch.bids
    if ladder.cut:
        # What is beyond its worst level is another matter after every change
        places_follow(watch.places, watch.rule, ladder, &watch.tables[<int>BUY_LIMITS + side])
    else:
        places_follow_level(watch.places, watch.rule, ladder, &watch.tables[<int>BUY_LIMITS + side], level.price)


cdef void watch_snapshot(WatchC* watch) noexcept nogil:
    """Every limit's place after the book was cleared and filled again."""
    cdef EntryC* entries
    cdef size_t i
    cdef int table
    watch.epoch = watch.queues.epoch
    for table in range(<int>BUY_LIMITS, <int>SELL_LIMITS + 1):
        entries = watch.tables[table].entries
        for i in range(watch.tables[table].n):
            fifo_renew(&watch.places[entries[i].slot].fifo, watch.queues, watch.tables[table].sign, entries[i].price)


cdef void watch_shares(WatchC* watch, int table, const TradeRow* trade) noexcept nogil:
    cdef size_t depth = 0
    cdef EntryC* entry
    cdef PlaceC* place
    cdef int sign = watch.tables[table].sign
    while True:
        entry = table_at(&watch.tables[table], depth)
        if entry == NULL or sign * entry.price < sign * trade.price:
            return
        place = &watch.places[entry.slot]
        if watch.queues == NULL:
            place.share = place_trade(place, trade.size, entry.price != trade.price)
        elif entry.price == trade.price:
            place.share = fifo_trade(&place.fifo, watch.queues, sign, entry.price, trade.size)
        else:
            fifo_pass(&place.fifo)
            place.share = trade.size
        depth += 1


cdef int watch_legs(const WatchC* watch, price_raw_t high_bid, price_raw_t high_ask, price_raw_t low_bid,
                    price_raw_t low_ask, bint has_last) noexcept nogil:
    cdef TableC* tables = watch.tables
    cdef bint rises, falls
    rises = (
        rises_to(&tables[<int>SELL_LIMITS], True, high_bid)
        or rises_to(&tables[<int>BUY_STOPS], True, high_ask)
        or rises_to(&tables[<int>BUY_STOPS_LAST], has_last, high_ask)
        or rises_to(&tables[<int>SELL_TOUCHES], True, high_bid)
        or rises_to(&tables[<int>SELL_TOUCHES_LAST], has_last, high_bid)
    )
    falls = (
        falls_to(&tables[<int>BUY_LIMITS], True, low_ask)
        or falls_to(&tables[<int>SELL_STOPS], True, low_bid)
        or falls_to(&tables[<int>SELL_STOPS_LAST], has_last, low_bid)
        or falls_to(&tables[<int>BUY_TOUCHES], True, low_ask)
        or falls_to(&tables[<int>BUY_TOUCHES_LAST], has_last, low_ask)
    )
    return rises | (falls << 1)


cdef bint watch_market(WatchC* watch, const DeltaRow* level) noexcept nogil:
    cdef TableC* tables = watch.tables
    cdef bint buys, sells
    look(watch)
    count_visits(watch)
    if watch.ledgers[0].n or watch.ledgers[1].n:
        # A level that goes and comes back is another one
        if level == NULL:
            watch_renew(watch)
        else:
            watch_renew_level(watch, level)
    if watch.rule != NULL:
        if level == NULL:
            watch_queues(watch)
        else:
            watch_queue(watch, level)
        if watch.rule.failed:
            return True
    elif watch.queues != NULL and watch.queues.epoch != watch.epoch:
        watch_snapshot(watch)
    buys = falls_to(&tables[<int>BUY_LIMITS], watch.has_ask, watch.ask)
    sells = rises_to(&tables[<int>SELL_LIMITS], watch.has_bid, watch.bid)
    # A level that no order reaches any more is forgotten: when it is reached again its liquidity is fresh
    if not buys and not watch.consumes:
        watch.ledgers[0].n = 0
    if not sells and not watch.consumes:
        watch.ledgers[1].n = 0
    return (
        (buys and watch.decided[0] != watch.visit[0])
        or (sells and watch.decided[1] != watch.visit[1])
        or watch.wake
        or tables[<int>ODD_TRIGGERS].n > 0
        or (watch.trails_bid and watch.has_bid and watch.bid > watch.trail_bid)
        or (watch.trails_ask and watch.has_ask and watch.ask < watch.trail_ask)
        or rises_to(&tables[<int>BUY_STOPS], watch.has_ask, watch.ask)
        or falls_to(&tables[<int>SELL_STOPS], watch.has_bid, watch.bid)
        or falls_to(&tables[<int>BUY_TOUCHES], watch.has_ask, watch.ask)
        or rises_to(&tables[<int>SELL_TOUCHES], watch.has_bid, watch.bid)
    )


cdef bint watch_trade(WatchC* watch, const TradeRow* trade) noexcept nogil:
    cdef TableC* tables = watch.tables
    cdef int table
    if watch.wake:
        return True
    if trade.aggressor_side != AggressorSide.BUYER and falls_to(&tables[<int>BUY_LIMITS], True, trade.price):
        return True
    if trade.aggressor_side != AggressorSide.SELLER and rises_to(&tables[<int>SELL_LIMITS], True, trade.price):
        return True
    # Where trades make the book they may reach triggers at the touch as well
    for table in range(<int>BUY_STOPS, <int>AT_OPEN):
        if tables[table].n > 0:
            return True
    return False
