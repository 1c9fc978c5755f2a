from cpython.object cimport PyObject


cdef class EventLog:
    """Events in order of arrival; append only."""
    cdef PyObject** _items
    cdef readonly Py_ssize_t n
    cdef Py_ssize_t _capacity

    cdef int append_c(self, object event) except -1
    cdef object at_c(self, Py_ssize_t index)           # IndexError beyond the end
    cdef object last_c(self)
    cdef list list_c(self)
