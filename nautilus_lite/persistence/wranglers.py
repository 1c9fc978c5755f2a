"""Market data from pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import Bar, BarType, OrderBookDelta, QuoteTick, TradeTick
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.data.rows import mark_batches, unpack_rows
from nautilus_lite.model.enums import AggressorSide, BookAction, OrderSide
from nautilus_lite.model.instruments import Instrument
from nautilus_lite.persistence.codec import check_rows

if TYPE_CHECKING:
    import pandas as pd

# A float price is taken for a decimal if it lies within this part of a unit of the last digit
TOLERANCE = 1e-3
INT64_LIMIT = 2.0**63
SIDES = {
    "BUY": AggressorSide.BUYER,
    "BUYER": AggressorSide.BUYER,
    "SELL": AggressorSide.SELLER,
    "SELLER": AggressorSide.SELLER,
    "": AggressorSide.NO_AGGRESSOR,
    "NO_AGGRESSOR": AggressorSide.NO_AGGRESSOR,
}


class _Wrangler:
    """Base: columns to raw integers, with an error that names column, row and value."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def _rows(self, frame: pd.DataFrame, dtype: np.dtype, columns: tuple[str, ...], ts_init_delta: int) -> np.ndarray:
        missing = [name for name in columns if name not in frame.columns]
        if missing:
            raise InvalidData(
                f"data of {self.instrument.id} has no column {missing[0]!r} (it has: {', '.join(map(str, frame.columns))})"
            )
        if ts_init_delta < 0:
            raise InvalidData(f"invalid `ts_init_delta`, must not be negative, was {ts_init_delta}")
        rows = np.zeros(len(frame), dtype=dtype)
        rows["ts_event"] = self._times(frame)
        rows["ts_init"] = rows["ts_event"] + np.uint64(ts_init_delta)
        return rows

    def _times(self, frame: pd.DataFrame) -> np.ndarray:
        import pandas as pd

        values = frame["ts_event"] if "ts_event" in frame.columns else frame.index
        if not pd.api.types.is_datetime64_any_dtype(values):
            raise InvalidData(
                f"data of {self.instrument.id} needs a DatetimeIndex or a column `ts_event` of times, was {values.dtype}"
            )
        index = pd.DatetimeIndex(values)
        index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
        if index.hasnans:
            raise InvalidData(f"time in row {int(np.argmax(index.isna()))} of {self.instrument.id} is missing: drop the row")
        return index.as_unit("ns").asi8.astype(np.uint64)

    def _raw(self, frame: pd.DataFrame, name: str, precision: int) -> np.ndarray:
        values = frame[name].to_numpy(dtype=np.float64)
        where = f"column {name!r} of {self.instrument.id}"
        if not np.all(np.isfinite(values)):
            row = int(np.argmax(~np.isfinite(values)))
            raise InvalidData(f"value in row {row} of {where} must be a number, was {values[row]}: fill or drop the row")
        scaled = values * 10.0**precision
        if np.any(np.abs(scaled) >= INT64_LIMIT):
            row = int(np.argmax(np.abs(scaled) >= INT64_LIMIT))
            raise InvalidData(f"value in row {row} of {where} is beyond 64 bits at precision {precision}, was {values[row]}")
        raw = np.rint(scaled)
        # Beyond 2^53 a float holds no finer digits to compare
        off = np.abs(scaled - raw) > np.maximum(TOLERANCE, np.abs(scaled) * 4e-16)
        if np.any(off):
            row = int(np.argmax(off))
            raise InvalidData(
                f"value in row {row} of {where} has more than {precision} digits, was {values[row]}: "
                "round it, or define the instrument with that precision"
            )
        return raw.astype(np.int64)

    def _objects(self, rows: np.ndarray, identifier: Any) -> list[Any]:
        return unpack_rows(rows, identifier, self.instrument.price_precision, self.instrument.size_precision)


