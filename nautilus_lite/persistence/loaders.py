"""Tables of ticks and bars from files, as the wranglers take them."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

from nautilus_lite.errors import InvalidData

if TYPE_CHECKING:
    import pandas as pd


def _indexed(frame: pd.DataFrame, column: str, path: Any) -> pd.DataFrame:
    """Return a frame indexed by a column of times in UTC, sorted by it."""
    import pandas as pd

    if frame.index.name != column:
        if column not in frame.columns:
            raise InvalidData(f"{path} has no column {column!r} (it has: {', '.join(map(str, frame.columns))})")
        frame = frame.set_index(column)
    frame.index = pd.to_datetime(frame.index, format=None if frame.index.dtype.kind in "iuM" else "mixed", utc=True)
    return frame.sort_index(kind="stable")


class CSVTickDataLoader:
    """Reads quotes or trades from CSV files."""

    @staticmethod
    def load(file_path: str | PathLike[str], index_col: str = "timestamp", **kwargs: Any) -> pd.DataFrame:
        """Return a table of ticks.

        Parameters
        ----------
        file_path : str or Path
        index_col : str, default "timestamp"
            Column of times: text, or UNIX nanoseconds.
        **kwargs
            Passed to `pandas.read_csv`.

        Returns
        -------
        DataFrame
            Indexed by time in UTC, sorted.

        Raises
        ------
        InvalidData
            If there is no such column.
        """
        import pandas as pd

        return _indexed(pd.read_csv(file_path, **kwargs), index_col, file_path)


class CSVBarDataLoader:
    """Reads bars from CSV files."""

    @staticmethod
    def load(file_path: str | PathLike[str], index_col: str = "timestamp", **kwargs: Any) -> pd.DataFrame:
        """Return a table of bars; see `CSVTickDataLoader.load`."""
        return CSVTickDataLoader.load(file_path, index_col, **kwargs)


class ParquetTickDataLoader:
    """Reads quotes or trades from Parquet files."""

    @staticmethod
    def load(file_path: str | PathLike[str], timestamp_column: str = "timestamp") -> pd.DataFrame:
        """Return a table of ticks, indexed by time in UTC, sorted.

        Parameters
        ----------
        file_path : str or Path
        timestamp_column : str, default "timestamp"
            Column or index of times.

        Raises
        ------
        InvalidData
            If there is no such column.
        """
        import pandas as pd

        return _indexed(pd.read_parquet(file_path), timestamp_column, file_path)


class ParquetBarDataLoader:
    """Reads bars from Parquet files."""

    @staticmethod
    def load(file_path: str | PathLike[str], timestamp_column: str = "timestamp") -> pd.DataFrame:
        """Return a table of bars; see `ParquetTickDataLoader.load`."""
        return ParquetTickDataLoader.load(file_path, timestamp_column)
