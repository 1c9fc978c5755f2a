"""What few orders ask for: a displayed quantity, emulation, an execution algorithm; and the statuses that go with it."""

import pickle
from decimal import Decimal

import pytest

from nautilus_lite.errors import InvalidStateTrigger
from nautilus_lite.model.enums import ContingencyType, OrderSide, OrderStatus, OrderType, TimeInForce, TriggerType
from nautilus_lite.model.events.order import OrderEmulated, OrderEventKind, OrderReleased
from nautilus_lite.model.identifiers import ClientOrderId, ExecAlgorithmId, InstrumentId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import MarketOrder

BUY = OrderSide.BUY
TEN = Quantity.from_int(10)
TWAP = ExecAlgorithmId("TWAP")
PX = Price.from_str("0.79000")
STOP = Price.from_str("0.81000")


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


# How the factory makes each kind; the price arguments by name
KINDS = {
    "market": {},
    "limit": {"price": PX},
    "stop_market": {"trigger_price": STOP},
    "stop_limit": {"price": STOP, "trigger_price": STOP},
    "market_to_limit": {},
    "market_if_touched": {"trigger_price": PX},
    "limit_if_touched": {"price": PX, "trigger_price": PX},
    "trailing_stop_market": {"trailing_offset": Decimal("0.01")},
    "trailing_stop_limit": {"trailing_offset": Decimal("0.01"), "limit_offset": Decimal("0.02")},
}
SHOWN = ("limit", "stop_limit", "market_to_limit", "limit_if_touched", "trailing_stop_limit")
EMULATED = tuple(kind for kind in KINDS if kind not in ("market", "market_to_limit"))


def make(desk, kind, **options):
    return getattr(desk.orders, kind)(desk.aud.id, BUY, TEN, **KINDS[kind], **options)


def local(desk, order):
    """Return the arguments of the events that happen before the venue."""
    common = desk.common(order)
    return {key: value for key, value in common.items() if key not in ("account_id", "ts_event")}


def emulate(desk, order):
    order.apply(OrderEmulated(**local(desk, order)))


def release(desk, order, price="0.80010"):
    order.apply(OrderReleased(released_price=Price.from_str(price), **local(desk, order)))


@pytest.mark.parametrize("kind", SHOWN)
def test_displayed_quantity(desk, kind):
    assert make(desk, kind).display_qty is None
    order = make(desk, kind, display_qty=Quantity.from_int(3))
    assert order.display_qty == Quantity.from_int(3)
    assert order.init_event.options["display_qty"] == Quantity.from_int(3)
    assert order.to_dict()["display_qty"] == "3"
    assert make(desk, kind, display_qty=TEN).display_qty == TEN
    assert make(desk, kind, display_qty=Quantity.from_int(0)).display_qty is None
    with pytest.raises(ValueError, match="`display_qty`, must not be above the quantity \\(10\\), was 11"):
        make(desk, kind, display_qty=Quantity.from_int(11))
    with pytest.raises(ValueError, match="must have no more digits than the quantity \\(10\\), was 2.5"):
        make(desk, kind, display_qty=Quantity.from_str("2.5"))
    assert make(desk, kind, display_qty=Quantity.from_str("3.0")).display_qty == Quantity.from_int(3)


def test_displayed_quantity_follows_a_change_of_units(make_desk, pair):
    desk = make_desk()
    aud = desk.add(pair("AUD/USD", size_precision=2), "0.80000", "0.80000")
    order = desk.orders.limit(
        aud.id, BUY, Quantity.from_int(100), Price.from_str("0.79"), quote_quantity=True, display_qty=Quantity.from_int(25)
    )
    desk.accept(order)
    # 100 USD at 0.80 are 125 AUD, a quarter of it is shown
    assert (str(order.quantity), str(order.display_qty)) == ("125.00", "31.25")


