"""What a result has to show on a tear sheet, each part made when it is first asked for: a figure costs what it draws."""

# Fields of the base class are properties here, which mypy knows no way to allow
# mypy: disable-error-code="override"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nautilus_lite import __version__
from nautilus_lite.analysis.benchmark import Benchmark, check_series
from nautilus_lite.analysis.execution import execution_quality, terms_of
from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet.data import BREAKDOWNS, STEPS, TearsheetData

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.stat_value import StatValue

BREAKDOWN_COLUMNS = ("trades", "win_rate", "fees", "net_pnl", "average_trade")


class ResultData(TearsheetData):
    """The data of a `BacktestResult`: parameters as of `TearsheetData.of`, parts as of `TearsheetData`."""

    def __init__(
        self,
        result: Any,
        title: str | None = None,
        currency: Any = None,
        benchmark_returns: pd.Series | None = None,
        benchmark_name: str = "Benchmark",
        price_bars: Mapping[Any, pd.DataFrame] | None = None,
    ) -> None:
        if benchmark_returns is not None:
            check_series(benchmark_returns, "benchmark_returns")
        self._result = result
        self._reporting = str(result.reporting_currency)
        self.title = title or f"{result.trader_id} {result.name}"
        self.currency = self._reporting if currency is None else str(currency)
        self.config = result.config
        self.warnings = result.warnings
        self.digest = result.digest
        self.price_bars = {str(name): bars for name, bars in (price_bars or {}).items()}
        self.benchmark_returns = benchmark_returns
        self.benchmark_name = benchmark_name

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.title!r}, {self.currency})"

    @property
    def _is_whole(self) -> bool:
        """Whether everything is shown, converted, and not one currency alone."""
        return self.currency == self._reporting

    @cached_property
    def _held(self) -> list[Any]:
        return [*self._result.snapshots, *self._result.positions]

    @cached_property
    def equity(self) -> pd.Series:
        return self._result.equity() if self._is_whole else self._result.equity(self.currency)

    @cached_property
    def statistics(self) -> Sequence[StatValue]:
        if not self._is_whole:
            return summarize(self.equity, self._held, self._result.orders, self.currency)
        given = self.benchmark_returns
        benchmark = None if given is None else Benchmark(given, "returns", self.benchmark_name)
        return self._result.statistics(benchmark=benchmark)

    @cached_property
    def orders(self) -> pd.DataFrame:
        return self._result.orders_report()

    @cached_property
    def fills(self) -> pd.DataFrame:
        return self._result.fills_report()

    @cached_property
    def positions(self) -> pd.DataFrame:
        return self._result.positions_report()

    @cached_property
    def funding(self) -> pd.DataFrame:
        return self._result.funding_report()

    @cached_property
    def exposure(self) -> pd.DataFrame | None:
        return self._result.exposure() if self._is_whole else None

    @cached_property
    def sampled_prices(self) -> Mapping[str, pd.Series]:
        traded = self.positions["instrument_id"].astype(str).unique().tolist()
        return {name: self._result.price_bars(name)["close"] for name in traded if name in self._result.price_slots}

    @cached_property
    def bridge(self) -> Sequence[tuple[str, float]]:
        """The steps from paper to net; empty where equity was not sampled or the run had several currencies."""
        if not len(self._result.equity_samples):
            return []
        parts = ("net", "fees", "paper")
        entries = [entry for entry in self._result.attributed() if any(getattr(entry, part) for part in parts)]
        if len(entries) != 1 or str(entries[0].currency) != self.currency:
            return []
        entry = entries[0]
        scale = 10**entry.currency.precision
        steps = [(label, sum(getattr(entry, part) for part in summed)) for label, summed in STEPS]
        return [(label, raw / scale) for i, (label, raw) in enumerate(steps) if raw or i == 0]

    @cached_property
    def breakdowns(self) -> Mapping[str, pd.DataFrame]:
        """The trades by what they can be told apart by, in one currency; what all trades share tells nothing."""
        found: dict[str, pd.DataFrame] = {}
        for by, label in BREAKDOWNS.items():
            frame = self._result.breakdown(by)
            own = frame[frame.index.get_level_values("currency") == self.currency].droplevel("currency")
            if len(own) > 1:
                found[label] = own[list(BREAKDOWN_COLUMNS)]
        return found

    @cached_property
    def execution(self) -> pd.DataFrame | None:
        import pandas as pd

        if not self._result.n_fills:
            return None
        terms = terms_of([position.instrument for position in self._held])
        whole = execution_quality(self.orders, self.fills, terms, ())
        by_side = execution_quality(self.orders, self.fills, terms, ("liquidity_side",))
        return pd.concat([whole, by_side.set_axis(by_side.index.get_level_values(0))])

    @cached_property
    def fingerprint(self) -> pd.DataFrame:
        return self._result.data_fingerprint()

    @cached_property
    def run(self) -> Mapping[str, str]:
        result = self._result
        return {
            "Engine": f"nautilus_lite {__version__}",
            "Seed": _seed(result.config),
            "Rows of data": f"{result.n_rows:,}",
            "Orders": f"{result.n_orders:,}",
            "Fills": f"{result.n_fills:,}",
            "Positions": f"{result.n_positions:,}",
            "Wall time": f"{result.elapsed:,.3f} s",
        }


def _seed(config: Mapping[str, Any]) -> str:
    engine = config.get("engine") or config.get("run", {}).get("engine") or {}
    return str(engine.get("seed", "not in the configuration"))
