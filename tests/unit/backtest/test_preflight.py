"""Mismatches found before a run: each check on data that has the fault, and silence on data that has not."""

from __future__ import annotations

import numpy as np
import pytest

from nautilus_lite.backtest.config import BacktestEngineConfig, PreflightConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import LatencyModel, RiskAverseQueueModel
from nautilus_lite.backtest.preflight.stamps import bar_votes, edge_votes, weekday_votes
from nautilus_lite.errors import InvalidConfiguration, InvalidData, PreflightError
from nautilus_lite.model.data import BarType
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, DEPTH10_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import AccountType, BookType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import make_engine, pair

EUR = pair("EUR")
SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MONDAY = 1_704_067_200 * SECOND  # 1 January 2024, a Monday, midnight UTC


def quotes(n: int = 100, first: int = MONDAY, step: int = SECOND) -> np.ndarray:
    rows = np.zeros(n, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = first + step * np.arange(n)
    rows["bid"], rows["ask"] = 100_000, 100_002
    rows["bid_size"] = rows["ask_size"] = 10
    return rows


def trades(n: int = 100, first: int = MONDAY, step: int = SECOND) -> np.ndarray:
    rows = np.zeros(n, dtype=TRADE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = first + step * np.arange(n)
    rows["price"], rows["size"], rows["aggressor_side"] = 100_000, 1, 1
    return rows


def bars(stamps: np.ndarray, closes: np.ndarray | int = 100_000) -> np.ndarray:
    rows = np.zeros(len(stamps), dtype=BAR_DTYPE)
    rows["ts_event"] = rows["ts_init"] = stamps
    for name in ("open", "high", "low", "close"):
        rows[name] = closes
    rows["volume"] = 100
    return rows


def bar_type(spec: str = "1-MINUTE-LAST") -> BarType:
    return BarType.from_str(f"EUR/USD.SIM-{spec}-EXTERNAL")


def engine_with(*streams: tuple, **options) -> BacktestEngine:
    engine = make_engine(options.pop("book_type", BookType.L1_MBP), [EUR], **options)
    for kind, identifier, rows in streams:
        engine.add_rows(kind, identifier, rows)
    return engine


def plain_engine(config=None, instruments=(EUR,), balance="1000000 USD", **venue) -> BacktestEngine:
    engine = BacktestEngine(config)
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str(balance)],
        **venue,
    )
    for instrument in instruments:
        engine.add_instrument(instrument)
    return engine


def found(engine: BacktestEngine, **options) -> dict[str, tuple[str, int]]:
    """Return severity and count of every finding by name."""
    return {f.name: (f.severity, f.count) for f in engine.preflight(**options).findings}


def test_clean_data_has_no_findings():
    report = engine_with(("quote", EUR.id, quotes()), ("trade", EUR.id, trades())).preflight()
    assert report.findings == []
    assert report.is_full
    assert "nothing found" in str(report)
    assert "all 200 rows" in str(report)


# -- rows ----------------------------------------------------------------------------------------------------------------


def test_crossed_and_locked_quotes_are_counted_with_the_first():
    rows = quotes()
    rows["bid"][[10, 50]] = 100_003  # above the ask 100_002
    rows["bid"][20] = 100_002
    report = engine_with(("quote", EUR.id, rows)).preflight()
    crossed = report.named("crossed")[0]
    assert (crossed.severity, crossed.count) == ("warning", 2)
    assert crossed.first == "bid 1.00003, ask 1.00002 at 2024-01-01T00:00:10.000000000Z"
    assert (report.named("locked")[0].severity, report.named("locked")[0].count) == ("info", 1)


def test_zero_and_negative_sizes():
    rows = quotes()
    rows["bid_size"][3] = 0
    rows["ask_size"][4] = -1
    assert found(engine_with(("quote", EUR.id, rows))) == {"sizes": ("warning", 2)}


def test_duplicate_rows_but_not_alike_trades_without_ids():
    rows = quotes()
    rows[6] = rows[5]
    assert found(engine_with(("quote", EUR.id, rows))) == {"duplicate_rows": ("warning", 1)}
    ticks = trades()
    ticks[6] = ticks[5]
    assert found(engine_with(("trade", EUR.id, ticks))) == {}
    ticks["trade_id"], ticks["id_len"] = b"7", 1
    assert found(engine_with(("trade", EUR.id, ticks))) == {"duplicate_rows": ("warning", 1)}


