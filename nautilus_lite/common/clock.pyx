"""Simulated time: clocks, timers and time events.

One `TimerQueue` holds the time and the timers of a world; each clock is a face of it with its own timer names. A binary
heap orders timers by (due time, creation order). Cancelling marks a timer dead and leaves it in the heap, so it costs
O(1); dead timers are dropped when they surface, or all at once when they outnumber the living.
"""
cimport cython

import time
from datetime import timedelta
from heapq import heapify
from heapq import heappop
from heapq import heappush

from nautilus_lite.core.datetime import dt_to_unix_nanos
from nautilus_lite.core.datetime import unix_nanos_to_dt

from libc.stdint cimport UINT64_MAX
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.core.uuid cimport UUIDFactory

cdef uint64_t _NS_PER_US = 1_000
cdef uint64_t _NS_PER_MS = 1_000_000
cdef Py_ssize_t _MIN_COMPACT = 64      # below this many dead timers the heap is not worth rebuilding


cdef object _delta_to_ns(object delta):
    # Exact: pandas holds nanoseconds in `value`, datetime whole microseconds
    if hasattr(delta, "value"):
        return int(delta.value)
    if not isinstance(delta, timedelta):
        raise TypeError(f"invalid `interval`, must be a timedelta, was {delta!r}")
    return ((delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds) * 1_000


@cython.final
@cython.freelist(64)
@cython.no_gc
cdef class TimeEvent:
    """
    A timer that fell due.

    Parameters
    ----------
    name : str
        The name of the timer.
    event_id : UUID4
        The id of the event.
    ts_event : int
        When the timer was due, UNIX nanoseconds.
    ts_init : int
        When the event was made, UNIX nanoseconds.

    """

    def __init__(self, str name not None, UUID4 event_id not None, uint64_t ts_event, uint64_t ts_init):
        self.name = name
        self.id_hi = event_id.hi
        self.id_lo = event_id.lo
        self.ts_event = ts_event
        self.ts_init = ts_init

    @property
    def id(self):
        """The id of the event (`UUID4`)."""
        return UUID4.from_parts_c(self.id_hi, self.id_lo)

    def __eq__(self, other):
        if not isinstance(other, TimeEvent):
            return NotImplemented
        cdef TimeEvent event = <TimeEvent>other
        return (
            self.name == event.name
            and self.ts_event == event.ts_event
            and self.id_hi == event.id_hi
            and self.id_lo == event.id_lo
        )

    def __hash__(self):
        return hash((self.id_hi, self.id_lo))

    def __reduce__(self):
        return TimeEvent, (self.name, self.id, self.ts_event, self.ts_init)

    def __repr__(self):
        return f"TimeEvent(name={self.name}, event_id={self.id}, ts_event={self.ts_event}, ts_init={self.ts_init})"


@cython.final
cdef class TimeEventHandler:
    """A time event with the callback that takes it, as `TestClock.advance_time` returns them."""

    def __init__(self, TimeEvent event not None, callback not None):
        self.event = event
        self._callback = callback

    def handle(self):
        """Give the event to its callback."""
        self._callback(self.event)

    def __repr__(self):
        return f"TimeEventHandler(event={self.event!r})"


@cython.final
cdef class _Timer:
    cdef TestClock clock
    cdef str name
    cdef object callback
    cdef ts_t next_ns
    cdef ts_t interval_ns      # 0 = fires once
    cdef ts_t stop_ns          # UINT64_MAX = never
    cdef uint64_t order        # creation order, breaks ties
    cdef bint active


cdef int _push(TimerQueue queue, _Timer timer) except -1:
    heappush(queue._heap, (timer.next_ns, timer.order, timer))
    if timer.next_ns < queue.next_ns:
        queue.next_ns = timer.next_ns
    return 0


cdef int _surface(TimerQueue queue) except -1:
    # Drop dead timers from the top, so that `next_ns` is always that of a living one
    while queue._heap:
        if (<_Timer>(<tuple>queue._heap[0])[2]).active:
            queue.next_ns = (<tuple>queue._heap[0])[0]
            return 0
        heappop(queue._heap)
        queue._n_cancelled -= 1
    queue.next_ns = UINT64_MAX
    return 0


cdef int _cancel(TimerQueue queue, _Timer timer) except -1:
    timer.active = False
    queue._n_cancelled += 1
    if queue._n_cancelled > _MIN_COMPACT and 2 * queue._n_cancelled > len(queue._heap):
        queue._heap = [entry for entry in queue._heap if (<_Timer>(<tuple>entry)[2]).active]
        heapify(queue._heap)
        queue._n_cancelled = 0
    return _surface(queue)


cdef object _top_callback(TimerQueue queue):
    return (<_Timer>(<tuple>queue._heap[0])[2]).callback


cdef TimeEvent _pop_event(TimerQueue queue):
    # Event of the earliest timer at its due time, the timer re-armed or gone; needs a living timer on top
    cdef _Timer timer = <_Timer>(<tuple>heappop(queue._heap))[2]
    cdef TimeEvent event = TimeEvent.__new__(TimeEvent)
    event.name = timer.name
    event.ts_event = timer.next_ns
    event.ts_init = max(timer.next_ns, queue.now_ns)
    (<UUIDFactory>queue._ids).next_parts(&event.id_hi, &event.id_lo)
    if timer.interval_ns and timer.interval_ns <= timer.stop_ns - timer.next_ns:
        timer.next_ns += timer.interval_ns
        heappush(queue._heap, (timer.next_ns, timer.order, timer))
    else:
        timer.active = False
        del timer.clock._timers[timer.name]
    _surface(queue)
    return event


cdef int _add_timer(TestClock clock, str name, object callback, object due_ns, object interval_ns,
                    object stop_ns) except -1:
    cdef _Timer timer = _Timer.__new__(_Timer)
    timer.clock = clock
    timer.name = name
    timer.callback = callback
    timer.next_ns = due_ns
    timer.interval_ns = interval_ns
    timer.stop_ns = stop_ns
    timer.order = clock.queue._count
    timer.active = True
    clock.queue._count += 1
    clock._timers[name] = timer
    return _push(clock.queue, timer)


cdef object _callback_or_default(TestClock clock, object callback):
    if callback is None:
        callback = clock._default_handler
    if callback is None:
        raise ValueError("invalid `callback`, must be given where no default handler is registered, was None")
    if not callable(callback):
        raise TypeError(f"invalid `callback`, must be callable, was {callback!r}")
    return callback


cdef class TimerQueue:
    """
    The simulated time and every timer of one world.

    Timers fire by due time, then creation order. Time never goes back.

    Parameters
    ----------
    ids : UUIDFactory, optional
        The seeded source of event ids; one of its own if None.

    """

    def __cinit__(self):
        self.now_ns = 0
        self.next_ns = UINT64_MAX
        self._heap = []

    def __init__(self, UUIDFactory ids=None):
        self._ids = ids if ids is not None else UUIDFactory()

    cdef int set_now_c(self, ts_t now_ns) except -1:
        if now_ns < self.now_ns:
            raise ValueError(
                f"invalid time, must not go back from {self.now_ns}, was {now_ns}: reset the queue to start over",
            )
        self.now_ns = now_ns
        return 0

    cdef UUID4 next_uuid_c(self):
        return (<UUIDFactory>self._ids).next_uuid()

    cdef bint fire_next_c(self, ts_t until) except? 0:
        cdef ts_t due = self.next_ns
        cdef TimeEvent event
        cdef object callback
        if due > until or due == UINT64_MAX:
            return False
        if due > self.now_ns:
            self.now_ns = due
        # One at a time: a callback may cancel a later timer of this timestamp, or add one
        while self.next_ns == due:
            callback = _top_callback(self)
            event = _pop_event(self)
            callback(event)
        return True

    cdef int reset_c(self) except -1:
        cdef _Timer timer
        cdef tuple entry
        for entry in self._heap:
            timer = <_Timer>entry[2]
            timer.active = False
            timer.clock._timers.clear()
        self._heap = []
        self._n_cancelled = 0
        self.now_ns = 0
        self.next_ns = UINT64_MAX
        return 0

    def set_now(self, uint64_t now_ns):
        """
        Set the time without firing anything.

        Parameters
        ----------
        now_ns : int
            UNIX nanoseconds.

        Raises
        ------
        ValueError
            If the time would go back.

        """
        self.set_now_c(now_ns)

    def fire_next(self, uint64_t until):
        """
        Run every callback due at the earliest due time, if that is at or before `until` (UNIX nanoseconds).

        Returns
        -------
        bool
            False if none was due.

        """
        return self.fire_next_c(until)

    def reset(self):
        """Set the time to zero and drop every timer of every clock on this queue."""
        self.reset_c()

    def _check(self):
        cdef _Timer timer
        cdef Py_ssize_t n_dead = 0
        cdef ts_t earliest = UINT64_MAX
        for entry in self._heap:
            timer = <_Timer>entry[2]
            if not timer.active:
                n_dead += 1
                continue
            assert timer.clock._timers[timer.name] is timer, timer.name
            assert timer.next_ns == entry[0], timer.name
            earliest = min(earliest, timer.next_ns)
        assert n_dead == self._n_cancelled, (n_dead, self._n_cancelled)
        assert earliest == self.next_ns, (earliest, self.next_ns)


cdef class Clock:
    """The base of all clocks: reads of the time, and the conversions of the timer methods."""

    cpdef uint64_t timestamp_ns(self):
        """Return the time in UNIX nanoseconds."""
        return self.queue.now_ns if self.queue is not None else 0

    def timestamp(self):
        """Return the time in UNIX seconds (float)."""
        return self.timestamp_ns() / 1e9

    def timestamp_ms(self):
        """Return the time in whole UNIX milliseconds."""
        return self.timestamp_ns() // _NS_PER_MS

    def timestamp_us(self):
        """Return the time in whole UNIX microseconds."""
        return self.timestamp_ns() // _NS_PER_US

    def utc_now(self):
        """Return the time as a `pandas.Timestamp` in UTC."""
        return unix_nanos_to_dt(self.timestamp_ns())

    def local_now(self, tz=None):
        """Return the time as a `pandas.Timestamp` in time zone `tz` (UTC if None)."""
        now = self.utc_now()
        return now if tz is None else now.tz_convert(tz)

    @property
    def timer_names(self):
        """The names of the live timers, in creation order."""
        return []

    @property
    def timer_count(self):
        """The number of live timers."""
        return 0

    def register_default_handler(self, handler):
        """Set the callback of timers that are set without one."""
        self._refuse("register_default_handler")

    def next_time_ns(self, str name not None):
        """Return when the timer is next due, UNIX nanoseconds (0 if there is no such timer)."""
        return 0

    def next_time(self, str name not None):
        """Return when the timer is next due as a `pandas.Timestamp` in UTC (None if there is no such timer)."""
        cdef object due_ns = self.next_time_ns(name)
        return unix_nanos_to_dt(due_ns) if due_ns else None

    def set_time_alert(self, str name not None, alert_time, callback=None, bint override=False, bint allow_past=True):
        """
        Call back once at `alert_time`.

        Parameters
        ----------
        name : str
            The name of the alert, unique on this clock.
        alert_time : datetime
            When it is due; UTC if naive.
        callback : Callable[[TimeEvent], None], optional
            Takes the event; the default handler if None.
        override : bool, default False
            If a timer of this name is replaced.
        allow_past : bool, default True
            If an alert in the past fires at once; otherwise it is refused.

        Raises
        ------
        KeyError
            If the name is taken and `override` is False.
        ValueError
            If the time is past and `allow_past` is False, or there is no callback and no default handler.

        """
        self.set_time_alert_ns(name, dt_to_unix_nanos(alert_time), callback, override, allow_past)

    def set_time_alert_ns(self, str name not None, alert_time_ns, callback=None, bint override=False,
                          bint allow_past=True):
        """Call back once at `alert_time_ns` (UNIX nanoseconds); see `set_time_alert`."""
        self._refuse("set_time_alert")

    def set_timer(self, str name not None, interval, start_time=None, stop_time=None, callback=None,
                  bint allow_past=True, bint fire_immediately=False):
        """
        Call back at `start_time + interval`, `start_time + 2 * interval`, ... up to and including `stop_time`.

        Parameters
        ----------
        name : str
            The name of the timer, unique on this clock.
        interval : timedelta
            The time between events, positive.
        start_time : datetime, optional
            The origin of the grid; now if None. Grid points before now are skipped.
        stop_time : datetime, optional
            The last time at which it may fire.
        callback : Callable[[TimeEvent], None], optional
            Takes the events; the default handler if None.
        allow_past : bool, default True
            If the first grid point may lie in the past; otherwise it is refused.
        fire_immediately : bool, default False
            If the first event is at `start_time` itself.

        Raises
        ------
        KeyError
            If the name is taken.
        ValueError
            If the interval is not positive, no event fits before `stop_time`, or there is no callback.

        """
        self.set_timer_ns(
            name,
            _delta_to_ns(interval),
            None if start_time is None else dt_to_unix_nanos(start_time),
            None if stop_time is None else dt_to_unix_nanos(stop_time),
            callback,
            allow_past,
            fire_immediately,
        )

    def set_timer_ns(self, str name not None, interval_ns, start_time_ns=None, stop_time_ns=None, callback=None,
                     bint allow_past=True, bint fire_immediately=False):
        """Call back at regular intervals, all times in nanoseconds; see `set_timer`."""
        self._refuse("set_timer")

    def cancel_timer(self, str name not None):
        """Cancel the timer `name`; KeyError if there is none."""
        self._refuse("cancel_timer")

    def cancel_timers(self):
        """Cancel every timer of this clock."""

    def _refuse(self, what):
        raise NotImplementedError(
            f"`{what}` needs simulated time, was called on {type(self).__name__}: use a TestClock",
        )


cdef class TestClock(Clock):
    """
    A clock of simulated time.

    Parameters
    ----------
    queue : TimerQueue, optional
        The time to share with other clocks; a queue of its own if None.

    """

    __test__ = False   # not a test case, whatever its name suggests to pytest

    def __cinit__(self, TimerQueue queue=None):
        self.queue = queue if queue is not None else TimerQueue()
        self._timers = {}

    cpdef uint64_t timestamp_ns(self):
        return self.queue.now_ns

    @property
    def timer_names(self):
        return list(self._timers)

    @property
    def timer_count(self):
        return len(self._timers)

    def register_default_handler(self, handler not None):
        if not callable(handler):
            raise TypeError(f"invalid `handler`, must be callable, was {handler!r}")
        self._default_handler = handler

    def next_time_ns(self, str name not None):
        cdef _Timer timer = self._timers.get(name)
        return 0 if timer is None else timer.next_ns

    def set_time(self, uint64_t to_time_ns):
        """
        Set the time without firing timers.

        Parameters
        ----------
        to_time_ns : int
            UNIX nanoseconds, not before the present time.

        """
        self.queue.set_now_c(to_time_ns)

    def advance_time(self, uint64_t to_time_ns, bint set_time=True):
        """
        Advance the time and return, unhandled, every event that falls due on the way, in order.

        The timers of every clock that shares this clock's queue advance with it.

        Parameters
        ----------
        to_time_ns : int
            UNIX nanoseconds, not before the present time.
        set_time : bool, default True
            If the clock is set to `to_time_ns`.

        Returns
        -------
        list[TimeEventHandler]

        """
        cdef TimerQueue queue = self.queue
        cdef list handlers = []
        cdef object callback
        if to_time_ns < queue.now_ns:
            raise ValueError(f"invalid `to_time_ns`, must be >= {queue.now_ns}, was {to_time_ns}")
        while queue.next_ns <= to_time_ns and queue.next_ns != UINT64_MAX:
            callback = _top_callback(queue)
            handlers.append(TimeEventHandler(_pop_event(queue), callback))
        if set_time:
            queue.set_now_c(to_time_ns)
        return handlers

    def set_time_alert_ns(self, str name not None, alert_time_ns, callback=None, bint override=False,
                          bint allow_past=True):
        cdef object now_ns = self.queue.now_ns
        if not name:
            raise ValueError("invalid `name`, must not be empty")
        if name in self._timers and not override:
            raise KeyError(f"timer {name!r} exists already: cancel it, or pass override=True")
        if alert_time_ns < now_ns:
            if not allow_past:
                raise ValueError(f"invalid `alert_time_ns`, must be >= {now_ns} (now), was {alert_time_ns}")
            alert_time_ns = now_ns
        callback = _callback_or_default(self, callback)
        if name in self._timers:
            self.cancel_timer(name)
        _add_timer(self, name, callback, alert_time_ns, 0, UINT64_MAX)

    def set_timer_ns(self, str name not None, interval_ns, start_time_ns=None, stop_time_ns=None, callback=None,
                     bint allow_past=True, bint fire_immediately=False):
        cdef object now_ns = self.queue.now_ns
        cdef object start_ns
        cdef object first_ns
        if not name:
            raise ValueError("invalid `name`, must not be empty")
        if name in self._timers:
            raise KeyError(f"timer {name!r} exists already: cancel it first")
        if interval_ns <= 0:
            raise ValueError(f"invalid `interval_ns`, must be > 0, was {interval_ns}")
        start_ns = now_ns if not start_time_ns else start_time_ns
        first_ns = start_ns if fire_immediately else start_ns + interval_ns
        if first_ns < now_ns:
            if not allow_past:
                raise ValueError(f"invalid `start_time_ns`, first event must be >= {now_ns} (now), was {first_ns}")
            first_ns += -(-(now_ns - first_ns) // interval_ns) * interval_ns
        if stop_time_ns and first_ns > stop_time_ns:
            raise ValueError(f"invalid `stop_time_ns`, must be >= {first_ns} (the first event), was {stop_time_ns}")
        _add_timer(self, name, _callback_or_default(self, callback), first_ns, interval_ns, stop_time_ns or UINT64_MAX)

    def cancel_timer(self, str name not None):
        cdef _Timer timer = self._timers.pop(name, None)
        if timer is None:
            raise KeyError(f"no timer {name!r}, live timers are {list(self._timers)}")
        _cancel(self.queue, timer)

    def cancel_timers(self):
        cdef _Timer timer
        cdef list timers = list(self._timers.values())
        self._timers.clear()
        for timer in timers:
            _cancel(self.queue, timer)


cdef class LiveClock(Clock):
    """Wall time, to stamp what happens outside a simulation; it has no timers."""

    cpdef uint64_t timestamp_ns(self):
        return time.time_ns()
