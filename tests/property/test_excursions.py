"""Excursions of positions, against an oracle that sees every row."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import FillModel, LatencyModel
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.model.enums import AccountType, BookAction, BookType, OmsType, OrderSide
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Money, Price, Quantity
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, USD, delta_rows, pair, quote_rows

A = pair("AAA")
LOT = 10_000

Exits = tuple[int | None, int | None]


class Trades(Strategy):
    """Trades at random times of its own, and notes how many rows the market has seen at each of its fills."""

    def __init__(self, seed: int, number: int, closes: bool) -> None:
        super().__init__(StrategyConfig(order_id_tag=f"{number:03}"))
        self.seed = seed + number
        self.closes = closes

    def on_start(self) -> None:
        self.numbers = random.Random(self.seed)
        self.seen: dict[Any, int] = {}
        self.clock.set_timer_ns("act", 2_600 + self.seed % 700, callback=self.act)

    def act(self, event: Any) -> None:
        side = self.numbers.choice((OrderSide.BUY, OrderSide.SELL))
        quantity = Quantity.from_int(self.numbers.randint(1, 30) * LOT)
        price = Price.from_raw(MID + self.numbers.randint(-3, 3), 5)
        make = self.order_factory
        chosen = self.numbers.random()
        if chosen < 0.5:
            self.submit_order(make.market(A.id, side, quantity))
        elif chosen < 0.8 or not self.closes:
            self.submit_order(make.limit(A.id, side, quantity, price))
        else:
            self.close_all_positions(A.id)

    def on_order_filled(self, event: Any) -> None:
        self.seen[event.trade_id] = self.cache.book_update_count(A.id)


def exits_after(rows: np.ndarray, book_type: BookType) -> tuple[list[Exits], list[bool]]:
    """Return what a long and a short could be closed at after each number of rows, and whether a batch ended there."""
    sides: dict[int, dict[int, int]] = {1: {}, 2: {}}
    exits: list[Exits] = [(None, None)]
    ends = [True]
    for row in rows:
        if book_type == BookType.L1_MBP:
            # Where a side of the book is empty the last quote is what is known
            exits.append((int(row["bid"]), int(row["ask"])))
            ends.append(True)
            continue
        if row["action"] == BookAction.CLEAR:
            sides = {1: {}, 2: {}}
        else:
            sides[row["side"]][row["price"]] = row["size"]
        bids, asks = ([int(price) for price, size in sides[side].items() if size] for side in (1, 2))
        exits.append((max(bids, default=None), min(asks, default=None)))
        ends.append(row["flags"] in (0, 128))
    return exits, ends


def half_even(value: Fraction) -> int:
    return int((Decimal(value.numerator) / Decimal(value.denominator)).to_integral_value(ROUND_HALF_EVEN))


def wanted(position: Any, seen: dict[Any, int], exits: list[Exits], ends: list[bool]) -> tuple[float, float]:
    """Return the excursions of a position: price and size have five and no decimals, dollars two."""
    signed = cost = worst = best = 0
    fills = position.events
    for i, fill in enumerate(fills):
        change = int(fill.last_qty) if fill.is_buy else -int(fill.last_qty)
        if signed == 0 or (signed > 0) == (change > 0):
            cost += abs(change) * fill.last_px.raw
        else:
            share = Fraction(cost * abs(change), abs(signed))
            cost -= half_even(share)
        signed += change
        if signed == 0:
            break
        # Fills after the strategy was stopped are not heard of: they come after all rows
        begin = seen.get(fill.trade_id, len(exits) - 1)
        end = seen.get(fills[i + 1].trade_id, len(exits) - 1) if i + 1 < len(fills) else len(exits) - 1
        for k in range(begin, end + 1):
            price = exits[k][0 if signed > 0 else 1]
            if price is None or not ends[k]:
                continue
            pnl = half_even(Fraction((1 if signed > 0 else -1) * (price * abs(signed) - cost), 1_000))
            worst, best = min(worst, pnl), max(best, pnl)
    return worst / 100, best / 100


def data(seed: int, n: int, book_type: BookType) -> np.ndarray:
    """Return random rows with sizes in lots: a tick is ten cents a lot. Now and then a book is cleared and goes on elsewhere."""
    rows = (quote_rows if book_type == BookType.L1_MBP else delta_rows)(random.Random(seed), n)
    for column in ("bid_size", "ask_size") if book_type == BookType.L1_MBP else ("size",):
        rows[column] *= LOT
    if book_type == BookType.L2_MBP:
        numbers = random.Random(seed)
        clears = np.array([numbers.random() < 0.08 for _ in range(n)])
        rows["price"] += np.cumsum([numbers.randint(-5, 5) if clear else 0 for clear in clears])
        rows["action"][clears] = BookAction.CLEAR
    return rows


def make(
    rows: np.ndarray, book_type: BookType, seed: int, oms_type: OmsType = OmsType.NETTING, n_strategies: int = 1,
    blocks: int = 0, interval: int = 9_000, closes: bool = True, **venue: Any,
) -> tuple[BacktestEngine, list[Trades]]:  # fmt: skip
    engine = BacktestEngine(BacktestEngineConfig(equity_interval_ns=interval))
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=oms_type,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("1000000 USD")],
        book_type=book_type,
        fill_model=FillModel(prob_fill_on_limit=0.5, prob_slippage=0.3, random_seed=seed),
        **venue,
    )
    engine.add_instrument(A)
    kind = "quote" if book_type == BookType.L1_MBP else "delta"
    if blocks:
        engine.add_source(kind, A.id, lambda: iter(np.array_split(rows, blocks)), "blocks")
    else:
        engine.add_rows(kind, A.id, rows)
    strategies = [Trades(seed, number, closes) for number in range(n_strategies)]
    for strategy in strategies:
        engine.add_strategy(strategy)
    return engine, strategies


def cycles(result: BacktestResult) -> list[Any]:
    return [*result.snapshots, *result.positions]


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(
    seed=st.integers(0, 10**6),
    n=st.integers(2, 200),
    oms_type=st.sampled_from((OmsType.NETTING, OmsType.HEDGING)),
    n_strategies=st.integers(1, 3),
    delay=st.sampled_from((0, 0, 1_700)),
)
@settings(max_examples=80, deadline=None)
def test_excursions_of_positions(
    book_type: BookType, seed: int, n: int, oms_type: OmsType, n_strategies: int, delay: int
) -> None:
    """Netting cycles and flips, hedged positions side by side, strategies in each other's midst; closed and open."""
    rows = data(seed, n, book_type)
    latency = LatencyModel(delay) if delay else None
    engine, strategies = make(rows, book_type, seed, oms_type, n_strategies, latency_model=latency)
    engine.run()
    result = engine.get_result()
    exits, ends = exits_after(rows, book_type)
    seen = {trade_id: count for strategy in strategies for trade_id, count in strategy.seen.items()}
    # What was filled at a half-built book says that it could have been closed there
    for count in seen.values():
        ends[count] = True
    for position in cycles(result):
        assert (position.mae.as_double(), position.mfe.as_double()) == wanted(position, seen, exits, ends)
    frame = result.positions_report()
    assert (frame["mae"] <= 0.0).all() and (frame["mfe"] >= 0.0).all()
    assert sorted(frame["mae"]) == sorted(position.mae.as_double() for position in cycles(result))
    # The mark at the end is among the prices seen
    for position in result.positions:
        if position.is_open and (pnl := engine.portfolio.unrealized_pnl(A.id)) is not None and len(result.positions) == 1:
            assert position.mae <= pnl <= position.mfe or not ends[-1]


