"""What a row adds to a bar."""

from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.enums cimport PriceType


cdef void builder_read(const BuilderC* builder, const RowHead* row, ValuesC* values) noexcept nogil:
    cdef const QuoteRow* quote
    cdef const BarRow* bar
    cdef price_raw_t price
    cdef int128_t total
    values.ts_event = row.ts_event
    values.ts_init = row.ts_init
    if builder.source_kind == ROW_BAR:
        bar = <const BarRow*>row
        values.open = bar.open
        values.high = bar.high
        values.low = bar.low
        values.close = bar.close
        values.size = bar.volume
        return
    if builder.source_kind == ROW_TRADE:
        price = (<const TradeRow*>row).price
        values.size = (<const TradeRow*>row).size
    else:
        quote = <const QuoteRow*>row
        if builder.price_type == PriceType.BID:
            price = quote.bid
            values.size = quote.bid_size
        elif builder.price_type == PriceType.ASK:
            price = quote.ask
            values.size = quote.ask_size
        else:
            # Half to even; the shift is a floor, below zero too
            total = <int128_t>quote.bid + quote.ask
            price = <price_raw_t>(total >> 1)
            if total & 1 and price & 1:
                price += 1
            values.size = <qty_raw_t>((<int128_t>quote.bid_size + quote.ask_size) >> 1)
    values.open = values.high = values.low = values.close = price


cdef int builder_add(BuilderC* builder, const ValuesC* values) noexcept nogil:
    cdef BarRow* bar = &builder.bar
    cdef int64_t volume
    if not builder.has:
        builder.has = True
        bar.open = values.open
        bar.high = values.high
        bar.low = values.low
        bar.volume = 0
    else:
        if values.high > bar.high:
            bar.high = values.high
        if values.low < bar.low:
            bar.low = values.low
    bar.close = values.close
    if fixed_add(bar.volume, values.size, &volume) != 0:
        return -1
    bar.volume = volume
    bar.ts_event = values.ts_event
    bar.ts_init = values.ts_init
    return 0


cdef int builder_take(void* builder, const RowHead* row) noexcept nogil:
    cdef ValuesC values
    builder_read(<BuilderC*>builder, row, &values)
    return builder_add(<BuilderC*>builder, &values)
