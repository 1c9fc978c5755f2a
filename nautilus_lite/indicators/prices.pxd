# Prices of a bar as doubles; only what is not exactly a `Bar` is asked through Python.
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.model.data.bars cimport Bar


cdef inline double close_of(object bar) except? -1.0:
    if type(bar) is Bar:
        return fixed_to_double((<Bar>bar)._mem.close, (<Bar>bar)._price_precision)
    return bar.close.as_double()
