"""Clocks, timers and the queue they share."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from nautilus_lite.common.clock import LiveClock, TestClock, TimeEvent, TimerQueue
from nautilus_lite.core.uuid import UUID4, UUIDFactory

SECOND = 1_000_000_000


class Recorder:
    def __init__(self):
        self.events = []

    def __call__(self, event):
        self.events.append(event)

    @property
    def pairs(self):
        return [(event.name, event.ts_event) for event in self.events]


@pytest.fixture
def clock():
    return TestClock()


def run(clock, until):
    while clock.queue.fire_next(until):
        clock.queue._check()
    clock.queue._check()


def test_time_in_every_unit(clock):
    clock.set_time(1_700_000_000_123_456_789)
    assert clock.timestamp_ns() == 1_700_000_000_123_456_789
    assert clock.timestamp_us() == 1_700_000_000_123_456
    assert clock.timestamp_ms() == 1_700_000_000_123
    assert clock.timestamp() == pytest.approx(1_700_000_000.123456789)
    assert clock.utc_now() == pd.Timestamp(1_700_000_000_123_456_789, tz="UTC")
    assert clock.utc_now().value == 1_700_000_000_123_456_789


def test_time_never_goes_back(clock):
    clock.set_time(10)
    with pytest.raises(ValueError, match="must not go back from 10, was 9"):
        clock.set_time(9)
    with pytest.raises(ValueError, match="must be >= 10, was 9"):
        clock.advance_time(9)
    assert clock.timestamp_ns() == 10


def test_alert_fires_once_at_its_time(clock):
    seen = Recorder()
    clock.set_time_alert("a", datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC), seen)
    assert clock.timer_names == ["a"]
    assert clock.next_time_ns("a") == 5 * SECOND
    assert not clock.queue.fire_next(5 * SECOND - 1)
    assert clock.queue.fire_next(5 * SECOND)
    assert not clock.queue.fire_next(50 * SECOND)
    assert seen.pairs == [("a", 5 * SECOND)]
    assert clock.timestamp_ns() == 5 * SECOND
    assert clock.timer_count == 0
    assert clock.next_time_ns("a") == 0


def test_naive_and_zoned_alert_times_are_exact(clock):
    seen = Recorder()
    clock.set_time_alert("naive", datetime(2024, 1, 1), seen)
    clock.set_time_alert("stamp", pd.Timestamp("2024-01-01T01:00:00.000000001+01:00"), seen)
    run(clock, 2_000_000_000 * SECOND)
    # 2024-01-01T00:00:00Z is 1704067200 s; the second is one nanosecond later
    assert seen.pairs == [("naive", 1_704_067_200 * SECOND), ("stamp", 1_704_067_200 * SECOND + 1)]


def test_past_alert_fires_now_or_is_refused(clock):
    seen = Recorder()
    clock.set_time(100)
    clock.set_time_alert_ns("late", 40, seen)
    with pytest.raises(ValueError, match=r"must be >= 100 \(now\), was 40"):
        clock.set_time_alert_ns("refused", 40, seen, allow_past=False)
    run(clock, 100)
    assert seen.pairs == [("late", 100)]
    assert seen.events[0].ts_init == 100


def test_timer_fires_on_the_grid_up_to_and_including_stop(clock):
    seen = Recorder()
    clock.set_timer_ns("t", 10, start_time_ns=5, stop_time_ns=35, callback=seen)
    run(clock, 1_000)
    # 5 + 10, 5 + 20, 5 + 30 = stop
    assert seen.pairs == [("t", 15), ("t", 25), ("t", 35)]
    assert clock.timer_count == 0


def test_timer_stops_before_a_stop_time_off_the_grid(clock):
    seen = Recorder()
    clock.set_timer_ns("t", 10, stop_time_ns=29, callback=seen)
    run(clock, 1_000)
    assert seen.pairs == [("t", 10), ("t", 20)]


def test_timer_fires_immediately_if_asked(clock):
    seen = Recorder()
    clock.set_time(7)
    clock.set_timer("t", timedelta(microseconds=1), callback=seen, fire_immediately=True)
    run(clock, 2_500)
    assert seen.pairs == [("t", 7), ("t", 1_007), ("t", 2_007)]


def test_timer_with_a_past_start_keeps_its_grid_and_skips_the_past(clock):
    seen = Recorder()
    clock.set_time(100)
    clock.set_timer_ns("t", 30, start_time_ns=5, callback=seen)
    with pytest.raises(ValueError, match=r"first event must be >= 100 \(now\), was 35"):
        clock.set_timer_ns("refused", 30, start_time_ns=5, callback=seen, allow_past=False)
    run(clock, 160)
    # the grid is 35, 65, 95, 125, 155
    assert seen.pairs == [("t", 125), ("t", 155)]


@pytest.mark.parametrize(
    ("kwargs", "match"),
    [
        ({"interval_ns": 0}, "`interval_ns`, must be > 0, was 0"),
        ({"interval_ns": 10, "stop_time_ns": 9}, r"`stop_time_ns`, must be >= 10 \(the first event\), was 9"),
        ({"interval_ns": 10, "callback": None}, "`callback`, must be given"),
    ],
)
def test_bad_timers_are_refused(clock, kwargs, match):
    with pytest.raises(ValueError, match=match):
        clock.set_timer_ns("t", **{"callback": print, **kwargs})
    assert clock.timer_count == 0


def test_names_are_unique_per_clock_and_override_replaces(clock):
    seen = Recorder()
    clock.set_time_alert_ns("a", 10, seen)
    with pytest.raises(KeyError, match="exists already"):
        clock.set_time_alert_ns("a", 20, seen)
    with pytest.raises(KeyError, match="exists already"):
        clock.set_timer_ns("a", 20, callback=seen)
    clock.set_time_alert_ns("a", 30, seen, override=True)
    other = TestClock(clock.queue)
    other.set_time_alert_ns("a", 20, seen)
    run(clock, 100)
    assert seen.pairs == [("a", 20), ("a", 30)]


def test_default_handler_takes_events_without_a_callback(clock):
    seen = Recorder()
    clock.register_default_handler(seen)
    clock.set_time_alert_ns("a", 1)
    run(clock, 1)
    assert seen.pairs == [("a", 1)]


def test_equal_times_fire_in_order_of_creation(clock):
    seen = Recorder()
    clock.set_time_alert_ns("b", 20, seen)
    clock.set_timer_ns("t", 10, callback=seen)
    clock.set_time_alert_ns("a", 20, seen)
    run(clock, 20)
    assert seen.pairs == [("t", 10), ("b", 20), ("t", 20), ("a", 20)]


def test_one_round_settles_one_timestamp(clock):
    seen = Recorder()
    for name, due in (("a", 10), ("b", 10), ("c", 11)):
        clock.set_time_alert_ns(name, due, seen)
    assert clock.queue.next_ns == 10
    clock.queue.fire_next(100)
    assert [name for name, _ in seen.pairs] == ["a", "b"]
    assert clock.timestamp_ns() == 10
    assert clock.queue.next_ns == 11


def test_a_cancelled_timer_of_the_same_timestamp_does_not_fire(clock):
    seen = Recorder()

    def cancel_b(event):
        seen(event)
        clock.cancel_timer("b")

    clock.set_time_alert_ns("a", 10, cancel_b)
    clock.set_time_alert_ns("b", 10, seen)
    clock.set_time_alert_ns("c", 10, seen)
    run(clock, 10)
    assert [name for name, _ in seen.pairs] == ["a", "c"]


def test_a_timer_may_cancel_itself(clock):
    seen = Recorder()

    def once(event):
        seen(event)
        clock.cancel_timer("t")

    clock.set_timer_ns("t", 10, callback=once)
    run(clock, 100)
    assert seen.pairs == [("t", 10)]


def test_an_alert_set_in_a_callback_for_now_fires_without_time_moving(clock):
    times = []

    def again(event):
        times.append(clock.timestamp_ns())
        if len(times) < 3:
            clock.set_time_alert_ns("a", clock.timestamp_ns(), again)

    clock.set_time_alert_ns("a", 10, again)
    clock.set_time_alert_ns("later", 11, lambda event: times.append(clock.timestamp_ns()))
    run(clock, 50)
    assert times == [10, 10, 10, 11]


def test_overdue_timers_fire_without_time_going_back(clock):
    seen = Recorder()
    clock.set_time_alert_ns("a", 10, seen)
    clock.set_time(15)
    run(clock, 20)
    assert clock.timestamp_ns() == 15
    assert (seen.events[0].ts_event, seen.events[0].ts_init) == (10, 15)


def test_a_raising_callback_leaves_the_rest_due(clock):
    seen = Recorder()

    def fail(event):
        raise RuntimeError("strategy bug")

    clock.set_time_alert_ns("bad", 10, fail)
    clock.set_time_alert_ns("good", 10, seen)
    with pytest.raises(RuntimeError, match="strategy bug"):
        clock.queue.fire_next(10)
    clock.queue._check()
    run(clock, 10)
    assert seen.pairs == [("good", 10)]


def test_cancelling_unknown_names_the_live_timers(clock):
    clock.set_time_alert_ns("a", 10, print)
    with pytest.raises(KeyError, match=r"no timer 'b', live timers are \['a'\]"):
        clock.cancel_timer("b")


def test_cancel_timers_only_touches_its_own_clock(clock):
    seen = Recorder()
    other = TestClock(clock.queue)
    clock.set_time_alert_ns("a", 10, seen)
    clock.set_timer_ns("b", 10, callback=seen)
    other.set_time_alert_ns("c", 10, seen)
    clock.cancel_timers()
    clock.queue._check()
    assert clock.timer_count == 0
    run(clock, 10)
    assert seen.pairs == [("c", 10)]


def test_cancelled_timers_do_not_pile_up(clock):
    clock.set_time_alert_ns("keep", 5, print)
    for i in range(10_000):
        clock.set_time_alert_ns("a", 1_000_000 + i, print, override=True)
    clock.queue._check()
    assert clock.timer_names == ["keep", "a"]
    assert clock.queue.next_ns == 5


def test_advance_time_returns_events_in_order_without_handling_them(clock):
    seen = Recorder()
    clock.set_timer_ns("t", 10, callback=seen)
    clock.set_time_alert_ns("a", 20, seen)
    handlers = clock.advance_time(25)
    assert [(h.event.name, h.event.ts_event) for h in handlers] == [("t", 10), ("t", 20), ("a", 20)]
    assert seen.events == []
    assert clock.timestamp_ns() == 25
    for handler in handlers:
        handler.handle()
    assert seen.pairs == [("t", 10), ("t", 20), ("a", 20)]


def test_advance_time_may_leave_the_time(clock):
    clock.set_time_alert_ns("a", 20, print)
    assert len(clock.advance_time(25, set_time=False)) == 1
    assert clock.timestamp_ns() == 0


def test_timers_run_in_chunks_equal_timers_run_at_once():
    def events(chunks):
        clock = TestClock()
        seen = Recorder()
        clock.set_timer_ns("t", 7, callback=seen)
        clock.set_timer_ns("u", 5, start_time_ns=3, stop_time_ns=63, callback=seen)
        for until in chunks:
            run(clock, until)
            clock.set_time(until)
        return seen.pairs

    assert events([100]) == events([1, 7, 8, 21, 63, 64, 100])


def test_queue_reset_starts_over(clock):
    other = TestClock(clock.queue)
    clock.set_time(100)
    clock.set_timer_ns("a", 10, callback=print)
    other.set_timer_ns("b", 10, callback=print)
    clock.queue.reset()
    clock.queue._check()
    assert clock.timestamp_ns() == other.timestamp_ns() == 0
    assert clock.timer_count == other.timer_count == 0
    clock.set_timer_ns("a", 10, callback=print)
    assert clock.queue.next_ns == 10


def test_event_ids_repeat_with_the_seed():
    def ids(seed):
        clock = TestClock(TimerQueue(UUIDFactory(seed)))
        clock.set_timer_ns("t", 10, callback=print)
        return [handler.event.id for handler in clock.advance_time(50)]

    assert ids(1) == ids(1)
    assert ids(1) != ids(2)
    assert len(set(ids(1))) == 5


def test_time_event_is_a_value():
    event_id = UUID4()
    event = TimeEvent("a", event_id, 1, 2)
    assert (event.name, event.id, event.ts_event, event.ts_init) == ("a", event_id, 1, 2)
    assert event == TimeEvent("a", event_id, 1, 2)
    assert event != TimeEvent("b", event_id, 1, 2)
    assert "name=a" in repr(event)


def test_live_clock_tells_wall_time_and_refuses_timers():
    clock = LiveClock()
    first = clock.timestamp_ns()
    assert first > 1_700_000_000 * SECOND
    assert clock.timestamp_ns() >= first
    with pytest.raises(NotImplementedError, match="`set_timer` needs simulated time, was called on LiveClock"):
        clock.set_timer("t", timedelta(seconds=1), callback=print)
    with pytest.raises(NotImplementedError, match="`set_time_alert` needs simulated time"):
        clock.set_time_alert("a", datetime(2030, 1, 1), print)
    assert clock.timer_count == 0
