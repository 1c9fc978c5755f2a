"""Latencies drawn from a distribution, one draw a command or answer.

References
----------
Normal numbers: Box and Muller (1958). Gamma numbers: Marsaglia and Tsang, "A simple method for generating gamma
variables" (2000), which below a shape of one takes shape + 1 and multiplies by a power of a uniform number.
"""

from libc.math cimport M_PI
from libc.math cimport cos
from libc.math cimport exp
from libc.math cimport log
from libc.math cimport pow as power
from libc.math cimport rint
from libc.math cimport sqrt

from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.core.rng cimport rng_double
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent

from nautilus_lite.errors import InvalidConfiguration

cdef double MAX_DRAW = 1e18


cdef double _positive(str name, value) except? -1.0:
    number = float(value)
    if not 0.0 < number <= MAX_DRAW:
        raise InvalidConfiguration(f"invalid `{name}`, must be in (0, 10^18], was {value}")
    return number


cdef double _not_negative(str name, value) except? -1.0:
    number = float(value)
    if not 0.0 <= number <= MAX_DRAW:
        raise InvalidConfiguration(f"invalid `{name}`, must be in [0, 10^18], was {value}")
    return number


cdef ts_t _whole(ts_t constant, double drawn) noexcept:
    # NaN compares False and counts as the longest
    return constant + <ts_t>(rint(drawn) if drawn < MAX_DRAW else MAX_DRAW)


cdef class DrawnLatencyModel(LatencyModel):
    """Base of models that draw: the constant latency of the kind plus one draw for each command and answer.

    Parameters
    ----------
    minimum_nanos : int
        The least time to the venue (ns); `base_latency_nanos` of the constant model.
    insert_latency_nanos, update_latency_nanos, cancel_latency_nanos : int
        Added to the minimum by kind of command (ns).
    response_minimum_nanos : int
        The least time of an answer (ns).
    feed_latency_nanos : int
        As of `LatencyModel`.
    in_order : bool
        As of `LatencyModel`.
    random_seed : int, optional
        Seed of the draws, 0 to 2^64 - 1. None means a fixed seed.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    A compiled subclass overrides `sample_c`. A draw belongs to the order, the kind of command or event, and its number
    among the events of the order: other orders, instruments or runs do not change it.

    Assumptions: latencies are independent of each other and of the market. Real ones come in bursts, and the longest come
    when the market moves most.
    """

    def __init__(self, minimum_nanos, insert_latency_nanos, update_latency_nanos, cancel_latency_nanos,
                 response_minimum_nanos, feed_latency_nanos, bint in_order, random_seed):
        super().__init__(
            minimum_nanos, insert_latency_nanos, update_latency_nanos, cancel_latency_nanos, response_minimum_nanos,
            feed_latency_nanos, in_order,
        )
        if random_seed is not None and not 0 <= random_seed < 2**64:
            raise InvalidConfiguration(f"invalid `random_seed`, must be in [0, 2^64), was {random_seed}")
        self.random_seed = random_seed
        self.draws = True

    cdef ts_t native_entry_c(self, TradingCommand command, ts_t ts_now) except? 0:
        return _whole(self.command_latency_c(command.kind), self.sample_c(False))

    cdef ts_t native_response_c(self, OrderEvent event, ts_t ts_now) except? 0:
        return _whole(self.response_latency_nanos, self.sample_c(True))

    cdef double sample_c(self, bint is_response) noexcept:
        return 0.0

    cdef double normal_c(self) noexcept:
        cdef double radius = sqrt(-2.0 * log(1.0 - rng_double(&self._rng)))
        return radius * cos(2.0 * M_PI * rng_double(&self._rng))

    cdef double gamma_c(self, double shape) noexcept:
        cdef double boost = 1.0
        cdef double d, c, x, v, u
        if shape < 1.0:
            boost = power(1.0 - rng_double(&self._rng), 1.0 / shape)
            shape += 1.0
        d = shape - 1.0 / 3.0
        c = 1.0 / sqrt(9.0 * d)
        while True:
            x = self.normal_c()
            v = 1.0 + c * x
            if v <= 0.0:
                continue
            v = v * v * v
            u = 1.0 - rng_double(&self._rng)
            if log(u) < 0.5 * x * x + d - d * v + d * log(v):
                return boost * d * v

    def _rest_of_repr(self):
        return (
            f"minimum_nanos={self.base_latency_nanos}, "
            f"insert_latency_nanos={self.insert_latency_nanos - self.base_latency_nanos}, "
            f"update_latency_nanos={self.update_latency_nanos - self.base_latency_nanos}, "
            f"cancel_latency_nanos={self.cancel_latency_nanos - self.base_latency_nanos}, "
            f"response_minimum_nanos={self.response_latency_nanos}, feed_latency_nanos={self.feed_latency_nanos}, "
            f"in_order={bool(self.in_order)}, random_seed={self.random_seed}"
        )


