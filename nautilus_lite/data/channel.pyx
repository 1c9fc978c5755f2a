"""Typed channels: rows go to C consumers as they are and to the bus as objects, made once, if anybody listens there.

An object that no handler kept is filled with the next row instead of making another: who keeps one keeps it as it was.

Order book deltas reach the bus as `OrderBookDeltas`, one per batch: a batch ends with a row that is flagged `F_LAST`, or
that has no flags at all.
"""

cimport cython
from cpython.object cimport PyObject
from libc.stdlib cimport free
from libc.stdlib cimport realloc
from libc.string cimport memcpy

from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.model.data.bars cimport Bar
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.book cimport OrderBookDeltas
from nautilus_lite.model.data.book cimport OrderBookDepth10
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_DEPTH10
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.rows cimport ends_batch
from nautilus_lite.model.data.ticks cimport QuoteTick
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.instruments.base cimport Instrument

from nautilus_lite.errors import InternalError

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(PyObject* thing) nogil


cdef class RowConsumer:
    """Takes rows in C; Cython code derives from it."""

    cdef int on_row_c(self, const RowHead* row) except -1:
        raise NotImplementedError(f"{type(self).__name__} must override `on_row_c`")

    cdef int failed_c(self) except -1:
        raise InternalError(f"{type(self).__name__} failed to take a row; please report")


@cython.final
cdef class Channel:
    """One kind of data of one instrument or bar type; the data engine makes them."""

    def __dealloc__(self):
        free(self._batch)
        free(self.listeners.feeds)

    @staticmethod
    cdef Channel new_c(Topic topic, int kind, MarketState state, BarType bar_type):
        cdef Channel channel = Channel.__new__(Channel)
        channel.topic = topic
        channel.kind = kind
        channel.state = state
        channel.bar_type = bar_type
        channel._consumers = ()
        return channel

    cdef int add_consumer_c(self, RowConsumer consumer) except -1:
        return self._set_consumers_c((*self._consumers, consumer))

    cdef int remove_consumer_c(self, RowConsumer consumer) except -1:
        return self._set_consumers_c(tuple([c for c in self._consumers if c is not consumer]))

    cdef int _set_consumers_c(self, tuple consumers) except -1:
        cdef RowConsumer consumer
        cdef Py_ssize_t n = len(consumers)
        cdef void* memory = realloc(self.listeners.feeds, max(n, 1) * sizeof(FeedC))
        if memory == NULL:
            raise MemoryError(f"no memory for the consumers of {self.topic.name}")
        self.listeners.feeds = <FeedC*>memory
        self.listeners.n_feeds = 0
        for consumer in consumers:
            if consumer.take != NULL:
                self.listeners.feeds[self.listeners.n_feeds].take = consumer.take
                self.listeners.feeds[self.listeners.n_feeds].taker = consumer.taker
                self.listeners.n_feeds += 1
        self.listeners.n_python = n - self.listeners.n_feeds
        self._consumers = consumers
        self.n_consumers = n
        return 0

    cdef int failed_c(self, Py_ssize_t feed) except -1:
        cdef RowConsumer consumer
        for consumer in self._consumers:
            if consumer.taker == self.listeners.feeds[feed].taker:
                consumer.failed_c()
        raise InternalError(f"a consumer of {self.topic.name} failed and does not say why; please report")

    @property
    def count(self):
        """Number of rows that reached a listener."""
        return self.listeners.count

    cdef int reset_c(self) except -1:
        self._set_consumers_c(())
        self.listeners.count = 0
        self._n_batch = 0
        return 0

    cdef int publish_row_c(self, const RowHead* row) except -1:
        cdef tuple consumers = self._consumers
        cdef Instrument instrument
        cdef Py_ssize_t i
        self.listeners.count += 1
        for i in range(len(consumers)):
            (<RowConsumer>consumers[i]).on_row_c(row)
        if self.topic.n == 0:
            return 0
        instrument = self.state.instrument
        if self.kind == ROW_QUOTE:
            if self._is_spare_c(instrument):
                (<QuoteTick>self._last)._mem = (<const QuoteRow*>row)[0]
            else:
                self._last = QuoteTick.from_row_c(
                    instrument.id, <const QuoteRow*>row, instrument.price_precision, instrument.size_precision
                )
            return self.topic.publish_c(self._last)
        if self.kind == ROW_TRADE:
            if self._is_spare_c(instrument):
                (<TradeTick>self._last)._mem = (<const TradeRow*>row)[0]
            else:
                self._last = TradeTick.from_row_c(
                    instrument.id, <const TradeRow*>row, instrument.price_precision, instrument.size_precision
                )
            return self.topic.publish_c(self._last)
        if self.kind == ROW_BAR:
            if self._is_spare_c(instrument):
                (<Bar>self._last)._mem = (<const BarRow*>row)[0]
            else:
                self._last = Bar.from_row_c(
                    self.bar_type, <const BarRow*>row, instrument.price_precision, instrument.size_precision
                )
            return self.topic.publish_c(self._last)
        if self.kind == ROW_DELTA:
            return self._publish_delta_c(<const DeltaRow*>row)
        if self.kind == ROW_DEPTH10:
            return self.topic.publish_c(OrderBookDepth10.from_row_c(
                instrument.id, <const Depth10Row*>row, instrument.price_precision, instrument.size_precision
            ))
        raise InternalError(f"channel {self.topic.name} of kind {self.kind} got a row; please report")

    cdef int _publish_delta_c(self, const DeltaRow* row) except -1:
        cdef Instrument instrument = self.state.instrument
        cdef size_t capacity, n
        cdef void* memory
        if self._n_batch == self._batch_capacity:
            capacity = self._batch_capacity * 2 if self._batch_capacity else 64
            memory = realloc(self._batch, capacity * sizeof(DeltaRow))
            if memory == NULL:
                raise MemoryError("no memory for a batch of order book deltas")
            self._batch = <DeltaRow*>memory
            self._batch_capacity = capacity
        self._batch[self._n_batch] = row[0]
        self._n_batch += 1
        if not ends_batch(row.flags):
            return 0
        n = self._n_batch
        self._n_batch = 0
        if self._is_spare_c(instrument) and (<OrderBookDeltas>self._last)._n == n:
            memcpy((<OrderBookDeltas>self._last)._rows, self._batch, n * sizeof(DeltaRow))
        else:
            self._last = OrderBookDeltas.from_rows_c(
                instrument.id, self._batch, n, instrument.price_precision, instrument.size_precision
            )
        return self.topic.publish_c(self._last)

    cdef bint _is_spare_c(self, Instrument instrument) noexcept:
        """Whether the object made last may be filled anew: nobody but us holds it, and it is of this very instrument."""
        if self._last is not None and Py_REFCNT(<PyObject*>self._last) == 1 and self._last_instrument is instrument:
            return True
        self._last_instrument = instrument
        return False

    def __repr__(self):
        return f"Channel({self.topic.name}, consumers={self.n_consumers}, subscribers={self.topic.n})"
