"""From paper to net through whole runs, with the arithmetic."""

from decimal import Decimal

import msgspec
import pytest

from nautilus_lite.analysis.attribution import PARTS
from nautilus_lite.backtest.models import LatencyModel, MakerTakerFeeModel
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.model.data import BookOrder, FundingRateUpdate, OrderBookDelta
from nautilus_lite.model.enums import AccountType, BookAction, BookType, OrderSide
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Currency
from tests.conftest import make_equity, make_pair
from tests.venue_runs import HOUR, SECOND, Scripted, engine, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual()
LATE = {"latency_model": LatencyModel(base_latency_nanos=SECOND)}


def run(instruments, data, script, **options):
    made = engine(instruments, data, [Scripted(script)], **options)
    made.run()
    return made.get_result()


def delta(instrument, ts, side, price, size):
    order = BookOrder(side, instrument.make_price(price), instrument.make_qty(size), 0)
    return OrderBookDelta(instrument.id, BookAction.ADD, order, 128, 0, ts, ts)


def amounts(entry):
    """Every part as a Decimal, zeros left out."""
    return {part: entry.money(part).as_decimal() for part in (*PARTS, "net") if getattr(entry, part)}


def add_up(result):
    """Every entry adds up to the change of equity, and its gross is what the positions say."""
    entries = result.attributed()
    for entry in entries:
        assert sum(getattr(entry, part) for part in PARTS) == entry.net
        slots = [i for i, (_, currency) in enumerate(result.equity_slots) if currency == entry.currency]
        own = [result.equity_samples[result.equity_samples["slot"] == i] for i in slots]
        first_ts = result.equity_samples["ts"][0]
        opened = [int(samples["equity"][0]) if samples["ts"][0] == first_ts else 0 for samples in own]
        assert entry.net == sum(int(samples["equity"][-1]) for samples in own) - sum(opened)
        held = [*result.positions, *result.snapshots]
        foreign = any(account.base_currency not in (None, p.settlement_currency) for account in result.accounts for p in held)
        if all(account.is_margin_account for account in result.accounts) and not foreign:
            booked = sum(p.gross_pnl.raw for p in held if p.settlement_currency == entry.currency)
            open_value = sum(int(samples["equity"][-1]) - int(samples["balance"][-1]) for samples in own)
            assert entry.gross == booked + open_value
    return entries


def paper_by_hand(result, mark):
    """PnL of one linear instrument had every fill been at the middle of its decision, minor units."""
    fills = [e for order in result.orders for e in order.events if isinstance(e, OrderFilled)]
    held = cash = Decimal(0)
    for fill in fills:
        sign = 1 if fill.order_side == BUY else -1
        held += sign * fill.last_qty.as_decimal()
        cash -= sign * fill.last_qty.as_decimal() * Decimal(repr(fill.mid_decision))
    assert held == 0 or mark is not None
    return cash + (held * Decimal(mark) if held else 0)


def test_a_round_trip_with_latency():
    """Decided at 100.01 and 103.01, arrived a second later at 101.01 and 102.01, filled at the touch 0.01 away.

    Paper 2 x (103.01 - 100.01) = 6; delay 2 x (101.01 - 100.01) + 2 x (103.01 - 102.01) = 4; half a spread twice, 2 x 0.02; fees
    2 x 0.0005 x (101.02 + 102.00) = 0.20302.
    """
    prices = ["100.00", "101.00", "103.00", "102.00"]
    data = [quote(BTC, i * 10 * SECOND, price, f"{Decimal(price) + Decimal('0.02')}") for i, price in enumerate(prices)]
    data[1] = quote(BTC, 5 * SECOND + 1, "101.00", "101.02")
    data[3] = quote(BTC, 25 * SECOND + 1, "102.00", "102.02")
    script = {5 * SECOND: lambda s: s.market(BTC, BUY, 2), 25 * SECOND: lambda s: s.market(BTC, SELL, 2)}
    result = run([BTC], data, script, **LATE)
    (entry,) = add_up(result)
    assert amounts(entry) == {
        "paper": Decimal("6"),
        "delay": Decimal("-4"),
        "spread": Decimal("-0.04"),
        "fees": Decimal("-0.20302"),
        "net": Decimal("1.75698"),
    }
    assert (entry.n_fills, entry.n_no_decision, entry.n_unmeasured) == (2, 0, 0)
    frame = result.attribution()
    assert frame.loc["USDT", "gross"] == pytest.approx(1.96)
    assert frame.loc["USDT", "net"] == pytest.approx(1.75698)


