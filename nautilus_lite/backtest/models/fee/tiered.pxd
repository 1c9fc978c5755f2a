from libc.stdint cimport int64_t
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency

cdef struct TierC:
    int64_t maker                # rates in units of 10^-9
    int64_t taker


cdef class VolumeWindow:
    """Volume by UTC day, and its sum over the last days."""
    cdef int64_t _days                           # length of the window
    cdef int64_t _today                          # days since 1970; -1 before the first fill
    cdef dict _of_day                            # day -> minor units
    cdef object total                            # of the window, minor units
    cdef list thresholds                         # of the tiers, minor units, rising
    cdef int to_c(self, int64_t day) except -1
    cdef int add_c(self, int64_t day, object volume) except -1


cdef class TieredFeeModel(FeeModel):
    cdef readonly tuple tiers                    # (volume, maker, taker), Decimals, rising
    cdef readonly Currency currency              # of the volumes; None: the quote currency of what was traded
    cdef readonly int window_days
    cdef readonly bint counts_today
    cdef dict _windows                           # (Venue, Currency) -> VolumeWindow
    cdef TierC[64] _rates
    cdef VolumeWindow _window_c(self, Instrument instrument)
    cdef TierC _tier_c(self, Instrument instrument)
