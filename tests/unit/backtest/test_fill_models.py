"""What fill models let orders meet, by hand: model, order, side and market."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.backtest.models import (
    BestPriceFillModel,
    CompetitionAwareFillModel,
    FillModel,
    LimitOrderPartialFillModel,
    MarketHoursFillModel,
    OneTickSlippageFillModel,
    ProbabilisticFillModel,
    SizeAwareFillModel,
    SquareRootImpactFillModel,
    ThreeTierFillModel,
    ThroughTicksFillModel,
    TwoTierFillModel,
    VolumeSensitiveFillModel,
    VolumeShareFillModel,
)
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.book import OrderBook
from nautilus_lite.model.data.book import BookOrder, OrderBookDelta
from nautilus_lite.model.enums import AggressorSide, BookAction, BookType, LiquiditySide, OrderSide, OrderStatus, TimeInForce
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
SIDES = [BUY, SELL]
CENT = Decimal("0.01")
DAY = 86_400_000_000_000


def low_liquidity() -> MarketHoursFillModel:
    model = MarketHoursFillModel()
    model.set_low_liquidity_period(True)
    return model


def at(side: OrderSide, ticks: int) -> str:
    """Return the price so many ticks beyond the touch of 99.99 to 100.00, as seen by a side."""
    return str(Decimal("100.00") + ticks * CENT if side == BUY else Decimal("99.99") - ticks * CENT)


def market(house: Any, model: Any, size: int = 100, **options: Any) -> Any:
    venue = house(fill_model=model, **options)
    venue.quote("99.99", "100.00", size, size)
    return venue


def got(venue: Any, order: Any, side: OrderSide) -> list[tuple[int, int]]:
    """Return quantities, and ticks beyond the touch of 99.99 to 100.00, of an order's fills."""
    fills = []
    for qty, price, reason in venue.fills(order):
        ticks = (Decimal(price) - 100) / CENT if side == BUY else (Decimal("99.99") - Decimal(price)) / CENT
        assert (reason == "slipped") == (ticks > 0)
        fills.append((qty, int(ticks)))
    return fills


def away(venue: Any, side: OrderSide, ticks: int, size: int = 100) -> None:
    """Move the market so that the opposite touch stands `ticks` behind a limit at 99.00 (buy) or 101.00 (sell)."""
    if side == BUY:
        ask = Decimal("99.00") - ticks * CENT
        venue.quote(str(ask - CENT), str(ask), size, size)
    else:
        bid = Decimal("101.00") + ticks * CENT
        venue.quote(str(bid), str(bid + CENT), size, size)


class EveryOther(FillModel):
    """Draws no, yes, no, yes, ..."""

    def __init__(self) -> None:
        super().__init__()
        self.draws = 0

    def is_limit_filled(self) -> bool:
        self.draws += 1
        return self.draws % 2 == 0


def resting(venue: Any, side: OrderSide, qty: int) -> Any:
    return venue.limit(side, qty, "99.00" if side == BUY else "101.00")


def quantities(venue: Any, order: Any) -> list[int]:
    """Return the quantities of a resting order's fills; all must be at its own price."""
    assert all(price == str(order.price) for _, price, _ in venue.fills(order))
    return [qty for qty, _, _ in venue.fills(order)]


