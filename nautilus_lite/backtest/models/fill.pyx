"""Chance in simulated fills: whether a touched limit order fills, and whether a market order slips."""

from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.core.rng cimport rng_double
from nautilus_lite.core.rng cimport rng_seed
from nautilus_lite.core.rng cimport rng_splitmix
from nautilus_lite.core.text cimport text_key
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration

# Seed of a model without one: runs repeat unless asked otherwise
cdef uint64_t DEFAULT_SEED = 42

cdef enum:
    LIMIT_DRAW = 1
    SLIP_DRAW = 2


cdef class FillModel:
    """Probabilistic fills with a random generator of its own.

    Parameters
    ----------
    prob_fill_on_limit : float, default 1.0
        Probability in [0, 1] that a resting limit order fills when the opposite touch stands at its price. Drawn once
        per order and visit of the level; drawn again only after the touch left the price.
    prob_slippage : float, default 0.0
        Probability in [0, 1] that a market or triggered stop-market order on an L1 book slips one tick.
    random_seed : int, optional
        Seed of the generator, 0 to 2^64 - 1. None means a fixed seed: two runs give the same draws.

    Raises
    ------
    InvalidConfiguration
        If a probability or the seed is outside its range.

    Notes
    -----
    Assumptions: a draw does not depend on flow, queue or volatility, so adverse selection of passive fills is
    understated. Subclasses override `is_limit_filled` or `is_slipped` in Python; `draw` gives them the model's generator.

    The venue starts the generator anew for every decision, at a place given by the seed, the order's id, its price and
    how often its price was visited. Draws elsewhere, other orders and instruments, or a reset change no decision; worlds
    that are compared share their random numbers; a changed quantity does not draw again.
    """

    def __cinit__(self, *args, **kwargs):
        self.prob_fill_on_limit = 1.0
        self.prob_slippage = 0.0
        self._python_limit = type(self).is_limit_filled is not FillModel.is_limit_filled
        self._python_slip = type(self).is_slipped is not FillModel.is_slipped
        rng_seed(&self._rng, DEFAULT_SEED)

    def __init__(self, double prob_fill_on_limit=1.0, double prob_slippage=0.0, random_seed=None):
        if not 0.0 <= prob_fill_on_limit <= 1.0:
            raise InvalidConfiguration(f"invalid `prob_fill_on_limit`, must be in [0, 1], was {prob_fill_on_limit}")
        if not 0.0 <= prob_slippage <= 1.0:
            raise InvalidConfiguration(f"invalid `prob_slippage`, must be in [0, 1], was {prob_slippage}")
        if random_seed is not None and not 0 <= random_seed < 2**64:
            raise InvalidConfiguration(f"invalid `random_seed`, must be in [0, 2^64), was {random_seed}")
        self.prob_fill_on_limit = prob_fill_on_limit
        self.prob_slippage = prob_slippage
        self.random_seed = random_seed
        self.reset()

    def __repr__(self):
        return (
            f"{type(self).__name__}(prob_fill_on_limit={self.prob_fill_on_limit}, "
            f"prob_slippage={self.prob_slippage}, random_seed={self.random_seed})"
        )

    def reset(self):
        """Put the generator back to its seed."""
        rng_seed(&self._rng, DEFAULT_SEED if self.random_seed is None else <uint64_t>self.random_seed)

    def draw(self, double probability):
        """Return True with the given probability in [0, 1]; 0 and 1 take no random number."""
        return self._draw_c(probability)

    def is_limit_filled(self):
        """Return whether a limit order whose price is touched fills. Override in a subclass."""
        return self._draw_c(self.prob_fill_on_limit)

    def is_slipped(self):
        """Return whether a market order slips one tick. Override in a subclass."""
        return self._draw_c(self.prob_slippage)

    cdef bint is_limit_filled_c(self, Order order, uint64_t nth) except? 0:
        if not self._python_limit and (self.prob_fill_on_limit <= 0.0 or self.prob_fill_on_limit >= 1.0):
            return self.prob_fill_on_limit >= 1.0
        self.key_c(order, LIMIT_DRAW, order.price_raw, nth)
        return bool(self.is_limit_filled()) if self._python_limit else self._draw_c(self.prob_fill_on_limit)

    cdef bint is_slipped_c(self, Order order) except? 0:
        if not self._python_slip and (self.prob_slippage <= 0.0 or self.prob_slippage >= 1.0):
            return self.prob_slippage >= 1.0
        self.key_c(order, SLIP_DRAW, order.filled_raw, 0)
        return bool(self.is_slipped()) if self._python_slip else self._draw_c(self.prob_slippage)

    cdef int key_c(self, Order order, uint64_t kind, int64_t where, uint64_t nth) except -1:
        """Start the generator at the place that belongs to one decision about one order."""
        cdef uint64_t state = DEFAULT_SEED if self.random_seed is None else <uint64_t>self.random_seed
        state = rng_splitmix(&state) ^ text_key(order.client_order_id.value)
        state = rng_splitmix(&state) ^ kind
        state = rng_splitmix(&state) ^ <uint64_t>where
        state = rng_splitmix(&state) ^ nth
        rng_seed(&self._rng, state)
        return 0

    cdef bint _draw_c(self, double probability) noexcept:
        if probability <= 0.0:
            return False
        return probability >= 1.0 or rng_double(&self._rng) < probability
