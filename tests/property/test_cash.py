"""Whatever is sent on a cash account: the run goes on, no balance falls below zero, the money adds up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import CurrencyFeeModel, FixedFeeModel, LatencyModel, MakerTakerFeeModel, PerShareFeeModel
from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, TimeInForce
from nautilus_lite.model.objects import Currency, Price, Quantity
from tests.venue_runs import SECOND, Scripted, engine, quote, spot

BTC = spot()
# Products of price and quantity that are no whole cents
EUR = spot("EURUSD", "EUR", quote_currency=Currency.from_str("USD"), price_precision=5, size_precision=2)
N = 12

MOVES = st.lists(st.integers(-300, 300), min_size=N, max_size=N)
# What, buys, size in thousandths of what 1,000 buys, price offset in ticks of a cent, when (half seconds)
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["market", "market", "limit", "limit", "stop", "bracket", "quote", "modify", "cancel", "close", "gtd",
                         "fok", "to_limit", "trail"]),
        st.booleans(), st.integers(1, 1_100), st.integers(-300, 300), st.integers(2, 2 * N - 3), st.integers(0, 1),
    ),
    min_size=1, max_size=14,
)
FEES = {
    "none": lambda: MakerTakerFeeModel(Decimal(0), Decimal(0)),
    "rate": lambda: MakerTakerFeeModel(),
    "rebate": lambda: MakerTakerFeeModel(Decimal("-0.001"), Decimal("0.002")),
    "received": lambda: CurrencyFeeModel(MakerTakerFeeModel(), "RECEIVED"),
    "base": lambda: CurrencyFeeModel(MakerTakerFeeModel(), "BASE"),
    "fixed": lambda: FixedFeeModel("3 USDT", charge_commission_once=False),
    "shares": lambda: PerShareFeeModel("0.01", "0.50 USDT"),
}


def price_of(instrument: Any, offset: int) -> str:
    return f"{100 + offset / 100:.{instrument.price_precision}f}" if instrument is BTC else f"{1 + offset / 10_000:.5f}"


def act(s: Scripted, what: str, buys: bool, size: int, offset: int, which: int) -> None:
    instrument = (BTC, EUR)[which]
    side = OrderSide.BUY if buys else OrderSide.SELL
    made = s.order_factory
    qty = instrument.make_qty(Decimal(size) / (100 if instrument is BTC else 1))
    price = Price.from_str(price_of(instrument, offset))
    if what == "market":
        s.send(made.market(instrument.id, side, qty))
    elif what == "limit":
        s.send(made.limit(instrument.id, side, qty, price))
    elif what == "fok":
        s.send(made.limit(instrument.id, side, qty, price, time_in_force=TimeInForce.FOK))
    elif what == "gtd":
        expires = unix_nanos_to_dt(s.clock.timestamp_ns()) + timedelta(seconds=2)
        s.send(made.limit(instrument.id, side, qty, price, time_in_force=TimeInForce.GTD, expire_time=expires))
    elif what == "stop":
        s.send(made.stop_market(instrument.id, side, qty, price))
    elif what == "to_limit":
        s.send(made.market_to_limit(instrument.id, side, qty))
    elif what == "trail":
        offset = Decimal("0.005") if which else Decimal("0.50")
        s.send(made.trailing_stop_market(instrument.id, side, qty, trailing_offset=offset))
    elif what == "quote":
        s.send(made.market(instrument.id, side, instrument.make_qty(Decimal(size)), quote_quantity=True))
    elif what == "bracket":
        low, high = price_of(instrument, -abs(offset) - 1), price_of(instrument, abs(offset) + 1)
        orders = made.bracket(
            instrument.id, side, qty, sl_trigger_price=Price.from_str(low if buys else high),
            tp_price=Price.from_str(high if buys else low),
        )
        s.made.extend(orders.orders)
        s.submit_order_list(orders)
    elif what == "close":
        s.close_all_positions(instrument.id)
    else:
        working = [order for order in s.made if order.is_open]
        if not working:
            return
        order = working[size % len(working)]
        if what == "cancel":
            s.cancel_order(order)
        else:
            s.modify_order(order, quantity=Quantity(max(order.filled_qty.as_decimal(), order.quantity.as_decimal() * size / 500),
                                                    order.quantity.precision))


def data_of(moves: list[int], size: int) -> list[Any]:
    rows = []
    at = 0
    for i, move in enumerate(moves):
        at = max(-9_000, at + move)
        for instrument in (BTC, EUR):
            rows.append(quote(instrument, (i + 1) * SECOND, price_of(instrument, at), price_of(instrument, at + 2), size=size))
    return rows


@settings(max_examples=150, deadline=None)
@given(
    moves=MOVES, actions=ACTIONS, fee=st.sampled_from(sorted(FEES)), oms=st.sampled_from([OmsType.NETTING, OmsType.HEDGING]),
    entry=st.sampled_from([0, 1, 700]), response=st.sampled_from([0, 1, 2_300]),
    base=st.sampled_from([None, None, "USDT", "EUR"]),
    consumes=st.booleans(), size=st.sampled_from([3, 1_000]), traders=st.sampled_from([1, 2]),
    balance=st.sampled_from(["1000 USDT, 1000 USD", "500 USDT, 5 BTC, 100 EUR, 900 USD", "0 USDT, 20 BTC"]),
)
def test_random_orders_never_overdraw(moves, actions, fee, oms, entry, response, base, consumes, size, traders, balance):
    scripts: list[dict[int, Any]] = [{} for _ in range(traders)]
    for i, (what, buys, amount, offset, when, which) in enumerate(actions):
        script = scripts[i % traders]
        if base is not None:
            # That of which there is a rate
            which = int(base == "EUR")
        before = script.get(when * SECOND // 2, lambda s: None)

        def both(s, before=before, what=what, buys=buys, amount=amount, offset=offset, which=which):
            before(s)
            act(s, what, buys, amount, offset, which)

        script[when * SECOND // 2] = both
    latency = None
    if entry or response:
        latency = LatencyModel(entry * SECOND // 1_000, response_latency_nanos=response * SECOND // 1_000)
    if base is not None:
        balance = f"1000 {base}"
    if base == "EUR" and fee in ("fixed", "shares"):
        fee = "rate"
    made = engine(
        [BTC, EUR], data_of(moves, size), [Scripted(script, f"00{i}") for i, script in enumerate(scripts)], balance, base=base,
        account=AccountType.CASH, oms=oms, latency_model=latency, fee_model=FEES[fee](), liquidity_consumption=consumes,
    )
    digests = []
    for _ in range(2):
        made.run()
        result = made.get_result()
        digests.append(result.digest)
        for event in result.accounts[0].events:
            for state in event.balances:
                assert state.total.raw >= 0, f"{event}"
        assert not [problem for statement in result.statements for problem in statement.problems()]
        for exchange in made.kernel.exchanges:
            exchange._check()
        assert all(order.is_closed or order.is_open or order.status.name == "SUBMITTED" for order in result.orders)
        if not any(order.is_open for order in result.orders):
            assert all(money.raw == 0 for money in result.accounts[0].balances_locked().values())
        made.reset()
    assert digests[0] == digests[1]
    made.dispose()
