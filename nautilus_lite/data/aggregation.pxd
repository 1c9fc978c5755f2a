from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.builder cimport BuilderC
from nautilus_lite.data.builder cimport ValuesC
from nautilus_lite.data.channel cimport RowConsumer
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.instruments.base cimport Instrument


cdef class BarSink:
    """Where finished bars go."""
    cdef int put_c(self, BarType bar_type, BarRow* row) except -1


cdef class BarAggregator(RowConsumer):
    cdef readonly BarType bar_type
    cdef readonly Instrument instrument
    cdef BarSink _sink
    cdef BuilderC _builder               # the bar being built
    cdef int add_c(self, const ValuesC* values) except -1
    cdef int update_c(self, const ValuesC* values) except -1
    cdef int emit_c(self) except -1
    cdef int stop_c(self) except -1


cdef class TickBarAggregator(BarAggregator):
    cdef long long _count


cdef class VolumeBarAggregator(BarAggregator):
    cdef qty_raw_t _step


cdef class ValueBarAggregator(BarAggregator):
    cdef int128_t _step                  # raw price x raw quantity units
    cdef int128_t _value


cdef class TimeBarAggregator(BarAggregator):
    cdef Clock _clock
    cdef ts_t _opened                    # start of the interval
    cdef ts_t _closes
    cdef bint _on_close
    cdef bint _skip                      # the first interval began before us
    cdef bint _build_empty
    cdef bint _known                     # a close is known
    cdef price_raw_t _last_close
    cdef readonly str timer_name
    cdef int schedule_c(self, ts_t now) except -1
    cdef int close_c(self) except -1     # emit the bar of the interval and begin the next


cdef BarAggregator new_aggregator_c(BarType bar_type, Instrument instrument, BarSink sink, Clock clock, object config)
