# Integer widths of every domain number. No other file spells them out.
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

ctypedef int64_t price_raw_t   # price in units of 10^-precision of its instrument
ctypedef int64_t qty_raw_t     # quantity in units of 10^-precision of its instrument
ctypedef int64_t money_raw_t   # money in minor units of its currency
ctypedef uint64_t ts_t         # UNIX nanoseconds

cdef enum:
    MAX_PRECISION = 16         # digits after the point of a Price or Quantity
