"""In every example, and in runs with funding, interest and settlement, the money adds up to the last minor unit."""

from __future__ import annotations

import runpy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nautilus_lite.backtest import collect, compare
from nautilus_lite.backtest.collect import make_result
from nautilus_lite.model.data.updates import FundingRateUpdate
from nautilus_lite.model.enums import AccountType, OrderSide
from tests.venue_runs import HOUR, MINUTE, Scripted, engine, future, perpetual, quote

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.py"))


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_adds_up(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results: list[Any] = []

    def kept(*args: Any, **options: Any) -> Any:
        results.append(make_result(*args, **options))
        return results[-1]

    monkeypatch.setattr(collect, "make_result", kept)
    monkeypatch.setattr(compare, "make_result", kept)
    monkeypatch.chdir(script.parent)
    ns = runpy.run_path(str(script), run_name="__main__")
    if not results:
        # An example that looks at the engine alone
        results.append(ns["engine"].get_result())
    for result in results:
        frame = result.reconcile()
        assert (frame["difference"] == 0.0).all()
        assert not any("add up" in warning for warning in result.warnings)
        last = result.equity().iloc[-1]
        assert frame["end"].sum() == pytest.approx(last, abs=1e-9)


def buy_and_hold(instrument: Any, size: Any = 2) -> Scripted:
    return Scripted({MINUTE: lambda s: s.market(instrument, OrderSide.BUY, size)})


def test_funding_is_a_term_of_its_own() -> None:
    perp = perpetual()
    rates = [FundingRateUpdate(perp.id, Decimal("0.0001"), ts, ts) for ts in (HOUR, 2 * HOUR)]
    quotes = [quote(perp, ts, "50000.00", "50001.00") for ts in range(0, 3 * HOUR, 30 * MINUTE)]
    run = engine([perp], [*quotes, *rates], [buy_and_hold(perp)])
    run.run()
    row = run.get_result().reconcile().iloc[0]
    assert row["funding"] < 0.0
    assert row["fees"] > 0.0
    assert row["unrealized_pnl"] == -2.0
    assert row["end"] == pytest.approx(1_000_000 - row["fees"] + row["funding"] - 2.0)
    assert row["difference"] == 0.0
    run.dispose()


def test_a_settled_future_is_realised() -> None:
    contract = future(expiration_ns=HOUR)
    quotes = [quote(contract, ts, "4000.00") for ts in range(0, 2 * HOUR, 20 * MINUTE)]
    run = engine(
        [contract], quotes, [buy_and_hold(contract)], balance="1000000 USD", settlement_prices={contract.id: Decimal("4010")}
    )
    run.run()
    row = run.get_result().reconcile().iloc[0]
    assert row["realized_pnl"] == 2 * 50 * 10.0
    assert row["unrealized_pnl"] == 0.0
    assert row["difference"] == 0.0
    run.dispose()


def test_a_difference_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    perp = perpetual()
    run = engine([perp], [quote(perp, ts, "50000.00", "50001.00") for ts in (0, HOUR)], [buy_and_hold(perp)])
    run.run()
    assert run.get_result().warnings == []
    samples = run.world.recorder.equity_samples()
    samples["equity"] += 1

    class Recorder:
        def __getattr__(self, name: str) -> Any:
            return getattr(run.world.recorder, name)

        def equity_samples(self) -> Any:
            return samples

    class World:
        recorder = Recorder()

        def __getattr__(self, name: str) -> Any:
            return getattr(run.world, name)

    result = make_result(World(), 0, 0.0, 2, {}, run._bar_walk)  # type: ignore[arg-type]
    assert result.reconcile()["difference"].tolist() == [1e-8]
    assert any("SIM-001 in USDT does not add up: 0.00000001 USDT" in warning for warning in result.warnings)
    run.dispose()


def test_a_cash_account_holds_what_it_bought() -> None:
    contract = future(expiration_ns=10 * HOUR)
    quotes = [quote(contract, 0, "4000.00"), quote(contract, HOUR, "4010.00")]
    run = engine([contract], quotes, [buy_and_hold(contract)], balance="1000000 USD", account=AccountType.CASH)
    run.run()
    row = run.get_result().reconcile().iloc[0]
    assert row["unrealized_pnl"] == 1000.0
    assert row["end"] == 1_001_000.0
    assert row["difference"] == 0.0
    run.dispose()
