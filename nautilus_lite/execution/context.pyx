"""Look-ups shared by the orders of one strategy in one instrument."""

cimport cython


@cython.final
cdef class OrderContext:
    """Made and owned by the execution engine; orders carry a borrowed pointer to theirs."""
