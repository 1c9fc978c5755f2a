# Seeded generator (xoshiro256** seeded by splitmix64); one struct per model or world, no global state.
from libc.stdint cimport uint64_t

cdef struct RngC:
    uint64_t s0
    uint64_t s1
    uint64_t s2
    uint64_t s3

cdef inline uint64_t rng_splitmix(uint64_t* state) noexcept nogil:
    state[0] += <uint64_t>0x9E3779B97F4A7C15
    cdef uint64_t z = state[0]
    z = (z ^ (z >> 30)) * <uint64_t>0xBF58476D1CE4E5B9
    z = (z ^ (z >> 27)) * <uint64_t>0x94D049BB133111EB
    return z ^ (z >> 31)

cdef inline void rng_seed(RngC* rng, uint64_t seed) noexcept nogil:
    cdef uint64_t state = seed
    rng.s0 = rng_splitmix(&state)
    rng.s1 = rng_splitmix(&state)
    rng.s2 = rng_splitmix(&state)
    rng.s3 = rng_splitmix(&state)

cdef inline uint64_t rng_next(RngC* rng) noexcept nogil:
    cdef uint64_t product = rng.s1 * 5
    cdef uint64_t result = ((product << 7) | (product >> 57)) * 9
    cdef uint64_t t = rng.s1 << 17
    rng.s2 ^= rng.s0
    rng.s3 ^= rng.s1
    rng.s1 ^= rng.s2
    rng.s0 ^= rng.s3
    rng.s2 ^= t
    rng.s3 = (rng.s3 << 45) | (rng.s3 >> 19)
    return result

cdef inline double rng_double(RngC* rng) noexcept nogil:
    # uniform in [0, 1) with 53 random bits
    return (rng_next(rng) >> 11) * (1.0 / 9007199254740992.0)
