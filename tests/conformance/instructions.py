"""Post-only, reduce-only, expiry, quantities in the quote currency, icebergs, changes, cancels, status, open and close."""

from nautilus_lite.backtest.models import LatencyModel, RiskAverseQueueModel
from tests.conformance.script import Table

case = Table()
ALL = "L1 L2 L3"
QUOTE = "quote 999 1001"

case("a post-only order that would take is rejected", [QUOTE, "> buy limit 10 at 1001 post-only"], "REJECTED", on=ALL, events="Rejected")
case("a post-only order inside the spread rests", [QUOTE, "> buy limit 10 at 1000 post-only"], "ACCEPTED", on=ALL)
case("a post-only order is a maker when the ask comes", [QUOTE, "> buy limit 10 at 1000 post-only", "quote 998 1000"],
     "FILLED 10 at 1000 maker touched @2", on=ALL)
case("a post-only order in a one-sided book rests", ["quote 999 1001x0", "> buy limit 10 at 1005 post-only"], "ACCEPTED", on=ALL)
case("a post-only order cannot be changed into a taker", [QUOTE, "> buy limit 10 at 998 post-only", "> modify 1 at 1001", "quote 996 998"],
     "FILLED 10 at 998 maker touched @2", on=ALL)

LONG = "> buy market 10"
FILLED = "FILLED 10 at 1001 taker took_book @1"
case("reduce-only without a position is rejected", [QUOTE, "> sell market 10 reduce-only"], "REJECTED", on=ALL)
case("reduce-only on the side of the position is rejected", [QUOTE, LONG, "> buy market 10 reduce-only"], FILLED, "REJECTED", on=ALL)
case("reduce-only closes the position", [QUOTE, LONG, "> sell market 10 reduce-only"], FILLED, "FILLED 10 at 999 taker took_book @1", on=ALL)
case("reduce-only is cut to the position", [QUOTE, LONG, "> sell market 30 reduce-only"], FILLED, "FILLED 10 at 999 taker took_book @1", on=ALL)
case("a resting reduce-only order is cut when it fills", [QUOTE, LONG, "> sell limit 30 at 1003 reduce-only", "quote 1003 1005"],
     FILLED, "FILLED 10 at 1003 maker touched @2", on=ALL)
case("a resting reduce-only order is cancelled when the position is gone",
     [QUOTE, LONG, "> sell limit 10 at 1003 reduce-only", "> sell market 10", "quote 1003 1005"],
     FILLED, "CANCELED", "FILLED 10 at 999 taker took_book @1", on=ALL)
case("two reduce-only orders do not flip the position",
     [QUOTE, LONG, "> sell limit 10 at 1003 reduce-only", "> sell limit 10 at 1004 reduce-only", "quote 1006 1008"],
     FILLED, "FILLED 10 at 1003 maker book_crossed @2", "CANCELED", on=ALL)
case("a reduce-only stop is cut when it triggers", [QUOTE, LONG, "> sell stop-market 30 trigger 995 reduce-only", "quote 995 997"],
     FILLED, "FILLED 10 at 995 taker stop_triggered @2", on=ALL)
case("without the setting reduce-only is ignored", [QUOTE, "> sell market 10 reduce-only"], "FILLED 10 at 999 taker took_book @1", on=ALL,
     venue=lambda: {"use_reduce_only": False})

case("an order expires before the row of its time can fill it", [QUOTE, "> buy limit 10 at 998 gtd 2", "quote 996 998"], "EXPIRED", on=ALL)
case("an order fills before its time", [QUOTE, "> buy limit 10 at 998 gtd 2.5", "quote 996 998"], "FILLED 10 at 998 maker touched @2", on=ALL)
case("an order expires between two rows", [QUOTE, "> buy limit 10 at 998 gtd 2.5", QUOTE + "x90", "quote 996 998"], "EXPIRED", on=ALL)
case("a stop expires before the row of its time", [QUOTE, "> buy stop-market 10 trigger 1003 gtd 2", "quote 1003 1005"], "EXPIRED", on=ALL)
case("an if-touched order expires", [QUOTE, "> buy market-if-touched 10 trigger 998 gtd 2", "quote 996 998"], "EXPIRED", on=ALL)
case("an order of a time that is over is refused", [QUOTE, "> buy limit 10 at 998 gtd 1"], "DENIED", on=ALL)
case("what is partly filled expires with its part", ["book 999x50 | 1001x4", "> buy limit 10 at 1001 gtd 2", "book 999x50 | 1001x4 1002x9"],
     "EXPIRED 4 at 1001 taker took_book @1", on="L2 L3")
