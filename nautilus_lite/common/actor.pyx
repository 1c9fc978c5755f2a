"""Actors: user code that listens to data and events."""

from functools import partial

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.clock cimport TestClock
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.msgbus cimport Subscription
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.enums cimport ComponentState
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.portfolio.portfolio cimport Portfolio

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.common.signal import generate_signal_class
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.data.messages import RequestBars
from nautilus_lite.data.messages import RequestCustomData
from nautilus_lite.data.messages import RequestInstrument
from nautilus_lite.data.messages import RequestInstruments
from nautilus_lite.data.messages import RequestQuoteTicks
from nautilus_lite.data.messages import RequestTradeTicks
from nautilus_lite.data.messages import SubscribeBars
from nautilus_lite.data.messages import SubscribeFundingRates
from nautilus_lite.data.messages import SubscribeIndexPrices
from nautilus_lite.data.messages import SubscribeInstrument
from nautilus_lite.data.messages import SubscribeInstrumentClose
from nautilus_lite.data.messages import SubscribeInstrumentStatus
from nautilus_lite.data.messages import SubscribeMarkPrices
from nautilus_lite.data.messages import SubscribeOrderBook
from nautilus_lite.data.messages import SubscribeQuoteTicks
from nautilus_lite.data.messages import SubscribeTradeTicks
from nautilus_lite.data.messages import UnsubscribeBars
from nautilus_lite.data.messages import UnsubscribeOrderBook
from nautilus_lite.data.topics import bars_topic
from nautilus_lite.data.topics import close_topic
from nautilus_lite.data.topics import custom_pattern
from nautilus_lite.data.topics import custom_topic
from nautilus_lite.data.topics import deltas_topic
from nautilus_lite.data.topics import depth_topic
from nautilus_lite.data.topics import funding_rates_topic
from nautilus_lite.data.topics import index_prices_topic
from nautilus_lite.data.topics import instrument_topic
from nautilus_lite.data.topics import instruments_pattern
from nautilus_lite.data.topics import mark_prices_topic
from nautilus_lite.data.topics import quotes_topic
from nautilus_lite.data.topics import signal_topic
from nautilus_lite.data.topics import snapshots_topic
from nautilus_lite.data.topics import status_topic
from nautilus_lite.data.topics import trades_topic
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import DataType
from nautilus_lite.model.identifiers import ComponentId

cdef enum:
    FEED_NONE = 0
    FEED_QUOTES = 1
    FEED_TRADES = 2
    FEED_BARS = 3


@cython.final
cdef class DataSubscription(Subscription):
    """Feeds indicators, then calls the actor's handler; silent unless the actor runs."""

    cdef int deliver_c(self, object message) except -1:
        cdef Indicator indicator
        if self._actor._state != ComponentState.RUNNING and self._actor._state != ComponentState.STARTING:
            return 0
        if self._followers is not None:
            for indicator in self._followers:
                if self._kind == FEED_BARS:
                    indicator.handle_bar(message)
                elif self._kind == FEED_QUOTES:
                    indicator.handle_quote_tick(message)
                else:
                    indicator.handle_trade_tick(message)
        if self._call is not None:
            self._call(message)
        return 0


