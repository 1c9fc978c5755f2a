"""Quality of execution, computed by hand."""

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.execution import Terms, execution_quality, fill_costs, traded

A, B = "AAA/USD.SIM", "BBB/USD.SIM"
SECONDS = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(range(100), unit="s")


def order_rows(*rows):
    """Each row: id, instrument, side, quantity, filled, status, liquidity side, second of sending."""
    names = ["id", "instrument_id", "side", "quantity", "filled_qty", "status", "liquidity_side", "sent"]
    frame = pd.DataFrame(rows, columns=names).set_index("id")
    return frame.assign(ts_submitted=SECONDS[frame.pop("sent").to_numpy()], type="LIMIT", strategy_id="S-1")


def fill_rows(*rows):
    """Each row: order, instrument, side, quantity, price, liquidity side, second, then the middles."""
    names = ["id", "instrument_id", "order_side", "last_qty", "last_px", "liquidity_side", "second"]
    mids = ["mid_decision", "mid_arrival", "mid_fill", "mid_1s", "mid_5s", "mid_60s"]
    frame = pd.DataFrame([[*row, *[np.nan] * (13 - len(row))] for row in rows], columns=[*names, *mids]).set_index("id")
    frame["ts_event"] = SECONDS[frame.pop("second").to_numpy()]
    return frame.assign(currency="USD", order_type="LIMIT", strategy_id="S-1")


ORDERS = order_rows(
    ("1", A, "BUY", 10.0, 10.0, "FILLED", "MAKER", 0),
    ("2", A, "SELL", 30.0, 15.0, "CANCELED", "TAKER", 10),
    ("3", B, "BUY", 100.0, 0.0, "REJECTED", "NO_LIQUIDITY_SIDE", 20),
    ("4", B, "BUY", 100.0, 0.0, "DENIED", "NO_LIQUIDITY_SIDE", 30),
)
FILLS = fill_rows(
    # A maker's buy of 10 at 99 in two parts, half a spread of 1 below the middle: it falls by 2, then by 4
    ("1", A, "BUY", 4.0, 99.0, "MAKER", 2, 102.0, 101.0, 100.0, 98.0, 96.0, 100.0),
    ("1", A, "BUY", 6.0, 99.0, "MAKER", 4, 102.0, 101.0, 100.0, 100.0, 104.0, 100.0),
    # A taker's sale at 199, one below the middle at the fill
    ("2", A, "SELL", 15.0, 199.0, "TAKER", 13, 204.0, 202.0, 200.0, 200.0, 190.0, np.nan),
)  # fmt: skip


def test_slippage_is_a_cost_against_each_middle():
    costs = fill_costs(FILLS)
    assert costs["value"].tolist() == [396.0, 594.0, 2985.0]
    # Buys at 99 against 102, 101 and 100; a sale at 199 against 204, 202 and 200
    assert costs["slippage_decision"].tolist() == [-12.0, -18.0, 75.0]
    assert costs["slippage_arrival"].tolist() == [-8.0, -12.0, 45.0]
    assert costs["slippage_fill"].tolist() == [-4.0, -6.0, 15.0]
    assert costs["slippage_decision_bp"].tolist() == pytest.approx([-3e4 / 102, -3e4 / 102, 5e4 / 204])
    assert costs["slippage_fill_bp"].tolist() == pytest.approx([-100.0, -100.0, 50.0])


def test_markouts_are_gains_after_the_fill():
    costs = fill_costs(FILLS)
    assert costs["markout_1s_bp"].tolist() == pytest.approx([-100.0, 100.0, -50.0])
    assert costs["markout_5s_bp"].tolist() == pytest.approx([-300.0, 500.0, 450.0])
    assert costs["markout_60s_bp"].tolist()[:2] == pytest.approx([100.0, 100.0])
    assert np.isnan(costs["markout_60s_bp"].iloc[2]), "the run ended first"


@pytest.mark.parametrize("horizon", ["1s", "5s", "60s"])
def test_the_half_spread_earned_is_what_was_kept_and_what_was_given_back(horizon):
    costs = fill_costs(FILLS).dropna()
    kept, given_back = costs[f"markout_{horizon}_bp"], costs[f"adverse_{horizon}_bp"]
    assert (kept + given_back).tolist() == pytest.approx((-costs["slippage_fill_bp"]).tolist())