@pytest.mark.parametrize("kind", EMULATED)
def test_emulation(desk, kind):
    plain = make(desk, kind)
    assert plain.emulation_trigger == TriggerType.NO_TRIGGER and plain.trigger_instrument_id is None
    other = InstrumentId.from_str("AUD/NZD.SIM")
    order = make(desk, kind, emulation_trigger=TriggerType.LAST_PRICE, trigger_instrument_id=other)
    assert order.emulation_trigger == TriggerType.LAST_PRICE and order.trigger_instrument_id == other
    assert not order.is_emulated and order.is_active_local
    assert order.init_event.to_dict()["emulation_trigger"] == "LAST_PRICE"
    assert order.to_dict()["trigger_instrument_id"] == "AUD/NZD.SIM"
    assert not order.is_primary and not order.is_spawned
    emulate(desk, order)
    assert order.status == OrderStatus.EMULATED and order.is_emulated and order.is_active_local
    assert not order.is_open and not order.is_inflight and not order.is_closed


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_execution_algorithm(desk, kind):
    plain = make(desk, kind)
    assert plain.exec_algorithm_id is None and plain.exec_spawn_id is None and plain.exec_algorithm_params is None
    assert not plain.is_primary and not plain.is_spawned
    order = make(desk, kind, exec_algorithm_id=TWAP, exec_algorithm_params={"horizon_secs": 10})
    assert order.exec_algorithm_id == TWAP and order.exec_algorithm_params == {"horizon_secs": 10}
    assert order.exec_spawn_id == order.client_order_id
    assert order.is_primary and not order.is_spawned
    assert order.to_dict()["exec_algorithm_id"] == "TWAP"
    assert order.init_event.to_dict()["exec_algorithm_params"] == {"horizon_secs": 10}
    again = pickle.loads(pickle.dumps(order))
    assert again.exec_algorithm_params == {"horizon_secs": 10} and again.to_dict() == order.to_dict()


def test_a_spawned_order(desk):
    order = MarketOrder(
        desk.trader_id, desk.strategy_id, desk.aud.id, ClientOrderId("O-1-E1"), BUY, TEN, desk.ids.generate(), 0,
        exec_algorithm_id=TWAP, exec_spawn_id=ClientOrderId("O-1"),
    )  # fmt: skip
    assert order.is_spawned and not order.is_primary
    with pytest.raises(ValueError, match="but no `exec_algorithm_id`"):
        MarketOrder(
            desk.trader_id, desk.strategy_id, desk.aud.id, ClientOrderId("O-1-E1"), BUY, TEN, desk.ids.generate(), 0,
            exec_spawn_id=ClientOrderId("O-1"),
        )  # fmt: skip


@pytest.mark.parametrize("kind", EMULATED)
def test_a_released_order_is_a_market_or_limit_order(desk, kind):
    order = make(desk, kind, emulation_trigger=TriggerType.BID_ASK)
    emulate(desk, order)
    release(desk, order)
    assert order.status == OrderStatus.RELEASED and order.is_active_local and not order.is_emulated
    becomes_limit = kind in ("stop_limit", "limit_if_touched", "trailing_stop_limit")
    assert order.order_type == (OrderType.LIMIT if becomes_limit else OrderType.MARKET)
    assert not order.has_trigger_price
    assert order.last_event.released_price == Price.from_str("0.80010")
    assert order.last_event.to_dict()["released_price"] == "0.80010"
    if not becomes_limit:
        assert not order.has_price


def test_a_released_market_order_has_no_date_and_no_wish_to_make(desk):
    from datetime import UTC, datetime

    order = make(
        desk, "limit", emulation_trigger=TriggerType.BID_ASK, time_in_force=TimeInForce.GTD, post_only=True,
        expire_time=datetime(2030, 1, 1, tzinfo=UTC), display_qty=Quantity.from_int(1),
    )  # fmt: skip
    release(desk, order)
    assert (order.time_in_force, order.expire_time_ns) == (TimeInForce.GTC, 0)
    assert not order.is_post_only and order.display_qty is None


