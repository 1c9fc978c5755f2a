"""Reads Databento's DBN files. Needs the `databento` extra."""

from __future__ import annotations

from os import PathLike
from typing import Any

import numpy as np

from nautilus_lite.adapters.databento.mbo import PRICE_DIGITS, mbo_rows
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import AssetClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import FuturesContract
from nautilus_lite.model.objects import Currency, Price, Quantity


class DatabentoDataLoader:
    """Loads market-by-order data and definitions of futures from DBN files, compressed or not."""

    def _open(self, path: str | PathLike[str]) -> Any:
        try:
            import databento
        except ImportError as error:
            raise ImportError("DBN files need the `databento` package: pip install 'nautilus_lite[databento]'") from error
        return databento.DBNStore.from_file(str(path))

    def load_mbo_rows(self, path: str | PathLike[str], price_precision: int) -> tuple[np.ndarray, np.ndarray]:
        """Return rows of deltas and of trades, for `BacktestEngine.add_rows`.

        Parameters
        ----------
        path : str or PathLike
            A file of the `mbo` schema with one instrument.
        price_precision : int
            Digits of the instrument's prices.

        Raises
        ------
        InvalidData
            If the file is of another schema or of several instruments, or a price does not fit.
        """
        store = self._open(path)
        if str(store.schema) != "mbo":
            raise InvalidData(f"`{path}` is of schema {store.schema}, must be mbo")
        records = store.to_ndarray()
        ids = np.unique(records["instrument_id"])
        if len(ids) > 1:
            raise InvalidData(f"`{path}` has {len(ids)} instruments ({ids.tolist()}): split it by instrument")
        return mbo_rows(records, price_precision)

    def from_dbn_file(
        self,
        path: str | PathLike[str],
        instrument_id: InstrumentId | None = None,
        price_precision: int | None = None,
        include_trades: bool = False,
        **_: Any,
    ) -> list[Any]:
        """Return the contents of a file as objects.

        Parameters
        ----------
        path : str or PathLike
            Schema `mbo` (deltas, and trades where asked for) or `definition` (futures).
        instrument_id : InstrumentId, optional
            Of the data; the symbol of the file at the venue of its dataset if None.
        price_precision : int, optional
            Digits of prices of `mbo` data, 2 if None, as NautilusTrader does.
        include_trades : bool, default False
            With `mbo`, trades as well; by `ts_init`, trades before deltas of the same time.

        Raises
        ------
        InvalidData
            If the schema is another, or the data does not fit.
        """
        store = self._open(path)
        venue = store.metadata.dataset.partition(".")[0]
        if str(store.schema) == "definition":
            return [futures_contract(record, venue) for record in store]
        if str(store.schema) != "mbo":
            raise InvalidData(f"`{path}` is of schema {store.schema}, must be mbo or definition")
        if instrument_id is None:
            instrument_id = InstrumentId(Symbol(store.metadata.symbols[0]), Venue(venue))
        precision = 2 if price_precision is None else price_precision
        deltas, trades = self.load_mbo_rows(path, precision)
        objects = list(unpack_rows(deltas, instrument_id, precision, 0))
        if include_trades:
            objects += unpack_rows(trades, instrument_id, precision, 0)
            # Stable: a trade comes before the cancels that it causes
            objects.sort(key=lambda item: (item.ts_init, type(item).__name__ != "TradeTick"))
        return objects


def futures_contract(record: Any, venue: str) -> FuturesContract:
    """Return the contract that a definition record describes.

    Raises
    ------
    InvalidData
        If it is not a future.
    """
    if str(record.instrument_class) not in ("F", "InstrumentClass.FUTURE") and record.instrument_class != "F":
        raise InvalidData(f"`{record.raw_symbol}` is of class {record.instrument_class}, must be a future")
    increment = record.min_price_increment
    precision = PRICE_DIGITS
    while precision > 0 and increment % 10 == 0:
        increment //= 10
        precision -= 1
    multiplier = record.unit_of_measure_qty // 10**PRICE_DIGITS
    return FuturesContract(
        instrument_id=InstrumentId(Symbol(record.raw_symbol), Venue(venue)),
        raw_symbol=Symbol(record.raw_symbol),
        asset_class=AssetClass.INDEX,
        currency=Currency.from_str(record.currency or "USD"),
        price_precision=precision,
        price_increment=Price.from_raw(increment, precision),
        multiplier=Quantity.from_int(multiplier),
        lot_size=Quantity.from_int(max(record.min_lot_size_round_lot, 1)),
        underlying=record.asset,
        activation_ns=record.activation,
        expiration_ns=record.expiration,
        ts_event=record.ts_event,
        ts_init=record.ts_recv,
        exchange=record.exchange,
    )
