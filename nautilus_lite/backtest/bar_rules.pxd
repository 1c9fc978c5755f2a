# What a venue makes of bars: choices a user names, and the points of one bar.
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.data.rows cimport BarRow

cpdef enum BarPath:
    OHLC = 1                     # open, high, low, close
    ADAPTIVE = 2                 # the extreme nearer to the open comes first
    WORST = 3                    # the order of high and low that leaves the trader with less
    BEST = 4

cpdef enum BarOrderTiming:
    THIS_CLOSE = 1               # a command acts when it arrives: at the close of the bar on which it was sent
    NEXT_OPEN = 2
    NEXT_CLOSE = 3

# The points of a bar, also the order in which the fixed path passes them
cdef enum:
    AT_OPEN = 0
    AT_HIGH = 1
    AT_LOW = 2
    AT_CLOSE = 3

cdef struct BarPointsC:
    price_raw_t[4] bids          # by point; those of a single bar are its asks as well
    price_raw_t[4] asks
    qty_raw_t[4] bid_sizes
    qty_raw_t[4] ask_sizes

cdef void points_of(const BarRow* bid, const BarRow* ask, qty_raw_t increment, BarPointsC* points) noexcept nogil
# Whether the low is nearer to the open than the high is; both sides of a pair together
cdef bint low_is_nearer(const BarPointsC* points) noexcept nogil
# How much of a bar's volume stands at each of its points, in whole increments
cdef void split_volume(qty_raw_t volume, qty_raw_t increment, qty_raw_t* sizes) noexcept nogil
