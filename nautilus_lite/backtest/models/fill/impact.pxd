from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.fill.base cimport FillViewC
from nautilus_lite.core.typedefs cimport price_raw_t


cdef class ThroughTicksFillModel(FillModel):
    pass


cdef class VolumeShareFillModel(FillModel):
    cdef readonly double volume_limit
    cdef readonly double price_impact


cdef class SquareRootImpactFillModel(FillModel):
    cdef readonly double eta
    cdef readonly double sigma
    cdef readonly double volume                  # contracts