class QuoteTickDataWrangler(_Wrangler):
    """Quotes of an instrument from a frame.

    Parameters
    ----------
    instrument : Instrument
    """

    def process_rows(self, data: pd.DataFrame, default_volume: float = 1_000_000.0, ts_init_delta: int = 0) -> np.ndarray:
        """Return packed rows; see `process`."""
        frame = data.rename(columns={"bid": "bid_price", "ask": "ask_price"})
        rows = self._rows(frame, QUOTE_DTYPE, ("bid_price", "ask_price"), ts_init_delta)
        frame = frame.assign(
            bid_size=frame["bid_size"] if "bid_size" in frame.columns else default_volume,
            ask_size=frame["ask_size"] if "ask_size" in frame.columns else default_volume,
        )
        for field, name in (("bid", "bid_price"), ("ask", "ask_price")):
            rows[field] = self._raw(frame, name, self.instrument.price_precision)
        for name in ("bid_size", "ask_size"):
            rows[name] = self._raw(frame, name, self.instrument.size_precision)
        check_rows("quote", rows, f"quotes of {self.instrument.id}")
        return rows

    def process(self, data: pd.DataFrame, default_volume: float = 1_000_000.0, ts_init_delta: int = 0) -> list[QuoteTick]:
        """Return quotes.

        Parameters
        ----------
        data : DataFrame
            `bid_price` and `ask_price` (or `bid`, `ask`), and `bid_size`, `ask_size` where known; sorted by time, which is
            the index or a column `ts_event`. Times without a zone are UTC.
        default_volume : float
            The sizes where they are not known.
        ts_init_delta : int, default 0
            Nanoseconds from event to arrival.

        Raises
        ------
        InvalidData
            If a column is missing, or a value is no number, out of range, too precise, not positive or goes back in time.
        """
        return self._objects(self.process_rows(data, default_volume, ts_init_delta), self.instrument.id)


class TradeTickDataWrangler(_Wrangler):
    """Trades of an instrument from a frame.

    Parameters
    ----------
    instrument : Instrument
    """

    def process_rows(self, data: pd.DataFrame, ts_init_delta: int = 0) -> np.ndarray:
        """Return packed rows; see `process`."""
        frame = data.rename(columns={"quantity": "size"})
        rows = self._rows(frame, TRADE_DTYPE, ("price", "size", "trade_id"), ts_init_delta)
        rows["price"] = self._raw(frame, "price", self.instrument.price_precision)
        rows["size"] = self._raw(frame, "size", self.instrument.size_precision)
        rows["aggressor_side"] = self._sides(frame)
        ids = [str(value).encode() for value in frame["trade_id"]]
        longest = max(map(len, ids), default=0)
        if longest > TRADE_DTYPE["trade_id"].itemsize:
            raise InvalidData(f"a trade id of {self.instrument.id} has {longest} bytes, must be at most 38")
        rows["trade_id"] = np.array(ids, dtype=TRADE_DTYPE["trade_id"])
        rows["id_len"] = [len(value) for value in ids]
        check_rows("trade", rows, f"trades of {self.instrument.id}")
        return rows

    def _sides(self, frame: pd.DataFrame) -> list[int]:
        if "buyer_maker" in frame.columns:
            return [int(AggressorSide.SELLER if maker else AggressorSide.BUYER) for maker in frame["buyer_maker"]]
        name = "aggressor_side" if "aggressor_side" in frame.columns else "side"
        if name not in frame.columns:
            return [int(AggressorSide.NO_AGGRESSOR)] * len(frame)
        sides = []
        for row, value in enumerate(frame[name]):
            text = getattr(value, "name", str(value)).upper()
            if text not in SIDES:
                raise InvalidData(f"`{name}` in row {row} of {self.instrument.id} must be one of {list(SIDES)}, was {value!r}")
            sides.append(int(SIDES[text]))
        return sides

    def process(self, data: pd.DataFrame, ts_init_delta: int = 0) -> list[TradeTick]:
        """Return trades.

        Parameters
        ----------
        data : DataFrame
            `price`, `size` (or `quantity`), `trade_id`, and one of `buyer_maker`, `aggressor_side`, `side` where known;
            sorted by time, see `QuoteTickDataWrangler.process`.
        ts_init_delta : int, default 0
            Nanoseconds from event to arrival.
        """
        return self._objects(self.process_rows(data, ts_init_delta), self.instrument.id)