def test_unsorted_rows_are_an_error_that_is_invalid_data():
    rows = quotes()
    rows[5], rows[6] = rows[6].copy(), rows[5].copy()
    engine = engine_with(("quote", EUR.id, rows))
    assert found(engine) == {"unsorted": ("error", 1), "event_order": ("warning", 1)}
    with pytest.raises(InvalidData, match="not sorted by `ts_init`"):
        engine.run()


def test_events_known_before_they_happened():
    rows = quotes()
    rows["ts_event"][7] += SECOND // 2
    assert found(engine_with(("quote", EUR.id, rows))) == {"known_before": ("warning", 1)}
    bar = bars(MONDAY + MINUTE * np.arange(1, 50))
    bar["ts_init"] -= np.uint64(MINUTE)
    assert found(engine_with(("bar", bar_type(), bar)))["known_before"] == ("error", 49)


def test_prices_off_the_tick(pair):
    from nautilus_lite.model.objects import Price

    coarse = make_pair_with_tick(Price.from_str("0.00005"))
    engine = plain_engine(instruments=[coarse])
    rows = quotes()
    rows["ask"] = 100_005
    rows["bid"][9] = 100_001  # not a multiple of 5
    engine.add_rows("quote", coarse.id, rows)
    report = engine.preflight()
    assert [(f.name, f.count, f.first) for f in report.findings] == [
        ("off_tick", 1, "bid 1.00001 at 2024-01-01T00:00:09.000000000Z")
    ]


def make_pair_with_tick(tick):
    from nautilus_lite.model.instruments import CurrencyPair

    return CurrencyPair(
        instrument_id=EUR.id,
        raw_symbol=EUR.raw_symbol,
        base_currency=EUR.base_currency,
        quote_currency=EUR.quote_currency,
        price_precision=5,
        size_precision=0,
        price_increment=tick,
        size_increment=EUR.size_increment,
        ts_event=0,
        ts_init=0,
    )


def test_trades_without_aggressor():
    rows = trades()
    rows["aggressor_side"][:30] = 0
    assert found(engine_with(("trade", EUR.id, rows))) == {"unknown_aggressor": ("info", 30)}


def deltas(flags: int, n: int = 200) -> np.ndarray:
    rows = np.zeros(n, dtype=DELTA_DTYPE)
    rows["ts_event"] = rows["ts_init"] = MONDAY + SECOND * np.arange(n)
    rows["price"], rows["size"], rows["action"], rows["side"], rows["flags"] = 100_000, 5, 2, 1, flags
    return rows


@pytest.mark.parametrize(("flags", "expected"), [(0, {}), (128, {}), (128 + 32, {}), (32, {"batches": ("error", 200)})])
def test_batches_that_never_end(flags, expected):
    assert found(engine_with(("delta", EUR.id, deltas(flags)), book_type=BookType.L2_MBP)) == expected


def test_crossed_depth():
    rows = np.zeros(3, dtype=DEPTH10_DTYPE)
    rows["ts_event"] = rows["ts_init"] = MONDAY + SECOND * np.arange(3)
    rows["bid_prices"][:, 0], rows["ask_prices"][:, 0] = 100_000, 100_001
    rows["bid_sizes"][:, 0] = rows["ask_sizes"][:, 0] = 1
    rows["bid_prices"][2, 0] = 100_002
    assert found(engine_with(("depth10", EUR.id, rows), book_type=BookType.L2_MBP)) == {"crossed": ("warning", 1)}


# -- gaps ----------------------------------------------------------------------------------------------------------------


def test_a_gap_on_a_weekday_is_reported_with_its_length():
    rows = quotes(200)
    rows["ts_init"][100:] += np.uint64(5 * HOUR)
    rows["ts_event"] = rows["ts_init"]
    gap = engine_with(("quote", EUR.id, rows)).preflight().named("gaps")[0]
    assert gap.count == 1
    assert "5 h" in gap.message  # 5 hours and the second between rows, in four digits
    assert gap.first == "2024-01-01T00:01:39.000000000Z to 2024-01-01T05:01:40.000000000Z"


def test_weekends_and_nightly_closes_are_no_gaps():
    friday = MONDAY + 4 * DAY + 21 * HOUR
    stamps = np.concatenate([friday + MINUTE * np.arange(60), friday + 49 * HOUR + MINUTE * np.arange(60)])
    assert found(engine_with(("bar", bar_type(), bars(stamps)))) == {}
    nights = np.concatenate([MONDAY + day * DAY + 9 * HOUR + 7 * MINUTE + MINUTE * np.arange(300) for day in range(5)])
    assert found(engine_with(("bar", bar_type(), bars(nights)))) == {}


