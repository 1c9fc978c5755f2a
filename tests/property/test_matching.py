"""Random operations on a venue: what must hold whatever happens."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    BestPriceFillModel,
    CompetitionAwareFillModel,
    FillModel,
    LimitOrderPartialFillModel,
    OneTickSlippageFillModel,
    ProbabilisticFillModel,
    SizeAwareFillModel,
    SquareRootImpactFillModel,
    ThreeTierFillModel,
    ThroughTicksFillModel,
    VolumeShareFillModel,
)
from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, OrderType, TimeInForce
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Price

PRICES = st.integers(9_990, 10_010)
SIZES = st.integers(1, 40)
SIDES = st.sampled_from([OrderSide.BUY, OrderSide.SELL])
TIMES = st.sampled_from([TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK])

ORDERS = st.one_of(
    st.tuples(st.just("market"), SIDES, SIZES, st.booleans()),
    st.tuples(st.just("limit"), SIDES, SIZES, PRICES, TIMES, st.booleans(), st.booleans()),
    st.tuples(st.just("stop"), SIDES, SIZES, PRICES, st.booleans()),
    st.tuples(st.just("stop_limit"), SIDES, SIZES, PRICES, PRICES),
    st.tuples(st.just("cancel"), st.integers(0, 50)),
    st.tuples(st.just("modify"), st.integers(0, 50), SIZES, PRICES),
)
TRADES = st.tuples(st.just("trade"), PRICES, SIZES, st.sampled_from(list(AggressorSide)))
QUOTES = st.tuples(st.just("quote"), PRICES, st.integers(1, 4), SIZES, SIZES)
BARS = st.tuples(st.just("bar"), st.lists(PRICES, min_size=4, max_size=4), SIZES)
LEVELS = st.tuples(st.just("level"), SIDES, st.integers(1, 8), st.integers(0, 40))


def px(raw: int) -> str:
    return f"{raw // 100}.{raw % 100:02d}"


def act(venue: Any, action: tuple[Any, ...], orders: list[Any]) -> None:
    kind, *terms = action
    if kind == "quote":
        bid, spread, bid_size, ask_size = terms
        venue.quote(px(bid), px(bid + spread), bid_size, ask_size)
    elif kind == "bar":
        path, size = terms
        venue.bar(*map(px, path), size=size)
    elif kind == "level":
        side, depth, size = terms
        venue.level(side, px(10_000 + depth if side == OrderSide.SELL else 10_000 - depth), size)
    elif kind == "trade":
        price, size, aggressor = terms
        venue.trade(px(price), size, aggressor)
    elif kind == "market":
        side, size, reduce_only = terms
        orders.append(venue.market_order(side, size, reduce_only=reduce_only))
    elif kind == "limit":
        side, size, price, time_in_force, post_only, reduce_only = terms
        post_only = post_only and time_in_force == TimeInForce.GTC
        orders.append(
            venue.limit(
                side, size, px(price), time_in_force=time_in_force, post_only=post_only, reduce_only=reduce_only
            )
        )
    elif kind == "stop":
        side, size, trigger, reduce_only = terms
        orders.append(venue.stop(side, size, px(trigger), reduce_only=reduce_only))
    elif kind == "stop_limit":
        side, size, price, trigger = terms
        orders.append(venue.stop_limit(side, size, px(price), px(trigger)))
    elif orders:
        order = orders[terms[0] % len(orders)]
        if kind == "cancel":
            venue.cancel(order)
        elif order.order_type == OrderType.LIMIT:
            venue.modify(order, qty=terms[1], price=px(terms[2]))


def check_fill(venue: Any, fill: OrderFilled, before: int) -> None:
    order = venue.cache.order(fill.client_order_id)
    sign = 1 if fill.order_side == OrderSide.BUY else -1
    if order.order_type in (OrderType.LIMIT, OrderType.STOP_LIMIT):
        limit = order_limit_at(venue, order, fill)
        assert sign * fill.last_px.raw <= sign * limit.raw
    if order.is_reduce_only:
        after = before + sign * fill.last_qty.raw
        assert before * sign < 0 and before * after >= 0


def order_limit_at(venue: Any, order: Any, fill: OrderFilled) -> Price:
    """Return the limit price of the order when it filled."""
    price = order.init_event.options["price"]
    price = price if isinstance(price, Price) else Price.from_str(str(price))
    for event in venue.events:
        if event is fill:
            break
        if type(event).__name__ == "OrderUpdated" and event.client_order_id == order.client_order_id:
            price = event.price or price
    return price


def check(venue: Any, actions: list[tuple[Any, ...]]) -> None:
    orders: list[Any] = []
    net = 0
    for action in actions:
        seen = len(venue.events)
        act(venue, action, orders)
        for event in venue.events[seen:]:
            if isinstance(event, OrderFilled):
                check_fill(venue, event, net)
                net += event.last_qty.raw * (1 if event.order_side == OrderSide.BUY else -1)
        working = venue.matching.get_open_orders()
        for order in orders:
            assert order.is_closed != (order in working)
            assert 0 <= order.filled_qty.raw <= order.quantity.raw
            assert order.filled_qty.raw == sum(qty for qty, _, _ in venue.fills(order))
    assert venue.net() == net


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(QUOTES, TRADES, BARS, ORDERS, ORDERS), max_size=40), seed=st.integers(0, 5))
def test_l1_orders_end_or_rest_within_their_terms(house: Any, actions: list[Any], seed: int) -> None:
    check(house(fill_model=FillModel(0.5, 0.5, seed), reject_stop_orders=seed % 2 == 0), actions)


SHAPING = st.sampled_from(
    [
        BestPriceFillModel,
        LimitOrderPartialFillModel,
        OneTickSlippageFillModel,
        ProbabilisticFillModel,
        SizeAwareFillModel,
        ThreeTierFillModel,
        lambda: CompetitionAwareFillModel(prob_fill_on_limit=0.5),
        lambda: SquareRootImpactFillModel(1.0, 0.0005, 100),
        lambda: ThroughTicksFillModel(2, prob_slippage=0.5),
        lambda: VolumeShareFillModel(0.4, 0.01),
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(QUOTES, TRADES, BARS, ORDERS, ORDERS), max_size=40), make=SHAPING)
def test_l1_orders_keep_their_terms_whatever_the_fill_model(house: Any, actions: list[Any], make: Any) -> None:
    check(house(fill_model=make(), reject_stop_orders=False), actions)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(LEVELS, LEVELS, TRADES, ORDERS, ORDERS), max_size=40), make=SHAPING)
def test_l2_orders_keep_their_terms_whatever_the_fill_model(house: Any, actions: list[Any], make: Any) -> None:
    check(house(book_type=BookType.L2_MBP, fill_model=make()), actions)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(LEVELS, LEVELS, TRADES, ORDERS, ORDERS), max_size=40), seed=st.integers(0, 5))
def test_l2_orders_end_or_rest_within_their_terms(house: Any, actions: list[Any], seed: int) -> None:
    check(house(book_type=BookType.L2_MBP, fill_model=FillModel(0.5, 0.0, seed)), actions)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.tuples(st.integers(1, 3), SIZES), min_size=1, max_size=6), wants=st.lists(SIZES, max_size=6))
def test_l2_resting_buys_never_take_more_than_was_shown(house: Any, sizes: list[Any], wants: list[int]) -> None:
    venue = house(book_type=BookType.L2_MBP)
    for want in wants:
        venue.limit(OrderSide.BUY, want, "100.00")
    shown = 0
    standing: dict[int, int] = {}
    for depth, size in sizes:
        if standing.get(depth) != size:
            shown += size
        standing[depth] = size
        venue.level(OrderSide.SELL, px(10_000 - depth), size)
    assert sum(qty for qty, _, _ in venue.fills()) <= shown
    first = sizes[0][1]
    assert sum(qty for qty, _, _ in venue.fills()) >= min(first, sum(wants))