def figures(result: BacktestResult) -> list[tuple[Any, ...]]:
    return [(p.id.value, p.ts_opened, p.mae, p.mfe) for p in cycles(result)]


@pytest.mark.parametrize("oms_type", [OmsType.NETTING, OmsType.HEDGING])
@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
def test_pieces_resets_and_other_grids_leave_excursions_alone(book_type: BookType, oms_type: OmsType) -> None:
    rows = data(11, 600, book_type)
    engine, _ = make(rows, book_type, 11, oms_type, 2)
    engine.run()
    whole = engine.get_result()
    assert len({p.mae for p in cycles(whole)}) > 5 and len({p.mfe for p in cycles(whole)}) > 5
    engine.reset()
    engine.run()
    runs = [engine.get_result()]
    for interval in (0, 1_000):
        engine, _ = make(rows, book_type, 11, oms_type, 2, blocks=7, interval=interval)
        engine.run()
        runs.append(engine.get_result())
    engine, _ = make(rows, book_type, 11, oms_type, 2)
    for piece in np.array_split(rows, 6):
        engine.clear_data()
        engine.add_rows("quote" if book_type == BookType.L1_MBP else "delta", A.id, piece)
        engine.run(streaming=True)
        # A result on the way tells how it is so far, and changes nothing
        engine.get_result()
    engine.end()
    runs.append(engine.get_result())
    for run in runs:
        assert run.digest == whole.digest
        assert figures(run) == figures(whole)


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(seed=st.integers(0, 10**6), n=st.integers(2, 150), answer=st.integers(1, 9_000))
@settings(max_examples=30, deadline=None)
def test_late_answers_change_nothing(book_type: BookType, seed: int, n: int, answer: int) -> None:
    """Orders sent whatever came of the others fill alike whenever that is heard: a position is held from its fill on."""
    rows = data(seed, n, book_type)
    found = []
    for delay in (0, answer):
        latency = LatencyModel(0, response_latency_nanos=delay) if delay else None
        engine, _ = make(rows, book_type, seed, closes=False, latency_model=latency)
        for piece in np.array_split(rows, 3):
            engine.clear_data()
            engine.add_rows("quote" if book_type == BookType.L1_MBP else "delta", A.id, piece)
            engine.run(streaming=True)
            engine.get_result()
        engine.end()
        found.append(engine.get_result())
    assert found[0].n_fills == found[1].n_fills
    assert [row[1:] for row in figures(found[0])] == [row[1:] for row in figures(found[1])]
