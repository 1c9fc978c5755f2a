"""Limit orders that wait: the book comes to them, trades reach them, and what it is that does not."""

from nautilus_lite.backtest.models import FillModel, RiskAverseQueueModel
from tests.conformance.script import Table

case = Table()
ALL = "L1 L2 L3"
QUOTE = "quote 999 1001"
BUY = "> buy limit 10 at 998"

# The ask comes to a buy limit at 998
case("the ask at the price touches it", [QUOTE, BUY, "quote 996 998"], "FILLED 10 at 998 maker touched @2", on=ALL)
case("the ask through the price crosses it", [QUOTE, BUY, "quote 995 997"], "FILLED 10 at 998 maker book_crossed @2", on=ALL)
case("a gap far beyond fills at the limit, not better", [QUOTE, BUY, "quote 900 902"],
     "FILLED 10 at 998 maker book_crossed @2", on=ALL)
case("the ask one tick above does not reach it", [QUOTE, BUY, "quote 997 999"], "ACCEPTED", on=ALL)
case("the bid at the price is not the ask", [QUOTE, BUY, "quote 998 1000"], "ACCEPTED", on=ALL)
case("the bid through the price is not the ask", [QUOTE, BUY, "quote 997 1003"], "ACCEPTED", on=ALL)
case("the ask comes near, leaves and comes", [QUOTE, BUY, "quote 997 999", "quote 999 1001", "quote 996 998"],
     "FILLED 10 at 998 maker touched @4", on=ALL)
case("an empty ask side reaches nothing", [QUOTE, BUY, "quote 999 1001x0"], "ACCEPTED", on=ALL)
case("an ask after an empty side reaches it", [QUOTE, BUY, "quote 999 1001x0", "quote 996 998"],
     "FILLED 10 at 998 maker touched @3", on=ALL)
case("a limit in an empty book rests, then fills", ["quote 999x0 1001", "> buy limit 10 at 998", "quote 996 998"],
     "FILLED 10 at 998 maker touched @2", on=ALL)
case("a filled order does not fill again", [QUOTE, BUY, "quote 996 998", "quote 995 997", "quote 996 998"],
     "FILLED 10 at 998 maker touched @2", on=ALL)
case("on L1 a touch fills more than it shows", [QUOTE, "> buy limit 150 at 998", "quote 996 998x20"],
     "FILLED 150 at 998 maker touched @2")
case("on L2 a touch fills what it shows", [QUOTE, "> buy limit 150 at 998", "quote 996 998x20"],
     "PARTIALLY_FILLED 20 at 998 maker touched @2", on="L2 L3")
case(
    "on L2 a partial order takes the next size of the level",
    # 150 - 20 = 130, of which 30 are shown, then 100 of 200
    [QUOTE, "> buy limit 150 at 998", "quote 996 998x20", "quote 996 998x30", "quote 996 998x200"],
    "FILLED 20 at 998 maker touched @2, 30 at 998 maker touched @3, 100 at 998 maker touched @4",
    on="L2 L3",
)
case(
    "two orders at a price share the level in order of arrival",
    [QUOTE, "> buy limit 60 at 998", "> buy limit 60 at 998", "quote 996 998x100"],
    "FILLED 60 at 998 maker touched @2",
    "PARTIALLY_FILLED 40 at 998 maker touched @2",
    on="L2 L3",
)
case(
    "the better price is served first whoever came first",
    [QUOTE, "> buy limit 60 at 998", "> buy limit 60 at 999", "quote 996 998x100"],
    "PARTIALLY_FILLED 40 at 998 maker touched @2",
    "FILLED 60 at 999 maker book_crossed @2",
    on="L2 L3",
)
case(
    "several levels that cross fill at the limit, not at theirs",
    [QUOTE, "> buy limit 50 at 998", "book 995x10 | 996x20 997x20 998x20"],
    "FILLED 50 at 998 maker book_crossed @2",
    on="L2 L3",
)
case("all orders that an update reaches fill on it", [QUOTE, "> buy limit 10 at 998", "> buy limit 10 at 997", "quote 994 996"],
     "FILLED 10 at 998 maker book_crossed @2", "FILLED 10 at 997 maker book_crossed @2", on=ALL)
case("an order beyond the reach stays", [QUOTE, "> buy limit 10 at 998", "> buy limit 10 at 995", "quote 995 997"],
     "FILLED 10 at 998 maker book_crossed @2", "ACCEPTED", on=ALL)
case("under probability nought a touch does not fill and a cross does", [QUOTE, BUY, "quote 996 998", "quote 995 997"],
     "FILLED 10 at 998 maker book_crossed @3", on=ALL,
     venue=lambda: {"fill_model": FillModel(prob_fill_on_limit=0.0)})

