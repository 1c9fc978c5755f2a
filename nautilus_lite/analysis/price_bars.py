"""Bars of the prices that were sampled with the equity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nautilus_lite.analysis.equity import utc_index

if TYPE_CHECKING:
    import pandas as pd


def sampled_bars(samples: np.ndarray, instruments: Sequence[str], instrument_id: str) -> pd.DataFrame:
    """Return one bar for each sample of an instrument's price.

    Parameters
    ----------
    samples : ndarray
        Structured, in order of time: `ts` (UNIX ns), `instrument` (index into `instruments`), `price`.
    instruments : sequence of str
        Instrument ids.
    instrument_id : str

    Returns
    -------
    DataFrame
        `open` (the price at the sample before), `high` and `low` (of the two), `close` (the price at the sample), indexed by
        the UTC time of the sample.

    Raises
    ------
    KeyError
        If the run had no such instrument.
    """
    import pandas as pd

    if instrument_id not in instruments:
        raise KeyError(f"no instrument {instrument_id!r} in this run, there are: {', '.join(instruments) or 'none'}")
    own = samples[samples["instrument"] == instruments.index(instrument_id)]
    # Where two samples have one time the later stands
    own = own[np.append(own["ts"][1:] != own["ts"][:-1], True)] if len(own) else own
    close = own["price"].astype(float)
    opened = np.append(close[:1], close[:-1])
    columns = {"open": opened, "high": np.maximum(opened, close), "low": np.minimum(opened, close), "close": close}
    return pd.DataFrame(columns, index=utc_index(own["ts"]))
