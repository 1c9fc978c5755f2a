"""Bars: their path is open, high, low, close; the strategy acts on the close."""

from tests.conformance.script import Table

case = Table()
BAR = "bar 1000 1002 998 1000 x4000"

case("a market order takes the close", ["bar 1000 1002 998 1001 x4000", "> buy market 10"], "FILLED 10 at 1001 taker took_book @1")
case("a market order beyond a quarter of the volume slips", ["bar 1000 1002 998 1001 x400", "> buy market 150"],
     "FILLED 100 at 1001 taker took_book @1, 50 at 1002 taker slipped @1")
case("a limit inside the bar fills at its price", [BAR, "> buy limit 10 at 997", "bar 999 1000 995 998 x4000"],
     "FILLED 10 at 997 maker bar_passed @2")
case("a limit at the low is touched", [BAR, "> buy limit 10 at 995", "bar 999 1000 995 998 x4000"],
     "FILLED 10 at 995 maker touched @2")
case("a limit below the low waits", [BAR, "> buy limit 10 at 994", "bar 999 1000 995 998 x4000"], "ACCEPTED")
case("a limit that the open gaps over fills at its price", [BAR, "> buy limit 10 at 997", "bar 990 992 988 991 x4000"],
     "FILLED 10 at 997 maker bar_passed @2")
case("a stop inside the bar fills at its trigger", [BAR, "> buy stop-market 10 trigger 1005", "bar 1001 1008 1000 1004 x4000"],
     "FILLED 10 at 1005 taker stop_triggered @2")
case("a stop that the open gaps over fills at the open", [BAR, "> buy stop-market 10 trigger 1005", "bar 1010 1012 1008 1011 x4000"],
     "FILLED 10 at 1010 taker gap_open @2")
case("a stop at the open fills at the open", [BAR, "> buy stop-market 10 trigger 1005", "bar 1005 1012 1004 1011 x4000"],
     "FILLED 10 at 1005 taker gap_open @2")
case("a stop above the high waits", [BAR, "> buy stop-market 10 trigger 1009", "bar 1001 1008 1000 1004 x4000"], "ACCEPTED")
case("an if-touched order inside the bar fills at its trigger, not at the low",
     [BAR, "> buy market-if-touched 10 trigger 997", "bar 999 1000 990 995 x4000"], "FILLED 10 at 997 taker if_touched @2")
case("an if-touched order that the open gaps over fills at the open",
     [BAR, "> buy market-if-touched 10 trigger 997", "bar 994 996 990 995 x4000"], "FILLED 10 at 994 taker gap_open @2")
case("a stop-limit takes at its trigger inside a bar", [BAR, "> buy stop-limit 10 at 1006 trigger 1005", "bar 1001 1008 1000 1004 x4000"],
     "FILLED 10 at 1005 taker stop_triggered @2")
case("a stop-limit with its limit behind fills when the path comes back",
     # Triggered on the way to 1008; the low, 1000, comes after it
     [BAR, "> buy stop-limit 10 at 1003 trigger 1005", "bar 1001 1008 1000 1004 x4000"],
     "FILLED 10 at 1003 maker bar_passed @2", mirrors=False)
case("a bar without a move touches a limit at its price", [BAR, "> buy limit 10 at 999", "bar 999 999 999 999 x4000"],
     "FILLED 10 at 999 maker touched @2")
case("an order expires before the bar of its time", [BAR, "> buy limit 10 at 997 gtd 2", "bar 999 1000 995 998 x4000"], "EXPIRED")
case("an order fills on the bar before its time", [BAR, "> buy limit 10 at 997 gtd 2.5", "bar 999 1000 995 998 x4000"],
     "FILLED 10 at 997 maker bar_passed @2")
case("where there are quotes bars fill nothing", ["quote 999 1001", "> buy limit 10 at 997", "bar 999 1000 990 998 x4000"],
     "ACCEPTED")
case("a small volume still shows one unit at each point", ["bar 1000 1000 1000 1000 x2", "> buy market 1"],
     "FILLED 1 at 1000 taker took_book @1")
case("of eleven units a quarter is two and the close has five", ["bar 1000 1000 1000 1000 x11", "> buy market 11 ioc"],
     # 11 // 4 = 2 at open, high and low, 11 - 3 x 2 = 5 at the close
     "CANCELED 5 at 1000 taker took_book @1")
case("where bars do not execute nothing fills", [BAR, "> buy limit 10 at 997", "bar 999 1000 990 998 x4000"], "ACCEPTED",
     venue=lambda: {"bar_execution": False})

# What happened to an order, event by event
case("told by its events: limit, a limit on the way down", ["bar 1000 1000 1000 1000 x4000", "> buy limit 10 at 990", "bar 1000 1005 980 995 x4000"],
     "FILLED 10 at 990 maker bar_passed @2", events="Accepted Filled")
case("told by its events: limit, a limit at the low", ["bar 1000 1000 1000 1000 x4000", "> buy limit 10 at 980", "bar 1000 1005 980 995 x4000"],
     "FILLED 10 at 980 maker touched @2", events="Accepted Filled")
case("told by its events: stop, a stop at its trigger", ["bar 1000 1000 1000 1000 x4000", "> buy stop-market 10 trigger 1003", "bar 1000 1005 980 995 x4000"],
     "FILLED 10 at 1003 taker stop_triggered @2", events="Accepted Filled")
case("told by its events: stop, a stop at the open of a gap", ["bar 1000 1000 1000 1000 x4000", "> buy stop-market 10 trigger 1003", "bar 1010 1020 1005 1010 x4000"],
     "FILLED 10 at 1010 taker gap_open @2", events="Accepted Filled")
case("told by its events: if-touched order, touched at its trigger, not at the extreme", ["bar 1000 1000 1000 1000 x4000", "> buy market-if-touched 10 trigger 990", "bar 1000 1005 980 995 x4000"],
     "FILLED 10 at 990 taker if_touched @2", events="Accepted Filled")
case("told by its events: limit, outside of the bar", ["bar 1000 1000 1000 1000 x4000", "> buy limit 10 at 970", "bar 1000 1005 980 995 x4000"],
     "ACCEPTED", events="Accepted")