case("a venue without GTD keeps the order", [QUOTE, "> buy limit 10 at 998 gtd 2", "quote 996 998"], "FILLED 10 at 998 maker touched @2",
     on="L1", venue=lambda: {"support_gtd_orders": False})

# 1001 USD at 10.01 are 100 units
case("a quantity in the quote currency is converted once", [QUOTE, "> buy market 1001 in-quote"],
     "FILLED 100 at 1001 taker took_book @1", on=ALL, mirrors=False)

case("a cancelled order does not fill", [QUOTE, "> buy limit 10 at 998", "> cancel 1", "quote 996 998"], "CANCELED", on=ALL)
case("a cancelled stop does not trigger", [QUOTE, "> buy stop-market 10 trigger 1003", "> cancel 1", "quote 1003 1005"], "CANCELED", on=ALL)
case("a changed price is the price", [QUOTE, "> buy limit 10 at 990", "> modify 1 at 998", "quote 996 998"],
     "FILLED 10 at 998 maker touched @2", on=ALL)
case("a price changed through the ask takes", [QUOTE, "> buy limit 10 at 990", "> modify 1 at 1001"],
     "FILLED 10 at 1001 taker took_book @1", on=ALL)
case("a changed quantity is the quantity", [QUOTE, "> buy limit 10 at 998", "> modify 1 to 25", "quote 996 998"],
     "FILLED 25 at 998 maker touched @2", on=ALL)
case("a changed trigger is the trigger", [QUOTE, "> buy stop-market 10 trigger 1010", "> modify 1 trigger 1003", "quote 1001 1003"],
     "FILLED 10 at 1003 taker stop_triggered @2", on=ALL)
case("a trigger cannot be moved into the market", [QUOTE, "> buy stop-market 10 trigger 1010", "> modify 1 trigger 1001"], "ACCEPTED", on=ALL)
case("a quantity below what is filled is refused, and the rest works",
     ["book 999x50 | 1001x6", "> buy limit 10 at 1001", "> modify 1 to 5", "book 999x50 | 1000x50"],
     "FILLED 6 at 1001 taker took_book @1, 4 at 1001 maker book_crossed @2", on="L2 L3")
case("a larger quantity at the same price does not take the level again",
     ["book 999x50 | 1001x6", "> buy limit 10 at 1001", "> modify 1 to 20", "book 999x60 | 1001x6"],
     "PARTIALLY_FILLED 6 at 1001 taker took_book @1", on="L2 L3")
case("a larger quantity after a partial fill counts what is left",
     # 6 filled, of 20 are 14 left
     ["book 999x50 | 1001x6", "> buy limit 10 at 1001", "> modify 1 to 20", "book 999x50 | 1000x50"],
     "FILLED 6 at 1001 taker took_book @1, 14 at 1001 maker book_crossed @2", on="L2 L3")

LATE = {"on": ALL, "venue": lambda: {"latency_model": LatencyModel(base_latency_nanos=2_000_000_000)}}
# Sent at 1.25, there at 3.25: the quote of second 2 passes it, that of second 3 is what it meets
case("an order meets the market of its arrival", [QUOTE, "> buy market 10", "quote 1003 1005", "quote 1007 1009"],
     "FILLED 10 at 1009 taker took_book @3", **LATE)
case("an order that is on its way does not fill", [QUOTE, "> buy limit 10 at 998", "quote 990 992", "quote 999 1001"],
     "ACCEPTED", **LATE)
case("a cancel on its way does not save the order", [QUOTE, "> buy limit 10 at 998", "@4 quote 999 1002", "> cancel 1", "@5 quote 996 998"],
     "FILLED 10 at 998 maker touched @5", **LATE)
case("what is under way at the end still arrives", [QUOTE, "> buy market 10"], "FILLED 10 at 1001 taker took_book @3", **LATE)

