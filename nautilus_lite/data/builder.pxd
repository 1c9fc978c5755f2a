# A bar in the making; fed without the GIL.
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead

cdef struct ValuesC:
    price_raw_t open
    price_raw_t high
    price_raw_t low
    price_raw_t close
    qty_raw_t size
    ts_t ts_event
    ts_t ts_init

cdef struct BuilderC:
    int source_kind              # RowKind of the rows it takes
    int price_type               # PriceType
    bint has                     # anything in the bar yet
    BarRow bar

cdef void builder_read(const BuilderC* builder, const RowHead* row, ValuesC* values) noexcept nogil
cdef int builder_add(BuilderC* builder, const ValuesC* values) noexcept nogil       # -1: the volume leaves 64 bits
cdef int builder_take(void* builder, const RowHead* row) noexcept nogil            # read and add