HELD = ("DENIED", "RELEASED", "UPDATED", "CANCELED", "EXPIRED", "MODIFY_REJECTED", "CANCEL_REJECTED")


@pytest.mark.parametrize(
    ("status", "legal"),
    [
        ("INITIALIZED", (*HELD, "EMULATED", "SUBMITTED")),
        ("EMULATED", HELD),
        ("RELEASED", (*HELD, "SUBMITTED")),
    ],
)
def test_what_may_come_to_an_order_that_is_held(desk, status, legal):
    """Every kind of event is tried; those that are not legal raise."""
    from nautilus_lite.model.events import order as events

    for kind in OrderEventKind:
        order = make(desk, "limit", emulation_trigger=TriggerType.BID_ASK)
        if status != "INITIALIZED":
            emulate(desk, order)
        if status == "RELEASED":
            release(desk, order)
        assert order.status == OrderStatus[status]
        common = local(desk, order)
        stamps = {**desk.common(order), "venue_order_id": None}
        made = {
            "INITIALIZED": lambda o=order: o.init_event,
            "DENIED": lambda c=common: events.OrderDenied(reason="no", **c),
            "SUBMITTED": lambda o=order: events.OrderSubmitted(**desk.common(o)),
            "ACCEPTED": lambda s=stamps, o=order: events.OrderAccepted(**{**s, "venue_order_id": desk.venue_order_id(o)}),
            "REJECTED": lambda o=order: events.OrderRejected(reason="no", **desk.common(o)),
            "CANCELED": lambda s=stamps: events.OrderCanceled(**s),
            "EXPIRED": lambda s=stamps: events.OrderExpired(**s),
            "TRIGGERED": lambda s=stamps: events.OrderTriggered(**s),
            "PENDING_UPDATE": lambda s=stamps: events.OrderPendingUpdate(**s),
            "PENDING_CANCEL": lambda s=stamps: events.OrderPendingCancel(**s),
            "MODIFY_REJECTED": lambda s=stamps: events.OrderModifyRejected(reason="no", **s),
            "CANCEL_REJECTED": lambda s=stamps: events.OrderCancelRejected(reason="no", **s),
            "UPDATED": lambda s=stamps: events.OrderUpdated(quantity=TEN, price=None, trigger_price=None, **s),
            "FILLED": lambda o=order: desk.fill_event(o, "0.79"),
            "EMULATED": lambda c=common: OrderEmulated(**c),
            "RELEASED": lambda c=common: OrderReleased(released_price=PX, **c),
        }[kind.name]()  # fmt: skip
        if kind.name in legal:
            order.apply(made)
            assert order.last_event is made
        else:
            with pytest.raises(InvalidStateTrigger, match=f"illegal for order .* in status {status}"):
                order.apply(made)


def test_refused_changes_leave_an_emulated_order_emulated(desk):
    from nautilus_lite.model.events.order import OrderModifyRejected

    order = make(desk, "limit", emulation_trigger=TriggerType.BID_ASK)
    emulate(desk, order)
    order.apply(OrderModifyRejected(reason="no", venue_order_id=None, **desk.common(order)))
    assert order.status == OrderStatus.EMULATED


@pytest.mark.parametrize("kind", EMULATED)
def test_emulated_orders_and_their_events_can_be_pickled(desk, kind):
    order = make(desk, kind, emulation_trigger=TriggerType.MID_POINT, exec_algorithm_id=TWAP)
    emulate(desk, order)
    release(desk, order)
    again = pickle.loads(pickle.dumps(order))
    assert again.to_dict() == order.to_dict()
    assert [type(event) for event in again.events] == [type(event) for event in order.events]
    assert again.emulation_trigger == TriggerType.NO_TRIGGER and again.exec_algorithm_id == TWAP
    assert again.init_event.to_dict()["emulation_trigger"] == "MID_POINT"


def test_numbers_of_contingencies_are_the_peers():
    assert [int(ContingencyType[name]) for name in ("NO_CONTINGENCY", "OCO", "OTO", "OUO")] == [0, 1, 2, 3]
