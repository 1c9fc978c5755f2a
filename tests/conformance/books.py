"""Books of several levels, moved in one batch; books by order with their places."""

from tests.conformance.script import Table

case = Table()
DEEP = "L2 L3"
BOOK = "book 999x50 998x50 | 1001x50 1002x50"

case("a level behind the touch does not reach a limit", [BOOK, "> buy limit 10 at 997", "book 999x50 998x60 | 1001x50"], "ACCEPTED", on=DEEP)
case("an ask that was improved by one level reaches a limit there", [BOOK, "> buy limit 10 at 1000", "book 999x50 | 1000x5 1001x50"],
     "PARTIALLY_FILLED 5 at 1000 maker touched @2", on=DEEP)
case("a limit takes what crosses it, its own price last", [BOOK, "> buy limit 100 at 1000", "book 990x50 | 999x30 1000x40 1001x90"],
     "PARTIALLY_FILLED 70 at 1000 maker book_crossed @2", on=DEEP)
case("a whole ask side that is gone leaves nothing to take", [BOOK, "book 999x50 |", "> buy market 10"], "REJECTED", on=DEEP)
case("a stop takes the levels that it meets", [BOOK, "> buy stop-market 80 trigger 1005", "book 1003x50 | 1005x50 1006x20 1007x90"],
     "FILLED 50 at 1005 taker stop_triggered @2, 20 at 1006 taker stop_triggered @2, 10 at 1007 taker stop_triggered @2",
     on=DEEP)
case("quotes do not move a book of levels", [BOOK, "> buy limit 10 at 998", "book 999x50 998x51 | 1001x50 1002x50"], "ACCEPTED", on=DEEP)

# By order: 50 stand ahead at 999
case("by order: a trade serves those ahead first", [BOOK, "> buy limit 10 at 999", "trade 999x50 seller"], "ACCEPTED", on="L3")
case("by order: what is left of a trade fills", [BOOK, "> buy limit 10 at 999", "trade 999x54 seller"],
     "PARTIALLY_FILLED 4 at 999 maker queue_cleared @2", on="L3")
case("by order: those who cancel leave the queue", [BOOK, "> buy limit 10 at 999", "book 998x50 | 1001x50 1002x50", "trade 999x7 seller"],
     "PARTIALLY_FILLED 7 at 999 maker queue_cleared @3", on="L3")
# 55 - 50 = 5 reach the first; of 12 it takes 5, and 7 reach the second
case("by order: own orders at a price share what comes to them",
     [BOOK, "> buy limit 10 at 999", "> buy limit 10 at 999", "trade 999x55 seller", "trade 999x12 seller"],
     "FILLED 5 at 999 maker queue_cleared @2, 5 at 999 maker queue_cleared @3",
     "PARTIALLY_FILLED 7 at 999 maker queue_cleared @3", on="L3")
case("by order: a trade through passes everybody", [BOOK, "> buy limit 10 at 999", "trade 998x60 seller"],
     "FILLED 10 at 999 maker trade_through @2", on="L3")
