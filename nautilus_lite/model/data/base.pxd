cdef class Data:
    """Base of all market and custom data; subclasses give `ts_event` and `ts_init` (UNIX nanoseconds)."""
