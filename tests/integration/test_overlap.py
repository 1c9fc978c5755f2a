"""Rows that no Python code listens to are replayed without the GIL: other threads work meanwhile.

Nothing is timed. While the switch interval is long a thread that wants the GIL gets it only from one that lets go of it by
itself. So what a second thread does between two alerts of a strategy it did while the rows between them let go.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from nautilus_lite.model.enums import BookType
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import make_engine, pair, steady_quotes

ROWS = 1_000_000
# Rows come a microsecond apart: 200,000 of them between two alerts
EVERY_NS = 200_000_000
ROUNDS = 200


class Beat:
    """A thread that counts, and lets go of the GIL after each count."""

    def __init__(self) -> None:
        self.count = 0
        self.over = False
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        while not self.over:
            self.count += 1
            time.sleep(0)


class Counting(Strategy):
    """Reads a count every now and then, and listens to no data."""

    def __init__(self, read: Callable[[], int]) -> None:
        super().__init__()
        self.read = read
        self.left = self.read()
        self.gained = 0
        self.n_alerts = 0

    def on_start(self) -> None:
        for i in range(1, ROWS * 1_000 // EVERY_NS):
            self.clock.set_time_alert_ns(f"{i}", i * EVERY_NS, self.on_alert)
        self.left = self.read()

    def on_alert(self, event: object) -> None:
        self.gained += self.read() - self.left
        self.n_alerts += 1
        self.left = self.read()


@pytest.fixture
def beat() -> Iterator[Beat]:
    """Return a thread at work, with no switch that is not given away."""
    interval = sys.getswitchinterval()
    counting = Beat()
    sys.setswitchinterval(1_000)
    counting.thread.start()
    try:
        yield counting
    finally:
        counting.over = True
        counting.thread.join()
        sys.setswitchinterval(interval)


def test_another_thread_works_while_rows_are_silent(beat: Beat) -> None:
    instrument = pair("AAA")
    rows = steady_quotes(ROWS)
    # A busy machine may leave the other thread without a turn for a while: then the next run is as good
    for _ in range(ROUNDS):
        engine = make_engine(BookType.L1_MBP, [instrument])
        engine.add_rows("quote", instrument.id, rows)
        strategy = Counting(lambda: beat.count)
        engine.add_strategy(strategy)
        engine.run()
        assert strategy.n_alerts == 4
        engine.dispose()
        if strategy.gained:
            return
    pytest.fail(f"in {ROUNDS} runs no other thread had a turn between two alerts")


def test_another_thread_waits_while_python_works(beat: Beat) -> None:
    """The measure is one: work that keeps the GIL leaves the count as it is."""
    while not beat.count:
        time.sleep(0.001)
    before = beat.count
    assert sum(range(ROWS)) == ROWS * (ROWS - 1) // 2
    assert beat.count == before


def test_silent_backtests_in_two_threads_end_as_one_does() -> None:
    instrument = pair("AAA")
    rows = steady_quotes(ROWS)
    digests: list[str] = []

    def run() -> None:
        engine = make_engine(BookType.L1_MBP, [instrument])
        engine.add_rows("quote", instrument.id, rows)
        engine.run()
        digests.append(engine.get_result().digest)

    run()
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(digests) == 3 and len(set(digests)) == 1
