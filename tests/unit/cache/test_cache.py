"""The cache: orders, positions and accounts."""

import pytest

from nautilus_lite.accounting.accounts.cash import CashAccount
from nautilus_lite.cache.cache import Cache
from nautilus_lite.cache.config import CacheConfig
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import AccountType, LiquiditySide, OrderSide, OrderType, PositionSide
from nautilus_lite.model.events import (
    AccountState,
    OrderAccepted,
    OrderCanceled,
    OrderFilled,
    OrderPendingCancel,
    OrderSubmitted,
)
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import AccountBalance, Currency, Money, Price, Quantity
from nautilus_lite.model.orders import LimitOrder
from nautilus_lite.model.position import Position

USD = Currency.from_str("USD")
JPY = Currency.from_str("JPY")
GBP = Currency.from_str("GBP")
TRADER = TraderId("TRADER-001")
S1, S2 = StrategyId("S-001"), StrategyId("S-002")
SIM, OTHER = Venue("SIM"), Venue("OTHER")
ACCOUNT = AccountId("SIM-001")
IDS = UUIDFactory(7)


def pair(text, base, quote):
    instrument_id = InstrumentId.from_str(text)
    return CurrencyPair(
        instrument_id, instrument_id.symbol, base, quote, 2, 0, Price(0.01, 2), Quantity(1, 0), 0, 0
    )


GBPUSD = pair("GBP/USD.SIM", GBP, USD)
USDJPY = pair("USD/JPY.SIM", USD, JPY)
ELSEWHERE = pair("GBP/USD.OTHER", GBP, USD)


def limit(n, instrument=GBPUSD, strategy=S1, side=OrderSide.BUY, quantity=10):
    return LimitOrder(
        trader_id=TRADER,
        strategy_id=strategy,
        instrument_id=instrument.id,
        client_order_id=ClientOrderId(f"O-{n}"),
        order_side=side,
        quantity=Quantity(quantity, 0),
        price=Price(1.25, 2),
        init_id=IDS.generate(),
        ts_init=0,
    )


def common(order, **extra):
    return {
        "trader_id": TRADER,
        "strategy_id": order.strategy_id,
        "instrument_id": order.instrument_id,
        "client_order_id": order.client_order_id,
        "account_id": ACCOUNT,
        "event_id": IDS.generate(),
        "ts_event": 0,
        "ts_init": 0,
        **extra,
    }


def submitted(order):
    return OrderSubmitted(**common(order))


def accepted(order):
    return OrderAccepted(**common(order, venue_order_id=VenueOrderId("V" + order.client_order_id.value)))


def canceled(order):
    return OrderCanceled(**common(order, venue_order_id=order.venue_order_id))


def filled(order, quantity, price, position_id, trade="1", side=None):
    return OrderFilled(
        **common(order, venue_order_id=VenueOrderId("V" + order.client_order_id.value)),
        trade_id=TradeId(trade),
        position_id=position_id,
        order_side=order.side if side is None else side,
        order_type=OrderType.LIMIT,
        last_qty=Quantity(quantity, 0),
        last_px=Price(price, 2),
        currency=USD,
        commission=Money(0, USD),
        liquidity_side=LiquiditySide.TAKER,
    )


@pytest.fixture
def cache():
    cache = Cache()
    for instrument in (GBPUSD, USDJPY, ELSEWHERE):
        cache.add_instrument(instrument)
    yield cache
    cache._check()


def apply(cache, order, *events):
    for event in events:
        order.apply(event)
        cache.update_order(order)
        cache._check()


def work(cache, order):
    cache.add_order(order)
    apply(cache, order, submitted(order))
    apply(cache, order, accepted(order))
    return order


def open_position(cache, order, position_id, price=1.25, instrument=GBPUSD):
    cache.add_order(order)
    apply(cache, order, submitted(order))
    apply(cache, order, accepted(order))
    fill = filled(order, 10, price, position_id)
    apply(cache, order, fill)
    position = Position(instrument, fill)
    cache.add_position(position)
    return position


def close_position(cache, position, n, price=1.30):
    order = limit(n, side=OrderSide.SELL)
    work(cache, order)
    fill = filled(order, 10, price, position.id, trade=f"close-{n}")
    apply(cache, order, fill)
    position.apply(fill)
    cache.update_position(position)
    return order