def test_open_positions_count_at_market():
    """Bought 2 at 100.02, the middle was 100.01; marked at the bid of 105: paper 2 x (105 - 100.01)."""
    data = [quote(BTC, 0, "100.00", "100.02"), quote(BTC, HOUR, "105.00", "105.02")]
    (entry,) = add_up(run([BTC], data, {SECOND: lambda s: s.market(BTC, BUY, 2)}))
    assert amounts(entry) == {
        "paper": Decimal("9.98"),
        "spread": Decimal("-0.02"),
        "fees": Decimal("-0.10002"),
        "net": Decimal("9.85998"),
    }


def test_a_flip_is_one_fill():
    data = [quote(BTC, 0, "100.00", "100.02"), quote(BTC, HOUR, "105.00", "105.02")]
    script = {SECOND: lambda s: s.market(BTC, BUY, 2), 2 * SECOND: lambda s: s.market(BTC, SELL, 3)}
    (entry,) = add_up(run([BTC], data, script))
    assert entry.n_fills == 2
    assert entry.money("spread").as_decimal() == Decimal("-0.05")


def test_makers_earn_the_spread_and_rebates():
    """Bought 2 at the limit of 100.00 when the ask came to it; the rebate is 2 x 100 x 0.0001."""
    data = [quote(BTC, 0, "100.00", "100.02"), quote(BTC, 10 * SECOND, "99.98", "100.00"), quote(BTC, HOUR, "99.98", "100.00")]
    fees = {"fee_model": MakerTakerFeeModel(maker="-0.0001", taker="0.0005")}
    (entry,) = add_up(run([BTC], data, {SECOND: lambda s: s.limit(BTC, BUY, 2, "100.00")}, **fees))
    # Decided and arrived at a middle of 100.01, marked at the bid of 99.98
    assert amounts(entry) == {
        "paper": Decimal("-0.06"),
        "spread": Decimal("0.02"),
        "rebates": Decimal("0.02"),
        "net": Decimal("-0.02"),
    }


def test_funding_is_a_part_of_its_own():
    data = [quote(BTC, 0, "100.00", "100.02"), quote(BTC, 17 * HOUR, "100.00", "100.02")]
    data.insert(1, FundingRateUpdate(BTC.id, Decimal("0.0001"), HOUR, HOUR, next_funding_ns=8 * HOUR))
    result = run([BTC], data, {SECOND: lambda s: s.market(BTC, BUY, 2)})
    (entry,) = add_up(result)
    assert entry.money("funding") == result.funding()["USDT"]
    assert entry.funding < 0


def test_inverse_contracts_cost_coins():
    """1000 dollars bought at 50.5 for a middle of 50, sold at 50.5 for one of 51: paper 1000 x (1/50 - 1/51) coins."""
    inverse = perpetual("BTCUSD-PERP", is_inverse=True, quote_currency=Currency.from_str("USD"),
                        settlement_currency=Currency.from_str("BTC"), taker_fee=Decimal(0))  # fmt: skip
    data = [quote(inverse, 0, "49.50", "50.50"), quote(inverse, HOUR, "50.50", "51.50"),
            quote(inverse, 2 * HOUR, "50.50", "51.50")]  # fmt: skip
    script = {SECOND: lambda s: s.market(inverse, BUY, 1000), HOUR + 1: lambda s: s.market(inverse, SELL, 1000)}
    result = run([inverse], data, script, balance="100 BTC")
    (entry,) = add_up(result)
    spread = 1000 * (Decimal(1) / 50 - 1 / Decimal("50.5")) + 1000 * (1 / Decimal("50.5") - Decimal(1) / 51)
    assert entry.spread == -round(spread * 10**8)
    assert entry.paper == round(1000 * (Decimal(1) / 50 - Decimal(1) / 51) * 10**8)
    assert entry.net == 0


