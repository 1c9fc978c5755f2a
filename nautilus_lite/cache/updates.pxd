from nautilus_lite.cache.market cimport Market


cdef class UpdateQueries:
    cdef readonly Market market
