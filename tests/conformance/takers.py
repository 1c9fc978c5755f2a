"""Orders that meet the market on arrival: market, marketable limit and market-to-limit orders, and how long they may wait."""

from tests.conformance.script import Table

case = Table()
ALL = "L1 L2 L3"
DEEP = "L2 L3"
QUOTE = "quote 999 1001"

# The ask is 1001 with 100 units
case("a market order takes the ask", [QUOTE, "> buy market 10"], "FILLED 10 at 1001 taker took_book @1", on=ALL, events="Filled")
case("a market order takes all that is shown", [QUOTE, "> buy market 100"], "FILLED 100 at 1001 taker took_book @1", on=ALL)
case(
    "a market order beyond the shown size slips a tick on L1",
    # 100 at 1001, the other 50 one tick further
    [QUOTE, "> buy market 150"],
    "FILLED 100 at 1001 taker took_book @1, 50 at 1002 taker slipped @1",
)
case(
    "a market order beyond the book is cancelled with a part",
    [QUOTE, "> buy market 150"],
    "CANCELED 100 at 1001 taker took_book @1",
    on=DEEP,
)
case("a market order without a market is rejected", ["quote 999 1001x0", "> buy market 10"], "REJECTED", on="L1 L2 L3")
case(
    "two market orders on L1 have the same size each",
    [QUOTE, "> buy market 80", "> buy market 80"],
    "FILLED 80 at 1001 taker took_book @1",
    "FILLED 80 at 1001 taker took_book @1",
    on=ALL,
)
case("an IOC market order gets no more than is shown", [QUOTE, "> buy market 150 ioc"],
     "CANCELED 100 at 1001 taker took_book @1", on=ALL)
case("a FOK market order that is too large gets nothing", [QUOTE, "> buy market 150 fok"], "CANCELED", on=ALL)
case("a FOK market order that fits fills", [QUOTE, "> buy market 100 fok"], "FILLED 100 at 1001 taker took_book @1", on=ALL)
case(
    "a market order takes level by level",
    # 10 + 20 + 5 of 30
    ["book 999x50 | 1001x10 1002x20 1003x30", "> buy market 35"],
    "FILLED 10 at 1001 taker took_book @1, 20 at 1002 taker took_book @1, 5 at 1003 taker took_book @1",
    on=DEEP,
)
case(
    "a FOK limit counts the levels up to its price alone",
    ["book 999x50 | 1001x10 1002x20 1003x30", "> buy limit 31 at 1002 fok", "> buy limit 30 at 1002 fok"],
    "CANCELED",
    "FILLED 10 at 1001 taker took_book @1, 20 at 1002 taker took_book @1",
    on=DEEP,
)
case(
    "an IOC limit takes up to its price and no more",
    ["book 999x50 | 1001x10 1002x20 1003x30", "> buy limit 35 at 1002 ioc"],
    "CANCELED 10 at 1001 taker took_book @1, 20 at 1002 taker took_book @1",
    on=DEEP,
)
case(
    "a limit takes up to its price and rests with the rest",
    ["book 999x50 | 1001x10 1002x20 1003x30", "> buy limit 35 at 1002"],
    "PARTIALLY_FILLED 10 at 1001 taker took_book @1, 20 at 1002 taker took_book @1",
    on=DEEP,
)
case(
    "what rests after taking does not take the same level again",
    ["book 999x50 | 1001x10 1003x30", "> buy limit 35 at 1001", "book 999x50 | 1001x10 1003x40"],
    "PARTIALLY_FILLED 10 at 1001 taker took_book @1",
    on="L2",
)
case(
    "what rests after taking fills from a level that was renewed",
    # 35 - 10 = 25 left, 15 of them from the new size
    ["book 999x50 | 1001x10 1003x30", "> buy limit 35 at 1001", "book 999x50 | 1001x15 1003x30"],
    "PARTIALLY_FILLED 10 at 1001 taker took_book @1, 15 at 1001 maker touched @2",
    on="L2",
)

