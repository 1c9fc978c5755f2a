from libc.stdint cimport uint64_t

# The prefix with a number behind it, filled with zeros to a width
cdef str join_number(str prefix, uint64_t number, int width)
# `YYYYMMDD-HHMMSS` of UNIX seconds, in UTC
cdef str utc_stamp(uint64_t second)
# 64-bit FNV-1a of the text's UTF-8: the same in every process, unlike `hash`
cdef uint64_t text_key(str text) except? 0
