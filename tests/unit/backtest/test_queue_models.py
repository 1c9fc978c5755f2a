"""Queue models: what stands ahead of a resting limit, and when it is its turn. Prices are cents."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    LogProbQueueModel,
    LogProbQueueModel2,
    PowerProbQueueModel,
    PowerProbQueueModel2,
    PowerProbQueueModel3,
    QueueModel,
    RiskAverseQueueModel,
)
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import BookOrder, OrderBookDepth10
from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
SELLER, BUYER = AggressorSide.SELLER, AggressorSide.BUYER
MODELS = [
    RiskAverseQueueModel(),
    PowerProbQueueModel(1.0),
    PowerProbQueueModel(3.0),
    PowerProbQueueModel2(2.0),
    PowerProbQueueModel3(2.0),
    LogProbQueueModel(),
    LogProbQueueModel2(),
]


def of(number):
    return Quantity.from_int(number)


@pytest.fixture
def new_house(house):
    return house


@pytest.fixture
def queued(new_house):
    """An L2 book 0.99 (40) to 1.01 (50) and a venue that keeps queues."""

    def make(model=None):
        house = new_house(BookType.L2_MBP, queue_model=model or RiskAverseQueueModel())
        house.bids(("0.99", 40), ("0.98", 70))
        house.asks(("1.01", 50))
        return house

    return make


# -- the order's turn ------------------------------------------------------------------------------------------------


def test_trades_serve_those_ahead_first(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    assert house.matching.queue_ahead(order) == of(40)
    house.trade("0.99", 30, SELLER)
    assert order.filled_qty == of(0)
    assert house.matching.queue_ahead(order) == of(10)
    # 16 trade, 10 are ahead: 6 of them are ours
    house.trade("0.99", 16, SELLER)
    assert order.filled_qty == of(6)
    assert order.last_event.fill_reason == "queue_cleared"
    house.trade("0.99", 100, SELLER)
    assert order.status == OrderStatus.FILLED


def test_a_trade_beyond_the_price_fills_whatever_is_ahead(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.trade("0.98", 4, SELLER)
    assert order.filled_qty == of(4)
    assert order.last_event.fill_reason == "trade_through"
    assert house.matching.queue_ahead(order) == of(0)


def test_trades_of_the_other_side_do_not_move_the_queue(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.trade("0.99", 30, BUYER)
    assert house.matching.queue_ahead(order) == of(40)


def test_inside_the_spread_nobody_is_ahead(queued):
    house = queued()
    order = house.limit(SELL, 10, "1.00")
    assert house.matching.queue_ahead(order) == of(0)
    house.trade("1.00", 10, BUYER)
    assert order.status == OrderStatus.FILLED


def test_a_trade_is_shared_by_time_among_own_orders(queued):
    house = queued()
    first = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 60)
    second = house.limit(BUY, 10, "0.99")
    assert house.matching.queue_ahead(second) == of(60)
    # 65 trade: 65 - 40 = 25 are left for the first, which takes 10; so 55 come to the 60 ahead of the second
    house.trade("0.99", 65, SELLER)
    assert first.status == OrderStatus.FILLED
    assert second.filled_qty == of(0)
    # All that the level showed has traded
    house.trade("0.99", 4, SELLER)
    assert second.filled_qty == of(4)


def test_two_orders_behind_one_queue_share_what_passes_it(queued):
    house = queued()
    first, second = house.limit(BUY, 10, "0.99"), house.limit(BUY, 10, "0.99")
    # 40 are ahead of both: 5 pass, not 5 for each
    house.trade("0.99", 45, SELLER)
    assert (first.filled_qty, second.filled_qty) == (of(5), of(0))
    house.trade("0.99", 8, SELLER)
    assert (first.filled_qty, second.filled_qty) == (of(10), of(3))


def test_an_order_behind_may_be_served_while_one_before_it_waits(queued):
    # The better price is served first by its own queue, the order beyond it by the trade through it
    house = queued()
    deep = house.limit(BUY, 10, "0.98")
    near = house.limit(BUY, 10, "0.99")
    house.trade("0.98", 85, SELLER)
    # near: passed by the trade, takes 10 of 85; deep: 75 come to it, 70 ahead leave 5
    assert near.status == OrderStatus.FILLED
    assert deep.filled_qty == of(5)


def test_the_book_follows_its_trade_without_counting_it_twice(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 100)
    house.trade("0.99", 25, SELLER)
    house.level(BUY, "0.99", 75)
    assert house.matching.queue_ahead(order) == of(15)


# -- cancels ---------------------------------------------------------------------------------------------------------


def test_risk_averse_blames_those_behind(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 100)
    house.level(BUY, "0.99", 45)
    assert house.matching.queue_ahead(order) == of(40)
    # Fewer than were ahead are left
    house.level(BUY, "0.99", 30)
    assert house.matching.queue_ahead(order) == of(30)


def test_a_level_that_vanishes_and_comes_back_is_behind(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 0)
    house.level(BUY, "0.99", 500)
    assert house.matching.queue_ahead(order) == of(0)


def test_power_of_one_halves_a_cancel_between_equal_parts(queued):
    house = queued(PowerProbQueueModel(1.0))
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 80)
    # 40 ahead, 40 behind, p = 1/2: of 20 cancelled 10 were ahead
    house.level(BUY, "0.99", 60)
    assert house.matching.queue_ahead(order) == of(30)


@pytest.mark.parametrize(
    ("model", "chance"),
    [
        (PowerProbQueueModel(2.0), 60**2 / (60**2 + 40**2)),
        (PowerProbQueueModel2(2.0), 60**2 / 100**2),
        (PowerProbQueueModel3(2.0), 1 - (40 / 100) ** 2),
        (LogProbQueueModel(), math.log(61) / (math.log(61) + math.log(41))),
        (LogProbQueueModel2(), math.log(61) / math.log(101)),
    ],
    ids=repr,
)
def test_formulas(model, chance):
    # 40 ahead, 60 behind, 20 cancelled
    assert model.ahead_after(40, 100, 80) == math.ceil(40 - (1 - chance) * 20)


def test_what_the_back_cannot_have_lost_was_ahead():
    # p = 10^3 / (10^3 + 90^3) = 0.00137; of 50 cancelled 49.93 ahead
    assert PowerProbQueueModel(3.0).ahead_after(90, 100, 50) == 41
    # p = 0.5; 45 of 90 cancelled would be behind, where only 50 are: all fits; of 98, 49 fit too
    assert PowerProbQueueModel(1.0).ahead_after(50, 100, 2) == 1
    # p = 1 - (20/100)^2 = 0.96: 86.4 of 90 behind, where 80 are: 20 - 3.6 - 6.4 = 10
    assert PowerProbQueueModel3(2.0).ahead_after(20, 100, 10) == 10


@given(st.data(), st.sampled_from(MODELS))
def test_nobody_falls_back(data, model):
    before = data.draw(st.integers(1, 10**12))
    ahead = data.draw(st.integers(0, before))
    after = data.draw(st.integers(0, before - 1))
    result = model.ahead_after(ahead, before, after)
    assert 0 <= result <= min(ahead, after)
    # Those behind lose no more than they are
    assert ahead - result <= before - after


@pytest.mark.parametrize("side", [BUY, SELL])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_order_follows_its_own_level(new_house, side, data):
    # Without trades, and where nobody ahead cancels, what is ahead is the least that the level ever showed
    house = new_house(BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    cents = st.integers(1, 60).map(lambda depth: 100 - depth if side == BUY else 100 + depth)
    sizes = st.integers(0, 50)
    house.level(SELL if side == BUY else BUY, "2.00" if side == BUY else "0.10", 5)
    shown = {}
    for price, size in data.draw(st.lists(st.tuples(cents, sizes), max_size=60)):
        shown[price] = size
        house.level(side, f"{price / 100:.2f}", size)
    own = [(house.limit(side, 1, f"{price / 100:.2f}"), price) for price in data.draw(st.lists(cents, min_size=1, max_size=30))]
    least = [shown.get(price, 0) for _, price in own]
    for price, size in data.draw(st.lists(st.tuples(cents, sizes), max_size=40)):
        shown[price] = size
        house.level(side, f"{price / 100:.2f}", size)
        least = [min(ahead, shown.get(at, 0)) for ahead, (_, at) in zip(least, own, strict=True)]
        assert [int(house.matching.queue_ahead(order)) for order, _ in own] == least


# -- orders that change ----------------------------------------------------------------------------------------------


def test_a_smaller_quantity_keeps_its_place_and_a_larger_loses_it(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 100)
    house.modify(order, qty=5)
    assert house.matching.queue_ahead(order) == of(40)
    house.modify(order, qty=20)
    assert house.matching.queue_ahead(order) == of(100)


def test_a_part_that_filled_leaves_the_rest_at_the_front(queued):
    house = queued()
    order = house.limit(BUY, 10, "0.99")
    house.trade("0.99", 43, SELLER)
    assert order.filled_qty == of(3)
    house.trade("0.99", 2, SELLER)
    assert order.filled_qty == of(5)


# -- L1 --------------------------------------------------------------------------------------------------------------


def test_on_l1_the_queue_is_joined_when_the_touch_comes(new_house):
    house = new_house(queue_model=RiskAverseQueueModel())
    house.quote("0.99", "1.01", 40, 50)
    best = house.limit(BUY, 10, "0.99")
    deep = house.limit(BUY, 10, "0.98")
    assert house.matching.queue_ahead(best) == of(40)
    assert house.matching.queue_ahead(deep) is None
    # Nothing is known of 0.98: a trade at it tells nothing yet, and 0.99 has been passed
    house.trade("0.98", 10, SELLER)
    assert best.status == OrderStatus.FILLED
    assert deep.filled_qty == of(0)
    house.quote("0.98", "1.01", 25, 50)
    assert house.matching.queue_ahead(deep) == of(25)
    house.trade("0.98", 30, SELLER)
    assert deep.filled_qty == of(5)


def test_on_l1_a_place_is_kept_while_the_touch_is_away(new_house):
    house = new_house(queue_model=RiskAverseQueueModel())
    house.quote("0.99", "1.01", 40, 50)
    order = house.limit(BUY, 10, "0.99")
    house.quote("1.00", "1.01", 10, 50)
    assert house.matching.queue_ahead(order) == of(40)
    house.quote("0.99", "1.01", 30, 50)
    assert house.matching.queue_ahead(order) == of(30)


def test_where_trades_make_the_book_nobody_is_ahead(new_house):
    house = new_house(queue_model=RiskAverseQueueModel())
    house.trade("1.00", 5, BUYER)
    order = house.limit(BUY, 10, "0.99")
    house.trade("0.99", 4, SELLER)
    assert order.filled_qty == of(4)


# -- ten levels ------------------------------------------------------------------------------------------------------


def ten_levels(house, best, size):
    """Ten bids of the same size from `best` cents down, and one ask."""
    bids = [(Price(best / 100 - i / 100, 2), of(size)) for i in range(10)]
    nothing = BookOrder(OrderSide.SELL, Price.from_str("0.00"), of(0), 0)
    depth = OrderBookDepth10(
        house.pair.id,
        [BookOrder(BUY, price, quantity, 0) for price, quantity in bids],
        [BookOrder(SELL, Price.from_str("2.00"), of(5), 0)] + [nothing] * 9,
        [1] * 10, [1] * 10, 0, 0, house.now, house.now,
    )
    house.market.apply(depth)
    house.matching.on_market(house.now)
    house.settle()


def test_on_ten_levels_a_place_is_kept_while_its_level_is_not_among_them(new_house):
    house = new_house(BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    ten_levels(house, 99, 40)
    order = house.limit(BUY, 10, "0.95")
    ten_levels(house, 110, 40)
    assert house.matching.queue_ahead(order) == of(40)
    ten_levels(house, 99, 30)
    assert house.matching.queue_ahead(order) == of(30)
    # A level that is missing between others is empty
    ten_levels(house, 94, 30)
    assert house.matching.queue_ahead(order) == of(0)


def test_on_ten_levels_a_deeper_queue_is_joined_when_it_shows(new_house):
    house = new_house(BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    ten_levels(house, 99, 40)
    order = house.limit(BUY, 10, "0.85")
    assert house.matching.queue_ahead(order) is None
    house.trade("0.85", 50, SELLER)
    assert order.filled_qty == of(0)
    ten_levels(house, 94, 25)
    assert house.matching.queue_ahead(order) == of(25)
    house.trade("0.85", 30, SELLER)
    assert order.filled_qty == of(5)


# -- the model itself ------------------------------------------------------------------------------------------------


def test_without_a_model_there_is_no_queue(new_house):
    house = new_house(BookType.L2_MBP)
    house.bids(("0.99", 40))
    house.asks(("1.01", 40))
    order = house.limit(BUY, 10, "0.99")
    assert house.matching.queue_ahead(order) is None
    house.trade("0.99", 10, SELLER)
    assert order.status == OrderStatus.FILLED
    assert order.last_event.last_px == Price.from_str("0.99")


def test_a_users_model_decides(queued):
    class AllAhead(QueueModel):
        def ahead_after(self, ahead, before, after):
            seen.append((ahead, before, after))
            return ahead - (before - after)

    seen = []
    house = queued(AllAhead())
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 100)
    house.level(BUY, "0.99", 85)
    assert seen == [(40, 100, 85)]
    assert house.matching.queue_ahead(order) == of(25)


def test_a_users_model_may_build_on_another(queued):
    class Twice(PowerProbQueueModel):
        def ahead_after(self, ahead, before, after):
            return super().ahead_after(ahead, before, after) - 1

    house = queued(Twice(1.0))
    order = house.limit(BUY, 10, "0.99")
    house.level(BUY, "0.99", 80)
    house.level(BUY, "0.99", 60)
    assert house.matching.queue_ahead(order) == of(29)


def test_a_users_error_stops_the_run(queued):
    class Broken(QueueModel):
        def ahead_after(self, ahead, before, after):
            raise RuntimeError("out of order")

    house = queued(Broken())
    house.limit(BUY, 10, "0.99")
    with pytest.raises(RuntimeError, match="out of order"):
        house.level(BUY, "0.99", 30)


@pytest.mark.parametrize("n", [0.0, -1.0, float("nan"), float("inf")])
def test_an_exponent_is_positive(n):
    with pytest.raises(InvalidConfiguration, match="`n`, must be positive"):
        PowerProbQueueModel(n)


def test_sizes_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="must be 0 <= ahead <= before"):
        RiskAverseQueueModel().ahead_after(11, 10, 5)