def test_a_spot_pair_moves_two_currencies():
    """Two coins bought at 100.02 for a middle of 100.01: dollars fall by the 200.02 on paper, and by the spread."""
    pair = make_pair("BTC/USDT")
    data = [quote(pair, 0, "100.00000", "100.02000"), quote(pair, HOUR, "105.00000", "105.02000")]
    script = {SECOND: lambda s: s.market(pair, BUY, 2)}
    result = run([pair], data, script, balance="1000 USDT", account=AccountType.CASH)
    coins, dollars = add_up(result)
    assert (str(coins.currency), coins.net, coins.paper) == ("BTC", 2 * 10**8, 2 * 10**8)
    assert dollars.money("paper").as_decimal() == Decimal("-200.02")
    assert amounts(dollars)["spread"] == Decimal("-0.02")
    assert dollars.money("net").as_decimal() == Decimal("-200.04")


def test_a_base_currency_is_converted_at_the_middle_of_the_fill():
    """USD/JPY in a dollar account: half a spread of 0.010 JPY on 100,000 is 1,000 JPY, 1000 / 150.01 dollars at each fill."""
    pair = make_pair("USD/JPY")
    precision = pair.price_precision
    text = [f"{value:.{precision}f}" for value in (150.0, 150.02)]
    data = [quote(pair, 0, *text, size=10**6), quote(pair, HOUR, *text, size=10**6)]
    script = {SECOND: lambda s: s.market(pair, BUY, 100_000), HOUR: lambda s: s.market(pair, SELL, 100_000)}
    (entry,) = add_up(run([pair], data, script, balance="100000 USD", base="USD"))
    assert entry.money("spread").as_decimal() == round(-2 * Decimal(1000) / Decimal("150.01"), 2)
    assert entry.unmeasured == 0
    assert abs(entry.paper) <= 1, "nothing moved; a cent of rounding"


@pytest.mark.parametrize("stays_open", [False, True])
def test_what_settles_elsewhere_is_named(stays_open):
    """A cross in a dollar account: booked at rates of its time that no fill tells; another pair beside it is still split."""
    cross, rates, own = make_pair("EUR/JPY"), make_pair("USD/JPY"), make_pair("EUR/USD")
    prices = {cross: ("160.00000", "160.02000"), rates: ("150.00000", "150.02000"), own: ("1.10000", "1.10002")}
    data = [quote(pair, ts, *text, size=10**6) for ts in (0, HOUR, 2 * HOUR) for pair, text in prices.items()]
    data[3] = quote(cross, HOUR, "161.00000", "161.02000", size=10**6)
    data[6] = quote(cross, 2 * HOUR, "161.00000", "161.02000", size=10**6)
    script = {
        SECOND: lambda s: (s.market(cross, BUY, 1_000), s.market(own, BUY, 1_000)),
        HOUR + SECOND: lambda s: None if stays_open else s.market(cross, SELL, 1_000),
    }
    result = run([rates, cross, own], data, script, balance="100000 USD", base="USD")
    (entry,) = add_up(result)
    assert entry.n_unmeasured == (1 if stays_open else 2)
    # 0.98 yen on 1,000 euros at 150.01 to the dollar; where the cross is open the two cents of the other pair go with it
    assert entry.money("unmeasured").as_decimal() == Decimal("6.51" if stays_open else "6.53")
    # Half a spread of a hundredth of a cent on 1,000 euros; and as much again from the middle to the bid
    assert entry.money("spread").as_decimal() == Decimal("-0.01")
    assert abs(entry.paper) <= 1


