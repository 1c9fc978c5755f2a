import pytest

from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.messages import (
    BatchCancelOrders,
    CancelAllOrders,
    CancelOrder,
    ModifyOrder,
    SubmitOrder,
    SubmitOrderList,
)
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import (
    ClientId,
    ClientOrderId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    TraderId,
    VenueOrderId,
)
from nautilus_lite.model.objects import Price, Quantity

IDS = UUIDFactory(3)
AUD = InstrumentId.from_str("AUD/USD.SIM")
COMMON = {"trader_id": TraderId("TRADER-001"), "strategy_id": StrategyId("S-001")}


def cancel(command_id=None, **options):
    return CancelOrder(
        **COMMON,
        instrument_id=AUD,
        client_order_id=ClientOrderId("O-1"),
        venue_order_id=None,
        command_id=IDS.generate() if command_id is None else command_id,
        ts_init=5,
        **options,
    )


def test_id_is_the_one_given_and_identifies_the_command():
    command_id = IDS.generate()
    assert cancel(command_id).id == command_id
    assert cancel(command_id) == cancel(command_id)
    assert hash(cancel(command_id)) == hash(cancel(command_id))
    assert cancel() != cancel()
    assert cancel() != "cancel"


def test_submit_order_carries_order_position_and_client(make_desk, pair):
    desk = make_desk()
    aud = desk.add(pair("AUD/USD"))
    order = desk.orders.market(aud.id, OrderSide.BUY, aud.make_qty(5))
    command_id = IDS.generate()
    command = SubmitOrder(
        **COMMON,
        order=order,
        command_id=command_id,
        ts_init=7,
        position_id=PositionId("P-1"),
        client_id=ClientId("C"),
    )
    assert command.order is order
    assert command.instrument_id == aud.id
    values = command.to_dict()
    assert values["type"] == "SubmitOrder"
    assert values["client_id"] == "C"
    assert values["trader_id"] == "TRADER-001"
    assert values["strategy_id"] == "S-001"
    assert values["instrument_id"] == "AUD/USD.SIM"
    assert values["command_id"] == str(command_id)
    assert values["position_id"] == "P-1"
    assert values["ts_init"] == 7
    assert values["order"]["client_order_id"] == order.client_order_id.value
    assert repr(command).startswith("SubmitOrder(client_id=C, trader_id=TRADER-001")


def test_submit_order_list_carries_its_orders(make_desk, pair):
    desk = make_desk()
    aud = desk.add(pair("AUD/USD"))

    class OrderList:
        id = OrderListId("OL-1")
        instrument_id = aud.id
        orders = [desk.orders.market(aud.id, OrderSide.BUY, aud.make_qty(5))]

    command = SubmitOrderList(**COMMON, order_list=OrderList(), command_id=IDS.generate(), ts_init=7)
    values = command.to_dict()
    assert values["order_list_id"] == "OL-1"
    assert [o["client_order_id"] for o in values["orders"]] == [OrderList.orders[0].client_order_id.value]
    assert values["position_id"] is None


def test_modify_order_leaves_out_what_does_not_change():
    command = ModifyOrder(
        **COMMON,
        instrument_id=AUD,
        client_order_id=ClientOrderId("O-1"),
        venue_order_id=VenueOrderId("V-1"),
        quantity=Quantity.from_int(5),
        price=Price.from_str("0.75"),
        trigger_price=None,
        command_id=IDS.generate(),
        ts_init=7,
    )
    values = command.to_dict()
    assert (values["quantity"], values["price"], values["trigger_price"]) == ("5", "0.75", None)
    assert (values["client_order_id"], values["venue_order_id"]) == ("O-1", "V-1")


def test_cancel_order_has_no_venue_id_before_acceptance():
    values = cancel().to_dict()
    assert values["venue_order_id"] is None
    assert values["client_id"] is None
    assert values["ts_init"] == 5


def test_cancel_all_orders_names_the_side():
    command = CancelAllOrders(
        **COMMON, instrument_id=AUD, order_side=OrderSide.SELL, command_id=IDS.generate(), ts_init=7
    )
    assert command.order_side is OrderSide.SELL
    assert command.to_dict()["order_side"] == "SELL"


def test_batch_cancel_needs_something_to_cancel():
    one = cancel()
    command = BatchCancelOrders(**COMMON, instrument_id=AUD, cancels=[one], command_id=IDS.generate(), ts_init=7)
    assert command.cancels == [one]
    assert command.to_dict()["cancels"] == [one.to_dict()]
    with pytest.raises(ValueError, match="invalid `cancels`, must not be empty"):
        BatchCancelOrders(**COMMON, instrument_id=AUD, cancels=[], command_id=IDS.generate(), ts_init=7)
