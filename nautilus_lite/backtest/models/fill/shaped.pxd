from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t


cdef class BestPriceFillModel(FillModel):
    pass


cdef class OneTickSlippageFillModel(FillModel):
    pass


cdef class TwoTierFillModel(FillModel):
    pass


cdef class ThreeTierFillModel(FillModel):
    pass


cdef class ProbabilisticFillModel(FillModel):
    pass


cdef class SizeAwareFillModel(FillModel):
    pass


cdef class LimitOrderPartialFillModel(FillModel):
    pass


cdef class MarketHoursFillModel(FillModel):
    cdef readonly tuple low_liquidity_hours      # (start, end) as "HH:MM", UTC
    cdef list _spans                             # (start, end) in ns of the day
    cdef bint _is_low
    cdef bint _is_low_at(self, ts_t ts) noexcept


cdef class VolumeSensitiveFillModel(FillModel):
    cdef readonly double recent_volume           # in contracts
    cdef double _first_volume


cdef class CompetitionAwareFillModel(FillModel):
    cdef readonly double liquidity_factor