case("a limit at the ask takes", [QUOTE, "> buy limit 10 at 1001"], "FILLED 10 at 1001 taker took_book @1", on=ALL, events="Accepted Filled")
case("a limit above the ask takes at the ask", [QUOTE, "> buy limit 10 at 1005"], "FILLED 10 at 1001 taker took_book @1", on=ALL, events="Accepted Filled")
case(
    "a limit above the ask slips where its price allows on L1",
    [QUOTE, "> buy limit 150 at 1005"],
    "FILLED 100 at 1001 taker took_book @1, 50 at 1002 taker slipped @1",
)
case(
    "a limit at the ask rests with what is not shown",
    [QUOTE, "> buy limit 150 at 1001"],
    "PARTIALLY_FILLED 100 at 1001 taker took_book @1",
    on=ALL,
)
case(
    "on L1 the rest fills as maker with the next quote at its price",
    [QUOTE, "> buy limit 150 at 1001", "quote 998 1001"],
    "FILLED 100 at 1001 taker took_book @1, 50 at 1001 maker touched @2",
)
case("a limit below the ask rests", [QUOTE, "> buy limit 10 at 1000"], "ACCEPTED", on=ALL)
case("an IOC limit below the ask is cancelled", [QUOTE, "> buy limit 10 at 1000 ioc"], "CANCELED", on=ALL, events="Accepted Canceled")
case("a FOK limit below the ask is cancelled", [QUOTE, "> buy limit 10 at 1000 fok"], "CANCELED", on=ALL, events="Accepted Canceled")
case("an IOC limit gets the shown size", [QUOTE, "> buy limit 150 at 1005 ioc"], "CANCELED 100 at 1001 taker took_book @1", on=ALL)
case("a FOK limit larger than shown is killed", [QUOTE, "> buy limit 150 at 1005 fok"], "CANCELED", on=ALL)
case("a FOK limit that fits fills", [QUOTE, "> buy limit 100 at 1001 fok"], "FILLED 100 at 1001 taker took_book @1", on=ALL)
case("a DAY limit rests until midnight and expires", [QUOTE, "> buy limit 10 at 990 day", "@86401 quote 989 990"], "EXPIRED", on=ALL)
case("a DAY limit fills on its day", [QUOTE, "> buy limit 10 at 990 day", "@86399 quote 989 990"],
     "FILLED 10 at 990 maker touched @86399", on=ALL)

case("a market-to-limit order that fits is a market order", [QUOTE, "> buy market-to-limit 100"],
     "FILLED 100 at 1001 taker took_book @1", on=ALL)
case(
    "a market-to-limit order takes the best level and rests there",
    ["book 999x50 | 1001x10 1002x90", "> buy market-to-limit 40"],
    "PARTIALLY_FILLED 10 at 1001 taker took_book @1",
    on=DEEP,
)
case(
    "a market-to-limit order fills the rest when the ask comes back",
    ["book 999x50 | 1001x10 1002x90", "> buy market-to-limit 40", "book 999x50 | 1000x60"],
    "FILLED 10 at 1001 taker took_book @1, 30 at 1001 maker book_crossed @2",
    on=DEEP,
)
case("a market-to-limit order without a market is rejected", ["quote 999 1001x0", "> buy market-to-limit 10"], "REJECTED", on=ALL)

CONSUMES = lambda: {"liquidity_consumption": True}  # noqa: E731
case(
    "under consumption two takers share the shown size",
    [QUOTE, "> buy market 80", "> buy market 80"],
    "FILLED 80 at 1001 taker took_book @1",
    "CANCELED 20 at 1001 taker took_book @1",
    on=ALL,
    venue=CONSUMES,
)
case(
    "under consumption another size is fresh",
    [QUOTE, "> buy market 100", "quote 999 1001x40", "> buy market 80"],
    "FILLED 100 at 1001 taker took_book @1",
    "CANCELED 40 at 1001 taker took_book @2",
    on=ALL,
    venue=CONSUMES,
)
case(
    "under consumption FOK counts what is left",
    [QUOTE, "> buy market 60", "> buy limit 41 at 1001 fok", "> buy limit 40 at 1001 fok"],
    "FILLED 60 at 1001 taker took_book @1",
    "CANCELED",
    "FILLED 40 at 1001 taker took_book @1",
    on=ALL,
    venue=CONSUMES,
)

