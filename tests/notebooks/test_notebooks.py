"""The notebooks run from top to bottom, show pictures, warn of nothing, and say what the engine says elsewhere."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
PICTURE = "application/vnd.plotly.v1+json"
SECONDS = 60
# What the last cell of each notebook is asked for, beside what a reader sees
FACTS = {
    "01_quickstart": """{
        "digest": result.digest, "loaded": again.digest, "pnl": result.stat("PnL (total)"),
        "gross": float(result.reconcile()["realized_pnl"].iloc[0]), "difference": float(result.reconcile()["difference"].iloc[0]),
    }""",
    "02_tear_sheet": """{
        "digest": result.digest, "pnl": result.stat("PnL (total)"), "sharpe": result.stat("Sharpe Ratio"),
        "config": config.json().decode(), "page": page.read_text()[:15], "bytes": page.stat().st_size,
    }""",
    "03_comparing_fee_and_fill_models": """{
        "digests": {result.name: result.digest for result in comparison.results}, "config": config.json().decode(),
        "repriced": repriced.stat("PnL (total)"), "ran": ran.stat("PnL (total)"),
        "net": {name: float(row["net"]) for name, row in comparison.frame().iterrows()},
    }""",
    "04_l2_market_making_with_queue_models": """{
        "digests": {result.name: result.digest for result in comparison.results}, "alone": result.digest,
        "fills": {name: int(row["fills"]) for name, row in comparison.frame().iterrows()},
        "config": run_config(queue_model=careful).json().decode(),
    }""",
    "05_bringing_your_own_data": """{
        "rows": catalog.verify(), "n_fills": result.n_fills, "hours": sorted(set(hours)),
        "fees": float(result.reconcile()["fees"].iloc[0]), "pnl": result.stat("PnL (total)"),
        "first_seen": bars[0].ts_init, "first_opened": int(frame.index[0].value),
    }""",
}


@dataclass
class Run:
    """A notebook after it ran.

    Parameters
    ----------
    cells : list
        With their outputs, the one that was added left out.
    facts : dict
        What the added one told.
    seconds : float
    """

    cells: list[Any]
    facts: dict[str, Any]
    seconds: float

    def outputs(self) -> list[Any]:
        return [output for cell in self.cells for output in cell.get("outputs", [])]

    def shown(self) -> str:
        """Return everything that a reader sees, as one text."""
        parts = []
        for output in self.outputs():
            parts.append(output.get("text", ""))
            parts += [data for kind, data in output.get("data", {}).items() if kind.startswith("text/")]
        return "\n".join(parts)


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {}


@pytest.fixture
def run(name: str, runs: dict[str, Run], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the notebook of a name, run once for all tests."""
    if name not in runs:
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        # What plotly does in Jupyter, whatever the tests run in
        monkeypatch.setenv("PLOTLY_RENDERER", "plotly_mimetype")
        notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({FACTS[name]}))"))
        client = NotebookClient(notebook, timeout=2 * SECONDS, kernel_name="python3", resources={"metadata": {"path": FOLDER}})
        began = time.perf_counter()
        client.execute()
        seconds = time.perf_counter() - began
        facts = json.loads(notebook.cells[-1].outputs[0].text)
        runs[name] = Run(notebook.cells[:-1], facts, seconds)
    return runs[name]


