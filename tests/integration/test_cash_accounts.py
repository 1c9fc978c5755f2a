"""Whole runs on a cash account: nothing fills that it cannot pay for, and the run goes on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.backtest.models import CurrencyFeeModel, FixedFeeModel, LatencyModel, MakerTakerFeeModel, RiskAverseQueueModel
from nautilus_lite.core.uuid import UUID4
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import TradeTick
from nautilus_lite.model.enums import AccountType, AggressorSide, ContingencyType, OmsType, OrderSide, TimeInForce
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import LimitOrder
from tests.conftest import make_equity
from tests.venue_runs import SECOND, Scripted, engine, quote, spot

BTC = spot()
ETH = spot("ETHUSDT", "ETH")
FREE = spot(taker_fee=Decimal(0), maker_fee=Decimal(0))
BUY, SELL = OrderSide.BUY, OrderSide.SELL
LATE = LatencyModel(SECOND, response_latency_nanos=5 * SECOND)


def quotes(instrument: Any, *prices: str, size: int = 1_000) -> list[Any]:
    return [quote(instrument, (i + 1) * SECOND, price, size=size) for i, price in enumerate(prices)]


def run(
    script: Any, data: list[Any] | None = None, balance: str = "1000 USDT", instruments: Any = (BTC,), **settings: Any
) -> Any:
    data = quotes(instruments[0], *["100.00"] * 20) if data is None else data
    settings.setdefault("account", AccountType.CASH)
    made = engine(list(instruments), data, [Scripted(script)], balance, **settings)
    made.run()
    return made.get_result()


def ends(result: Any) -> list[str]:
    return [order.status.name for order in result.orders]


def totals(result: Any) -> dict[str, Decimal]:
    return {str(currency): money.as_decimal() for currency, money in result.accounts[0].balances_total().items()}


def reason(order: Any) -> str:
    return str(order.last_event.reason)


def balanced(result: Any) -> bool:
    """Whether no state of the account showed less than nothing, and the money adds up."""
    states = [balance.total.raw >= 0 for event in result.accounts[0].events for balance in event.balances]
    return all(states) and not any(statement.problems() for statement in result.statements)


@pytest.mark.parametrize("latency", [None, LatencyModel(SECOND), LATE])
@pytest.mark.parametrize("oms", [OmsType.NETTING, OmsType.HEDGING])
class TestSentAtOneTime:
    def test_of_two_purchases_the_second_is_rejected(self, latency, oms):
        both = {2 * SECOND: lambda s: (s.market(BTC, BUY, 6), s.market(BTC, BUY, 6))}
        result = run(both, latency_model=latency, oms=oms)
        assert ends(result) == ["FILLED", "REJECTED"]
        assert "insufficient balance: BUY 6.000000 BTCUSDT.SIM takes 600" in reason(result.orders[1])
        assert totals(result) == {"USDT": Decimal("399.4"), "BTC": 6}
        assert balanced(result)

    def test_of_two_sales_the_second_is_rejected(self, latency, oms):
        both = {2 * SECOND: lambda s: (s.market(BTC, SELL, 6), s.market(BTC, SELL, 6))}
        result = run(both, balance="0 USDT, 10 BTC", latency_model=latency, oms=oms)
        assert ends(result) == ["FILLED", "REJECTED"]
        assert "SELL 6.000000 BTCUSDT.SIM takes 6" in reason(result.orders[1])
        assert totals(result) == {"USDT": Decimal("599.4"), "BTC": 4}

    def test_of_two_limits_the_second_is_rejected(self, latency, oms):
        both = {2 * SECOND: lambda s: (s.limit(BTC, BUY, 6, "99.00"), s.limit(BTC, BUY, 6, "99.00"))}
        result = run(both, latency_model=latency, oms=oms)
        assert ends(result) == ["ACCEPTED", "REJECTED"]

    def test_what_a_limit_has_locked_is_not_for_others(self, latency, oms):
        both = {2 * SECOND: lambda s: (s.limit(BTC, BUY, 6, "99.00"), s.market(BTC, BUY, 6))}
        result = run(both, latency_model=latency, oms=oms)
        assert ends(result) == ["ACCEPTED", "REJECTED"]

    def test_a_sale_may_pay_for_a_purchase(self, latency, oms):
        script = {2 * SECOND: lambda s: s.market(BTC, SELL, 6), 9 * SECOND: lambda s: s.market(BTC, BUY, 5)}
        result = run(script, balance="0 USDT, 10 BTC", latency_model=latency, oms=oms)
        assert ends(result) == ["FILLED", "FILLED"]
        assert balanced(result)

    def test_two_instruments_share_the_money(self, latency, oms):
        both = {2 * SECOND: lambda s: (s.market(BTC, BUY, 6), s.market(ETH, BUY, 6))}
        data = [*quotes(BTC, *["100.00"] * 9), *quotes(ETH, *["100.00"] * 9)]
        result = run(both, data, instruments=(BTC, ETH), latency_model=latency, oms=oms)
        assert ends(result) == ["FILLED", "REJECTED"]


class TestBetweenSubmissionAndFill:
    def test_a_purchase_that_turns_out_dearer_is_rejected(self):
        result = run(
            {SECOND + 1: lambda s: s.market(FREE, BUY, 10)}, quotes(FREE, "100.00", "101.00", "101.00"),
            instruments=(FREE,), latency_model=LatencyModel(SECOND),
        )
        assert ends(result) == ["REJECTED"]
        assert "takes 1010" in reason(result.orders[0])

    def test_a_quote_quantity_that_buys_less_by_then_is_rejected(self):
        def all_of_it(s: Any) -> None:
            s.send(s.order_factory.market(FREE.id, BUY, Quantity.from_str("1000.000000"), quote_quantity=True))

        data = quotes(FREE, "100.00", "101.00", "101.00")
        result = run({SECOND + 1: all_of_it}, data, instruments=(FREE,), latency_model=LatencyModel(SECOND))
        assert ends(result) == ["REJECTED"]

    def test_a_stop_that_gaps_beyond_the_money_is_cancelled(self):
        def stop(s: Any) -> None:
            s.send(s.order_factory.stop_market(FREE.id, BUY, FREE.make_qty(9), Price.from_str("110.00")))

        result = run({SECOND + 1: stop}, quotes(FREE, "100.00", "100.00", "120.00"), instruments=(FREE,))
        assert ends(result) == ["CANCELED"]
        assert any("could not pay" in warning and "takes 1080" in warning for warning in result.warnings)

    def test_a_change_must_be_payable(self):
        def more(s: Any) -> None:
            s.modify_order(s.made[0], quantity=FREE.make_qty(8))

        script = {
            SECOND + 1: lambda s: s.limit(FREE, BUY, 5, "99.00"),
            2 * SECOND + 1: lambda s: (s.limit(FREE, BUY, 4, "99.00"), more(s)),
        }
        result = run(script, quotes(FREE, *["100.00"] * 5), instruments=(FREE,))
        assert ends(result) == ["ACCEPTED", "ACCEPTED"]
        assert result.orders[0].quantity == FREE.make_qty(5)
        assert "OrderModifyRejected" in [type(event).__name__ for event in result.orders[0].events]

    def test_all_the_money_may_be_spent(self):
        result = run({SECOND + 1: lambda s: s.market(FREE, BUY, 10)}, quotes(FREE, *["100.00"] * 3), instruments=(FREE,))
        assert ends(result) == ["FILLED"]
        assert totals(result) == {"USDT": 0, "BTC": 10}

    def test_a_market_order_that_the_book_makes_dearer_is_rejected(self):
        # 9 at 100, the rest one tick further
        data = quotes(FREE, *["100.00"] * 3, size=9)
        result = run({SECOND + 1: lambda s: s.market(FREE, BUY, 10)}, data, instruments=(FREE,))
        assert ends(result) == ["REJECTED"]
        assert "takes 1000.01" in reason(result.orders[0])


class TestFees:
    def test_a_purchase_that_leaves_nothing_for_its_fee_is_rejected(self):
        result = run({2 * SECOND: lambda s: s.market(BTC, BUY, 10)})
        assert ends(result) == ["REJECTED"]
        assert "takes 1000.00000000 USDT and a fee of 1.00000000 USDT" in reason(result.orders[0])

    @pytest.mark.parametrize("latency", [None, LATE])
    def test_a_resting_purchase_that_leaves_nothing_for_its_fee_is_cancelled(self, latency):
        data = quotes(BTC, *["101.00"] * 3, *["99.00"] * 20)
        result = run({SECOND + 1: lambda s: s.limit(BTC, BUY, 10, "100.00")}, data, latency_model=latency)
        assert ends(result) == ["CANCELED"]
        assert any("1 working orders at SIM were cancelled" in warning for warning in result.warnings)

    @pytest.mark.parametrize("queue", [None, RiskAverseQueueModel()])
    @pytest.mark.parametrize("latency", [None, LATE])
    def test_a_trade_goes_to_the_next_order_where_the_first_cannot_pay(self, latency, queue):
        trade = TradeTick(
            BTC.id, Price.from_str("99.00"), BTC.make_qty("9.995"), AggressorSide.SELLER, TradeId("1"), 9 * SECOND, 9 * SECOND
        )
        # The first leaves less than its fee, which is found out when it fills
        both = {SECOND + 1: lambda s: (s.limit(BTC, BUY, "9.995", "100.00"), s.limit(BTC, BUY, "0.004", "99.50"))}
        result = run(both, [*quotes(BTC, *["101.00"] * 20), trade], latency_model=latency, queue_model=queue)
        assert ends(result) == ["CANCELED", "FILLED"]
        assert balanced(result)

    def test_a_fee_in_a_currency_that_is_not_there_rejects(self):
        result = run({2 * SECOND: lambda s: s.market(BTC, BUY, 1)}, fee_model=FixedFeeModel("1 BNB"))
        assert ends(result) == ["REJECTED"]
        assert "a fee of 1.00000000 BNB" in reason(result.orders[0])

    def test_a_fee_of_a_sale_is_paid_from_what_it_brings(self):
        result = run({2 * SECOND: lambda s: s.market(BTC, SELL, 1)}, balance="0 USDT, 1 BTC")
        assert ends(result) == ["FILLED"]
        assert totals(result) == {"USDT": Decimal("99.9"), "BTC": 0}

    def test_an_exit_sells_what_the_fee_left(self):
        # Bought 5 less a fee in BTC of 0.005: there are 4.995 to sell
        def close(s: Any) -> None:
            s.close_all_positions(BTC.id)

        script = {2 * SECOND: lambda s: s.market(BTC, BUY, 5), 4 * SECOND: close}
        result = run(script, fee_model=CurrencyFeeModel(MakerTakerFeeModel(), "RECEIVED"))
        assert ends(result) == ["FILLED", "FILLED"]
        assert result.orders[1].filled_qty == BTC.make_qty("4.995")
        assert totals(result)["BTC"] == 0

    def test_a_rebate_is_no_money_before_it_is_paid(self):
        paid = spot(taker_fee=Decimal("-0.01"))
        result = run({2 * SECOND: lambda s: s.market(paid, BUY, "10.05")}, quotes(paid, *["100.00"] * 3), instruments=(paid,))
        assert ends(result) == ["DENIED"]

    @pytest.mark.parametrize("size", ["10", "9.99"])
    def test_fill_or_kill_is_all_or_nothing_with_its_fee(self, size):
        def kill(s: Any) -> None:
            price = Price.from_str("100.00")
            s.send(s.order_factory.limit(BTC.id, BUY, BTC.make_qty(size), price, time_in_force=TimeInForce.FOK))

        result = run({2 * SECOND: kill})
        assert ends(result) == ["CANCELED" if size == "10" else "FILLED"]


class TestLinked:
    def test_of_two_that_end_each_other_only_one_locks(self):
        def pair(s: Any) -> None:
            first, second = (s.order_factory.generate_client_order_id() for _ in range(2))
            for own, other, price in ((first, second, "110.00"), (second, first, "120.00")):
                s.send(LimitOrder(
                    s.trader_id, s.id, BTC.id, own, SELL, BTC.make_qty(10), Price.from_str(price), UUID4(),
                    s.clock.timestamp_ns(), contingency_type=ContingencyType.OCO, linked_order_ids=[other],
                ))

        result = run({2 * SECOND: pair}, quotes(BTC, *["100.00"] * 3, "111.00"), balance="0 USDT, 10 BTC")
        assert ends(result) == ["FILLED", "CANCELED"]
        assert balanced(result)

    @pytest.mark.parametrize("latency", [None, LATE])
    def test_brackets_work(self, latency):
        def enter(s: Any) -> None:
            s.submit_order_list(s.order_factory.bracket(
                BTC.id, BUY, BTC.make_qty(5), sl_trigger_price=Price.from_str("90.00"), tp_price=Price.from_str("110.00"),
            ))

        result = run({2 * SECOND: enter}, quotes(BTC, *["100.00"] * 9, *["111.00"] * 9), latency_model=latency)
        assert sorted(ends(result)) == ["CANCELED", "FILLED", "FILLED"]
        assert balanced(result)


def test_the_explanation_names_what_was_missing():
    data = quotes(BTC, *["101.00"] * 3, *["99.00"] * 20)
    made = engine([BTC], data, [Scripted({SECOND + 1: lambda s: s.limit(BTC, BUY, 10, "100.00")})], "1000 USDT",
                  account=AccountType.CASH)  # fmt: skip
    made.run()
    (order,) = made.cache.orders()
    told = made.explain(order.client_order_id).paragraph()
    assert "The venue cancelled it: insufficient balance: BUY 10.000000 BTCUSDT.SIM takes 1000.00000000 USDT and a fee" in told


def test_fills_on_their_way_may_cancel_out():
    # 6 and 2 are bought and 2 sold before any of it is heard: once the 6 are, what is left adds up to nothing
    def trade(s: Any) -> None:
        s.market(BTC, BUY, 6)
        s.market(BTC, BUY, 2)
        s.market(BTC, SELL, 2)

    result = run({2 * SECOND: trade}, balance="1000 USDT, 3 BTC", latency_model=LATE)
    assert ends(result) == ["FILLED"] * 3
    assert totals(result) == {"USDT": Decimal("399"), "BTC": 9}


class TestOtherAccounts:
    def test_shares_share_the_money(self):
        share = make_equity()
        result = run(
            {2 * SECOND: lambda s: (s.market(share, BUY, 6), s.market(share, BUY, 6))}, quotes(share, *["100.00"] * 3),
            balance="1000 USD", base="USD", instruments=(share,),
        )
        assert ends(result) == ["FILLED", "REJECTED"]

    @pytest.mark.parametrize("latency", [None, LATE])
    def test_a_base_currency_pays_at_the_rate_of_the_fill(self, latency):
        eur = spot("EURUSDT", "EUR", price_precision=4, taker_fee=Decimal(0))
        rates = [quote(eur, (i + 1) * SECOND, "1.0000" if i < 5 else "2.0000") for i in range(9)]
        data = [*quotes(BTC, *["100.00"] * 9), *rates]
        both = {2 * SECOND: lambda s: (s.market(BTC, BUY, 6), s.market(BTC, BUY, 3))}
        result = run(both, data, instruments=(BTC, eur), balance="1000 EUR", base="EUR", latency_model=latency)
        assert ends(result) == ["FILLED", "FILLED"]
        assert totals(result) == {"EUR": Decimal("99.10")}
        assert balanced(result)

    def test_borrowing_is_allowed_by_name(self):
        both = {2 * SECOND: lambda s: (s.market(BTC, BUY, 6), s.market(BTC, BUY, 6), s.market(ETH, SELL, 1))}
        data = [*quotes(BTC, *["100.00"] * 9), *quotes(ETH, *["100.00"] * 9)]
        result = run(both, data, instruments=(BTC, ETH), allow_cash_borrowing=True)
        assert ends(result) == ["FILLED"] * 3
        assert totals(result) == {"USDT": Decimal("-101.3"), "BTC": 12, "ETH": -1}
        assert result.config["venues"][0]["allow_cash_borrowing"] is True
        assert not any(statement.problems() for statement in result.statements)

    def test_a_margin_account_borrows_anyway(self):
        with pytest.raises(InvalidConfiguration, match="`allow_cash_borrowing` of SIM is for a cash account"):
            run({}, account=AccountType.MARGIN, allow_cash_borrowing=True)

    def test_a_reset_forgets_what_was_under_way(self):
        both = {2 * SECOND: lambda s: (s.market(BTC, BUY, 6), s.market(BTC, BUY, 6))}
        made = engine([BTC], quotes(BTC, *["100.00"] * 20), [Scripted(both)], "1000 USDT", account=AccountType.CASH,
                      latency_model=LATE)
        made.run()
        first = made.get_result().digest
        made.reset()
        made.run()
        assert made.get_result().digest == first