# What happened to an order, event by event
case("told by its events: market order, the rest slips one tick on L1", ["quote 999 1001x4", "> buy market 10"],
     "FILLED 4 at 1001 taker took_book @1, 6 at 1002 taker slipped @1", events="Filled Filled")
case("told by its events: market order, IOC on L1 gets what is shown", ["quote 999 1001x4", "> buy market 10 ioc"],
     "CANCELED 4 at 1001 taker took_book @1", events="Filled Canceled")
case("told by its events: market order, FOK on L1 that is not all there gets nothing", ["quote 999 1001x4", "> buy market 10 fok"],
     "CANCELED", events="Canceled")
case("told by its events: market order, walks the levels of L2", ["book 999x20 998x50 | 1001x20 1002x50", "> buy market 30"],
     "FILLED 20 at 1001 taker took_book @1, 10 at 1002 taker took_book @1", events="Filled Filled", on="L2")
case("told by its events: market order, what L2 does not show is cancelled", ["book 999x20 998x50 | 1001x20 1002x50", "> buy market 90"],
     "CANCELED 20 at 1001 taker took_book @1, 50 at 1002 taker took_book @1", events="Filled Filled Canceled", on="L2")
case("told by its events: market order, FOK within L2", ["book 999x20 998x50 | 1001x20 1002x50", "> buy market 70 fok"],
     "FILLED 20 at 1001 taker took_book @1, 50 at 1002 taker took_book @1", events="Filled Filled", on="L2")
case("told by its events: market order, FOK beyond L2", ["book 999x20 998x50 | 1001x20 1002x50", "> buy market 71 fok"],
     "CANCELED", events="Canceled", on="L2")
case("told by its events: market order, nobody to trade with", ["book 999x20 |", "> buy market 10"],
     "REJECTED", events="Rejected", on="L2")
case("told by its events: limit, the rest on L1 slips within the limit", ["quote 999 1001x4", "> buy limit 10 at 1002"],
     "FILLED 4 at 1001 taker took_book @1, 6 at 1002 taker slipped @1", events="Accepted Filled Filled")
case("told by its events: limit, the rest on L1 rests at the limit", ["quote 999 1001x4", "> buy limit 10 at 1001"],
     "PARTIALLY_FILLED 4 at 1001 taker took_book @1", events="Accepted Filled")
case("told by its events: limit, takes L2 up to its price and rests", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1001"],
     "PARTIALLY_FILLED 20 at 1001 taker took_book @1", events="Accepted Filled", on="L2")
case("told by its events: limit, IOC takes L2 up to its price", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1001 ioc"],
     "CANCELED 20 at 1001 taker took_book @1", events="Accepted Filled Canceled", on="L2")
case("told by its events: limit, FOK with one level too few", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1001 fok"],
     "CANCELED", events="Accepted Canceled", on="L2")
case("told by its events: limit, FOK with both levels", ["book 999x20 998x50 | 1001x20 1002x50", "> buy limit 30 at 1002 fok"],
     "FILLED 20 at 1001 taker took_book @1, 10 at 1002 taker took_book @1", events="Accepted Filled Filled", on="L2")
case("told by its events: market order, takes the last trade", ["trade 1000x50 none", "> buy market 10"],
     "FILLED 10 at 1000 taker took_book @1", events="Filled")
case("told by its events: market order, moves with trades", ["trade 1000x50 none", "trade 1003x50 none", "> buy market 10"],
     "FILLED 10 at 1003 taker took_book @2", events="Filled")
case("told by its events: market-to-limit order, all at the touch", ["quote 999 1001", "> buy market-to-limit 10"],
     "FILLED 10 at 1001 taker took_book @1", events="Filled")
case("told by its events: market-to-limit order, the rest rests at the touch's price", ["book 999x20 998x50 | 1001x20 1002x50", "> buy market-to-limit 30", "book 999x20 998x50 | 1002x50", "book 999x20 998x50 | 1001x25 1002x50"],
     "FILLED 20 at 1001 taker took_book @1, 10 at 1001 maker touched @3", events="Accepted Updated Filled Filled", on="L2")
