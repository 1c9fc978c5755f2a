"""Tables of cases: a market in words, orders in words, and what must become of them.

A case is a list of lines. Line `n` of the market happens at second `n`; a line that starts with `>` is a command, sent a quarter of a
second after the market line above it. Prices are in ticks of 0.01, sizes in units.

    quote 999 1001              bid and ask, 100 at each; sizes as in `quote 999x50 1001x70`
    book 999x50 998x20 | 1001x10
                                all levels of both sides
    trade 1000x30 seller        price, size, aggressor: seller, buyer, none
    bar 1000 1003 998 1001 x400 open, high, low, close, volume
    status HALT                 market status
    @3.5 quote 999 1001         at a time of its own; lines below follow by a second each

    > buy limit 10 at 999       also: ioc, fok, day, gtd 4 (seconds), open, close, post-only, reduce-only, in-quote,
                                show 5, by LAST_PRICE, trigger 1002, trail 3, trail-limit 2, activate 1005
    > cancel 1                  the first order of the case
    > modify 1 to 5             its quantity; and `at 998`, `trigger 1003`

What becomes of each order is its status and its fills: `FILLED 10 at 999 maker touched @3` filled at second 3, or by a command after
the third line. `events` is what the venue told of the first order, as `Accepted Triggered Filled`. Every case has a mirror image
around 1000, which runs as well: buys become sells, highs lows, and what was 998 is 1002.
A market of quotes can also be shown as a book by price or by order, of one level a side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import (
    Bar,
    BarType,
    BookOrder,
    InstrumentStatus,
    OrderBookDelta,
    OrderBookDeltas,
    QuoteTick,
    TradeTick,
)
from nautilus_lite.model.enums import (
    AccountType,
    AggressorSide,
    BookAction,
    BookType,
    MarketStatusAction,
    OmsType,
    OrderSide,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import InstrumentId, Symbol, TradeId, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

# Midnight UTC, so that a day ends at second 86,400
START = 1_700_006_400_000_000_000
SECOND = 1_000_000_000
PIVOT = 1_000
USD = Currency.from_str("USD")
ID = InstrumentId.from_str("AUD/USD.SIM")
BAR_TYPE = BarType.from_str("AUD/USD.SIM-1-SECOND-LAST-EXTERNAL")
BOOKS = {"L1": BookType.L1_MBP, "L2": BookType.L2_MBP, "L3": BookType.L3_MBO}
IMAGE = {"buy": "sell", "sell": "buy", "buyer": "seller", "seller": "buyer", "none": "none"}


@dataclass(frozen=True)
class Case:
    """One row of a table."""

    title: str
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    on: tuple[str, ...]
    venue: Callable[[], dict[str, Any]]
    mirrors: bool
    # What the venue told of the first order, event by event; not asked where it is empty
    events: str = ""

    def variants(self) -> list[tuple[str, bool]]:
        """Return the books and images in which the case runs."""
        return [(book, image) for book in self.on for image in ((False, True) if self.mirrors else (False,))]


@dataclass
class Table:
    """Cases in the order of writing."""

    cases: list[Case] = field(default_factory=list)

    def __call__(
        self,
        title: str,
        lines: list[str],
        *ends: str,
        on: str = "L1",
        venue: Callable[[], dict[str, Any]] = dict,
        mirrors: bool = True,
        events: str = "",
    ) -> None:
        """Add a case."""
        self.cases.append(Case(title, tuple(lines), ends, tuple(on.split()), venue, mirrors, events))


def pair() -> CurrencyPair:
    return CurrencyPair(
        instrument_id=ID,
        raw_symbol=Symbol("AUD/USD"),
        base_currency=Currency.from_str("AUD"),
        quote_currency=USD,
        price_precision=2,
        size_precision=0,
        price_increment=Price.from_str("0.01"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        ts_event=0,
        ts_init=0,
    )


def px(ticks: int, image: bool) -> Price:
    """Return a price, or its mirror image."""
    ticks = 2 * PIVOT - ticks if image else ticks
    return Price.from_raw(ticks, 2)


class Feed:
    """Makes data of the market lines of a case."""

    def __init__(self, book: str, image: bool) -> None:
        self.book, self.image = book, image
        self.shown: dict[tuple[OrderSide, int], tuple[int, int]] = {}
        self.n = 0

    def side(self, name: str) -> OrderSide:
        return OrderSide[(IMAGE[name] if self.image else name).upper()]

    def data(self, line: str, ts: int) -> Any:
        kind, *terms = line.split()
        return getattr(self, f"_{kind}")(terms, ts)

    def _quote(self, terms: list[str], ts: int) -> Any:
        bid, ask = (sized(term, 100) for term in terms)
        if self.book != "L1":
            return self._levels({("buy", bid[0]): bid[1], ("sell", ask[0]): ask[1]}, ts)
        if self.image:
            bid, ask = ask, bid
        return QuoteTick(
            ID, px(bid[0], self.image), px(ask[0], self.image), Quantity.from_int(bid[1]), Quantity.from_int(ask[1]), ts, ts
        )

    def _book(self, terms: list[str], ts: int) -> Any:
        wanted = {}
        side = "buy"
        for term in terms:
            if term == "|":
                side = "sell"
                continue
            price, size = sized(term, 100)
            wanted[side, price] = size
        return self._levels(wanted, ts)

    def _levels(self, wanted: dict[tuple[str, int], int], ts: int) -> Any:
        target = {(self.side(side), price): size for (side, price), size in wanted.items() if size}
        rows = []
        for key, (size, number) in list(self.shown.items()):
            if target.get(key) != size:
                rows.append((BookAction.DELETE, key, size, number))
                del self.shown[key]
        for key, size in target.items():
            if key not in self.shown:
                self.n += 1
                self.shown[key] = (size, self.n)
                rows.append((BookAction.ADD, key, size, self.n))
        deltas = []
        for i, (action, (side, price), size, number) in enumerate(rows, 1):
            order = BookOrder(side, px(price, self.image), Quantity.from_int(size), number if self.book == "L3" else 0)
            deltas.append(OrderBookDelta(ID, action, order, 128 if i == len(rows) else 0, 0, ts, ts))
        assert deltas, "a line must change the book"
        return OrderBookDeltas(ID, deltas)

    def _trade(self, terms: list[str], ts: int) -> Any:
        price, size = sized(terms[0], 1)
        name = IMAGE[terms[1]] if self.image else terms[1]
        aggressor = {"buyer": AggressorSide.BUYER, "seller": AggressorSide.SELLER, "none": AggressorSide.NO_AGGRESSOR}[name]
        self.n += 1
        return TradeTick(ID, px(price, self.image), Quantity.from_int(size), aggressor, TradeId(str(self.n)), ts, ts)

    def _bar(self, terms: list[str], ts: int) -> Any:
        open_, high, low, close = (int(term) for term in terms[:4])
        if self.image:
            high, low = low, high
        prices = (px(price, self.image) for price in (open_, high, low, close))
        return Bar(BAR_TYPE, *prices, Quantity.from_int(int(terms[4][1:])), ts, ts)

    def _status(self, terms: list[str], ts: int) -> Any:
        return InstrumentStatus(ID, MarketStatusAction[terms[0]], ts, ts)


def sized(term: str, default: int) -> tuple[int, int]:
    price, _, size = term.partition("x")
    return int(price), int(size) if size else default


class Scripted(Strategy):
    """Sends the commands of a case at their times."""

    def __init__(self, commands: list[tuple[int, str]], image: bool) -> None:
        super().__init__()
        self.commands, self.image = commands, image
        self.sent: list[Any] = []
        self.heard: list[tuple[int, Any]] = []          # events, and the time when they were heard

    def on_event(self, event: Any) -> None:
        self.heard.append((self.clock.timestamp_ns(), event))

    def on_start(self) -> None:
        for i, (ts, line) in enumerate(self.commands):
            self.clock.set_time_alert_ns(f"{i}", ts, lambda event, line=line: self.act(line))

    def act(self, line: str) -> None:
        words = line.split()
        if words[0] == "cancel":
            self.cancel_order(self.sent[int(words[1]) - 1])
            return
        options = self.options(words[3 if words[0] != "modify" else 2 :])
        if words[0] == "modify":
            self.modify_order(
                self.sent[int(words[1]) - 1],
                options.get("quantity"),
                price=options.get("price"),
                trigger_price=options.get("trigger_price"),
            )
            return
        side = OrderSide[(IMAGE[words[0]] if self.image else words[0]).upper()]
        make = getattr(self.order_factory, words[1].replace("-", "_"))
        order = make(ID, side, Quantity.from_int(int(words[2])), **options)
        self.sent.append(order)
        self.submit_order(order)

    def options(self, words: list[str]) -> dict[str, Any]:
        options: dict[str, Any] = {}
        words = list(words)
        while words:
            word = words.pop(0)
            if word in ("ioc", "fok", "day", "gtc"):
                options["time_in_force"] = TimeInForce[word.upper()]
            elif word in ("open", "close"):
                options["time_in_force"] = TimeInForce[f"AT_THE_{word.upper()}"]
            elif word == "gtd":
                options["time_in_force"] = TimeInForce.GTD
                options["expire_time"] = datetime.fromtimestamp((START + int(float(words.pop(0)) * SECOND)) / 1e9, tz=UTC)
            elif word in ("post-only", "reduce-only"):
                options[word.replace("-", "_")] = True
            elif word == "in-quote":
                options["quote_quantity"] = True
            elif word == "show":
                options["display_qty"] = Quantity.from_int(int(words.pop(0)))
            elif word == "by":
                options["trigger_type"] = TriggerType[words.pop(0)]
            elif word == "to":
                options["quantity"] = Quantity.from_int(int(words.pop(0)))
            elif word in ("trail", "trail-limit"):
                offset = Decimal(words.pop(0)) / 100
                options["trailing_offset" if word == "trail" else "limit_offset"] = offset
            elif word == "trail-ticks":
                options["trailing_offset"] = Decimal(words.pop(0))
                options["trailing_offset_type"] = TrailingOffsetType.TICKS
            elif word == "trail-points":
                options["trailing_offset"] = Decimal(words.pop(0))
                options["trailing_offset_type"] = TrailingOffsetType.BASIS_POINTS
            else:
                name = {"at": "price", "trigger": "trigger_price", "activate": "activation_price"}[word]
                options[name] = px(int(words.pop(0)), self.image)
        return options


def run(case: Case, book: str, image: bool) -> tuple[list[str], Scripted, BacktestEngine]:
    """Run a case and return what became of its orders in words, the strategy that sent them, and the engine."""
    feed = Feed(book, image)
    data, commands = [], []
    second = 0.0
    for text in case.lines:
        line = text
        if line.startswith("@"):
            at, _, line = line.partition(" ")
            second = float(at[1:]) - 1
        if line.startswith("> "):
            commands.append((START + int((second + 0.25) * SECOND), line[2:]))
            continue
        second += 1
        data.append(feed.data(line, START + int(second * SECOND)))
    engine = BacktestEngine()
    settings = {"fill_model": None, **case.venue()}
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        book_type=BOOKS[book],
        **settings,
    )
    engine.add_instrument(pair())
    engine.add_data(data)
    strategy = Scripted(commands, image)
    engine.add_strategy(strategy)
    # Alerts behind the last row ring as well
    engine.run(end=START + int((second + 5) * SECOND))
    return [words(order, image) for order in strategy.sent], strategy, engine


def words(order: Any, image: bool) -> str:
    """Return what became of an order, as the tables write it."""
    fills = [event for event in order.events if isinstance(event, OrderFilled)]
    told = []
    for fill in fills:
        ticks = fill.last_px.raw
        ticks = 2 * PIVOT - ticks if image else ticks
        second = (fill.ts_event - START) // SECOND
        side = fill.liquidity_side.name.lower()
        told.append(f"{int(fill.last_qty.raw)} at {ticks} {side} {fill.fill_reason} @{second}")
    return " ".join([order.status.name, ", ".join(told)]).strip()


def told(end: str) -> str:
    """Return an expectation with single spaces."""
    return re.sub(r"\s+", " ", end).strip()
