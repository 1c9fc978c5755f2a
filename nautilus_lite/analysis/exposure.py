"""Notional exposure over time as a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import instants, utc_index

if TYPE_CHECKING:
    import pandas as pd


def exposure_frame(samples: np.ndarray, slots: Sequence[Any], equity: pd.Series) -> pd.DataFrame:
    """Return exposure in the reporting currency at every sample of the equity.

    Parameters
    ----------
    samples : ndarray
        Structured, in order of time: `ts` (UNIX ns), `slot` (index into `slots`; 0, the reporting currency, starts a
        sample), `gross` and `net` (minor units of the slot's currency), `rate` (reporting currency per unit), `n_open`.
    slots : sequence of Currency
    equity : Series
        Total equity at the same times.

    Returns
    -------
    DataFrame
        `gross`, the sum of the positions' notionals; `net`, longs less shorts; `leverage`, gross by equity; `n_open`, the
        number of open positions. `gross` and `net` are NaN where a position had no price or its currency no rate,
        `leverage` where they or the equity are NaN or the equity is not positive.
    """
    import pandas as pd

    times, row = instants(samples)
    digits = np.array([currency.precision for currency in slots], dtype=np.int64)
    # Where two samples have one time the later stands: the rows of the last of them
    starts = np.flatnonzero(samples["slot"] == 0)
    sample = np.cumsum(samples["slot"] == 0) - 1
    last = np.zeros(len(times), dtype=np.int64)
    last[row[starts]] = np.arange(len(starts))
    stands = last[row] == sample
    scale = samples["rate"] / 10.0 ** digits[samples["slot"]] if len(samples) else np.zeros(0)
    columns = {}
    for name in ("gross", "net"):
        columns[name] = np.zeros(len(times))
        np.add.at(columns[name], row[stands], (samples[name] * scale)[stands])
    n_open = np.zeros(len(times), dtype=np.int64)
    np.add.at(n_open, row[stands], samples["n_open"][stands])
    total = equity.to_numpy(dtype=float)
    leverage = np.full(len(times), np.nan)
    np.divide(columns["gross"], total, out=leverage, where=total > 0.0)
    return pd.DataFrame({**columns, "leverage": leverage, "n_open": n_open}, index=utc_index(times))