ICEBERG = {"on": "L2", "venue": lambda: {"queue_model": RiskAverseQueueModel()}}
# 70 ahead, 10 of 80 reach the shown part. Nobody is left: the 20 that come later stand behind the second part, and before the third
case("an iceberg shows its parts one by one",
     ["book 999x70 | 1001x50", "> buy limit 30 at 999 show 10", "trade 999x80 seller", "book 999x20 | 1001x50", "trade 999x40 seller"],
     "FILLED 10 at 999 maker queue_cleared @2, 10 at 999 maker queue_cleared @4, 10 at 999 maker queue_cleared @4",
     **ICEBERG)
# 70 ahead, then 80 behind: the second part stands behind those 80
case("an iceberg's next part joins at the back",
     ["book 999x70 | 1001x50", "> buy limit 20 at 999 show 10", "book 999x150 | 1001x50", "trade 999x80 seller", "trade 999x70 seller",
      "trade 999x15 seller"],
     "FILLED 10 at 999 maker queue_cleared @3, 10 at 999 maker queue_cleared @5", **ICEBERG)
case("without queues an iceberg is a limit", [QUOTE, "> buy limit 30 at 999 show 10", "trade 999x80 seller"],
     "FILLED 30 at 999 maker trade_at @2", on="L1 L2")

case("a halt stops matching and the end of it matches the book as it is",
     [QUOTE, "> buy limit 10 at 998", "status HALT", "quote 996 998", "quote 994 996", "status TRADING"],
     "FILLED 10 at 998 maker book_crossed @5", on=ALL)
case("orders in a halt are rejected", [QUOTE, "status HALT", "> buy limit 10 at 998"], "REJECTED", on=ALL)
case("an order for the open fills with the first row after it",
     ["status PRE_OPEN", QUOTE, "> buy market 10 open", "status TRADING", "quote 1000 1002"],
     "FILLED 10 at 1002 taker session_open @4", on=ALL)
case("an order for the close fills on the book as it is then", [QUOTE, "> buy market 10 close", "quote 1000 1002", "status CLOSE"],
     "FILLED 10 at 1002 taker session_close @3", on=ALL)
case("a limit for the close that does not cross expires", [QUOTE, "> buy limit 10 at 998 close", "status CLOSE"], "EXPIRED", on=ALL)

# What happened to an order, event by event
case("told by its events: limit, post-only that rests", ["quote 999 1001", "> buy limit 10 at 1000 post-only", "quote 997 999"],
     "FILLED 10 at 1000 maker book_crossed @2", events="Accepted Filled")
case("told by its events: stop-limit, post-only that would take when triggered", ["quote 999 1001", "> buy stop-limit 10 at 1007 trigger 1005 post-only", "quote 1004 1006"],
     "CANCELED", events="Accepted Triggered Canceled")
case("told by its events: limit, GTD expires before what would fill it", ["quote 999 1001", "> buy limit 10 at 1000 gtd 2", "quote 996 998"],
     "EXPIRED", events="Accepted Expired")
case("told by its events: limit, GTD fills before its time", ["quote 999 1001", "> buy limit 10 at 1000 gtd 2.000001", "quote 996 998"],
     "FILLED 10 at 1000 maker book_crossed @2", events="Accepted Filled")
case("told by its events: stop, a GTD stop expires", ["quote 999 1001", "> buy stop-market 10 trigger 1005 gtd 2", "quote 1008 1010"],
     "EXPIRED", events="Accepted Expired")
case("told by its events: limit, DAY ends at midnight", ["quote 999 1001", "> buy limit 10 at 1000 day", "@86400 quote 996 998"],
     "EXPIRED", events="Accepted Expired")
case("told by its events: limit, DAY fills on its day", ["quote 999 1001", "> buy limit 10 at 1000 day", "@86399.999999 quote 996 998"],
     "FILLED 10 at 1000 maker book_crossed @86399", events="Accepted Filled")
case("told by its events: market order, reduce-only, market, nothing to reduce", ["quote 999 1001", "> buy market 10 reduce-only"],
     "REJECTED", events="Rejected")
case("told by its events: limit, reduce-only, limit, nothing to reduce", ["quote 999 1001", "> buy limit 10 at 1000 reduce-only"],
     "REJECTED", events="Rejected")
case("told by its events: stop, reduce-only, stop, nothing to reduce", ["quote 999 1001", "> buy stop-market 10 trigger 1005 reduce-only"],
     "REJECTED", events="Rejected")
