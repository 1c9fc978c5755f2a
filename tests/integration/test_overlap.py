"""Two backtests in two threads: rows that no Python code listens to are replayed without the GIL."""

from __future__ import annotations

import os
import threading
import time

import pytest

from nautilus_lite.model.enums import BookType
from tests.replaying import make_engine, pair, steady_quotes

ROWS = 4_000_000


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two CPUs")
def test_silent_backtests_overlap():
    instrument = pair("AAA")
    rows = steady_quotes(ROWS)

    def prepared():
        engine = make_engine(BookType.L1_MBP, [instrument])
        engine.add_rows("quote", instrument.id, rows)
        return engine

    def timed(jobs):
        threads = [threading.Thread(target=job) for job in jobs]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    ratios = []
    # Other work on the machine can hide the overlap, never feign it: one clear round is enough
    for _ in range(12):
        one = timed([prepared().run])
        two = timed([prepared().run, prepared().run])
        ratios.append(two / one)
        if ratios[-1] < 1.7:
            return
    pytest.fail(f"two runs took {min(ratios):.2f} times as long as one in the best of {len(ratios)} rounds")
