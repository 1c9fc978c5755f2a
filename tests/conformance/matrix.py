"""Every order type in every time in force, against every move of the market, on every book, on both sides.

A row says what an order is, how the market moves once it is there, and what must become of it under each time in force. The bid is 999, the
ask 1001, 100 at each. Moves, as a buyer sees them:

    at once     the market is there when the order arrives: a limit crosses, a trigger is in the market
    reached     later the market comes to the very price of the order, or of its trigger
    passed      later it jumps beyond
    left        it goes away and never comes

What cannot exist is listed with the reason; `test_matrix.py` wants every other cell.
"""

from __future__ import annotations

from tests.conformance.script import Table

BOOKS = ("L1", "L2", "L3")
TYPES = (
    "market",
    "limit",
    "market-to-limit",
    "stop-market",
    "stop-limit",
    "market-if-touched",
    "limit-if-touched",
    "trailing-stop-market",
    "trailing-stop-limit",
)
TIMES = ("gtc", "ioc", "fok", "day", "gtd", "open", "close")
MOVES = ("at once", "reached", "passed", "left")
QUOTE = "quote 999 1001"
case = Table()
# Type, time in force and move of each case, by its title
CELLS: dict[str, tuple[str, str, str]] = {}


def rows(kind: str, words: str, move: str, market: list[str], ends: dict[str, str]) -> None:
    """Add a case for each time in force; `market` is what comes after the order."""
    for names, end in ends.items():
        for time in names.split():
            title = f"{kind}, {time}: {move}"
            suffix = {"gtc": "", "gtd": " gtd 9"}.get(time, f" {time}")
            after = market
            if move == "left" and time in ("day", "gtd"):
                # The time of both comes while the market is away
                after = [*market, "@86401 quote 999 1001x90"]
            case(title, [QUOTE, f"> buy {kind} {words}{suffix}", *after], end, on="L1 L2 L3")
            CELLS[title] = (kind, time, move)


ALL = "gtc ioc fok day gtd"
STAYS = "gtc day gtd"
WAITS, ENDS = {"gtc": "ACCEPTED", "day gtd": "EXPIRED"}, {"ioc fok": "CANCELED"}
# An order with a trigger is sent to wait: IOC and FOK speak of what it does when it is triggered
UNTRIGGERED = {"gtc ioc fok": "ACCEPTED", "day gtd": "EXPIRED"}
REJECTED = {ALL: "REJECTED"}

rows("market", "10", "at once", [], {"gtc ioc fok day": "FILLED 10 at 1001 taker took_book @1"})

rows("limit", "10 at 1001", "at once", [], {ALL: "FILLED 10 at 1001 taker took_book @1"})
rows("limit", "10 at 998", "reached", ["quote 996 998"], {STAYS: "FILLED 10 at 998 maker touched @2", **ENDS})
rows("limit", "10 at 998", "passed", ["quote 993 995"], {STAYS: "FILLED 10 at 998 maker book_crossed @2", **ENDS})
rows("limit", "10 at 998", "left", ["quote 1001 1003"], {**WAITS, **ENDS})

# 150: the best level has 100, the other 50 rest at its price. FOK gets all or nothing
TOOK = "100 at 1001 taker took_book @1"
rows("market-to-limit", "100", "at once", [], {ALL: f"FILLED {TOOK}"})
rows("market-to-limit", "150", "reached", ["quote 999 1001x60"],
     {STAYS: f"FILLED {TOOK}, 50 at 1001 maker touched @2", "ioc": f"CANCELED {TOOK}", "fok": "CANCELED"})
rows("market-to-limit", "150", "passed", ["quote 997 999"],
     {STAYS: f"FILLED {TOOK}, 50 at 1001 maker book_crossed @2", "ioc": f"CANCELED {TOOK}", "fok": "CANCELED"})
rows("market-to-limit", "150", "left", ["quote 1001 1003"],
     {"gtc": f"PARTIALLY_FILLED {TOOK}", "day gtd": f"EXPIRED {TOOK}", "ioc": f"CANCELED {TOOK}", "fok": "CANCELED"})

# A buy stop is reached by an ask that rises: it fills at the ask that is there, however far
rows("stop-market", "10 trigger 1001", "at once", [], REJECTED)
rows("stop-market", "10 trigger 1003", "reached", ["quote 1001 1003"], {ALL: "FILLED 10 at 1003 taker stop_triggered @2"})
rows("stop-market", "10 trigger 1003", "passed", ["quote 1005 1007"], {ALL: "FILLED 10 at 1007 taker stop_triggered @2"})
rows("stop-market", "10 trigger 1003", "left", ["quote 997 999"], UNTRIGGERED)

