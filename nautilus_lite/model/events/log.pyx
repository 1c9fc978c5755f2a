"""Events that an order, a position or an account keeps.

A list would do, but the garbage collector walks every list, and a run keeps several for each order: time per order would
grow with their number. A log is invisible to it. That is safe because events hold no reference to what keeps them.
"""

cimport cython
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF
from cpython.ref cimport Py_INCREF
from libc.stdlib cimport free
from libc.stdlib cimport realloc

cdef Py_ssize_t FIRST = 4


@cython.final
@cython.no_gc
cdef class EventLog:
    """Events in order of arrival."""

    def __dealloc__(self):
        cdef Py_ssize_t i
        for i in range(self.n):
            Py_DECREF(<object>self._items[i])
        free(self._items)

    cdef int append_c(self, object event) except -1:
        cdef Py_ssize_t capacity
        cdef PyObject** items
        if self.n == self._capacity:
            capacity = self._capacity * 2 if self._capacity else FIRST
            items = <PyObject**>realloc(self._items, capacity * sizeof(PyObject*))
            if items == NULL:
                raise MemoryError(f"no memory for {capacity} events")
            self._items = items
            self._capacity = capacity
        Py_INCREF(event)
        self._items[self.n] = <PyObject*>event
        self.n += 1
        return 0

    cdef object at_c(self, Py_ssize_t index):
        if index < 0 or index >= self.n:
            raise IndexError(f"event {index} of {self.n}")
        return <object>self._items[index]

    cdef object last_c(self):
        return self.at_c(self.n - 1)

    cdef list list_c(self):
        cdef Py_ssize_t i
        cdef list found = []
        for i in range(self.n):
            found.append(<object>self._items[i])
        return found

    def __reduce__(self):
        return log_of, (self.list_c(),)

    def __len__(self):
        return self.n


def log_of(list events not None):
    """Return a log of events; pickling uses it."""
    cdef EventLog log = EventLog.__new__(EventLog)
    for event in events:
        log.append_c(event)
    return log
