"""Orders that hang together: brackets (OTO), one-cancels-other (OCO), one-updates-other (OUO). Prices are cents."""

from decimal import Decimal

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.execution.messages import CancelAllOrders, SubmitOrderList
from nautilus_lite.model.enums import (
    AggressorSide,
    BookType,
    ContingencyType,
    OrderSide,
    OrderStatus,
    OrderType,
    TimeInForce,
    TriggerType,
)
from nautilus_lite.model.identifiers import ClientOrderId, OrderListId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.types import LimitOrder, StopMarketOrder

BUY, SELL = OrderSide.BUY, OrderSide.SELL


def px(text):
    return Price.from_str(text)


def submit_list(house, orders, list_id="OL-1"):
    made = orders if isinstance(orders, OrderList) else OrderList(OrderListId(list_id), orders)
    house.send(SubmitOrderList, made.first, order_list=made)
    return made.orders


def bracket(house, side=BUY, qty=10, tp="1.05", sl="0.95", **options):
    made = house.orders.bracket(
        house.pair.id, side, Quantity.from_int(qty), tp_price=px(tp), sl_trigger_price=px(sl), **options
    )
    return submit_list(house, made)


def pair_of(house, contingency, qty=10, low="0.95", high="1.05"):
    """A sell stop and a sell limit that hang on each other, without a parent."""
    make = house.orders
    ids = [make.generate_client_order_id(), make.generate_client_order_id()]
    common = (house.trader_id, house.strategy_id, house.pair.id)
    stop = StopMarketOrder(
        *common, ids[0], SELL, Quantity.from_int(qty), px(low), TriggerType.DEFAULT, house.ids.generate(), house.now,
        contingency_type=contingency, linked_order_ids=[ids[1]],
    )  # fmt: skip
    limit = LimitOrder(
        *common, ids[1], SELL, Quantity.from_int(qty), px(high), house.ids.generate(), house.now,
        contingency_type=contingency, linked_order_ids=[ids[0]],
    )  # fmt: skip
    return submit_list(house, [stop, limit])


def names(order):
    return [type(event).__name__.removeprefix("Order") for event in order.events]


@pytest.fixture
def new_house(house):
    return house


@pytest.fixture
def quoted(new_house):
    house = new_house(reject_stop_orders=False)
    house.quote("1.00", "1.01", 100, 100)
    return house


# -- OTO: the children wait ------------------------------------------------------------------------------------------


def test_a_market_entry_brings_its_children_at_once(quoted):
    entry, stop, profit = bracket(quoted)
    assert names(entry) == ["Initialized", "Submitted", "Filled"]
    assert names(stop) == names(profit) == ["Initialized", "Submitted", "Accepted"]
    assert quoted.matching.open_order_count == 2


def test_children_wait_for_a_limit_entry(quoted):
    entry, stop, profit = bracket(quoted, entry_order_type=OrderType.LIMIT, entry_price=px("0.99"))
    assert entry.status == OrderStatus.ACCEPTED
    assert stop.status == profit.status == OrderStatus.SUBMITTED
    # Neither the stop's nor the profit's price matters before there is a position
    quoted.quote("1.06", "1.07")
    assert stop.status == profit.status == OrderStatus.SUBMITTED
    quoted.quote("0.98", "0.99")
    assert entry.status == OrderStatus.FILLED
    assert stop.status == profit.status == OrderStatus.ACCEPTED


def test_children_that_wait_end_with_a_parent_that_never_filled(quoted):
    entry, stop, profit = bracket(quoted, entry_order_type=OrderType.LIMIT, entry_price=px("0.99"))
    quoted.cancel(entry)
    assert names(stop) == names(profit) == ["Initialized", "Submitted", "Canceled"]


def test_children_of_a_rejected_parent_are_rejected(quoted):
    # Post-only at the ask would take
    entry, stop, profit = bracket(
        quoted, entry_order_type=OrderType.LIMIT, entry_price=px("1.01"), entry_post_only=True
    )
    assert entry.status == OrderStatus.REJECTED
    assert stop.status == profit.status == OrderStatus.REJECTED
    assert entry.client_order_id.value in stop.last_event.reason
    assert "REJECTED" in stop.last_event.reason


def test_a_waiting_child_can_be_cancelled_and_takes_its_sibling_along(quoted):
    entry, stop, profit = bracket(quoted, entry_order_type=OrderType.LIMIT, entry_price=px("0.99"))
    quoted.cancel(profit)
    assert profit.status == stop.status == OrderStatus.CANCELED
    assert entry.status == OrderStatus.ACCEPTED


