"""Typed columns for frames: times in UTC, texts, categories; the same type whatever the number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.columns import Codes
from nautilus_lite.analysis.equity import utc_index

if TYPE_CHECKING:
    import pandas as pd


def times(ts: np.ndarray) -> pd.DatetimeIndex:
    """Return UTC times, NaT where zero stands for not yet.

    Parameters
    ----------
    ts : ndarray of int64
        UNIX nanoseconds.
    """
    import pandas as pd

    index = utc_index(ts)
    return pd.DatetimeIndex(index.where(index.asi8 != 0))


def texts(values: Sequence[str | None]) -> Any:
    """Return a column of strings that rarely repeat; None is missing."""
    import pandas as pd

    return pd.array(np.array(values, dtype=object), dtype="string")


def repeated_texts(column: Codes, rows: np.ndarray | None = None) -> Any:
    """Return a column of strings that may repeat, or not.

    Parameters
    ----------
    column : Codes
    rows : ndarray of int64, optional
        Which rows to take; -1 is missing.
    """
    # One more value, the last, for the missing
    known = np.array([*map(str, column.values), None], dtype=object)
    return texts(known[_taken(column, rows)])


def categories(column: Codes, rows: np.ndarray | None = None) -> pd.Categorical[Any]:
    """Return a column of texts that repeat, the categories sorted.

    Parameters
    ----------
    column : Codes
    rows : ndarray of int64, optional
        Which rows to take; -1 is missing.
    """
    import pandas as pd

    found = [str(value) for value in column.values]
    names = sorted(set(found))
    place = {text: i for i, text in enumerate(names)}
    lookup = np.array([*(place[text] for text in found), -1], dtype=np.int64)
    dtype = pd.CategoricalDtype(pd.Index(names, dtype="string"))
    return pd.Categorical.from_codes(lookup[_taken(column, rows)], dtype=dtype)


def categories_of(values: Sequence[Any]) -> pd.Categorical[Any]:
    """Return a column of objects that repeat as texts, the categories sorted; None is missing."""
    import pandas as pd

    found = [None if value is None else str(value) for value in values]
    names = sorted({text for text in found if text is not None})
    place = {text: i for i, text in enumerate(names)}
    codes = np.array([-1 if text is None else place[text] for text in found], dtype=np.int64)
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(pd.Index(names, dtype="string")))


def members(codes: np.ndarray, enum: Any) -> pd.Categorical[Any]:
    """Return a column of an enumeration's names: all of its members are categories, in their order.

    Parameters
    ----------
    codes : ndarray of int64
        Values of members.
    enum : type of IntEnum
    """
    import pandas as pd

    named = list(enum.__members__.items())
    lookup = np.full(max(int(member) for _, member in named) + 1, -1, dtype=np.int64)
    lookup[[int(member) for _, member in named]] = np.arange(len(named))
    dtype = pd.CategoricalDtype(pd.Index([name for name, _ in named], dtype="string"))
    return pd.Categorical.from_codes(lookup[codes], dtype=dtype)


def text_index(values: Any, name: str) -> pd.Index:
    """Return an index of strings."""
    import pandas as pd

    return pd.Index(values if isinstance(values, pd.api.extensions.ExtensionArray) else texts(values), name=name)


def _taken(column: Codes, rows: np.ndarray | None) -> np.ndarray:
    if rows is None:
        return column.codes
    return np.append(column.codes, -1)[rows]