def test_multipliers_and_inverse_contracts():
    fills = fill_rows(("1", A, "BUY", 1000.0, 50.0, "TAKER", 1, 40.0), ("2", B, "SELL", 2.0, 50.0, "TAKER", 1, 55.0))
    costs = fill_costs(fills, {A: Terms(1.0, True, "BTC"), B: Terms(50.0, False, "USD")})
    assert costs["currency"].tolist() == ["BTC", "USD"]
    assert costs["value"].tolist() == [20.0, 5000.0]
    # 1000 dollars bought at 50 make 20 coins; at the middle they would have made 25
    assert costs["slippage_decision"].tolist() == pytest.approx([5.0, 500.0])
    assert costs["slippage_decision_bp"].tolist() == pytest.approx([2500.0, 5e4 / 55])


def test_the_whole_run_in_one_row():
    row = execution_quality(ORDERS, FILLS, by=()).loc["all"]
    assert (row["orders"], row["fills"], row["denied"], row["rejected"]) == (4, 3, 1, 1)
    # A filled 25 of 40 on two orders, B nothing of 200 on two orders: quantities of two instruments do not add up
    assert row["fill_rate"] == pytest.approx((25 / 40 + 0.0) / 2)
    assert row["filled_share"] == 0.5
    assert row["maker_share"] == pytest.approx(2 / 3)
    # First fills after 2 and 3 seconds; the second fill of order 1 does not count
    assert row["time_to_fill_median_s"] == 2.5
    assert row["time_to_fill_mean_s"] == 2.5
    assert row["slippage_fill"] == 5.0
    assert row["slippage_fill_bp"] == pytest.approx((-100.0 * 396 - 100.0 * 594 + 50.0 * 2985) / 3975)
    assert row["markout_5s_bp"] == pytest.approx((-300.0 * 396 + 500.0 * 594 + 450.0 * 2985) / 3975)
    # The middle moved by 4 against the first maker fill, by 4 in favour of the second
    assert row["adverse_selection_bp"] == pytest.approx((400.0 * 396 - 400.0 * 594) / 990)
    assert row["adverse_share"] == 0.5
    assert row["currency"] == "USD"


def test_groups():
    table = execution_quality(ORDERS, FILLS)
    assert table.index.names == ["instrument_id", "order_side", "liquidity_side"]
    assert table["fills"].to_dict() == {
        (A, "BUY", "MAKER"): 2,
        (A, "SELL", "TAKER"): 1,
        (B, "BUY", "NO_LIQUIDITY_SIDE"): 0,
    }
    assert table.loc[(A, "BUY", "MAKER"), "time_to_fill_mean_s"] == 2.0
    assert table.loc[(A, "SELL", "TAKER"), "fill_rate"] == 0.5
    assert np.isnan(table.loc[(B, "BUY", "NO_LIQUIDITY_SIDE"), "slippage_fill_bp"])
    assert np.isnan(table.loc[(A, "SELL", "TAKER"), "adverse_selection_bp"]), "takers are not selected against"


def test_amounts_of_two_currencies_are_not_added_up():
    row = execution_quality(ORDERS, FILLS, {A: Terms(1.0, False, "USD")}, by=()).loc["all"]
    mixed = pd.concat([FILLS, FILLS.assign(instrument_id=B, currency="EUR")])
    both = execution_quality(ORDERS, mixed, by=()).loc["all"]
    assert np.isnan(both["slippage_fill"]) and both["currency"] == ""
    assert both["slippage_fill_bp"] == pytest.approx(row["slippage_fill_bp"])


def test_what_a_venue_settled_was_not_executed():
    settled = fill_rows(("9", A, "SELL", 1.0, 100.0, "NO_LIQUIDITY_SIDE", 50))
    both = pd.concat([FILLS, settled])
    assert traded(both).index.tolist() == FILLS.index.tolist()
    assert execution_quality(ORDERS, both, by=()).equals(execution_quality(ORDERS, FILLS, by=()))


def test_nothing_at_all():
    empty_orders, empty_fills = ORDERS.iloc[:0], FILLS.iloc[:0]
    row = execution_quality(empty_orders, empty_fills, by=()).loc["all"]
    assert row["orders"] == row["fills"] == 0
    assert np.isnan(row["fill_rate"]) and np.isnan(row["time_to_fill_mean_s"]) and np.isnan(row["slippage_fill"])
    assert len(execution_quality(empty_orders, empty_fills)) == 0


def test_unknown_groups_are_refused():
    with pytest.raises(ValueError, match="cannot group by 'side', must be of instrument_id"):
        execution_quality(ORDERS, FILLS, by=("side",))
