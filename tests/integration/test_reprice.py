"""Fees repriced after a run equal those of a run, to the minor unit, wherever cash does not bind."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.models import (
    CompositeFeeModel,
    FeeModel,
    FixedFeeModel,
    LatencyModel,
    MakerTakerFeeModel,
    PerShareFeeModel,
    TieredFeeModel,
)
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.enums import AccountType, OrderSide
from nautilus_lite.model.objects import Money
from tests.conftest import make_pair
from tests.venue_runs import HOUR, SECOND, Scripted, engine, perpetual, quote, spot

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual()
MODELS = "nautilus_lite.backtest.models"


class Odd(FeeModel):
    """A model in Python that looks at what the order had filled before, and at the time."""

    def get_commission(self, order, fill_qty, fill_px, instrument):
        amount = Decimal("0.01") if order.filled_qty else Decimal("0.02")
        return Money(amount + Decimal(self.ts_now % 7) / 1000, instrument.settlement_currency)


def money_of(result: Any) -> dict[str, Any]:
    """Everything in which fees stand."""
    return {
        "orders": [(str(order.client_order_id), [str(paid) for paid in order.commissions()]) for order in result.orders],
        "fills": result.fills_report().to_dict("list"),
        "positions": [
            (str(p.id), p.realized_pnl, [str(paid) for paid in p.commissions()], [str(e.commission) for e in p.events])
            for p in (*result.positions, *result.snapshots)
        ],
        "accounts": [
            (
                str(account.id),
                account.balances_total(),
                account.balances_free(),
                account.commissions(),
                [(event.ts_event, [str(balance) for balance in event.balances]) for event in account.events],
            )
            for account in result.accounts
        ],
        "ledgers": [
            (account.ledger.rows().tolist(), account.ledger.currencies, [_named(source) for source in account.ledger.sources])
            for account in result.accounts
        ],
        "statements": [(str(s.account_id), str(s.currency), s.terms, s.balance, s.booked) for s in result.statements],
        "equity": result.equity_samples.tolist(),
    }


def _named(source: Any) -> str:
    return str(getattr(source, "trade_id", getattr(source, "id", source)))


def assert_equal(repriced: Any, run: Any) -> None:
    ours, theirs = money_of(repriced), money_of(run)
    for name in theirs:
        if name == "fills":
            assert ours[name].keys() == theirs[name].keys()
            for column, values in theirs[name].items():
                assert str(ours[name][column]) == str(values), column
        else:
            assert ours[name] == theirs[name], name


FEE_MODELS = [
    ("MakerTakerFeeModel", {"maker": "-0.0001", "taker": "0.0004"}),
    ("FixedFeeModel", {"commission": "0.50 USDT"}),
    ("FixedFeeModel", {"commission": "0.50 USDT", "charge_commission_once": False}),
    ("PerShareFeeModel", {"rate": "7", "minimum": "0.10 USDT"}),
    ("TieredFeeModel", {"tiers": [["0 USDT", "0.0002", "0.0005"], ["100000 USDT", "0.0001", "0.0003"]]}),
    ("PerContractFeeModel", {"commission": "3 USDT"}),
]


@pytest.mark.parametrize(("name", "options"), FEE_MODELS)
@pytest.mark.parametrize("response_ns", [0, 300_000_000])
def test_a_market_maker_repriced_is_the_run(maker_config, name, options, response_ns):
    latency = ImportableConfig(
        path=f"{MODELS}:LatencyModel", config={"base_latency_nanos": 500_000, "response_latency_nanos": response_ns}
    )
    fee = ImportableConfig(path=f"{MODELS}:{name}", config=options)
    venue = msgspec.structs.replace(maker_config.venues[0], latency_model=latency)
    config = msgspec.structs.replace(maker_config, venues=[venue], end="2024-01-02T00:10:00")
    dear = msgspec.structs.replace(config, venues=[msgspec.structs.replace(venue, fee_model=fee)])
    result, run = run_backtest(config), run_backtest(dear)
    before = money_of(result)
    repriced = result.reprice(fee)
    assert run.n_fills > 100
    assert_equal(repriced, run)
    assert repriced.attributed() == run.attributed()
    assert [s.value for s in repriced.statistics()] == [s.value for s in run.statistics()]
    assert repriced.config["venues"][0]["fee_model"] == run.config["venues"][0]["fee_model"]
    assert repriced.digest == "" and repriced.warnings[0].startswith("fees were repriced after the run")
    assert not any("cash may have bound" in warning for warning in repriced.warnings)
    assert str(money_of(result)) == str(before), "the given result stays as it is"


def run(script, fees, instruments=(BTC,), data=None, **options):
    data = data or [quote(BTC, i * 60 * SECOND, f"{100 + i}.00", f"{100 + i}.02") for i in range(60)]
    made = engine(list(instruments), data, [Scripted(script)], fee_model=fees, **options)
    made.run()
    return made.get_result()


def turns(instrument, n=20):
    """Buys, and sells more than is held: every second fill turns the position."""
    return {
        (90 + 60 * i) * SECOND: (lambda s, i=i: s.market(instrument, BUY if i % 2 else SELL, 1 + i % 3)) for i in range(n)
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda: MakerTakerFeeModel(maker="0.001", taker="0.0033"),
        lambda: FixedFeeModel("0.01000001 USDT"),
        lambda: PerShareFeeModel(rate="0.003", minimum="1 USDT"),
        lambda: CompositeFeeModel([MakerTakerFeeModel(), FixedFeeModel("0.10 USDT")]),
        lambda: TieredFeeModel([("0 USDT", "0.0002", "0.0005"), ("500 USDT", "0.0001", "0.0003")]),
        Odd,
    ],
)
def test_fills_that_turn_a_position_are_split_as_the_engine_does(make):
    result, direct = run(turns(BTC), MakerTakerFeeModel()), run(turns(BTC), make())
    assert len(direct.snapshots) > 5
    assert_equal(result.reprice(make()), direct)
    # And back
    assert_equal(direct.reprice(MakerTakerFeeModel()), result)


def test_two_instruments_share_the_volume_of_their_venue():
    other = perpetual("ETHUSDT-PERP")
    data = [quote(one, i * 60 * SECOND, "100.00", "100.02") for i in range(60) for one in (BTC, other)]
    script = {(90 + 60 * i) * SECOND: (lambda s: (s.market(other, BUY, 1), s.market(BTC, BUY, 2))) for i in range(10)}
    tiers = [("0 USDT", "0.0002", "0.0005"), ("777 USDT", "0.0001", "0.0003"), ("1450 USDT", "0", "0.0001")]
    made = [run(script, fees, (BTC, other), data) for fees in (FixedFeeModel("0 USDT"), TieredFeeModel(tiers))]
    assert_equal(made[0].reprice(TieredFeeModel(tiers)), made[1])


def test_a_spot_account_of_two_currencies():
    pair = make_pair("BTC/USDT", maker_fee=Decimal("0.001"), taker_fee=Decimal("0.001"))
    data = [quote(pair, i * 60 * SECOND, f"{100 + i}.00000", f"{100 + i}.02000") for i in range(30)]
    script = {90 * SECOND: lambda s: s.market(pair, BUY, 5), 900 * SECOND: lambda s: s.market(pair, SELL, 2)}
    options = {"instruments": [pair], "data": data, "account": AccountType.CASH, "balance": "100000 USDT"}
    fees = MakerTakerFeeModel(maker="0.002", taker="0.002")
    assert_equal(run(script, MakerTakerFeeModel(), **options).reprice(fees), run(script, fees, **options))


def test_latency_of_answers_moves_the_time_of_booking():
    late = {"latency_model": LatencyModel(base_latency_nanos=SECOND, response_latency_nanos=2_000 * SECOND)}
    fees = FixedFeeModel("1 USDT")
    result, direct = run(turns(BTC), MakerTakerFeeModel(), **late), run(turns(BTC), fees, **late)
    assert_equal(result.reprice(fees), direct)


def test_a_frozen_account_stays_frozen():
    result = run(turns(BTC), MakerTakerFeeModel(), frozen_account=True)
    repriced = result.reprice(FixedFeeModel("1 USDT"))
    assert repriced.accounts[0].balances_total() == result.accounts[0].balances_total()
    assert_equal(repriced, run(turns(BTC), FixedFeeModel("1 USDT"), frozen_account=True))


def test_cash_that_would_have_run_out_is_told():
    result = run(turns(BTC), MakerTakerFeeModel(), balance="100 USDT")
    assert not any("cash" in warning for warning in result.reprice(FixedFeeModel("0.01 USDT")).warnings)
    warnings = result.reprice(FixedFeeModel("30 USDT")).warnings
    assert any(
        "cash may have bound: account SIM-001 would have had -" in w and "1970-01-01T00:" in w for w in warnings
    ), warnings


def test_orders_that_were_denied_are_told():
    script = {90 * SECOND: lambda s: s.market(BTC, BUY, 1), 150 * SECOND: lambda s: s.market(BTC, BUY, 500)}
    result = run(script, MakerTakerFeeModel(), balance="100 USDT")
    assert [order.status.name for order in result.orders] == ["FILLED", "DENIED"]
    assert any("1 orders were denied" in warning for warning in result.reprice(FixedFeeModel("0 USDT")).warnings)


def test_orders_that_could_not_be_paid_for_are_told():
    share = spot()
    data = [quote(share, i * 60 * SECOND, "101.00" if i < 3 else "100.00") for i in range(9)]
    script = {90 * SECOND: lambda s: (s.limit(share, BUY, 4, "100.00"), s.market(share, BUY, 5), s.market(share, BUY, 5))}
    result = run(script, FixedFeeModel("60 USDT"), (share,), data, account=AccountType.CASH, balance="1000 USDT")
    assert [order.status.name for order in result.orders] == ["CANCELED", "FILLED", "REJECTED"]
    warnings = result.reprice(FixedFeeModel("0 USDT")).warnings
    assert any("1 orders were rejected for want of money" in warning for warning in warnings)
    assert any("working orders were cancelled for want of money" in warning for warning in warnings)


def test_liquidation_is_told():
    result = run(turns(BTC), MakerTakerFeeModel(), liquidation_enabled=True)
    assert any("liquidation was on" in warning for warning in result.reprice(FixedFeeModel("0 USDT")).warnings)


def test_what_a_strategy_reads_cannot_be_known():
    warning = run(turns(BTC), MakerTakerFeeModel()).reprice(FixedFeeModel("0 USDT")).warnings[0]
    assert "strategies that read balances or fees may have acted otherwise" in warning


def test_rates_of_the_time_are_not_kept():
    pair = make_pair("USD/JPY", taker_fee=Decimal("0.001"))
    digits = pair.price_precision
    data = [quote(pair, 0, f"{150:.{digits}f}"), quote(pair, HOUR, f"{150:.{digits}f}")]
    result = run({SECOND: lambda s: s.market(pair, BUY, 100)}, MakerTakerFeeModel(), [pair], data, balance="1000 USD", base="USD")
    with pytest.raises(InvalidData, match="is booked in USD at the rate of its time, which a finished run does not keep"):
        result.reprice(FixedFeeModel("1 USD"))


def test_a_currency_never_held_is_refused():
    with pytest.raises(InvalidData, match="a fee of 1.00000000 BNB is in a currency that account SIM-001 never held"):
        run(turns(BTC), MakerTakerFeeModel()).reprice(FixedFeeModel("1 BNB"))


def test_something_else_is_refused():
    with pytest.raises(InvalidConfiguration, match="invalid `fee_model`, must be a FeeModel"):
        run(turns(BTC), MakerTakerFeeModel()).reprice("0.1 %")


def test_a_comparison_is_repriced_into_more_worlds(maker_config):
    config = msgspec.structs.replace(maker_config, end="2024-01-02T00:05:00")
    queues = {"none": None, "power": ImportableConfig(path=f"{MODELS}:PowerProbQueueModel", config={"n": 2.0})}
    fees = {
        name: ImportableConfig(path=f"{MODELS}:MakerTakerFeeModel", config={"maker": rate, "taker": "0.0004"})
        for name, rate in {"cheap": "0", "rebate": "-0.0001"}.items()
    }
    wide = compare(config, queue_models=queues).reprice(fees)
    runs = compare(config, queue_models=queues, fee_models=fees)
    assert wide.axis_names == runs.axis_names == ["queue_model", "fee_model"]
    assert wide.names == runs.names
    for name in runs.names:
        assert_equal(wide[name], runs[name])
    ours, theirs = wide.frame(), runs.frame()
    assert ours.drop(columns="digest").equals(theirs.drop(columns="digest"))
    again = runs.reprice({"cheap": fees["cheap"]})
    assert again.names == ["none / cheap", "power / cheap"]
    assert_equal(again["none / cheap"], runs["none / cheap"])
