"""Small DBN files, and a book that is rebuilt from the bytes of a file by dictionaries and lists alone."""

from __future__ import annotations

import datetime
import os
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

DATA = Path(os.environ.get("NAUTILUS_LITE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "databento"
ABSENT = f"no market data at {DATA}: set NAUTILUS_LITE_SHARED_DATA to a folder with the samples in `databento`"

# length, type, publisher, instrument, ts_event, order id, price, size, flags, channel, action, side, ts_recv, delta, sequence
RECORD = struct.Struct("<BBHIQQqIBBccQiI")
CENT = 10**7
NO_PRICE = 2**63 - 1
LAST, SNAPSHOT = 128, 32
START = 1_700_000_000_000_000_000


def record(action: str, side: str, cents: int | None, size: int, order_id: int, flags: int, ts: int, number: int = 7) -> bytes:
    price = NO_PRICE if cents is None else cents * CENT
    return RECORD.pack(
        14, 160, 1, number, START + ts, order_id, price, size, flags, 0, action.encode(), side.encode(), START + ts + 50, 0, ts
    )


def write(path: Path, records: list[bytes], symbols: dict[str, int] | None = None, schema: str = "mbo") -> Path:
    import databento_dbn
    import zstandard

    day = SimpleNamespace(start_date=datetime.date(2023, 11, 14), end_date=datetime.date(2023, 11, 16))
    symbols = {"ESH4": 7} if symbols is None else symbols
    metadata = databento_dbn.Metadata(
        dataset="GLBX.MDP3",
        start=START,
        stype_in=databento_dbn.SType.RAW_SYMBOL,
        stype_out=databento_dbn.SType.INSTRUMENT_ID,
        schema=databento_dbn.Schema(schema),
        symbols=list(symbols),
        partial=[],
        not_found=[],
        mappings=[
            SimpleNamespace(raw_symbol=name, intervals=[SimpleNamespace(**vars(day), symbol=str(number))])
            for name, number in symbols.items()
        ],
    )
    path.write_bytes(zstandard.compress(metadata.encode() + b"".join(records)))
    return path


class Rebuilt:
    """The book after each record, by the rules of the format: a cancel takes off a size, a trade or fill nothing."""

    def __init__(self, path: Path) -> None:
        import zstandard

        with zstandard.open(path, "rb") as file:
            content = file.read()
        assert content[:3] == b"DBN"
        self.records = content[8 + int.from_bytes(content[4:8], "little"):]
        self.where: dict[int, tuple[bytes, int]] = {}                                   # id: side and price
        self.levels: dict[bytes, dict[int, dict[int, int]]] = {b"B": {}, b"A": {}}      # price: id: size, by priority

    def put(self, order_id: int, side: bytes, price: int, size: int) -> None:
        self.where[order_id] = (side, price)
        self.levels[side].setdefault(price, {})[order_id] = size

    def drop(self, order_id: int) -> None:
        if order_id in self.where:
            side, price = self.where.pop(order_id)
            del self.levels[side][price][order_id]
            if not self.levels[side][price]:
                del self.levels[side][price]

    def walk(self) -> Iterator[tuple[bytes, bool]]:
        """Apply record by record: the action, and whether its event has ended."""
        for values in RECORD.iter_unpack(self.records):
            order_id, price, size, flags, action, side = values[5], values[6], values[7], values[8], values[10], values[11]
            before = 0
            if order_id in self.where:
                held, at = self.where[order_id]
                before = self.levels[held][at][order_id]
            if action == b"R":
                self.where.clear()
                self.levels = {b"B": {}, b"A": {}}
            elif action == b"A":
                self.drop(order_id)
                self.put(order_id, side, price, size)
            elif action == b"M":
                if self.where.get(order_id) != (side, price) or before < size:
                    self.drop(order_id)
                self.put(order_id, side, price, size)
            elif action == b"C" and before > size:
                self.put(order_id, held, at, before - size)
            elif action == b"C":
                self.drop(order_id)
            yield action, bool(flags & LAST)

    def best(self, depth: int = 5) -> list[list[tuple[float, int, int]]]:
        """Price, size and number of orders of the best levels, bids and asks."""
        sides = []
        for side in (b"B", b"A"):
            levels = self.levels[side]
            prices = sorted(levels, reverse=side == b"B")[:depth]
            sides.append([(price / 1e9, sum(levels[price].values()), len(levels[price])) for price in prices])
        return sides

    def queues(self) -> dict[tuple[bytes, float], list[tuple[int, int]]]:
        """Id and size of the orders of every level, first in the queue first."""
        return {
            (side, price / 1e9): list(queue.items()) for side, levels in self.levels.items() for price, queue in levels.items()
        }


def shown(book: Any, depth: int = 5) -> list[list[tuple[float, int, int]]]:
    """Say what `Rebuilt.best` says of an `OrderBook`."""
    return [
        [(float(level.price), int(level.size()), level.count) for level in side]
        for side in (book.bids(depth), book.asks(depth))
    ]


def queues(book: Any) -> dict[tuple[bytes, float], list[tuple[int, int]]]:
    """Say what `Rebuilt.queues` says of an `OrderBook`."""
    return {
        (name, float(level.price)): [(order.order_id, int(order.size)) for order in level.orders()]
        for name, side in ((b"B", book.bids()), (b"A", book.asks()))
        for level in side
    }


def random_session(seed: int, n_events: int) -> list[bytes]:
    """Records of an exchange as it matches: adds, changes, cancels of all and of parts, trades with their fills, snapshots."""
    numbers = random.Random(seed)
    orders: dict[int, list[Any]] = {}
    records: list[bytes] = []
    ts = 0

    def event(*changes: tuple[str, str, int | None, int, int]) -> None:
        nonlocal ts
        ts += numbers.choice((0, 1, 1_000))
        for i, change in enumerate(changes):
            records.append(record(*change, LAST if i + 1 == len(changes) else 0, ts))

    def cancel(order_id: int, size: int) -> tuple[str, str, int | None, int, int]:
        side, price, before = orders[order_id]
        orders[order_id][2] -= size
        if before == size:
            del orders[order_id]
        return "C", side, price, size, order_id

    for i in range(n_events):
        kind = numbers.choice(("add", "add", "add", "change", "cancel", "part", "trade", "hidden", "snapshot"))
        side = numbers.choice("BA")
        best = {s: [price for o_side, price, _ in orders.values() if o_side == s] for s in "BA"}
        if kind == "add" or len(orders) < 20:
            limit = (min(best["A"], default=10_050) - 1) if side == "B" else (max(best["B"], default=9_950) + 1)
            away = numbers.choice((0, 0, 1, 2, 3, 10))
            orders[i + 1] = [side, limit - away if side == "B" else limit + away, numbers.randint(1, 20)]
            event(("A", *orders[i + 1], i + 1))
        elif kind == "change":
            order_id = numbers.choice(list(orders))
            side, price, _ = orders.pop(order_id)
            price += numbers.choice((0, 0, -1 if side == "B" else 1))
            orders[order_id] = [side, price, numbers.randint(1, 20)]
            event(("M", *orders[order_id], order_id))
        elif kind in ("cancel", "part"):
            order_id = numbers.choice(list(orders))
            size = orders[order_id][2]
            event(cancel(order_id, size if kind == "cancel" else numbers.randint(1, size)))
        elif kind == "trade" and best[side]:
            # The aggressor takes what is first at the best price, in full or in part
            price = max(best["B"]) if side == "B" else min(best["A"])
            first = [order_id for order_id, order in orders.items() if order[:2] == [side, price]][: numbers.randint(1, 3)]
            sizes = [orders[order_id][2] for order_id in first]
            sizes[-1] = numbers.randint(1, sizes[-1])
            fills = [("F", side, price, size, order_id) for order_id, size in zip(first, sizes, strict=True)]
            gone = [cancel(order_id, size) for order_id, size in zip(first, sizes, strict=True)]
            event(("T", "A" if side == "B" else "B", price, sum(sizes), 0), *fills, *gone)
        elif kind == "hidden":
            # A trade that closes the event of a cancel, and changes nothing itself
            order_id = numbers.choice(list(orders))
            event(cancel(order_id, 1), ("T", "N", 10_000, 3, 0))
        elif kind == "snapshot":
            ts += 1
            records.append(record("R", "N", None, 0, 0, SNAPSHOT, ts))
            for k, (order_id, order) in enumerate(orders.items()):
                records.append(record("A", *order, order_id, SNAPSHOT | (LAST if k + 1 == len(orders) else 0), ts))
    return records
