"""hftbacktest (numba): `python hft.py CASE N` in an environment that has it.

Compile time is not counted: every compiled function runs once on a few events before it is measured.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Any

import numpy as np
import workloads
from hftbacktest import (
    BUY_EVENT,
    DEPTH_EVENT,
    EXCH_EVENT,
    GTC,
    LIMIT,
    LOCAL_EVENT,
    SELL_EVENT,
    TRADE_EVENT,
    BacktestAsset,
    HashMapMarketDepthBacktest,
)
from hftbacktest.types import event_dtype
from numba import njit
from runner import import_time, measured, run_cli

TICK = 1e-5
HELD: list[np.ndarray] = []    # the engine keeps a pointer to the rows, not a reference


def events(n: int, with_trades: bool) -> np.ndarray:
    """Return deltas (and trades) in the engine's own format."""
    data = workloads.deltas(n)
    rows = np.zeros(n, dtype=event_dtype)
    sides = np.array([0, BUY_EVENT, SELL_EVENT], dtype=np.uint64)
    both = np.uint64(EXCH_EVENT | LOCAL_EVENT)
    rows["ev"] = both | np.uint64(DEPTH_EVENT) | sides[data["side"]]
    rows["exch_ts"] = rows["local_ts"] = data["ts"]
    rows["px"], rows["qty"] = data["price"] * TICK, data["size"]
    if with_trades:
        trades = workloads.book_trades(data)
        more = np.zeros(len(trades["ts"]), dtype=event_dtype)
        more["ev"] = both | np.uint64(TRADE_EVENT) | sides[trades["side"]]
        more["exch_ts"] = more["local_ts"] = trades["ts"]
        more["px"], more["qty"] = trades["price"] * TICK, trades["size"]
        rows = np.concatenate([rows, more])
        rows = rows[np.argsort(rows["exch_ts"], kind="stable")]
    return rows


def backtest(rows: np.ndarray) -> HashMapMarketDepthBacktest:
    """Return a backtest of one asset without latency, with its probability queue model."""
    HELD.append(rows)
    asset = (
        BacktestAsset()
        .data([rows])
        .linear_asset(1.0)
        .constant_order_latency(0, 0)
        .power_prob_queue_model(2.0)
        .no_partial_fill_exchange()
        .trading_value_fee_model(0.00002, 0.00002)
        .tick_size(TICK)
        .lot_size(1.0)
    )
    return HashMapMarketDepthBacktest([asset])


@njit
def replay(hbt: Any) -> int:
    """Replay everything, looking once a second."""
    n = 0
    while hbt.elapse(1_000_000_000) == 0:
        n += 1
    return n


@njit
def make_market(hbt: Any, interval: int, size: float) -> int:
    """Keep one order at the best price of each side, looking every `interval` ns."""
    next_id = 1
    own_bid = own_ask = 0
    while hbt.elapse(interval) == 0:
        hbt.clear_inactive_orders(0)
        depth = hbt.depth(0)
        bid, ask = depth.best_bid_tick, depth.best_ask_tick
        orders = hbt.orders(0)
        send_bid = send_ask = True
        if own_bid in orders:
            order = orders.get(own_bid)
            send_bid = round(order.price / depth.tick_size) != bid
            if send_bid and order.cancellable:
                hbt.cancel(0, own_bid, False)
        if own_ask in orders:
            order = orders.get(own_ask)
            send_ask = round(order.price / depth.tick_size) != ask
            if send_ask and order.cancellable:
                hbt.cancel(0, own_ask, False)
        if send_bid:
            own_bid = next_id
            next_id += 1
            hbt.submit_buy_order(0, own_bid, bid * depth.tick_size, size, GTC, LIMIT, False)
        if send_ask:
            own_ask = next_id
            next_id += 1
            hbt.submit_sell_order(0, own_ask, ask * depth.tick_size, size, GTC, LIMIT, False)
    return next_id - 1


def deltas_silent(n: int) -> dict[str, Any]:
    few, rows = backtest(events(1_000, False)), backtest(events(n, False))
    replay(few)
    return measured(lambda: replay(rows), n)


def deltas_handler(n: int) -> dict[str, Any]:
    """Wait for each feed event from plain Python."""
    made = backtest(events(n, False))

    def loop() -> None:
        while made.wait_next_feed(False, 10**18) != 1:
            pass

    return measured(loop, n)


def maker(n: int) -> dict[str, Any]:
    few, made = backtest(events(1_000, True)), backtest(events(n, True))
    make_market(few, workloads.MAKER_INTERVAL, float(workloads.MAKER_SIZE))
    answer: list[int] = []
    result = measured(
        lambda: answer.append(make_market(made, workloads.MAKER_INTERVAL, float(workloads.MAKER_SIZE))), n
    )
    return {**result, "orders": answer[0], "fills": int(made.state_values(0).num_trades)}


CASES = {
    "deltas_silent": deltas_silent,
    "deltas_handler": deltas_handler,
    "maker": maker,
    "import": lambda n: import_time("import hftbacktest"),
}

if __name__ == "__main__":
    run_cli(version("hftbacktest"), sys.argv, CASES)
