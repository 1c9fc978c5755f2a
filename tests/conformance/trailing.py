"""Trailing stops: a sell follows the bid up, a buy the ask down, and never back."""

from tests.conformance.script import Table

case = Table()
ALL = "L1 L2 L3"
QUOTE = "quote 999 1001"

# A buy trails the ask: 1001 + 5 = 1006
case("a trail stands at its offset from the market", [QUOTE, "> buy trailing-stop-market 10 trail 5", "quote 1003 1005"], "ACCEPTED", on=ALL)
case("a trail is reached at its offset", [QUOTE, "> buy trailing-stop-market 10 trail 5", "quote 1004 1006"],
     "FILLED 10 at 1006 taker stop_triggered @2", on=ALL)
# The ask falls to 991: 991 + 5 = 996
case("a trail follows the market down", [QUOTE, "> buy trailing-stop-market 10 trail 5", "quote 989 991", "quote 994 996"],
     "FILLED 10 at 996 taker stop_triggered @3", on=ALL)
case("a trail never goes back up", [QUOTE, "> buy trailing-stop-market 10 trail 5", "quote 989 991", "quote 993 995", "quote 994 996"],
     "FILLED 10 at 996 taker stop_triggered @4", on=ALL)
case("ticks are as good as a price", [QUOTE, "> buy trailing-stop-market 10 trail-ticks 5", "quote 989 991", "quote 994 996"],
     "FILLED 10 at 996 taker stop_triggered @3", on=ALL)
# 50 basis points of 10.01 are 0.05005, so 10.06005, rounded away from the market: 1007
case("basis points round away from the market", [QUOTE, "> buy trailing-stop-market 10 trail-points 50", "quote 1004 1006", "quote 1005 1007"],
     "FILLED 10 at 1007 taker stop_triggered @3", on=ALL, mirrors=False)
# Of the bid 9.99 they are 0.04995: 9.94005, rounded down to 994
case("basis points of a sell round down", [QUOTE, "> sell trailing-stop-market 10 trail-points 50", "quote 995 997", "quote 994 996"],
     "FILLED 10 at 994 taker stop_triggered @3", on=ALL, mirrors=False)
case("a given trigger stands until the trail is better",
     [QUOTE, "> buy trailing-stop-market 10 trigger 1004 trail 5", "quote 1001 1003", "quote 1002 1004"],
     "FILLED 10 at 1004 taker stop_triggered @3", on=ALL)
case("it sleeps until the market is good enough",
     [QUOTE, "> buy trailing-stop-market 10 trail 5 activate 995", "quote 1018 1020"], "ACCEPTED", on=ALL)
# Awake at 995: 995 + 5 = 1000
case("it trails from where it woke", [QUOTE, "> buy trailing-stop-market 10 trail 5 activate 995", "quote 993 995", "quote 998 1000"],
     "FILLED 10 at 1000 taker stop_triggered @3", on=ALL)
# By trades: 1000 + 5 = 1005, then 990 + 5 = 995
case("by the last price it follows trades",
     [QUOTE, "trade 1000x5 buyer", "> buy trailing-stop-market 10 trail 5 by LAST_PRICE", "trade 990x5 seller", "trade 995x5 buyer"],
     "FILLED 10 at 1001 taker stop_triggered @4", on="L1 L2")
# Trigger 1001 + 5 = 1006, limit 1001 + 7 = 1008
case("a trailing stop-limit takes up to its limit",
     [QUOTE, "> buy trailing-stop-limit 10 trail 5 trail-limit 7", "quote 1005 1007"],
     "FILLED 10 at 1007 taker stop_triggered @2", on=ALL)
case("a trailing stop-limit behind the market rests",
     [QUOTE, "> buy trailing-stop-limit 10 trail 5 trail-limit 7", "quote 1008 1010", "quote 1006 1008"],
     "FILLED 10 at 1008 maker touched @3", on=ALL)

# What happened to an order, event by event
case("told by its events: trailing stop, trails down and fires on the way up", ["quote 999 1001", "> buy trailing-stop-market 10 trail 5", "quote 988 990", "quote 993 995"],
     "FILLED 10 at 995 taker stop_triggered @3", events="Accepted Updated Updated Filled")
case("told by its events: trailing stop, does not trail back", ["quote 999 1001", "> buy trailing-stop-market 10 trail 5", "quote 1002 1004", "quote 1004 1006"],
     "FILLED 10 at 1006 taker stop_triggered @3", events="Accepted Updated Filled")
case("told by its events: trailing stop, sleeps until its activation price", ["quote 999 1001", "> buy trailing-stop-market 10 trail 5 activate 990", "quote 1018 1020", "quote 988 990", "quote 993 995"],
     "FILLED 10 at 995 taker stop_triggered @4", events="Accepted Updated Filled")