def test_cancel_all_reaches_waiting_children(quoted):
    entry, stop, profit = bracket(quoted, entry_order_type=OrderType.LIMIT, entry_price=px("0.99"))
    quoted.send(CancelAllOrders, entry, instrument_id=quoted.pair.id, order_side=OrderSide.NO_ORDER_SIDE)
    assert {order.status for order in (entry, stop, profit)} == {OrderStatus.CANCELED}


def test_a_partial_fill_of_the_entry_brings_the_children(new_house):
    house = new_house(BookType.L2_MBP)
    house.asks(("1.01", 50))
    house.bids(("0.99", 50))
    entry, stop, profit = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
    house.trade("1.00", 4, AggressorSide.SELLER)
    assert entry.filled_qty == Quantity.from_int(4)
    assert stop.status == profit.status == OrderStatus.ACCEPTED
    # What the profit order may sell is what was bought, 4 of 10; the rest of it waits for the rest of the entry, as the stop does
    house.trade("1.05", 50, AggressorSide.BUYER)
    assert house.portfolio.is_flat(house.pair.id)
    assert [int(order.leaves_qty) for order in (entry, stop, profit)] == [6, 6, 6]
    house.trade("1.05", 50, AggressorSide.BUYER)
    assert profit.filled_qty == Quantity.from_int(4)
    house.trade("1.00", 50, AggressorSide.SELLER)
    assert entry.status == OrderStatus.FILLED
    house.bids(("0.99", 0), ("0.94", 50))
    assert stop.status == OrderStatus.FILLED
    assert profit.status == OrderStatus.CANCELED
    assert house.portfolio.is_flat(house.pair.id)


@pytest.mark.parametrize("by_profit", [True, False])
def test_exits_sell_what_their_entry_bought_and_no_more(new_house, by_profit):
    house = new_house(BookType.L2_MBP)
    house.asks(("1.01", 50))
    house.bids(("0.99", 50))
    house.market_order(BUY, 30)
    entry, stop, profit = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
    house.trade("1.00", 4, AggressorSide.SELLER)
    if by_profit:
        house.trade("1.05", 50, AggressorSide.BUYER)
    else:
        house.bids(("0.99", 0), ("0.94", 50))
    # The other 30 are another order's
    assert house.net() == 30
    assert int((profit if by_profit else stop).filled_qty) == 4


@pytest.mark.parametrize("qty", [7, 15])
def test_exits_follow_a_change_of_their_entry(new_house, qty):
    house = new_house(BookType.L2_MBP)
    house.asks(("1.01", 50))
    house.bids(("0.99", 50))
    entry, stop, profit = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
    house.trade("1.00", 4, AggressorSide.SELLER)
    house.modify(entry, qty=qty)
    assert [int(order.quantity) for order in (entry, stop, profit)] == [qty] * 3
    house.trade("1.00", 50, AggressorSide.SELLER)
    house.trade("1.05", 50, AggressorSide.BUYER)
    assert (int(profit.filled_qty), stop.status) == (qty, OrderStatus.CANCELED)
    assert house.portfolio.is_flat(house.pair.id)


def test_exits_that_wait_for_more_of_their_entry_end_with_it(new_house):
    house = new_house(BookType.L2_MBP)
    house.asks(("1.01", 50))
    house.bids(("0.99", 50))
    entry, stop, profit = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
    house.trade("1.00", 4, AggressorSide.SELLER)
    house.trade("1.05", 50, AggressorSide.BUYER)
    assert profit.is_open and stop.is_open
    house.cancel(entry)
    assert entry.status == profit.status == stop.status == OrderStatus.CANCELED
    assert house.matching.open_order_count == 0


# -- exits ----------------------------------------------------------------------------------------------------------


def test_the_profit_cancels_the_stop(quoted):
    entry, stop, profit = bracket(quoted)
    quoted.quote("1.05", "1.06")
    assert profit.status == OrderStatus.FILLED
    assert profit.last_event.last_px == px("1.05")
    assert stop.status == OrderStatus.CANCELED
    assert quoted.portfolio.is_flat(quoted.pair.id)


