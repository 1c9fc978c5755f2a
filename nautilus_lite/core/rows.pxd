# Arrays of C structs that only grow, and what becomes of them in the end.

# Room for twice as many rows, `first` at the beginning; `allocated` is brought up to date. Old pointers are void then
cdef void* grown(void* rows, size_t* allocated, size_t first, size_t row_size, str what) except NULL
cdef object copied(const void* rows, size_t n, object dtype)      # a structured array; rows are as large as an item of the dtype