def test_an_order_moves_through_the_indices_with_its_state(cache):
    order = limit(1)
    cache.add_order(order)
    key = order.client_order_id

    def where():
        return (cache.is_order_inflight(key), cache.is_order_open(key), cache.is_order_closed(key))

    assert where() == (False, False, False)
    apply(cache, order, submitted(order))
    assert where() == (True, False, False)
    assert cache.orders_inflight() == [order]
    apply(cache, order, accepted(order))
    assert where() == (False, True, False)
    apply(cache, order, OrderPendingCancel(**common(order, venue_order_id=order.venue_order_id)))
    assert cache.is_order_inflight(key)
    apply(cache, order, canceled(order))
    assert where() == (False, False, True)
    assert cache.orders_open() == []
    assert cache.orders_closed() == [order]
    assert cache.orders() == [order]
    assert cache.order(key) is order
    assert cache.order_exists(key)


def test_overwriting_an_order_in_flight_leaves_nothing_of_it(cache):
    first, second = limit(1), limit(1)
    cache.add_order(first)
    apply(cache, first, submitted(first))
    cache.add_order(second, overwrite=True)
    assert cache.orders_inflight() == []
    assert not cache.is_order_inflight(second.client_order_id)


def test_order_ids_are_unique_unless_overwritten(cache):
    order = work(cache, limit(1))
    with pytest.raises(ValueError, match="`client_order_id`, must be new to the cache, was O-1"):
        cache.add_order(limit(1))
    other = limit(1)
    cache.add_order(other, overwrite=True)
    assert cache.order(order.client_order_id) is other
    assert cache.orders_open() == []


def test_updating_an_unknown_order_says_so(cache):
    with pytest.raises(KeyError, match="no order O-9, add it first"):
        cache.update_order(limit(9))
    assert cache.order(ClientOrderId("O-9")) is None


def test_order_filters(cache):
    a = work(cache, limit("a"))
    b = work(cache, limit("b", side=OrderSide.SELL))
    c = work(cache, limit("c", instrument=USDJPY, strategy=S2))
    d = work(cache, limit("d", instrument=ELSEWHERE))
    assert cache.orders_open() == [a, b, c, d]
    assert cache.orders_open(venue=SIM) == [a, b, c]
    assert cache.orders_open(OTHER) == [d]
    assert cache.orders_open(instrument_id=GBPUSD.id) == [a, b]
    assert cache.orders_open(venue=OTHER, instrument_id=GBPUSD.id) == []
    assert cache.orders_open(strategy_id=S2) == [c]
    assert cache.orders_open(instrument_id=GBPUSD.id, side=OrderSide.SELL) == [b]
    assert cache.orders_open(account_id=AccountId("SIM-002")) == []
    assert cache.orders_open_count() == 4
    assert cache.orders_open_count(instrument_id=GBPUSD.id, strategy_id=S2) == 0
    apply(cache, a, canceled(a))
    assert cache.orders(instrument_id=GBPUSD.id) == [a, b]
    assert cache.orders_open(instrument_id=GBPUSD.id) == [b]
    assert cache.orders_closed(strategy_id=S1) == [a]
    assert (cache.orders_total_count(), cache.orders_open_count(), cache.orders_closed_count()) == (4, 3, 1)
    assert cache.orders_closed_count(venue=OTHER) == 0
    assert cache.orders_inflight_count() == 0
    assert cache.client_order_ids(instrument_id=GBPUSD.id) == {a.client_order_id, b.client_order_id}
    assert cache.client_order_ids_open(SIM) == {b.client_order_id, c.client_order_id}
    assert cache.client_order_ids_closed() == {a.client_order_id}
    assert cache.client_order_ids_inflight() == set()


def test_nothing_is_emulated(cache):
    order = work(cache, limit(1))
    assert cache.orders_emulated() == []
    assert cache.orders_emulated_count() == 0
    assert not cache.is_order_emulated(order.client_order_id)


def test_venue_order_ids(cache):
    order = work(cache, limit(1))
    assert cache.client_order_id(VenueOrderId("VO-1")) == order.client_order_id
    assert cache.venue_order_id(order.client_order_id) == VenueOrderId("VO-1")
    assert cache.client_order_id(VenueOrderId("nothing")) is None
    assert cache.venue_order_id(ClientOrderId("nothing")) is None


