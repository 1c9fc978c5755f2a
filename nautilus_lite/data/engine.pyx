"""The data engine: channels, aggregators, books at an interval, and answers to requests for past data.

A request is never answered with anything later than the time now.
"""

from functools import partial

cimport cython

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport ring_push
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.data.aggregation cimport BarAggregator
from nautilus_lite.data.aggregation cimport BarSink
from nautilus_lite.data.aggregation cimport new_aggregator_c
from nautilus_lite.data.channel cimport Channel
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_DEPTH10
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.identifiers cimport ComponentId
from nautilus_lite.model.instruments.base cimport Instrument

from nautilus_lite.core.nearest import nearest
from nautilus_lite.data.config import DataEngineConfig
from nautilus_lite.data.messages import DataResponse
from nautilus_lite.data.messages import RequestBars
from nautilus_lite.data.messages import RequestCustomData
from nautilus_lite.data.messages import RequestInstrument
from nautilus_lite.data.messages import RequestInstruments
from nautilus_lite.data.messages import RequestQuoteTicks
from nautilus_lite.data.messages import RequestTradeTicks
from nautilus_lite.data.messages import SubscribeBars
from nautilus_lite.data.messages import SubscribeInstrumentData
from nautilus_lite.data.messages import SubscribeOrderBook
from nautilus_lite.data.messages import UnsubscribeBars
from nautilus_lite.data.messages import UnsubscribeOrderBook
from nautilus_lite.data.topics import TOPIC_OF_UPDATE
from nautilus_lite.data.topics import bars_topic
from nautilus_lite.data.topics import custom_topic
from nautilus_lite.data.topics import deltas_topic
from nautilus_lite.data.topics import depth_topic
from nautilus_lite.data.topics import instrument_topic
from nautilus_lite.data.topics import quotes_topic
from nautilus_lite.data.topics import snapshots_topic
from nautilus_lite.data.topics import trades_topic
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import Bar
from nautilus_lite.model.data import CustomData
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.data import TradeTick


@cython.final
cdef class EngineSink(BarSink):
    """Takes bars from aggregators."""

    cdef int put_c(self, BarType bar_type, BarRow* row) except -1:
        return self.engine.publish_internal_bar_c(bar_type, <const RowHead*>row)


