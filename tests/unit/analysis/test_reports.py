"""Typed frames of orders, fills, positions and accounts."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.reports import ReportProvider, _slippage
from nautilus_lite.backtest.recorder import EQUITY_DTYPE
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.model.enums import LiquiditySide, OrderSide, OrderType
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    VenueOrderId,
)
from nautilus_lite.model.ledger import LEDGER_DTYPE, ledger_of
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

USD = Currency.from_str("USD")
START = 1_704_067_200 * 10**9  # 2024-01-01
UTC_NS = "datetime64[ns, UTC]"
REPORTS = {
    "orders": lambda: ReportProvider.generate_orders_report([]),
    "order fills": lambda: ReportProvider.generate_order_fills_report([]),
    "fills": lambda: ReportProvider.generate_fills_report([]),
    "positions": lambda: ReportProvider.generate_positions_report([]),
    "cycles": lambda: ReportProvider.generate_cycles_report([]),
    "ledger": lambda: ReportProvider.generate_ledger_report(
        SimpleNamespace(id="SIM-001", ledger=ledger_of([], [], np.empty(0, LEDGER_DTYPE)))
    ),
    "equity": lambda: ReportProvider.generate_equity_report(np.empty(0, EQUITY_DTYPE), [], USD),
    "account": lambda: ReportProvider.generate_account_report(SimpleNamespace(events=[])),
}


@pytest.fixture
def desk(make_desk, pair):
    """A round trip, a short that stays open, a limit order that waits: five changes of the account."""
    desk = make_desk()
    desk.clock.advance_time(START)
    instrument = desk.add(pair("EUR/USD"), "1.10000")
    desk.trade(instrument, OrderSide.BUY, 1000, "1.10000", "1.39 USD")
    desk.clock.advance_time(START + 60 * 10**9)
    desk.trade(instrument, OrderSide.SELL, 1000, "1.20000", "1.39 USD", tags=["exit", "late"])
    desk.trade(instrument, OrderSide.SELL, 500, "1.20000", "0.10 USD")
    waiting = desk.orders.limit(
        instrument.id, OrderSide.BUY, instrument.make_qty(700), instrument.make_price("1.05000"), post_only=True
    )
    desk.accept(waiting)
    return desk


@pytest.fixture
def orders(desk):
    return ReportProvider.generate_orders_report(desk.cache.orders())


@pytest.fixture
def fills(desk):
    return ReportProvider.generate_fills_report(desk.cache.orders())


@pytest.fixture
def positions(desk):
    held = desk.cache.positions()
    snapshots = [snapshot for position in held for snapshot in desk.cache.position_snapshots(position.id)]
    return ReportProvider.generate_positions_report(held, snapshots)


@pytest.fixture
def cycles(desk):
    held = desk.cache.positions()
    snapshots = [snapshot for position in held for snapshot in desk.cache.position_snapshots(position.id)]
    return ReportProvider.generate_cycles_report(held, snapshots)


@pytest.fixture
def ledger(desk):
    return ReportProvider.generate_ledger_report(desk.account)


@pytest.fixture
def equity():
    """Two currencies: 100.00 USD with 5 open, later 90.00 with 0 open, and 10 EUR at 1.10 and 1.20."""
    samples = np.array(
        [
            (START, 0, 10_500, 10_000, 1.0), (START, 1, 1_000, 1_000, 1.1),
            (START + 10**9, 0, 9_000, 9_000, 1.0), (START + 10**9, 1, 1_000, 1_000, 1.2),
        ],
        dtype=EQUITY_DTYPE,
    )
    slots = [(AccountId("SIM-001"), USD), (AccountId("SIM-001"), Currency.from_str("EUR"))]
    return ReportProvider.generate_equity_report(samples, slots, USD)


@pytest.fixture
def account(desk):
    return ReportProvider.generate_account_report(desk.account)


def make_fill(i, fee="0.03 USD", ts=None):
    currency = Currency.from_str("USD")
    return OrderFilled(
        trader_id=TraderId("T-001"),
        strategy_id=StrategyId("S-001"),
        instrument_id=InstrumentId.from_str("EUR/USD.SIM"),
        client_order_id=ClientOrderId(f"O-{i}"),
        venue_order_id=VenueOrderId(f"V-{i}"),
        account_id=AccountId("SIM-001"),
        trade_id=TradeId(f"T-{i}"),
        position_id=PositionId("P-1"),
        order_side=OrderSide.BUY,
        order_type=OrderType.MARKET,
        last_qty=Quantity.from_int(1000),
        last_px=Price.from_str("1.10001"),
        currency=currency,
        commission=Money.from_str(fee),
        liquidity_side=LiquiditySide.MAKER,
        event_id=UUIDFactory(i).generate(),
        ts_event=i if ts is None else ts,
        ts_init=i,
        fill_reason="took_book",
    )


def test_orders_have_one_row_each_in_order_of_time(orders):
    assert orders.index.name == "client_order_id"
    assert orders["side"].tolist() == ["BUY", "SELL", "SELL", "BUY"]
    assert orders["type"].tolist() == ["MARKET", "MARKET", "MARKET", "LIMIT"]
    assert orders["status"].tolist() == ["FILLED", "FILLED", "FILLED", "ACCEPTED"]
    assert orders["is_post_only"].tolist() == [False, False, False, True]


def test_order_quantities_and_prices_are_numbers(orders):
    assert orders["quantity"].tolist() == [1000.0, 1000.0, 500.0, 700.0]
    assert orders["filled_qty"].tolist() == [1000.0, 1000.0, 500.0, 0.0]
    assert orders["price"].isna().tolist() == [True, True, True, False]
    assert orders["price"].iloc[3] == 1.05
    assert orders["trigger_price"].isna().all()


def test_an_order_without_a_fill_has_no_average_price_and_no_fee(orders):
    waiting = orders.iloc[3]
    assert np.isnan(waiting["avg_px"])
    assert np.isnan(waiting["commission"])
    assert pd.isna(waiting["commissions"])
    assert orders["avg_px"].iloc[0] == 1.1


def test_order_times_are_utc_and_missing_where_nothing_happened_yet(orders):
    assert orders["ts_init"].iloc[0] == pd.Timestamp("2024-01-01", tz="UTC")
    assert orders["ts_accepted"].isna().tolist() == [True, True, True, False]
    assert orders["ts_closed"].isna().tolist() == [False, False, False, True]


def test_tags_are_joined(orders):
    assert orders["tags"].tolist()[1] == "exit, late"
    assert orders["tags"].isna().tolist() == [True, False, True, True]


def test_order_fills_leave_out_what_was_not_filled(desk):
    report = ReportProvider.generate_order_fills_report(desk.cache.orders())
    assert report["status"].tolist() == ["FILLED"] * 3


def test_fees_in_several_currencies_have_no_sum_and_are_all_listed(make_desk, pair):
    desk = make_desk("CASH", balances=("10000 USD", "10000 EUR"), base_currency=None)
    instrument = desk.add(pair("EUR/USD"), "1.10000")
    order = desk.orders.market(instrument.id, OrderSide.BUY, instrument.make_qty(1000))
    desk.submit(order)
    desk.fill(order, "1.10000", 400, "1.00 USD")
    desk.fill(order, "1.10000", 600, "2.00 EUR")
    row = ReportProvider.generate_orders_report([order]).iloc[0]
    assert np.isnan(row["commission"])
    assert row["commissions"] == "1.00 USD; 2.00 EUR"


def test_fills_have_one_row_each(fills):
    assert fills.index.name == "client_order_id"
    assert fills["order_side"].tolist() == ["BUY", "SELL", "SELL"]
    assert fills["last_qty"].tolist() == [1000.0, 1000.0, 500.0]
    assert fills["last_px"].tolist() == [1.1, 1.2, 1.2]
    assert fills["commission"].tolist() == [1.39, 1.39, 0.10]
    assert fills["commission_currency"].tolist() == ["USD"] * 3
    assert fills["trade_id"].tolist() == ["T-1", "T-2", "T-3"]
    assert fills["liquidity_side"].tolist() == ["TAKER"] * 3


def test_fills_are_in_order_of_time_across_orders():
    events = [make_fill(1, ts=30), make_fill(2, ts=10), make_fill(3, ts=20)]
    report = ReportProvider.generate_fills_report([SimpleNamespace(events=[event]) for event in events])
    assert report["trade_id"].tolist() == ["T-2", "T-3", "T-1"]


def test_fills_say_why_they_happened():
    report = ReportProvider.generate_fills_report([SimpleNamespace(events=[make_fill(1)])])
    assert (report["fill_reason"].iloc[0], report["liquidity_side"].iloc[0]) == ("took_book", "MAKER")


def test_fees_round_to_the_exact_minor_units():
    cents = [1, 3, 7, 10, 29, 57, 99, 12_345_678_901]
    events = [make_fill(i, f"{value / 100:.2f} USD") for i, value in enumerate(cents)]
    report = ReportProvider.generate_fills_report([SimpleNamespace(events=events)])
    assert (report["commission"] * 100).round().astype("int64").tolist() == cents


def test_netting_cycles_are_rows_of_their_own(positions):
    assert positions.index.tolist() == ["EUR/USD.SIM-S-001"] * 2
    assert positions["is_snapshot"].tolist() == [True, False]
    assert positions["entry"].tolist() == ["BUY", "SELL"]
    assert positions["side"].tolist() == ["FLAT", "SHORT"]
    assert positions["realized_pnl"].tolist() == [97.22, -0.10]
    assert positions["currency"].tolist() == ["USD", "USD"]


def test_an_open_position_has_no_close(positions):
    still_open = positions.iloc[1]
    assert pd.isna(still_open["ts_closed"])
    assert pd.isna(still_open["closing_order_id"])
    assert np.isnan(still_open["avg_px_close"])
    assert positions["duration_ns"].tolist() == [60 * 10**9, 0]


def test_realised_pnl_rounds_to_the_exact_minor_units(desk, positions):
    exact = [p.realized_pnl.raw for p in (*desk.cache.position_snapshots(desk.cache.positions()[0].id), *desk.cache.positions())]
    assert (positions["realized_pnl"] * 100).round().astype("int64").tolist() == exact


def test_position_fees_are_numbers_and_text(positions):
    assert positions["commission"].tolist() == [2.78, 0.10]
    assert positions["commissions"].tolist() == ["2.78 USD", "0.10 USD"]


def test_account_has_a_row_a_change(account):
    assert account.index.name == "ts_event"
    assert str(account.index.dtype) == UTC_NS
    assert account["total"].tolist() == [1_000_000.0, 999_998.61, 1_000_097.22, 1_000_097.12, 1_000_097.12]
    assert account["reported"].tolist() == [True, False, False, False, False]
    assert account["account_type"].tolist() == ["MARGIN"] * 5


def test_account_adds_up_in_minor_units(account):
    cents = {name: (account[name] * 100).round().astype("int64") for name in ("total", "locked", "free")}
    assert (cents["locked"] + cents["free"] == cents["total"]).all()


def test_account_shows_its_margins(account):
    # Positions: 2 % of 1000 x 1.1, then of 500 x 1.2; the limit order: 3 % of 700 x 1.05
    assert account["margin_maintenance"].tolist() == [0.0, 22.0, 0.0, 12.0, 12.0]
    assert account["margin_initial"].tolist() == [0.0, 0.0, 0.0, 0.0, 22.05]


def test_account_of_several_currencies_has_a_row_each(make_desk):
    desk = make_desk(balances=("1000 USD", "2000 EUR"), base_currency=None, account_type="CASH")
    report = ReportProvider.generate_account_report(desk.account)
    assert dict(zip(report["currency"], report["total"], strict=True)) == {"USD": 1000.0, "EUR": 2000.0}
    assert report["base_currency"].isna().all()


def levels(index):
    return index.levels if isinstance(index, pd.MultiIndex) else [index]


@pytest.mark.parametrize("name", REPORTS)
def test_no_rows_keep_columns_and_types(name, request):
    empty = REPORTS[name]()
    full = {
        "orders": "orders",
        "order fills": "orders",
        "fills": "fills",
    }.get(name, name)
    expected = request.getfixturevalue(full)
    assert len(empty) == 0
    assert list(empty.columns) == list(expected.columns)
    assert empty.index.name == expected.index.name
    assert [dtype.kind for dtype in empty.dtypes] == [dtype.kind for dtype in expected.dtypes]
    assert [type(dtype) for dtype in empty.dtypes] == [type(dtype) for dtype in expected.dtypes]
    assert [str(level.dtype) for level in levels(empty.index)] == [str(level.dtype) for level in levels(expected.index)]


def test_no_column_is_a_bag_of_objects(orders, fills, positions, cycles, account, ledger, equity):
    for frame in (orders, fills, positions, cycles, account, ledger, equity):
        assert not any(
            dtype.kind == "O" and not isinstance(dtype, pd.CategoricalDtype | pd.StringDtype) for dtype in frame.dtypes
        )


def test_enumerations_have_all_members_as_categories(orders):
    assert orders["side"].cat.categories.tolist() == ["NO_ORDER_SIDE", "BUY", "SELL"]


def test_times_are_nanoseconds_in_utc(fills, positions):
    assert {str(fills[name].dtype) for name in ("ts_event", "ts_init")} == {UTC_NS}
    assert {str(positions[name].dtype) for name in ("ts_opened", "ts_closed", "ts_last")} == {UTC_NS}


def test_a_fill_is_measured_against_the_middle_of_each_moment():
    buy, sell = make_fill(1), make_fill(2)
    columns = {
        "order_side": np.array([OrderSide.BUY, OrderSide.SELL, OrderSide.BUY]),
        "last_px": np.array([100.5, 100.5, 100.5]),
        "mid_decision": np.array([100.0, 100.0, np.nan]),
        "mid_arrival": np.array([100.25, 101.0, 0.0]),
        "mid_fill": np.array([100.5, 100.5, -100.0]),
    }
    found = _slippage(columns)
    # Positive is a cost: a buy above the middle, a sale below it
    assert found["slippage_decision_px"][:2].tolist() == [0.5, -0.5]
    assert found["slippage_decision_bp"][:2].tolist() == [50.0, -50.0]
    assert found["slippage_arrival_px"].tolist() == [0.25, 0.5, 100.5]
    assert found["slippage_fill_px"][:2].tolist() == [0.0, 0.0]
    assert np.isnan(found["slippage_decision_px"][2])
    # No basis points of nothing; of a negative price they are of its size
    assert np.isnan(found["slippage_arrival_bp"][2])
    assert found["slippage_fill_bp"][2] == pytest.approx(200.5 / 100.0 * 1e4)
    report = ReportProvider.generate_fills_report([SimpleNamespace(events=[buy, sell])])
    assert report[[f"slippage_{moment}_bp" for moment in ("decision", "arrival", "fill")]].isna().all(axis=None)


def test_cycles_are_counted_from_one(cycles):
    assert cycles.index.tolist() == [("EUR/USD.SIM-S-001", 1), ("EUR/USD.SIM-S-001", 2)]
    assert cycles["realized_pnl"].tolist() == [97.22, -0.10]
    assert cycles["realized_pnl_sum"].tolist() == [97.22, 97.12]
    assert cycles["gross_pnl"].tolist() == [100.0, 0.0]
    assert cycles["n_fills"].tolist() == [2, 1]


def test_each_of_many_cycles_is_a_row_and_none_is_cumulative(make_desk, pair):
    desk = make_desk()
    instrument = desk.add(pair("EUR/USD"), "1.10000")
    for n in range(1, 8):
        desk.clock.advance_time(n * 10**9)
        desk.trade(instrument, OrderSide.BUY, 1000 * n, "1.10000")
        desk.trade(instrument, OrderSide.SELL, 1000 * n, "1.11000", "0.01 USD")
    held = desk.cache.positions()
    report = ReportProvider.generate_cycles_report(held, desk.cache.position_snapshots(held[0].id))
    assert [cycle for _, cycle in report.index] == [1, 2, 3, 4, 5, 6, 7]
    assert report["gross_pnl"].tolist() == [10.0 * n for n in range(1, 8)]
    assert report["realized_pnl"].tolist() == [10.0 * n - 0.01 for n in range(1, 8)]
    assert report["realized_pnl_sum"].iloc[-1] == 279.93
    assert report["is_snapshot"].tolist() == [True] * 6 + [False]


def test_positions_report_numbers_the_cycles(positions):
    assert positions["cycle"].tolist() == [1, 2]


def test_ledger_says_what_moved_the_balance(ledger):
    assert ledger.index.name == "ts_event"
    assert ledger["cause"].tolist() == ["START", "FEE", "TRADE", "FEE", "FEE"]
    assert ledger["amount"].tolist() == [1_000_000.0, -1.39, 100.0, -1.39, -0.10]
    assert ledger["total"].tolist() == [1_000_000.0, 999_998.61, 1_000_098.61, 1_000_097.22, 1_000_097.12]
    assert ledger["realized"].tolist() == [0.0, 0.0, 100.0, 0.0, 0.0]
    assert ledger["trade_id"].tolist()[1:] == ["T-1", "T-2", "T-2", "T-3"]
    assert ledger["position_id"].tolist()[1:] == ["EUR/USD.SIM-S-001"] * 4
    assert pd.isna(ledger["client_order_id"].iloc[0])
    assert ledger["account_id"].tolist() == ["SIM-001"] * 5


def test_ledger_shows_amounts_before_their_conversion(make_desk, pair):
    desk = make_desk()
    yen = desk.add(pair("USD/JPY", price_precision=3), "100.000")
    desk.trade(yen, OrderSide.BUY, 1000, "100.000", "150 JPY")
    fee = ReportProvider.generate_ledger_report(desk.account).iloc[-1]
    assert (fee["amount"], fee["currency"]) == (-1.5, "USD")
    assert (fee["original"], fee["original_currency"]) == (-150.0, "JPY")


def test_equity_is_split_into_what_is_realised_and_what_is_open(equity):
    assert equity["equity"].tolist() == [116.0, 102.0]
    assert equity["balance"].tolist() == [111.0, 102.0]
    assert equity["open_value"].tolist() == [5.0, 0.0]
    assert equity["pnl"].tolist() == [0.0, -14.0]
    assert equity["peak"].tolist() == [116.0, 116.0]
    assert equity["drawdown"].tolist() == [0.0, pytest.approx(-14 / 116)]


def test_states_of_the_past_do_not_change_with_what_comes_later(desk):
    before = ReportProvider.generate_account_report(desk.account)
    instrument = desk.cache.instrument(InstrumentId.from_str("EUR/USD.SIM"))
    desk.trade(instrument, OrderSide.BUY, 700, "1.30000", "5.00 USD")
    after = ReportProvider.generate_account_report(desk.account)
    assert len(after) > len(before)
    pd.testing.assert_frame_equal(after.iloc[: len(before)], before)


def test_a_snapshot_does_not_change_with_later_cycles(desk):
    held = desk.cache.positions()
    before = ReportProvider.generate_cycles_report(held, desk.cache.position_snapshots(held[0].id))
    instrument = desk.cache.instrument(InstrumentId.from_str("EUR/USD.SIM"))
    desk.clock.advance_time(START + 120 * 10**9)
    desk.trade(instrument, OrderSide.BUY, 900, "1.30000", "5.00 USD")
    held = desk.cache.positions()
    after = ReportProvider.generate_cycles_report(held, desk.cache.position_snapshots(held[0].id))
    assert [cycle for _, cycle in after.index] == [1, 2, 3]
    pd.testing.assert_frame_equal(after.iloc[:1], before.iloc[:1])
    # The second cycle was open before: a flip closed it, and the third holds what was left of the flip
    assert after["side"].tolist() == ["FLAT", "FLAT", "LONG"]
    assert after["quantity"].tolist() == [0.0, 0.0, 400.0]


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_names_every_column(name):
    page = (Path(__file__).parents[3] / "docs" / "reports.md").read_text()
    frame = REPORTS[name]()
    assert [column for column in [*frame.index.names, *frame.columns] if f"`{column}`" not in page] == []
