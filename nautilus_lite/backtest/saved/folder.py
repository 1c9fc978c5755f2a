"""A folder of files that is whole or not there, and says when it was damaged."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
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
KIND = "result"
CATEGORIES = b"nautilus_lite.categories"
"""Where the schema of a report says what categories its columns have, as JSON."""


class WholeFolder:
    """A folder that is written beside its final place, then moved there.

    Parameters
    ----------
    path : str or Path
    kind : str
        What is saved, in a word: `result`, `comparison`.
    manifest : str
        Name of the file that says so.
    overwrite : bool
        Whether one that was saved there before gives way.

    Raises
    ------
    ResultError
        If something is there that must stay.
    """

    def __init__(self, path: str | Path, kind: str, manifest: str, overwrite: bool) -> None:
        self.path, self._manifest = Path(path), manifest
        if self.path.exists():
            if not (self.path / manifest).is_file():
                raise ResultError(f"cannot save a {kind} to {self.path}: something else is there, name another folder")
            if not overwrite:
                raise ResultError(f"a {kind} was saved to {self.path} before: name another folder, or pass `overwrite=True`")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.made = self._beside("")

    def finish(self, values: dict[str, Any], default: Callable[[Any], Any] | None = None) -> Path:
        """Write the manifest, and move the folder to its place; returns that place. `default` as of `json.dumps`."""
        text = json.dumps({"format": FORMAT, "version": __version__, **values}, indent=1, default=default)
        (self.made / self._manifest).write_text(text + "\n", encoding="utf-8")
        os.chmod(self.made, 0o755)
        if self.path.exists():
            old = self._beside("old.")
            os.replace(self.path, old / "before")
            os.replace(self.made, self.path)
            shutil.rmtree(old)
        else:
            os.replace(self.made, self.path)
        return self.path

    def abandon(self) -> None:
        """Remove what was written so far."""
        shutil.rmtree(self.made, ignore_errors=True)

    def _beside(self, mark: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f".{self.path.name}.{mark}", dir=self.path.parent))


def read_manifest(path: str | Path, kind: str, manifest: str, *needed: str) -> dict[str, Any]:
    """Return what `WholeFolder.finish` wrote.

    Parameters
    ----------
    path : str or Path
    kind, manifest : str
        As of `WholeFolder`.
    *needed : str
        What must be there besides format and version.

    Raises
    ------
    ResultError
        If nothing is there, it is of a later format, or the manifest is damaged.
    """
    folder = Path(path)
    file = folder / manifest
    if not file.is_file():
        raise ResultError(f"no saved {kind} at {folder}: there is no {manifest}")
    try:
        values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        written, version, *_ = (values[name] for name in ("format", "version", *needed))
    except (ValueError, KeyError) as error:
        raise ResultError(f"the saved {kind} at {folder} is damaged: {manifest} cannot be read ({error})") from error
    if written > FORMAT:
        raise ResultError(
            f"the {kind} at {folder} was saved by nautilus_lite {version} in format {written}, this version "
            f"({__version__}) reads up to format {FORMAT}: upgrade nautilus_lite"
        )
    return values


class ResultWriter:
    """Writes a result to a folder that is whole or not there.

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
        self._folder = WholeFolder(path, KIND, MANIFEST, overwrite)
        self._files: dict[str, str] = {}

    def table(self, name: str, table: pa.Table) -> None:
        """Write an Arrow table as `name`.parquet."""
        import pyarrow.parquet as pq

        file = self._folder.made / f"{name}.parquet"
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
        return self._folder.finish({**values, "files": self._files}, default=str)

    def abandon(self) -> None:
        """Remove what was written so far."""
        self._folder.abandon()


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
        self.values = read_manifest(path, KIND, MANIFEST)
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
