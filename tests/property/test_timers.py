"""Timers against a model that scans a list."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.common.clock import TestClock

operations = st.lists(
    st.one_of(
        st.tuples(st.just("alert"), st.integers(0, 5), st.integers(0, 200)),
        st.tuples(st.just("timer"), st.integers(0, 5), st.integers(1, 30), st.integers(0, 120)),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(st.just("run"), st.integers(0, 40)),
    ),
    max_size=40,
)


def fire(model, until, log):
    while True:
        due = [(t["next"], t["order"], name) for name, t in model.items() if t["next"] <= until]
        if not due:
            return
        when, _, name = min(due)
        timer = model[name]
        log.append((name, when))
        timer["next"] += timer["interval"]
        if timer["interval"] == 0 or timer["next"] > timer["stop"]:
            del model[name]


@settings(max_examples=400, deadline=None)
@given(operations, st.integers(1, 3))
def test_timers_fire_as_the_model_says(ops, n_clocks):
    clocks = [TestClock()]
    clocks += [TestClock(clocks[0].queue) for _ in range(n_clocks - 1)]
    queue = clocks[0].queue
    model, expected, actual = {}, [], []
    now = order = 0
    for kind, *args in ops:
        if kind == "run":
            now += args[0]
            while queue.fire_next(now):
                assert queue.now_ns <= now
            queue.set_now(now)
            fire(model, now, expected)
        else:
            name = str(args[0])
            clock = clocks[args[0] % n_clocks]
            if kind == "alert":
                callback = lambda e: actual.append((e.name, e.ts_event))  # noqa: E731
                clock.set_time_alert_ns(name, args[1], callback, override=True)
                model[name] = {"next": max(now, args[1]), "interval": 0, "stop": 0, "order": order}
                order += 1
            elif kind == "timer" and name not in model:
                interval, length = args[1], args[1] + args[2]
                callback = lambda e: actual.append((e.name, e.ts_event))  # noqa: E731
                clock.set_timer_ns(name, interval, None, now + length, callback)
                model[name] = {"next": now + interval, "interval": interval, "stop": now + length, "order": order}
                order += 1
            elif kind == "cancel" and name in model:
                clock.cancel_timer(name)
                del model[name]
        queue._check()
        assert actual == expected
        assert sorted(name for clock in clocks for name in clock.timer_names) == sorted(model)
