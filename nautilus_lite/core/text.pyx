"""Text made on the path: ids of orders and trades."""

from libc.stdint cimport uint64_t
from libc.string cimport memcpy

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, unsigned int maxchar)
    void* PyUnicode_DATA(object text)
    bint PyUnicode_IS_ASCII(object text)
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL

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


cdef str utc_stamp(uint64_t second):
    """`YYYYMMDD-HHMMSS` of UNIX seconds, in UTC.

    The date is counted from 1 March of year 0, so that the leap day ends a year: months then have a length that a line
    describes, and four-century eras all have 146,097 days.
    """
    cdef uint64_t day = second // 86_400 + 719_468           # days from 0000-03-01 to 1970-01-01
    cdef uint64_t rest = second % 86_400
    cdef uint64_t era = day // 146_097
    cdef uint64_t of_era = day % 146_097
    cdef uint64_t year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    cdef uint64_t of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    cdef uint64_t shifted = (5 * of_year + 2) // 153         # month, 0 is March
    cdef uint64_t month = shifted + 3 if shifted < 10 else shifted - 9
    cdef uint64_t year = era * 400 + year_of_era + (1 if month <= 2 else 0)
    cdef uint64_t date = year * 10_000 + month * 100 + of_year - (153 * shifted + 2) // 5 + 1
    cdef uint64_t clock = rest // 3_600 * 10_000 + rest // 60 % 60 * 100 + rest % 60
    return join_number(join_number("", date, 8) + "-", clock, 6)


cdef uint64_t text_key(str text) except? 0:
    cdef Py_ssize_t size, i
    cdef const char* data = PyUnicode_AsUTF8AndSize(text, &size)
    cdef uint64_t key = <uint64_t>0xCBF29CE484222325
    for i in range(size):
        key = (key ^ <unsigned char>data[i]) * <uint64_t>0x100000001B3
    return key
