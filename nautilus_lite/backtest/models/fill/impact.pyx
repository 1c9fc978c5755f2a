"""Models of impact: what an order costs, or how far the market must go, grows with its size."""

from libc.math cimport INFINITY
from libc.math cimport ceil
from libc.math cimport fabs
from libc.math cimport floor
from libc.math cimport sqrt
from libc.stdint cimport int64_t

from nautilus_lite.backtest.models.fill.base cimport SHAPES_UPDATES
from nautilus_lite.backtest.models.fill.base cimport SHAPES_VISITS
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.fill.base cimport FillViewC
from nautilus_lite.backtest.models.fill.base cimport ShapeC
from nautilus_lite.backtest.models.fill.base cimport shape_add
from nautilus_lite.backtest.models.fill.base cimport worse_price
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration

cdef double MAX_TICKS = 1e12
# A share that should be whole may be a rounding error of a double below or above it
cdef double SLACK = 1e-9


cdef price_raw_t moved(const FillViewC* view, double fraction) noexcept nogil:
    """The price worse by a fraction of itself, rounded away from the touch to a whole tick."""
    cdef double ticks = ceil(fraction * fabs(<double>view.price) / <double>view.tick - SLACK)
    return worse_price(view.price, view.sign, <int64_t>max(0.0, min(ticks, MAX_TICKS)), view.tick)


cdef qty_raw_t share_of(double part, qty_raw_t size, qty_raw_t lot) noexcept nogil:
    """A part of a size, rounded down to the size increment."""
    return <qty_raw_t>floor(part * <double>size / <double>lot + SLACK) * lot


cdef class ThroughTicksFillModel(FillModel):
    """A resting limit fills only when the market goes through its price.

    Parameters
    ----------
    n : int, default 1
        Ticks that the opposite touch or a trade must be beyond the price, 0 to 10^6. At 0 it is the plain model.
    prob_slippage, random_seed
        As of `FillModel`.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    Assumptions: whoever stood ahead has been served once the market is `n` ticks through, and the order fills at its own
    price. Careful: trades at the price, which fill those in front of a queue, fill nothing here. Aggressive orders fill as
    without a model.
    """

    def __init__(self, int64_t n=1, double prob_slippage=0.0, random_seed=None):
        super().__init__(1.0, prob_slippage, random_seed)
        if not 0 <= n <= 1_000_000:
            raise InvalidConfiguration(f"invalid `n`, must be in [0, 10^6] ticks, was {n}")
        self.through = <int>n

    @property
    def n(self):
        """Ticks that the market must be beyond the price."""
        return self.through

    def __repr__(self):
        return f"{type(self).__name__}(n={self.through}, prob_slippage={self.prob_slippage}, random_seed={self.random_seed})"


