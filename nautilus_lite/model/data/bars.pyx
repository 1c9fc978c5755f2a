"""Bars, what they are aggregated from, and their types as text."""

import datetime as dt

cimport cython
from libc.stdint cimport uint8_t
from libc.string cimport memcmp

from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.enums cimport AggregationSource
from nautilus_lite.model.enums cimport BarAggregation
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.model.enums import aggregation_source_from_str
from nautilus_lite.model.enums import aggregation_source_to_str
from nautilus_lite.model.enums import bar_aggregation_from_str
from nautilus_lite.model.enums import bar_aggregation_to_str
from nautilus_lite.model.enums import price_type_from_str
from nautilus_lite.model.enums import price_type_to_str

# Nanoseconds of one step of each time aggregation that has a fixed length
cdef dict STEP_NS = {
    BarAggregation.MILLISECOND: 1_000_000,
    BarAggregation.SECOND: 1_000_000_000,
    BarAggregation.MINUTE: 60_000_000_000,
    BarAggregation.HOUR: 3_600_000_000_000,
    BarAggregation.DAY: 86_400_000_000_000,
    BarAggregation.WEEK: 604_800_000_000_000,
}
# A step must divide the next larger unit, or bars would not line up with it
cdef dict LARGER_UNIT = {
    BarAggregation.MILLISECOND: 1000,
    BarAggregation.SECOND: 60,
    BarAggregation.MINUTE: 60,
    BarAggregation.HOUR: 24,
    BarAggregation.DAY: 1,
    BarAggregation.WEEK: 1,
    BarAggregation.MONTH: 12,
}