class TestMarketOrders:
    @pytest.mark.parametrize("side", SIDES)
    @pytest.mark.parametrize(
        ("make", "qty", "expected"),
        [
            (BestPriceFillModel, 2_000, [(2_000, 0)]),
            (OneTickSlippageFillModel, 2_000, [(2_000, 1)]),
            (TwoTierFillModel, 10, [(10, 0)]),
            (TwoTierFillModel, 25, [(10, 0), (15, 1)]),
            (ThreeTierFillModel, 80, [(50, 0), (30, 1)]),
            (ThreeTierFillModel, 120, [(50, 0), (30, 1), (20, 2), (20, 3)]),
            (SizeAwareFillModel, 10, [(10, 0)]),
            (SizeAwareFillModel, 11, [(10, 0), (1, 1)]),
            (LimitOrderPartialFillModel, 7, [(5, 0), (2, 1)]),
            (MarketHoursFillModel, 600, [(500, 0), (100, 1)]),
            (low_liquidity, 600, [(500, 1), (100, 2)]),
            # a quarter of 1,000; of 42, 10.5 rounded down; of 2, at least one
            (VolumeSensitiveFillModel, 300, [(250, 0), (50, 1)]),
            (lambda: VolumeSensitiveFillModel(recent_volume=42), 12, [(10, 0), (2, 1)]),
            (lambda: VolumeSensitiveFillModel(recent_volume=2), 12, [(1, 0), (11, 1)]),
            # of the 100 that are shown
            (CompetitionAwareFillModel, 50, [(30, 0), (20, 1)]),
            (lambda: CompetitionAwareFillModel(liquidity_factor=0.555), 60, [(55, 0), (5, 1)]),
            (lambda: CompetitionAwareFillModel(liquidity_factor=0.0), 5, [(1, 0), (4, 1)]),
            (lambda: CompetitionAwareFillModel(liquidity_factor=1.0), 100, [(100, 0)]),
            # 0.02 sqrt(100 / 10,000) = 0.002 of 100.00 is 20 ticks, of 99.99 19.998, rounded up
            (lambda: SquareRootImpactFillModel(1.0, 0.02, 10_000), 100, [(100, 20)]),
            (lambda: SquareRootImpactFillModel(0.5, 0.02, 10_000), 400, [(400, 20)]),
            (lambda: SquareRootImpactFillModel(0.0, 0.02, 10_000), 100, [(100, 0)]),
            (lambda: ThroughTicksFillModel(3), 120, [(100, 0), (20, 1)]),
        ],
    )
    def test_it_meets_the_levels_of_the_model(
        self, house: Any, make: Any, qty: int, side: OrderSide, expected: list[tuple[int, int]]
    ) -> None:
        venue = market(house, make())
        order = venue.market_order(side, qty)
        assert got(venue, order, side) == expected
        assert order.status == OrderStatus.FILLED

    @pytest.mark.parametrize("side", SIDES)
    def test_on_an_l2_book_the_rest_is_cancelled(self, house: Any, side: OrderSide) -> None:
        venue = house(book_type=BookType.L2_MBP, fill_model=ThreeTierFillModel())
        venue.bids(("99.99", 7), ("99.90", 500))
        venue.asks(("100.00", 7), ("100.10", 500))
        order = venue.market_order(side, 120)
        assert got(venue, order, side) == [(50, 0), (30, 1), (20, 2)]
        assert order.status == OrderStatus.CANCELED

    @pytest.mark.parametrize("side", SIDES)
    def test_a_stop_meets_them_when_it_is_triggered(self, house: Any, side: OrderSide) -> None:
        venue = market(house, TwoTierFillModel())
        order = venue.stop(side, 25, at(side, 5))
        shift = 6 * CENT if side == BUY else -6 * CENT
        venue.quote(str(Decimal("99.99") + shift), str(Decimal("100.00") + shift))
        assert venue.fills(order) == [(10, at(side, 6), "stop_triggered"), (15, at(side, 7), "slipped")]

    def test_a_stop_on_a_bar_meets_them_at_its_trigger(self, house: Any) -> None:
        venue = house(fill_model=TwoTierFillModel())
        venue.bar("100.00", "100.01", "99.99", "100.00")
        order = venue.stop(BUY, 25, "100.50")
        venue.bar("100.00", "101.00", "99.00", "100.00")
        assert venue.fills(order) == [(10, "100.50", "stop_triggered"), (15, "100.51", "slipped")]

    def test_a_sale_never_slips_to_zero(self, house: Any) -> None:
        venue = house(fill_model=ThreeTierFillModel())
        venue.quote("0.02", "0.03")
        assert venue.fills(venue.market_order(SELL, 100)) == [
            (50, "0.02", "took_book"), (30, "0.01", "slipped"), (20, "0.01", "slipped"),
        ]

    def test_liquidity_is_low_in_its_hours(self, house: Any) -> None:
        model = MarketHoursFillModel(low_liquidity_hours=[("22:00", "01:30"), ("12:00", "12:01")])
        hour = DAY // 24
        times = [0, 3 * hour // 2, 12 * hour, 12 * hour + hour // 60, 22 * hour - 1, 22 * hour, DAY + hour]
        venue = house(fill_model=model)
        for time in times:
            venue.at(time)
            venue.quote("99.99", "100.00")
            venue.market_order(BUY, 1)
        assert [price for _, price, _ in venue.fills()] == [
            "100.01", "100.00", "100.01", "100.00", "100.00", "100.01", "100.01",
        ]

    def test_a_reset_puts_models_back(self) -> None:
        hours, volume = low_liquidity(), VolumeSensitiveFillModel(recent_volume=8)
        volume.set_recent_volume(800)
        assert (hours.is_low_liquidity_period(), volume.recent_volume) == (True, 800.0)
        hours.reset()
        volume.reset()
        assert (hours.is_low_liquidity_period(), volume.recent_volume) == (False, 8.0)

    def test_the_coin_belongs_to_the_order(self, house: Any) -> None:
        def run(**options: Any) -> list[int]:
            venue = market(house, ProbabilisticFillModel(**options))
            ticks = []
            for _ in range(400):
                order = venue.market_order(BUY, 1)
                ticks += [tick for _, tick in got(venue, order, BUY)]
            return ticks

        ticks = run()
        # standard deviation sqrt(400 / 4) = 10
        assert set(ticks) == {0, 1} and abs(sum(ticks) - 200) < 40
        assert run() == ticks != run(random_seed=7)


class TestLimitOrders:
    @pytest.mark.parametrize("side", SIDES)
    @pytest.mark.parametrize(
        ("make", "ticks", "tif", "expected", "status"),
        [
            (TwoTierFillModel, 0, "GTC", [(10, 0)], "PARTIALLY_FILLED"),
            (TwoTierFillModel, 1, "GTC", [(10, 0), (15, 1)], "FILLED"),
            (TwoTierFillModel, 0, "IOC", [(10, 0)], "CANCELED"),
            (TwoTierFillModel, 0, "FOK", [], "CANCELED"),
            (TwoTierFillModel, 1, "FOK", [(10, 0), (15, 1)], "FILLED"),
            (OneTickSlippageFillModel, 0, "GTC", [], "ACCEPTED"),
            (OneTickSlippageFillModel, 0, "IOC", [], "CANCELED"),
            (OneTickSlippageFillModel, 1, "FOK", [(25, 1)], "FILLED"),
            (BestPriceFillModel, 0, "FOK", [(25, 0)], "FILLED"),
            # room for 10 ticks: 10,000 (0.001 / 0.02)^2 = 25; for 4: 10,000 (0.0004 / 0.02)^2 = 4
            (lambda: SquareRootImpactFillModel(1.0, 0.02, 10_000), 10, "GTC", [(25, 10)], "FILLED"),
            (lambda: SquareRootImpactFillModel(1.0, 0.02, 10_000), 4, "IOC", [(4, 4)], "CANCELED"),
            (lambda: SquareRootImpactFillModel(1.0, 0.02, 10_000), 0, "GTC", [], "ACCEPTED"),
            # the share of 10 per cent costs 0.1 x 0.1^2 = 0.001 of the price, 10 ticks
            (lambda: VolumeShareFillModel(0.1, 0.1), 10, "GTC", [(10, 10)], "PARTIALLY_FILLED"),
            (lambda: VolumeShareFillModel(0.1, 0.1), 9, "GTC", [], "ACCEPTED"),
            (lambda: VolumeShareFillModel(0.1, 0.1), 10, "IOC", [(10, 10)], "CANCELED"),
            (lambda: VolumeShareFillModel(0.1, 0.1), 10, "FOK", [], "CANCELED"),
        ],
    )
    def test_it_never_pays_more_than_its_limit(
        self, house: Any, make: Any, ticks: int, tif: str, expected: list[tuple[int, int]], status: str, side: OrderSide
    ) -> None:
        venue = market(house, make())
        order = venue.limit(side, 25, at(side, ticks), time_in_force=TimeInForce[tif])
        assert (got(venue, order, side), order.status.name) == (expected, status)

    @pytest.mark.parametrize("side", SIDES)
    @pytest.mark.parametrize(
        ("make", "moves", "expected"),
        [
            # the touch comes to the price, stays, leaves, comes back, goes a tick through
            (TwoTierFillModel, [0, 0, -5, 0, 1], [10, 10, 80]),
            (ThreeTierFillModel, [0, 0, -5, 1], [50, 50]),
            (OneTickSlippageFillModel, [0, 0, 1], [100]),
            (LimitOrderPartialFillModel, [0, 0, -1, 0, -1, 0], [5, 5, 5]),
            (SizeAwareFillModel, [0, 1], [10, 90]),
            (low_liquidity, [0, 1], [100]),
            (VolumeSensitiveFillModel, [0], [100]),
            (CompetitionAwareFillModel, [0, 0, 1, 2], [30, 30, 30]),
            (lambda: VolumeShareFillModel(0.1), [0, 0, 1], [10, 10, 10]),
            (lambda: SquareRootImpactFillModel(1.0, 0.02, 10_000), [0], [100]),
            (ThroughTicksFillModel, [0, 0, 1], [100]),
            (lambda: ThroughTicksFillModel(3), [0, 1, 2], []),
            (lambda: ThroughTicksFillModel(3), [0, 1, 2, 3], [100]),
            (lambda: ThroughTicksFillModel(0), [0], [100]),
        ],
    )
    def test_a_resting_one_gets_its_share_at_its_own_price(
        self, house: Any, make: Any, moves: list[int], expected: list[int], side: OrderSide
    ) -> None:
        venue = market(house, make())
        order = resting(venue, side, 100)
        for ticks in moves:
            away(venue, side, ticks)
        assert quantities(venue, order) == expected
        fills = [event for event in venue.events if type(event).__name__ == "OrderFilled"]
        assert all(fill.liquidity_side == LiquiditySide.MAKER for fill in fills)

    def test_what_is_left_of_one_that_took_gets_nothing_until_the_touch_moves(self, house: Any) -> None:
        venue = market(house, TwoTierFillModel())
        order = venue.limit(BUY, 25, "100.00")
        venue.quote("99.98", "100.00")
        assert quantities(venue, order) == [10]
        venue.quote("99.98", "100.05")
        venue.quote("99.98", "100.00")
        assert quantities(venue, order) == [10, 10]

    @pytest.mark.parametrize("side", SIDES)
    def test_the_best_price_fills_inside_the_spread(self, house: Any, side: OrderSide) -> None:
        venue = house(fill_model=BestPriceFillModel())
        venue.quote("99.90", "100.00")
        joins, inside, behind = ("99.90", "99.95", "99.89") if side == BUY else ("100.00", "99.95", "100.01")
        orders = [venue.limit(side, 5, price) for price in (joins, inside, behind)]
        assert [order.status.name for order in orders] == ["FILLED", "FILLED", "ACCEPTED"]
        assert venue.fills(orders[0]) == [(5, joins, "touched")]
        assert venue.last(orders[1]).liquidity_side == LiquiditySide.MAKER

    def test_market_to_limit_takes_the_best_level_alone(self, house: Any) -> None:
        venue = market(house, TwoTierFillModel())
        order = venue.submit(venue.orders.market_to_limit(venue.pair.id, BUY, Quantity.from_int(25)))
        assert (quantities(venue, order), order.status.name) == ([10], "PARTIALLY_FILLED")

    @pytest.mark.parametrize("side", SIDES)
    def test_trades_must_go_through_as_well(self, house: Any, side: OrderSide) -> None:
        venue = market(house, ThroughTicksFillModel(2))
        order = resting(venue, side, 100)
        aggressor = AggressorSide.SELLER if side == BUY else AggressorSide.BUYER
        for ticks in (0, 1, 2):
            price = Decimal("99.00") - ticks * CENT if side == BUY else Decimal("101.00") + ticks * CENT
            venue.trade(str(price), 7, aggressor)
        assert quantities(venue, order) == [7]

    def test_a_share_of_a_trade_goes_to_resting_orders(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1))
        first, second = resting(venue, BUY, 8), resting(venue, BUY, 8)
        venue.trade("99.00", 109, AggressorSide.SELLER)
        # a tenth of 109, rounded down, in order of arrival
        assert (quantities(venue, first), quantities(venue, second)) == ([8], [2])

    def test_the_visit_is_drawn_once(self, house: Any) -> None:
        class Never(TwoTierFillModel):
            def is_limit_filled(self) -> bool:
                return False

        venue = market(house, Never())
        order = resting(venue, BUY, 5)
        away(venue, BUY, 0)
        assert quantities(venue, order) == []
        away(venue, BUY, 1)
        assert quantities(venue, order) == [5]