def test_what_has_no_middle_is_named():
    """A book with asks alone: two bought at 100, then bids come and one is sold at 110, one remains."""
    data = [delta(BTC, 0, SELL, 100, 50), delta(BTC, 10 * SECOND, BUY, 95, 50), delta(BTC, HOUR, BUY, 96, 50)]
    script = {SECOND: lambda s: s.market(BTC, BUY, 2), 20 * SECOND: lambda s: s.market(BTC, SELL, 1)}
    result = run([BTC], data, script, book=BookType.L2_MBP)
    (entry,) = add_up(result)
    assert (entry.n_fills, entry.n_unmeasured) == (2, 1)
    # -5 realised and 96 - 100 open, none of it on paper
    assert entry.money("unmeasured").as_decimal() == Decimal("-9")
    assert (entry.paper, entry.delay, entry.spread) == (0, 0, 0)


def test_cash_accounts_count_what_open_positions_cost():
    """Ten shares at 100.02 for a middle of 100.01, worth 105.00 at the end; without bids nothing of it is on paper."""
    share = make_equity("XYZ")
    quotes = [quote(share, 0, "100.00", "100.02"), quote(share, HOUR, "105.00", "105.02")]
    options = {"account": AccountType.CASH, "balance": "10000 USD"}
    (entry,) = add_up(run([share], quotes, {SECOND: lambda s: s.market(share, BUY, 10)}, **options))
    assert amounts(entry) == {"paper": Decimal("49.90"), "spread": Decimal("-0.10"), "net": Decimal("49.80")}
    data = [delta(share, 0, SELL, 100, 50), delta(share, 10 * SECOND, BUY, 95, 50), delta(share, HOUR, BUY, 96, 50)]
    result = run([share], data, {SECOND: lambda s: s.market(share, BUY, 2)}, book=BookType.L2_MBP, **options)
    (entry,) = add_up(result)
    assert amounts(entry) == {"unmeasured": Decimal("-8"), "net": Decimal("-8")}


def test_without_equity_nothing_is_attributed():
    data = [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "100.00")]
    result = run([BTC], data, {SECOND: lambda s: s.market(BTC, BUY, 2)}, interval_ns=0)
    with pytest.raises(ValueError, match="the run kept no equity, `equity_interval_ns` was 0"):
        result.attributed()


def test_frozen_accounts_book_nothing():
    data = [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "101.00")]
    result = run([BTC], data, {SECOND: lambda s: s.market(BTC, BUY, 2)}, frozen_account=True)
    (entry,) = result.attributed()
    assert entry.fees == 0
    assert entry.gross == entry.net == 2 * 10**8


@pytest.mark.parametrize("latency_ns", [0, 5_000_000_000])
def test_a_market_maker_adds_up_and_its_paper_is_that_of_its_decisions(maker_config, latency_ns):
    path = "nautilus_lite.backtest.models:LatencyModel"
    model = msgspec.structs.replace(maker_config.venues[0].latency_model, path=path, config={"base_latency_nanos": latency_ns})
    venue = msgspec.structs.replace(maker_config.venues[0], latency_model=model)
    result = run_backtest(msgspec.structs.replace(maker_config, venues=[venue]))
    (entry,) = add_up(result)
    assert (entry.delay != 0) == (latency_ns > 0)
    assert entry.n_fills == result.n_fills
    (position,) = result.positions
    if position.is_closed:
        assert entry.money("paper").as_decimal() == paper_by_hand(result, None)


def test_an_ema_cross_adds_up(bars_config):
    result = run_backtest(bars_config)
    (entry,) = add_up(result)
    assert entry.fees == -round(sum(order.commissions()[0].as_decimal() for order in result.orders) * 100)
