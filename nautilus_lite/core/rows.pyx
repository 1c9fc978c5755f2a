"""Arrays of C structs that only grow, and become NumPy arrays in the end."""

from libc.stdlib cimport realloc
from libc.string cimport memcpy

import numpy as np


cdef void* grown(void* rows, size_t* allocated, size_t first, size_t row_size, str what) except NULL:
    cdef size_t n = allocated[0] * 2 if allocated[0] else first
    cdef void* memory = realloc(rows, n * row_size)
    if memory == NULL:
        raise MemoryError(f"no memory for {n} {what}")
    allocated[0] = n
    return memory


cdef object copied(const void* rows, size_t n, object dtype):
    array = np.empty(n, dtype=dtype)
    cdef unsigned char[::1] view
    if n:
        view = array.view(np.uint8)
        memcpy(&view[0], rows, n * <size_t>dtype.itemsize)
    return array
