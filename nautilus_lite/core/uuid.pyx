"""Version-4 UUIDs as two integers; text only when somebody reads it."""

import os

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.core.rng cimport rng_next
from nautilus_lite.core.rng cimport rng_seed

cdef uint64_t VERSION_MASK = 0xFFFFFFFFFFFF0FFF
cdef uint64_t VERSION_BITS = 0x0000000000004000
cdef uint64_t VARIANT_MASK = 0x3FFFFFFFFFFFFFFF
cdef uint64_t VARIANT_BITS = <uint64_t>0x8000000000000000


@cython.final
@cython.freelist(64)
cdef class UUID4:
    """A random (version 4) UUID.

    Parameters
    ----------
    value : str, optional
        Text of the UUID; drawn from the operating system where omitted.
    """

    def __init__(self, str value=None):
        if value is None:
            parts = os.urandom(16)
            self.hi = (<uint64_t>int.from_bytes(parts[:8], "big") & VERSION_MASK) | VERSION_BITS
            self.lo = (<uint64_t>int.from_bytes(parts[8:], "big") & VARIANT_MASK) | VARIANT_BITS
            return
        text = value.replace("-", "")
        if len(value) != 36 or len(text) != 32 or text[12] != "4":
            raise ValueError(f"invalid UUID {value!r}, must be a version 4 UUID of 36 characters")
        self.hi = int(text[:16], 16)
        self.lo = int(text[16:], 16)

    @staticmethod
    cdef UUID4 from_parts_c(uint64_t hi, uint64_t lo):
        cdef UUID4 uuid = UUID4.__new__(UUID4)
        uuid.hi = hi
        uuid.lo = lo
        return uuid

    @staticmethod
    def from_str(str value not None):
        """Parse a UUID."""
        return UUID4(value)

    @property
    def value(self):
        """The text, 36 characters."""
        text = f"{self.hi:016x}{self.lo:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def __eq__(self, other):
        if type(other) is not UUID4:
            return NotImplemented
        return self.hi == (<UUID4>other).hi and self.lo == (<UUID4>other).lo

    def __hash__(self):
        return hash((self.hi, self.lo))

    def __str__(self):
        return self.value

    def __repr__(self):
        return f"UUID4('{self.value}')"

    def __reduce__(self):
        return UUID4, (self.value,)


@cython.final
cdef class UUIDFactory:
    """Seeded source of UUIDs.

    Parameters
    ----------
    seed : int, default 0
        Equal seeds give equal sequences.
    """

    def __init__(self, uint64_t seed=0):
        self._seed = seed
        rng_seed(&self._rng, seed)

    def reset(self):
        """Start the sequence again."""
        rng_seed(&self._rng, self._seed)

    cdef void next_parts(self, uint64_t* hi, uint64_t* lo) noexcept:
        hi[0] = (rng_next(&self._rng) & VERSION_MASK) | VERSION_BITS
        lo[0] = (rng_next(&self._rng) & VARIANT_MASK) | VARIANT_BITS

    cdef UUID4 next_uuid(self):
        cdef uint64_t hi, lo
        self.next_parts(&hi, &lo)
        return UUID4.from_parts_c(hi, lo)

    def generate(self):
        """Return the next UUID of the sequence."""
        return self.next_uuid()