def test_the_stop_cancels_the_profit(quoted):
    entry, stop, profit = bracket(quoted)
    quoted.quote("0.95", "0.96")
    assert stop.status == OrderStatus.FILLED
    assert stop.last_event.last_px == px("0.95")
    assert profit.status == OrderStatus.CANCELED
    assert quoted.portfolio.is_flat(quoted.pair.id)
    # Bought 10 at 1.01, sold at 0.95: -0.60, less 0.05 % of 10.10 and of 9.50 (0.01 and 0.00, each to the cent)
    assert [str(p.realized_pnl) for p in quoted.cache.positions_closed()] == ["-0.61 USD"]


def test_a_short_bracket(quoted):
    entry, stop, profit = bracket(quoted, SELL, tp="0.95", sl="1.05")
    quoted.quote("0.94", "0.95")
    assert profit.status == OrderStatus.FILLED
    assert stop.status == OrderStatus.CANCELED
    assert quoted.portfolio.is_flat(quoted.pair.id)


@pytest.mark.parametrize("contingency", [ContingencyType.OCO, ContingencyType.OUO])
def test_cancelling_one_exit_cancels_the_other(quoted, contingency):
    entry, stop, profit = bracket(quoted, contingency_type=contingency)
    quoted.cancel(stop)
    assert stop.status == profit.status == OrderStatus.CANCELED


def test_never_both_in_one_bar(new_house):
    """Both exits lie within one bar: the path open, high, low, close reaches the profit first."""
    house = new_house()
    house.bar("1.00", "1.00", "1.00", "1.00")
    entry, stop, profit = bracket(house, tp="1.05", sl="0.95")
    house.bar("1.00", "1.10", "0.90", "1.00")
    assert profit.status == OrderStatus.FILLED
    assert stop.status == OrderStatus.CANCELED
    assert house.portfolio.is_flat(house.pair.id)


@pytest.mark.parametrize("by_trade", [False, True])
def test_never_both_in_one_update(quoted, by_trade):
    """One update reaches two sell limits that cancel each other, and a third that has nothing to do with them."""
    quoted.market_order(BUY, 20)
    make = quoted.orders
    ids = [make.generate_client_order_id(), make.generate_client_order_id()]
    low, high = submit_list(
        quoted,
        [
            LimitOrder(
                quoted.trader_id, quoted.strategy_id, quoted.pair.id, mine, SELL, Quantity.from_int(10), px(price),
                quoted.ids.generate(), quoted.now, contingency_type=ContingencyType.OCO, linked_order_ids=[other],
            )
            for mine, other, price in ((ids[0], ids[1], "1.04"), (ids[1], ids[0], "1.05"))
        ],
    )  # fmt: skip
    alone = quoted.limit(SELL, 10, "1.06")
    if by_trade:
        quoted.trade("1.06", 100, AggressorSide.BUYER)
    else:
        quoted.quote("1.07", "1.08")
    assert low.status == OrderStatus.FILLED
    assert high.status == OrderStatus.CANCELED
    assert alone.status == OrderStatus.FILLED
    assert quoted.portfolio.is_flat(quoted.pair.id)


# -- OUO and OCO on partial fills ------------------------------------------------------------------------------------


def l2_house(new_house):
    house = new_house(BookType.L2_MBP, reject_stop_orders=False)
    house.asks(("1.01", 500))
    house.bids(("1.00", 500))
    house.market_order(BUY, 10)
    return house


def test_ouo_cuts_the_other_to_what_is_left(new_house):
    house = l2_house(new_house)
    stop, limit = pair_of(house, ContingencyType.OUO)
    house.trade("1.05", 4, AggressorSide.BUYER)
    assert limit.leaves_qty == Quantity.from_int(6)
    assert stop.quantity == Quantity.from_int(6)
    assert names(stop)[-1] == "Updated"
    house.trade("1.05", 6, AggressorSide.BUYER)
    assert limit.status == OrderStatus.FILLED
    assert stop.status == OrderStatus.CANCELED


def test_oco_cancels_the_other_at_the_first_partial_fill(new_house):
    house = l2_house(new_house)
    stop, limit = pair_of(house, ContingencyType.OCO)
    house.trade("1.05", 4, AggressorSide.BUYER)
    assert limit.leaves_qty == Quantity.from_int(6)
    assert limit.is_open
    assert stop.status == OrderStatus.CANCELED