cdef class Actor(Component):
    """Base of user components that listen to data.

    Parameters
    ----------
    config : ActorConfig, optional

    Notes
    -----
    Override the `on_*` handlers you need; those that are not overridden cost nothing. `cache`, `portfolio`, `clock` and
    `msgbus` are there from registration on (in `on_start` at the latest), not yet in `__init__`.
    """

    def __init__(self, config=None):
        if config is None:
            config = ActorConfig()
        component_id = getattr(config, "component_id", None)
        super().__init__(
            clock=TestClock(), component_id=component_id or ComponentId(type(self).__name__), config=config
        )
        self._indicators = []
        self._indicators_quotes = {}
        self._indicators_trades = {}
        self._indicators_bars = {}
        self._subscriptions = {}
        self._pending_requests = set()

    def register_base(self, TraderId trader_id not None, Portfolio portfolio not None, MessageBus msgbus not None,
                      Cache cache not None, Clock clock not None, UUIDFactory ids not None):
        """Connect the actor to a trader; the trader calls it."""
        if self._msgbus is not None:
            raise InvalidConfiguration(f"{self.id} was registered before: make another instance")
        self.trader_id = trader_id
        self.portfolio = portfolio
        self.cache = cache
        self._msgbus = msgbus
        self._clock = clock
        self._ids = ids
        self._log = Logger(self.id.value, clock)
        clock.register_default_handler(self.on_event)
        self._initialize()

    # What a user reads

    @property
    def config(self):
        """The configuration."""
        return self._config

    @property
    def clock(self):
        """The clock: time, alerts and timers."""
        return self._clock

    @property
    def msgbus(self):
        """The message bus, None before registration."""
        return self._msgbus

    @property
    def log(self):
        """The logger."""
        return self._log

    @property
    def registered_indicators(self):
        """The registered indicators."""
        return list(self._indicators)

    def indicators_initialized(self):
        """Return if every registered indicator is initialised; False where there is none."""
        cdef Indicator indicator
        if not self._indicators:
            return False
        for indicator in self._indicators:
            if not indicator.initialized:
                return False
        return True

    # Handlers for users to override

    def on_start(self):
        """Called on start: subscribe here."""

    def on_stop(self):
        """Called on stop."""

    def on_resume(self):
        """Called on resume."""

    def on_reset(self):
        """Called on reset: forget what a run left behind, indicators included."""

    def on_dispose(self):
        """Called on disposal."""

    def on_degrade(self):
        """Called on degradation."""

    def on_fault(self):
        """Called on a fault."""

    def on_save(self):
        """Return state to keep, a dict of str to bytes."""
        return {}

    def on_load(self, dict state):
        """Take state that was kept."""

    def save(self):
        """Return the state that `on_save` gives, a dict of str to bytes."""
        return dict(self.on_save())

    def load(self, dict state not None):
        """Give state to `on_load`; nothing to do where it is empty."""
        if state:
            self.on_load(state)

    def on_quote_tick(self, tick):
        """Take a quote."""

    def on_trade_tick(self, tick):
        """Take a trade."""

    def on_bar(self, bar):
        """Take a bar."""

    def on_order_book_deltas(self, deltas):
        """Take a batch of order book deltas; the book has them already."""

    def on_order_book_depth(self, depth):
        """Take a depth-10 snapshot."""

    def on_order_book(self, order_book):
        """Take the order book at an interval."""

    def on_instrument_status(self, status):
        """Take a change of an instrument's market status."""

    def on_instrument_close(self, close):
        """Take a closing price."""

    def on_mark_price(self, mark_price):
        """Take a mark price."""

    def on_index_price(self, index_price):
        """Take an index price."""

    def on_funding_rate(self, funding_rate):
        """Take a funding rate."""

    def on_data(self, data):
        """Take an object of custom data."""

    def on_signal(self, signal):
        """Take a signal: `value`, `ts_event` and `ts_init` (UNIX nanoseconds)."""

    def on_instrument(self, instrument):
        """Take the definition of an instrument."""

    def on_historical_data(self, data):
        """Take requested data, one object at a time, oldest first."""

    def on_event(self, event):
        """Take an event: timers without a callback, and for strategies order and position events."""

    # Life cycle

    def _start(self):
        self.on_start()

    def _stop(self):
        self.on_stop()
        self._clock.cancel_timers()

    def _resume(self):
        self.on_resume()

    def _reset(self):
        for topic, subscription in list(self._subscriptions.items()):
            self._msgbus.unsubscribe_c(topic, subscription.handler)
        self._subscriptions.clear()
        self._pending_requests.clear()
        self._indicators.clear()
        self._indicators_quotes.clear()
        self._indicators_trades.clear()
        self._indicators_bars.clear()
        self.on_reset()

    def _dispose(self):
        self.on_dispose()

    def _degrade(self):
        self.on_degrade()

    def _fault(self):
        self.on_fault()

    # Indicators

    def register_indicator_for_quote_ticks(self, InstrumentId instrument_id not None, Indicator indicator not None):
        """Feed an indicator with the quotes of an instrument, before `on_quote_tick` is called."""
        self._register(self._indicators_quotes, instrument_id, indicator)

    def register_indicator_for_trade_ticks(self, InstrumentId instrument_id not None, Indicator indicator not None):
        """Feed an indicator with the trades of an instrument, before `on_trade_tick` is called."""
        self._register(self._indicators_trades, instrument_id, indicator)

    def register_indicator_for_bars(self, BarType bar_type not None, Indicator indicator not None):
        """Feed an indicator with the bars of a type, before `on_bar` is called."""
        self._register(self._indicators_bars, bar_type.standard(), indicator)

    def _register(self, dict table, object key, Indicator indicator):
        if indicator not in self._indicators:
            self._indicators.append(indicator)
        followers = table.setdefault(key, [])
        if indicator not in followers:
            followers.append(indicator)

    # Subscriptions

    cdef object overridden_c(self, str name, type base):
        if getattr(type(self), name) is getattr(base, name):
            return None
        return getattr(self, name)

    cdef int add_subscription_c(self, Subscription subscription) except -1:
        if subscription.topic in self._subscriptions:
            return 0
        self._subscriptions[subscription.topic] = subscription
        return self._msgbus.subscribe_c(subscription)

    def _listen(self, str topic, str handler, list followers=None, int kind=FEED_NONE):
        if self._msgbus is None:
            raise RuntimeError(f"{self.id} cannot subscribe before it is registered: subscribe in `on_start`")
        call = self.overridden_c(handler, Actor)
        subscription = DataSubscription(topic, getattr(self, handler))
        (<DataSubscription>subscription)._actor = self
        (<DataSubscription>subscription)._call = call
        (<DataSubscription>subscription)._followers = followers
        (<DataSubscription>subscription)._kind = kind
        self.add_subscription_c(subscription)

    def _silence(self, str topic):
        subscription = self._subscriptions.pop(topic, None)
        if subscription is not None:
            self._msgbus.unsubscribe_c(topic, subscription.handler)

    def _command(self, object kind, **fields):
        self._msgbus.send(
            "DataEngine.execute", kind(command_id=self.new_id_c(), ts_init=self._clock.timestamp_ns(), **fields)
        )

    def subscribe_quote_ticks(self, InstrumentId instrument_id not None, client_id=None, bint update_catalog=False, params=None):
        """Subscribe to the quotes of an instrument.

        `client_id`, `update_catalog` and `params` are accepted for compatibility: a backtest's data is what it was given.

        Raises
        ------
        InvalidConfiguration
            If the instrument is unknown.
        """
        self._command(SubscribeQuoteTicks, instrument_id=instrument_id, client_id=client_id)
        followers = self._indicators_quotes.setdefault(instrument_id, [])
        self._listen(quotes_topic(instrument_id), "on_quote_tick", followers, FEED_QUOTES)

    def unsubscribe_quote_ticks(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the quotes of an instrument."""
        self._silence(quotes_topic(instrument_id))

    def subscribe_trade_ticks(self, InstrumentId instrument_id not None, client_id=None, bint update_catalog=False, params=None):
        """Subscribe to the trades of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeTradeTicks, instrument_id=instrument_id, client_id=client_id)
        followers = self._indicators_trades.setdefault(instrument_id, [])
        self._listen(trades_topic(instrument_id), "on_trade_tick", followers, FEED_TRADES)

    def unsubscribe_trade_ticks(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the trades of an instrument."""
        self._silence(trades_topic(instrument_id))

    def subscribe_bars(self, BarType bar_type not None, client_id=None, bint update_catalog=False, params=None):
        """Subscribe to bars; a type that ends in INTERNAL is built here from quotes, trades or the bars after `@`."""
        standard = bar_type.standard()
        topic = bars_topic(standard)
        if topic in self._subscriptions:
            return
        self._command(SubscribeBars, bar_type=bar_type, client_id=client_id)
        self._listen(topic, "on_bar", self._indicators_bars.setdefault(standard, []), FEED_BARS)

    def unsubscribe_bars(self, BarType bar_type not None, client_id=None, params=None):
        """End the subscription to bars."""
        topic = bars_topic(bar_type.standard())
        if topic in self._subscriptions:
            self._silence(topic)
            self._command(UnsubscribeBars, bar_type=bar_type, client_id=client_id)

    def subscribe_order_book_deltas(self, InstrumentId instrument_id not None, book_type=None, int depth=0,
                                    client_id=None, bint managed=True, params=None):
        """Subscribe to the order book deltas of an instrument, in batches.

        The book itself is the engine's: it is kept whatever `managed`, `book_type` and `depth` say.
        """
        self._command(SubscribeOrderBook, instrument_id=instrument_id, client_id=client_id)
        self._listen(deltas_topic(instrument_id), "on_order_book_deltas")

    def unsubscribe_order_book_deltas(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to order book deltas."""
        self._silence(deltas_topic(instrument_id))

    def subscribe_order_book_depth(self, InstrumentId instrument_id not None, book_type=None, int depth=0,
                                   client_id=None, bint managed=True, bint update_catalog=False, params=None):
        """Subscribe to the depth-10 snapshots of an instrument."""
        self._command(SubscribeOrderBook, instrument_id=instrument_id, depth10=True, client_id=client_id)
        self._listen(depth_topic(instrument_id), "on_order_book_depth")

    def unsubscribe_order_book_depth(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to depth-10 snapshots."""
        self._silence(depth_topic(instrument_id))

    def subscribe_order_book_at_interval(self, InstrumentId instrument_id not None, book_type=None, int depth=0,
                                         int interval_ms=1000, client_id=None, params=None):
        """Subscribe to the order book of an instrument every `interval_ms` (milliseconds)."""
        topic = snapshots_topic(instrument_id, interval_ms)
        if topic in self._subscriptions:
            return
        self._command(SubscribeOrderBook, instrument_id=instrument_id, interval_ms=interval_ms, client_id=client_id)
        self._listen(topic, "on_order_book")

    def unsubscribe_order_book_at_interval(self, InstrumentId instrument_id not None, int interval_ms=1000,
                                           client_id=None, params=None):
        """End the subscription to the order book at an interval."""
        topic = snapshots_topic(instrument_id, interval_ms)
        if topic in self._subscriptions:
            self._silence(topic)
            self._command(
                UnsubscribeOrderBook, instrument_id=instrument_id, interval_ms=interval_ms, client_id=client_id
            )

    def subscribe_instrument_status(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """Subscribe to the status changes of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeInstrumentStatus, instrument_id=instrument_id, client_id=client_id)
        self._listen(status_topic(instrument_id), "on_instrument_status")

    def unsubscribe_instrument_status(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the status changes of an instrument."""
        self._silence(status_topic(instrument_id))

    def subscribe_instrument_close(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """Subscribe to the closing prices of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeInstrumentClose, instrument_id=instrument_id, client_id=client_id)
        self._listen(close_topic(instrument_id), "on_instrument_close")

    def unsubscribe_instrument_close(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the closing prices of an instrument."""
        self._silence(close_topic(instrument_id))

    def subscribe_mark_prices(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """Subscribe to the mark prices of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeMarkPrices, instrument_id=instrument_id, client_id=client_id)
        self._listen(mark_prices_topic(instrument_id), "on_mark_price")

    def unsubscribe_mark_prices(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the mark prices of an instrument."""
        self._silence(mark_prices_topic(instrument_id))

    def subscribe_index_prices(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """Subscribe to the index prices of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeIndexPrices, instrument_id=instrument_id, client_id=client_id)
        self._listen(index_prices_topic(instrument_id), "on_index_price")

    def unsubscribe_index_prices(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the index prices of an instrument."""
        self._silence(index_prices_topic(instrument_id))

    def subscribe_funding_rates(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """Subscribe to the funding rates of an instrument; see `subscribe_quote_ticks`."""
        self._command(SubscribeFundingRates, instrument_id=instrument_id, client_id=client_id)
        self._listen(funding_rates_topic(instrument_id), "on_funding_rate")

    def unsubscribe_funding_rates(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the funding rates of an instrument."""
        self._silence(funding_rates_topic(instrument_id))

    def subscribe_instrument(self, InstrumentId instrument_id not None, client_id=None, bint update_catalog=False, params=None):
        """Subscribe to the definitions of an instrument that come after its first; `on_instrument` takes them.

        Raises
        ------
        InvalidConfiguration
            If the instrument is unknown.
        """
        self._command(SubscribeInstrument, instrument_id=instrument_id, client_id=client_id)
        self._listen(instrument_topic(instrument_id), "on_instrument")

    def unsubscribe_instrument(self, InstrumentId instrument_id not None, client_id=None, params=None):
        """End the subscription to the definitions of an instrument."""
        self._silence(instrument_topic(instrument_id))

    def subscribe_instruments(self, Venue venue not None, client_id=None, bint update_catalog=False, params=None):
        """Subscribe to the definitions of all instruments of a venue; see `subscribe_instrument`."""
        self._listen(instruments_pattern(venue), "on_instrument")

    def unsubscribe_instruments(self, Venue venue not None, client_id=None, params=None):
        """End the subscription to the definitions of a venue's instruments."""
        self._silence(instruments_pattern(venue))

    # Custom data and signals

    def subscribe_data(self, data_type not None, client_id=None, InstrumentId instrument_id=None, bint update_catalog=False,
                       params=None):
        """Subscribe to custom data; `on_data` takes it.

        Parameters
        ----------
        data_type : DataType or type
            With metadata: what was published by the same type and metadata. Without: all of the class.
        instrument_id : InstrumentId, optional
            Of a type without metadata only the objects whose `instrument_id` is this.
        client_id, update_catalog, params
            Accepted for compatibility: what a backtest gives is in its data already.
        """
        self._listen(custom_pattern(data_type, instrument_id), "on_data")

    def unsubscribe_data(self, data_type not None, client_id=None, InstrumentId instrument_id=None, params=None):
        """End a subscription to custom data."""
        self._silence(custom_pattern(data_type, instrument_id))

    def publish_data(self, data_type not None, data not None):
        """Publish an object of custom data, at once.

        Parameters
        ----------
        data_type : DataType or type
            The class, and what tells the object from others of it.
        data : Data

        Raises
        ------
        TypeError
            If the object is of another class.
        """
        cls = data_type.type if isinstance(data_type, DataType) else data_type
        if not isinstance(data, cls):
            raise TypeError(f"invalid `data` to publish, must be of {cls.__name__}, was {type(data).__name__}")
        self._msgbus.publish(custom_topic(data_type, getattr(data, "instrument_id", None)), data)

    def subscribe_signal(self, str name not None=""):
        """Subscribe to the signals of a name, or to all where it is empty; `on_signal` takes them. Case does not matter."""
        self._listen(signal_topic(name), "on_signal")

    def unsubscribe_signal(self, str name not None=""):
        """End a subscription to signals."""
        self._silence(signal_topic(name))

    def publish_signal(self, str name not None, value not None, uint64_t ts_event=0):
        """Publish a value by name, at once.

        Parameters
        ----------
        name : str
            For example `momentum`; the class of the signal is then `SignalMomentum`.
        value : int, float or str
        ts_event : int, default 0
            When it happened (UNIX nanoseconds); now where 0.

        Raises
        ------
        ValueError
            If the name is empty.
        TypeError
            If the value is of another type.
        """
        now = self._clock.timestamp_ns()
        signal = generate_signal_class(name, type(value))(value, ts_event or now, now)
        self._msgbus.publish(signal_topic(name), signal)

    # Requests

    def request_bars(self, BarType bar_type not None, start=None, end=None, int limit=0, client_id=None, callback=None,
                     bint update_catalog=False, request_id=None, params=None):
        """Request past bars, never later than now; `on_historical_data` takes them one by one.

        Parameters
        ----------
        start, end : datetime, optional
            Inclusive.
        limit : int, default 0
            The newest to keep, 0 for all.
        callback : callable, optional
            Called with the request's id once all are through.
        update_catalog : bool, default False
            Accepted for compatibility: what a backtest gives is in its data already.
        request_id : UUID4, optional
            The request's id; a new one by default.

        Returns
        -------
        UUID4
            The request's id.
        """
        return self._request(RequestBars, start, end, limit, callback, request_id, bar_type=bar_type)

    def request_quote_ticks(self, InstrumentId instrument_id not None, start=None, end=None, int limit=0,
                            client_id=None, callback=None, bint update_catalog=False, request_id=None, params=None):
        """Request past quotes; see `request_bars`."""
        return self._request(RequestQuoteTicks, start, end, limit, callback, request_id, instrument_id=instrument_id)

    def request_trade_ticks(self, InstrumentId instrument_id not None, start=None, end=None, int limit=0,
                            client_id=None, callback=None, bint update_catalog=False, request_id=None, params=None):
        """Request past trades; see `request_bars`."""
        return self._request(RequestTradeTicks, start, end, limit, callback, request_id, instrument_id=instrument_id)

    def request_instrument(self, InstrumentId instrument_id not None, start=None, end=None, client_id=None, callback=None,
                           bint update_catalog=False, request_id=None, params=None):
        """Request the definition of an instrument; `on_instrument` takes it."""
        return self._request(RequestInstrument, start, end, 0, callback, request_id, instrument_id=instrument_id)

    def request_instruments(self, Venue venue not None, start=None, end=None, client_id=None, callback=None,
                            bint update_catalog=False, request_id=None, params=None):
        """Request the definitions of all instruments of a venue; `on_instrument` takes them one by one."""
        return self._request(RequestInstruments, start, end, 0, callback, request_id, venue=venue)

    def request_data(self, data_type not None, client_id=None, InstrumentId instrument_id=None, start=None, end=None,
                     int limit=0, callback=None, bint update_catalog=False, request_id=None, params=None):
        """Request past custom data from the catalogs; see `request_bars`.

        Parameters
        ----------
        data_type : DataType or type
            With metadata: what was stored with it. Without: all of the class.
        instrument_id : InstrumentId, optional
            Only the objects whose `instrument_id` is this.
        """
        return self._request(
            RequestCustomData, start, end, limit, callback, request_id,
            data_type=data_type if isinstance(data_type, DataType) else DataType(data_type), instrument_id=instrument_id,
        )

    def is_pending_request(self, request_id):
        """Return if a request was not answered yet."""
        return request_id in self._pending_requests

    def pending_requests(self):
        """Return the ids of the requests that were not answered yet, as a set."""
        return set(self._pending_requests)

    def has_pending_requests(self):
        """Return if any request was not answered yet."""
        return bool(self._pending_requests)

    def _request(self, kind, start, end, limit, callback, request_id, **fields):
        if request_id is None:
            request_id = self.new_id_c()
        self._pending_requests.add(request_id)
        take = self.on_instrument if kind in (RequestInstrument, RequestInstruments) else self.on_historical_data
        followers = None
        if kind is RequestBars:
            followers = self._indicators_bars.get(fields["bar_type"].standard())
        self._msgbus.request(
            "DataEngine.request",
            kind(
                request_id=request_id,
                ts_init=self._clock.timestamp_ns(),
                start=maybe_dt_to_unix_nanos(start),
                end=maybe_dt_to_unix_nanos(end),
                limit=limit,
                callback=partial(self._on_response, request_id, take, followers, callback),
                **fields,
            ),
        )
        return request_id

    def _on_response(self, request_id, take, followers, callback, response):
        self._pending_requests.discard(request_id)
        for item in response.data:
            for indicator in followers or ():
                indicator.handle_bar(item)
            take(item)
        if callback is not None:
            callback(request_id)
