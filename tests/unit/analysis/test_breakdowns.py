"""Trades by strategy, instrument, side, month, hour and weekday."""

import numpy as np
import pytest

from nautilus_lite.analysis.breakdowns import KEYS, breakdown
from nautilus_lite.model.enums import OrderSide

HOUR = 3600 * 10**9
DAY = 24 * HOUR
# 2024-01-31 22:30, a Wednesday
LATE = (19753 * 24 + 22) * HOUR + HOUR // 2


@pytest.fixture
def trades(trade):
    return [
        trade("10.01", LATE, fees=("0.50",), strategy="A-001", instrument="X.SIM"),
        trade("-4.00", LATE + 2 * HOUR, OrderSide.SELL, fees=("0.25",), strategy="A-001", instrument="Y.SIM"),
        trade("0.00", LATE + DAY, fees=("0.10",), strategy="B-001", instrument="X.SIM"),
        trade("-0.02", LATE + DAY + 1, OrderSide.SELL, fees=("-0.01",), strategy="B-001", instrument="X.SIM"),
        trade("-1.00 EUR", LATE + 2, fees=("0.20 EUR", "0.00010000 BTC"), strategy="B-001", instrument="Z.SIM"),
        trade("3.00", LATE + DAY, fees=("0.40",), strategy="B-001", instrument="Y.SIM", is_open=True),
    ]


def test_by_strategy_by_hand(trades):
    frame = breakdown(trades, "strategy")
    assert frame.index.names == ["strategy", "currency"]
    assert frame.index.tolist() == [("A-001", "USD"), ("B-001", "BTC"), ("B-001", "EUR"), ("B-001", "USD")]
    a = frame.loc[("A-001", "USD")]
    # 10.01 - 4.00 after fees of 0.50 + 0.25
    assert (a.trades, a.open, a.wins, a.losses, a.win_rate) == (2, 0, 1, 1, 0.5)
    assert (a.gross_pnl, a.fees, a.net_pnl) == (6.76, 0.75, 6.01)
    assert (a.profit_factor, a.average_trade) == (pytest.approx(10.01 / 4.0), pytest.approx(3.005))
    b = frame.loc[("B-001", "USD")]
    # One at zero, one at -0.02 with a rebate of 0.01, and 3.00 realised of a position that is still open
    assert (b.trades, b.open, b.wins, b.losses, b.win_rate) == (2, 1, 0, 1, 0.0)
    assert (b.gross_pnl, b.fees, b.net_pnl) == (3.47, 0.49, 2.98)
    assert (b.profit_factor, b.average_trade) == (0.0, pytest.approx(-0.01))


def test_fees_in_a_third_currency_have_a_row_of_their_own(trades):
    row = breakdown(trades, "strategy").loc[("B-001", "BTC")]
    assert (row.trades, row.gross_pnl, row.fees, row.net_pnl) == (0, 0.0, 0.0001, -0.0001)
    assert np.isnan(row.win_rate)


def test_side_is_that_of_the_entry(trades):
    frame = breakdown(trades, "side").xs("USD", level="currency")
    assert frame["trades"].to_dict() == {"LONG": 2, "SHORT": 2}


def test_months_hours_and_weekdays_are_those_of_the_closing_in_utc(trades):
    closed = {by: breakdown(trades, by).xs("USD", level="currency")["trades"].to_dict() for by in ("month", "hour", "weekday")}
    assert closed["month"] == {"2024-01": 1, "2024-02": 3}
    assert closed["hour"] == {0: 1, 22: 3}
    assert closed["weekday"] == {"Wednesday": 1, "Thursday": 3}


def test_weekdays_stand_in_their_order(trade):
    frame = breakdown([trade("1.00", day * DAY) for day in range(7)], "weekday")
    assert frame.index.get_level_values("weekday").tolist()[:3] == ["Monday", "Tuesday", "Wednesday"]
    assert frame["trades"].tolist() == [1] * 7


@pytest.mark.parametrize("by", KEYS)
def test_rows_add_up_to_the_run_exactly(trade, by):
    rng = np.random.default_rng(3)
    trades = [
        trade(
            f"{rng.integers(-10**9, 10**9) / 100:.2f} {('USD', 'EUR')[i % 2]}",
            int(rng.integers(1, 10**18)),
            (OrderSide.BUY, OrderSide.SELL)[int(rng.integers(2))],
            fees=(f"{rng.integers(-500, 500) / 100:.2f} {('USD', 'EUR')[int(rng.integers(2))]}",),
            strategy=f"S-{rng.integers(3)}",
            instrument=f"I-{rng.integers(4)}.SIM",
            is_open=bool(rng.integers(5) == 0),
        )
        for i in range(300)
    ]
    frame = breakdown(trades, by)
    for code in ("USD", "EUR"):
        rows = frame.xs(code, level="currency")
        # The float nearest to an amount, rounded, is the amount: sums are taken of minor units
        cents = {name: int(np.rint(rows[name] * 100).astype(np.int64).sum()) for name in ("gross_pnl", "fees", "net_pnl")}
        own = [t for t in trades if t.realized_pnl.currency.code == code]
        foreign = [t for t in trades if t.realized_pnl.currency.code != code]
        elsewhere = sum(fee.raw for t in foreign for fee in t.commissions() if fee.currency.code == code)
        assert cents["gross_pnl"] == sum(t.gross_pnl.raw for t in own)
        assert cents["fees"] == sum(fee.raw for t in trades for fee in t.commissions() if fee.currency.code == code)
        assert cents["net_pnl"] == sum(t.realized_pnl.raw for t in own) - elsewhere
        assert rows["trades"].sum() + rows["open"].sum() == len(own)


@pytest.mark.parametrize("by", KEYS)
def test_no_trades_give_an_empty_frame_of_the_same_kind(trades, by):
    empty, full = breakdown([], by), breakdown(trades, by)
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.index.dtypes.to_dict() == full.index.dtypes.to_dict()


def test_an_unknown_key_is_refused():
    with pytest.raises(ValueError, match="`by` must be one of strategy, instrument, side, month, hour, weekday, was 'venue'"):
        breakdown([], "venue")