class TestVolumeShare:
    def test_what_is_left_waits_for_the_next_update(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.1))
        order = venue.market_order(BUY, 25)
        assert venue.exchange.get_open_orders() == [order]
        venue.quote("99.99", "100.00")
        venue.quote("99.99", "100.00")
        # 10 of 100: 100.00 x 0.1 x 0.1^2 = 10 ticks; 5 of 100: 100.00 x 0.1 x 0.05^2 = 2.5 ticks, rounded up
        assert (got(venue, order, BUY), order.status) == ([(10, 10), (10, 10), (5, 3)], OrderStatus.FILLED)
        assert venue.kinds(order) == ["Filled"] * 3

    def test_nothing_now_is_accepted_and_waits(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0), size=9)
        order = venue.market_order(SELL, 2)
        assert venue.kinds(order) == ["Accepted"]
        venue.quote("99.99", "100.00", 10, 10)
        venue.quote("99.99", "100.00", 10, 10)
        assert (got(venue, order, SELL), order.status) == ([(1, 0), (1, 0)], OrderStatus.FILLED)

    def test_orders_share_one_update(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0))
        first, second, seller = venue.market_order(BUY, 8), venue.market_order(BUY, 8), venue.market_order(SELL, 10)
        assert (got(venue, first, BUY), got(venue, second, BUY)) == ([(8, 0)], [(2, 0)])
        assert got(venue, seller, SELL) == [(10, 0)]
        third = venue.market_order(BUY, 8)
        venue.quote("99.99", "100.00")
        # the older one first
        assert (got(venue, second, BUY), got(venue, third, BUY)) == ([(2, 0), (6, 0)], [(4, 0)])

    def test_a_second_order_pays_for_the_share_of_both(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.1))
        venue.market_order(BUY, 5)
        # (5 + 5) / 100: 10 ticks
        assert got(venue, venue.market_order(BUY, 5), BUY) == [(5, 10)]

    def test_a_waiting_one_can_be_cancelled_and_changed(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0))
        order = venue.market_order(BUY, 25)
        venue.modify(order, qty=30)
        venue.quote("99.99", "100.00")
        venue.modify(order, qty=25)
        assert (got(venue, order, BUY), int(order.leaves_qty)) == ([(10, 0), (10, 0)], 5)
        venue.cancel(order)
        venue.quote("99.99", "100.00")
        assert (int(order.filled_qty), order.status) == (20, OrderStatus.CANCELED)

    def test_immediate_orders_do_not_wait(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0))
        order = venue.market_order(BUY, 25, time_in_force=TimeInForce.IOC)
        assert (got(venue, order, BUY), order.status) == ([(10, 0)], OrderStatus.CANCELED)
        whole = venue.market_order(SELL, 25, time_in_force=TimeInForce.FOK)
        assert (venue.fills(whole), whole.status) == ([], OrderStatus.CANCELED)

    def test_a_stop_waits_too(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0))
        order = venue.stop(BUY, 15, "100.05")
        venue.quote("100.05", "100.06")
        venue.quote("100.00", "100.01")
        assert venue.fills(order) == [(10, "100.06", "stop_triggered"), (5, "100.01", "took_book")]

    def test_a_bar_gives_a_share_of_each_quarter(self, house: Any) -> None:
        venue = house(fill_model=VolumeShareFillModel(0.1, 0.0))
        venue.bar("100.00", "100.01", "99.99", "100.00", size=100)
        order = venue.market_order(BUY, 35)
        venue.bar("101.00", "102.00", "100.50", "101.50", size=100)
        assert [(qty, price) for qty, price, _ in venue.fills(order)] == [
            (10, "100.00"), (10, "101.00"), (10, "102.00"), (5, "100.50"),
        ]

    def test_a_reduce_only_one_stops_at_its_position(self, house: Any) -> None:
        venue = market(house, VolumeShareFillModel(0.1, 0.0))
        venue.market_order(BUY, 10)
        order = venue.market_order(SELL, 15, reduce_only=True)
        venue.quote("99.99", "100.00")
        venue.quote("99.99", "100.00")
        assert (venue.net(), int(order.filled_qty), order.is_closed) == (0, 10, True)

    def test_a_share_of_a_tenth_of_thirty_is_three(self, house: Any) -> None:
        # 0.1 x 30 is 3.0000000000000004 in doubles, 0.3 x 10 is 3, 0.7 x 10 is 7.000000000000001, 0.29 x 100 28.999999999999996
        for part, size, qty in ((0.1, 30, 3), (0.3, 10, 3), (0.7, 10, 7), (0.29, 100, 29)):
            venue = market(house, VolumeShareFillModel(part, 0.0), size=size)
            assert got(venue, venue.market_order(BUY, 1_000), BUY) == [(qty, 0)]


