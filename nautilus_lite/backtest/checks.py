"""The checks before a run by name, and which of them may pass."""

from __future__ import annotations

from nautilus_lite.common.config import NautilusConfig
from nautilus_lite.core.nearest import nearest
from nautilus_lite.errors import InvalidConfiguration

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)

# Every check by name, and the worst it can be
CHECKS = {
    "balance": WARNING,
    "bars_at_open": ERROR,
    "batches": ERROR,
    "book_type": ERROR,
    "crossed": WARNING,
    "data_off": WARNING,
    "duplicate_data": WARNING,
    "duplicate_rows": WARNING,
    "event_order": WARNING,
    "expired": WARNING,
    "gaps": WARNING,
    "gtd": INFO,
    "known_before": ERROR,
    "latency": WARNING,
    "locked": INFO,
    "missing_fx": WARNING,
    "no_data": WARNING,
    "off_tick": WARNING,
    "outside": WARNING,
    "precision": ERROR,
    "sizes": WARNING,
    "subscription": WARNING,
    "unknown_aggressor": INFO,
    "unsorted": ERROR,
}


class PreflightConfig(NautilusConfig, frozen=True, kw_only=True):
    """What to look at before a run, and which errors to let pass.

    Parameters
    ----------
    enabled : bool, default True
        False looks at nothing.
    allow : list of str
        Names of checks whose errors do not stop the run; they become warnings of the result.
    sample_rows : int, default 16_384
        About how many rows of each stream to look at; a stream with no more is read whole.
    """

    enabled: bool = True
    allow: list[str] = []
    sample_rows: int = 16_384

    def __post_init__(self) -> None:
        if self.sample_rows < 2:
            raise InvalidConfiguration(f"`sample_rows` must be >= 2, was {self.sample_rows}")
        for name in self.allow:
            if name not in CHECKS:
                near = nearest(name, CHECKS)
                hint = f"did you mean {near!r}" if near else f"known: {', '.join(CHECKS)}"
                raise InvalidConfiguration(f"unknown check {name!r} in `allow` of preflight ({hint})")
