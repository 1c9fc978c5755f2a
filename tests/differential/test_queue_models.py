"""The same market maker on the same L2 data with trades in hftbacktest, for every queue model, and under latencies.

Set `HFTBACKTEST_PYTHON` to the interpreter of an environment that has it. Known to differ: it keeps
fractions ahead of an order, here they are rounded up. Fills differ by less than half a per cent with all models but the
logarithmic one, with that by about one, for a reason not found yet.
"""

import json
import os
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest

from nautilus_lite.backtest.models import (
    LatencyModel,
    LogProbQueueModel,
    LogProbQueueModel2,
    PowerProbQueueModel,
    PowerProbQueueModel2,
    PowerProbQueueModel3,
    RiskAverseQueueModel,
)
from nautilus_lite.examples.compiled_market_maker import CompiledMarketMaker
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Quantity
from tests.replaying import make_engine, pair

PEER = os.environ.get("HFTBACKTEST_PYTHON")
INTERVAL = 50_000_000
STEP = 1_000_000
TOLERANCE = 0.02
# Entry, response and feed (ns), off the grid of the rows: at equal times the two have orders of their own
LATENCIES = [(7_300_000, 0, 0), (7_300_000, 11_400_000, 0), (0, 0, 2_600_000), (7_300_000, 11_400_000, 2_600_000)]
MODELS = {
    "risk_averse": (RiskAverseQueueModel(), "risk_adverse_queue_model", "none"),
    "power 2": (PowerProbQueueModel(2.0), "power_prob_queue_model", "2"),
    "power2 2": (PowerProbQueueModel2(2.0), "power_prob_queue_model2", "2"),
    "power3 3": (PowerProbQueueModel3(3.0), "power_prob_queue_model3", "3"),
    "log": (LogProbQueueModel(), "log_prob_queue_model", "none"),
    "log2": (LogProbQueueModel2(), "log_prob_queue_model2", "none"),
}


def flow(seed: int, n: int) -> np.ndarray:
    """Return rows (ts, kind, side, price, size) of a book of eight levels whose touch wanders, and trades at the touch."""
    numbers = random.Random(seed)
    bid, ask = 100_000, 100_001
    rows = [(0, 1, bid - i, 50) for i in range(8)] + [(0, 2, ask + i, 50) for i in range(8)]
    while len(rows) < n:
        chance = numbers.random()
        side = numbers.choice((1, 2))
        if chance < 0.02:
            # The touch of a side is emptied, and the other side takes its price
            old, sign = (ask, 1) if side == 2 else (bid, -1)
            rows.append((0, side, old, 0))
            rows.append((0, 3 - side, old, numbers.randint(20, 100)))
            rows.append((0, 3 - side, (bid - 7) if sign > 0 else (ask + 7), 0))
            rows.append((0, side, old + 8 * sign, numbers.randint(20, 100)))
            bid, ask = bid + sign, ask + sign
        elif chance < 0.12:
            # A buyer lifts the ask; sizes leave the level to the next delta
            rows.append((1, side, ask if side == 1 else bid, numbers.randint(1, 20)))
        else:
            away = numbers.randint(0, 7)
            rows.append((0, side, bid - away if side == 1 else ask + away, numbers.randint(10, 100)))
    return np.array([(STEP * (i + 1), *row) for i, row in enumerate(rows)], dtype=np.int64)


def ours(rows: np.ndarray, model: object, latencies: tuple[int, int, int]) -> dict[str, float]:
    instrument = pair("AAA")
    entry, response, feed = latencies
    latency = LatencyModel(entry, response_latency_nanos=response, feed_latency_nanos=feed) if any(latencies) else None
    engine = make_engine(
        BookType.L2_MBP, [instrument], queue_model=model, prob_fill_on_limit=1.0, latency_model=latency
    )
    for kind, dtype in ((0, DELTA_DTYPE), (1, TRADE_DTYPE)):
        chosen = rows[rows[:, 1] == kind]
        made = np.zeros(len(chosen), dtype=dtype)
        made["ts_event"] = made["ts_init"] = chosen[:, 0]
        made["price"], made["size"] = chosen[:, 3], chosen[:, 4]
        if kind == 0:
            made["side"], made["action"], made["flags"] = chosen[:, 2], np.where(chosen[:, 4] > 0, 2, 3), 128
        else:
            made["aggressor_side"], made["trade_id"], made["id_len"] = chosen[:, 2], b"1", 1
        engine.add_rows("trade" if kind else "delta", instrument.id, made)
    engine.add_strategy(
        CompiledMarketMaker(instrument_id=instrument.id, quantity=Quantity.from_int(1), interval_ns=INTERVAL)
    )
    engine.run()
    bought = sum(int(o.filled_qty) * (1 if o.side == OrderSide.BUY else -1) for o in engine.cache.orders())
    result = engine.get_result()
    return {"orders": result.n_orders, "fills": result.n_fills, "position": bought}


def both(tmp_path: Path, name: str, seed: int, latencies: tuple[int, int, int]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the counts of the peer and ours."""
    model, method, exponent = MODELS[name]
    rows = flow(seed, 200_000)
    path = tmp_path / "rows.npy"
    np.save(path, rows)
    script = Path(__file__).with_name("peer_queue.py")
    command = [PEER, str(script), str(path), method, exponent, str(INTERVAL), "0.00001", *map(str, latencies)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1]), ours(rows, model, latencies)


def agree(theirs: dict[str, float], mine: dict[str, float]) -> None:
    print(", ".join(f"{count}: {mine[count]:.0f} here, {theirs[count]:.0f} there" for count in ("orders", "fills", "position")))
    assert theirs["fills"] > 500
    assert abs(mine["fills"] - theirs["fills"]) <= TOLERANCE * theirs["fills"]
    assert abs(mine["orders"] - theirs["orders"]) <= TOLERANCE * theirs["orders"]
    assert abs(mine["position"] - theirs["position"]) <= TOLERANCE * theirs["fills"]


@pytest.mark.differential
@pytest.mark.skipif(not PEER, reason="HFTBACKTEST_PYTHON does not name an interpreter with hftbacktest")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", MODELS)
def test_counts_agree(tmp_path: Path, name: str, seed: int) -> None:
    agree(*both(tmp_path, name, seed, (0, 0, 0)))


@pytest.mark.differential
@pytest.mark.skipif(not PEER, reason="HFTBACKTEST_PYTHON does not name an interpreter with hftbacktest")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("latencies", LATENCIES)
def test_counts_agree_under_latency(tmp_path: Path, latencies: tuple[int, int, int], seed: int) -> None:
    agree(*both(tmp_path, "power 2", seed, latencies))
