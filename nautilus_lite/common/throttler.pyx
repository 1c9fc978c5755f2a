"""Limits the rate of messages."""
from collections import deque
from datetime import timedelta

from libc.stdint cimport uint64_t
from libc.stdlib cimport calloc
from libc.stdlib cimport free
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.core.typedefs cimport ts_t


cdef class Throttler:
    """
    Lets at most `limit` messages through in any window of `interval`.

    The window slides: message n goes out no earlier than `interval` after message n - `limit`. What exceeds it goes to
    `output_drop`; without one it waits and is sent later, in order, by alerts of the clock.

    Parameters
    ----------
    name : str
        The name, unique on the clock.
    limit : int
        The most messages in a window, > 0.
    interval : timedelta
        The length of the window, positive.
    clock : Clock
        The clock.
    output_send : Callable[[Any], None]
        Takes the messages that may go.
    output_drop : Callable[[Any], None], optional
        Takes the messages that may not.

    """

    def __cinit__(self):
        self._times = NULL

    def __init__(self, str name not None, int limit, interval not None, Clock clock not None, output_send not None,
                 output_drop=None):
        if limit <= 0:
            raise ValueError(f"invalid `limit`, must be > 0, was {limit}")
        if not isinstance(interval, timedelta):
            raise TypeError(f"invalid `interval`, must be a timedelta, was {interval!r}")
        if interval <= timedelta(0):
            raise ValueError(f"invalid `interval`, must be positive, was {interval}")
        if not callable(output_send):
            raise TypeError(f"invalid `output_send`, must be callable, was {output_send!r}")
        if output_drop is not None and not callable(output_drop):
            raise TypeError(f"invalid `output_drop`, must be callable, was {output_drop!r}")
        self.name = name
        self.limit = limit
        self.interval_ns = ((interval.days * 86_400 + interval.seconds) * 1_000_000 + interval.microseconds) * 1_000
        self._clock = clock
        self._output_send = output_send
        self._output_drop = output_drop
        self._buffer = deque()
        self._alert_name = f"{name}-THROTTLER"
        self._log = Logger(f"Throttler-{name}", clock)
        free(self._times)
        self._times = <ts_t*>calloc(limit, sizeof(ts_t))
        if self._times == NULL:
            raise MemoryError()
        self._head = 0
        self._n_times = 0

    def __dealloc__(self):
        free(self._times)

    @property
    def interval(self):
        """The length of the window (`timedelta`)."""
        return timedelta(microseconds=self.interval_ns // 1_000)

    @property
    def qsize(self):
        """The number of messages that wait."""
        return len(self._buffer)

    @property
    def used(self):
        """The fraction of the limit used up in the window that ends now, 0 to 1."""
        cdef ts_t now_ns = self._clock.timestamp_ns()
        cdef Py_ssize_t n = 0
        cdef Py_ssize_t i
        for i in range(<Py_ssize_t>min(self._n_times, <uint64_t>self.limit)):
            if now_ns < self._times[i] + self.interval_ns:
                n += 1
        return n / <double>self.limit

    cdef bint pass_c(self) except? 0:
        cdef ts_t now_ns = self._clock.timestamp_ns()
        if self._buffer or not self.is_free_c(now_ns):
            return False
        self.recv_count += 1
        self.is_limiting = False
        self._note_c(now_ns)
        return True

    cpdef int send(self, object message) except -1:
        """
        Send `message` now if the limit allows it, else drop it or let it wait.

        Parameters
        ----------
        message : Any
            The message.

        """
        cdef ts_t now_ns = self._clock.timestamp_ns()
        self.recv_count += 1
        if not self._buffer and self.is_free_c(now_ns):
            self.is_limiting = False
            return self.send_now_c(message, now_ns)
        if not self.is_limiting:
            self.is_limiting = True
            if self._log.is_info:
                self._log.info(f"limiting to {self.limit} messages in {self.interval}")
        if self._output_drop is not None:
            self._output_drop(message)
            return 0
        self._buffer.append(message)
        if len(self._buffer) == 1:
            self.schedule_c()
        return 0

    def reset(self):
        """Forget what was sent and what waits, and set the counters to zero."""
        if self._alert_name in self._clock.timer_names:
            self._clock.cancel_timer(self._alert_name)
        self._buffer.clear()
        self._head = 0
        self._n_times = 0
        self.recv_count = 0
        self.sent_count = 0
        self.is_limiting = False

    cdef bint is_free_c(self, ts_t now_ns) noexcept:
        # The slot of the next write holds the send time `limit` messages ago
        return self._n_times < <uint64_t>self.limit or now_ns - self._times[self._head] >= self.interval_ns

    cdef void _note_c(self, ts_t now_ns) noexcept:
        self._times[self._head] = now_ns
        self._head += 1
        if self._head == self.limit:
            self._head = 0
        self._n_times += 1
        self.sent_count += 1

    cdef int send_now_c(self, object message, ts_t now_ns) except -1:
        self._note_c(now_ns)
        self._output_send(message)
        return 0

    cdef int schedule_c(self) except -1:
        self._clock.set_time_alert_ns(
            self._alert_name,
            self._times[self._head] + self.interval_ns,
            self._on_alert,
            override=True,
        )
        return 0

    def _on_alert(self, event):
        cdef ts_t now_ns = self._clock.timestamp_ns()
        while self._buffer and self.is_free_c(now_ns):
            self.send_now_c(self._buffer.popleft(), now_ns)
        if self._buffer:
            self.schedule_c()
        else:
            self.is_limiting = False

    def __repr__(self):
        return f"Throttler(name={self.name}, limit={self.limit}, interval={self.interval})"