def test_the_second_of_an_oco_is_refused_if_the_first_filled_on_arrival(quoted):
    make = quoted.orders
    ids = [make.generate_client_order_id(), make.generate_client_order_id()]
    orders = [
        LimitOrder(
            quoted.trader_id, quoted.strategy_id, quoted.pair.id, mine, BUY, Quantity.from_int(5), px(price),
            quoted.ids.generate(), quoted.now, contingency_type=ContingencyType.OCO, linked_order_ids=[other],
        )
        for mine, other, price in ((ids[0], ids[1], "1.01"), (ids[1], ids[0], "0.99"))
    ]  # fmt: skip
    submit_list(quoted, orders)
    assert orders[0].status == OrderStatus.FILLED
    assert orders[1].status == OrderStatus.REJECTED
    assert ids[0].value in orders[1].last_event.reason


def test_an_order_that_ends_by_a_contingency_takes_its_waiting_children_along(quoted):
    """Two brackets whose entries cancel each other: of the one that lost, the children end as well."""
    one = quoted.orders.bracket(
        quoted.pair.id, BUY, Quantity.from_int(10), tp_price=px("1.05"), sl_trigger_price=px("0.95"),
        entry_order_type=OrderType.LIMIT, entry_price=px("0.99"),
    )  # fmt: skip
    rival = LimitOrder(
        quoted.trader_id, quoted.strategy_id, quoted.pair.id, ClientOrderId("O-RIVAL"), BUY, Quantity.from_int(10),
        px("1.00"), quoted.ids.generate(), quoted.now, contingency_type=ContingencyType.OCO,
        linked_order_ids=[one.first.client_order_id],
    )  # fmt: skip
    submit_list(quoted, one)
    quoted.submit(rival)
    quoted.quote("0.99", "1.00")
    assert rival.status == OrderStatus.FILLED
    assert [order.status for order in one.orders] == [OrderStatus.CANCELED] * 3


# -- what an order says of itself, and bad input ---------------------------------------------------------------------


def test_what_orders_of_a_bracket_say(quoted):
    entry, stop, profit = bracket(quoted)
    assert entry.is_parent_order and not entry.is_child_order
    assert entry.contingency_type == ContingencyType.OTO
    assert entry.linked_order_ids == [stop.client_order_id, profit.client_order_id]
    assert stop.is_child_order and stop.contingency_type == ContingencyType.OUO
    assert stop.parent_order_id == profit.parent_order_id == entry.client_order_id
    assert stop.linked_order_ids == [profit.client_order_id]
    assert stop.is_reduce_only and profit.is_reduce_only and profit.is_post_only
    assert entry.order_list_id == stop.order_list_id == profit.order_list_id
    assert (entry.tags, stop.tags, profit.tags) == (["ENTRY"], ["STOP_LOSS"], ["TAKE_PROFIT"])
    details = stop.init_event.to_dict()
    assert details["contingency_type"] == "OUO"
    assert details["parent_order_id"] == entry.client_order_id.value
    plain = quoted.market_order(BUY, 1)
    assert plain.contingency_type == ContingencyType.NO_CONTINGENCY
    assert plain.linked_order_ids is None and plain.parent_order_id is None and not plain.is_contingency


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tp": "0.90", "sl": "0.95"}, "take-profit of a BUY must lie above"),
        ({"tp_order_type": OrderType.MARKET}, "invalid `tp_order_type`, must be one of LIMIT,"),
        ({"contingency_type": ContingencyType.OTO}, "must be OUO or OCO, was OTO"),
        ({"entry_order_type": OrderType.MARKET_TO_LIMIT}, "invalid `entry_order_type`, must be one of MARKET,"),
        ({"entry_order_type": OrderType.MARKET_IF_TOUCHED}, "a MARKET_IF_TOUCHED needs `entry_trigger_price`, was None"),
        ({"sl_order_type": OrderType.STOP_LIMIT}, "a STOP_LIMIT needs `sl_price`, was None"),
        ({"sl_order_type": OrderType.TRAILING_STOP_MARKET}, "needs `sl_trailing_offset`, was None"),
    ],
)
def test_a_bracket_that_makes_no_sense(quoted, options, message):
    with pytest.raises(ValueError, match=message):
        bracket(quoted, **options)


def test_a_contingency_needs_linked_orders(quoted):
    with pytest.raises(ValueError, match="linked_order_ids"):
        LimitOrder(
            quoted.trader_id, quoted.strategy_id, quoted.pair.id, ClientOrderId("O-1"), BUY, Quantity.from_int(1),
            px("1.00"), quoted.ids.generate(), quoted.now, contingency_type=ContingencyType.OCO,
        )  # fmt: skip


