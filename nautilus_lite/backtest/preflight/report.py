"""What preflight found: findings, and what was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nautilus_lite.backtest.checks import ERROR, INFO, SEVERITIES, WARNING
from nautilus_lite.errors import PreflightError

if TYPE_CHECKING:
    import pandas as pd

@dataclass(frozen=True)
class Finding:
    """One mismatch.

    Parameters
    ----------
    name : str
        Name of the check; `PreflightConfig.allow` takes it.
    severity : str
        `error`: results would be wrong; `warning`: they may be; `info`: good to know.
    instrument : str
        The instrument, bar type, venue or strategy that it is about.
    message : str
        What is wrong, and what it leads to.
    remedy : str
        What to do.
    count : int
        How many of the rows looked at show it; 1 where it is not about rows.
    first : str
        The first example.
    """

    name: str
    severity: str
    instrument: str
    message: str
    remedy: str
    count: int = 1
    first: str = ""

    def __str__(self) -> str:
        example = f" (first: {self.first})" if self.first else ""
        return f"{self.severity} {self.name} [{self.instrument}]: {self.message}{example}. {self.remedy}"


@dataclass(frozen=True)
class Sample:
    """How much of a stream was looked at: rows, of how many (None: unknown)."""

    stream: str
    rows: int
    total: int | None

    def __str__(self) -> str:
        if self.rows == self.total:
            return f"{self.stream}: all {self.rows:,} rows"
        return f"{self.stream}: {self.rows:,} of {'?' if self.total is None else f'{self.total:,}'} rows"


@dataclass
class PreflightReport:
    """What a look at data, venues and strategies before a run found.

    Parameters
    ----------
    findings : list of Finding
        The worst first.
    samples : list of Sample
        Which rows were looked at. What is rare may hide in the others: `preflight(full=True)` reads them all.
    elapsed : float
        Wall time (seconds).
    """

    findings: list[Finding] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    elapsed: float = 0.0

    def _of(self, severity: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def errors(self) -> list[Finding]:
        """Findings that make results wrong."""
        return self._of(ERROR)

    @property
    def warnings(self) -> list[Finding]:
        """Findings that may make results wrong."""
        return self._of(WARNING)

    @property
    def is_full(self) -> bool:
        """Whether every row was looked at."""
        return all(sample.rows == sample.total for sample in self.samples)

    def named(self, name: str) -> list[Finding]:
        """Return the findings of one check."""
        return [finding for finding in self.findings if finding.name == name]

    def raise_errors(self, allow: Iterable[str] = ()) -> None:
        """Stop where results would be wrong.

        Raises
        ------
        PreflightError
            If there is an error whose name is not in `allow`.
        """
        allowed = set(allow)
        errors = [finding for finding in self.errors if finding.name not in allowed]
        if errors:
            names = sorted({finding.name for finding in errors})
            raise PreflightError(
                "; ".join(f"{e.name} [{e.instrument}]: {e.message}: {e.remedy}" for e in errors)
                + f" (or allow it by name: `PreflightConfig(allow={names})`)"
            )

    def as_warnings(self) -> list[str]:
        """Return warnings, and errors that were let pass, for the reader of a result."""
        return [f"preflight: {f.name} [{f.instrument}]: {f.message}" for f in self.findings if f.severity != INFO]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a finding: severity, name, instrument, message, count, first, remedy."""
        import pandas as pd

        columns = ["severity", "name", "instrument", "message", "count", "first", "remedy"]
        return pd.DataFrame([{c: getattr(f, c) for c in columns} for f in self.findings], columns=columns)

    def _looked_at(self) -> str:
        if not self.samples:
            return "no rows were looked at"
        if self.is_full:
            return f"all {sum(s.rows for s in self.samples):,} rows were looked at"
        return "a sample of the rows was looked at (`full=True` for all): " + "; ".join(map(str, self.samples))

    def _counts(self) -> str:
        counts = [f"{len(self._of(s))} {s}{'s' * (len(self._of(s)) != 1)}" for s in SEVERITIES if self._of(s)]
        return ", ".join(counts) or "nothing found"

    def summary(self) -> str:
        """Return how many findings there are, and what was looked at."""
        return f"preflight: {self._counts()} in {self.elapsed * 1e3:.1f} ms; {self._looked_at()}"

    def __str__(self) -> str:
        return "\n".join([self.summary(), *(f"  {finding}" for finding in self.findings)])

    def _repr_html_(self) -> str:
        from nautilus_lite.core.html import text

        head = f"<p><b>Preflight</b> · {text(self._counts())}</p>"
        body = self.to_frame().to_html(escape=True, index=False) if self.findings else ""
        return f"{head}{body}<p>{text(self._looked_at())}</p>"


def sort_findings(findings: list[Finding]) -> list[Finding]:
    """Return the worst first, else in the order in which they were found."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
