"""A folder of files that is whole or not there, and says when it was damaged."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite import __version__
from nautilus_lite.errors import ResultError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMAT = 1
"""Number of the format; raised when a folder can no longer be read by an older version."""
MANIFEST = "result.json"
CATEGORIES = b"nautilus_lite.categories"
"""Where the schema of a report says what categories its columns have, as JSON."""


class ResultWriter:
    """Writes a folder beside its final place, then moves it there.

    Parameters
    ----------
    path : str or Path
    overwrite : bool
        Whether a saved result that is there gives way.

    Raises
    ------
    ResultError
        If something is there that must stay.
    """

    def __init__(self, path: str | Path, overwrite: bool) -> None:
        self.path = Path(path)
        if self.path.exists():
            if not (self.path / MANIFEST).is_file():
                raise ResultError(f"cannot save a result to {self.path}: something else is there, name another folder")
            if not overwrite:
                raise ResultError(f"a result was saved to {self.path} before: name another folder, or pass `overwrite=True`")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix=f".{self.path.name}.", dir=self.path.parent))
        self._files: dict[str, str] = {}

    def table(self, name: str, table: pa.Table) -> None:
        """Write an Arrow table as `name`.parquet."""
        import pyarrow.parquet as pq

        file = self._folder / f"{name}.parquet"
        file.parent.mkdir(exist_ok=True)
        pq.write_table(table, file, compression="zstd")
        self._files[f"{name}.parquet"] = _digest(file)

    def columns(self, name: str, columns: dict[str, list[Any]], schema: dict[str, str]) -> None:
        """Write lists as a table; `schema` names the Arrow type of each column."""
        import pyarrow as pa

        fields = [pa.field(column, pa.type_for_alias(kind)) for column, kind in schema.items()]
        self.table(name, pa.table({column: columns[column] for column in schema}, schema=pa.schema(fields)))

    def frame(self, name: str, frame: pd.DataFrame) -> None:
        """Write a frame with its index."""
        import pandas as pd
        import pyarrow as pa

        # Parquet forgets the categories of a column without rows
        categories = {
            column: frame[column].cat.categories.tolist()
            for column in frame
            if isinstance(frame[column].dtype, pd.CategoricalDtype)
        }
        table = pa.Table.from_pandas(frame)
        self.table(name, table.replace_schema_metadata({**table.schema.metadata, CATEGORIES: json.dumps(categories)}))

    def rows(self, name: str, rows: np.ndarray) -> None:
        """Write a structured array, or a matrix with its columns numbered."""
        import pyarrow as pa

        names = rows.dtype.names
        if names is None:
            self.table(name, pa.table({str(i): rows[:, i] for i in range(rows.shape[1])}))
        else:
            self.table(name, pa.table({field: np.ascontiguousarray(rows[field]) for field in names}))

    def finish(self, values: dict[str, Any]) -> Path:
        """Write what has no rows, and move the folder to its place; returns that place."""
        text = json.dumps(
            {"format": FORMAT, "version": __version__, **values, "files": self._files}, indent=1, default=str, allow_nan=True
        )
        (self._folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
        os.chmod(self._folder, 0o755)
        if self.path.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{self.path.name}.old.", dir=self.path.parent))
            os.replace(self.path, old / "result")
            os.replace(self._folder, self.path)
            shutil.rmtree(old)
        else:
            os.replace(self._folder, self.path)
        return self.path

    def abandon(self) -> None:
        """Remove what was written so far."""
        shutil.rmtree(self._folder, ignore_errors=True)


class ResultReader:
    """Reads a folder that `ResultWriter` wrote; a file is checked when it is read.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ResultError
        If no result is there, it is of a later format, or its files are missing or damaged.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        manifest = self.path / MANIFEST
        if not manifest.is_file():
            raise ResultError(f"no saved result at {self.path}: there is no {MANIFEST}")
        try:
            self.values: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
            written, version = self.values["format"], self.values["version"]
        except (ValueError, KeyError) as error:
            raise ResultError(f"the saved result at {self.path} is damaged: {MANIFEST} cannot be read ({error})") from error
        if written > FORMAT:
            raise ResultError(
                f"the result at {self.path} was saved by nautilus_lite {version} in format {written}, this version "
                f"({__version__}) reads up to format {FORMAT}: upgrade nautilus_lite"
            )
        for name in self.values["files"]:
            if not (self.path / name).is_file():
                raise ResultError(f"the saved result at {self.path} is damaged: {name} is missing")

    def table(self, name: str) -> pa.Table:
        """Return the table `name`."""
        import pyarrow.parquet as pq

        file = f"{name}.parquet"
        expected = self.values["files"].get(file)
        if expected is None:
            raise ResultError(f"the saved result at {self.path} is damaged: {MANIFEST} does not list {file}")
        if _digest(self.path / file) != expected:
            raise ResultError(f"the saved result at {self.path} is damaged: {file} is not what was written")
        return pq.read_table(self.path / file)

    def columns(self, name: str) -> dict[str, list[Any]]:
        """Return a table as lists."""
        return dict(self.table(name).to_pydict())

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as the frame that was written."""
        import pandas as pd

        table = self.table(name)
        categories = json.loads(table.schema.metadata[CATEGORIES])
        frame = pd.DataFrame({column: _pandas(table[column], categories.get(column)) for column in table.column_names})
        return frame.set_index(list(table.schema.pandas_metadata["index_columns"]))

    def rows(self, name: str, dtype: np.dtype | None = None) -> np.ndarray:
        """Return a structured array of a dtype, or a matrix."""
        table = self.table(name)
        if dtype is None:
            return np.column_stack([column.to_numpy() for column in table.columns])
        rows = np.empty(len(table), dtype=dtype)
        for field in dtype.names or ():
            rows[field] = table[field].to_numpy()
        return rows


def _pandas(column: pa.ChunkedArray, categories: list[str] | None) -> Any:
    """Return a column with the type that reports have; Arrow's own conversion makes other strings of them."""
    import pandas as pd
    import pyarrow as pa

    if categories is not None:
        return pd.Categorical(column.to_pylist(), dtype=pd.CategoricalDtype(pd.Index(categories, dtype="string")))
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pd.array(np.array(column.to_pylist(), dtype=object), dtype="string")
    if pa.types.is_timestamp(column.type):
        return pd.DatetimeIndex(column.to_pandas())
    return column.to_numpy()


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
