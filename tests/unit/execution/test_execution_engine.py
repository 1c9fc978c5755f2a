import pytest

from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.execution.client import ExecutionClient
from nautilus_lite.execution.messages import CancelOrder
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, OrderStatus, PositionSide
from nautilus_lite.model.events.account import AccountState
from nautilus_lite.model.events.order import (
    OrderAccepted,
    OrderCancelRejected,
    OrderDenied,
    OrderFilled,
    OrderSubmitted,
)
from nautilus_lite.model.events.position import PositionChanged, PositionClosed, PositionOpened
from nautilus_lite.model.identifiers import AccountId, ClientId, ClientOrderId, PositionId, StrategyId, Venue
from nautilus_lite.model.objects import AccountBalance, Currency, Money, Price, Quantity

USD = Currency.from_str("USD")
BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk("MARGIN")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


@pytest.fixture
def hedge(make_desk, pair):
    desk = make_desk("MARGIN", "HEDGING")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


def market(desk, side, qty, **options):
    return desk.orders.market(desk.aud.id, side, desk.aud.make_qty(qty), **options)


def position_events(desk):
    return [e for e in desk.events if isinstance(e, (PositionOpened, PositionChanged, PositionClosed))]


# Routing


def test_submitted_order_is_cached_and_reaches_the_venue_of_its_instrument(desk):
    order = market(desk, BUY, 1_000)
    command = desk.command(order)
    desk.engine.execute(command)
    assert desk.client.commands == [command]
    assert desk.cache.order(order.client_order_id) is order
    assert desk.engine.command_count == 1


def test_every_kind_of_command_reaches_the_client(desk):
    order = desk.submit(market(desk, BUY, 1_000))
    command = CancelOrder(
        trader_id=desk.trader_id,
        strategy_id=desk.strategy_id,
        instrument_id=desk.aud.id,
        client_order_id=order.client_order_id,
        venue_order_id=None,
        command_id=desk.ids.generate(),
        ts_init=0,
    )
    desk.bus.send("ExecEngine.execute", command)
    assert desk.client.commands[-1] is command


def test_unknown_venue_is_named_with_the_known_ones(desk, pair):
    elsewhere = desk.add(pair("AUD/USD", venue="ELSEWHERE"), "0.80000")
    order = desk.orders.market(elsewhere.id, BUY, elsewhere.make_qty(1))
    with pytest.raises(InvalidConfiguration, match=r"order for an unknown venue ELSEWHERE .*known: \['SIM'\]"):
        desk.engine.execute(desk.command(order))
    assert desk.cache.order(order.client_order_id) is None


def test_unknown_client_is_named_with_the_known_ones(desk):
    with pytest.raises(InvalidConfiguration, match=r"no execution client X for AUD/USD.SIM, known: \['SIM'\]"):
        desk.engine.execute(desk.command(market(desk, BUY, 1), client_id=ClientId("X")))


def test_client_id_overrides_the_venue(desk):
    other = type(desk.client)(ClientId("OTHER"), Venue("OTHER"), OmsType.NETTING, AccountType.MARGIN)
    desk.engine.register_client(other)
    desk.engine.execute(desk.command(market(desk, BUY, 1), client_id=ClientId("OTHER")))
    assert len(other.commands) == 1
    assert desk.client.commands == []


def test_clients_are_registered_once_and_can_leave(desk):
    with pytest.raises(InvalidConfiguration, match="execution client SIM was registered before"):
        desk.engine.register_client(desk.client)
    twin = type(desk.client)(ClientId("TWIN"), Venue("SIM"), OmsType.NETTING, AccountType.MARGIN)
    with pytest.raises(InvalidConfiguration, match="venue SIM has an execution client already"):
        desk.engine.register_client(twin)
    assert desk.engine.registered_clients == [ClientId("SIM")]
    desk.engine.deregister_client(desk.client)
    assert desk.engine.registered_clients == []
    with pytest.raises(InvalidConfiguration, match="execution client SIM is not registered"):
        desk.engine.deregister_client(desk.client)


