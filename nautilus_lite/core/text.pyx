"""Text made on the path: ids of orders and trades."""

from libc.stdint cimport uint64_t
from libc.string cimport memcpy

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, unsigned int maxchar)
    void* PyUnicode_DATA(object text)
    bint PyUnicode_IS_ASCII(object text)

cdef enum:
    MAX_DIGITS = 20              # of a uint64


cdef str join_number(str prefix, uint64_t number, int width):
    cdef char[MAX_DIGITS] digits
    cdef int first = MAX_DIGITS
    cdef Py_ssize_t size = len(prefix)
    cdef object text
    if not PyUnicode_IS_ASCII(prefix):
        return f"{prefix}{number:0{width}}"
    while number or first == MAX_DIGITS:
        first -= 1
        digits[first] = <char>(48 + number % 10)
        number //= 10
    while MAX_DIGITS - first < width and first > 0:
        first -= 1
        digits[first] = 48
    text = PyUnicode_New(size + MAX_DIGITS - first, 127)
    memcpy(PyUnicode_DATA(text), PyUnicode_DATA(prefix), size)
    memcpy(<char*>PyUnicode_DATA(text) + size, &digits[first], MAX_DIGITS - first)
    return <str>text
