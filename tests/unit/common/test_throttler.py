"""The throttler."""

from datetime import timedelta

import pytest

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.throttler import Throttler

SECOND = 1_000_000_000


@pytest.fixture
def clock():
    return TestClock()


def run(clock, until):
    while clock.queue.fire_next(until):
        pass
    clock.set_time(until)


def test_messages_within_the_limit_go_out_at_once(clock):
    sent = []
    throttler = Throttler("t", 3, timedelta(seconds=1), clock, sent.append)
    for i in range(3):
        throttler.send(i)
    assert sent == [0, 1, 2]
    assert not throttler.is_limiting
    assert throttler.used == 1.0
    assert throttler.qsize == 0


def test_excess_waits_and_goes_out_in_order(clock):
    sent = []
    throttler = Throttler("t", 2, timedelta(seconds=1), clock, lambda m: sent.append((m, clock.timestamp_ns())))
    for i in range(5):
        throttler.send(i)
    assert throttler.qsize == 3
    assert throttler.is_limiting
    run(clock, 3 * SECOND)
    # two in each second: 0, 1 at 0 s; 2, 3 at 1 s; 4 at 2 s
    assert sent == [(0, 0), (1, 0), (2, SECOND), (3, SECOND), (4, 2 * SECOND)]
    assert throttler.qsize == 0
    assert not throttler.is_limiting
    assert (throttler.recv_count, throttler.sent_count) == (5, 5)


def test_no_window_ever_holds_more_than_the_limit(clock):
    times = []
    throttler = Throttler("t", 3, timedelta(microseconds=1), clock, lambda m: times.append(clock.timestamp_ns()))
    for now in (0, 400, 900, 950, 1_200, 1_300, 1_350, 2_000):
        run(clock, now)
        throttler.send(now)
    run(clock, 10_000)
    assert len(times) == 8
    # message n goes out no earlier than 1,000 ns after message n - 3
    assert times == [0, 400, 900, 1_000, 1_400, 1_900, 2_000, 2_400]


def test_a_new_message_does_not_overtake_those_that_wait(clock):
    sent = []
    throttler = Throttler("t", 1, timedelta(seconds=1), clock, sent.append)
    throttler.send("a")
    throttler.send("b")
    clock.set_time(SECOND)  # the window is free again, but the alert for "b" has not run
    throttler.send("c")
    assert sent == ["a"]
    run(clock, 5 * SECOND)
    assert sent == ["a", "b", "c"]


def test_excess_is_dropped_where_there_is_a_drop_output(clock):
    sent, dropped = [], []
    throttler = Throttler("t", 2, timedelta(seconds=1), clock, sent.append, dropped.append)
    for i in range(4):
        throttler.send(i)
    assert (sent, dropped) == ([0, 1], [2, 3])
    assert throttler.is_limiting
    assert clock.timer_count == 0
    clock.set_time(SECOND)
    throttler.send(4)
    assert sent == [0, 1, 4]
    assert not throttler.is_limiting
    assert throttler.used == 0.5


def test_reset_forgets_everything(clock):
    sent = []
    throttler = Throttler("t", 1, timedelta(seconds=1), clock, sent.append)
    throttler.send("a")
    throttler.send("b")
    throttler.reset()
    assert (throttler.qsize, throttler.used, throttler.recv_count, throttler.sent_count) == (0, 0.0, 0, 0)
    assert not throttler.is_limiting
    assert clock.timer_count == 0
    throttler.send("c")
    assert sent == ["a", "c"]


@pytest.mark.parametrize(
    ("limit", "interval", "error", "match"),
    [
        (0, timedelta(seconds=1), ValueError, "`limit`, must be > 0, was 0"),
        (1, timedelta(0), ValueError, "`interval`, must be positive"),
        (1, 1.0, TypeError, "`interval`, must be a timedelta, was 1.0"),
    ],
)
def test_bad_settings_are_refused(clock, limit, interval, error, match):
    with pytest.raises(error, match=match):
        Throttler("t", limit, interval, clock, print)


def test_settings_can_be_read(clock):
    throttler = Throttler("t", 5, timedelta(milliseconds=3), clock, print)
    assert (throttler.name, throttler.limit, throttler.interval) == ("t", 5, timedelta(milliseconds=3))
