"""Bars made from quotes, trades or smaller bars; integers throughout.

Tick, volume and value bars close on the row that fills them: a trade that is larger than what a volume or value bar lacks is
split, so that the volumes add up to what was traded. Time bars close on a timer; timers fire before the rows of their
time, so a quote or trade at exactly the close belongs to the next bar; a smaller bar that closes there belongs to this one. BID and ASK bars follow that side and its size; MID bars the
mean of both prices, at the instrument's precision and rounded half to even, and half the sum of the sizes.
"""

from datetime import datetime
from datetime import timezone

cimport cython

from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.builder cimport ValuesC
from nautilus_lite.data.builder cimport builder_add
from nautilus_lite.data.builder cimport builder_read
from nautilus_lite.data.builder cimport builder_take
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.enums cimport BarAggregation
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.instruments.base cimport Instrument

from nautilus_lite.errors import InvalidConfiguration

cdef ts_t DAY_NS = 86_400_000_000_000
# 1970-01-01 was a Thursday; weeks begin on Monday
cdef ts_t FIRST_MONDAY_NS = 4 * DAY_NS


cdef class BarSink:
    """Where finished bars go; the data engine derives from it."""

    cdef int put_c(self, BarType bar_type, BarRow* row) except -1:
        raise NotImplementedError(f"{type(self).__name__} must override `put_c`")


cdef BarAggregator new_aggregator_c(BarType bar_type, Instrument instrument, BarSink sink, Clock clock, object config):
    cdef int aggregation = bar_type.spec._aggregation
    cdef BarAggregator aggregator
    if aggregation == BarAggregation.TICK:
        aggregator = TickBarAggregator.__new__(TickBarAggregator)
    elif aggregation == BarAggregation.VOLUME:
        aggregator = VolumeBarAggregator.__new__(VolumeBarAggregator)
        (<VolumeBarAggregator>aggregator)._step = bar_type.spec.step * fixed_pow10(instrument.size_precision)
    elif aggregation == BarAggregation.VALUE:
        aggregator = ValueBarAggregator.__new__(ValueBarAggregator)
        (<ValueBarAggregator>aggregator)._step = (
            <int128_t>bar_type.spec.step * fixed_pow10(instrument.size_precision) * fixed_pow10(instrument.price_precision)
        )
    elif bar_type.spec.is_time_aggregated():
        aggregator = TimeBarAggregator.__new__(TimeBarAggregator)
    else:
        raise InvalidConfiguration(
            f"cannot build {bar_type}: aggregation must be by time, TICK, VOLUME or VALUE"
        )
    aggregator.bar_type = bar_type
    aggregator.instrument = instrument
    aggregator._sink = sink
    aggregator._builder.price_type = bar_type.spec._price_type
    if bar_type._composite is not None:
        aggregator._builder.source_kind = ROW_BAR
    else:
        aggregator._builder.source_kind = ROW_TRADE if aggregator._builder.price_type == PriceType.LAST else ROW_QUOTE
    if isinstance(aggregator, TimeBarAggregator):
        if aggregator._builder.source_kind != ROW_BAR:
            # Only a timer closes it: rows may come in without the GIL
            aggregator.take = builder_take
            aggregator.taker = &aggregator._builder
        (<TimeBarAggregator>aggregator)._clock = clock
        (<TimeBarAggregator>aggregator)._on_close = (
            config.time_bars_timestamp_on_close and config.time_bars_interval_type == "left-open"
        )
        (<TimeBarAggregator>aggregator)._build_empty = config.time_bars_build_with_no_updates
        (<TimeBarAggregator>aggregator).timer_name = f"bars-{bar_type}"
        (<TimeBarAggregator>aggregator).schedule_c(clock.timestamp_ns())
        (<TimeBarAggregator>aggregator)._skip = (
            config.time_bars_skip_first_non_full_bar
            and (<TimeBarAggregator>aggregator)._opened < <ts_t>clock.timestamp_ns()
        )
    return aggregator


cdef class BarAggregator(RowConsumer):
    """Base of the aggregators; the data engine makes them."""

    cdef int on_row_c(self, const RowHead* row) except -1:
        cdef ValuesC values
        builder_read(&self._builder, row, &values)
        return self.update_c(&values)

    cdef int failed_c(self) except -1:
        raise_overflow(f"volume of {self.bar_type}")
        return 0

    cdef int update_c(self, const ValuesC* values) except -1:
        return self.add_c(values)

    cdef int add_c(self, const ValuesC* values) except -1:
        if builder_add(&self._builder, values) != 0:
            self.failed_c()
        return 0

    cdef int emit_c(self) except -1:
        self._builder.has = False
        return self._sink.put_c(self.bar_type, &self._builder.bar)

    cdef int stop_c(self) except -1:
        return 0


