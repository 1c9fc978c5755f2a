"""Files of Databento's DBN format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from nautilus_lite.adapters.databento.mbo import NO_PRICE, PRICE_DIGITS, delta_rows, mbo_rows, trade_rows
from nautilus_lite.errors import InvalidData, MissingExtra
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import AssetClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import FuturesContract
from nautilus_lite.model.objects import Currency, Price, Quantity

USD_PRECISION = 2
MAX_PRECISION = 9
# By the second and third letter of the CFI code (ISO 10962) of a future
ASSET_CLASSES = {
    "FI": AssetClass.INDEX,
    "FS": AssetClass.EQUITY,
    "FC": AssetClass.FX,
    "FD": AssetClass.DEBT,
    "FN": AssetClass.DEBT,
}


class DatabentoDataLoader:
    """Reads market-by-order data and definitions of futures from DBN files, compressed or not.

    Needs the extra `databento`.

    Notes
    -----
    `ts_event` is the venue's time and `ts_init` the time of receipt. Market-by-order data makes a book by order
    (`BookType.L3_MBO`).

    Examples
    --------
    >>> loader = DatabentoDataLoader()
    >>> engine.add_instrument(loader.from_dbn_file("definition.dbn.zst")[0])             # doctest: +SKIP
    >>> engine.add_data(loader.from_dbn_file("mbo.dbn.zst", include_trades=True))        # doctest: +SKIP
    """

    def __init__(self) -> None:
        self._exchanges: dict[str, str] = {}

    def from_dbn_file(
        self,
        path: str | Path,
        instrument_id: InstrumentId | None = None,
        price_precision: int | None = None,
        as_legacy_cython: bool = True,
        include_trades: bool = False,
        use_exchange_as_venue: bool = False,
    ) -> list[Any]:
        """Return the file's contents as objects, in its order.

        Parameters
        ----------
        path : str or Path
        instrument_id : InstrumentId, optional
            Of all records; by default the symbols of the file at the data set's venue, for example `ESH4.GLBX`.
        price_precision : int, optional
            Digits of market-by-order prices; 2 by default.
        as_legacy_cython : bool
            Accepted for compatibility.
        include_trades : bool, default False
            Trades as `TradeTick`, each before the deltas that it caused.
        use_exchange_as_venue : bool, default False
            Take the exchange of the definition for the venue, for example `ESM3.XCME`.

        Returns
        -------
        list of OrderBookDelta and TradeTick, or of FuturesContract

        Raises
        ------
        InvalidData
            If the file holds another schema, or something that cannot be told.
        MissingExtra
            If the package `databento` is not installed.
        """
        store = _open(path)
        if str(store.schema) == "definition":
            return self._definitions(store, instrument_id, use_exchange_as_venue)
        pieces: list[tuple[int, Any]] = []
        for name, records, places in self._instruments(store, instrument_id, use_exchange_as_venue):
            precision = _precision(price_precision)
            convert = [delta_rows, trade_rows] if include_trades else [delta_rows]
            for make in convert:
                rows, positions = make(records, precision)
                pieces += zip(places[positions].tolist(), unpack_rows(rows, name, precision, 0), strict=True)
        pieces.sort(key=lambda piece: piece[0])
        return [item for _, item in pieces]

    def add_mbo_rows(self, engine: Any, path: str | Path, instrument: Any) -> None:
        """Give an engine the deltas and trades of a file, in the file's order, without making objects.

        Parameters
        ----------
        engine : BacktestEngine
        path : str or Path
            A file of the `mbo` schema with one instrument.
        instrument : Instrument
            Known to the engine; its precision is that of the prices.

        Raises
        ------
        InvalidData
            As of `load_mbo_rows`.
        """
        records, precision = self._records(path), _precision(instrument.price_precision)
        for kind, make in (("delta", delta_rows), ("trade", trade_rows)):
            rows, positions = make(records, precision)
            if len(rows):
                engine.add_rows(kind, instrument.id, rows, str(path), positions)

    def load_mbo_rows(self, path: str | Path, price_precision: int) -> tuple[np.ndarray, np.ndarray]:
        """Return rows of deltas and of trades.

        Arrays apart have no order among each other: of rows of one time an engine takes those first that were added first.
        `add_mbo_rows` keeps the order of the file.

        Parameters
        ----------
        path : str or Path
            A file of the `mbo` schema with one instrument.
        price_precision : int
            Digits of the instrument's prices.

        Raises
        ------
        InvalidData
            If the file is of another schema or of several instruments, or a price does not fit.
        """
        return mbo_rows(self._records(path), _precision(price_precision))

    def _records(self, path: str | Path) -> np.ndarray:
        """The records of a file with one instrument."""
        store = _open(path)
        _mbo(store)
        records = store.to_ndarray()
        numbers = np.unique(records["instrument_id"])
        if len(numbers) > 1:
            raise InvalidData(f"{path} holds {len(numbers)} instruments, rows are of one: use `from_dbn_file`")
        return records

    def _instruments(
        self, store: Any, instrument_id: InstrumentId | None, use_exchange_as_venue: bool
    ) -> list[tuple[InstrumentId, np.ndarray, np.ndarray]]:
        """The records of each instrument, and where they stand in the file."""
        _mbo(store)
        records = store.to_ndarray()
        if instrument_id is not None:
            return [(instrument_id, records, np.arange(len(records)))]
        out = []
        for number in np.unique(records["instrument_id"]):
            places = np.flatnonzero(records["instrument_id"] == number)
            symbol = _symbol(store, int(number))
            venue = _venue(store)
            if use_exchange_as_venue:
                if symbol not in self._exchanges:
                    raise InvalidData(f"the exchange of {symbol} is not known: read its definition file with this loader first")
                venue = self._exchanges[symbol]
            out.append((InstrumentId(Symbol(symbol), Venue(venue)), records[places], places))
        return out

    def _definitions(self, store: Any, instrument_id: InstrumentId | None, use_exchange_as_venue: bool) -> list[FuturesContract]:
        contracts = []
        for record in store.to_ndarray():
            symbol, exchange = _text(record["raw_symbol"]), _text(record["exchange"])
            self._exchanges[symbol] = exchange
            venue = exchange if use_exchange_as_venue else _venue(store)
            contracts.append(_future(record, instrument_id or InstrumentId(Symbol(symbol), Venue(venue))))
        return contracts


def _open(path: str | Path) -> Any:
    try:
        from databento import DBNStore
    except ImportError as error:
        remedy = "pip install nautilus_lite[databento]"
        raise MissingExtra(f"DBN files need the package databento, which is not installed: {remedy}") from error
    return DBNStore.from_file(path)


def _mbo(store: Any) -> None:
    if str(store.schema) != "mbo":
        raise InvalidData(f"a file of the schema `{store.schema}` cannot be read, only `mbo` and `definition`")


def _precision(precision: int | None) -> int:
    chosen = USD_PRECISION if precision is None else precision
    if not 0 <= chosen <= MAX_PRECISION:
        raise InvalidData(f"invalid `price_precision`, must be from 0 to {MAX_PRECISION}, was {chosen}")
    return chosen


def _venue(store: Any) -> str:
    """The data set's venue: `GLBX` of `GLBX.MDP3`."""
    return str(store.dataset).split(".")[0]


