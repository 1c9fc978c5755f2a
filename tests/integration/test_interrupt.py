"""A run that calls no Python code can be interrupted."""

import signal
import threading

import pytest

from nautilus_lite.model.enums import BookType
from tests.replaying import make_engine, pair, steady_quotes


class Interrupted(Exception):
    pass


def stop(number, frame):
    raise Interrupted


@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals reach the main thread")
def test_a_signal_ends_a_silent_run():
    engine = make_engine(BookType.L1_MBP, [pair("AAA")])
    engine.add_rows("quote", pair("AAA").id, steady_quotes(4_000_000))
    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        with pytest.raises(Interrupted):
            engine.run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert engine.iteration < 4_000_000
