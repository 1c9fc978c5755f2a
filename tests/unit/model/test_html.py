"""What notebooks show: every text escaped, no colour of its own, nothing empty."""

from html.parser import HTMLParser

import pytest

from nautilus_lite.core.html import facts, folded, heading, lines, table, when
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import InstrumentId, StrategyId, Symbol, Venue
from nautilus_lite.model.instruments import Equity
from nautilus_lite.model.objects import Currency, Price, Quantity

EVIL = "<script>alert(1)</script>"


class Reader(HTMLParser):
    """Checks that tags are balanced, and keeps the texts."""

    def __init__(self, shown):
        super().__init__()
        self.open, self.texts, self.tags = [], [], set()
        self.feed(shown)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        for name, value in attrs:
            assert name in ("style",)
            assert "color" not in value
            assert "background" not in value

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def test_pieces_are_escaped():
    for shown in (
        heading(EVIL, EVIL), facts([(EVIL, EVIL)]), table([EVIL], [[EVIL]]), folded(EVIL, ""), lines([EVIL]),
    ):
        found = Reader(shown)
        assert "script" not in found.tags
        assert any(EVIL in text for text in found.texts)


def test_what_is_missing_has_no_row():
    assert facts([("a", None), ("b", ""), ("c", 0)]).count("<tr>") == 1
    assert when(0) == ""
    assert when(1_704_067_200_500_000_000) == "2024-01-01 00:00:00.5 UTC"


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    return desk


def test_an_order_tells_what_was_asked_and_what_came_of_it(desk):
    order = desk.orders.limit(
        desk.aud.id, OrderSide.BUY, desk.aud.make_qty(1000), desk.aud.make_price("0.79000"), post_only=True, tags=[EVIL]
    )
    desk.accept(order)
    before = Reader(order._repr_html_()).texts
    assert "BUY 1000 AUD/USD.SIM LIMIT" in before
    assert "Filled" not in before
    desk.fill(order, "0.79000", 400, "1.00 USD")
    found = Reader(order._repr_html_())
    assert "script" not in found.tags
    assert {"0.79000", "post only", "400 at 0.79", "600", "1.00 USD", EVIL} <= set(found.texts)


def test_a_position_tells_what_it_earned(desk):
    desk.trade(desk.aud, OrderSide.BUY, 1000, "0.80000", "1.00 USD")
    position = desk.cache.positions()[0]
    found = Reader(position._repr_html_()).texts
    assert "LONG 1000 AUD/USD.SIM" in found
    assert "Closed at" not in found
    desk.trade(desk.aud, OrderSide.SELL, 1000, "0.81000", "1.00 USD")
    found = Reader(position._repr_html_()).texts
    assert "FLAT AUD/USD.SIM" in found
    assert {"0.8", "0.81", "8.00 USD after fees", "10.00 USD", "2.00 USD", "1.2500%"} <= set(found)


def test_an_instrument_tells_its_terms_and_no_markup_of_its_own():
    share = Equity(
        instrument_id=InstrumentId(Symbol(EVIL), Venue("SIM")), raw_symbol=Symbol(EVIL), currency=Currency.from_str("USD"),
        price_precision=2, price_increment=Price.from_str("0.01"), lot_size=Quantity.from_int(1), ts_event=0, ts_init=0,
    )
    found = Reader(share._repr_html_())
    assert "script" not in found.tags
    assert f"{EVIL}.SIM" in found.texts
    assert {"price increment", "0.01", "lot size"} <= set(found.texts)


def test_a_strategy_named_as_markup_stays_text(make_desk, pair):
    desk = make_desk()
    aud = desk.add(pair("AUD/USD"), "0.80000")
    orders = desk.factory(StrategyId("<b>-001"))
    order = orders.market(aud.id, OrderSide.BUY, aud.make_qty(1))
    assert "<b>-001" in Reader(order._repr_html_()).texts