# -- bars at their open ----------------------------------------------------------------------------------------------------


def walk(n: int, seed: int = 1) -> np.ndarray:
    return 100_000 + np.cumsum(np.random.default_rng(seed).integers(-50, 51, n))


@pytest.mark.parametrize("kind", ["trade", "quote"])
@pytest.mark.parametrize("at_open", [False, True])
def test_bars_at_open_are_found_by_ticks(kind, at_open):
    # A price a second for an hour; the close of a minute is the price of its last second
    prices = walk(3_600)
    ticks = trades(3_600) if kind == "trade" else quotes(3_600)
    for name in ("price",) if kind == "trade" else ("bid", "ask"):
        ticks[name] = prices + (name == "ask") * 2
    minutes = np.arange(1, 60)
    rows = bars(MONDAY + MINUTE * (minutes - at_open), prices[minutes * 60 - 1])
    engine = engine_with((kind, EUR.id, ticks), ("bar", bar_type(), rows))
    report = engine.preflight()
    assert [f.severity for f in report.named("bars_at_open")] == (["error"] if at_open else [])
    if at_open:
        with pytest.raises(PreflightError, match=r"bars_at_open .*Add the length of a bar.*allow=\['bars_at_open'\]"):
            engine.run()


def test_what_is_allowed_by_name_runs_and_is_told():
    prices = walk(3_600)
    ticks = trades(3_600)
    ticks["price"] = prices
    minutes = np.arange(1, 60)
    engine = plain_engine(BacktestEngineConfig(preflight=PreflightConfig(allow=["bars_at_open"])))
    engine.add_rows("trade", EUR.id, ticks)
    engine.add_rows("bar", bar_type(), bars(MONDAY + MINUTE * (minutes - 1), prices[minutes * 60 - 1]))
    engine.run()
    assert [w for w in engine.get_result().warnings if "bars_at_open" in w]


@pytest.mark.parametrize(("fine_open", "coarse_open"), [(False, False), (True, True), (True, False), (False, True)])
def test_bars_of_two_lengths_tell_of_each_other(fine_open, coarse_open):
    closes = walk(200)
    fine = bars(MINUTE * (np.arange(1, 201) - fine_open), closes)
    coarse = bars(5 * MINUTE * (np.arange(1, 41) - coarse_open), closes[4::5])
    votes = bar_votes(coarse, 5 * MINUTE, fine, MINUTE)
    assert (votes.n_open > 30, votes.n_close > 30) == (coarse_open, not coarse_open)
    votes = bar_votes(fine, MINUTE, coarse, 5 * MINUTE)
    assert (votes.n_open > 30, votes.n_close > 30) == (fine_open, not fine_open)


@pytest.mark.parametrize("at_open", [False, True])
def test_edges_of_sessions(at_open):
    # 9:30 to 16:00 on five days: four nights, two votes each
    stamps = np.concatenate([day * DAY + 570 * MINUTE + MINUTE * (np.arange(1, 391) - at_open) for day in range(5)])
    votes = edge_votes(stamps, MINUTE)
    assert (votes.n_open, votes.n_close) == ((8, 0) if at_open else (0, 8))
    assert votes.is_sure == at_open


@pytest.mark.parametrize("at_open", [False, True])
def test_days_of_the_week(at_open):
    # Monday to Friday for ten weeks, stamped at midnight
    days = np.array([week * 7 + day for week in range(10) for day in range(5)])
    stamps = MONDAY + DAY * (days + 1 - at_open)
    votes = weekday_votes(stamps, DAY)
    assert (votes.n_open, votes.n_close) == ((10, 0) if at_open else (0, 10))
    expected = {"bars_at_open": ("error", 50)} if at_open else {}
    assert found(engine_with(("bar", bar_type("1-DAY-LAST"), bars(stamps, walk(50))))) == expected


def test_a_market_of_seven_days_leaves_daily_bars_alone():
    stamps = MONDAY + DAY * np.arange(60)
    assert found(engine_with(("bar", bar_type("1-DAY-LAST"), bars(stamps)))) == {}


# -- what fits together ----------------------------------------------------------------------------------------------------


