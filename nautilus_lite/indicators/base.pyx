"""The base of indicators, and the ring of recent values that they share."""

cimport cython
from libc.stdlib cimport calloc
from libc.stdlib cimport free


cdef class Indicator:
    """Base of all indicators; derive from it in Python or Cython.

    Parameters
    ----------
    params : list
        Shown in the name: `ExponentialMovingAverage(10)`.

    Attributes
    ----------
    name : str
    has_inputs : bool
        If a value came.
    initialized : bool
        If enough values came for the value to mean something.
    """

    def __init__(self, list params not None):
        self.name = type(self).__name__
        self._params = list(params)

    def __cinit__(self, *args, **kwargs):
        self.has_inputs = False
        self.initialized = False

    def __repr__(self):
        return f"{self.name}({', '.join(str(p) for p in self._params)})"

    cpdef object handle_quote_tick(self, object tick):
        """Take a quote.

        Raises
        ------
        NotImplementedError
            If the indicator does not follow quotes.
        """
        raise NotImplementedError(f"{self.name} does not follow quotes: register it for bars")

    cpdef object handle_trade_tick(self, object tick):
        """Take a trade.

        Raises
        ------
        NotImplementedError
            If the indicator does not follow trades.
        """
        raise NotImplementedError(f"{self.name} does not follow trades: register it for bars")

    cpdef object handle_bar(self, object bar):
        """Take a bar.

        Raises
        ------
        NotImplementedError
            If the indicator does not follow bars.
        """
        raise NotImplementedError(f"{self.name} does not follow bars")

    def _set_has_inputs(self, bint setting):
        self.has_inputs = setting

    def _set_initialized(self, bint setting):
        self.initialized = setting

    def reset(self):
        """Forget every value."""
        self.has_inputs = False
        self.initialized = False
        self._reset()

    def _reset(self):
        pass


@cython.final
cdef class Ring:
    """The last `size` values."""

    def __cinit__(self, int size):
        if size < 1:
            raise ValueError(f"invalid `period`, must be positive, was {size}")
        self.values = <double*>calloc(size, sizeof(double))
        if self.values == NULL:
            raise MemoryError("no memory for an indicator's values")
        self.size = size

    def __dealloc__(self):
        free(self.values)

    cdef double push(self, double value) noexcept:
        """Add a value; returns the one it displaced, or 0.0."""
        cdef double old = 0.0
        if self.n == self.size:
            old = self.values[self.head]
        else:
            self.n += 1
        self.values[self.head] = value
        self.head += 1
        if self.head == self.size:
            self.head = 0
        return old

    cdef double at(self, int index) noexcept:
        cdef int slot = index if self.n < self.size else self.head + index
        return self.values[slot - self.size if slot >= self.size else slot]

    cdef double highest(self) noexcept:
        """The highest value kept; there must be one."""
        cdef double found = self.values[0]
        cdef int i
        for i in range(1, self.n):
            found = max(found, self.values[i])
        return found

    cdef double lowest(self) noexcept:
        """The lowest value kept; there must be one."""
        cdef double found = self.values[0]
        cdef int i
        for i in range(1, self.n):
            found = min(found, self.values[i])
        return found

    cdef double total(self) noexcept:
        """The sum of the values kept."""
        cdef double found = 0.0
        cdef int i
        for i in range(self.n):
            found += self.values[i]
        return found

    cdef bint full(self) noexcept:
        return self.n == self.size

    cdef void clear(self) noexcept:
        self.n = 0
        self.head = 0