def book(instrument: Any, *levels: tuple[OrderSide, str, int]) -> OrderBook:
    made = OrderBook(instrument.id, BookType.L2_MBP)
    for side, price, size in levels:
        order = BookOrder(side, Price.from_str(price), Quantity.from_int(size), 0)
        made.apply_delta(OrderBookDelta(instrument.id, BookAction.ADD, order, 0, 0, 0, 0))
    return made


class TestBooksFromPython:
    @pytest.mark.parametrize("side", SIDES)
    def test_orders_take_the_book_that_is_returned(self, house: Any, side: OrderSide) -> None:
        asked = []

        class Mine(FillModel):
            def get_orderbook_for_fill_simulation(self, instrument: Any, order: Any, best_bid: Any, best_ask: Any) -> Any:
                asked.append((str(order.side.name), str(best_bid), str(best_ask)))
                return book(
                    instrument, (SELL, "100.00", 3), (SELL, "100.04", 4), (BUY, "99.99", 3), (BUY, "99.95", 4)
                )

        venue = market(house, Mine())
        # on an L1 book the rest is one tick beyond the last level
        assert got(venue, venue.market_order(side, 10), side) == [(3, 0), (4, 4), (3, 5)]
        assert asked == [(side.name, "99.99", "100.00")]
        limit = venue.limit(side, 10, at(side, 2))
        assert (got(venue, limit, side), limit.status.name) == ([(3, 0)], "PARTIALLY_FILLED")

    def test_none_is_the_market_with_its_slippage(self, house: Any) -> None:
        class Mine(FillModel):
            def get_orderbook_for_fill_simulation(self, *args: Any) -> None:
                return None

        venue = market(house, Mine(prob_slippage=1.0))
        assert got(venue, venue.market_order(BUY, 10), BUY) == [(10, 1)]

    def test_a_resting_limit_gets_what_the_book_holds_within_its_price(self, house: Any) -> None:
        class Mine(FillModel):
            def get_orderbook_for_fill_simulation(self, instrument: Any, order: Any, best_bid: Any, best_ask: Any) -> Any:
                return book(instrument, (SELL, "98.99", 2), (SELL, "99.00", 3), (SELL, "99.01", 100))

        venue = market(house, Mine())
        order = resting(venue, BUY, 50)
        away(venue, BUY, 0)
        assert quantities(venue, order) == [5]

    def test_an_override_inside_the_spread_is_asked(self, house: Any) -> None:
        class Mine(FillModel):
            def fill_limit_inside_spread(self) -> bool:
                return True

        venue = market(house, Mine())
        assert venue.fills(venue.limit(BUY, 5, "99.99")) == [(5, "99.99", "touched")]

    def test_anything_else_is_refused(self, house: Any) -> None:
        class Number(FillModel):
            def get_orderbook_for_fill_simulation(self, *args: Any) -> Any:
                return 7

        class Fine(FillModel):
            def get_orderbook_for_fill_simulation(self, instrument: Any, *args: Any) -> Any:
                return book(instrument, (SELL, "100.001", 3))

        with pytest.raises(TypeError, match="must return an OrderBook or None, returned int"):
            market(house, Number()).market_order(BUY, 1)
        with pytest.raises(ValueError, match="has precisions 3 and 0, AUD/USD.SIM has 2 and 0"):
            market(house, Fine()).market_order(BUY, 1)

    def test_models_tell_their_book(self, house: Any) -> None:
        venue = market(house, ThreeTierFillModel())
        order = venue.orders.market(venue.pair.id, BUY, Quantity.from_int(1))
        bid, ask = Price.from_str("99.99"), Price.from_str("100.00")
        told = ThreeTierFillModel().get_orderbook_for_fill_simulation(venue.pair, order, bid, ask)
        assert told is not None
        assert [(str(level.price), level.size()) for level in told.asks()] == [
            ("100.00", 50), ("100.01", 30), ("100.02", 20),
        ]
        assert [(str(level.price), level.size()) for level in told.bids()] == [
            ("99.99", 50), ("99.98", 30), ("99.97", 20),
        ]
        assert FillModel().get_orderbook_for_fill_simulation(venue.pair, order, bid, ask) is None


