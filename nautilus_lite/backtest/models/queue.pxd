from nautilus_lite.core.typedefs cimport qty_raw_t

# How a level's decrease is shared between those ahead of an order and those behind it
cdef enum:
    QUEUE_RISK_AVERSE = 0
    QUEUE_POWER = 1
    QUEUE_POWER_2 = 2
    QUEUE_POWER_3 = 3
    QUEUE_LOG = 4
    QUEUE_LOG_2 = 5

cdef struct QueueRuleC:
    int kind
    double exponent
    bint is_python               # a Python subclass overrides `ahead_after`
    bint failed                  # `ahead_after` raised; see `error` of the model
    void* model                  # the QueueModel, borrowed from the venue


cdef class QueueModel:
    cdef QueueRuleC rule
    cdef object error            # what `ahead_after` of a Python subclass raised
    cdef int raise_c(self) except -1

# What stands ahead after the level fell from `before` to `after` without a trade; 0 <= ahead <= before, after < before
cdef qty_raw_t queue_ahead_after(QueueRuleC* rule, qty_raw_t ahead, qty_raw_t before, qty_raw_t after) noexcept nogil