def test_a_child_of_an_unknown_parent_is_refused(quoted):
    child = LimitOrder(
        quoted.trader_id, quoted.strategy_id, quoted.pair.id, ClientOrderId("O-1"), BUY, Quantity.from_int(1),
        px("0.90"), quoted.ids.generate(), quoted.now, parent_order_id=ClientOrderId("O-0"),
    )  # fmt: skip
    quoted.submit(child)
    assert child.status == OrderStatus.REJECTED
    assert "unknown parent order O-0" in child.last_event.reason


class TestHeldOrdersExpire:
    """An order that waits for its parent has a time of its own."""

    SECOND = 1_000_000_000
    DAY = 86_400 * SECOND

    def waiting(self, house, stop=None, profit=None, entry=None):
        """Submit an entry at 0.99 with two exits; each may have a time in force, and a time from now."""
        ids = [house.orders.generate_client_order_id() for _ in range(3)]
        common = (house.trader_id, house.strategy_id, house.pair.id)

        def timed(given):
            kind, after = given or (TimeInForce.GTC, None)
            return {"time_in_force": kind, "expire_time_ns": 0 if after is None else house.now + after}

        def child(other):
            return {"reduce_only": True, "contingency_type": ContingencyType.OUO, "parent_order_id": ids[0],
                    "linked_order_ids": [other]}

        return submit_list(house, [
            LimitOrder(*common, ids[0], BUY, Quantity.from_int(10), px("0.99"), house.ids.generate(), house.now, **timed(entry),
                       contingency_type=ContingencyType.OTO, linked_order_ids=ids[1:]),
            StopMarketOrder(*common, ids[1], SELL, Quantity.from_int(10), px("0.95"), TriggerType.DEFAULT, house.ids.generate(),
                            house.now, **timed(stop), **child(ids[2])),
            LimitOrder(*common, ids[2], SELL, Quantity.from_int(10), px("1.05"), house.ids.generate(), house.now,
                       **timed(profit), **child(ids[1])),
        ])  # fmt: skip

    def test_at_its_time_and_not_when_its_parent_fills(self, quoted):
        timed = (TimeInForce.GTD, 5 * self.SECOND)
        entry, stop, profit = self.waiting(quoted, timed, timed)
        quoted.at(quoted.now + 5 * self.SECOND)
        assert [stop.status, profit.status] == [OrderStatus.EXPIRED, OrderStatus.EXPIRED]
        assert stop.ts_closed == profit.ts_closed == quoted.now
        assert names(stop) == ["Initialized", "Submitted", "Expired"]
        assert entry.status == OrderStatus.ACCEPTED
        assert quoted.matching.next_expiry is None

    def test_one_takes_its_sibling_along_as_a_resting_one_does(self, quoted):
        entry, stop, profit = self.waiting(quoted, profit=(TimeInForce.GTD, 5 * self.SECOND))
        quoted.at(quoted.now + 5 * self.SECOND)
        assert [stop.status, profit.status] == [OrderStatus.CANCELED, OrderStatus.EXPIRED]

    def test_a_day_order_at_midnight(self, quoted):
        timed = (TimeInForce.DAY, None)
        entry, stop, profit = self.waiting(quoted, timed, timed)
        quoted.at((quoted.now // self.DAY + 1) * self.DAY)
        assert [stop.status, profit.status] == [OrderStatus.EXPIRED, OrderStatus.EXPIRED]

    def test_with_a_parent_of_the_same_time_they_end_with_it(self, quoted):
        timed = (TimeInForce.GTD, 5 * self.SECOND)
        made = self.waiting(quoted, timed, timed, timed)
        quoted.at(quoted.now + 5 * self.SECOND)
        assert [order.status for order in made] == [OrderStatus.EXPIRED, OrderStatus.CANCELED, OrderStatus.CANCELED]

    def test_released_in_time_it_works_until_then(self, quoted):
        entry, stop, profit = self.waiting(quoted, profit=(TimeInForce.GTD, 5 * self.SECOND))
        quoted.at(quoted.now + 4 * self.SECOND)
        quoted.quote("0.97", "0.98", 100, 100)
        assert profit.status == OrderStatus.ACCEPTED
        quoted.at(quoted.now + self.SECOND)
        assert profit.status == OrderStatus.EXPIRED
        assert quoted.matching.next_expiry is None

    def test_cancelled_in_time_it_is_forgotten(self, quoted):
        entry, stop, profit = self.waiting(quoted, profit=(TimeInForce.GTD, 5 * self.SECOND))
        quoted.cancel(profit)
        quoted.at(quoted.now + 5 * self.SECOND)
        assert profit.status == OrderStatus.CANCELED
        assert quoted.matching.next_expiry is None

    def test_what_arrives_too_late_is_rejected(self, new_house):
        house = new_house(support_gtd_orders=True, latency_model=LatencyModel(10 * self.SECOND))
        house.quote("1.00", "1.01", 100, 100)
        entry, stop, profit = self.waiting(house, profit=(TimeInForce.GTD, 5 * self.SECOND))
        house.at(house.now + 10 * self.SECOND)
        house.exchange.process(house.now)
        assert profit.status == OrderStatus.REJECTED
        assert "is not after the time of arrival" in profit.last_event.reason


class TestExitsThatFire:
    """A stop-loss that fires while its entry is filled in part ends the bracket: the rest of the entry is cancelled."""

    @pytest.fixture
    def part(self, new_house):
        house = new_house(BookType.L2_MBP, reject_stop_orders=False)
        house.asks(("1.01", 50))
        house.bids(("0.99", 50))
        self.orders = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
        return house

    def test_the_rest_of_the_entry_is_cancelled(self, part):
        entry, stop, profit = self.orders
        part.trade("1.00", 4, AggressorSide.SELLER)
        part.bids(("0.99", 0), ("0.94", 50))
        assert (stop.status, int(stop.filled_qty)) == (OrderStatus.FILLED, 4)
        assert entry.status == profit.status == OrderStatus.CANCELED
        assert names(entry)[-1] == "Canceled"
        # What comes back to the price of the entry meets nobody
        part.trade("1.00", 50, AggressorSide.SELLER)
        assert part.portfolio.is_flat(part.pair.id)
        assert not part.matching.get_open_orders()

    def test_also_where_there_is_nothing_left_to_close(self, part):
        entry, stop, profit = self.orders
        part.trade("1.00", 4, AggressorSide.SELLER)
        part.trade("1.05", 50, AggressorSide.BUYER)
        assert part.portfolio.is_flat(part.pair.id)
        part.bids(("0.99", 0), ("0.94", 50))
        assert [order.status for order in self.orders] == [OrderStatus.CANCELED] * 3

    def test_one_that_is_in_the_market_when_it_comes_fires_at_once(self, new_house):
        house = new_house(BookType.L2_MBP, reject_stop_orders=False)
        house.asks(("1.01", 50))
        house.bids(("0.94", 50))
        entry, stop, profit = bracket(house, qty=10, entry_order_type=OrderType.LIMIT, entry_price=px("1.00"))
        house.trade("1.00", 4, AggressorSide.SELLER)
        assert (stop.status, int(stop.filled_qty)) == (OrderStatus.FILLED, 4)
        # The other comes when its sibling has ended
        assert [entry.status, profit.status] == [OrderStatus.CANCELED, OrderStatus.REJECTED]
        house.matching._check()

    def test_a_limit_that_takes_profit_waits_for_the_rest(self, part):
        entry, stop, profit = self.orders
        part.trade("1.00", 4, AggressorSide.SELLER)
        part.trade("1.05", 50, AggressorSide.BUYER)
        assert int(profit.filled_qty) == 4
        assert [int(order.leaves_qty) for order in self.orders] == [6, 6, 6]

    @pytest.mark.parametrize(
        "options",
        [
            {"sl_order_type": OrderType.STOP_LIMIT, "sl_price": px("0.90"), "sl_trigger_price": px("0.95")},
            {"sl_order_type": OrderType.TRAILING_STOP_MARKET, "sl_trailing_offset": Decimal("0.04")},
            {"sl_trigger_price": px("0.95"), "contingency_type": ContingencyType.OCO},
        ],
    )
    def test_other_stops_do_likewise(self, new_house, options):
        house = new_house(BookType.L2_MBP, reject_stop_orders=False)
        house.asks(("1.01", 50))
        house.bids(("0.99", 50))
        entry, stop, profit = submit_list(house, house.orders.bracket(
            house.pair.id, BUY, Quantity.from_int(10), tp_price=px("1.05"), entry_order_type=OrderType.LIMIT,
            entry_price=px("1.00"), **options,
        ))  # fmt: skip
        house.trade("1.00", 4, AggressorSide.SELLER)
        house.bids(("0.99", 0), ("0.94", 50))
        assert int(stop.filled_qty) == 4
        assert entry.status == OrderStatus.CANCELED