def test_client_without_a_method_says_which(desk):
    bare = ExecutionClient(ClientId("BARE"), Venue("BARE"), OmsType.NETTING, AccountType.CASH)
    assert bare.oms_type is OmsType.NETTING
    assert bare.account_type is AccountType.CASH
    desk.engine.register_client(bare)
    with pytest.raises(NotImplementedError, match="`ExecutionClient` must implement `submit_order`"):
        desk.engine.execute(desk.command(market(desk, BUY, 1), client_id=ClientId("BARE")))


def test_client_order_id_is_used_once(desk):
    order = market(desk, BUY, 1_000, client_order_id=ClientOrderId("O-SAME"))
    desk.submit(order)
    twin = market(desk, BUY, 1_000, client_order_id=ClientOrderId("O-SAME"))
    with pytest.raises(ValueError, match="O-SAME"):
        desk.engine.execute(desk.command(twin))
    assert desk.cache.order(order.client_order_id) is order


def test_price_with_fewer_digits_than_the_instrument_keeps_its_value(desk):
    order = desk.orders.limit(desk.aud.id, BUY, Quantity.from_int(1_000), Price.from_str("0.79"))
    desk.accept(order)
    assert order.price == Price.from_str("0.79000")
    assert order.price.precision == 5


def test_price_with_more_digits_than_the_instrument_is_denied(desk):
    order = desk.orders.limit(desk.aud.id, BUY, Quantity.from_int(1_000), Price.from_str("0.790001"))
    desk.engine.execute(desk.command(order))
    assert order.status is OrderStatus.DENIED
    assert "precision of price or quantity exceeds" in desk.events[0].reason
    assert desk.client.commands == []


# Quote quantities


def test_quote_quantity_becomes_base_quantity_once_at_the_price_of_the_other_side(desk):
    order = market(desk, BUY, 80_010, quote_quantity=True)
    desk.submit(order)
    assert order.quantity == Quantity.from_int(100_000)  # 80,010 / 0.80010
    assert order.leaves_qty == Quantity.from_int(100_000)
    assert not order.is_quote_quantity
    assert desk.engine.quote_conversion_price(order.client_order_id) == Price.from_str("0.80010")
    desk.quote(desk.aud, "0.50000")
    desk.fill(order, "0.80010")
    assert desk.portfolio.net_position(desk.aud.id) == 100_000


def test_quote_quantity_rounds_down_to_the_size_increment(desk):
    order = market(desk, SELL, 100, quote_quantity=True)
    desk.submit(order)
    assert order.quantity == Quantity.from_int(125)  # 100 / 0.80000
    order = market(desk, BUY, 100, quote_quantity=True)
    desk.submit(order)
    assert order.quantity == Quantity.from_int(124)  # 100 / 0.80010 = 124.98


def test_quote_quantity_is_exact_beyond_the_digits_of_a_float(desk):
    desk.quote(desk.aud, "1.00000")
    order = market(desk, SELL, 9_007_199_254_740_993, quote_quantity=True)
    desk.submit(order)
    assert order.quantity == Quantity.from_int(9_007_199_254_740_993)  # 2^53 + 1


