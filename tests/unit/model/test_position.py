"""Positions: exact cost and PnL."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.model.enums import LiquiditySide, OrderSide, OrderType, PositionSide
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    Symbol,
    TradeId,
    TraderId,
    VenueOrderId,
)
from nautilus_lite.model.instruments import CryptoPerpetual
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.model.position import Position

IDS = UUIDFactory(5)
BUY, SELL = OrderSide.BUY, OrderSide.SELL


def fill(instrument, side, qty, px, fee=None, n=1, ts=0):
    return OrderFilled(
        trader_id=TraderId("T-1"),
        strategy_id=StrategyId("S-1"),
        instrument_id=instrument.id,
        client_order_id=ClientOrderId(f"O-{n}"),
        venue_order_id=VenueOrderId(f"V-{n}"),
        account_id=AccountId("SIM-1"),
        trade_id=TradeId(f"T-{n}"),
        position_id=PositionId("P-1"),
        order_side=side,
        order_type=OrderType.MARKET,
        last_qty=instrument.make_qty(qty),
        last_px=instrument.make_price(px),
        currency=instrument.quote_currency,
        commission=fee or Money(0, instrument.quote_currency),
        liquidity_side=LiquiditySide.TAKER,
        event_id=IDS.generate(),
        ts_event=ts,
        ts_init=ts,
    )


@pytest.fixture(scope="module")
def aud(pair):
    return pair("AUD/USD")


def usd(text):
    return Money.from_str(f"{text} USD")


def test_long_round_trip_net_of_fees(aud):
    position = Position(aud, fill(aud, BUY, 100_000, "0.80000", usd("2.00"), 1, ts=10))
    position.apply(fill(aud, SELL, 100_000, "0.80100", usd("2.00"), 2, ts=70))
    # 100,000 x 0.00100 = 100.00, less 4.00 of fees
    assert position.gross_pnl == usd("100.00")
    assert position.realized_pnl == usd("96.00")
    assert position.side == PositionSide.FLAT
    assert position.is_closed
    assert position.duration_ns == 60
    assert position.realized_return == pytest.approx(0.00125)
    assert position.commissions() == [usd("4.00")]
    assert position.closing_order_id == ClientOrderId("O-2")


def test_short_gains_when_the_price_falls(aud):
    position = Position(aud, fill(aud, SELL, 1_000, "0.80000"))
    assert position.unrealized_pnl(Price.from_str("0.79000")) == usd("10.00")
    assert position.signed_decimal_qty() == Decimal(-1_000)
    position.apply(fill(aud, BUY, 400, "0.79000", n=2))
    assert position.realized_pnl == usd("4.00")
    assert position.peak_qty == Quantity.from_int(1_000)
    assert position.quantity == Quantity.from_int(600)


def test_average_open_price_follows_additions_and_not_closes(aud):
    position = Position(aud, fill(aud, BUY, 100, "0.80000"))
    position.apply(fill(aud, BUY, 300, "0.84000", n=2))
    # (80 + 252) / 400
    assert position.avg_px_open == pytest.approx(0.83)
    position.apply(fill(aud, SELL, 200, "0.90000", n=3))
    assert position.avg_px_open == pytest.approx(0.83)
    assert position.realized_pnl == usd("14.00")


def test_thirds_add_up_to_the_whole(aud):
    # 3 x 1 at 0.00001 a unit of gain: each part alone rounds to zero cents, together they are 0.03
    position = Position(aud, fill(aud, BUY, 3_000, "0.80000"))
    for n in (2, 3, 4):
        position.apply(fill(aud, SELL, 1_000, "0.80001", n=n))
    assert position.realized_pnl == usd("0.03")


def test_larger_fill_than_open_is_refused(aud):
    position = Position(aud, fill(aud, BUY, 100, "0.80000"))
    with pytest.raises(ValueError, match="must not exceed the 100 that are open, was 101"):
        position.apply(fill(aud, SELL, 101, "0.80000", n=2))


def test_closed_position_takes_no_fill(aud):
    position = Position(aud, fill(aud, BUY, 100, "0.80000"))
    position.apply(fill(aud, SELL, 100, "0.80000", n=2))
    with pytest.raises(ValueError, match="closed position P-1"):
        position.apply(fill(aud, BUY, 100, "0.80000", n=3))


def test_fee_in_another_currency_is_kept_apart(aud):
    position = Position(aud, fill(aud, BUY, 1_000, "0.80000", Money.from_str("1.00 AUD")))
    assert position.realized_pnl == usd("0.00")
    assert position.commissions() == [Money.from_str("1.00 AUD")]


def test_inverse_contract_pays_in_base():
    btc = Currency.from_str("BTC")
    instrument = CryptoPerpetual(
        instrument_id=InstrumentId.from_str("XBTUSD.SIM"),
        raw_symbol=Symbol("XBTUSD"),
        base_currency=btc,
        quote_currency=Currency.from_str("USD"),
        settlement_currency=btc,
        is_inverse=True,
        price_precision=1,
        size_precision=0,
        price_increment=Price.from_str("0.5"),
        size_increment=Quantity.from_int(1),
        ts_event=0,
        ts_init=0,
    )
    position = Position(instrument, fill(instrument, BUY, 100_000, "10000.0", Money(0, btc)))
    # 100,000 x (1/10,000 - 1/11,000) = 10 - 9.09090909... BTC
    assert position.unrealized_pnl(Price.from_str("11000.0")) == Money.from_str("0.90909091 BTC")
    position.apply(fill(instrument, SELL, 100_000, "11000.0", Money(0, btc), n=2))
    assert position.realized_pnl == Money.from_str("0.90909091 BTC")


@given(
    trades=st.lists(
        st.tuples(st.sampled_from([BUY, SELL]), st.integers(1, 10_000), st.integers(1, 500_000)), min_size=1, max_size=30
    )
)
def test_pnl_is_cash_flow_once_flat(aud, trades):
    # Whatever the path, a flat position earned what was received less what was paid, rounded once
    position, net, cash = None, 0, 0
    for n, (side, qty, ticks) in enumerate(trades):
        if position is not None and position.is_opposite_side(side):
            qty = min(qty, abs(net))
        price = Decimal(ticks) / 100_000
        event = fill(aud, side, qty, price, n=n)
        if position is None:
            position = Position(aud, event)
        else:
            position.apply(event)
        sign = 1 if side == BUY else -1
        net += sign * qty
        cash -= sign * qty * ticks
        if net == 0:
            break
    if net != 0:
        side = SELL if net > 0 else BUY
        position.apply(fill(aud, side, abs(net), Decimal("0.80000"), n=1_000))
        cash += net * 80_000
    expected = (Decimal(cash) / 100_000).quantize(Decimal("0.01"), rounding="ROUND_HALF_EVEN")
    assert abs(position.realized_pnl.as_decimal() - expected) <= Decimal("0.01")
    assert position.is_closed
