"""What a venue makes of bars: choices a user names, and the points of one bar."""

cimport cython

from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.data.rows cimport BarRow

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import enum_from_str
from nautilus_lite.model.enums import enum_to_str


def choice_of(enum, value, str name not None, venue):
    """Return the member of an enum that a setting names.

    Parameters
    ----------
    enum : type
    value : member of the enum, str or int
    name : str
        Of the setting, for the message.
    venue : Venue

    Raises
    ------
    InvalidConfiguration
        If there is no such member; near names are suggested.
    """
    try:
        # The enums of C take any integer: only the name shows that it is a member
        return enum_from_str(enum, value if isinstance(value, str) else enum_to_str(enum, value))
    except (ValueError, TypeError) as error:
        raise InvalidConfiguration(f"`{name}` of {venue}: {error}") from None


def bar_path_of(value, bint adaptive, venue):
    """Return the `BarPath` of a venue from its two settings: `bar_path`, and NautilusTrader's flag for the adaptive one.

    Raises
    ------
    InvalidConfiguration
        If `bar_path` is unknown, or contradicts `bar_adaptive_high_low_ordering`.
    """
    if value is None:
        return BarPath.ADAPTIVE if adaptive else BarPath.OHLC
    path = choice_of(BarPath, value, "bar_path", venue)
    if adaptive and path != BarPath.ADAPTIVE:
        raise InvalidConfiguration(
            f"`bar_path` of {venue} is {path.name}, but `bar_adaptive_high_low_ordering=True` means ADAPTIVE: give one of the two"
        )
    return path


def bar_length(spec):
    """Return the length of a time bar (ns), 0 where bars have no fixed length."""
    try:
        return spec.get_interval_ns()
    except ValueError:
        return 0


cdef void points_of(const BarRow* bid, const BarRow* ask, qty_raw_t increment, BarPointsC* points) noexcept nogil:
    cdef int i
    points.bids[<int>AT_OPEN] = bid.open
    points.bids[<int>AT_HIGH] = bid.high
    points.bids[<int>AT_LOW] = bid.low
    points.bids[<int>AT_CLOSE] = bid.close
    points.asks[<int>AT_OPEN] = ask.open
    points.asks[<int>AT_HIGH] = ask.high
    points.asks[<int>AT_LOW] = ask.low
    points.asks[<int>AT_CLOSE] = ask.close
    for i in range(4):
        # Where the bid of a pair is above the ask, both stand at the bid
        points.asks[i] = max(points.bids[i], points.asks[i])
    split_volume(bid.volume, increment, &points.bid_sizes[0])
    split_volume(ask.volume, increment, &points.ask_sizes[0])


cdef bint low_is_nearer(const BarPointsC* points) noexcept nogil:
    cdef price_raw_t fall, rise
    fall = points.bids[<int>AT_OPEN] - points.bids[<int>AT_LOW] + points.asks[<int>AT_OPEN] - points.asks[<int>AT_LOW]
    rise = points.bids[<int>AT_HIGH] - points.bids[<int>AT_OPEN] + points.asks[<int>AT_HIGH] - points.asks[<int>AT_OPEN]
    return fall < rise


cdef void split_volume(qty_raw_t volume, qty_raw_t increment, qty_raw_t* sizes) noexcept nogil:
    """A quarter of the volume each in whole increments, the rest of it on the close, never below one increment.

    A point is a price that was traded: where the volume is below four increments, or not known, it shows one all the same.
    """
    cdef qty_raw_t quarter
    with cython.cdivision(True):
        # volume >= 0 and increment > 0: both are checked where instruments and rows enter
        quarter = max(volume // 4 // increment, 1) * increment
        sizes[3] = max((volume - 3 * quarter) // increment, 1) * increment
    sizes[0] = sizes[1] = sizes[2] = quarter