class BarDataWrangler(_Wrangler):
    """Bars from a frame.

    Parameters
    ----------
    bar_type : BarType
    instrument : Instrument
    """

    def __init__(self, bar_type: BarType, instrument: Instrument) -> None:
        if bar_type.instrument_id != instrument.id:
            raise InvalidData(f"{bar_type} is not of instrument {instrument.id}")
        super().__init__(instrument)
        self.bar_type = bar_type

    def process_rows(self, data: pd.DataFrame, default_volume: float = 1_000_000.0, ts_init_delta: int = 0) -> np.ndarray:
        """Return packed rows; see `process`."""
        rows = self._rows(data, BAR_DTYPE, ("open", "high", "low", "close"), ts_init_delta)
        frame = data if "volume" in data.columns else data.assign(volume=default_volume)
        for name in ("open", "high", "low", "close"):
            rows[name] = self._raw(frame, name, self.instrument.price_precision)
        rows["volume"] = self._raw(frame, "volume", self.instrument.size_precision)
        check_rows("bar", rows, f"bars of {self.bar_type}")
        return rows

    def process(self, data: pd.DataFrame, default_volume: float = 1_000_000.0, ts_init_delta: int = 0) -> list[Bar]:
        """Return bars.

        Parameters
        ----------
        data : DataFrame
            `open`, `high`, `low`, `close`, and `volume` where known; sorted by time, see `QuoteTickDataWrangler.process`.
        default_volume : float
            The volume where it is not known.
        ts_init_delta : int, default 0
            Nanoseconds from `ts_event` to arrival. Bars stamped at their open need the length of a bar here: a bar must
            not arrive before its close.
        """
        return self._objects(self.process_rows(data, default_volume, ts_init_delta), self.bar_type)


class OrderBookDeltaDataWrangler(_Wrangler):
    """Order book deltas of an instrument from a frame.

    Parameters
    ----------
    instrument : Instrument
    """

    def process_rows(self, data: pd.DataFrame, ts_init_delta: int = 0) -> np.ndarray:
        """Return packed rows; see `process`."""
        frame = data.rename(columns={"quantity": "size"})
        rows = self._rows(frame, DELTA_DTYPE, ("action", "side", "price", "size"), ts_init_delta)
        rows["price"] = self._raw(frame, "price", self.instrument.price_precision)
        rows["size"] = self._raw(frame, "size", self.instrument.size_precision)
        rows["action"] = self._enum(frame, "action", BookAction)
        rows["side"] = self._enum(frame, "side", OrderSide)
        for name in ("order_id", "sequence", "flags"):
            if name in frame.columns:
                rows[name] = frame[name].to_numpy()
        mark_batches(rows)
        check_rows("delta", rows, f"order book deltas of {self.instrument.id}")
        return rows

    def _enum(self, frame: pd.DataFrame, name: str, kind: Any) -> list[int]:
        values = []
        for row, value in enumerate(frame[name]):
            text = getattr(value, "name", str(value)).upper()
            if text not in kind.__members__:
                raise InvalidData(
                    f"`{name}` in row {row} of {self.instrument.id} must be one of {list(kind.__members__)}, was {value!r}"
                )
            values.append(int(kind[text]))
        return values

    def process(self, data: pd.DataFrame, ts_init_delta: int = 0) -> list[OrderBookDelta]:
        """Return order book deltas.

        Parameters
        ----------
        data : DataFrame
            `action` (ADD, UPDATE, DELETE, CLEAR), `side` (BUY, SELL), `price`, `size`, and `order_id`, `sequence`, `flags`
            where known; sorted by time, see `QuoteTickDataWrangler.process`.
        ts_init_delta : int, default 0
            Nanoseconds from event to arrival.
        """
        return self._objects(self.process_rows(data, ts_init_delta), self.instrument.id)