@cython.final
cdef class TickBarAggregator(BarAggregator):
    """A bar every `step` rows."""

    cdef int update_c(self, const ValuesC* values) except -1:
        self.add_c(values)
        self._count += 1
        if self._count < self.bar_type.spec.step:
            return 0
        self._count = 0
        return self.emit_c()


@cython.final
cdef class VolumeBarAggregator(BarAggregator):
    """A bar every `step` units of volume."""

    cdef int update_c(self, const ValuesC* values) except -1:
        cdef ValuesC part = values[0]
        cdef qty_raw_t left = values.size
        while True:
            part.size = self._step - (self._builder.bar.volume if self._builder.has else 0)
            if left < part.size:
                break
            self.add_c(&part)
            self.emit_c()
            left -= part.size
            if left == 0:
                return 0
        part.size = left
        return self.add_c(&part)


@cython.final
cdef class ValueBarAggregator(BarAggregator):
    """A bar every `step` units of quote currency traded."""

    cdef int update_c(self, const ValuesC* values) except -1:
        cdef ValuesC part = values[0]
        cdef price_raw_t close = values.close
        cdef qty_raw_t left = values.size
        # At a price of zero or less a row adds volume and no value
        while close > 0 and <int128_t>close * left >= self._step - self._value:
            part.size = <qty_raw_t>((self._step - self._value + close - 1) // close)
            self.add_c(&part)
            self._value = 0
            self.emit_c()
            left -= part.size
            if left == 0:
                return 0
        if close > 0:
            self._value += <int128_t>close * left
        part.size = left
        return self.add_c(&part)


@cython.final
cdef class TimeBarAggregator(BarAggregator):
    """A bar every interval of time, aligned to UTC: days to midnight, weeks to Monday, months and years to their first."""

    cdef int schedule_c(self, ts_t now) except -1:
        """Find the interval that `now` lies in, and wake at its end."""
        cdef ts_t step
        cdef int aggregation = self.bar_type.spec._aggregation
        cdef int months
        if aggregation == BarAggregation.MONTH or aggregation == BarAggregation.YEAR:
            months = self.bar_type.spec.step * (12 if aggregation == BarAggregation.YEAR else 1)
            moment = datetime.fromtimestamp(now // 1_000_000_000, timezone.utc)
            index = (moment.year * 12 + moment.month - 1) // months * months
            self._opened = month_start(index)
            self._closes = month_start(index + months)
        else:
            step = self.bar_type.spec.get_interval_ns()
            if aggregation == BarAggregation.WEEK:
                self._opened = (now - FIRST_MONDAY_NS) // step * step + FIRST_MONDAY_NS
            else:
                self._opened = now // step * step
            self._closes = self._opened + step
        # A smaller bar that closes with this one arrives at its close, after the timers of that time
        cdef ts_t grace = 1 if self._builder.source_kind == ROW_BAR else 0
        self._clock.set_time_alert_ns(self.timer_name, self._closes + grace, self._on_timer)
        return 0

    cdef int update_c(self, const ValuesC* values) except -1:
        self.add_c(values)
        if self._builder.source_kind == ROW_BAR and values.ts_init == self._closes:
            self._clock.cancel_timer(self.timer_name)
            self.close_c()
        return 0

    def _on_timer(self, event):
        self.close_c()

    cdef int close_c(self) except -1:
        cdef ts_t opened = self._opened
        cdef ts_t closes = self._closes
        cdef bint has = self._builder.has
        cdef ValuesC empty
        self.schedule_c(closes)
        if self._skip:
            self._skip = False
            if has:
                self._last_close = self._builder.bar.close
                self._known = True
                self._builder.has = False
            return 0
        if not has:
            if not self._known or not self._build_empty:
                return 0
            empty.open = empty.high = empty.low = empty.close = self._last_close
            empty.size = 0
            empty.ts_event = empty.ts_init = closes
            self.add_c(&empty)
        self._last_close = self._builder.bar.close
        self._known = True
        self._builder.bar.ts_event = closes if self._on_close else opened
        self._builder.bar.ts_init = closes
        return self.emit_c()

    cdef int stop_c(self) except -1:
        if self.timer_name in self._clock.timer_names:
            self._clock.cancel_timer(self.timer_name)
        return 0


cdef object month_start(object index):
    """UNIX nanoseconds of the first of a month, counted from year 0."""
    return int(datetime(index // 12, index % 12 + 1, 1, tzinfo=timezone.utc).timestamp()) * 1_000_000_000
