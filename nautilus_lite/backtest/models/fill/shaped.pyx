"""Models that give every order a small market of their own, from the touch on; the names are NautilusTrader's.

All share this. An aggressive order meets the levels that the model says, whatever the book shows, and never beyond its
limit. What the levels do not hold of a market order is had one tick beyond the last of them on an L1 book, and cancelled on
another; of a limit order it rests. A resting limit that the touch comes to gets what the levels hold within its price, at its
own price, once for each price at which the touch stands. Trades fill resting limits as without a model. Every order meets the
whole of the levels: what others took is not remembered. Sizes are in contracts (units of quantity).
"""

cimport cython
from libc.math cimport floor
from libc.stdint cimport int64_t

from nautilus_lite.backtest.models.fill.base cimport SHAPES_VISITS
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.fill.base cimport FillViewC
from nautilus_lite.backtest.models.fill.base cimport ShapeC
from nautilus_lite.backtest.models.fill.base cimport shape_add
from nautilus_lite.backtest.models.fill.base cimport worse_price
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration

cdef enum:
    COIN_DRAW = 3
    UNLIMITED = 1_000_000        # contracts

cdef ts_t DAY_NS = 86_400_000_000_000
cdef ts_t MINUTE_NS = 60_000_000_000


cdef void tier(ShapeC* shape, const FillViewC* view, int64_t ticks, qty_raw_t contracts) noexcept nogil:
    shape_add(shape, worse_price(view.price, view.sign, ticks, view.tick), contracts * view.unit)


cdef void rest(ShapeC* shape, const FillViewC* view, int64_t ticks) noexcept nogil:
    """As much as the order wants."""
    shape_add(shape, worse_price(view.price, view.sign, ticks, view.tick), max(view.want, UNLIMITED * view.unit))


cdef qty_raw_t part_of(double contracts, const FillViewC* view) noexcept nogil:
    """Contracts in raw units, rounded down to the size increment, at least one of them."""
    cdef double lots = floor(contracts * <double>view.unit / <double>view.lot)
    if lots > 9e18 / <double>view.lot:
        lots = floor(9e18 / <double>view.lot)
    return max(<qty_raw_t>lots, <qty_raw_t>1) * view.lot


cdef class BestPriceFillModel(FillModel):
    """Everything fills at the best price.

    Notes
    -----
    Assumptions: unlimited size at the touch; a limit order at or inside the spread fills at its price when it arrives.
    Unrealistic in every respect: for trying out the logic of a strategy.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS
        self.inside_spread = True

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        rest(shape, view, 0)
        return True


cdef class OneTickSlippageFillModel(FillModel):
    """Everything fills exactly one tick beyond the best price.

    Notes
    -----
    Assumptions: nothing at the touch, unlimited size one tick further; a resting limit fills when the market is a tick
    through it. Unrealistic: slippage does not depend on size or market.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        rest(shape, view, 1)
        return True


cdef class TwoTierFillModel(FillModel):
    """Ten contracts at the best price, the rest one tick further.

    Notes
    -----
    Assumptions: the same two levels at every moment, unlimited at the second. Unrealistic: depth does not depend on the
    market.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        tier(shape, view, 0, 10)
        rest(shape, view, 1)
        return True


cdef class ThreeTierFillModel(FillModel):
    """Fifty contracts at the best price, thirty one tick further, twenty two ticks further.

    Notes
    -----
    Assumptions: the same hundred contracts at every moment. Unrealistic: depth does not depend on the market.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        tier(shape, view, 0, 50)
        tier(shape, view, 1, 30)
        tier(shape, view, 2, 20)
        return True


cdef class ProbabilisticFillModel(FillModel):
    """The best price or one tick beyond it, with equal chance for each order.

    Notes
    -----
    Assumptions: unlimited size; one coin for an aggressive order, one for each visit of a resting limit's price, which at
    the touch then fills or does not. The coin belongs to the order, whatever else happens in the run. Unrealistic: chance
    knows nothing of the market, so adverse selection is missing.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        self.key_c(order, COIN_DRAW, view.limit if view.is_resting else order.filled_raw, view.nth)
        rest(shape, view, 0 if self._draw_c(0.5) else 1)
        return True


cdef class SizeAwareFillModel(FillModel):
    """Small orders fill at the best price; of others ten contracts do and the rest one tick further.

    Notes
    -----
    Assumptions: up to ten contracts left are small and find fifty at the touch; larger orders find ten there, and all else
    one tick further. Unrealistic: the same sizes at every moment, and an order just above the step pays for it.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        if view.want <= 10 * view.unit:
            tier(shape, view, 0, 50)
            return True
        tier(shape, view, 0, 10)
        shape_add(shape, worse_price(view.price, view.sign, 1, view.tick), view.want - 10 * view.unit)
        return True


