"""How old a price may be that an order takes: `max_price_age_ns` and `require_fresh_price`."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, OrderStatus, TimeInForce, TriggerType
from nautilus_lite.model.objects import Price, Quantity
from tests.bars_by_hand import MINUTE_NS, bar_rows, fills, run_bars

BUY, SELL = OrderSide.BUY, OrderSide.SELL


def quoted(house: Any, **settings: Any) -> Any:
    """Return a venue with 99.99 bid and 100.01 asked at 1,000 ns."""
    venue = house(**settings)
    venue.at(1_000)
    venue.quote("99.99", "100.01")
    return venue


def market_to_limit(venue: Any, qty: int) -> Any:
    return venue.submit(venue.orders.market_to_limit(venue.pair.id, BUY, Quantity.from_int(qty)))


class TestMaximumAge:
    @pytest.mark.parametrize(("now", "filled"), [(1_000, True), (1_500, True), (1_501, False)])
    def test_market_order(self, house: Any, now: int, filled: bool) -> None:
        venue = quoted(house, max_price_age_ns=500)
        venue.at(now)
        order = venue.market_order(BUY, 5)
        assert venue.fills(order) == ([(5, "100.01", "took_book")] if filled else [])
        if not filled:
            assert order.status == OrderStatus.REJECTED
            assert venue.last(order).reason == (
                "the price of AUD/USD.SIM is 501 ns old (bid 99.99, ask 100.01), `max_price_age_ns` of its venue is 500"
            )

    def test_off_by_default(self, house: Any) -> None:
        for settings in ({}, {"max_price_age_ns": 0}, {"max_price_age_ns": None}):
            venue = quoted(house, **settings)
            venue.at(10**15)
            assert venue.fills(venue.market_order(BUY, 5)) == [(5, "100.01", "took_book")]

    def test_limit_that_would_take(self, house: Any) -> None:
        venue = quoted(house, max_price_age_ns=500)
        venue.at(2_000)
        taker, maker = venue.limit(BUY, 5, "100.01"), venue.limit(BUY, 5, "100.00")
        assert taker.status == OrderStatus.REJECTED
        assert maker.status == OrderStatus.ACCEPTED
        venue.quote("99.98", "99.99")
        assert venue.fills(maker) == [(5, "100.00", "book_crossed")]

    def test_market_to_limit(self, house: Any) -> None:
        venue = quoted(house, max_price_age_ns=500)
        venue.at(2_000)
        assert market_to_limit(venue, 500).status == OrderStatus.REJECTED

    def test_same_price_again_is_a_new_price(self, house: Any) -> None:
        venue = quoted(house, max_price_age_ns=500)
        venue.at(2_000)
        venue.quote("99.99", "100.01")
        assert venue.fills(venue.market_order(BUY, 5)) == [(5, "100.01", "took_book")]

    def test_empty_side_is_no_old_price(self, house: Any) -> None:
        venue = house(max_price_age_ns=500)
        venue.at(2_000)
        assert venue.last(venue.market_order(BUY, 5)).reason.startswith("no market for AUD/USD.SIM")

    @pytest.mark.parametrize("limit", [None, "100.20"])
    def test_stop_that_a_trade_triggers_waits_for_the_quote(self, house: Any, limit: str | None) -> None:
        venue = quoted(house, max_price_age_ns=500)
        options = {"trigger_type": TriggerType.LAST_PRICE}
        if limit is None:
            order = venue.stop(BUY, 5, "100.05", **options)
        else:
            order = venue.stop_limit(BUY, 5, limit, "100.05", **options)
        venue.at(2_000)
        venue.trade("100.05", 1, AggressorSide.BUYER)
        assert not order.is_closed
        assert venue.fills(order) == []
        venue.at(2_100)
        venue.quote("100.08", "100.10")
        assert venue.fills(order) == [(5, "100.10", "stop_triggered")]

    def test_change_into_an_old_market_waits(self, house: Any) -> None:
        venue = quoted(house, max_price_age_ns=500)
        order = venue.limit(BUY, 5, "99.90")
        venue.at(2_000)
        venue.modify(order, price="100.03")
        assert venue.fills(order) == []
        assert order.status == OrderStatus.ACCEPTED
        venue.quote("99.99", "100.02")
        assert venue.fills(order) == [(5, "100.02", "took_book")]

    def test_book_by_levels(self, house: Any) -> None:
        venue = house(book_type=BookType.L2_MBP, max_price_age_ns=500)
        venue.at(1_000)
        venue.asks(("100.01", 10))
        venue.at(1_400)
        venue.bids(("99.99", 10))
        venue.at(1_900)
        # 500 after the last change of the book, whichever level it was
        assert venue.fills(venue.market_order(BUY, 5)) == [(5, "100.01", "took_book")]
        venue.at(1_901)
        assert venue.market_order(BUY, 5).status == OrderStatus.REJECTED

    @pytest.mark.parametrize("age", [-1, 1.5, 2**64])
    def test_senseless_ages_are_refused(self, house: Any, age: Any) -> None:
        with pytest.raises(InvalidConfiguration, match=r"invalid `max_price_age_ns` of SIM, must be an integer >= 0"):
            house(max_price_age_ns=age)


class TestFreshPrice:
    def test_market_order_waits_for_the_first_update_after_it(self, house: Any) -> None:
        venue = quoted(house, require_fresh_price=True)
        assert venue.fills(venue.market_order(BUY, 5)) == [(5, "100.01", "took_book")]
        venue.at(1_001)
        order = venue.market_order(BUY, 5)
        assert order.status == OrderStatus.ACCEPTED
        venue.at(1_200)
        # A trade moves no book that quotes make
        venue.trade("100.00", 1)
        assert venue.fills(order) == []
        venue.quote("100.03", "100.05")
        assert venue.fills(order) == [(5, "100.05", "took_book")]
        assert venue.kinds(order) == ["Accepted", "Filled"]

    def test_first_order_of_all_waits_for_a_market(self, house: Any) -> None:
        venue = house(require_fresh_price=True)
        venue.at(500)
        order = venue.market_order(SELL, 5)
        venue.at(600)
        venue.quote("99.99", "100.01", bid_size=0)
        assert order.status == OrderStatus.ACCEPTED
        venue.at(700)
        venue.quote("99.98", "100.01")
        assert venue.fills(order) == [(5, "99.98", "took_book")]

    def test_limit_takes_or_rests_at_the_update(self, house: Any) -> None:
        venue = quoted(house, require_fresh_price=True)
        venue.at(2_000)
        takes, rests = venue.limit(BUY, 5, "100.05"), venue.limit(BUY, 5, "100.02")
        now_or_never = venue.limit(BUY, 5, "100.02", time_in_force=TimeInForce.IOC)
        assert [order.status for order in (takes, rests, now_or_never)] == [OrderStatus.ACCEPTED] * 3
        venue.at(2_100)
        venue.quote("100.01", "100.03")
        assert venue.fills(takes) == [(5, "100.03", "took_book")]
        assert rests.status == OrderStatus.ACCEPTED
        assert now_or_never.status == OrderStatus.CANCELED
        venue.at(2_200)
        venue.quote("100.00", "100.01")
        assert venue.fills(rests) == [(5, "100.02", "book_crossed")]

    def test_market_to_limit(self, house: Any) -> None:
        venue = quoted(house, require_fresh_price=True)
        venue.at(2_000)
        order = market_to_limit(venue, 150)
        venue.quote("100.01", "100.03")
        # 100 shown; the rest stays where it took
        assert venue.fills(order)[0] == (100, "100.03", "took_book")
        assert order.price == Price.from_str("100.03")

    def test_waiting_orders_are_cancelled_changed_and_expire_as_others(self, house: Any) -> None:
        venue = quoted(house, require_fresh_price=True)
        venue.at(2_000)
        cancelled, changed = venue.market_order(BUY, 5), venue.market_order(BUY, 5)
        venue.cancel(cancelled)
        venue.modify(changed, qty=3)
        assert cancelled.status == OrderStatus.CANCELED
        venue.at(2_100)
        venue.quote("100.01", "100.03")
        assert venue.fills() == [(3, "100.03", "took_book")]

    def test_update_that_happened_before_the_order_is_no_update(self, house: Any) -> None:
        """A quote of 1,900 that comes at 2,100 is older than an order of 2,000."""
        from nautilus_lite.model.data.ticks import QuoteTick

        venue = quoted(house, require_fresh_price=True)
        venue.at(2_000)
        order = venue.market_order(BUY, 5)
        venue.at(2_100)
        for ts_event, ask in ((1_900, "100.07"), (2_000, "100.08")):
            tick = QuoteTick(
                venue.pair.id, Price.from_str("100.00"), Price.from_str(ask), Quantity.from_int(9), Quantity.from_int(9),
                ts_event, 2_100,
            )  # fmt: skip
            venue.market.apply(tick)
            venue.matching.on_market(2_100)
            venue.settle()
        assert venue.fills(order) == [(5, "100.08", "took_book")]


class TestBars:
    BARS = [(100, 101, 99, 100), (102, 110, 90, 103), (105, 108, 104, 107)]

    def test_order_of_a_bar_takes_its_close(self) -> None:
        hand, _ = run_bars(self.BARS, {0: lambda hand: hand.market(BUY, 10)}, require_fresh_price=True, max_price_age_ns=1)
        assert fills(hand.orders[0]) == [(10, 100, "took_book", 0)]

    def test_order_inside_a_bar_meets_only_its_close(self) -> None:
        """Half a minute after bar 0 its close is old, and the open, high and low of bar 1 may be past."""

        def script(hand: Any) -> None:
            hand.clock.set_time_alert_ns("act", MINUTE_NS + MINUTE_NS // 2, lambda event: act(hand))

        def act(hand: Any) -> None:
            hand.market(BUY, 10)
            hand.limit(BUY, 10, 95)

        hand, engine = run_bars(self.BARS, {0: script}, require_fresh_price=True)
        market, limit = hand.orders
        assert fills(market) == [(10, 103, "took_book", 1)]
        assert limit.status == OrderStatus.ACCEPTED
        assert engine.get_result().ambiguous_bars[str(hand.instrument.id)] == 0
        hand, _ = run_bars(self.BARS, {0: script})
        assert [fills(order) for order in hand.orders] == [[(10, 100, "took_book", 0)], [(10, 95, "bar_passed", 1)]]
        hand, _ = run_bars(self.BARS, {0: script}, max_price_age_ns=MINUTE_NS // 2 - 1)
        assert hand.orders[0].status == OrderStatus.REJECTED

    def test_other_half_of_a_pair(self) -> None:
        """Sent on the bid bar of minute 1: the ask of that minute is not known yet, its close comes a row later."""
        hand, engine = run_bars(
            [], {1: lambda hand: hand.market(BUY, 10)}, spec="1-MINUTE-BID", run=False, require_fresh_price=True
        )
        for name, shift in (("BID", 0), ("ASK", 2)):
            rows = bar_rows([tuple(price + shift for price in row) for row in self.BARS])
            engine.add_rows("bar", BarType.from_str(f"{hand.instrument.id}-1-MINUTE-{name}-EXTERNAL"), rows)
        engine.run()
        assert fills(hand.orders[0]) == [(10, 105, "took_book", 1)]

    def test_settings_are_told(self) -> None:
        _, engine = run_bars(self.BARS, {}, require_fresh_price=True, max_price_age_ns=7)
        told = engine.get_result().config["venues"][0]
        assert (told["require_fresh_price"], told["max_price_age_ns"]) == (True, 7)