PREFIX = "nautilus_lite.backtest.models:"
MADE = [
    ("BestPriceFillModel", {}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None"),
    ("OneTickSlippageFillModel", {"random_seed": 4}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=4"),
    ("TwoTierFillModel", {"prob_fill_on_limit": 0.5}, "prob_fill_on_limit=0.5, prob_slippage=0.0, random_seed=None"),
    ("ThreeTierFillModel", {}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None"),
    ("ProbabilisticFillModel", {"random_seed": 1}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=1"),
    ("SizeAwareFillModel", {}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None"),
    ("LimitOrderPartialFillModel", {}, "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None"),
    (
        "MarketHoursFillModel",
        {"low_liquidity_hours": [["21:00", "22:15"]]},
        "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None, low_liquidity_hours=[('21:00', '22:15')]",
    ),
    (
        "VolumeSensitiveFillModel",
        {"recent_volume": 40},
        "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None, recent_volume=40.0",
    ),
    (
        "CompetitionAwareFillModel",
        {"liquidity_factor": 0.5},
        "prob_fill_on_limit=1.0, prob_slippage=0.0, random_seed=None, liquidity_factor=0.5",
    ),
    ("ThroughTicksFillModel", {"n": 2}, "n=2, prob_slippage=0.0, random_seed=None"),
    ("VolumeShareFillModel", {"volume_limit": 0.05}, "volume_limit=0.05, price_impact=0.1"),
    (
        "SquareRootImpactFillModel",
        {"eta": 0.9, "sigma": 0.01, "volume": 1000},
        "eta=0.9, sigma=0.01, volume=1000.0, random_seed=None, prob_fill_on_limit=1.0",
    ),
]


@pytest.mark.parametrize(("name", "config", "text"), MADE)
def test_models_are_made_from_plain_data_and_tell_every_parameter(name: str, config: dict[str, Any], text: str) -> None:
    model = ImportableConfig.parse(ImportableConfig(path=PREFIX + name, config=config).json()).create()
    assert repr(model) == f"{name}({text})"
    assert "Assumptions" in (type(model).__doc__ or "")


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: MarketHoursFillModel(low_liquidity_hours=[("25:00", "1:00")]), "invalid span in `low_liquidity_hours`"),
        (lambda: MarketHoursFillModel(low_liquidity_hours=["noon"]), "invalid span in `low_liquidity_hours`"),
        (lambda: VolumeSensitiveFillModel(recent_volume=-1), r"invalid `recent_volume`, must be in \[0, 10\^18\), was -1"),
        (lambda: CompetitionAwareFillModel(liquidity_factor=1.5), r"invalid `liquidity_factor`, must be in \[0, 1\], was 1.5"),
        (lambda: ThroughTicksFillModel(-1), r"invalid `n`, must be in \[0, 10\^6\] ticks, was -1"),
        (lambda: VolumeShareFillModel(0.0), r"invalid `volume_limit`, must be in \(0, 1\], was 0.0"),
        (lambda: VolumeShareFillModel(price_impact=-1), "invalid `price_impact`, must be >= 0, was -1.0"),
        (lambda: SquareRootImpactFillModel(-1, 1, 1), "invalid `eta`, must be >= 0, was -1.0"),
        (lambda: SquareRootImpactFillModel(1, float("nan"), 1), "invalid `sigma`, must be >= 0, was nan"),
        (lambda: SquareRootImpactFillModel(1, 1, 0), "invalid `volume`, must be positive, was 0.0"),
    ],
)
def test_settings_out_of_range_are_refused(make: Any, text: str) -> None:
    with pytest.raises(InvalidConfiguration, match=text):
        make()


def test_a_stop_that_fired_and_waits_for_more_has_no_trigger_to_change(house: Any) -> None:
    venue = house(fill_model=VolumeShareFillModel(0.1, 0.1))
    venue.quote("100.00", "100.02")
    order = venue.stop(OrderSide.BUY, 50, "100.10")
    venue.quote("100.10", "100.12", 100, 100)
    assert order.is_open
    assert len(venue.fills(order)) == 1
    venue.modify(order, trigger="101.00")
    assert "was triggered already" in venue.last(order).reason


def test_price_protection_bounds_what_a_model_says(house: Any) -> None:
    """A tenth of 100 costs 0.1 of a per cent, 0.10 at 100.02: more than the five ticks that are allowed."""
    venue = house(fill_model=VolumeShareFillModel(0.1, 0.1), price_protection_points=5)
    venue.quote("100.00", "100.02", 100, 100)
    assert venue.fills(venue.market_order(OrderSide.BUY, 10)) == []


def test_a_reduce_only_limit_inside_the_spread_is_cut_to_the_position(house: Any) -> None:
    venue = house(fill_model=BestPriceFillModel())
    venue.quote("99.99", "100.01")
    venue.market_order(BUY, 1)
    # 2 wanted, 1 held
    order = venue.limit(SELL, 2, "100.00", reduce_only=True)
    assert venue.fills(order) == [(1, "100.00", "touched")]
    assert venue.net() == 0


@pytest.mark.parametrize("side", SIDES)
def test_the_rest_of_a_taker_is_drawn_in_a_visit_in_which_another_order_was_not(house: Any, side: OrderSide) -> None:
    model = EveryOther()
    venue = house(fill_model=model, book_type=BookType.L2_MBP)
    price, other = ("99.00", SELL) if side == BUY else ("101.00", BUY)
    venue.level(other, "100.50" if side == BUY else "99.50", 50)
    first = resting(venue, side, 10)
    venue.level(other, price, 100)
    venue.level(other, "102.00" if side == BUY else "98.00", 7)
    assert (model.draws, venue.fills(first)) == (1, [])
    # Takes all that is shown; its rest of 20 stands where the touch stands, and is drawn on the next row: yes
    second = resting(venue, side, 120)
    assert venue.fills(second) == [(100, price, "took_book")]
    venue.level(other, "102.00" if side == BUY else "98.00", 8)
    assert model.draws == 2
    # What it took is gone until the size of the level changes
    assert venue.fills(second) == [(100, price, "took_book")]
    venue.level(other, price, 150)
    assert venue.fills(second) == [(100, price, "took_book"), (20, price, "touched")]
    assert (model.draws, venue.fills(first)) == (2, [])