def test_queues_need_trades():
    def names(*streams, **options):
        return found(engine_with(*streams, book_type=BookType.L2_MBP, **options))

    book, prints = ("delta", EUR.id, deltas(128)), ("trade", EUR.id, trades(first=MONDAY + 1))
    assert names(book) == names(prints, book, queue_model=RiskAverseQueueModel()) == {}
    assert names(book, queue_model=RiskAverseQueueModel()) == {"queues": ("warning", 1)}
    off = names(prints, book, queue_model=RiskAverseQueueModel(), trade_execution=False)
    assert off["queues"] == ("warning", 1)
    # A book by order keeps queues without a model
    by_order = deltas(128)
    by_order["order_id"] = 1 + np.arange(len(by_order))
    assert found(engine_with(("delta", EUR.id, by_order), book_type=BookType.L3_MBO)) == {"queues": ("info", 1)}
    quoted = engine_with(("quote", EUR.id, quotes()), queue_model=RiskAverseQueueModel())
    assert found(quoted) == {"queues": ("warning", 1)}


def test_trades_come_before_the_book_that_they_changed():
    times = deltas(128)["ts_init"]
    prints = trades(50)
    prints["ts_init"] = prints["ts_event"] = times[:50]

    def names(first, second, positions=None):
        engine = make_engine(BookType.L2_MBP, [EUR], queue_model=RiskAverseQueueModel())
        for kind, rows in (first, second):
            engine.add_rows(kind, EUR.id, rows, positions=None if positions is None else positions[kind])
        return {name: count for name, (_, count) in found(engine).items()}

    book = ("delta", deltas(128))
    assert names(("trade", prints), book) == {}
    assert names(book, ("trade", prints)) == {"trade_order": 50}
    recorded = {"delta": 1 + 2 * np.arange(200), "trade": 2 * np.arange(50)}
    assert names(book, ("trade", prints), recorded) == {}


def test_an_l2_book_needs_deltas_or_depth():
    engine = engine_with(("quote", EUR.id, quotes()), book_type=BookType.L2_MBP)
    with pytest.raises(InvalidConfiguration, match="L2 book but `EUR/USD.SIM` has only quote data: add order book deltas"):
        engine.run()
    assert found(engine)["book_type"] == ("error", 1)


def test_an_l1_book_ignores_deltas():
    assert found(engine_with(("delta", EUR.id, deltas(0))))["book_type"] == ("error", 1)
    both = engine_with(("delta", EUR.id, deltas(0)), ("quote", EUR.id, quotes()))
    assert found(both) == {"data_off": ("info", 1)}


def test_trades_and_bars_that_are_off():
    engine = plain_engine(trade_execution=False)
    engine.add_rows("trade", EUR.id, trades())
    assert found(engine) == {"data_off": ("warning", 1)}
    engine = plain_engine(bar_execution=False)
    engine.add_rows("bar", bar_type(), bars(MONDAY + MINUTE * np.arange(1, 50)))
    assert found(engine) == {"data_off": ("warning", 1)}


def test_instruments_without_data():
    engine = plain_engine(instruments=[EUR, pair("GBP")])
    engine.add_rows("quote", EUR.id, quotes())
    assert found(engine) == {"no_data": ("warning", 1)}


def yen(symbol: str = "EUR"):
    from nautilus_lite.model.instruments import CurrencyPair
    from nautilus_lite.model.objects import Price, Quantity

    return CurrencyPair(
        instrument_id=InstrumentId.from_str(f"{symbol}/JPY.SIM"),
        raw_symbol=EUR.raw_symbol,
        base_currency=Currency.from_str(symbol),
        quote_currency=Currency.from_str("JPY"),
        price_precision=3,
        size_precision=0,
        price_increment=Price.from_str("0.001"),
        size_increment=Quantity.from_int(1),
        ts_event=0,
        ts_init=0,
    )


def test_missing_rates_and_rates_by_way_of_a_third_currency():
    engine = plain_engine(instruments=[yen()])
    engine.add_rows("quote", yen().id, quotes())
    report = engine.preflight()
    assert [f.name for f in report.findings] == ["missing_fx"]
    assert "from JPY to USD" in report.findings[0].message
    # EUR/JPY itself leads to EUR, and EUR/USD from there to USD
    engine.add_instrument(EUR)
    engine.add_rows("quote", EUR.id, quotes())
    assert found(engine) == {}


def test_data_outside_of_the_run():
    engine = engine_with(("quote", EUR.id, quotes()))
    assert found(engine, start="2024-02-01") == {"outside": ("warning", 1)}
    assert found(engine, end="2023-02-01") == {"outside": ("warning", 1)}
    assert found(engine, start="2023-02-01", end="2024-02-01") == {}


