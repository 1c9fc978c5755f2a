"""Stops and if-touched orders: what triggers them, what does not, and at which price they fill."""

from tests.conformance.script import Table

case = Table()
ALL = "L1 L2 L3"
QUOTE = "quote 999 1001"
STOP = "> buy stop-market 10 trigger 1003"
TOUCH = "> buy market-if-touched 10 trigger 998"

# A buy stop is reached by the ask, from below
case("the ask at the trigger triggers a stop", [QUOTE, STOP, "quote 1001 1003"], "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("the ask beyond the trigger fills at the ask", [QUOTE, STOP, "quote 1005 1007"], "FILLED 10 at 1007 taker stop_triggered @2", on=ALL)
case("the ask below the trigger does not", [QUOTE, STOP, "quote 1000 1002"], "ACCEPTED", on=ALL)
case("a wide ask triggers though the bid is far", [QUOTE, STOP, "quote 990 1003"], "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("a trade at the trigger does not trigger by the touch", [QUOTE, STOP, "trade 1003x50 buyer"], "ACCEPTED", on="L1 L2")
case("a stop triggers once", [QUOTE, STOP, "quote 1001 1003", "quote 999 1001", "quote 1001 1003"],
     "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("a stop beyond the shown size slips on L1", [QUOTE, "> buy stop-market 150 trigger 1003", "quote 1001 1003"],
     "FILLED 100 at 1003 taker stop_triggered @2, 50 at 1004 taker slipped @2")
case("a stop beyond the book is cancelled with a part", [QUOTE, "> buy stop-market 150 trigger 1003", "quote 1001 1003"],
     "CANCELED 100 at 1003 taker stop_triggered @2", on="L2 L3")
case("a stop in the market is rejected", [QUOTE, "> buy stop-market 10 trigger 1001"], "REJECTED", on=ALL, events="Rejected")
case("a stop in the market triggers at once if asked", [QUOTE, "> buy stop-market 10 trigger 1001"],
     "FILLED 10 at 1001 taker stop_triggered @1", on=ALL, venue=lambda: {"reject_stop_orders": False})
case("an empty side does not trigger", [QUOTE, STOP, "quote 1005 1007x0"], "ACCEPTED", on=ALL)
case("stops trigger in the order of their prices",
     [QUOTE, "> buy stop-market 10 trigger 1004", "> buy stop-market 10 trigger 1003", "quote 1004 1006"],
     "FILLED 10 at 1006 taker stop_triggered @2", "FILLED 10 at 1006 taker stop_triggered @2", on=ALL)

# A stop-limit becomes a limit
case("a stop-limit takes where its limit crosses", [QUOTE, "> buy stop-limit 10 at 1005 trigger 1003", "quote 1001 1003"],
     "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("a stop-limit behind the market rests", [QUOTE, "> buy stop-limit 10 at 1003 trigger 1003", "quote 1004 1006"],
     "TRIGGERED", on=ALL)
case("a stop-limit that rests is filled by the ask that comes back",
     [QUOTE, "> buy stop-limit 10 at 1003 trigger 1003", "quote 1004 1006", "quote 1001 1003"],
     "FILLED 10 at 1003 maker touched @3", on=ALL)
case("a stop-limit with a limit below its trigger waits for it",
     [QUOTE, "> buy stop-limit 10 at 1001 trigger 1003", "quote 1001 1003", "quote 998 1000"],
     "FILLED 10 at 1001 maker book_crossed @3", on=ALL)
case("a stop-limit takes no more than is shown at its limit", [QUOTE, "> buy stop-limit 150 at 1003 trigger 1003", "quote 1001 1003"],
     "PARTIALLY_FILLED 100 at 1003 taker stop_triggered @2", on=ALL)
case("a post-only stop-limit that would take is cancelled", [QUOTE, "> buy stop-limit 10 at 1005 trigger 1003 post-only", "quote 1001 1003"],
     "CANCELED", on=ALL)
case("a post-only stop-limit that rests is a maker",
     [QUOTE, "> buy stop-limit 10 at 1002 trigger 1003 post-only", "quote 1001 1003", "quote 1000 1002"],
     "FILLED 10 at 1002 maker touched @3", on=ALL)
case("an IOC stop-limit that does not cross is cancelled when triggered",
     [QUOTE, "> buy stop-limit 10 at 1003 trigger 1003 ioc", "quote 1004 1006"], "CANCELED", on=ALL)
case("an untriggered IOC stop-limit waits", [QUOTE, "> buy stop-limit 10 at 1003 trigger 1003 ioc", "quote 1000 1002"],
     "ACCEPTED", on=ALL)

# A buy if-touched order is reached by the ask, from above
case("the ask at the trigger touches", [QUOTE, TOUCH, "quote 996 998"], "FILLED 10 at 998 taker if_touched @2", on=ALL)
case("the ask below the trigger fills at the ask", [QUOTE, TOUCH, "quote 993 995"], "FILLED 10 at 995 taker if_touched @2", on=ALL)
case("the ask above the trigger does not touch", [QUOTE, TOUCH, "quote 997 999"], "ACCEPTED", on=ALL)
case("the bid at the trigger does not touch", [QUOTE, TOUCH, "quote 998 1000"], "ACCEPTED", on=ALL)
case("an if-touched order in the market is rejected", [QUOTE, "> buy market-if-touched 10 trigger 1001"], "REJECTED", on=ALL)
case("a limit-if-touched order takes where it crosses", [QUOTE, "> buy limit-if-touched 10 at 999 trigger 998", "quote 996 998"],
     "FILLED 10 at 998 taker if_touched @2", on=ALL)
case("a limit-if-touched order below the market rests",
     [QUOTE, "> buy limit-if-touched 10 at 996 trigger 998", "quote 996 998", "quote 994 996"],
     "FILLED 10 at 996 maker touched @3", on=ALL)

# Trigger types
LAST = "> buy stop-market 10 trigger 1003 by LAST_PRICE"
case("a trade at the trigger triggers by the last price", [QUOTE, LAST, "trade 1003x50 buyer"],
     "FILLED 10 at 1001 taker stop_triggered @2", on="L1 L2")
case("any aggressor's trade triggers by the last price", [QUOTE, LAST, "trade 1003x50 seller"],
     "FILLED 10 at 1001 taker stop_triggered @2", on="L1 L2")
case("the ask does not trigger by the last price", [QUOTE, LAST, "quote 1003 1005"], "ACCEPTED", on=ALL)
case("either triggers by last or touch: the ask", [QUOTE, "> buy stop-market 10 trigger 1003 by LAST_OR_BID_ASK", "quote 1001 1003"],
     "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("either triggers by last or touch: a trade",
     [QUOTE, "> buy stop-market 10 trigger 1003 by LAST_OR_BID_ASK", "trade 1003x5 buyer"],
     "FILLED 10 at 1001 taker stop_triggered @2", on="L1 L2")
case("one trade is not two", [QUOTE, "> buy stop-market 10 trigger 1003 by DOUBLE_LAST", "trade 1003x5 buyer", "trade 1002x5 buyer",
     "trade 1003x5 buyer"], "ACCEPTED", on="L1 L2")
case("two trades in a row are", [QUOTE, "> buy stop-market 10 trigger 1003 by DOUBLE_LAST", "trade 1003x5 buyer", "trade 1004x5 buyer"],
     "FILLED 10 at 1001 taker stop_triggered @3", on="L1 L2")
# (1001 + 1005) / 2 = 1003
case("the middle triggers by the middle", [QUOTE, "> buy stop-market 10 trigger 1003 by MID_POINT", "quote 1001 1005"],
     "FILLED 10 at 1005 taker stop_triggered @2", on=ALL)
case("the ask alone does not trigger by the middle", [QUOTE, "> buy stop-market 10 trigger 1003 by MID_POINT", "quote 999 1005"],
     "ACCEPTED", on=ALL)

# Trades alone
case("trades alone: a seller's trade moves the ask to a stop", ["trade 1000x50 none", STOP, "trade 1003x50 seller"],
     "FILLED 10 at 1003 taker stop_triggered @2")
case("trades alone: a buyer's trade moves the ask to a touch", ["trade 1000x50 none", TOUCH, "trade 997x50 buyer"],
     "FILLED 10 at 997 taker if_touched @2")

# What happened to an order, event by event
case("told by its events: stop, a stop fires by trades", ["trade 1000x50 none", "> buy stop-market 10 trigger 1005", "trade 1004x9 none", "trade 1006x50 none"],
     "FILLED 10 at 1006 taker stop_triggered @3", events="Accepted Filled")
case("told by its events: stop, reached", ["quote 999 1001", "> buy stop-market 10 trigger 1005", "quote 1003 1005"],
     "FILLED 10 at 1005 taker stop_triggered @2", events="Accepted Filled")
case("told by its events: stop, gapped over", ["quote 999 1001", "> buy stop-market 10 trigger 1005", "quote 1018 1020"],
     "FILLED 10 at 1020 taker stop_triggered @2", events="Accepted Filled")
case("told by its events: stop, never reached", ["quote 999 1001", "> buy stop-market 10 trigger 1005", "quote 1002 1004"],
     "ACCEPTED", events="Accepted")
case("told by its events: stop, fires on L2 and walks the book", ["book 999x20 998x50 | 1001x20 1002x50", "> buy stop-market 30 trigger 1002", "book 999x20 998x50 | 1002x50"],
     "FILLED 30 at 1002 taker stop_triggered @2", events="Accepted Filled", on="L2")
case("told by its events: stop, what L2 lacks is cancelled", ["book 999x20 998x50 | 1001x20 1002x50", "> buy stop-market 60 trigger 1002", "book 999x20 998x50 | 1002x50"],
     "CANCELED 50 at 1002 taker stop_triggered @2", events="Accepted Filled Canceled", on="L2")
case("told by its events: stop, fires once", ["quote 999 1001", "> buy stop-market 10 trigger 1005", "quote 1005 1007", "quote 1010 1012"],
     "FILLED 10 at 1007 taker stop_triggered @2", events="Accepted Filled")
case("told by its events: stop, by the last trade alone", ["quote 999 1001", "> buy stop-market 10 trigger 1005 by LAST_PRICE", "quote 1008 1010", "trade 1005x1 none"],
     "FILLED 10 at 1010 taker stop_triggered @3", events="Accepted Filled")
case("told by its events: stop, by two quotes in a row", ["quote 999 1001", "> buy stop-market 10 trigger 1005 by DOUBLE_BID_ASK", "quote 1004 1006", "quote 1000 1002", "quote 1004 1006", "quote 1005 1007"],
     "FILLED 10 at 1007 taker stop_triggered @5", events="Accepted Filled")
case("told by its events: stop, by the middle", ["quote 999 1001", "> buy stop-market 10 trigger 1005 by MID_POINT", "quote 1003 1006", "quote 1003 1007"],
     "FILLED 10 at 1007 taker stop_triggered @3", events="Accepted Filled")
case("told by its events: stop-limit, triggered and takes", ["quote 999 1001", "> buy stop-limit 10 at 1007 trigger 1005", "quote 1004 1006"],
     "FILLED 10 at 1006 taker stop_triggered @2", events="Accepted Triggered Filled")
case("told by its events: stop-limit, triggered beyond its limit, rests, comes back", ["quote 999 1001", "> buy stop-limit 10 at 1007 trigger 1005", "quote 1008 1010", "quote 1004 1006"],
     "FILLED 10 at 1007 maker book_crossed @3", events="Accepted Triggered Filled")
case("told by its events: stop-limit, triggered, takes no more than its limit on L2", ["book 999x20 998x50 | 1001x20 1002x50", "> buy stop-limit 90 at 1002 trigger 1002", "book 999x20 998x50 | 1002x50"],
     "PARTIALLY_FILLED 50 at 1002 taker stop_triggered @2", events="Accepted Triggered Filled", on="L2")
case("told by its events: stop-limit, IOC that is triggered beyond its limit", ["quote 999 1001", "> buy stop-limit 10 at 1007 trigger 1005 ioc", "quote 1008 1010"],
     "CANCELED", events="Accepted Triggered Canceled")
case("told by its events: if-touched order, touched as a market order", ["quote 999 1001", "> buy market-if-touched 10 trigger 995", "quote 993 995"],
     "FILLED 10 at 995 taker if_touched @2", events="Accepted Filled")
case("told by its events: if-touched order, not touched by the own side", ["quote 999 1001", "> buy market-if-touched 10 trigger 995", "quote 995 997"],
     "ACCEPTED", events="Accepted")
case("told by its events: limit-if-touched order, touched as a limit that takes", ["quote 999 1001", "> buy limit-if-touched 10 at 996 trigger 995", "quote 992 994"],
     "FILLED 10 at 994 taker if_touched @2", events="Accepted Triggered Filled")
case("told by its events: limit-if-touched order, touched as a limit that waits", ["quote 999 1001", "> buy limit-if-touched 10 at 990 trigger 995", "quote 993 995", "quote 988 990"],
     "FILLED 10 at 990 maker touched @3", events="Accepted Triggered Filled")
case("told by its events: if-touched order, in the market already, touched", ["quote 999 1001", "> buy market-if-touched 10 trigger 1002"],
     "REJECTED", events="Rejected")
