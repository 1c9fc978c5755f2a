"""Orders against the market: when they fill, at what price, and what else happens to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from nautilus_lite.backtest.models import FillModel
from nautilus_lite.model.enums import (
    AggressorSide,
    BookType,
    LiquiditySide,
    OmsType,
    OrderSide,
    OrderStatus,
    TimeInForce,
    TriggerType,
)
from nautilus_lite.model.identifiers import PositionId

BUY, SELL = OrderSide.BUY, OrderSide.SELL
IOC, FOK, GTD, DAY = TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTD, TimeInForce.DAY
L2 = BookType.L2_MBP


class ScriptedFills(FillModel):
    """Draws from a list and counts."""

    def __init__(self, *draws: bool) -> None:
        super().__init__()
        self.draws = list(draws)

    def is_limit_filled(self) -> bool:
        return self.draws.pop(0)


@pytest.fixture
def desk(house: Any) -> Any:
    """Return an L1 venue with 99.99 bid and 100.01 asked, 100 each."""
    venue = house()
    venue.quote("99.99", "100.01")
    return venue


@pytest.fixture
def book(house: Any) -> Any:
    """Return an L2 venue: asks 100.01 x 10, 100.02 x 20, 100.03 x 30; bids 99.99 x 10, 99.98 x 20."""
    venue = house(book_type=L2)
    venue.asks(("100.01", 10), ("100.02", 20), ("100.03", 30))
    venue.bids(("99.99", 10), ("99.98", 20))
    return venue


class TestMarketOrders:
    def test_fills_at_the_touch_without_being_accepted_first(self, desk: Any) -> None:
        order = desk.market_order(BUY, 40)
        assert desk.kinds(order) == ["Filled"]
        fill = desk.last(order)
        assert (str(fill.last_px), fill.fill_reason) == ("100.01", "took_book")
        assert fill.liquidity_side == LiquiditySide.TAKER
        assert (fill.venue_order_id.value, fill.trade_id.value) == ("SIM-1-001", "SIM-1-001")
        assert order.status == OrderStatus.FILLED

    def test_what_l1_does_not_show_slips_one_tick(self, desk: Any) -> None:
        assert desk.fills(desk.market_order(BUY, 130)) == [(100, "100.01", "took_book"), (30, "100.02", "slipped")]
        assert desk.fills(desk.market_order(SELL, 130)) == [(100, "99.99", "took_book"), (30, "99.98", "slipped")]

    def test_slippage_moves_the_whole_order_a_tick(self, house: Any) -> None:
        venue = house(fill_model=FillModel(prob_slippage=1.0))
        venue.quote("99.99", "100.01")
        assert venue.fills(venue.market_order(SELL, 130)) == [(100, "99.98", "slipped"), (30, "99.97", "slipped")]

    def test_sale_never_slips_to_zero(self, house: Any) -> None:
        venue = house()
        venue.quote("0.01", "0.02")
        assert venue.fills(venue.market_order(SELL, 130)) == [(100, "0.01", "took_book"), (30, "0.01", "slipped")]

    def test_without_data_it_is_rejected(self, house: Any) -> None:
        venue = house()
        order = venue.market_order(BUY, 1)
        assert venue.kinds(order) == ["Rejected"]
        assert venue.last(order).reason == "no market for AUD/USD.SIM: bid none, ask none, nothing to buy from"

    def test_walks_the_levels_of_l2(self, book: Any) -> None:
        assert book.fills(book.market_order(BUY, 25)) == [(10, "100.01", "took_book"), (15, "100.02", "took_book")]

    def test_what_l2_does_not_hold_is_cancelled(self, book: Any) -> None:
        order = book.market_order(SELL, 50)
        assert book.fills(order) == [(10, "99.99", "took_book"), (20, "99.98", "took_book")]
        assert book.kinds(order) == ["Filled", "Filled", "Canceled"]
        assert book.net() == -30

    def test_fok_takes_all_or_nothing(self, book: Any) -> None:
        short = book.market_order(BUY, 61, time_in_force=FOK)
        assert (book.fills(short), book.kinds(short)) == ([], ["Canceled"])
        whole = book.market_order(BUY, 60, time_in_force=FOK)
        assert [qty for qty, _, _ in book.fills(whole)] == [10, 20, 30]

    def test_partial_fills_reach_position_and_fees(self, book: Any) -> None:
        book.market_order(BUY, 25)
        (position,) = book.cache.positions_open()
        assert position.quantity.raw == 25
        # 10 x 100.01 x 0.0005 = 0.50005 -> 0.50; 15 x 100.02 x 0.0005 = 0.75015 -> 0.75
        assert str(position.commissions()[0]) == "1.25 USD"


class TestRestingLimits:
    def test_fills_at_its_own_price_once_the_touch_passes_it(self, desk: Any) -> None:
        order = desk.limit(BUY, 250, "99.95")
        desk.quote("99.94", "99.96")
        assert desk.kinds(order) == ["Accepted"]
        desk.quote("99.90", "99.92")
        assert desk.fills(order) == [(250, "99.95", "book_crossed")]
        assert desk.last(order).liquidity_side == LiquiditySide.MAKER
        assert desk.matching.open_order_count == 0

    def test_sell_mirrors_buy(self, desk: Any) -> None:
        order = desk.limit(SELL, 5, "100.05")
        desk.quote("100.06", "100.07")
        assert desk.fills(order) == [(5, "100.05", "book_crossed")]

    def test_touch_at_the_price_fills_by_chance(self, house: Any) -> None:
        for probability, expected in ((1.0, [(5, "99.95", "touched")]), (0.0, [])):
            venue = house(fill_model=FillModel(prob_fill_on_limit=probability))
            venue.quote("99.99", "100.01")
            order = venue.limit(BUY, 5, "99.95")
            venue.quote("99.94", "99.95")
            assert venue.fills(order) == expected

    def test_one_draw_per_order_and_visit_of_the_level(self, house: Any) -> None:
        model = ScriptedFills(False, False, True)
        venue = house(fill_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 5, "99.95")
        for _ in range(10):
            venue.quote("99.94", "99.95")
        assert (model.draws, venue.fills(order)) == ([False, True], [])
        venue.quote("99.94", "99.96")
        for _ in range(10):
            venue.quote("99.94", "99.95")
        assert (model.draws, venue.fills(order)) == ([True], [])
        venue.quote("99.95", "99.97")
        venue.quote("99.94", "99.95")
        assert venue.fills(order) == [(5, "99.95", "touched")]

    def test_undrawn_order_does_not_hold_up_the_next(self, house: Any) -> None:
        venue = house(fill_model=ScriptedFills(False, True))
        venue.quote("99.99", "100.01")
        first, second = venue.limit(BUY, 1, "99.95"), venue.limit(BUY, 2, "99.95")
        venue.quote("99.94", "99.95")
        assert (venue.fills(first), venue.fills(second)) == ([], [(2, "99.95", "touched")])

    def test_best_price_first_then_time(self, desk: Any) -> None:
        low, late, early = desk.limit(BUY, 1, "99.95"), None, desk.limit(BUY, 2, "99.97")
        late = desk.limit(BUY, 3, "99.97")
        desk.quote("99.90", "99.92")
        assert [qty for qty, _, _ in desk.fills()] == [2, 3, 1]
        assert [o.status for o in (low, late, early)] == [OrderStatus.FILLED] * 3

    def test_marketable_part_takes_and_the_rest_slips_only_within_its_limit(self, desk: Any) -> None:
        roomy = desk.limit(BUY, 130, "100.02")
        assert desk.fills(roomy) == [(100, "100.01", "took_book"), (30, "100.02", "slipped")]
        tight = desk.limit(BUY, 130, "100.01")
        assert desk.fills(tight) == [(100, "100.01", "took_book")]
        assert desk.kinds(tight) == ["Accepted", "Filled"]
        assert [o.leaves_qty.raw for o in desk.matching.get_open_orders()] == [30]

    def test_post_only_that_would_take_is_rejected(self, desk: Any) -> None:
        order = desk.limit(BUY, 1, "100.01", post_only=True)
        assert desk.kinds(order) == ["Rejected"]
        assert desk.last(order).due_post_only
        assert desk.last(order).reason == "post-only BUY at 100.01 would take: bid 99.99, ask 100.01"
        assert desk.kinds(desk.limit(BUY, 1, "100.00", post_only=True)) == ["Accepted"]

    @pytest.mark.parametrize("time_in_force", [IOC, FOK])
    def test_immediate_order_never_rests(self, desk: Any, time_in_force: TimeInForce) -> None:
        order = desk.limit(BUY, 1, "99.00", time_in_force=time_in_force)
        assert desk.kinds(order) == ["Accepted", "Canceled"]

    def test_ioc_keeps_what_it_got(self, book: Any) -> None:
        order = book.limit(BUY, 50, "100.02", time_in_force=IOC)
        assert book.kinds(order) == ["Accepted", "Filled", "Filled", "Canceled"]
        assert order.filled_qty.raw == 30

    def test_fok_limit_checks_before_it_fills(self, book: Any) -> None:
        order = book.limit(BUY, 31, "100.02", time_in_force=FOK)
        assert book.kinds(order) == ["Accepted", "Canceled"]
        assert book.kinds(book.limit(BUY, 30, "100.02", time_in_force=FOK)) == ["Accepted", "Filled", "Filled"]

    def test_order_is_out_of_the_table_before_its_last_event(self, desk: Any) -> None:
        seen: list[int] = []
        desk.bus.subscribe("events.order.*", lambda event: seen.append(desk.matching.open_order_count))
        order = desk.limit(BUY, 1, "99.95")
        seen.clear()
        desk.quote("99.90", "99.92")
        assert (seen, order.status) == ([0], OrderStatus.FILLED)


class TestL2Liquidity:
    def test_resting_order_gets_what_the_book_shows_through_its_price(self, book: Any) -> None:
        order = book.limit(BUY, 50, "100.00")
        book.asks(("99.97", 15))
        assert book.fills(order) == [(15, "100.00", "book_crossed")]
        assert order.leaves_qty.raw == 35

    def test_same_liquidity_is_not_taken_twice(self, book: Any) -> None:
        first, second = book.limit(BUY, 10, "100.00"), book.limit(BUY, 10, "100.00")
        book.asks(("99.97", 15))
        assert ([q for q, _, _ in book.fills(first)], [q for q, _, _ in book.fills(second)]) == ([10], [5])
        book.bids(("99.90", 7))
        assert [q for q, _, _ in book.fills(second)] == [5]
        book.asks(("99.97", 4))
        assert [q for q, _, _ in book.fills(second)] == [5, 4]

    def test_rest_of_a_taker_waits_for_fresh_liquidity(self, book: Any) -> None:
        order = book.limit(BUY, 25, "100.01")
        assert book.fills(order) == [(10, "100.01", "took_book")]
        book.bids(("99.90", 7))
        assert book.fills(order) == [(10, "100.01", "took_book")]
        book.asks(("100.01", 12))
        assert book.fills(order)[1:] == [(12, "100.01", "touched")]
        assert book.last(order).liquidity_side == LiquiditySide.MAKER

    def test_liquidity_that_left_and_came_back_is_fresh(self, book: Any) -> None:
        order = book.limit(BUY, 25, "100.01")
        book.asks(("100.01", 0))
        book.asks(("100.01", 10))
        assert [q for q, _, _ in book.fills(order)] == [10, 10]


class TestTrades:
    def test_seller_fills_buys_first_come_first_served_up_to_its_size(self, desk: Any) -> None:
        first, second = desk.limit(BUY, 6, "99.95"), desk.limit(BUY, 6, "99.95")
        desk.trade("99.95", 10, AggressorSide.SELLER)
        assert desk.fills(first) == [(6, "99.95", "trade_at")]
        assert desk.fills(second) == [(4, "99.95", "trade_at")]
        assert second.leaves_qty.raw == 2

    def test_trade_through_fills_at_the_limit_price(self, desk: Any) -> None:
        better, order = desk.limit(BUY, 3, "99.97"), desk.limit(BUY, 6, "99.95")
        desk.trade("99.94", 7, AggressorSide.SELLER)
        assert desk.fills() == [(3, "99.97", "trade_through"), (4, "99.95", "trade_through")]
        assert (better.is_closed, order.leaves_qty.raw) == (True, 2)

    def test_aggressor_of_the_same_side_fills_nothing(self, desk: Any) -> None:
        buy, sell = desk.limit(BUY, 1, "99.95"), desk.limit(SELL, 1, "100.05")
        desk.trade("99.90", 10, AggressorSide.BUYER)
        desk.trade("100.10", 10, AggressorSide.SELLER)
        assert desk.fills() == []
        desk.trade("100.05", 10, AggressorSide.BUYER)
        assert (desk.fills(buy), desk.fills(sell)) == ([], [(1, "100.05", "trade_at")])

    def test_unknown_aggressor_fills_either_side(self, desk: Any) -> None:
        buy, sell = desk.limit(BUY, 1, "99.95"), desk.limit(SELL, 1, "100.05")
        desk.trade("99.95", 5)
        desk.trade("100.05", 5)
        assert (desk.fills(buy), desk.fills(sell)) == ([(1, "99.95", "trade_at")], [(1, "100.05", "trade_at")])

    def test_trade_short_of_the_price_fills_nothing(self, desk: Any) -> None:
        order = desk.limit(BUY, 1, "99.95")
        desk.trade("99.96", 10, AggressorSide.SELLER)
        assert desk.fills(order) == []

    def test_trades_alone_are_a_market(self, house: Any) -> None:
        venue = house()
        venue.trade("100.00", 10)
        assert venue.fills(venue.market_order(BUY, 4)) == [(4, "100.00", "took_book")]
        order = venue.limit(BUY, 20, "99.50")
        venue.trade("99.40", 5)
        assert venue.fills(order) == [(5, "99.50", "trade_through")]
        venue.trade("102.00", 5)
        assert venue.fills(venue.market_order(SELL, 4)) == [(4, "102.00", "took_book")]
        assert order.leaves_qty.raw == 15


class TestStops:
    def test_triggers_at_the_touch_and_fills_at_the_book(self, desk: Any) -> None:
        order = desk.stop(BUY, 130, "100.05")
        desk.quote("100.02", "100.04")
        assert desk.kinds(order) == ["Accepted"]
        desk.quote("100.05", "100.07")
        assert desk.fills(order) == [(100, "100.07", "stop_triggered"), (30, "100.08", "slipped")]
        desk.quote("100.05", "100.07")
        assert order.status == OrderStatus.FILLED
        assert len(desk.fills(order)) == 2

    def test_sell_stop_follows_the_bid(self, desk: Any) -> None:
        order = desk.stop(SELL, 5, "99.90", trigger_type=TriggerType.BID_ASK)
        desk.quote("99.91", "99.92")
        assert desk.fills(order) == []
        desk.quote("99.90", "99.92")
        assert desk.fills(order) == [(5, "99.90", "stop_triggered")]

    def test_last_price_stop_ignores_the_touch(self, desk: Any) -> None:
        order = desk.stop(BUY, 5, "100.05", trigger_type=TriggerType.LAST_PRICE)
        desk.quote("100.06", "100.08")
        assert desk.fills(order) == []
        desk.trade("100.05", 1)
        assert desk.fills(order) == [(5, "100.08", "stop_triggered")]

    def test_stop_in_the_market_is_rejected(self, desk: Any) -> None:
        order = desk.stop(BUY, 5, "100.01")
        assert desk.kinds(order) == ["Rejected"]
        assert desk.last(order).reason == "BUY stop at 100.01 is in the market: bid 99.99, ask 100.01"

    def test_stop_in_the_market_triggers_at_once_where_the_venue_takes_it(self, house: Any) -> None:
        venue = house(reject_stop_orders=False)
        venue.quote("99.99", "100.01")
        order = venue.stop(SELL, 5, "100.50")
        assert venue.kinds(order) == ["Accepted", "Filled"]
        assert venue.fills(order) == [(5, "99.99", "stop_triggered")]

    def test_nearest_trigger_fires_first(self, desk: Any) -> None:
        far, near = desk.stop(BUY, 1, "100.10"), desk.stop(BUY, 2, "100.05")
        desk.quote("100.20", "100.22")
        assert [qty for qty, _, _ in desk.fills()] == [2, 1]
        assert far.is_closed and near.is_closed

    def test_rest_of_a_triggered_stop_on_l2_is_cancelled(self, book: Any) -> None:
        order = book.stop(BUY, 100, "100.02")
        book.asks(("100.01", 0))
        assert book.kinds(order) == ["Accepted", "Filled", "Filled", "Canceled"]
        assert order.filled_qty.raw == 50


class TestStopLimits:
    def test_takes_up_to_its_limit_then_rests_as_a_limit(self, desk: Any) -> None:
        order = desk.stop_limit(BUY, 130, "100.06", "100.05")
        desk.quote("100.04", "100.06")
        assert desk.kinds(order) == ["Accepted", "Triggered", "Filled"]
        assert desk.fills(order) == [(100, "100.06", "stop_triggered")]
        desk.quote("100.03", "100.05")
        assert desk.fills(order)[1:] == [(30, "100.06", "book_crossed")]
        assert desk.last(order).liquidity_side == LiquiditySide.MAKER

    def test_gapped_past_its_limit_it_rests(self, desk: Any) -> None:
        order = desk.stop_limit(BUY, 5, "100.06", "100.05")
        desk.quote("100.10", "100.12")
        assert desk.kinds(order) == ["Accepted", "Triggered"]
        desk.quote("100.03", "100.06")
        assert desk.fills(order) == [(5, "100.06", "touched")]

    def test_rest_after_the_trigger_does_not_take_the_same_book_again(self, book: Any) -> None:
        order = book.stop_limit(BUY, 25, "100.02", "100.02")
        book.asks(("100.01", 0))
        assert book.fills(order) == [(20, "100.02", "stop_triggered")]
        book.bids(("99.90", 7))
        assert order.leaves_qty.raw == 5

    def test_post_only_that_would_take_on_its_trigger_is_cancelled(self, desk: Any) -> None:
        order = desk.stop_limit(BUY, 5, "100.10", "100.05", post_only=True)
        desk.quote("100.05", "100.06")
        assert desk.kinds(order) == ["Accepted", "Triggered", "Canceled"]


class TestBars:
    def test_limit_fills_at_its_own_price(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00", "100.00", "100.00", "100.00")
        order = venue.limit(BUY, 5, "99.50")
        venue.bar("100.00", "100.50", "99.00", "99.80")
        assert venue.fills(order) == [(5, "99.50", "bar_passed")]

    def test_limit_at_the_very_low_is_touched(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.limit(BUY, 5, "99.00")
        venue.bar("100.00", "100.50", "99.00", "99.80")
        assert venue.fills(order) == [(5, "99.00", "touched")]

    def test_stop_that_was_moved_through_fills_at_its_trigger(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.stop(SELL, 5, "99.50")
        venue.bar("100.00", "100.50", "99.00", "99.80")
        assert venue.fills(order) == [(5, "99.50", "stop_triggered")]

    def test_stop_jumped_by_the_open_fills_at_the_open(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.stop(SELL, 5, "99.50")
        venue.bar("99.20", "99.60", "99.00", "99.40")
        assert venue.fills(order) == [(5, "99.20", "gap_open")]

    def test_size_beyond_the_point_slips_a_tick_from_the_trigger(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.stop(BUY, 30, "100.50")
        venue.bar("100.00", "101.00", size=20)
        assert venue.fills(order) == [(20, "100.50", "stop_triggered"), (10, "100.51", "slipped")]

    def test_stop_limit_takes_where_the_path_crossed_its_trigger(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.stop_limit(BUY, 5, "100.60", "100.50")
        venue.bar("100.00", "101.00")
        assert venue.kinds(order) == ["Accepted", "Triggered", "Filled"]
        assert venue.fills(order) == [(5, "100.50", "stop_triggered")]

    def test_last_price_stop_follows_the_bar(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        order = venue.stop(BUY, 5, "100.50", trigger_type=TriggerType.LAST_PRICE)
        venue.bar("100.00", "101.00")
        assert venue.fills(order) == [(5, "100.50", "stop_triggered")]

    def test_rise_meets_orders_in_the_order_of_their_prices(self, house: Any) -> None:
        venue = house()
        venue.bar("100.00")
        venue.stop(BUY, 1, "100.40")
        venue.limit(SELL, 2, "100.30")
        venue.stop(BUY, 3, "100.20")
        venue.bar("100.00", "101.00")
        assert [price for _, price, _ in venue.fills()] == ["100.20", "100.30", "100.40"]


class TestExpiry:
    def test_gtd_expires_before_the_tick_of_its_time_can_fill_it(self, desk: Any) -> None:
        order = desk.limit(BUY, 1, "99.95", time_in_force=GTD, expire_time=datetime.fromtimestamp(10, UTC))
        assert desk.matching.next_expiry == 10_000_000_000
        desk.at(9_999_999_999)
        assert order.is_open
        desk.at(10_000_000_000)
        desk.quote("99.90", "99.92")
        assert desk.kinds(order) == ["Accepted", "Expired"]
        assert desk.matching.next_expiry is None

    def test_orders_expire_in_the_order_of_their_times(self, desk: Any) -> None:
        times = [30, 10, 20]
        for second in times:
            desk.limit(BUY, second, "99.95", time_in_force=GTD, expire_time=datetime.fromtimestamp(second, UTC))
        assert desk.matching.next_expiry == 10_000_000_000
        desk.at(60_000_000_000)
        expired = [e for e in desk.events if type(e).__name__ == "OrderExpired"]
        assert [desk.cache.order(e.client_order_id).quantity.raw for e in expired] == [10, 20, 30]

    def test_expiry_after_its_arrival_time_is_rejected(self, desk: Any) -> None:
        desk.at(5_000_000_000)
        order = desk.limit(BUY, 1, "99.95", time_in_force=GTD, expire_time=datetime.fromtimestamp(5, UTC))
        assert desk.last(order).reason == (
            "expire time 1970-01-01T00:00:05.000000000Z is not after the time of arrival 1970-01-01T00:00:05.000000000Z"
        )

    def test_venue_without_gtd_keeps_the_order(self, house: Any) -> None:
        venue = house(support_gtd_orders=False)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.95", time_in_force=GTD, expire_time=datetime.fromtimestamp(10, UTC))
        venue.at(20_000_000_000)
        assert order.is_open

    def test_day_order_expires_at_midnight_utc(self, desk: Any) -> None:
        day = 86_400_000_000_000
        desk.at(day + 5)
        order = desk.limit(BUY, 1, "99.95", time_in_force=DAY)
        desk.at(2 * day - 1)
        assert order.is_open
        desk.at(2 * day)
        assert order.status == OrderStatus.EXPIRED

    @pytest.mark.parametrize("time_in_force", [TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE])
    def test_auctions_take_market_and_limit_orders_alone(self, desk: Any, time_in_force: TimeInForce) -> None:
        order = desk.stop(BUY, 1, "100.95", time_in_force=time_in_force)
        assert desk.last(order).reason == (
            f"time in force {time_in_force.name} is for market and limit orders, not for STOP_MARKET"
        )


class TestModify:
    def test_smaller_quantity_keeps_its_place(self, desk: Any) -> None:
        first, second = desk.limit(BUY, 10, "99.95"), desk.limit(BUY, 10, "99.95")
        desk.modify(first, qty=5)
        desk.trade("99.95", 5, AggressorSide.SELLER)
        assert (desk.fills(first), desk.fills(second)) == ([(5, "99.95", "trade_at")], [])
        assert desk.kinds(first) == ["Accepted", "Updated", "Filled"]

    @pytest.mark.parametrize("change", [{"qty": 11}, {"price": "99.94"}])
    def test_larger_quantity_or_other_price_loses_it(self, desk: Any, change: dict[str, Any]) -> None:
        first, second = desk.limit(BUY, 10, "99.95"), desk.limit(BUY, 10, "99.95")
        desk.modify(first, **change)
        desk.trade("99.94", 10, AggressorSide.SELLER)
        assert (desk.fills(first), len(desk.fills(second))) == ([], 1)

    def test_price_that_crosses_takes_at_once(self, desk: Any) -> None:
        order = desk.limit(BUY, 130, "99.95")
        desk.modify(order, price="100.01")
        assert desk.kinds(order) == ["Accepted", "Updated", "Filled"]
        assert desk.fills(order) == [(100, "100.01", "took_book")]
        assert desk.matching.get_open_orders() == [order]

    def test_quantity_must_stay_above_the_filled(self, desk: Any) -> None:
        order = desk.limit(BUY, 10, "99.95")
        desk.trade("99.95", 4, AggressorSide.SELLER)
        desk.modify(order, qty=4)
        assert desk.kinds(order)[-1] == "ModifyRejected"
        assert desk.last(order).reason == "quantity 4 must be above the filled quantity 4"
        desk.modify(order, qty=7)
        assert (order.quantity.raw, order.leaves_qty.raw) == (7, 3)

    def test_stop_moves_to_its_new_trigger(self, desk: Any) -> None:
        order = desk.stop(BUY, 1, "100.05")
        desk.modify(order, trigger="100.10")
        desk.quote("100.05", "100.06")
        assert desk.fills(order) == []
        desk.quote("100.05", "100.10")
        assert desk.fills(order) == [(1, "100.10", "stop_triggered")]

    @pytest.mark.parametrize(
        ("make", "change", "reason"),
        [
            (("limit", 1, "99.95"), {"trigger": "99.90"}, "has no trigger price to modify"),
            (("stop", 1, "100.05"), {"price": "99.90"}, "a STOP_MARKET order has no price to modify"),
            (("stop", 1, "100.05"), {"trigger": "100.01"}, "BUY stop at 100.01 would be in the market"),
            (("limit", 1, "99.95"), {"price": "99.951"}, "price 99.951 is finer than AUD/USD.SIM allows, 0.01"),
        ],
    )
    def test_senseless_change_is_refused(self, desk: Any, make: Any, change: dict[str, Any], reason: str) -> None:
        kind, *terms = make
        order = getattr(desk, kind)(BUY, *terms)
        desk.modify(order, **change)
        assert desk.kinds(order) == ["Accepted", "ModifyRejected"]
        assert reason in desk.last(order).reason
        assert order.is_open

    def test_post_only_must_not_be_moved_into_the_market(self, desk: Any) -> None:
        order = desk.limit(BUY, 1, "99.95", post_only=True)
        desk.modify(order, price="100.01")
        assert desk.last(order).reason == "post-only BUY at 100.01 would take: bid 99.99, ask 100.01"

    def test_order_that_is_gone_cannot_be_modified(self, desk: Any) -> None:
        order = desk.market_order(BUY, 1)
        desk.modify(order, qty=2)
        assert desk.last(order).reason == f"order {order.client_order_id} is not working at SIM"


class TestCancel:
    def test_cancelled_order_fills_no_more(self, desk: Any) -> None:
        order = desk.limit(BUY, 1, "99.95")
        desk.cancel(order)
        desk.quote("99.90", "99.92")
        assert desk.kinds(order) == ["Accepted", "Canceled"]

    def test_order_that_is_gone_cannot_be_cancelled(self, desk: Any) -> None:
        order = desk.market_order(BUY, 1)
        desk.cancel(order)
        assert desk.kinds(order) == ["Filled", "CancelRejected"]

    def test_all_means_all_of_the_strategy_and_side(self, desk: Any) -> None:
        buy, sell, stop = desk.limit(BUY, 1, "99.95"), desk.limit(SELL, 1, "100.05"), desk.stop(BUY, 1, "100.10")
        desk.orders = desk.factory("S-002")
        other = desk.limit(BUY, 1, "99.95")
        desk.cancel_all(buy, BUY)
        assert [o.is_open for o in (buy, sell, stop, other)] == [False, True, False, True]
        desk.cancel_all(buy)
        assert [o.is_open for o in (sell, other)] == [False, True]

    def test_batch_cancels_each(self, desk: Any) -> None:
        one, two, three = (desk.limit(BUY, n, "99.95") for n in (1, 2, 3))
        desk.cancel_batch(one, three)
        assert [o.is_open for o in (one, two, three)] == [False, True, False]


class TestReduceOnly:
    def test_without_a_position_it_is_rejected(self, desk: Any) -> None:
        order = desk.limit(SELL, 1, "100.05", reduce_only=True)
        assert desk.last(order).reason == (
            "reduce-only SELL order without an open position to reduce in AUD/USD.SIM"
        )

    def test_market_order_is_cut_to_the_position(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        order = desk.market_order(SELL, 25, reduce_only=True)
        assert desk.kinds(order) == ["Updated", "Filled"]
        assert (order.quantity.raw, desk.net()) == (10, 0)

    def test_resting_order_is_cut_when_it_fills(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        order = desk.limit(SELL, 10, "100.05", reduce_only=True)
        desk.market_order(SELL, 4)
        desk.quote("100.06", "100.07")
        assert desk.kinds(order) == ["Accepted", "Updated", "Filled"]
        assert desk.fills(order) == [(6, "100.05", "book_crossed")]
        assert desk.net() == 0

    def test_a_triggered_order_that_rests_is_cut_when_it_fills(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        order = desk.stop_limit(SELL, 15, "99.97", "99.95", reduce_only=True)
        desk.quote("99.94", "99.96")
        assert (desk.kinds(order), order.quantity.raw) == (["Accepted", "Triggered"], 15)
        desk.market_order(BUY, 2)
        desk.quote("99.97", "99.99")
        assert desk.kinds(order) == ["Accepted", "Triggered", "Updated", "Filled"]
        assert desk.fills(order) == [(12, "99.97", "touched")]
        assert desk.net() == 0

    def test_it_is_cancelled_when_its_position_is_gone(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        limit, stop = desk.limit(SELL, 10, "100.05", reduce_only=True), desk.stop(SELL, 10, "99.90", reduce_only=True)
        desk.quote("100.06", "100.07")
        assert desk.kinds(limit) == ["Accepted", "Filled"]
        assert desk.kinds(stop) == ["Accepted", "Canceled"]

    def test_two_never_flip_the_position(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        for price in ("100.05", "100.06"):
            desk.limit(SELL, 8, price, reduce_only=True)
        desk.quote("100.10", "100.11")
        assert desk.net() == 0
        assert [qty for qty, _, _ in desk.fills()] == [10, 8, 2]

    def test_positions_of_other_strategies_do_not_count(self, desk: Any) -> None:
        desk.market_order(BUY, 10)
        desk.orders = desk.factory("S-002")
        assert desk.kinds(desk.market_order(SELL, 5, reduce_only=True)) == ["Rejected"]

    def test_venue_that_ignores_it_flips(self, house: Any) -> None:
        venue = house(use_reduce_only=False)
        venue.quote("99.99", "100.01")
        venue.market_order(SELL, 5, reduce_only=True)
        assert venue.net() == -5

    def test_hedging_needs_the_position(self, house: Any) -> None:
        venue = house(oms_type=OmsType.HEDGING)
        venue.quote("99.99", "100.01")
        venue.market_order(BUY, 10)
        assert venue.kinds(venue.market_order(SELL, 10, reduce_only=True)) == ["Rejected"]
        (position,) = venue.cache.positions_open()
        order = venue.orders.market(venue.pair.id, SELL, venue.pair.make_qty(20), reduce_only=True)
        venue.submit(order, PositionId(position.id.value))
        assert (order.filled_qty.raw, venue.net()) == (10, 0)


class TestReentrance:
    def test_commands_of_a_handler_wait_until_the_match_is_over(self, desk: Any) -> None:
        first, second = desk.limit(BUY, 1, "99.95"), desk.limit(BUY, 1, "99.95")
        log: list[str] = []

        def on_event(event: Any) -> None:
            log.append(type(event).__name__)
            if event.client_order_id == first.client_order_id and log == ["OrderFilled"]:
                desk.engine.execute(desk._cancellation(second))
                log.append("sent")

        desk.bus.subscribe("events.order.*", on_event)
        desk.quote("99.90", "99.92")
        assert log == ["OrderFilled", "sent", "OrderFilled", "OrderCancelRejected"]
        assert first.is_closed and second.is_closed
