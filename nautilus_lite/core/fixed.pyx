"""Fixed-point kernels: int64 values, 128-bit intermediates, one rounding, half to even.

A value is `raw * 10^-precision`. Products of two raws fit 128 bits always; products of three are checked. Functions that
can leave int64 return -1 and write nothing; callers raise through `raise_overflow`. Nothing wraps.
"""

from decimal import Decimal

cimport cython
from libc.math cimport isfinite
from libc.math cimport llrint
from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport MAX_PRECISION

cdef extern from *:
    """
    static inline int nl_mul_overflows(nl_int128 a, nl_int128 b, nl_int128 *out) { return __builtin_mul_overflow(a, b, out); }
    static const nl_int128 NL_INT64_MAX = (nl_int128)INT64_MAX;
    static const nl_int128 NL_INT64_MIN = (nl_int128)INT64_MIN;
    """
    bint nl_mul_overflows(int128_t a, int128_t b, int128_t* out) noexcept nogil
    const int128_t NL_INT64_MAX
    const int128_t NL_INT64_MIN

cdef int64_t[19] POW10
cdef double[19] POW10_DOUBLE
cdef int _i
POW10[0] = 1
for _i in range(1, 19):
    POW10[_i] = POW10[_i - 1] * 10
for _i in range(19):
    POW10_DOUBLE[_i] = <double>POW10[_i]

cdef object INT64_MAX_PY = 9223372036854775807
cdef object INT64_MIN_PY = -9223372036854775807   # the lowest int64 is kept free as C error value


cdef int64_t fixed_pow10(int exponent) noexcept nogil:
    return POW10[exponent]


cdef int fixed_narrow(int128_t value, int64_t* out) noexcept nogil:
    if value > NL_INT64_MAX or value <= NL_INT64_MIN:
        return -1
    out[0] = <int64_t>value
    return 0


cdef int fixed_add(int64_t a, int64_t b, int64_t* out) noexcept nogil:
    return fixed_narrow(<int128_t>a + <int128_t>b, out)


cdef int fixed_sub(int64_t a, int64_t b, int64_t* out) noexcept nogil:
    return fixed_narrow(<int128_t>a - <int128_t>b, out)


@cython.cdivision(True)
cdef int128_t fixed_div_half_even(int128_t a, int128_t b) noexcept nogil:
    # b > 0; C truncates towards zero, so the remainder carries the sign of a
    cdef int128_t quotient = a / b
    cdef int128_t remainder = a - quotient * b
    cdef int128_t magnitude = -remainder if remainder < 0 else remainder
    cdef int128_t rest = b - magnitude
    if magnitude > rest or (magnitude == rest and (quotient & 1) != 0):
        return quotient - 1 if a < 0 else quotient + 1
    return quotient


cdef int fixed_mul_div(int64_t a, int64_t b, int64_t c, int64_t* out) noexcept nogil:
    cdef int128_t product = <int128_t>a * <int128_t>b
    cdef int128_t divisor = c
    if divisor < 0:
        product = -product
        divisor = -divisor
    return fixed_narrow(fixed_div_half_even(product, divisor), out)


cdef int _shift(int128_t value, int digits, int64_t* out) noexcept nogil:
    """Round value / 10^digits into int64; digits may be negative."""
    cdef int128_t power = 1
    cdef int128_t scaled
    if value == 0:
        out[0] = 0
        return 0
    if digits > 38:
        # |value| < 1.8e38: anything divided by more than 10^38 is below one half
        out[0] = 0
        return 0
    if digits < -18:
        return -1
    if digits >= 0:
        if digits > 18:
            power = <int128_t>POW10[18]
            if digits > 36:
                power = power * POW10[18]
                power = power * POW10[digits - 36]
            else:
                power = power * POW10[digits - 18]
        else:
            power = POW10[digits]
        return fixed_narrow(fixed_div_half_even(value, power), out)
    if nl_mul_overflows(value, <int128_t>POW10[-digits], &scaled):
        return -1
    return fixed_narrow(scaled, out)


cdef int fixed_mul_shift(int64_t a, int64_t b, int digits, int64_t* out) noexcept nogil:
    return _shift(<int128_t>a * <int128_t>b, digits, out)


cdef int fixed_mul3_shift(int64_t a, int64_t b, int64_t c, int digits, int64_t* out) noexcept nogil:
    cdef int128_t product
    if nl_mul_overflows(<int128_t>a * <int128_t>b, <int128_t>c, &product):
        return -1
    return _shift(product, digits, out)


cdef int fixed_rescale(int64_t raw, int from_precision, int to_precision, int64_t* out) noexcept nogil:
    if from_precision == to_precision:
        out[0] = raw
        return 0
    return _shift(<int128_t>raw, from_precision - to_precision, out)


