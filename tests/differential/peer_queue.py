"""A market maker in hftbacktest, which prints its counts.

`python peer_queue.py ROWS.npy MODEL EXPONENT INTERVAL_NS TICK ENTRY RESPONSE FEED`; the last three are latencies (ns): of orders
to the venue, of its answers, of data.

Rows are (ts, kind, side, price in ticks, size); kind 0 is the size of a level, 1 a trade, side 1 buy, 2 sell.
"""

import json
import sys

import numpy as np
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


@njit
def make_market(hbt, interval, size):
    """Keep one order at the best price of each side."""
    next_id = 1
    own = np.zeros(2, np.int64)
    while hbt.elapse(interval) == 0:
        hbt.clear_inactive_orders(0)
        depth = hbt.depth(0)
        orders = hbt.orders(0)
        for side in range(2):
            tick = depth.best_bid_tick if side == 0 else depth.best_ask_tick
            send = True
            if own[side] in orders:
                order = orders.get(own[side])
                send = round(order.price / depth.tick_size) != tick
                if send and order.cancellable:
                    hbt.cancel(0, own[side], False)
            if send:
                own[side] = next_id
                next_id += 1
                if side == 0:
                    hbt.submit_buy_order(0, own[side], tick * depth.tick_size, size, GTC, LIMIT, False)
                else:
                    hbt.submit_sell_order(0, own[side], tick * depth.tick_size, size, GTC, LIMIT, False)
    return next_id - 1


def main() -> None:
    path, model, exponent, interval, tick, *latencies = sys.argv[1:]
    entry, response, feed = map(int, latencies)
    given = np.load(path)
    rows = np.zeros(len(given), dtype=event_dtype)
    kinds = np.where(given[:, 1] == 0, DEPTH_EVENT, TRADE_EVENT).astype(np.uint64)
    sides = np.where(given[:, 2] == 1, BUY_EVENT, SELL_EVENT).astype(np.uint64)
    rows["ev"] = np.uint64(EXCH_EVENT | LOCAL_EVENT) | kinds | sides
    rows["exch_ts"] = given[:, 0]
    rows["local_ts"] = given[:, 0] + feed
    rows["px"], rows["qty"] = given[:, 3] * float(tick), given[:, 4]
    asset = (
        BacktestAsset()
        .data([rows])
        .linear_asset(1.0)
        .constant_order_latency(entry, response)
        .no_partial_fill_exchange()
        .trading_value_fee_model(0.0, 0.0)
        .tick_size(float(tick))
        .lot_size(1.0)
    )
    choose = getattr(asset, model)
    asset = choose() if exponent == "none" else choose(float(exponent))
    hbt = HashMapMarketDepthBacktest([asset])
    orders = make_market(hbt, int(interval), 1.0)
    state = hbt.state_values(0)
    print(json.dumps({"orders": orders, "fills": int(state.num_trades), "position": float(state.position)}))


main()
