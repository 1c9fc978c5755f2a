from nautilus_lite.backtest.models.latency.base cimport LatencyModel


cdef class DrawnLatencyModel(LatencyModel):
    # One draw (ns, not negative, may be infinite); compiled subclasses override it and start with `draws = True`
    cdef double sample_c(self, bint is_response) noexcept
    # Standard normal, and gamma of a shape with scale 1, from the generator of the present key
    cdef double normal_c(self) noexcept
    cdef double gamma_c(self, double shape) noexcept


cdef class LogNormalLatencyModel(DrawnLatencyModel):
    cdef readonly double median_nanos
    cdef readonly double sigma
    cdef readonly double response_median_nanos   # 0: answers take their constant part alone
    cdef readonly double response_sigma


cdef class GammaLatencyModel(DrawnLatencyModel):
    cdef readonly double shape
    cdef readonly double scale_nanos
    cdef readonly double response_shape
    cdef readonly double response_scale_nanos    # 0: answers take their constant part alone
