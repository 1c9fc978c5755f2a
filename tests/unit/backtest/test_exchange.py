"""The venue: settings, account, commands in flight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.backtest.models import FillModel, LatencyModel
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.messages import SubmitOrder
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Currency, Money

BUY, SELL = OrderSide.BUY, OrderSide.SELL
USD = Currency.from_str("USD")


class TestSettings:
    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"balances": ()}, "`starting_balances` of SIM is empty"),
            ({"balances": ("-1 USD",)}, "invalid balance in `starting_balances` of SIM, must be >= 0, was -1.00 USD"),
            ({"balances": ("1 USD", "2 USD")}, "two balances in USD"),
            ({"balances": ("1 EUR",)}, "balance 1.00 EUR of SIM is not in `base_currency` USD"),
            ({"oms_type": OmsType.UNSPECIFIED}, "invalid `oms_type` of SIM, must be NETTING or HEDGING"),
            ({"account_type": AccountType.BETTING}, "invalid `account_type` of SIM, must be CASH or MARGIN, was BET"),
            ({"default_leverage": Decimal(0)}, "invalid leverage `default_leverage` of SIM, must be positive, was 0"),
        ],
    )
    def test_senseless_settings_are_refused(self, house: Any, options: dict[str, Any], text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            house(**options)

    def test_leverages_need_a_margin_account(self, house: Any, make_pair: Any) -> None:
        with pytest.raises(InvalidConfiguration, match="`leverages` of SIM need a margin account"):
            house(account_type=AccountType.CASH, leverages={make_pair().id: Decimal(5)})

    def test_instrument_of_another_venue_is_refused(self, house: Any, equity: Any) -> None:
        with pytest.raises(InvalidConfiguration, match="instrument AAPL.XNAS does not belong to venue SIM"):
            house().exchange.add_instrument(equity("AAPL", "XNAS"))

    def test_instruments_are_numbered_in_venue_ids(self, house: Any, make_pair: Any) -> None:
        venue = house()
        venue.pair = make_pair("NZD/USD")
        venue.exchange.add_instrument(venue.pair)
        venue.matching = venue.exchange.get_matching_engine(venue.pair.id)
        venue.quote("99.99", "100.01")
        assert venue.limit(BUY, 1, "99.00").venue_order_id.value == "SIM-2-001"
        assert venue.limit(BUY, 1, "99.00").venue_order_id.value == "SIM-2-002"


class TestAccount:
    def test_starts_with_its_balances(self, house: Any) -> None:
        venue = house(account_type=AccountType.CASH, balances=("100 USD", "7 EUR"), base_currency=None)
        account = venue.exchange.get_account()
        assert account.id.value == "SIM-001"
        assert account.balance_total(USD) == Money(100, USD)
        assert account.balance_total(Currency.from_str("EUR")) == Money(7, Currency.from_str("EUR"))
        (state,) = venue.account_states
        assert state.account_id == account.id

    def test_leverages_reach_the_account(self, house: Any, make_pair: Any) -> None:
        pair = make_pair()
        account = house(default_leverage=Decimal(20), leverages={pair.id: Decimal(5)}).exchange.get_account()
        assert (account.default_leverage, account.leverage(pair.id)) == (Decimal(20), Decimal(5))
        assert house().exchange.get_account().default_leverage == Decimal(10)

    def test_fees_and_profit_reach_the_balance(self, house: Any) -> None:
        venue = house()
        venue.quote("99.99", "100.00")
        venue.market_order(BUY, 10)
        venue.quote("101.00", "101.01")
        venue.market_order(SELL, 10)
        # profit 10 x (101.00 - 100.00) = 10.00; fees 1000.00 x 0.0005 = 0.50 and 1010.00 x 0.0005 = 0.505 -> 0.50
        assert venue.balance() == Decimal("1000009.00")

    def test_frozen_account_stays(self, house: Any) -> None:
        venue = house(frozen_account=True)
        venue.quote("99.99", "100.00")
        venue.market_order(BUY, 10)
        venue.quote("101.00", "101.01")
        venue.market_order(SELL, 10)
        assert venue.balance() == Decimal("1000000.00")


class TestLatency:
    def test_order_arrives_when_it_is_due(self, house: Any) -> None:
        venue = house(latency_model=LatencyModel(base_latency_nanos=100, insert_latency_nanos=50))
        venue.quote("99.99", "100.01")
        order = venue.market_order(BUY, 1)
        assert (order.status, venue.exchange.next_inflight) == (OrderStatus.SUBMITTED, 150)
        venue.at(149)
        venue.quote("100.99", "101.01")
        assert order.status == OrderStatus.SUBMITTED
        venue.at(150)
        assert venue.fills(order) == [(1, "101.01", "took_book")]
        assert (venue.last(order).ts_event, venue.exchange.next_inflight) == (150, None)

    def test_cancel_that_overtakes_its_order_is_rejected(self, house: Any) -> None:
        model = LatencyModel(base_latency_nanos=0, insert_latency_nanos=100, cancel_latency_nanos=10)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.cancel(order)
        venue.at(10)
        assert venue.kinds(order) == ["CancelRejected"]
        venue.at(100)
        assert venue.kinds(order) == ["CancelRejected", "Accepted"]

    def test_commands_of_one_time_keep_their_order(self, house: Any) -> None:
        venue = house(latency_model=LatencyModel(base_latency_nanos=100))
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.modify(order, price="99.50")
        venue.cancel(order)
        venue.at(100)
        assert venue.kinds(order) == ["Accepted", "Updated", "Canceled"]

    def test_without_latency_commands_wait_for_the_next_settlement(self, house: Any) -> None:
        venue = house()
        venue.quote("99.99", "100.01")
        order = venue.orders.market(venue.pair.id, BUY, venue.pair.make_qty(1))
        venue.engine.execute(
            SubmitOrder(
                trader_id=venue.trader_id,
                strategy_id=venue.strategy_id,
                order=order,
                command_id=venue.ids.generate(),
                ts_init=0,
            )
        )
        assert (order.status, venue.exchange.queued_count) == (OrderStatus.SUBMITTED, 1)
        venue.settle()
        assert (order.status, venue.exchange.queued_count) == (OrderStatus.FILLED, 0)


class TestReset:
    def test_orders_commands_and_counters_are_forgotten(self, house: Any) -> None:
        venue = house(latency_model=LatencyModel(base_latency_nanos=100), fill_model=FillModel(0.5, 0.0, 3))
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.at(100)
        venue.limit(BUY, 1, "99.00")
        first = [venue.exchange.fill_model.is_limit_filled() for _ in range(20)]
        venue.exchange.reset()
        assert (venue.exchange.next_inflight, venue.exchange.get_open_orders()) == (None, [])
        assert [venue.exchange.fill_model.is_limit_filled() for _ in range(20)] == first
        venue.exchange._check()
        again = venue.limit(BUY, 1, "99.00")
        venue.at(200)
        assert order.venue_order_id == again.venue_order_id