def test_the_same_data_twice():
    engine = engine_with(("quote", EUR.id, quotes()), ("quote", EUR.id, quotes()))
    assert found(engine) == {"duplicate_data": ("warning", 1)}
    engine = engine_with(("quote", EUR.id, quotes()), ("quote", EUR.id, quotes(first=MONDAY + DAY)))
    assert found(engine) == {}


def test_latency_longer_than_the_data_and_empty_accounts():
    engine = plain_engine(latency_model=LatencyModel(base_latency_nanos=HOUR), balance="0 USD", support_gtd_orders=False)
    engine.add_rows("quote", EUR.id, quotes())
    assert found(engine) == {"latency": ("warning", 1), "balance": ("warning", 1), "gtd": ("info", 1)}
    # 99 seconds of data: the base counts once
    engine = plain_engine(latency_model=LatencyModel(base_latency_nanos=60 * SECOND))
    engine.add_rows("quote", EUR.id, quotes())
    assert found(engine) == {}


class WantsConfig(StrategyConfig, frozen=True, kw_only=True):
    instrument_id: InstrumentId
    bar_type: BarType


def test_what_a_strategy_names_and_nobody_provides():
    engine = engine_with(("quote", EUR.id, quotes()))
    wants = WantsConfig(instrument_id=InstrumentId.from_str("GBP/USD.SIM"), bar_type=bar_type())
    engine.add_strategy(Strategy(wants))
    messages = [f.message for f in engine.preflight().named("subscription")]
    assert messages == [
        "its configuration names `instrument_id` GBP/USD.SIM, an instrument that was not added",
        "its configuration names `bar_type` EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL, bars that the data does not hold",
    ]
    inner = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
    engine = engine_with(("quote", EUR.id, quotes()))
    engine.add_strategy(Strategy(WantsConfig(instrument_id=EUR.id, bar_type=inner)))
    assert found(engine) == {}


# -- how it looks ------------------------------------------------------------------------------------------------------------


def test_long_streams_are_sampled_and_read_whole_on_demand():
    rows = quotes(100_000)
    rows["bid"][777] = 100_003
    engine = engine_with(("quote", EUR.id, rows))
    report = engine.preflight()
    # 16,384 rows in sixteen runs of 1,024, the first from 0: row 777 is among them
    assert [(s.rows, s.total) for s in report.samples] == [(16_384, 100_000)]
    assert not report.is_full
    assert "16,384 of 100,000 rows" in str(report)
    assert found(engine)["crossed"] == ("warning", 1)
    rows["bid"][777], rows["bid"][1_500] = 100_000, 100_003  # between the first two runs
    assert found(engine) == {}
    full = engine.preflight(full=True)
    assert full.is_full
    assert [(f.name, f.count) for f in full.findings] == [("crossed", 1)]


def test_the_seams_of_a_sample_are_no_gaps():
    rows = quotes(100_000, step=10 * SECOND)
    assert found(engine_with(("quote", EUR.id, rows))) == {}


def test_a_full_look_sees_over_the_edges_of_blocks():
    rows = quotes(10)
    rows["ts_init"][5:] += np.uint64(5 * HOUR)
    rows["ts_event"] = rows["ts_init"]
    engine = plain_engine()
    engine.add_source("quote", EUR.id, lambda: iter([rows[:5], rows[5:]]), "blocks")
    assert found(engine, full=True) == {"gaps": ("warning", 1)}


def test_a_report_can_be_read_in_many_ways():
    rows = quotes()
    rows["bid"][10] = 100_003
    report = engine_with(("quote", EUR.id, rows)).preflight()
    assert list(report.to_frame()["name"]) == ["crossed"]
    assert "crossed" in report._repr_html_()
    assert str(report).startswith("preflight: 1 warning in")
    assert report.as_warnings()[0].startswith("preflight: crossed [EUR/USD.SIM]: the bid is above the ask in 1 of 100")


def test_preflight_can_be_off():
    engine = plain_engine(BacktestEngineConfig(preflight=PreflightConfig(enabled=False)), book_type=BookType.L2_MBP)
    engine.add_rows("quote", EUR.id, quotes())
    engine.run()
    assert engine.get_result().warnings == []


def test_unknown_names_are_refused():
    with pytest.raises(InvalidConfiguration, match="did you mean 'bars_at_open'"):
        PreflightConfig(allow=["bar_at_open"])
    with pytest.raises(InvalidConfiguration, match="`sample_rows` must be >= 2, was 1"):
        PreflightConfig(sample_rows=1)
