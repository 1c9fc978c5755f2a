from nautilus_lite.cache.kept cimport Kept
from nautilus_lite.cache.market cimport Market


cdef class UpdateQueries(Kept):
    cdef readonly Market market
