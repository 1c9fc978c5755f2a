"""Time on the way: a command's to the venue (entry), an answer's from it (response).

A draw starts the generator at a place given by the model's seed and a key of venue, order, kind and number of event: draws
elsewhere change nothing, and worlds that are compared share theirs.
"""

from libc.stdint cimport uint64_t

from nautilus_lite.core.rng cimport rng_double
from nautilus_lite.core.rng cimport rng_seed
from nautilus_lite.core.rng cimport rng_splitmix
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent

from nautilus_lite.errors import InvalidConfiguration

cdef object MAX_LATENCY = 10**18      # over thirty years; keeps sums of times inside 64 bits
# Seed of a model without one: runs repeat unless asked otherwise
cdef uint64_t DEFAULT_SEED = 42


cdef uint64_t latency_key(uint64_t venue_key, uint64_t order_key, uint64_t kind, uint64_t nth) noexcept:
    cdef uint64_t state = venue_key
    state = rng_splitmix(&state) ^ order_key
    state = rng_splitmix(&state) ^ kind
    return rng_splitmix(&state) ^ nth


cdef class LatencyModel:
    """Constant latency per kind of command, and of the answers.

    Parameters
    ----------
    base_latency_nanos : int, default 1_000_000
        Added to each of the three that follow (ns).
    insert_latency_nanos : int, default 0
        New orders (ns). The attribute of the same name includes the base.
    update_latency_nanos : int, default 0
        Modifications (ns).
    cancel_latency_nanos : int, default 0
        Cancellations (ns).
    response_latency_nanos : int, default 0
        The venue's answers: acceptance, fills, rejections, ... (ns); the base is not added.
    feed_latency_nanos : int, default 0
        Market data reaches strategies so much later than its `ts_init` says (ns).
    in_order : bool, default False
        A command never arrives before one that was sent earlier to the same venue, as on one connection. False takes
        the latencies at their word: a quick cancellation overtakes a slow order, and is rejected.

    Raises
    ------
    InvalidConfiguration
        If a latency is negative or longer than 10^18 ns.

    Notes
    -----
    A subclass in Python overrides `entry_latency` or `response_latency`; `uniform` gives it random numbers that belong to
    the command or event alone.

    Assumptions: latency never varies. Real latency grows when markets move, so fast markets look kinder than they are.
    """

    def __cinit__(self, *args, **kwargs):
        self._python_entry = type(self).entry_latency is not LatencyModel.entry_latency
        self._python_response = type(self).response_latency is not LatencyModel.response_latency
        self.draws = self._python_entry or self._python_response
        self.responds = self._python_response
        rng_seed(&self._rng, DEFAULT_SEED)

    def __init__(
        self,
        base_latency_nanos=1_000_000,
        insert_latency_nanos=0,
        update_latency_nanos=0,
        cancel_latency_nanos=0,
        response_latency_nanos=0,
        feed_latency_nanos=0,
        bint in_order=False,
    ):
        for name, value in (
            ("base_latency_nanos", base_latency_nanos),
            ("insert_latency_nanos", insert_latency_nanos),
            ("update_latency_nanos", update_latency_nanos),
            ("cancel_latency_nanos", cancel_latency_nanos),
            ("response_latency_nanos", response_latency_nanos),
            ("feed_latency_nanos", feed_latency_nanos),
        ):
            if not 0 <= value <= MAX_LATENCY:
                raise InvalidConfiguration(f"invalid `{name}`, must be in [0, 10^18] ns, was {value}")
        self.base_latency_nanos = base_latency_nanos
        self.insert_latency_nanos = base_latency_nanos + insert_latency_nanos
        self.update_latency_nanos = base_latency_nanos + update_latency_nanos
        self.cancel_latency_nanos = base_latency_nanos + cancel_latency_nanos
        self.response_latency_nanos = response_latency_nanos
        self.feed_latency_nanos = feed_latency_nanos
        self.in_order = in_order
        self.responds = self._python_response or response_latency_nanos > 0

    def __repr__(self):
        return (
            f"{type(self).__name__}(base_latency_nanos={self.base_latency_nanos}, "
            f"insert_latency_nanos={self.insert_latency_nanos}, update_latency_nanos={self.update_latency_nanos}, "
            f"cancel_latency_nanos={self.cancel_latency_nanos}, response_latency_nanos={self.response_latency_nanos}, "
            f"feed_latency_nanos={self.feed_latency_nanos}, in_order={bool(self.in_order)})"
        )

    def reset(self):
        """Forget what earlier runs left; the models here keep nothing that a run could see."""
        rng_seed(&self._rng, DEFAULT_SEED)

    cdef ts_t command_latency_c(self, int command_kind) noexcept:
        if command_kind == CommandKind.SUBMIT_ORDER or command_kind == CommandKind.SUBMIT_ORDER_LIST:
            return self.insert_latency_nanos
        if command_kind == CommandKind.MODIFY_ORDER:
            return self.update_latency_nanos
        return self.cancel_latency_nanos

    def command_latency(self, int command_kind):
        """Return the constant latency (ns) of a `CommandKind`."""
        return self.command_latency_c(command_kind)

    def uniform(self):
        """Return the next random number in [0, 1) of the command or event that is being timed."""
        return rng_double(&self._rng)

    def entry_latency(self, TradingCommand command not None, uint64_t ts_now):
        """Return how long a command sent at `ts_now` is on its way to the venue (ns). Override in a subclass."""
        return self.native_entry_c(command, ts_now)

    def response_latency(self, OrderEvent event not None, uint64_t ts_now):
        """Return how long the venue's event of `ts_now` is on its way back (ns). Override in a subclass."""
        return self.native_response_c(event, ts_now)

    cdef ts_t entry_c(self, TradingCommand command, uint64_t key, ts_t ts_now) except? 0:
        if self.draws:
            self.key_c(key)
        if not self._python_entry:
            return self.native_entry_c(command, ts_now)
        return self._checked("entry_latency", self.entry_latency(command, ts_now))

    cdef ts_t response_c(self, OrderEvent event, uint64_t key, ts_t ts_now) except? 0:
        if not self.responds:
            return 0
        if self.draws:
            self.key_c(key)
        if not self._python_response:
            return self.native_response_c(event, ts_now)
        return self._checked("response_latency", self.response_latency(event, ts_now))

    cdef ts_t native_entry_c(self, TradingCommand command, ts_t ts_now) except? 0:
        return self.command_latency_c(command.kind)

    cdef ts_t native_response_c(self, OrderEvent event, ts_t ts_now) except? 0:
        return self.response_latency_nanos

    cdef int key_c(self, uint64_t key) except -1:
        cdef uint64_t state = DEFAULT_SEED if self.random_seed is None else <uint64_t>self.random_seed
        rng_seed(&self._rng, rng_splitmix(&state) ^ key)
        return 0

    def _checked(self, name, value):
        if not isinstance(value, int) or not 0 <= value <= MAX_LATENCY:
            raise ValueError(
                f"`{type(self).__name__}.{name}` must return whole nanoseconds in [0, 10^18], returned {value!r}"
            )
        return value