@cython.final
cdef class DataEngine(Component):
    """Hands data to whoever subscribed.

    Parameters
    ----------
    msgbus : MessageBus
        Endpoints `DataEngine.execute`, `DataEngine.request` and `DataEngine.process` are registered on it.
    cache : Cache
    clock : Clock
    config : DataEngineConfig, optional
    """

    def __init__(self, MessageBus msgbus not None, Cache cache not None, Clock clock not None, config=None):
        if config is None:
            config = DataEngineConfig()
        super().__init__(
            clock=clock, trader_id=msgbus.trader_id, component_id=ComponentId("DataEngine"), msgbus=msgbus, config=config
        )
        self._cache = cache
        self._channels = {}
        self._aggregators = {}
        self._aggregator_users = {}
        self._book_timers = {}
        self.catalogs = {}
        self._debug = config.debug
        msgbus.register("DataEngine.execute", self.execute)
        msgbus.register("DataEngine.request", self.request)
        msgbus.register("DataEngine.process", self.process)

    def _reset(self):
        cdef BarAggregator aggregator
        cdef Channel channel
        for aggregator in self._aggregators.values():
            aggregator.stop_c()
        self._aggregators.clear()
        self._aggregator_users.clear()
        self._book_timers.clear()
        for channel in self._channels.values():
            channel.reset_c()
        self._clock.cancel_timers()
        self.command_count = 0
        self.request_count = 0
        self.response_count = 0

    def register_catalog(self, catalog not None, str name not None="catalog"):
        """Add a catalog to answer requests from.

        Raises
        ------
        InvalidConfiguration
            If the name is taken.
        """
        if name in self.catalogs:
            raise InvalidConfiguration(f"catalog {name!r} was registered before")
        self.catalogs[name] = catalog

    # Channels

    cdef Channel channel_c(self, int kind, MarketState state, BarType bar_type):
        cdef str name
        cdef Channel channel
        if kind == ROW_QUOTE:
            name = quotes_topic(state.id)
        elif kind == ROW_TRADE:
            name = trades_topic(state.id)
        elif kind == ROW_BAR:
            name = bars_topic(bar_type)
        elif kind == ROW_DELTA:
            name = deltas_topic(state.id)
        else:
            name = depth_topic(state.id)
        channel = self._channels.get(name)
        if channel is None:
            channel = Channel.new_c(self._msgbus.topic_c(name), kind, state, bar_type)
            self._channels[name] = channel
        return channel

    cdef MarketState _market_state(self, object instrument_id):
        cdef MarketState state = self._cache.market.state_c(instrument_id)
        if state is None:
            known = [str((<MarketState>s).id) for s in self._cache.market.states]
            near = nearest(str(instrument_id), known)
            hint = f"did you mean {near}" if near else f"known: {', '.join(known) or 'none'}"
            raise InvalidConfiguration(
                f"subscription to an unknown instrument {instrument_id} ({hint}): add it with `add_instrument`"
            )
        return state

    cdef int publish_internal_bar_c(self, BarType bar_type, const RowHead* row) except -1:
        cdef BarHistory history = self._cache.own_bars_c(bar_type)
        cdef Channel channel = self.channel_c(ROW_BAR, self._market_state(bar_type.instrument_id), bar_type)
        cdef BarRow copy = (<const BarRow*>row)[0]
        ring_push(&history.ring, row)
        # A copy: a handler may send data that changes the aggregator's bar
        return channel.publish_row_c(<const RowHead*>&copy)

    cdef int process_object_c(self, object data) except -1:
        cdef Topic topic
        if isinstance(data, InstrumentUpdate):
            topic = self._msgbus.topic_c(TOPIC_OF_UPDATE[type(data)]((<InstrumentUpdate>data).instrument_id))
        elif isinstance(data, Instrument):
            topic = self._msgbus.topic_c(instrument_topic((<Instrument>data).id))
        else:
            data_type = type(data)
            if data_type is CustomData:
                data_type, data = data.data_type, data.data
            topic = self._msgbus.topic_c(custom_topic(data_type, getattr(data, "instrument_id", None)))
        if topic.n:
            topic.publish_c(data)
        return 0

    def process(self, data not None):
        """Publish an object: what is said of an instrument on its topic, custom data on the topic of its class."""
        self.process_object_c(data)

    @property
    def data_count(self):
        """The number of rows that reached a listener."""
        cdef Channel channel
        cdef object total = 0
        for channel in self._channels.values():
            total += channel.listeners.count
        return total

    def subscribed_bars(self):
        """Return the bar types that somebody listens to."""
        cdef Channel channel
        return [
            channel.bar_type for channel in self._channels.values()
            if channel.kind == ROW_BAR and (channel.topic.n or channel.n_consumers)
        ]

    def subscribed_quote_ticks(self):
        """Return the instruments whose quotes somebody listens to."""
        return self._subscribed(ROW_QUOTE)

    def subscribed_trade_ticks(self):
        """Return the instruments whose trades somebody listens to."""
        return self._subscribed(ROW_TRADE)

    def subscribed_order_book_deltas(self):
        """Return the instruments whose book deltas somebody listens to."""
        return self._subscribed(ROW_DELTA)

    def _subscribed(self, int kind):
        cdef Channel channel
        return [
            channel.state.id for channel in self._channels.values()
            if channel.kind == kind and (channel.topic.n or channel.n_consumers)
        ]

    # Commands

    def execute(self, command not None):
        """Carry out a subscription command.

        Raises
        ------
        InvalidConfiguration
            If the instrument is unknown.
        """
        self.command_count += 1
        if self._debug and self._log.is_debug:
            self._log.debug(repr(command))
        if isinstance(command, SubscribeBars):
            self.subscribe_bars(command.bar_type)
        elif isinstance(command, UnsubscribeBars):
            self.unsubscribe_bars(command.bar_type)
        elif isinstance(command, UnsubscribeOrderBook):
            self._end_book_timer(command.instrument_id, command.interval_ms)
        elif isinstance(command, SubscribeOrderBook):
            self._market_state(command.instrument_id)
            if command.interval_ms:
                self._begin_book_timer(command.instrument_id, command.interval_ms)
        elif isinstance(command, SubscribeInstrumentData):
            self._market_state(command.instrument_id)
        else:
            raise TypeError(f"invalid `command`, must be one of `nautilus_lite.data.messages`, was {command!r}")

    def subscribe_bars(self, BarType bar_type not None):
        """Start the aggregator of a bar type that is built here; nothing to do for others."""
        cdef BarAggregator aggregator
        cdef BarType standard = bar_type.standard()
        cdef MarketState state = self._market_state(bar_type.instrument_id)
        if not bar_type.is_internally_aggregated():
            return
        self._aggregator_users[standard] = self._aggregator_users.get(standard, 0) + 1
        if standard in self._aggregators:
            return
        source = bar_type._composite
        if source is not None and source.is_internally_aggregated():
            self.subscribe_bars(source)
        sink = EngineSink.__new__(EngineSink)
        (<EngineSink>sink).engine = self
        aggregator = new_aggregator_c(bar_type, state.instrument, sink, self._clock, self._config)
        aggregator.bar_type = standard
        self._aggregators[standard] = aggregator
        self.channel_c(aggregator._builder.source_kind, state, source).add_consumer_c(aggregator)

    def unsubscribe_bars(self, BarType bar_type not None):
        """End the aggregator of a bar type once nobody is left who wants it."""
        cdef BarAggregator aggregator
        cdef BarType standard = bar_type.standard()
        if standard not in self._aggregators:
            return
        self._aggregator_users[standard] -= 1
        if self._aggregator_users[standard] > 0:
            return
        aggregator = self._aggregators.pop(standard)
        aggregator.stop_c()
        source = bar_type._composite
        self.channel_c(
            aggregator._builder.source_kind, self._market_state(bar_type.instrument_id), source
        ).remove_consumer_c(aggregator)
        if source is not None and source.is_internally_aggregated():
            self.unsubscribe_bars(source)

    def _begin_book_timer(self, instrument_id, int interval_ms):
        if interval_ms <= 0:
            raise InvalidConfiguration(f"invalid `interval_ms`, must be positive, was {interval_ms}")
        key = (instrument_id, interval_ms)
        self._book_timers[key] = self._book_timers.get(key, 0) + 1
        if self._book_timers[key] > 1:
            return
        # A Python number: 32 bits hold no more than two seconds of nanoseconds
        step = <object>interval_ms * 1_000_000
        now = self._clock.timestamp_ns()
        self._clock.set_timer_ns(
            f"book-{instrument_id}-{interval_ms}",
            step,
            (now // step + 1) * step - step,
            None,
            partial(self._publish_book, instrument_id, snapshots_topic(instrument_id, interval_ms)),
        )

    def _end_book_timer(self, instrument_id, int interval_ms):
        key = (instrument_id, interval_ms)
        if key not in self._book_timers:
            return
        self._book_timers[key] -= 1
        if self._book_timers[key] == 0:
            del self._book_timers[key]
            self._clock.cancel_timer(f"book-{instrument_id}-{interval_ms}")

    def _publish_book(self, instrument_id, str topic, event):
        self._msgbus.publish(topic, self._market_state(instrument_id).book)

    # Requests

    def request(self, request not None):
        """Answer a request from the catalogs, or from the cache where there are none."""
        self.request_count += 1
        now = self._clock.timestamp_ns()
        end = now if request.end is None else min(request.end, now)
        data = self._past_data(request, request.start, end)
        if request.limit:
            data = data[max(0, len(data) - request.limit):]
        self.response_count += 1
        self._msgbus.response(DataResponse(correlation_id=request.id, data=data, ts_init=now))

    def _past_data(self, request, start, end):
        if isinstance(request, RequestInstrument):
            return [self._market_state(request.instrument_id).instrument]
        if isinstance(request, RequestInstruments):
            return self._cache.instruments(venue=request.venue)
        if isinstance(request, RequestCustomData):
            return self._past_custom_data(request, start, end)
        if isinstance(request, RequestBars):
            cls, identifier, cached = Bar, request.bar_type, self._cache.bars
        elif isinstance(request, RequestQuoteTicks):
            cls, identifier, cached = QuoteTick, request.instrument_id, self._cache.quote_ticks
        elif isinstance(request, RequestTradeTicks):
            cls, identifier, cached = TradeTick, request.instrument_id, self._cache.trade_ticks
        else:
            raise TypeError(f"invalid `request`, must be one of `nautilus_lite.data.messages`, was {request!r}")
        for catalog in self.catalogs.values():
            found = catalog.query(cls, [str(identifier)], start=start, end=end)
            if found:
                return found
        newest_first = cached(identifier)
        return [
            item for item in newest_first[::-1] if item.ts_init <= end and (start is None or item.ts_init >= start)
        ]

    def _past_custom_data(self, request, start, end):
        if not self.catalogs:
            self._log.warning(f"request for past {request.data_type}: no catalog to look in, see `register_catalog`")
        for catalog in self.catalogs.values():
            names = None if request.instrument_id is None else [str(request.instrument_id)]
            found = catalog.query(request.data_type.type, names, start=start, end=end)
            if request.data_type.metadata:
                found = [item for item in found if item.data_type == request.data_type]
            if found:
                return [item.data for item in found]
        return []