cdef class LogNormalLatencyModel(DrawnLatencyModel):
    """A minimum, and a log-normal number on top: most are near the median, a few take many times as long.

    Parameters
    ----------
    median_nanos : float
        Median of the draw to the venue (ns), positive; half of all commands take longer than minimum + median.
    sigma : float
        Standard deviation of the draw's logarithm, not negative; with 0.5 one in forty takes 2.7 times the median.
    minimum_nanos : int, default 0
        The least time to the venue (ns).
    response_median_nanos : float, default 0
        As `median_nanos`, of the venue's answers; 0 draws nothing for them.
    response_sigma : float, optional
        As `sigma`, of the venue's answers; None takes `sigma`.
    response_minimum_nanos : int, default 0
        The least time of an answer (ns).
    insert_latency_nanos, update_latency_nanos, cancel_latency_nanos : int, default 0
        Added by kind of command (ns).
    feed_latency_nanos : int, default 0
        As of `LatencyModel`.
    in_order : bool, default True
        A command never arrives before one that was sent earlier to the same venue, as on one connection.
    random_seed : int, optional
        Seed of the draws, 0 to 2^64 - 1. None means a fixed seed.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    Assumptions: as of `DrawnLatencyModel`: independent of each other and of the market.
    """

    def __init__(
        self,
        median_nanos,
        sigma,
        minimum_nanos=0,
        response_median_nanos=0,
        response_sigma=None,
        response_minimum_nanos=0,
        insert_latency_nanos=0,
        update_latency_nanos=0,
        cancel_latency_nanos=0,
        feed_latency_nanos=0,
        bint in_order=True,
        random_seed=None,
    ):
        super().__init__(
            minimum_nanos, insert_latency_nanos, update_latency_nanos, cancel_latency_nanos, response_minimum_nanos,
            feed_latency_nanos, in_order, random_seed,
        )
        self.median_nanos = _positive("median_nanos", median_nanos)
        self.sigma = _not_negative("sigma", sigma)
        self.response_median_nanos = _not_negative("response_median_nanos", response_median_nanos)
        self.response_sigma = self.sigma if response_sigma is None else _not_negative("response_sigma", response_sigma)
        self.responds = self.responds or self.response_median_nanos > 0.0

    def __repr__(self):
        return (
            f"{type(self).__name__}(median_nanos={self.median_nanos}, sigma={self.sigma}, "
            f"response_median_nanos={self.response_median_nanos}, response_sigma={self.response_sigma}, "
            f"{self._rest_of_repr()})"
        )

    cdef double sample_c(self, bint is_response) noexcept:
        if not is_response:
            return self.median_nanos * exp(self.sigma * self.normal_c())
        if self.response_median_nanos == 0.0:
            return 0.0
        return self.response_median_nanos * exp(self.response_sigma * self.normal_c())


cdef class GammaLatencyModel(DrawnLatencyModel):
    """A minimum, and a gamma number on top: the sum of `shape` waits of mean `scale_nanos` each.

    Parameters
    ----------
    shape : float
        Positive; 1 is the exponential distribution, larger ones are closer to their mean.
    scale_nanos : float
        Positive (ns); the draw has mean shape x scale and variance shape x scale^2.
    minimum_nanos : int, default 0
        The least time to the venue (ns).
    response_shape : float, optional
        As `shape`, of the venue's answers; None takes `shape`.
    response_scale_nanos : float, default 0
        As `scale_nanos`, of the venue's answers; 0 draws nothing for them.
    response_minimum_nanos : int, default 0
        The least time of an answer (ns).
    insert_latency_nanos, update_latency_nanos, cancel_latency_nanos : int, default 0
        Added by kind of command (ns).
    feed_latency_nanos : int, default 0
        As of `LatencyModel`.
    in_order : bool, default True
        A command never arrives before one that was sent earlier to the same venue, as on one connection.
    random_seed : int, optional
        Seed of the draws, 0 to 2^64 - 1. None means a fixed seed.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    Assumptions: as of `DrawnLatencyModel`: independent of each other and of the market.
    """

    def __init__(
        self,
        shape,
        scale_nanos,
        minimum_nanos=0,
        response_shape=None,
        response_scale_nanos=0,
        response_minimum_nanos=0,
        insert_latency_nanos=0,
        update_latency_nanos=0,
        cancel_latency_nanos=0,
        feed_latency_nanos=0,
        bint in_order=True,
        random_seed=None,
    ):
        super().__init__(
            minimum_nanos, insert_latency_nanos, update_latency_nanos, cancel_latency_nanos, response_minimum_nanos,
            feed_latency_nanos, in_order, random_seed,
        )
        self.shape = _positive("shape", shape)
        self.scale_nanos = _positive("scale_nanos", scale_nanos)
        self.response_shape = self.shape if response_shape is None else _positive("response_shape", response_shape)
        self.response_scale_nanos = _not_negative("response_scale_nanos", response_scale_nanos)
        self.responds = self.responds or self.response_scale_nanos > 0.0

    def __repr__(self):
        return (
            f"{type(self).__name__}(shape={self.shape}, scale_nanos={self.scale_nanos}, "
            f"response_shape={self.response_shape}, response_scale_nanos={self.response_scale_nanos}, "
            f"{self._rest_of_repr()})"
        )

    cdef double sample_c(self, bint is_response) noexcept:
        if not is_response:
            return self.scale_nanos * self.gamma_c(self.shape)
        if self.response_scale_nanos == 0.0:
            return 0.0
        return self.response_scale_nanos * self.gamma_c(self.response_shape)
