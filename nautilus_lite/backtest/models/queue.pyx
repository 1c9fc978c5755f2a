"""Queue position of resting limit orders: how much must trade at their price before it is their turn.

A new order stands behind everything that its level shows. Trades at the price take from the front. Where a level shrinks
without a trade somebody cancelled, ahead of the order or behind it: the models here differ in whom they blame.

With `front` ahead of the order, `back = before - front` behind it and a decrease of `d`, a probability model says that a
cancelled unit stood behind with probability p, so that

    front' = front - (1 - p) d + min(back - p d, 0),    at least 0, at most the new size, rounded up to a raw unit

The last term sends to the front what the back cannot have lost. p grows with what is behind:

    power n      back^n / (back^n + front^n)
    power 2      back^n / (back + front)^n
    power 3      1 - (front / (front + back))^n
    log          log(1 + back) / (log(1 + back) + log(1 + front))
    log 2        log(1 + back) / log(1 + back + front)

Sources: Rigtorp, "Estimating order queue position" (2013), and the queue models that hftbacktest documents.
"""

from libc.math cimport ceil
from libc.math cimport log1p
from libc.math cimport pow as power

from nautilus_lite.core.typedefs cimport qty_raw_t

from nautilus_lite.errors import InvalidConfiguration


cdef class QueueModel:
    """Base of queue models; itself the most careful one: every cancel was behind the order.

    Notes
    -----
    A subclass in Python overrides `ahead_after`. Assumptions of all of them: the level shows everybody (no hidden size),
    own orders are not in the data, and what trades at a price is reported by trades before, or with, the book's change;
    where the book changes first, a trade counts twice. Sizes are those of the instrument's book, an L1 book tells of its
    best level only: an order behind it joins the queue when the touch comes to its price.
    """

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_RISK_AVERSE
        self.rule.exponent = 1.0
        self.rule.is_python = type(self).ahead_after is not QueueModel.ahead_after
        self.rule.failed = False
        self.rule.model = <void*>self
        self.error = None

    def __repr__(self):
        return f"{type(self).__name__}()"

    cdef int raise_c(self) except -1:
        error = self.error
        self.error = None
        self.rule.failed = False
        raise error

    def ahead_after(self, qty_raw_t ahead, qty_raw_t before, qty_raw_t after):
        """Return what stands ahead of an order after its level shrank without a trade. Override in a subclass.

        Parameters
        ----------
        ahead : int
            Ahead of the order until now, in raw units (10^-size_precision).
        before, after : int
            Size of the level before and after, `after < before`.

        Returns
        -------
        int
            Taken to lie in [0, after].
        """
        if not 0 <= ahead <= before or not 0 <= after < before:
            raise ValueError(f"must be 0 <= ahead <= before and 0 <= after < before, was {ahead}, {before}, {after}")
        return _ahead_after(&self.rule, ahead, before, after)


cdef class RiskAverseQueueModel(QueueModel):
    """Nobody ahead ever cancels: the order advances by trades, and where the level becomes smaller than its queue."""


cdef class PowerProbQueueModel(QueueModel):
    """Cancels are behind the order with probability back^n / (back^n + front^n).

    Parameters
    ----------
    n : float, default 1.0
        Exponent, positive. At 1 a cancel is anybody's with equal chance; the larger, the more often that of the bigger part.

    Raises
    ------
    InvalidConfiguration
        If `n` is not a positive number.
    """

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_POWER

    def __init__(self, double n=1.0):
        if not 0.0 < n < 1e6:
            raise InvalidConfiguration(f"invalid `n`, must be positive, was {n}")
        self.rule.exponent = n

    def __repr__(self):
        return f"{type(self).__name__}(n={self.rule.exponent})"


cdef class PowerProbQueueModel2(PowerProbQueueModel):
    """Cancels are behind the order with probability back^n / (back + front)^n."""

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_POWER_2


cdef class PowerProbQueueModel3(PowerProbQueueModel):
    """Cancels are behind the order with probability 1 - (front / (front + back))^n."""

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_POWER_3


cdef class LogProbQueueModel(QueueModel):
    """Cancels are behind the order with probability log(1 + back) / (log(1 + back) + log(1 + front)).

    Notes
    -----
    Depends on the unit of size, here raw units (10^-size_precision).
    """

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_LOG


cdef class LogProbQueueModel2(LogProbQueueModel):
    """Cancels are behind the order with probability log(1 + back) / log(1 + back + front); in raw units."""

    def __cinit__(self, *args, **kwargs):
        self.rule.kind = QUEUE_LOG_2


cdef double chance_behind(int kind, double n, double front, double back) noexcept nogil:
    if back <= 0.0:
        return 0.0
    if kind == QUEUE_POWER:
        # Scaled by the larger, so that no power leaves the range
        if back >= front:
            return 1.0 / (1.0 + power(front / back, n))
        return power(back / front, n) / (1.0 + power(back / front, n))
    if kind == QUEUE_POWER_2:
        return power(back / (back + front), n)
    if kind == QUEUE_POWER_3:
        return 1.0 - power(front / (front + back), n)
    if kind == QUEUE_LOG:
        return log1p(back) / (log1p(back) + log1p(front))
    return log1p(back) / log1p(back + front)


cdef qty_raw_t _ahead_after(QueueRuleC* rule, qty_raw_t ahead, qty_raw_t before, qty_raw_t after) noexcept nogil:
    cdef double decrease, back, chance, left
    if rule.kind == QUEUE_RISK_AVERSE:
        return min(ahead, after)
    decrease = <double>(before - after)
    back = <double>(before - ahead)
    chance = chance_behind(rule.kind, rule.exponent, <double>ahead, back)
    left = ceil(<double>ahead - (1.0 - chance) * decrease + min(back - chance * decrease, 0.0))
    return max(<qty_raw_t>0, min(<qty_raw_t>left, after))


cdef qty_raw_t queue_ahead_after(QueueRuleC* rule, qty_raw_t ahead, qty_raw_t before, qty_raw_t after) noexcept nogil:
    if not rule.is_python:
        return _ahead_after(rule, ahead, before, after)
    with gil:
        model = <QueueModel>rule.model
        try:
            return max(0, min(model.ahead_after(ahead, before, after), after))
        except BaseException as error:
            # The loop above has no way to raise: the matching engine raises it before anything is matched
            model.error = error
            rule.failed = True
            return ahead