cdef class VolumeShareFillModel(FillModel):
    """At most a share of the volume fills, at a price that is worse by the square of the share.

    Parameters
    ----------
    volume_limit : float, default 0.025
        The most of the volume that own orders get, in (0, 1].
    price_impact : float, default 0.1
        With a share s of the volume a price p becomes p (1 + price_impact s^2) for buyers and p (1 - price_impact s^2) for
        sellers, rounded away from the touch to whole ticks; zero or more.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    The volume is the size at the touch: on bars a quarter of the bar's volume at each point of its path, where trades make the
    book the size of the trade, else what is quoted. All own orders of a side share it; s is what they have taken of it,
    this fill included. What is left waits, of a market order too, and gets its share of the next update; immediate orders are
    cancelled. A limit whose price the impact passes gets nothing. A resting limit gets its share at its own price; of a
    trade that reaches it the same share. With `volume_limit` 1 and no impact it is the market as shown.

    Assumptions: impact is gone by the next update; quoted size says as much as traded volume would. Unrealistic: the market
    does not remember that somebody is buying.

    References
    ----------
    zipline's `VolumeShareSlippage`, whose defaults are these.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_UPDATES
        self.rations = True
        self.waits = True

    def __init__(self, double volume_limit=0.025, double price_impact=0.1):
        super().__init__(1.0, 0.0, None)
        if not 0.0 < volume_limit <= 1.0:
            raise InvalidConfiguration(f"invalid `volume_limit`, must be in (0, 1], was {volume_limit}")
        if not 0.0 <= price_impact < INFINITY:
            raise InvalidConfiguration(f"invalid `price_impact`, must be >= 0, was {price_impact}")
        self.volume_limit = volume_limit
        self.price_impact = price_impact

    def __repr__(self):
        return f"{type(self).__name__}(volume_limit={self.volume_limit}, price_impact={self.price_impact})"

    cdef qty_raw_t of_trade_c(self, qty_raw_t size, qty_raw_t lot) noexcept:
        return share_of(self.volume_limit, size, lot)

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        cdef qty_raw_t qty = min(share_of(self.volume_limit, view.size, view.lot) - view.taken, view.want)
        cdef double share
        shape.ends = True
        if qty <= 0:
            return True
        share = <double>(view.taken + qty) / <double>view.size
        shape_add(shape, view.price if view.is_resting else moved(view, self.price_impact * share * share), qty)
        return True


cdef class SquareRootImpactFillModel(FillModel):
    """An aggressive order fills at once, at a price worse by eta sigma sqrt(q / V).

    Parameters
    ----------
    eta : float
        Coefficient of the law, zero or more; measured ones are near 1.
    sigma : float
        Volatility over the time in which `volume` is traded, as a fraction of the price (0.02 is two per cent).
    volume : float
        Volume traded in that time, usually a day (contracts), positive.
    random_seed, prob_fill_on_limit
        As of `FillModel`, for resting limits.

    Raises
    ------
    InvalidConfiguration
        If a setting is out of its range.

    Notes
    -----
    q is what is left of the order. The price is rounded away from the touch to a whole tick. A limit order gets as much as
    keeps the price within its limit. A resting limit that the touch comes to fills as without a model, at its own price.

    Assumptions: an order costs on average as much as measured meta-orders of its size, at once; the impact is gone with the
    next order. Unrealistic: the shown book does not matter, and neither does how fast an order is sliced.

    References
    ----------
    Torre and Ferrari, "Market impact model handbook" (1997); Almgren et al., "Direct estimation of equity market impact" (2005).
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    def __init__(self, double eta, double sigma, double volume, random_seed=None, double prob_fill_on_limit=1.0):
        super().__init__(prob_fill_on_limit, 0.0, random_seed)
        for name, value in (("eta", eta), ("sigma", sigma)):
            if not 0.0 <= value < INFINITY:
                raise InvalidConfiguration(f"invalid `{name}`, must be >= 0, was {value}")
        if not 0.0 < volume < INFINITY:
            raise InvalidConfiguration(f"invalid `volume`, must be positive, was {volume}")
        self.eta = eta
        self.sigma = sigma
        self.volume = volume

    def __repr__(self):
        return (
            f"{type(self).__name__}(eta={self.eta}, sigma={self.sigma}, volume={self.volume}, "
            f"random_seed={self.random_seed}, prob_fill_on_limit={self.prob_fill_on_limit})"
        )

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        cdef double slope = self.eta * self.sigma
        cdef double contracts = <double>view.want / <double>view.unit
        cdef double room, fits
        cdef qty_raw_t qty = view.want
        cdef price_raw_t price
        shape.ends = True
        if view.is_resting:
            shape_add(shape, view.limit, view.want)
            return True
        price = moved(view, slope * sqrt(contracts / self.volume))
        if view.has_limit and view.sign * price > view.sign * view.limit:
            # The largest order whose impact stays within the limit
            room = fabs(<double>(view.limit - view.price)) / fabs(<double>view.price) / slope
            fits = self.volume * room * room * <double>view.unit / <double>view.lot
            if fits < <double>qty / <double>view.lot:
                qty = <qty_raw_t>floor(fits + SLACK) * view.lot
            price = view.limit
        shape_add(shape, price, qty)
        return True
