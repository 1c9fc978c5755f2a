"""Market status at the venue, orders for an opening or a close, and price protection, driven by hand."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.models import PowerProbQueueModel
from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import InstrumentStatus
from nautilus_lite.model.enums import AggressorSide, BookType, MarketStatusAction, OrderSide, TimeInForce
from nautilus_lite.model.objects import Price, Quantity
from tests.unit.backtest.conftest import House

BUY, SELL = OrderSide.BUY, OrderSide.SELL
A = MarketStatusAction
AT_OPEN = {"time_in_force": TimeInForce.AT_THE_OPEN}
AT_CLOSE = {"time_in_force": TimeInForce.AT_THE_CLOSE}
STOPPED = [A.HALT, A.PAUSE, A.SUSPEND, A.CLOSE, A.POST_CLOSE, A.NOT_AVAILABLE_FOR_TRADING]
AUCTIONS = [A.PRE_OPEN, A.PRE_CROSS, A.QUOTING, A.CROSS, A.ROTATION]
WITHOUT_EFFECT = [A.NONE, A.NEW_PRICE_INDICATION, A.SHORT_SELL_RESTRICTION_CHANGE, A.TRADING, A.PRE_CLOSE]
SECOND = 1_000_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR


@pytest.fixture
def house() -> House:
    made = House()
    made.quote("100.00", "100.02")
    return made


def say(house: House, action: MarketStatusAction) -> None:
    house.exchange.apply_update(InstrumentStatus(house.pair.id, action, house.now, house.now), house.now)
    house.settle()


def due(house: House, ts: int) -> None:
    """Move the time past `ts` and do what the venue does by itself."""
    house.at(ts)
    house.exchange.process_due(ts)
    house.settle()


class TestStatus:
    @pytest.mark.parametrize("action", STOPPED + AUCTIONS)
    def test_nothing_fills_or_triggers(self, house: House, action: MarketStatusAction) -> None:
        limit, stop = house.limit(BUY, 5, "99.95"), house.stop(BUY, 5, "100.10")
        say(house, action)
        house.quote("99.80", "99.82")
        house.quote("100.20", "100.22")
        house.trade("99.90", 50, AggressorSide.SELLER)
        house.bar("100.00", "100.50", "99.50", "100.00")
        assert house.fills() == []
        assert limit.is_open
        assert stop.is_open

    @pytest.mark.parametrize("action", WITHOUT_EFFECT)
    def test_trading_goes_on(self, house: House, action: MarketStatusAction) -> None:
        say(house, action)
        order = house.market_order(BUY, 5)
        assert house.fills(order) == [(5, "100.02", "took_book")]

    @pytest.mark.parametrize("action", STOPPED)
    def test_new_orders_are_rejected_with_the_status(self, house: House, action: MarketStatusAction) -> None:
        say(house, action)
        for order in (house.market_order(BUY, 1), house.limit(BUY, 1, "99.00"), house.stop(BUY, 1, "101.00")):
            assert house.last(order).reason == f"AUD/USD.SIM is not trading: its status is {action.name}"

    @pytest.mark.parametrize("action", AUCTIONS)
    def test_before_the_opening_orders_rest_and_immediate_ones_are_rejected(
        self, house: House, action: MarketStatusAction
    ) -> None:
        say(house, action)
        crossing = house.limit(BUY, 5, "100.05")
        assert house.kinds(crossing) == ["Accepted"]
        reason = f"AUD/USD.SIM is not trading: its status is {action.name}"
        assert house.last(house.market_order(BUY, 1)).reason == reason
        assert house.last(house.limit(BUY, 1, "100.05", time_in_force=TimeInForce.IOC)).reason == reason
        say(house, A.TRADING)
        assert house.fills(crossing) == [(5, "100.05", "book_crossed")]

    def test_a_halted_order_is_cancelled_and_cut_but_not_repriced(self, house: House) -> None:
        order, other = house.limit(BUY, 5, "99.95"), house.limit(BUY, 5, "99.95")
        say(house, A.HALT)
        house.modify(order, qty=3)
        assert order.quantity == Quantity.from_int(3)
        house.modify(order, price="99.96")
        assert house.last(order).reason == "AUD/USD.SIM is not trading: its status is HALT"
        house.cancel(other)
        assert house.kinds(other) == ["Accepted", "Canceled"]

    def test_trading_matches_against_the_book_as_it_then_is(self, house: House) -> None:
        low, high = house.limit(BUY, 5, "99.90"), house.limit(BUY, 5, "99.95")
        say(house, A.HALT)
        house.quote("99.70", "99.80")
        house.quote("99.90", "99.92")
        say(house, A.TRADING)
        # 99.80 was shown while nothing traded: only what 99.92 reaches fills
        assert house.fills(low) == []
        assert house.fills(high) == [(5, "99.95", "book_crossed")]

    def test_a_queue_is_followed_through_a_halt(self) -> None:
        house = House(book_type=BookType.L2_MBP, queue_model=PowerProbQueueModel(n=2.0))
        house.bids(("99.95", 100))
        house.asks(("100.05", 100))
        order = house.limit(BUY, 5, "99.95")
        assert house.matching.queue_ahead(order) == Quantity.from_int(100)
        say(house, A.HALT)
        house.level(BUY, "99.95", 10)
        assert house.matching.queue_ahead(order) <= Quantity.from_int(10)
        assert house.fills() == []

    @pytest.mark.parametrize("aggressor", [AggressorSide.NO_AGGRESSOR, AggressorSide.SELLER, AggressorSide.BUYER])
    @pytest.mark.parametrize("action", AUCTIONS)
    def test_the_print_of_an_auction_serves_the_queue(self, action: MarketStatusAction, aggressor: AggressorSide) -> None:
        house = House(book_type=BookType.L2_MBP, queue_model=PowerProbQueueModel(n=2.0))
        house.bids(("99.95", 100), ("99.90", 50))
        house.asks(("100.05", 100))
        at, better = house.limit(BUY, 5, "99.90"), house.limit(BUY, 5, "99.95")
        say(house, action)
        house.trade("99.90", 30, aggressor)
        served = aggressor != AggressorSide.BUYER
        # 30 of the 50 at its price, and all that had a better one
        assert int(house.matching.queue_ahead(at)) == (20 if served else 50)
        assert int(house.matching.queue_ahead(better)) == (0 if served else 100)
        assert house.fills() == []
        say(house, A.TRADING)
        house.trade("99.95", 5, AggressorSide.SELLER)
        assert house.fills(better) == ([(5, "99.95", "queue_cleared")] if served else [])

    @pytest.mark.parametrize("action", STOPPED)
    def test_prints_during_a_halt_move_nothing(self, action: MarketStatusAction) -> None:
        house = House(book_type=BookType.L2_MBP, queue_model=PowerProbQueueModel(n=2.0))
        house.bids(("99.95", 100))
        house.asks(("100.05", 100))
        order = house.limit(BUY, 5, "99.95")
        say(house, action)
        house.trade("99.95", 30, AggressorSide.NO_AGGRESSOR)
        house.trade("99.90", 30, AggressorSide.NO_AGGRESSOR)
        assert house.matching.queue_ahead(order) == Quantity.from_int(100)
        assert house.fills() == []

    def test_reset_forgets_the_status(self, house: House) -> None:
        say(house, A.HALT)
        house.exchange.reset()
        assert house.fills(house.market_order(BUY, 1)) == [(1, "100.02", "took_book")]


class TestOpening:
    def test_fills_with_the_first_row_after_the_opening(self, house: House) -> None:
        say(house, A.PRE_OPEN)
        market = house.market_order(BUY, 5, **AT_OPEN)
        near = house.limit(BUY, 5, "100.10", **AT_OPEN)
        far = house.limit(BUY, 5, "100.00", **AT_OPEN)
        assert [house.kinds(order) for order in (market, near, far)] == [["Accepted"]] * 3
        house.quote("100.01", "100.03")
        say(house, A.TRADING)
        assert house.fills() == []
        house.quote("100.05", "100.07")
        assert house.fills() == [(5, "100.07", "session_open"), (5, "100.07", "session_open")]
        assert house.kinds(far) == ["Accepted", "Expired"]

    def test_waits_for_somebody_to_trade_with(self) -> None:
        house = House()
        say(house, A.PRE_OPEN)
        order = house.market_order(SELL, 5, **AT_OPEN)
        say(house, A.TRADING)
        house.trade("100.00", 10)
        assert house.fills(order) == [(5, "100.00", "session_open")]

    def test_an_end_of_a_halt_is_no_opening(self, house: House) -> None:
        say(house, A.TRADING)
        order = house.market_order(BUY, 5, **AT_OPEN)
        say(house, A.HALT)
        say(house, A.TRADING)
        house.quote("100.05", "100.07")
        assert house.fills() == []
        say(house, A.CLOSE)
        assert order.is_open
        say(house, A.TRADING)
        house.quote("101.00", "101.02")
        assert house.fills(order) == [(5, "101.02", "session_open")]

    def test_overnight_orders_are_taken_while_closed_but_not_while_halted(self, house: House) -> None:
        say(house, A.CLOSE)
        assert house.kinds(house.market_order(BUY, 1, **AT_OPEN)) == ["Accepted"]
        assert house.kinds(house.market_order(BUY, 1, **AT_CLOSE)) == ["Rejected"]
        say(house, A.HALT)
        assert house.kinds(house.market_order(BUY, 1, **AT_OPEN)) == ["Rejected"]

    def test_counts_as_working(self, house: House) -> None:
        first, second = house.market_order(BUY, 5, **AT_OPEN), house.limit(BUY, 5, "100.00", **AT_OPEN)
        assert house.exchange.get_open_orders() == [first, second]
        house.modify(second, qty=7, price="100.01")
        assert (second.quantity, second.price) == (Quantity.from_int(7), Price.from_str("100.01"))
        house.modify(first, trigger="100.00")
        assert "has no trigger price to modify" in house.last(first).reason
        house.cancel(first)
        house.cancel_all(second)
        assert first.is_closed
        assert second.is_closed
        assert house.matching.open_order_count == 0

    def test_post_only_is_refused(self, house: House) -> None:
        order = house.limit(BUY, 5, "99.00", post_only=True, **AT_OPEN)
        assert house.last(order).reason == "post-only makes no sense with time in force AT_THE_OPEN"

    def test_the_clock_opens_where_there_is_no_status(self) -> None:
        house = House(session=TradingSession(open="09:30", close="16:00"))
        house.at(8 * HOUR)
        house.quote("100.00", "100.02")
        order = house.market_order(BUY, 5, **AT_OPEN)
        house.at(9 * HOUR)
        house.quote("100.10", "100.12")
        due(house, 9 * HOUR + HOUR // 2 + 1)
        assert house.fills() == []
        house.quote("100.20", "100.22")
        assert house.fills(order) == [(5, "100.22", "session_open")]

    def test_a_bar_fills_at_its_open(self) -> None:
        house = House()
        house.at(HOUR)
        house.bar("100.00", "101.00", "99.00", "100.50")
        order = house.market_order(BUY, 5, **AT_OPEN)
        house.bar("100.60", "101.00", "99.00", "100.70")
        due(house, DAY + 1)
        house.at(DAY + HOUR)
        house.bar("102.00", "103.00", "99.00", "100.00")
        assert house.fills(order) == [(5, "102.00", "session_open")]


class TestClose:
    def test_fills_on_the_book_of_the_close(self, house: House) -> None:
        say(house, A.TRADING)
        market, near, far = (
            house.market_order(SELL, 5, **AT_CLOSE),
            house.limit(SELL, 5, "100.08", **AT_CLOSE),
            house.limit(SELL, 5, "100.50", **AT_CLOSE),
        )
        house.quote("100.10", "100.12")
        assert house.fills() == []
        say(house, A.CLOSE)
        assert house.fills() == [(5, "100.10", "session_close"), (5, "100.10", "session_close")]
        assert house.kinds(far) == ["Accepted", "Expired"]
        assert near.is_closed
        assert market.is_closed

    def test_a_closing_cross_trades(self, house: House) -> None:
        say(house, A.TRADING)
        order = house.market_order(SELL, 5, **AT_CLOSE)
        say(house, A.CROSS)
        say(house, A.CLOSE)
        assert house.fills(order) == [(5, "100.00", "session_close")]

    def test_a_close_out_of_a_halt_expires(self, house: House) -> None:
        say(house, A.TRADING)
        order = house.market_order(SELL, 5, **AT_CLOSE)
        say(house, A.HALT)
        say(house, A.CLOSE)
        assert house.kinds(order) == ["Accepted", "Expired"]

    def test_the_last_bar_of_a_utc_day_gives_the_price(self) -> None:
        house = House()
        house.at(23 * HOUR)
        house.bar("100.00", "101.00", "99.00", "100.50")
        order = house.market_order(SELL, 5, **AT_CLOSE)
        house.at(DAY)
        house.bar("100.50", "101.00", "99.00", "100.75")
        house.market.apply(house._tick("100.75", "100.75", 10, 10))
        assert house.fills() == []
        due(house, DAY + 1)
        assert house.fills(order) == [(5, "100.75", "session_close")]

    def test_a_day_without_rows_is_no_session(self) -> None:
        house = House()
        house.at(HOUR)
        house.quote("100.00", "100.02")
        due(house, DAY + HOUR)
        order = house.market_order(SELL, 5, **AT_CLOSE)
        due(house, 2 * DAY + 1)
        assert order.is_open
        house.at(2 * DAY + HOUR)
        house.quote("101.00", "101.02")
        due(house, 3 * DAY + 1)
        assert house.fills(order) == [(5, "101.00", "session_close")]

    def test_reduce_only_is_cut_to_the_position(self, house: House) -> None:
        house.market_order(BUY, 3)
        order = house.market_order(SELL, 5, reduce_only=True, **AT_CLOSE)
        say(house, A.CLOSE)
        assert house.fills(order) == [(3, "100.00", "session_close")]
        assert house.net() == 0


class TestProtection:
    def test_an_l2_order_stops_at_the_bound(self) -> None:
        house = House(book_type=BookType.L2_MBP, price_protection_points=3)
        house.asks(("100.00", 10), ("100.03", 10), ("100.04", 10))
        order = house.market_order(BUY, 30)
        # Touch 100.00 + 3 x 0.01 = 100.03
        assert house.fills(order) == [(10, "100.00", "took_book"), (10, "100.03", "took_book")]
        assert house.kinds(order)[-1] == "Canceled"

    def test_a_stop_likewise_and_a_limit_not(self) -> None:
        house = House(book_type=BookType.L2_MBP, price_protection_points=1)
        house.asks(("100.00", 10), ("100.05", 10))
        stop = house.stop(BUY, 20, "100.02")
        house.level(SELL, "100.00", 0)
        house.asks(("100.08", 10))
        assert house.fills(stop) == [(10, "100.05", "stop_triggered")]
        limit = house.limit(BUY, 20, "100.10")
        assert sum(size for size, _, _ in house.fills(limit)) == 20

    def test_without_it_the_book_is_walked(self) -> None:
        house = House(book_type=BookType.L2_MBP)
        house.asks(("100.00", 10), ("109.00", 10))
        assert len(house.fills(house.market_order(BUY, 20))) == 2

    def test_must_not_be_negative(self) -> None:
        with pytest.raises(InvalidConfiguration, match="invalid `price_protection_points` of SIM, must be >= 0, was -1"):
            House(price_protection_points=-1)


class TestSession:
    def test_daylight_saving_moves_the_opening(self) -> None:
        """New York opens at 14:30 UTC in winter and 13:30 UTC in summer; clocks moved on 2024-03-10."""
        session = TradingSession("09:30", "16:00", "America/New_York")
        friday = 1_709_856_000 * SECOND  # 2024-03-08
        assert session.next_open(friday) == friday + 14 * HOUR + HOUR // 2
        assert session.next_open(friday + 3 * DAY) == friday + 3 * DAY + 13 * HOUR + HOUR // 2
        assert session.next_close(friday) == friday + 21 * HOUR

    def test_a_session_over_night_closes_on_the_next_day(self) -> None:
        session = TradingSession("18:00", "17:00")
        assert session.next_close(0) == 17 * HOUR
        assert session.open_before(17 * HOUR + DAY) == 18 * HOUR
        assert session.next_open(18 * HOUR) == 18 * HOUR + DAY

    def test_utc_days(self) -> None:
        session = TradingSession()
        assert (session.next_open(5), session.next_close(5), session.open_before(DAY)) == (DAY, DAY, 0)
        assert session.next_open(DAY) == 2 * DAY

    @pytest.mark.parametrize(
        ("options", "text"),
        [({"open": "9.30"}, "invalid `open` of a session, must be a time as 09:30, was '9.30'"),
         ({"timezone": "Mars"}, "unknown `timezone` of a session, must be an IANA name, was 'Mars'")],
    )
    def test_nonsense_is_refused(self, options: dict[str, Any], text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            TradingSession(**options)