def test_quote_quantity_without_a_price_is_denied(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"))
    order = market(desk, BUY, 100, quote_quantity=True)
    desk.engine.execute(desk.command(order))
    assert order.status is OrderStatus.DENIED
    assert desk.events[0].reason == "no price of AUD/USD.SIM to convert the quote quantity"


def test_quote_quantity_too_small_is_denied(desk):
    desk.quote(desk.aud, "2.00000")
    order = market(desk, BUY, 1, quote_quantity=True)
    desk.engine.execute(desk.command(order))
    assert desk.events[0].reason == "quote quantity comes to zero at 2.00000"


# Events


def test_event_of_an_unknown_order_is_an_error(desk):
    order = market(desk, BUY, 1_000)
    with pytest.raises(InvalidData, match=f"event for an unknown order {order.client_order_id}"):
        desk.engine.process(OrderSubmitted(**desk.common(order)))


def test_fill_of_more_than_is_left_is_an_error_and_changes_nothing(desk):
    order = desk.submit(market(desk, BUY, 1_000))
    desk.fill(order, "0.80000", 400)
    with pytest.raises(InvalidData, match="fill of 601 exceeds what is left of order .*, 600"):
        desk.engine.process(desk.fill_event(order, "0.80000", 601))
    assert order.filled_qty == Quantity.from_int(400)
    assert desk.portfolio.net_position(desk.aud.id) == 400


def test_fill_without_an_account_is_an_error(desk, pair):
    elsewhere = desk.add(pair("AUD/USD", venue="ELSEWHERE"), "0.80000")
    desk.engine.register_client(
        type(desk.client)(ClientId("ELSEWHERE"), Venue("ELSEWHERE"), OmsType.NETTING, AccountType.MARGIN)
    )
    order = desk.submit(desk.orders.market(elsewhere.id, BUY, elsewhere.make_qty(1)))
    with pytest.raises(InvalidData, match="fill in AUD/USD.ELSEWHERE without its instrument or an account"):
        desk.fill(order, "0.80000")


def test_other_objects_are_no_events(desk):
    with pytest.raises(TypeError, match="must be an OrderEvent or an AccountState"):
        desk.engine.process("event")


def test_events_are_published_in_one_order(desk):
    order = desk.accept(desk.orders.limit(desk.aud.id, BUY, desk.aud.make_qty(1_000), desk.aud.make_price("0.79")))
    desk.fill(order, "0.79000")
    kinds = [type(event) for event in desk.events]
    # The fill comes twice: on the topic of the strategy's orders and on that of the instrument's fills
    assert kinds == [
        OrderSubmitted, OrderAccepted, AccountState, OrderFilled, OrderFilled, PositionOpened, AccountState
    ]  # fmt: skip


def test_topics_name_strategy_instrument_and_account(desk):
    topics = ["events.order.S-001", "events.fills.AUD/USD.SIM", "events.position.S-001", "events.account.SIM-001"]
    seen = {topic: [] for topic in topics}
    for topic, events in seen.items():
        desk.bus.subscribe(topic, events.append)
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    assert [type(e) for e in seen["events.order.S-001"]] == [OrderSubmitted, OrderFilled]
    assert [type(e) for e in seen["events.fills.AUD/USD.SIM"]] == [OrderFilled]
    assert [type(e) for e in seen["events.position.S-001"]] == [PositionOpened]
    assert [type(e) for e in seen["events.account.SIM-001"]] == [AccountState]


def test_handlers_see_the_state_after_the_event(desk):
    seen = []

    def on_fill(event):
        if isinstance(event, OrderFilled):
            position = desk.cache.position(event.position_id)
            seen.append(
                (
                    desk.cache.order(event.client_order_id).status,
                    position.signed_qty,
                    desk.portfolio.net_position(event.instrument_id),
                    desk.account.balance_total(),
                    desk.account.balance_locked(),
                )
            )

    desk.bus.subscribe("events.order.*", on_fill, priority=10)
    desk.trade(desk.aud, BUY, 1_000, "0.80000", "1.00 USD")
    # margin 800 * 0.02
    assert seen == [(OrderStatus.FILLED, 1_000, 1_000, Money(999_999, USD), Money(16, USD))]


def test_account_state_follows_an_order_event_only_when_its_lock_changed(desk):
    order = desk.submit(market(desk, BUY, 1_000))
    desk.engine.process(OrderAccepted(venue_order_id=desk.venue_order_id(order), **desk.common(order)))
    assert not any(isinstance(event, AccountState) for event in desk.events)


def test_account_state_makes_and_updates_an_account(desk):
    def state(total):
        money = Money(total, USD)
        return AccountState(
            account_id=AccountId("NEW-001"),
            account_type=AccountType.CASH,
            base_currency=USD,
            reported=True,
            balances=[AccountBalance(money, Money(0, USD), money)],
            margins=[],
            info={},
            event_id=desk.ids.generate(),
            ts_event=0,
            ts_init=0,
        )

    desk.engine.process(state(5))
    account = desk.cache.account_for_venue(Venue("NEW"))
    assert account.balance_total() == Money(5, USD)
    desk.engine.process(state(7))
    assert account.balance_total() == Money(7, USD)
    assert account.starting_balances() == {USD: Money(5, USD)}
    assert len(desk.events) == 2


def test_rejected_cancel_of_a_closed_order_is_published_and_changes_nothing(desk):
    order = desk.trade(desk.aud, BUY, 1_000, "0.80000")
    event = OrderCancelRejected(venue_order_id=None, reason="filled", **desk.common(order))
    desk.engine.process(event)
    assert desk.events[-1] is event
    assert order.status is OrderStatus.FILLED


# Netting


def test_netting_keeps_one_position_per_instrument_and_strategy(desk):
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    desk.trade(desk.aud, BUY, 500, "0.81000")
    other = desk.factory(StrategyId("OTHER-002")).market(desk.aud.id, BUY, desk.aud.make_qty(10))
    desk.submit(other)
    desk.fill(other, "0.80000")
    assert [str(p.id) for p in desk.cache.positions()] == ["AUD/USD.SIM-S-001", "AUD/USD.SIM-OTHER-002"]
    assert [type(e) for e in position_events(desk)] == [PositionOpened, PositionChanged, PositionOpened]
    assert desk.cache.position_for_order(other.client_order_id).id == PositionId("AUD/USD.SIM-OTHER-002")


def test_flip_closes_and_opens_with_quantity_and_fee_split_exactly(desk):
    desk.trade(desk.aud, BUY, 100, "0.80000")
    order = desk.trade(desk.aud, SELL, 300, "0.81000", "1.00 USD")
    closed, opened = position_events(desk)[1:]
    assert isinstance(closed, PositionClosed)
    assert isinstance(opened, PositionOpened)
    assert closed.position_id == opened.position_id
    # 1.00 * 100 / 300 = 0.33, the rest 0.67 goes to the opening part
    assert closed.realized_pnl == Money("0.67", USD)  # 100 * 0.01 - 0.33
    assert opened.realized_pnl == Money("-0.67", USD)
    assert opened.side is PositionSide.SHORT
    assert opened.quantity == Quantity.from_int(200)
    assert order.filled_qty == Quantity.from_int(300)
    position = desk.cache.position(opened.position_id)
    assert position.signed_qty == -200
    assert position.is_open
    assert desk.portfolio.net_position(desk.aud.id) == -200
    assert desk.account.balance_total() == Money(1_000_000, USD)  # + 1.00 of PnL - 1.00 of fees
    # the order's own fill is one
    fills = [e for e in desk.events if isinstance(e, OrderFilled) and e.client_order_id == order.client_order_id]
    assert {e.last_qty for e in fills} == {Quantity.from_int(300)}


def test_cycles_of_a_netting_position_are_kept_apart(desk):
    for n in range(1, 4):
        desk.trade(desk.aud, BUY, 1_000 * n, "0.80000", "0.50 USD")
        desk.trade(desk.aud, SELL, 1_000 * n, "0.81000", "0.50 USD")
    snapshots = desk.cache.position_snapshots(PositionId("AUD/USD.SIM-S-001"))
    last = desk.cache.position(PositionId("AUD/USD.SIM-S-001"))
    # cycle n: 1,000 n * 0.01 - 1.00
    assert [p.realized_pnl for p in [*snapshots, last]] == [Money(9, USD), Money(19, USD), Money(29, USD)]
    assert desk.portfolio.realized_pnl(desk.aud.id) == Money(57, USD)
    assert desk.account.balance_total() == Money(1_000_057, USD)
    assert len(desk.cache.positions_open()) == 0


def test_balance_is_right_after_many_flips(desk):
    for n, px in enumerate(["0.80000", "0.81000", "0.80500", "0.79000"]):
        desk.trade(desk.aud, SELL if n % 2 else BUY, 1_000 if n == 0 else 2_000, px)
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    # long 0.80 -> 0.81: +10; short 0.81 -> 0.805: +5; long 0.805 -> 0.79: -15; short 0.79 -> 0.80: -10
    assert desk.account.balance_total() == Money(999_990, USD)
    assert desk.account.balance_locked() == Money(0, USD)
    assert desk.portfolio.is_completely_flat()


# Hedging


def test_hedging_opens_a_position_per_order_with_ids_that_repeat(hedge):
    desk = hedge
    order = desk.submit(market(desk, BUY, 1_000))
    desk.fill(order, "0.80000", 400)
    desk.fill(order, "0.80000", 600)
    desk.trade(desk.aud, SELL, 500, "0.80000")
    assert [str(p.id) for p in desk.cache.positions()] == ["P-S-001-1", "P-S-001-2"]
    assert [p.signed_qty for p in desk.cache.positions()] == [1_000, -500]
    assert desk.portfolio.net_position(desk.aud.id) == 500


def test_hedging_command_names_the_position_to_change(hedge):
    desk = hedge
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    order = desk.submit(market(desk, SELL, 400), PositionId("P-S-001-1"))
    desk.fill(order, "0.81000")
    assert [p.signed_qty for p in desk.cache.positions()] == [600]


def test_hedging_takes_the_position_id_of_the_venue(hedge):
    desk = hedge
    order = desk.submit(market(desk, BUY, 400))
    desk.fill(order, "0.81000", position_id=PositionId("VENUE-7"))
    assert [str(p.id) for p in desk.cache.positions()] == ["VENUE-7"]


def test_hedged_position_flips_into_a_new_one(hedge):
    desk = hedge
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    order = desk.submit(market(desk, SELL, 1_500), PositionId("P-S-001-1"))
    desk.fill(order, "0.81000", 1_200)
    desk.fill(order, "0.81000", 300)
    assert [(str(p.id), p.signed_qty) for p in desk.cache.positions()] == [("P-S-001-1", 0), ("P-S-001-2F", -500)]
    assert desk.account.balance_total() == Money(1_000_010, USD)


@pytest.mark.parametrize(
    ("venue", "override", "positions"),
    [("HEDGING", OmsType.NETTING, 1), ("NETTING", OmsType.HEDGING, 2), ("HEDGING", OmsType.UNSPECIFIED, 2)],
)
def test_strategy_overrides_how_positions_are_kept(make_desk, pair, venue, override, positions):
    desk = make_desk("MARGIN", venue)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.engine.register_oms_type(desk.strategy_id, override)
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    assert len(desk.cache.positions()) == positions


# Reset


def test_reset_starts_counters_and_ids_again(hedge):
    desk = hedge
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    assert desk.engine.event_count == 2
    desk.engine.reset()
    assert (desk.engine.command_count, desk.engine.event_count) == (0, 0)
    desk.cache.reset()
    desk.portfolio.reset()
    desk.manager.reset()
    desk.portfolio.update_account(
        AccountState(
            account_id=desk.account_id,
            account_type=AccountType.MARGIN,
            base_currency=USD,
            reported=True,
            balances=[AccountBalance(Money(5_000, USD), Money(0, USD), Money(5_000, USD))],
            margins=[],
            info={},
            event_id=UUIDFactory(5).generate(),
            ts_event=0,
            ts_init=0,
        )
    )
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    assert [str(p.id) for p in desk.cache.positions()] == ["P-S-001-1"]


def test_denied_event_names_the_reason(desk):
    order = desk.orders.market(desk.aud.id, BUY, Quantity.from_str("1.5"))
    desk.engine.execute(desk.command(order))
    (event,) = desk.events
    assert isinstance(event, OrderDenied)
    assert event.client_order_id == order.client_order_id
    assert "size 0" in event.reason
