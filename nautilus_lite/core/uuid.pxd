from libc.stdint cimport uint64_t
from nautilus_lite.core.rng cimport RngC


cdef class UUID4:
    cdef uint64_t hi     # first 8 bytes, big-endian order of the text
    cdef uint64_t lo     # last 8 bytes

    @staticmethod
    cdef UUID4 from_parts_c(uint64_t hi, uint64_t lo)


cdef class UUIDFactory:
    """Seeded source of UUID4 parts; one per world, so that runs repeat."""
    cdef RngC _rng
    cdef uint64_t _seed
    cdef void next_parts(self, uint64_t* hi, uint64_t* lo) noexcept
    cdef UUID4 next_uuid(self)