# Trades beside quotes: the seller hits buys
case("a seller's trade at the price fills it", [QUOTE, BUY, "trade 998x30 seller"], "FILLED 10 at 998 maker trade_at @2", on="L1 L2")
case("a seller's trade through the price fills at the limit", [QUOTE, BUY, "trade 997x30 seller"],
     "FILLED 10 at 998 maker trade_through @2", on="L1 L2")
case("a trade that is smaller fills its size", [QUOTE, BUY, "trade 998x4 seller"], "PARTIALLY_FILLED 4 at 998 maker trade_at @2", on="L1 L2")
case("several trades add up", [QUOTE, BUY, "trade 998x4 seller", "trade 998x4 seller", "trade 998x4 seller"],
     "FILLED 4 at 998 maker trade_at @2, 4 at 998 maker trade_at @3, 2 at 998 maker trade_at @4", on="L1 L2")
case("a buyer's trade at the price fills no buy", [QUOTE, BUY, "trade 998x30 buyer"], "ACCEPTED", on="L1 L2")
case("a buyer's trade through the price fills no buy", [QUOTE, BUY, "trade 990x30 buyer"], "ACCEPTED", on="L1 L2")
case("a trade without a known aggressor fills it", [QUOTE, BUY, "trade 998x30 none"], "FILLED 10 at 998 maker trade_at @2", on="L1 L2")
case("a trade above the price does not fill", [QUOTE, BUY, "trade 999x30 seller"], "ACCEPTED", on="L1 L2")
case("a trade inside the spread fills at the limit", [QUOTE, "> buy limit 10 at 1000", "trade 1000x30 seller"],
     "FILLED 10 at 1000 maker trade_at @2", on="L1 L2")
case("one trade is shared, the better price first", [QUOTE, "> buy limit 10 at 997", "> buy limit 10 at 998", "trade 997x15 seller"],
     "PARTIALLY_FILLED 5 at 997 maker trade_at @2", "FILLED 10 at 998 maker trade_through @2", on="L1 L2")
case("one trade is shared, the earlier order first", [QUOTE, "> buy limit 10 at 998", "> buy limit 10 at 998", "trade 998x15 seller"],
     "FILLED 10 at 998 maker trade_at @2", "PARTIALLY_FILLED 5 at 998 maker trade_at @2", on="L1 L2")
case("where trades do not execute they fill nothing", [QUOTE, BUY, "trade 990x30 seller"], "ACCEPTED", on="L1 L2",
     venue=lambda: {"trade_execution": False})

# Trades alone: both sides stand at the last of them
case("trades alone: a market order takes the last trade", ["trade 1000x50 buyer", "> buy market 20"],
     "FILLED 20 at 1000 taker took_book @1")
case("trades alone: the rest slips a tick", ["trade 1000x50 buyer", "> buy market 70"],
     "FILLED 50 at 1000 taker took_book @1, 20 at 1001 taker slipped @1")
case("trades alone: neither side stays behind", ["trade 1000x50 buyer", "trade 990x50 seller", "> buy market 20", "> sell market 20"],
     "FILLED 20 at 990 taker took_book @2", "FILLED 20 at 990 taker took_book @2")
case("trades alone: a limit below rests", ["trade 1000x50 buyer", BUY], "ACCEPTED")
case("trades alone: a seller's trade at the price fills its size", ["trade 1000x50 buyer", BUY, "trade 998x4 seller"],
     "PARTIALLY_FILLED 4 at 998 maker trade_at @2")
case("trades alone: a buyer's trade through the price fills no buy", ["trade 1000x50 buyer", BUY, "trade 990x50 buyer"], "ACCEPTED")
case("trades alone: a limit at the last trade takes", ["trade 1000x50 buyer", "> buy limit 20 at 1000"],
     "FILLED 20 at 1000 taker took_book @1")

# Queues: 70 stand ahead at 999
QUEUE = {"on": "L2", "venue": lambda: {"queue_model": RiskAverseQueueModel()}}
BOOK = "book 999x70 998x50 | 1001x80"
case("a trade smaller than the queue does not reach it", [BOOK, "> buy limit 10 at 999", "trade 999x70 seller"], "ACCEPTED", **QUEUE)
case("what is left of a trade after the queue fills it", [BOOK, "> buy limit 10 at 999", "trade 999x75 seller"],
     "PARTIALLY_FILLED 5 at 999 maker queue_cleared @2", **QUEUE)