def _symbol(store: Any, number: int) -> str:
    """The symbol of a numeric instrument id."""
    names = {
        name for name, spans in store.mappings.items() for span in spans if str(span["symbol"]) == str(number)
    }
    if len(names) != 1:
        told = f"stands for {', '.join(sorted(names))}" if names else "has no symbol"
        raise InvalidData(f"instrument number {number} {told} in the file: give `instrument_id`")
    return str(names.pop())


def _text(value: Any) -> str:
    return bytes(value).decode().rstrip("\0")


def _future(record: Any, instrument_id: InstrumentId) -> FuturesContract:
    symbol, kind = _text(record["raw_symbol"]), _text(record["instrument_class"])
    if kind != "F":
        raise InvalidData(f"definition of {symbol} is of the class `{kind}`, only futures (`F`) can be read")
    increment = int(record["min_price_increment"])
    if increment in (0, NO_PRICE):
        raise InvalidData(f"definition of {symbol} has no price increment")
    precision = PRICE_DIGITS
    while precision and increment % 10 ** (PRICE_DIGITS - precision + 1) == 0:
        precision -= 1
    cfi = _text(record["cfi"])
    unit = int(record["unit_of_measure_qty"])
    if unit in (0, NO_PRICE):
        unit = 10**PRICE_DIGITS
    digits = next(d for d in range(PRICE_DIGITS + 1) if unit % 10 ** (PRICE_DIGITS - d) == 0)
    lot = int(record["min_lot_size_round_lot"])
    least = int(record["min_trade_vol"])
    ts = int(record["ts_recv"])
    return FuturesContract(
        instrument_id=instrument_id,
        raw_symbol=Symbol(symbol),
        asset_class=ASSET_CLASSES.get(cfi[1:3], AssetClass.COMMODITY),
        currency=Currency.from_str(_text(record["currency"])),
        price_precision=precision,
        price_increment=Price.from_raw(increment // 10 ** (PRICE_DIGITS - precision), precision),
        multiplier=Quantity.from_raw(unit // 10 ** (PRICE_DIGITS - digits), digits),
        lot_size=Quantity.from_int(lot if 0 < lot < 2**31 - 1 else 1),
        underlying=_text(record["asset"]),
        activation_ns=int(record["activation"]),
        expiration_ns=int(record["expiration"]),
        ts_event=ts,
        ts_init=ts,
        min_quantity=Quantity.from_int(least) if 0 < least < 2**31 - 1 else None,
        exchange=_text(record["exchange"]),
    )
