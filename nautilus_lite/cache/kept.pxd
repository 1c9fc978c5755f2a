cdef class Kept:
    cdef dict _general                         # str -> bytes
    cdef dict _mark_rates                      # (from, to) -> float
    cdef double mark_xrate_c(self, object from_currency, object to_currency) except? -1.0    # 0.0 if there is none