cdef int fixed_compare(int64_t a, int a_precision, int64_t b, int b_precision) noexcept nogil:
    cdef int128_t x = a
    cdef int128_t y = b
    if a_precision < b_precision:
        x *= POW10[b_precision - a_precision]
    elif b_precision < a_precision:
        y *= POW10[a_precision - b_precision]
    return -1 if x < y else (1 if x > y else 0)


cdef double fixed_to_double(int64_t raw, int precision) noexcept nogil:
    # one correctly rounded division: the nearest double wherever |raw| < 2^53
    return <double>raw / POW10_DOUBLE[precision]


cdef double fixed_middle(int64_t a, int64_t b, int precision) noexcept nogil:
    # as doubles the sum cannot overflow; it is exact wherever |a + b| < 2^53
    return (<double>a + <double>b) / (2.0 * POW10_DOUBLE[precision])


cdef object fixed_to_decimal(int64_t raw, int precision):
    return Decimal(raw).scaleb(-precision)


cdef str fixed_to_str(int64_t raw, int precision):
    cdef str digits
    cdef str sign = ""
    if precision == 0:
        return str(raw)
    if raw < 0:
        sign = "-"
        digits = str(-raw)
    else:
        digits = str(raw)
    if len(digits) <= precision:
        digits = digits.zfill(precision + 1)
    return sign + digits[:len(digits) - precision] + "." + digits[len(digits) - precision:]


cdef int raise_overflow(str what) except -1:
    raise OverflowError(f"{what} leaves the range of a 64-bit fixed-point number")


cdef int64_t _from_decimal(object value, int precision, object origin) except? -9223372036854775807:
    """Round a Decimal half to even; exact whatever the decimal context."""
    if not value.is_finite():
        raise ValueError(f"invalid value {origin!r}, must be a finite number")
    sign, digits, exponent = value.as_tuple()
    cdef object number = 0
    for digit in digits:
        number = number * 10 + digit
    shift = exponent + precision
    if shift >= 0:
        if number and shift > 40:
            raise OverflowError(f"value {origin!r} leaves the range of a 64-bit fixed-point number at precision {precision}")
        number *= 10 ** shift if number else 1
    elif -shift > len(digits) + 1:
        number = 0
    else:
        divisor = 10 ** -shift
        number, remainder = divmod(number, divisor)
        if 2 * remainder > divisor or (2 * remainder == divisor and number % 2):
            number += 1
    if sign:
        number = -number
    if number > INT64_MAX_PY or number < INT64_MIN_PY:
        raise OverflowError(f"value {origin!r} leaves the range of a 64-bit fixed-point number at precision {precision}")
    return number


cdef int64_t fixed_from_str(str text, int precision) except? -9223372036854775807:
    try:
        value = Decimal(text.strip().replace("_", ""))
    except ArithmeticError:
        raise ValueError(f"invalid number {text!r}, must be a decimal such as '1.25'") from None
    return _from_decimal(value, precision, text)


cdef int64_t fixed_from_double(double value, int precision) except? -9223372036854775807:
    # The shortest decimal that reads back as the float is what the user meant: 1.005 is one point zero zero five.
    # Scaling is exact enough to decide unless it lands within one part in 10^6 of a tie.
    cdef double scaled
    cdef double distance
    cdef int64_t nearest
    if not isfinite(value):
        raise ValueError(f"invalid value {value!r}, must be a finite number")
    if precision <= 15:
        scaled = value * POW10_DOUBLE[precision]
        if -1e9 < scaled < 1e9:
            nearest = llrint(scaled)
            distance = scaled - <double>nearest
            if -0.499999 < distance < 0.499999:
                return nearest
    return _from_decimal(Decimal(repr(value)), precision, value)


cdef int64_t fixed_from_object(object value, int precision) except? -9223372036854775807:
    """Convert an int, float, Decimal or text of a number."""
    if type(value) is float:
        return fixed_from_double(value, precision)
    if isinstance(value, Decimal):
        return _from_decimal(value, precision, value)
    if isinstance(value, str):
        return fixed_from_str(value, precision)
    if isinstance(value, float):
        return fixed_from_double(value, precision)
    try:
        return _from_decimal(Decimal(value.__index__()), precision, value)
    except AttributeError:
        pass
    try:
        return fixed_from_double(float(value), precision)
    except TypeError:
        raise TypeError(f"invalid number {value!r} of type {type(value).__name__}, must be an int, float or Decimal") from None


cdef int text_precision(str text) except -1:
    """Digits after the point of a number's text."""
    cdef str clean = text.strip().replace("_", "")
    try:
        exponent = Decimal(clean).as_tuple().exponent
    except ArithmeticError:
        raise ValueError(f"invalid number {text!r}, must be a decimal such as '1.25'") from None
    if not isinstance(exponent, int):
        raise ValueError(f"invalid value {text!r}, must be a finite number")
    return max(0, -exponent)


cdef int check_precision(object precision) except -1:
    if not 0 <= precision <= MAX_PRECISION:
        raise ValueError(f"invalid `precision`, must be from 0 to {MAX_PRECISION}, was {precision!r}")
    return precision