cdef class LimitOrderPartialFillModel(FillModel):
    """At most five contracts at a price each time that the market touches it.

    Notes
    -----
    Assumptions: five contracts at the touch, unlimited size one tick further: a limit order the touch comes to fills in
    fives, one that the market goes through fills. Unrealistic: the share is the same in every market.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        tier(shape, view, 0, 5)
        rest(shape, view, 1)
        return True


cdef class MarketHoursFillModel(FillModel):
    """Five hundred contracts at the best price, or one tick beyond it while liquidity is low.

    Parameters
    ----------
    prob_fill_on_limit, prob_slippage, random_seed
        As of `FillModel`.
    low_liquidity_hours : list of (str, str), optional
        Spans of the day, UTC, "HH:MM", in which liquidity is low; the end is not included, a span may pass midnight.

    Raises
    ------
    InvalidConfiguration
        If a span is not understood.

    Notes
    -----
    `set_low_liquidity_period` tells that liquidity is low whatever the hour.

    Assumptions: the spread is a tick wider on each side in those hours, and five hundred contracts stand there.
    Unrealistic: weekends, holidays and news are hours like others.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    def __init__(self, double prob_fill_on_limit=1.0, double prob_slippage=0.0, random_seed=None, low_liquidity_hours=None):
        super().__init__(prob_fill_on_limit, prob_slippage, random_seed)
        self._spans = []
        spans = []
        for span in low_liquidity_hours or ():
            try:
                start, end = span
                self._spans.append((minute_of(start) * MINUTE_NS, minute_of(end) * MINUTE_NS))
            except (TypeError, ValueError):
                raise InvalidConfiguration(
                    f'invalid span in `low_liquidity_hours`, must be two times as "HH:MM", was {span!r}'
                ) from None
            spans.append((str(start), str(end)))
        self.low_liquidity_hours = tuple(spans)

    def __repr__(self):
        return f"{super().__repr__().removesuffix(')')}, low_liquidity_hours={list(self.low_liquidity_hours)})"

    def reset(self):
        """Put the generator back to its seed, and the period to normal."""
        super().reset()
        self._is_low = False

    def is_low_liquidity_period(self):
        """Return whether liquidity was told to be low."""
        return bool(self._is_low)

    def set_low_liquidity_period(self, bint is_low_liquidity):
        """Tell whether liquidity is low from now on, whatever the hour."""
        self._is_low = is_low_liquidity

    cdef bint _is_low_at(self, ts_t ts) noexcept:
        cdef ts_t start, end, time
        if self._is_low:
            return True
        with cython.cdivision(True):
            # both positive
            time = ts % DAY_NS
        for start, end in self._spans:
            if (start <= time < end) if start <= end else (time >= start or time < end):
                return True
        return False

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        tier(shape, view, 1 if self._is_low_at(view.ts) else 0, 500)
        return True


cdef class VolumeSensitiveFillModel(FillModel):
    """A quarter of the recent volume at the best price, the rest one tick further.

    Parameters
    ----------
    prob_fill_on_limit, prob_slippage, random_seed
        As of `FillModel`.
    recent_volume : float, default 1000
        In contracts; zero or more. `set_recent_volume` tells another.

    Raises
    ------
    InvalidConfiguration
        If the volume is negative or not finite.

    Notes
    -----
    Assumptions: depth follows volume; at least one size increment is there, and unlimited size one tick further.
    Unrealistic: the volume is that which the strategy tells, it may be old.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    def __init__(self, double prob_fill_on_limit=1.0, double prob_slippage=0.0, random_seed=None, double recent_volume=1000.0):
        self._first_volume = checked_volume(recent_volume)
        super().__init__(prob_fill_on_limit, prob_slippage, random_seed)

    def __repr__(self):
        return f"{super().__repr__().removesuffix(')')}, recent_volume={self._first_volume})"

    def reset(self):
        """Put the generator back to its seed, and the volume to what the constructor was told."""
        super().reset()
        self.recent_volume = self._first_volume

    def set_recent_volume(self, double volume):
        """Tell the recent volume (contracts), zero or more."""
        self.recent_volume = checked_volume(volume)

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        shape_add(shape, view.price, part_of(floor(0.25 * self.recent_volume), view))
        rest(shape, view, 1)
        return True


cdef class CompetitionAwareFillModel(FillModel):
    """A part of what the touch shows: others take the rest.

    Parameters
    ----------
    prob_fill_on_limit, prob_slippage, random_seed
        As of `FillModel`.
    liquidity_factor : float, default 0.3
        The part, in [0, 1].

    Raises
    ------
    InvalidConfiguration
        If the part is outside its range.

    Notes
    -----
    Assumptions: the part is had at the best price, rounded down to the size increment and at least one of them. Unrealistic:
    competition is the same in quiet and in fast markets.
    """

    def __cinit__(self, *args, **kwargs):
        self.shapes = SHAPES_VISITS

    def __init__(self, double prob_fill_on_limit=1.0, double prob_slippage=0.0, random_seed=None,
                 double liquidity_factor=0.3):
        if not 0.0 <= liquidity_factor <= 1.0:
            raise InvalidConfiguration(f"invalid `liquidity_factor`, must be in [0, 1], was {liquidity_factor}")
        super().__init__(prob_fill_on_limit, prob_slippage, random_seed)
        self.liquidity_factor = liquidity_factor

    def __repr__(self):
        return f"{super().__repr__().removesuffix(')')}, liquidity_factor={self.liquidity_factor})"

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        shape_add(shape, view.price, part_of(self.liquidity_factor * <double>view.size / <double>view.unit, view))
        return True


def minute_of(text):
    """Return the minute of the day of a time as "HH:MM"; "24:00" is the end of the day."""
    hours, minutes = str(text).split(":")
    minute = int(hours) * 60 + int(minutes)
    if not 0 <= int(minutes) < 60 or not 0 <= minute <= 1_440:
        raise ValueError(text)
    return minute


def checked_volume(double volume):
    """Return a volume in contracts, zero or more.

    Raises
    ------
    InvalidConfiguration
        If it is negative or not finite.
    """
    if not 0.0 <= volume < 1e18:
        raise InvalidConfiguration(f"invalid `recent_volume`, must be in [0, 10^18), was {volume}")
    return volume