# With its limit at the trigger price it takes there, and waits where the ask jumps beyond: IOC and FOK do not wait
rows("stop-limit", "10 at 1003 trigger 1001", "at once", [], REJECTED)
rows("stop-limit", "10 at 1003 trigger 1003", "reached", ["quote 1001 1003"], {ALL: "FILLED 10 at 1003 taker stop_triggered @2"})
rows("stop-limit", "10 at 1003 trigger 1003", "passed", ["quote 1005 1007"], {STAYS: "TRIGGERED", **ENDS})
rows("stop-limit", "10 at 1003 trigger 1003", "left", ["quote 997 999"], UNTRIGGERED)

# A buy if-touched order is reached by an ask that falls
rows("market-if-touched", "10 trigger 1001", "at once", [], REJECTED)
rows("market-if-touched", "10 trigger 998", "reached", ["quote 996 998"], {ALL: "FILLED 10 at 998 taker if_touched @2"})
rows("market-if-touched", "10 trigger 998", "passed", ["quote 993 995"], {ALL: "FILLED 10 at 995 taker if_touched @2"})
rows("market-if-touched", "10 trigger 998", "left", ["quote 1001 1003"], UNTRIGGERED)

# Its limit is no worse than an ask that fell through the trigger: it takes at the ask
rows("limit-if-touched", "10 at 1001 trigger 1001", "at once", [], REJECTED)
rows("limit-if-touched", "10 at 998 trigger 998", "reached", ["quote 996 998"], {ALL: "FILLED 10 at 998 taker if_touched @2"})
rows("limit-if-touched", "10 at 998 trigger 998", "passed", ["quote 993 995"], {ALL: "FILLED 10 at 995 taker if_touched @2"})
rows("limit-if-touched", "10 at 998 trigger 998", "left", ["quote 1001 1003"], UNTRIGGERED)

# The trail stands 5 above the ask: 1006. While the ask falls to 999 it follows to 1004
rows("trailing-stop-market", "10 trail 5 trigger 1001", "at once", [], REJECTED)
rows("trailing-stop-market", "10 trail 5", "reached", ["quote 1004 1006"], {ALL: "FILLED 10 at 1006 taker stop_triggered @2"})
rows("trailing-stop-market", "10 trail 5", "passed", ["quote 1007 1009"], {ALL: "FILLED 10 at 1009 taker stop_triggered @2"})
rows("trailing-stop-market", "10 trail 5", "left", ["quote 997 999"], UNTRIGGERED)

rows("trailing-stop-limit", "10 trail 5 trail-limit 5 trigger 1001", "at once", [], REJECTED)
rows("trailing-stop-limit", "10 trail 5 trail-limit 5", "reached", ["quote 1004 1006"],
     {ALL: "FILLED 10 at 1006 taker stop_triggered @2"})
rows("trailing-stop-limit", "10 trail 5 trail-limit 5", "passed", ["quote 1007 1009"], {STAYS: "TRIGGERED", **ENDS})
rows("trailing-stop-limit", "10 trail 5 trail-limit 5", "left", ["quote 997 999"], UNTRIGGERED)


def session(kind: str, words: str, time: str, move: str, market: list[str], end: str) -> None:
    """Add a case of an order for the open, which comes with a status and the first row after it, or for the close."""
    title = f"{kind}, {time}: {move}"
    if time == "open":
        lines = ["status PRE_OPEN", QUOTE, f"> buy {kind} {words} open", "status TRADING", *market]
    else:
        lines = [QUOTE, f"> buy {kind} {words} close", *market, "status CLOSE"]
    case(title, lines, end, on="L1 L2 L3")
    CELLS[title] = (kind, time, move)


# The open is at second 3, the first row after it at 4; the close is at 3. Whatever the limit, the price is that of the session
session("market", "10", "open", "at once", ["quote 999 1001x90"], "FILLED 10 at 1001 taker session_open @4")
session("market", "10", "close", "at once", ["quote 999 1001x90"], "FILLED 10 at 1001 taker session_close @3")
for time, at in (("open", 4), ("close", 3)):
    for move, limit, market, end in (
        ("at once", 1001, "quote 999 1001x90", f"FILLED 10 at 1001 taker session_{time} @{at}"),
        ("reached", 998, "quote 996 998", f"FILLED 10 at 998 taker session_{time} @{at}"),
        ("passed", 998, "quote 993 995", f"FILLED 10 at 995 taker session_{time} @{at}"),
        ("left", 998, "quote 1001 1003", "EXPIRED"),
    ):
        session("limit", f"10 at {limit}", time, move, [market], end)


def why_not(kind: str, time: str, move: str) -> str | None:
    """Return why a cell cannot exist, or None if it can."""
    if time in ("open", "close") and kind not in ("market", "limit"):
        return "only market and limit orders wait for a session"
    if kind == "market" and time == "gtd":
        return "a market order has no time at which it expires"
    if kind == "market" and move != "at once":
        return "a market order waits for no price"
    return None
