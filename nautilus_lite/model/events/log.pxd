from cpython.object cimport PyObject
from libc.stdint cimport uint64_t


cdef class EventLog:
    """Events in order of arrival; append only."""
    cdef PyObject** _items
    cdef readonly Py_ssize_t n
    cdef Py_ssize_t _capacity
    # The execution engine's context of the order whose log it is: borrowed, an order must not keep its engine alive, and
    # left behind by pickling
    cdef void* context
    cdef uint64_t context_generation

    cdef int append_c(self, object event) except -1
    cdef object at_c(self, Py_ssize_t index)           # IndexError beyond the end
    cdef object last_c(self)
    cdef list list_c(self)