@cython.final
@cython.no_gc
cdef class BarSpecification:
    """How bars are made.

    Parameters
    ----------
    step : int
        Positive; for time bars it must divide the next larger unit (60 for minutes, 24 for hours, ...).
    aggregation : BarAggregation
    price_type : PriceType

    Raises
    ------
    ValueError
        If the step is not so.
    """

    def __init__(self, int step, BarAggregation aggregation, PriceType price_type):
        if step <= 0:
            raise ValueError(f"invalid `step`, must be positive, was {step}")
        bar_aggregation_to_str(aggregation)
        price_type_to_str(price_type)
        unit = LARGER_UNIT.get(<int>aggregation)
        if unit is not None and unit % step != 0:
            raise ValueError(
                f"invalid `step` for {bar_aggregation_to_str(aggregation)} bars, must divide {unit}, was {step}"
            )
        self.step = step
        self._aggregation = aggregation
        self._price_type = price_type

    @staticmethod
    def from_str(str value not None):
        """Parse for example `1-MINUTE-BID`."""
        parts = value.split("-")
        if len(parts) != 3:
            raise ValueError(f"invalid bar specification, must be STEP-AGGREGATION-PRICETYPE, was {value!r}")
        try:
            step = int(parts[0])
        except ValueError:
            raise ValueError(f"invalid step {parts[0]!r} in the bar specification {value!r}, must be an integer") from None
        return BarSpecification(step, bar_aggregation_from_str(parts[1]), price_type_from_str(parts[2]))

    @staticmethod
    def from_timedelta(object duration, PriceType price_type):
        """Return the specification of time bars of a duration."""
        nanos = int(duration.total_seconds() * 1000) * 1_000_000
        for aggregation in (
            BarAggregation.DAY, BarAggregation.HOUR, BarAggregation.MINUTE, BarAggregation.SECOND, BarAggregation.MILLISECOND,
        ):
            if nanos and nanos % STEP_NS[<int>aggregation] == 0:
                return BarSpecification(nanos // STEP_NS[<int>aggregation], aggregation, price_type)
        raise ValueError(f"invalid duration {duration!r}, must be whole milliseconds")

    @property
    def aggregation(self):
        """What closes a bar."""
        return <BarAggregation>self._aggregation

    @property
    def price_type(self):
        """Which price the bar is of."""
        return <PriceType>self._price_type

    @property
    def timedelta(self):
        """Length of a time bar of fixed length.

        Raises
        ------
        ValueError
            For other bars.
        """
        return dt.timedelta(microseconds=self.get_interval_ns() // 1000)

    def get_interval_ns(self):
        """Return the length of a time bar of fixed length (ns)."""
        if self._aggregation not in STEP_NS:
            raise ValueError(f"{bar_aggregation_to_str(self._aggregation)} bars have no fixed length")
        return self.step * STEP_NS[self._aggregation]

    @staticmethod
    def check_time_aggregated(BarAggregation aggregation):
        """Return whether time closes such bars."""
        return <int>aggregation >= BarAggregation.MILLISECOND

    def is_time_aggregated(self):
        """Return whether time closes the bar."""
        return self._aggregation >= BarAggregation.MILLISECOND

    def is_threshold_aggregated(self):
        """Return whether a count, volume or value closes the bar."""
        return self._aggregation in (
            BarAggregation.TICK, BarAggregation.TICK_IMBALANCE, BarAggregation.VOLUME, BarAggregation.VOLUME_IMBALANCE,
            BarAggregation.VALUE, BarAggregation.VALUE_IMBALANCE,
        )

    def is_information_aggregated(self):
        """Return whether runs close the bar."""
        return self._aggregation in (BarAggregation.TICK_RUNS, BarAggregation.VOLUME_RUNS, BarAggregation.VALUE_RUNS)

    def __eq__(self, other):
        if type(other) is not BarSpecification:
            return NotImplemented
        cdef BarSpecification that = <BarSpecification>other
        return (
            self.step == that.step and self._aggregation == that._aggregation and self._price_type == that._price_type
        )

    def __lt__(self, other):
        return str(self) < str(other)

    def __hash__(self):
        return hash((self.step, self._aggregation, self._price_type))

    def __str__(self):
        return f"{self.step}-{bar_aggregation_to_str(self._aggregation)}-{price_type_to_str(self._price_type)}"

    def __repr__(self):
        return f"BarSpecification({self})"

    def __reduce__(self):
        return BarSpecification, (self.step, self.aggregation, self.price_type)


@cython.final
@cython.no_gc
cdef class BarType:
    """Instrument, specification and source of bars, e.g. `EUR/USD.SIM-1-MINUTE-BID-EXTERNAL`.

    Parameters
    ----------
    instrument_id : InstrumentId
    bar_spec : BarSpecification
    aggregation_source : AggregationSource, default EXTERNAL
        INTERNAL bars are built here from quotes, trades or, for a composite type, from other bars.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        BarSpecification bar_spec not None,
        AggregationSource aggregation_source=AggregationSource.EXTERNAL,
    ):
        self._fill(instrument_id, bar_spec, aggregation_source, None)

    cdef _fill(self, InstrumentId instrument_id, BarSpecification spec, int source, BarType composite):
        self.instrument_id = instrument_id
        self.spec = spec
        self._source = source
        self._composite = composite
        text = f"{instrument_id}-{spec}-{aggregation_source_to_str(source)}"
        if composite is not None:
            text += f"@{composite.spec.step}-{bar_aggregation_to_str(composite.spec._aggregation)}-"
            text += aggregation_source_to_str(composite._source)
        self._text = text
        self._hash = hash(text)

    @staticmethod
    def new_composite(
        InstrumentId instrument_id not None,
        BarSpecification bar_spec not None,
        AggregationSource aggregation_source,
        int composite_step,
        BarAggregation composite_aggregation,
        AggregationSource composite_aggregation_source,
    ):
        """Return the type of bars built from smaller bars."""
        cdef BarType result = BarType.__new__(BarType)
        spec = BarSpecification(composite_step, composite_aggregation, bar_spec.price_type)
        result._fill(instrument_id, bar_spec, aggregation_source, BarType(instrument_id, spec, composite_aggregation_source))
        return result

    @staticmethod
    def from_str(str value not None):
        """Parse a bar type, composite ones as `...-5-MINUTE-LAST-INTERNAL@1-MINUTE-EXTERNAL`.

        Raises
        ------
        ValueError
            Naming the part that is not understood.
        """
        standard, at, source_text = value.partition("@")
        parts = standard.rsplit("-", 4)
        if len(parts) != 5:
            raise ValueError(
                "invalid bar type, must be INSTRUMENT-STEP-AGGREGATION-PRICETYPE-SOURCE such as "
                f"'EUR/USD.SIM-1-MINUTE-BID-EXTERNAL', was {value!r}"
            )
        try:
            instrument_id = InstrumentId.from_str(parts[0])
            spec = BarSpecification.from_str("-".join(parts[1:4]))
            source = aggregation_source_from_str(parts[4])
            if not at:
                return BarType(instrument_id, spec, source)
            inner = source_text.split("-")
            if len(inner) != 3:
                raise ValueError(f"the part after '@' must be STEP-AGGREGATION-SOURCE, was {source_text!r}")
            return BarType.new_composite(
                instrument_id, spec, source, int(inner[0]), bar_aggregation_from_str(inner[1]),
                aggregation_source_from_str(inner[2]),
            )
        except ValueError as error:
            raise ValueError(f"invalid bar type {value!r}: {error}") from error

    @property
    def aggregation_source(self):
        """Where the bars are built."""
        return <AggregationSource>self._source

    def standard(self):
        """Return the type without its composite part."""
        return self if self._composite is None else BarType(self.instrument_id, self.spec, self.aggregation_source)

    def composite(self):
        """Return the type of the bars this one is built from; itself if it is not composite."""
        return self if self._composite is None else self._composite

    def is_composite(self):
        """Return whether the bars are built from other bars."""
        return self._composite is not None

    def is_standard(self):
        """Return whether the bars are not built from other bars."""
        return self._composite is None

    def is_internally_aggregated(self):
        """Return whether the bars are built here."""
        return self._source == AggregationSource.INTERNAL

    def is_externally_aggregated(self):
        """Return whether the bars come with the data."""
        return self._source == AggregationSource.EXTERNAL

    def __eq__(self, other):
        if self is other:
            return True
        if type(other) is not BarType:
            return NotImplemented
        return self._text == (<BarType>other)._text

    def __lt__(self, other):
        return str(self) < str(other)

    def __hash__(self):
        return self._hash

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"BarType({self._text})"

    def __reduce__(self):
        return BarType.from_str, (self._text,)


@cython.final
@cython.no_gc
cdef class Bar(Data):
    """A bar.

    Parameters
    ----------
    bar_type : BarType
    open, high, low, close : Price
        Of one precision; high is the greatest, low the least.
    volume : Quantity
    ts_event, ts_init : int
        UNIX nanoseconds; `ts_init` is the close of the bar.
    is_revision : bool, default False

    Raises
    ------
    ValueError
        If prices contradict each other or precisions differ.
    """

    def __init__(
        self,
        BarType bar_type not None,
        Price open not None,
        Price high not None,
        Price low not None,
        Price close not None,
        Quantity volume not None,
        ts_t ts_event,
        ts_t ts_init,
        bint is_revision=False,
    ):
        if not (open.precision == high.precision == low.precision == close.precision):
            raise ValueError(f"prices of a bar must have one precision, were {open}, {high}, {low}, {close}")
        if high.raw < open.raw or high.raw < close.raw or high.raw < low.raw:
            raise ValueError(f"invalid `high`, must be the greatest price, was {high} (open {open}, low {low}, close {close})")
        if low.raw > open.raw or low.raw > close.raw:
            raise ValueError(f"invalid `low`, must be the least price, was {low} (open {open}, high {high}, close {close})")
        self.bar_type = bar_type
        self._mem.ts_event = ts_event
        self._mem.ts_init = ts_init
        self._mem.open = open.raw
        self._mem.high = high.raw
        self._mem.low = low.raw
        self._mem.close = close.raw
        self._mem.volume = volume.raw
        self._price_precision = open.precision
        self._size_precision = volume.precision
        self.is_revision = is_revision

    @staticmethod
    cdef Bar from_row_c(BarType bar_type, const BarRow* row, uint8_t price_precision, uint8_t size_precision):
        cdef Bar bar = Bar.__new__(Bar)
        bar.bar_type = bar_type
        bar._mem = row[0]
        bar._price_precision = price_precision
        bar._size_precision = size_precision
        bar.is_revision = False
        return bar

    @staticmethod
    def from_raw(
        BarType bar_type not None,
        price_raw_t open,
        price_raw_t high,
        price_raw_t low,
        price_raw_t close,
        uint8_t price_prec,
        qty_raw_t volume,
        uint8_t size_prec,
        ts_t ts_event,
        ts_t ts_init,
    ):
        """Make from raws, each counted in units of 10^-precision."""
        return Bar(
            bar_type, Price.from_raw(open, price_prec), Price.from_raw(high, price_prec), Price.from_raw(low, price_prec),
            Price.from_raw(close, price_prec), Quantity.from_raw(volume, size_prec), ts_event, ts_init,
        )

    @property
    def open(self):
        """First price."""
        return Price.from_raw_c(self._mem.open, self._price_precision)

    @property
    def high(self):
        """Greatest price."""
        return Price.from_raw_c(self._mem.high, self._price_precision)

    @property
    def low(self):
        """Least price."""
        return Price.from_raw_c(self._mem.low, self._price_precision)

    @property
    def close(self):
        """Last price."""
        return Price.from_raw_c(self._mem.close, self._price_precision)

    @property
    def volume(self):
        """Volume."""
        return Quantity.from_raw_c(self._mem.volume, self._size_precision)

    @property
    def ts_event(self):
        """UNIX nanoseconds of the event."""
        return self._mem.ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of arrival: the close of the bar."""
        return self._mem.ts_init

    def is_single_price(self):
        """Return whether all four prices are equal."""
        return self._mem.high == self._mem.low

    def to_dict(self, Bar obj=None):
        """Return plain data."""
        cdef Bar bar = obj if obj is not None else self
        return {
            "type": "Bar",
            "bar_type": str(bar.bar_type),
            "open": str(bar.open),
            "high": str(bar.high),
            "low": str(bar.low),
            "close": str(bar.close),
            "volume": str(bar.volume),
            "ts_event": bar._mem.ts_event,
            "ts_init": bar._mem.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return Bar(
            BarType.from_str(values["bar_type"]),
            Price.from_str(values["open"]),
            Price.from_str(values["high"]),
            Price.from_str(values["low"]),
            Price.from_str(values["close"]),
            Quantity.from_str(values["volume"]),
            values["ts_event"],
            values["ts_init"],
        )

    def __eq__(self, other):
        if type(other) is not Bar:
            return NotImplemented
        cdef Bar that = <Bar>other
        return (
            self.bar_type == that.bar_type
            and self._price_precision == that._price_precision
            and self._size_precision == that._size_precision
            and memcmp(&self._mem, &that._mem, sizeof(BarRow)) == 0
        )

    def __hash__(self):
        return hash((self.bar_type, self._mem.ts_init, self._mem.close))

    def __str__(self):
        return f"{self.bar_type},{self.open},{self.high},{self.low},{self.close},{self.volume},{self._mem.ts_event}"

    def __repr__(self):
        return f"Bar({self})"

    def __reduce__(self):
        return Bar, (
            self.bar_type, self.open, self.high, self.low, self.close, self.volume, self.ts_event, self.ts_init, self.is_revision,
        )
