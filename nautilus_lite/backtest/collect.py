"""From a world that ran to its result."""

from __future__ import annotations

from typing import Any

import numpy as np

from nautilus_lite.analysis.rates import rate_opening
from nautilus_lite.analysis.reconcile import reconcile
from nautilus_lite.backtest.bar_walk import BarWalk
from nautilus_lite.backtest.config import StatisticsConfig
from nautilus_lite.backtest.exchange import SimulatedExchange
from nautilus_lite.backtest.matching.engine import OrderMatchingEngine
from nautilus_lite.backtest.results import BacktestResult, integrity_text
from nautilus_lite.backtest.world import World
from nautilus_lite.model.enums import BookType
from nautilus_lite.model.identifiers import AccountId
from nautilus_lite.model.objects import Currency


def make_result(
    world: World,
    start_ns: int,
    elapsed: float,
    n_rows: int,
    config: dict[str, Any],
    bar_walk: BarWalk,
    statistics: StatisticsConfig = StatisticsConfig(),
) -> BacktestResult:
    """Collect the result of one world."""
    recorder = world.recorder
    world.mark_open()
    cache = world.cache
    positions = cache.positions()
    snapshots = [snapshot for position in positions for snapshot in cache.position_snapshots(position.id)]
    warnings = [f"no price for an open position in {key}: left out of equity in {count} samples"
                for key, count in recorder.unpriced.items()]
    samples = rate_opening(recorder.equity_samples(), recorder.slots)
    if len(samples) and np.isnan(samples["rate"]).any():
        slots = sorted({str(recorder.slots[i][1]) for i in np.unique(samples["slot"][np.isnan(samples["rate"])])})
        warnings.append(
            f"no exchange rate from {', '.join(slots)} to {world.reporting_currency}: total equity is NaN at those times"
        )
    integrity = {
        str(state.id): state.book.integrity for state in world.market.states if state.book.book_type != BookType.L1_MBP
    }
    for instrument_id, counts in integrity.items():
        if text := integrity_text(counts):
            warnings.append(f"the book data of {instrument_id} does not fit together: {text}")
    ambiguous_bars: dict[str, int] = {}
    for exchange in world.exchanges:
        for matching in exchange.get_matching_engines().values():
            if matching.bars_execute:
                ambiguous_bars[str(matching.instrument.id)] = matching.n_ambiguous_bars
            warnings += bar_warnings(matching, exchange)
    warnings += [
        f"{count} bid or ask bars of {key} had no bar of the other side at their time and executed nothing"
        for key, count in bar_walk.unpaired().items()
    ]
    for exchange in world.exchanges:
        late = exchange.events.funding.late_count
        if late:
            warnings.append(f"{late} funding rates at {exchange.id} arrived after their time and were not booked")
        calls = [] if exchange.events.liquidation is None else exchange.events.liquidation.calls
        if calls:
            warnings.append(f"{len(calls)} margin calls at {exchange.id}: positions were liquidated")
        if exchange.purse is not None and exchange.purse.ended:
            order_id, reason = exchange.purse.ended[0]
            warnings.append(
                f"{len(exchange.purse.ended)} working orders at {exchange.id} were cancelled because the account could not pay "
                f"for them, the first was {order_id}: {reason}"
            )
    if world.shutdown_reason is not None:
        warnings.append(f"the run was shut down early: {world.shutdown_reason}")
    accounts = cache.accounts()
    funding_payments = [payment for exchange in world.exchanges for payment in exchange.events.funding.payments]
    adjustments = [adjustment for exchange in world.exchanges for adjustment in exchange.adjustments]
    statements = reconcile(
        accounts=accounts,
        positions=[*snapshots, *positions],
        orders=cache.orders(),
        open_values=world.portfolio.open_values(),
        funding=funding_payments,
        adjustments=adjustments,
        equity=last_equity(world, samples),
    )
    warnings += [problem for statement in statements for problem in statement.problems()]
    analyzer = world.portfolio.analyzer
    result = BacktestResult(
        name=world.name,
        digest=recorder.digest,
        trader_id=str(world.trader_id),
        run_start=start_ns,
        run_end=world.clock.timestamp_ns(),
        elapsed=elapsed,
        n_rows=n_rows,
        n_orders=recorder.n_orders,
        n_fills=recorder.n_fills,
        n_maker_fills=recorder.n_maker_fills,
        n_positions=len(positions) + len(snapshots),
        reporting_currency=str(world.reporting_currency),
        equity_samples=samples,
        equity_slots=list(recorder.slots),
        exposure_samples=world.exposures.samples(),
        exposure_slots=list(world.exposures.slots),
        price_samples=world.prices.samples(),
        price_slots=[str(state.id) for state in world.market.states],
        fill_mids=world.markouts.fill_mids(),
        config={**config, "venues": [exchange.describe() for exchange in world.exchanges]},
        warnings=warnings,
        book_integrity=integrity,
        ambiguous_bars=ambiguous_bars,
        orders=cache.orders(),
        positions=positions,
        snapshots=snapshots,
        accounts=accounts,
        statements=statements,
        funding_payments=funding_payments,
        adjustments=adjustments,
        statistics_settings=statistics.settings(),
        own_statistics=list(analyzer.registered_statistics()),
    )
    analyzer.calculate_statistics(result.accounts, [*snapshots, *positions], result.equity)
    return result


def last_equity(world: World, samples: np.ndarray) -> dict[tuple[AccountId, Currency], int]:
    """Return the last equity by account and currency: the last sample's, or as of now where none was taken at this time."""
    now = world.clock.timestamp_ns()
    found = {
        (exchange.account_id, currency): money.raw
        for exchange in world.exchanges
        for currency, money in world.portfolio.equity(exchange.id).items()
    }
    last = samples[samples["ts"] == now]
    found.update((world.recorder.slots[slot], int(raw)) for slot, raw in zip(last["slot"], last["equity"], strict=True))
    return found


def bar_warnings(matching: OrderMatchingEngine, exchange: SimulatedExchange) -> list[str]:
    """Tell what the bars of an instrument leave in doubt."""
    warnings = []
    key = matching.instrument.id
    if matching.n_ambiguous_bars:
        share = matching.n_ambiguous_bars / matching.n_active_bars
        warnings.append(
            f"{key}: the order of high and low decided the outcome in {matching.n_ambiguous_bars} of "
            f"{matching.n_active_bars} bars that reached an order ({share:.1%}), `bar_path` is {exchange.bar_path.name}: "
            "compare WORST and BEST, or use finer data"
        )
    if matching.n_unserved:
        warnings.append(
            f"{key}: {matching.n_unserved} commands waited for a bar that never came and were refused, "
            f"`bar_order_timing` is {exchange.bar_order_timing.name}"
        )
    return warnings