case("trades wear the queue off", [BOOK, "> buy limit 10 at 999", "trade 999x40 seller", "trade 999x40 seller"],
     "FILLED 10 at 999 maker queue_cleared @3", **QUEUE)
case("a trade through the price passes the whole queue", [BOOK, "> buy limit 10 at 999", "trade 998x5 seller"],
     "PARTIALLY_FILLED 5 at 999 maker trade_through @2", **QUEUE)
case("a book that crosses the price passes the queue", [BOOK, "> buy limit 10 at 999", "book 997x50 | 998x80"],
     "FILLED 10 at 999 maker book_crossed @2", **QUEUE)
case("an order of another price goes to the back", [BOOK, "> buy limit 10 at 999", "trade 999x70 seller", "> modify 1 at 998",
     "trade 998x50 seller"], "ACCEPTED", **QUEUE)
case("a level of its own has nobody ahead", [BOOK, "> buy limit 10 at 1000", "trade 1000x10 seller"],
     "FILLED 10 at 1000 maker queue_cleared @2", **QUEUE)

# What happened to an order, event by event
case("told by its events: limit, touched", ["quote 999 1001", "> buy limit 10 at 1000", "quote 998 1000"],
     "FILLED 10 at 1000 maker touched @2", events="Accepted Filled")
case("told by its events: limit, passed", ["quote 999 1001", "> buy limit 10 at 1000", "quote 996 998"],
     "FILLED 10 at 1000 maker book_crossed @2", events="Accepted Filled")
case("told by its events: limit, approached and left", ["quote 999 1001", "> buy limit 10 at 995", "quote 994 996", "quote 999 1001"],
     "ACCEPTED", events="Accepted")
case("told by its events: limit, filled once however often it is passed", ["quote 999 1001", "> buy limit 10 at 1000", "quote 996 998", "quote 990 992"],
     "FILLED 10 at 1000 maker book_crossed @2", events="Accepted Filled")
case("told by its events: limit, L2 fills what the level holds", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1000", "book 999x20 998x50 | 1000x12 1001x20 1002x50"],
     "PARTIALLY_FILLED 12 at 1000 maker touched @2", events="Accepted Filled", on="L2")
case("told by its events: limit, L2 fills again when the level is new", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1000", "book 999x20 998x50 | 1000x12 1001x20 1002x50", "book 999x20 998x50 | 1000x7 1001x20 1002x50"],
     "PARTIALLY_FILLED 12 at 1000 maker touched @2, 7 at 1000 maker touched @3", events="Accepted Filled Filled", on="L2")
case("told by its events: limit, L2 does not fill twice from the same size", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1000", "book 999x20 998x50 | 1000x12 1001x20 1002x50", "book 999x20 998x50 997x5 | 1000x12 1001x20 1002x50"],
     "PARTIALLY_FILLED 12 at 1000 maker touched @2", events="Accepted Filled", on="L2")
case("told by its events: limit, a trade at its price", ["quote 999 1001", "> buy limit 10 at 1000", "trade 1000x50 seller"],
     "FILLED 10 at 1000 maker trade_at @2", events="Accepted Filled")
case("told by its events: limit, a trade through its price", ["quote 999 1001", "> buy limit 10 at 1000", "trade 997x50 seller"],
     "FILLED 10 at 1000 maker trade_through @2", events="Accepted Filled")
case("told by its events: limit, a small trade fills a part", ["quote 999 1001", "> buy limit 10 at 1000", "trade 1000x4 seller"],
     "PARTIALLY_FILLED 4 at 1000 maker trade_at @2", events="Accepted Filled")
case("told by its events: limit, two small trades fill it", ["quote 999 1001", "> buy limit 10 at 1000", "trade 1000x4 seller", "trade 1000x9 seller"],
     "FILLED 4 at 1000 maker trade_at @2, 6 at 1000 maker trade_at @3", events="Accepted Filled Filled")
case("told by its events: limit, a trade of the other aggressor", ["quote 999 1001", "> buy limit 10 at 1000", "trade 997x50 buyer"],
     "ACCEPTED", events="Accepted")
case("told by its events: limit, a trade without an aggressor", ["quote 999 1001", "> buy limit 10 at 1000", "trade 1000x50 none"],
     "FILLED 10 at 1000 maker trade_at @2", events="Accepted Filled")
case("told by its events: limit, a trade above its price", ["quote 999 1001", "> buy limit 10 at 1000", "trade 1001x50 seller"],
     "ACCEPTED", events="Accepted")
case("told by its events: limit, a trade on L2", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 10 at 1000", "trade 1000x4 seller"],
     "PARTIALLY_FILLED 4 at 1000 maker trade_at @2", events="Accepted Filled", on="L2")