def test_strategies(cache):
    order = work(cache, limit(1, strategy=S2))
    assert cache.strategy_ids() == {S2}
    assert cache.strategy_id_for_order(order.client_order_id) == S2
    assert cache.strategy_id_for_order(ClientOrderId("nothing")) is None


def test_a_closed_position_leaves_the_open_indices(cache):
    position = open_position(cache, limit(1), PositionId("P-1"))
    assert cache.positions_open() == [position]
    assert cache.positions_open(instrument_id=GBPUSD.id, side=PositionSide.LONG) == [position]
    assert cache.positions_open(side=PositionSide.SHORT) == []
    assert cache.is_position_open(position.id)
    assert cache.position_open_ids() == {position.id}
    close_position(cache, position, 2)
    assert cache.positions_open() == []
    assert cache.positions_open_count(instrument_id=GBPUSD.id) == 0
    assert cache.positions_closed() == [position]
    assert cache.is_position_closed(position.id)
    assert cache.position_closed_ids() == cache.position_ids() == {position.id}
    assert (cache.positions_total_count(), cache.positions_closed_count()) == (1, 1)
    assert cache.position(position.id) is position
    assert cache.strategy_id_for_position(position.id) == S1


def test_position_filters(cache):
    a = open_position(cache, limit("a"), PositionId("P-a"))
    b = open_position(cache, limit("b", USDJPY, S2, OrderSide.SELL), PositionId("P-b"), instrument=USDJPY)
    c = open_position(cache, limit("c", ELSEWHERE), PositionId("P-c"), instrument=ELSEWHERE)
    assert cache.positions() == [a, b, c]
    assert cache.positions(venue=SIM) == [a, b]
    assert cache.positions(instrument_id=ELSEWHERE.id) == [c]
    assert cache.positions_open(strategy_id=S2) == [b]
    assert cache.positions_open(side=PositionSide.LONG) == [a, c]
    assert cache.positions_open(account_id=ACCOUNT) == [a, b, c]
    assert cache.positions_open(OTHER, GBPUSD.id) == []
    assert cache.positions_open_count() == 3


def test_orders_and_their_positions(cache):
    opening = limit(1)
    position = open_position(cache, opening, PositionId("P-1"))
    closing = close_position(cache, position, 2)
    planned = limit(3)
    cache.add_order(planned, position_id=position.id)
    assert cache.position_for_order(opening.client_order_id) is position
    assert cache.position_for_order(closing.client_order_id) is position
    assert cache.position_id(planned.client_order_id) == position.id
    assert cache.orders_for_position(position.id) == [opening, closing, planned]
    assert cache.position_for_order(ClientOrderId("nothing")) is None
    cache.add_position_id(PositionId("P-2"), SIM, planned.client_order_id, S1)
    assert cache.orders_for_position(position.id) == [opening, closing]
    assert cache.position_for_order(planned.client_order_id) is None


def test_an_open_position_is_not_replaced_and_a_closed_one_is(cache):
    position = open_position(cache, limit(1), PositionId("P-1"))
    order = limit(2)
    again = Position(GBPUSD, filled(order, 10, 1.25, position.id, trade="2"))
    with pytest.raises(ValueError, match="must not replace an open one, was P-1"):
        cache.add_position(again)
    close_position(cache, position, 3)
    cache.add_position(again)
    assert cache.position(position.id) is again
    assert cache.positions_open() == [again]
    assert cache.positions_closed() == []
    with pytest.raises(KeyError, match="no position P-1, add it first"):
        cache.update_position(position)


def test_snapshots_keep_every_cycle_apart(cache):
    position_id = PositionId("GBP/USD.SIM-S-001")
    realized = []
    for cycle in range(3):
        position = open_position(cache, limit(f"open-{cycle}"), position_id, 1.25)
        close_position(cache, position, f"close-{cycle}", 1.30 + cycle / 10)
        cache.snapshot_position(position)
        realized.append(position.realized_pnl)
    snapshots = cache.position_snapshots(position_id)
    # 10 pounds bought at 1.25 and sold at 1.30, 1.40, 1.50
    assert [snapshot.realized_pnl for snapshot in snapshots] == realized
    assert realized == [Money(0.50, USD), Money(1.50, USD), Money(2.50, USD)]
    assert all(snapshot.id == position_id for snapshot in snapshots)
    assert snapshots[2] is not position
    assert cache.position_snapshots() == snapshots
    assert cache.position_snapshots(account_id=AccountId("SIM-002")) == []
    assert cache.position_snapshots(PositionId("nothing")) == []


