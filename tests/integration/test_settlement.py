"""Expiry and settlement of futures and options through the whole engine, with the arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.data import InstrumentClose
from nautilus_lite.model.enums import AssetClass, InstrumentCloseType, OmsType, OptionKind, OrderSide, OrderStatus
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments import OptionContract, instrument_from_dict
from nautilus_lite.model.objects import Currency, Price, Quantity
from tests.venue_runs import HOUR, MINUTE, SECOND, SIM, Scripted, bar, engine, fills, future, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
ES = future(expiration_ns=HOUR)
USD = {"balance": "1000000 USD"}


def es_quotes(*extra):
    """Quotes of 5000 and 5001 before, at and after the expiry."""
    return [quote(ES, 0, "5000.00", "5001.00"), quote(ES, HOUR, "5010.00", "5011.00"),
            quote(ES, 2 * HOUR, "5020.00", "5021.00"), *extra]


def buy_two(strategy):
    strategy.market(ES, BUY, 2)


def end_balance(result):
    (balance,) = result.accounts[0].balances_total().values()
    return balance.as_decimal()


def adds_up(result, start):
    """Start + PnL - fees + funding + adjustments = end, to the minor unit; PnL of positions is after fees."""
    pnl = sum((p.realized_pnl.as_decimal() for p in [*result.positions, *result.snapshots]), Decimal(0))
    booked = [*result.funding().values(), *result.adjusted().values()]
    return end_balance(result) == start + pnl + sum((money.as_decimal() for money in booked), Decimal(0))


class TestSettlement:
    def test_at_the_venues_price_exactly_on_time(self):
        """Two bought at 5001, settled at 5005.25 one hour in: 2 x 50 x 4.25 = 425 dollars."""
        strategy = Scripted({SECOND: buy_two})
        made = engine([ES], es_quotes(), [strategy], settlement_prices={ES.id: 5005.25}, **USD)
        made.run()
        result = made.get_result()
        assert fills(result) == [("S-001", "BUY", "5001.00", "took_book"), ("S-001", "SELL", "5005.25", "settled")]
        (position,) = result.positions
        assert position.is_closed
        assert position.ts_closed == HOUR
        assert position.realized_pnl.as_decimal() == 425
        assert end_balance(result) == 1_000_425
        order = result.orders[-1]
        assert str(order.client_order_id) == "SIM-EXPIRY-1"
        assert order.tags == ["EXPIRY"]
        assert order.events[-1].commission.as_decimal() == 0
        assert [type(e).__name__ for e in strategy.seen][-4:] == [
            "OrderSubmitted", "OrderAccepted", "OrderFilled", "PositionClosed"
        ]

    def test_between_rows_the_time_is_the_expirys(self):
        strategy = Scripted({SECOND: buy_two})
        data = [quote(ES, 0, "5000.00", "5001.00"), quote(ES, 3 * HOUR, "6000.00")]
        made = engine([ES], data, [strategy], settlement_prices={ES.id: Price.from_str("5000.00")}, **USD)
        made.run()
        assert made.get_result().positions[0].ts_closed == HOUR

    def test_at_the_closing_price_of_the_data_even_if_it_is_late(self):
        close = InstrumentClose(ES.id, Price.from_str("4990.00"), InstrumentCloseType.CONTRACT_EXPIRED, HOUR, 90 * MINUTE)
        session = InstrumentClose(ES.id, Price.from_str("1.00"), InstrumentCloseType.END_OF_SESSION, MINUTE, MINUTE)
        strategy = Scripted({SECOND: buy_two})
        made = engine([ES], es_quotes(close, session), [strategy], **USD)
        made.run()
        result = made.get_result()
        # 2 x 50 x (4990 - 5001) = -1100
        assert fills(result)[-1] == ("S-001", "SELL", "4990.00", "settled")
        assert result.positions[0].ts_closed == 90 * MINUTE
        assert end_balance(result) == 998_900

    def test_an_early_closing_price_ends_the_contract(self):
        close = InstrumentClose(ES.id, Price.from_str("4990.00"), InstrumentCloseType.CONTRACT_EXPIRED, MINUTE, MINUTE)
        strategy = Scripted({SECOND: buy_two, 2 * MINUTE: buy_two})
        made = engine([ES], es_quotes(close), [strategy], **USD)
        made.run()
        result = made.get_result()
        assert result.positions[0].ts_closed == MINUTE
        assert strategy.made[1].status == OrderStatus.REJECTED
        assert strategy.made[1].last_event.reason == "ESH4.SIM has expired"
        assert len(fills(result)) == 2

    def test_working_orders_expire_and_a_row_of_the_time_fills_nothing(self):
        strategy = Scripted({SECOND: lambda s: s.limit(ES, SELL, 1, "5010.00"), 2 * SECOND: buy_two})
        made = engine([ES], es_quotes(), [strategy], settlement_prices={ES.id: 5000}, **USD)
        made.run()
        # The bid of 5010 at the hour would fill the limit, had the contract not expired
        assert strategy.made[0].status == OrderStatus.EXPIRED
        assert made.get_result().n_fills == 2

    def test_refuses_to_guess(self):
        made = engine([ES], es_quotes(), [Scripted({SECOND: buy_two})], **USD)
        with pytest.raises(InvalidData, match=r"no settlement price of ESH4\.SIM.*settlement_prices.*InstrumentClose"):
            made.run()

    def test_refuses_at_the_end_where_the_data_promised_a_price(self):
        """The closing price is there, but after the end of the run."""
        close = InstrumentClose(ES.id, Price.from_str("4990.00"), InstrumentCloseType.CONTRACT_EXPIRED, HOUR, 3 * HOUR)
        made = engine([ES], es_quotes(close), [Scripted({SECOND: buy_two})], **USD)
        with pytest.raises(InvalidData, match="the data was to bring an `InstrumentClose`"):
            made.run(end=2 * HOUR)

    def test_the_last_price_by_name(self):
        data = [quote(ES, 0, "5000.00", "5001.00"), quote(ES, 2 * HOUR, "1.00")]
        bars = [bar(ES, MINUTE * i, "5003.00", "5004.00", "5002.00", "5003.50") for i in (1, 2)]
        made = engine([ES], [*data, *bars], [Scripted({SECOND: buy_two})], settlement_fallback="last", **USD)
        made.run()
        assert fills(made.get_result())[-1] == ("S-001", "SELL", "5003.50", "settled")

    def test_without_a_position_no_price_is_needed(self):
        made = engine([ES], es_quotes(), [Scripted({SECOND: lambda s: s.limit(ES, BUY, 1, "4000.00")})], **USD)
        made.run()
        assert made.get_result().orders[0].status == OrderStatus.EXPIRED

    def test_hedged_positions_are_settled_each(self):
        def both(strategy):
            strategy.market(ES, BUY, 2)
            strategy.market(ES, SELL, 1)

        made = engine([ES], es_quotes(), [Scripted({SECOND: both})], oms=OmsType.HEDGING,
                      settlement_prices={ES.id: 5000}, **USD)
        made.run()
        result = made.get_result()
        assert len(result.positions) == 2
        assert all(position.is_closed for position in result.positions)
        assert adds_up(result, Decimal(1_000_000))

    def test_nothing_is_open_under_latency_either(self):
        """The order arrives before the expiry, its fill would be heard after it."""
        latency = LatencyModel(base_latency_nanos=SECOND)
        strategy = Scripted({HOUR - 2 * SECOND: buy_two, HOUR - SECOND // 2: buy_two})
        made = engine([ES], es_quotes(), [strategy], settlement_prices={ES.id: 5000}, latency_model=latency, **USD)
        made.run()
        result = made.get_result()
        assert [order.status for order in strategy.made] == [OrderStatus.FILLED, OrderStatus.REJECTED]
        assert result.positions[0].is_closed

    def test_reset_gives_the_same_digest(self):
        made = engine([ES], es_quotes(), [Scripted({SECOND: buy_two})], settlement_prices={ES.id: 5005.25}, **USD)
        made.run()
        first = made.get_result().digest
        made.reset()
        made.run()
        assert made.get_result().digest == first
        assert len(made.get_result().orders) == 2

    def test_settings_are_told_and_nonsense_is_refused(self):
        made = engine([ES], es_quotes(), [], settlement_prices={ES.id: 5005.25}, **USD)
        (venue,) = made.get_result().config["venues"]
        assert venue["settlement_prices"] == {"ESH4.SIM": "5005.25"}
        assert venue["settlement_fallback"] == "refuse"
        with pytest.raises(InvalidConfiguration, match="invalid `settlement_fallback` of SIM, must be one of"):
            engine([ES], es_quotes(), [], settlement_fallback="guess", **USD)

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from([BUY, SELL]), st.integers(1, 9)), min_size=1, max_size=6),
        st.integers(1, 900_000),
    )
    def test_books_add_up(self, orders, price):
        def send(strategy):
            for side, size in orders:
                strategy.market(ES, side, size)

        made = engine([ES], es_quotes(), [Scripted({SECOND: send})], settlement_prices={ES.id: Price.from_raw(price, 2)}, **USD)
        made.run()
        result = made.get_result()
        assert all(position.is_closed for position in result.positions)
        # By hand: each order at 5001 or 5000 against the settlement price, 50 dollars a point
        settled = Decimal(price) / 100
        pnl = sum(50 * n * (settled - 5001 if side == BUY else 5000 - settled) for side, n in orders)
        assert end_balance(result) == 1_000_000 + pnl
        assert adds_up(result, Decimal(1_000_000))


def option(kind, strike, underlying="ESM4", expiration_ns=HOUR):
    return OptionContract(
        instrument_id=InstrumentId(Symbol(f"{underlying} {kind.name[0]}{strike}"), SIM),
        raw_symbol=Symbol(f"{underlying} {kind.name[0]}{strike}"),
        asset_class=AssetClass.INDEX,
        currency=Currency.from_str("USD"),
        price_precision=2,
        price_increment=Price.from_str("0.01"),
        multiplier=Quantity.from_int(50),
        lot_size=Quantity.from_int(1),
        underlying=underlying,
        option_kind=kind,
        strike_price=Price.from_str(strike),
        activation_ns=0,
        expiration_ns=expiration_ns,
        ts_event=0,
        ts_init=0,
    )


class TestOptions:
    JUNE = future("ESM4", expiration_ns=100 * HOUR)

    @pytest.mark.parametrize(
        ("kind", "strike", "worth", "reason"),
        [
            (OptionKind.CALL, "4990", "20.50", "settled"),   # 5010.50 - 4990
            (OptionKind.CALL, "5020", "0.00", "expired"),
            (OptionKind.PUT, "5020", "9.50", "settled"),     # 5020 - 5010.50
            (OptionKind.PUT, "5000", "0.00", "expired"),
        ],
    )
    def test_exercise_value_against_the_middle_of_the_underlying(self, kind, strike, worth, reason):
        contract = option(kind, strike)
        data = [quote(contract, 0, "11.00", "12.00"), quote(self.JUNE, MINUTE, "5010.00", "5011.00"),
                quote(self.JUNE, 2 * HOUR, "6000.00")]
        strategy = Scripted({SECOND: lambda s: s.market(contract, BUY, 3)})
        made = engine([contract, self.JUNE], data, [strategy], **USD)
        made.run()
        result = made.get_result()
        assert fills(result)[-1] == ("S-001", "SELL", worth, reason)
        # Three contracts of 50 bought at 12
        assert end_balance(result) == 1_000_000 + 3 * 50 * (Decimal(worth) - 12)

    def test_without_the_underlying_the_run_stops(self):
        contract = option(OptionKind.CALL, "4990")
        data = [quote(contract, 0, "11.00", "12.00"), quote(contract, 2 * HOUR, "11.00", "12.00")]
        made = engine([contract], data, [Scripted({SECOND: lambda s: s.market(contract, BUY, 3)})], **USD)
        with pytest.raises(InvalidData, match="for an option add data of its underlying"):
            made.run()

    def test_definitions_survive_a_catalog(self):
        contract = option(OptionKind.PUT, "5020")
        again = instrument_from_dict(contract.to_dict())
        assert again == contract
        assert (again.option_kind, again.strike_price, again.underlying) == (OptionKind.PUT, Price.from_str("5020"), "ESM4")
