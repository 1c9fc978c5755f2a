# Fixed-point kernels: int64 values, 128-bit intermediates, one rounding, half to even.
# `fixed_*` functions return 0, or -1 where the result leaves int64; they never wrap.
from libc.stdint cimport int64_t

cdef extern from *:
    """
    typedef __int128 nl_int128;
    """
    ctypedef long long int128_t "nl_int128"   # C code only: never converted to or from Python

cdef int64_t fixed_pow10(int exponent) noexcept nogil                                   # exponent 0..18
cdef int fixed_add(int64_t a, int64_t b, int64_t* out) noexcept nogil
cdef int fixed_sub(int64_t a, int64_t b, int64_t* out) noexcept nogil
cdef int fixed_mul_div(int64_t a, int64_t b, int64_t c, int64_t* out) noexcept nogil    # round(a*b/c), c != 0
cdef int fixed_mul_shift(int64_t a, int64_t b, int digits, int64_t* out) noexcept nogil # round(a*b / 10^digits); digits may be negative
cdef int fixed_mul3_shift(int64_t a, int64_t b, int64_t c, int digits, int64_t* out) noexcept nogil
cdef int fixed_rescale(int64_t raw, int from_precision, int to_precision, int64_t* out) noexcept nogil
cdef int128_t fixed_div_half_even(int128_t a, int128_t b) noexcept nogil                # b > 0
cdef int fixed_narrow(int128_t value, int64_t* out) noexcept nogil
cdef int fixed_compare(int64_t a, int a_precision, int64_t b, int b_precision) noexcept nogil  # -1, 0, 1 by value
cdef double fixed_to_double(int64_t raw, int precision) noexcept nogil
cdef double fixed_middle(int64_t a, int64_t b, int precision) noexcept nogil              # mean of the two
cdef int64_t fixed_from_double(double value, int precision) except? -9223372036854775807   # ValueError on nan/inf, OverflowError
cdef int64_t fixed_from_str(str text, int precision) except? -9223372036854775807          # exact; rounds half to even beyond precision
cdef object fixed_to_decimal(int64_t raw, int precision)
cdef str fixed_to_str(int64_t raw, int precision)
cdef int raise_overflow(str what) except -1                                                # the one exit for overflow errors
cdef int64_t fixed_from_object(object value, int precision) except? -9223372036854775807   # int, float, Decimal, str
cdef int text_precision(str text) except -1                                                # digits after the point
# ValueError unless from 0 to MAX_PRECISION
cdef int check_precision(object precision) except -1


cdef inline int64_t fixed_abs(int64_t value) noexcept nogil:
    # `abs` of a typedef goes through a Python integer
    return -value if value < 0 else value