def account(number="001"):
    state = AccountState(
        account_id=AccountId(f"SIM-{number}"),
        account_type=AccountType.CASH,
        base_currency=USD,
        reported=True,
        balances=[AccountBalance(Money(100, USD), Money(0, USD), Money(100, USD))],
        margins=[],
        info={},
        event_id=IDS.generate(),
        ts_event=0,
        ts_init=0,
    )
    return CashAccount(state)


def test_accounts_by_id_and_venue(cache):
    first = account()
    cache.add_account(first)
    assert cache.account(first.id) is first
    assert cache.account_for_venue(SIM) is first
    assert cache.account_id(SIM) == first.id
    assert cache.account_for_venue(OTHER) is None
    assert cache.account(AccountId("SIM-002")) is None
    assert cache.accounts() == [first]
    with pytest.raises(ValueError, match="must be new to the cache, was SIM-001"):
        cache.add_account(first)
    replacement = account()
    cache.update_account(replacement)
    assert cache.account_for_venue(SIM) is replacement
    with pytest.raises(KeyError, match="no account SIM-002"):
        cache.update_account(account("002"))


def test_general_values(cache):
    cache.add("state", b"\x01")
    assert cache.get("state") == b"\x01"
    assert cache.get("nothing") is None
    with pytest.raises(ValueError, match="`key`, must not be empty"):
        cache.add("", b"")


def test_residuals_are_logged(cache, caplog):
    assert not cache.check_residuals()
    work(cache, limit(1))
    open_position(cache, limit(2), PositionId("P-1"))
    assert cache.check_residuals()
    assert "still open" in caplog.text
    assert "O-1" in caplog.text
    assert "P-1" in caplog.text


def test_integrity_finds_an_index_that_was_not_updated(caplog):
    cache = Cache()
    cache.add_instrument(GBPUSD)
    order = work(cache, limit(1))
    assert cache.check_integrity()
    order.apply(canceled(order))
    assert not cache.check_integrity()
    assert "index `_orders_open` of the cache is wrong at O-1" in caplog.text


def test_reset_keeps_instruments_and_allows_the_same_run_again(cache):
    def run():
        position = open_position(cache, limit(1), PositionId("P-1"))
        close_position(cache, position, 2)
        cache.snapshot_position(position)
        work(cache, limit(3))
        cache.add_account(account())
        return (
            [order.client_order_id for order in cache.orders()],
            cache.orders_open_count(),
            [p.realized_pnl for p in cache.position_snapshots()],
            len(cache.accounts()),
        )

    first = run()
    cache.add("key", b"value")
    cache.reset()
    assert cache.instruments() == [GBPUSD, USDJPY, ELSEWHERE]
    assert cache.orders() == cache.positions() == cache.accounts() == cache.position_snapshots() == []
    assert cache.strategy_ids() == set()
    assert cache.get("key") is None
    assert cache.client_order_id(VenueOrderId("VO-1")) is None
    assert run() == first


def test_capacities_come_from_the_configuration():
    cache = Cache(config=CacheConfig(tick_capacity=3, bar_capacity=2))
    assert (cache.market.capacity, cache.market.bar_capacity) == (3, 2)
    with pytest.raises(InvalidConfiguration, match="`bar_capacity`, must be > 0, was 0"):
        CacheConfig(bar_capacity=0)


def test_open_orders_of_an_instrument_cost_what_is_open_there(cache):
    from time import perf_counter

    def cost():
        started = perf_counter()
        for _ in range(2_000):
            cache.orders_open(instrument_id=USDJPY.id)
        return perf_counter() - started

    work(cache, limit("jpy", USDJPY))
    before = min(cost() for _ in range(3))
    for n in range(2_000):
        order = limit(n)
        cache.add_order(order)
        for event in (submitted(order), accepted(order)):
            order.apply(event)
            cache.update_order(order)
    after = min(cost() for _ in range(3))
    # a scan of the 2,000 others would take hundreds of times as long
    assert after < 20 * before