def test_there_are_five_and_each_is_checked() -> None:
    assert sorted(FACTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_outputs(name: str) -> None:
    path = FOLDER / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert path.stat().st_size < 30_000
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    # A lesson: it begins with a title and has words between the steps
    assert notebook.cells[0].source.startswith("# ")
    words = sum(cell.cell_type == "markdown" for cell in notebook.cells)
    assert words >= len(notebook.cells) / 3


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_in_a_minute_without_a_word_on_stderr(name: str, run: Run) -> None:
    assert run.seconds < SECONDS
    for output in run.outputs():
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.get("text")


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_there(name: str, run: Run) -> None:
    asked = [cell for cell in run.cells if cell.cell_type == "code" and ".plot_" in cell.source.splitlines()[-1]]
    assert asked
    for cell in asked:
        figures = [output.data[PICTURE] for output in cell.outputs if PICTURE in output.get("data", {})]
        assert len(figures) == 1, cell.source
        assert any(any(trace.get(axis) for axis in ("x", "y", "z")) for trace in figures[0]["data"])


@pytest.mark.parametrize("name", ["01_quickstart"])
def test_quickstart_says_what_the_run_says(name: str, run: Run) -> None:
    facts = run.facts
    assert facts["digest"] == facts["loaded"]
    assert facts["difference"] == 0.0
    # As its words say: money before fees, and fees took more
    assert facts["gross"] > 0.0 > facts["pnl"]
    assert f"{facts['pnl']:,.2f} USD" in run.shown()
    assert facts["digest"] in run.shown()
    assert "because it took what the book offered" in run.shown()


@pytest.mark.parametrize("name", ["02_tear_sheet"])
def test_tear_sheet_says_what_the_same_configuration_says(name: str, run: Run) -> None:
    facts = run.facts
    alone = run_backtest(BacktestRunConfig.parse(facts["config"]))
    assert facts["digest"] == alone.digest
    assert (facts["pnl"], facts["sharpe"]) == (alone.stat("PnL (total)"), alone.stat("Sharpe Ratio"))
    assert f"{facts['pnl']:,.2f} USD" in run.shown()
    assert f"risk-free rate 4 %: {alone.stat('Sharpe Ratio', risk_free_rate=0.04):.3f}" in run.shown()
    assert facts["page"] == "<!DOCTYPE html>"
    assert f"{facts['bytes'] / 1e6:.1f} MB" in run.shown()


@pytest.mark.parametrize("name", ["03_comparing_fee_and_fill_models"])
def test_worlds_of_the_comparison_are_those_of_another(name: str, run: Run) -> None:
    facts = run.facts
    assert len(facts["digests"]) == 9
    models = "nautilus_lite.backtest.models"
    again = compare(
        BacktestRunConfig.parse(facts["config"]),
        fill_models={"one in five": ImportableConfig(f"{models}:FillModel", {"prob_fill_on_limit": 0.2, "random_seed": 1})},
        fee_models={"2 bp": ImportableConfig(f"{models}:MakerTakerFeeModel", {"maker": "0.0002", "taker": "0.0004"})},
    )
    assert facts["digests"]["one in five / 2 bp"] == again.results[0].digest
    assert facts["net"]["one in five / 2 bp"] == again.results[0].stat("PnL (total)")
    assert facts["repriced"] == pytest.approx(facts["ran"], abs=1e-6)
    assert f"repriced {facts['repriced']:.6f}, run again {facts['ran']:.6f}" in run.shown()


@pytest.mark.parametrize("name", ["04_l2_market_making_with_queue_models"])
def test_a_queue_costs_fills(name: str, run: Run) -> None:
    facts = run.facts
    # The world of the comparison is the run alone, and the run of the same configuration here
    assert facts["digests"]["only trades move it"] == facts["alone"]
    assert run_backtest(BacktestRunConfig.parse(facts["config"])).digest == facts["alone"]
    assert facts["fills"]["nobody ahead"] > facts["fills"]["cancels by position"] > facts["fills"]["only trades move it"]
    assert "queue" in run.shown()


@pytest.mark.parametrize("name", ["05_bringing_your_own_data"])
def test_own_data_is_what_was_brought(name: str, run: Run) -> None:
    facts = run.facts
    assert facts["rows"] == 60 * 390
    assert "23,400 rows verified" in run.shown()
    # A bar is seen when it closes
    assert facts["first_seen"] - facts["first_opened"] == 60 * 10**9
    assert set(facts["hours"]) <= set(range(9, 17))
    assert facts["fees"] > 0.0
    assert f"{facts['pnl']:,.2f} USD" in run.shown()
    assert "column 'close' of ACME.XNYS has more than 2 digits, was 100.123" in run.shown()
