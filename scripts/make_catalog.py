"""Make the sample catalog: `python scripts/make_catalog.py [FOLDER]`.

Everything is drawn from a counter-based integer generator, with integer arithmetic alone, so that the same bytes come out on
any machine with the same pyarrow.
"""

from __future__ import annotations

import shutil
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np

from nautilus_lite.model.data import BarType
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import AggressorSide, BookAction, OrderSide, RecordFlag
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments import CryptoPerpetual, CurrencyPair
from nautilus_lite.model.objects import Currency, Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
# 2024-01-01, a Monday
START = 1_704_067_200 * SECOND
N_QUOTES = 60_000
N_BOOK_EVENTS = 60_000
LEVELS = 10


class Draws:
    """SplitMix64: the n-th draw of a seed."""

    def __init__(self, seed: int) -> None:
        self._at = np.uint64(seed) << np.uint64(40)

    def words(self, n: int) -> np.ndarray:
        """Return the next n words."""
        with np.errstate(over="ignore"):
            z = (self._at + np.arange(1, n + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            self._at += np.uint64(n)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return z ^ (z >> np.uint64(31))

    def below(self, n: int, bound: int) -> np.ndarray:
        """Return n integers from 0 to bound - 1."""
        return (self.words(n) % np.uint64(bound)).astype(np.int64)

    def bell(self, n: int, scale: int) -> np.ndarray:
        """Return n integers about zero, nearly normal: the sum of six draws from -scale to scale, over two."""
        return sum((self.below(n, 2 * scale + 1) - scale for _ in range(6)), np.zeros(n, dtype=np.int64)) // 2


def eur_usd() -> CurrencyPair:
    """Return the currency pair."""
    return CurrencyPair(
        instrument_id=InstrumentId.from_str("EUR/USD.SIM"),
        raw_symbol=Symbol("EUR/USD"),
        base_currency=Currency.from_str("EUR"),
        quote_currency=Currency.from_str("USD"),
        price_precision=5,
        size_precision=0,
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        lot_size=Quantity.from_int(1000),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00002"),
        taker_fee=Decimal("0.00002"),
        ts_event=0,
        ts_init=0,
    )


def btc_usdt() -> CryptoPerpetual:
    """Return the perpetual."""
    usdt = Currency.from_str("USDT")
    return CryptoPerpetual(
        instrument_id=InstrumentId.from_str("BTCUSDT-PERP.BINANCE"),
        raw_symbol=Symbol("BTCUSDT"),
        base_currency=Currency.from_str("BTC"),
        quote_currency=usdt,
        settlement_currency=usdt,
        is_inverse=False,
        price_precision=1,
        size_precision=3,
        price_increment=Price.from_str("0.1"),
        size_increment=Quantity.from_str("0.001"),
        margin_init=Decimal("0.05"),
        margin_maint=Decimal("0.025"),
        maker_fee=Decimal("0.0002"),
        taker_fee=Decimal("0.0005"),
        ts_event=0,
        ts_init=0,
    )


def make_bars() -> np.ndarray:
    """Return a month of one-minute bars, Monday to Friday, with weak trends of some hours."""
    draws = Draws(1)
    closes = np.concatenate(
        [START + day * DAY + np.arange(1, 1441, dtype=np.int64) * MINUTE for day in range(31) if day % 7 < 5]
    )
    n = len(closes)
    trend = np.repeat(draws.below(n // 240 + 1, 3) - 1, 240)[:n]
    steps = draws.bell(n, 5) + trend * (draws.below(n, 6) == 0)
    close = 110_000 + np.cumsum(steps)
    opened = np.concatenate([[110_000], close[:-1]])
    rows = np.zeros(n, dtype=BAR_DTYPE)
    rows["ts_event"] = rows["ts_init"] = closes
    rows["open"], rows["close"] = opened, close
    rows["high"] = np.maximum(opened, close) + draws.below(n, 6)
    rows["low"] = np.minimum(opened, close) - draws.below(n, 6)
    rows["volume"] = (100 + draws.below(n, 900)) * 10_000
    return rows


def make_quotes() -> np.ndarray:
    """Return the quotes of a day."""
    draws = Draws(2)
    rows = np.zeros(N_QUOTES, dtype=QUOTE_DTYPE)
    rows["ts_event"] = START + DAY + np.cumsum(draws.below(N_QUOTES, 2 * SECOND) + 1_000_000)
    rows["ts_init"] = rows["ts_event"] + 2_000_000
    trend = np.repeat(draws.below(N_QUOTES // 3000 + 1, 3) - 1, 3000)[:N_QUOTES]
    rows["bid"] = 110_000 + np.cumsum(draws.below(N_QUOTES, 3) - 1 + trend * (draws.below(N_QUOTES, 20) == 0))
    rows["ask"] = rows["bid"] + 1 + draws.below(N_QUOTES, 2)
    rows["bid_size"] = (1 + draws.below(N_QUOTES, 5)) * 1_000_000
    rows["ask_size"] = (1 + draws.below(N_QUOTES, 5)) * 1_000_000
    return rows


def make_book() -> tuple[np.ndarray, np.ndarray]:
    """Return deltas and trades of a book of ten levels a side; it is never crossed."""
    draws = Draws(3)
    kinds, sides, levels = draws.below(N_BOOK_EVENTS, 10), draws.below(N_BOOK_EVENTS, 2), draws.below(N_BOOK_EVENTS, LEVELS)
    sizes, gaps = 50 + draws.below(N_BOOK_EVENTS, 5_000), 20_000_000 + draws.below(N_BOOK_EVENTS, 200_000_000)
    refill = 50 + draws.below(N_BOOK_EVENTS, 5_000)
    deltas: list[tuple[int, ...]] = []
    trades: list[tuple[int, int, int, int, int]] = []
    book = ({}, {})
    best = [430_000, 430_001]
    ts = START + DAY
    sequence = 1
    deltas.append((ts, 0, 0, sequence, BookAction.CLEAR, OrderSide.NO_ORDER_SIDE, RecordFlag.F_SNAPSHOT))
    start_sizes = 50 + draws.below(2 * LEVELS, 5_000)
    for side in (0, 1):
        for level in range(LEVELS):
            price = best[side] - level if side == 0 else best[side] + level
            book[side][price] = int(start_sizes[side * LEVELS + level])
            last = side == 1 and level == LEVELS - 1
            flags = RecordFlag.F_SNAPSHOT | (RecordFlag.F_LAST if last else 0)
            deltas.append((ts, price, book[side][price], sequence, BookAction.ADD, side + 1, flags))
    for i in range(N_BOOK_EVENTS):
        ts += int(gaps[i])
        sequence += 1
        side, kind = int(sides[i]), int(kinds[i])
        outward = -1 if side == 0 else 1
        if kind < 7:
            # A level changes size
            price = best[side] + outward * int(levels[i])
            book[side][price] = int(sizes[i])
            deltas.append((ts, price, book[side][price], sequence, BookAction.UPDATE, side + 1, RecordFlag.F_LAST))
            continue
        price = best[side]
        aggressor = AggressorSide.SELLER if side == 0 else AggressorSide.BUYER
        if kind < 9 and book[side][price] > 40:
            # A trade takes part of the best level
            size = 1 + int(sizes[i]) % (book[side][price] // 2)
            book[side][price] -= size
            trades.append((ts - 1_000, price, size, int(aggressor), len(trades) + 1))
            deltas.append((ts, price, book[side][price], sequence, BookAction.UPDATE, side + 1, RecordFlag.F_LAST))
            continue
        # A trade takes the best level; the other side follows, so that the spread stays one tick
        trades.append((ts - 1_000, price, book[side].pop(price), int(aggressor), len(trades) + 1))
        deltas.append((ts, price, 0, sequence, BookAction.DELETE, side + 1, 0x01))
        far = price + outward * LEVELS
        book[side][far] = int(sizes[i])
        deltas.append((ts, far, book[side][far], sequence, BookAction.ADD, side + 1, 0x01))
        other = 1 - side
        gone = best[other] + -outward * (LEVELS - 1)
        del book[other][gone]
        deltas.append((ts, gone, 0, sequence, BookAction.DELETE, other + 1, 0x01))
        book[other][price] = int(refill[i])
        deltas.append((ts, price, book[other][price], sequence, BookAction.ADD, other + 1, RecordFlag.F_LAST))
        best[side] += outward
        best[other] += outward
    rows = np.zeros(len(deltas), dtype=DELTA_DTYPE)
    table = np.array(deltas, dtype=np.int64)
    for column, name in enumerate(("ts_event", "price", "size", "sequence", "action", "side", "flags")):
        rows[name] = table[:, column]
    rows["ts_init"] = rows["ts_event"] + 1_000_000
    prints = np.zeros(len(trades), dtype=TRADE_DTYPE)
    ticks = np.array(trades, dtype=np.int64)
    for column, name in enumerate(("ts_event", "price", "size", "aggressor_side")):
        prints[name] = ticks[:, column]
    prints["ts_init"] = prints["ts_event"] + 1_000_000
    ids = [str(number).encode() for number in ticks[:, 4]]
    prints["trade_id"] = ids
    prints["id_len"] = [len(value) for value in ids]
    return rows, prints


def make_catalog(folder: Path) -> ParquetDataCatalog:
    """Make the catalog afresh in a folder."""
    for part in ("data", "instruments"):
        shutil.rmtree(folder / part, ignore_errors=True)
    catalog = ParquetDataCatalog(folder)
    pair, perpetual = eur_usd(), btc_usdt()
    catalog.write_data([pair, perpetual])
    catalog.write_rows("bar", BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"), make_bars())
    catalog.write_rows("quote", pair.id, make_quotes())
    deltas, trades = make_book()
    catalog.write_rows("delta", perpetual.id, deltas)
    catalog.write_rows("trade", perpetual.id, trades)
    return catalog


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "catalog"
    made = make_catalog(target)
    print(f"{made.verify():,} rows in {target}")
    for listed in made.ls():
        print(listed)
