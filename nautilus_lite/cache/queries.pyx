"""Reads of instruments, market data and exchange rates; the base of `Cache`."""
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport ring_at
from nautilus_lite.cache.market cimport ring_push
from nautilus_lite.cache.updates cimport UpdateQueries
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.data.bars cimport Bar
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.ticks cimport QuoteTick
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.enums cimport AggregationSource
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport InstrumentClass
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Price

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.enums import PriceType as PriceTypeEnum


cdef object _bar_at(BarHistory history, Instrument instrument, size_t index):
    cdef const BarRow* row = <const BarRow*>ring_at(&history.ring, index)
    if row == NULL:
        return None
    return Bar.from_row_c(history.bar_type, row, instrument.price_precision, instrument.size_precision)


cdef object _quote_at(MarketState state, size_t index):
    cdef const QuoteRow* row = <const QuoteRow*>ring_at(&state.quotes, index)
    if row == NULL:
        return None
    return QuoteTick.from_row_c(state.id, row, state.instrument.price_precision, state.instrument.size_precision)


cdef object _trade_at(MarketState state, size_t index):
    cdef const TradeRow* row = <const TradeRow*>ring_at(&state.trades, index)
    if row == NULL:
        return None
    return TradeTick.from_row_c(state.id, row, state.instrument.price_precision, state.instrument.size_precision)


cdef int _check_index(index) except -1:
    if index < 0:
        raise ValueError(f"invalid `index`, must be >= 0 (0 = newest), was {index}")
    return 0


cdef double _side_rate(MarketState state, int price_type) noexcept:
    # The price as a double, 0.0 if there is none; MID falls back to the last price
    cdef price_raw_t bid
    cdef price_raw_t ask
    cdef price_raw_t price
    cdef int precision = state.instrument.price_precision
    if price_type == PriceType.MID:
        if state.bid_c(&bid) and state.ask_c(&ask):
            return (fixed_to_double(bid, precision) + fixed_to_double(ask, precision)) / 2.0
        price_type = PriceType.LAST
    if state.price_c(price_type, &price):
        return fixed_to_double(price, precision)
    return 0.0


cdef double _edge_rate(tuple edge, int price_type) except? -1.0:
    if edge is None:
        return 0.0
    cdef MarketState state = <MarketState>edge[0]
    cdef bint is_inverse = edge[1]
    cdef double rate
    if not is_inverse:
        return _side_rate(state, price_type)
    # Selling the quote currency is buying the base at the ask, and the other way round
    if price_type == PriceType.BID:
        price_type = PriceType.ASK
    elif price_type == PriceType.ASK:
        price_type = PriceType.BID
    rate = _side_rate(state, price_type)
    return 1.0 / rate if rate != 0.0 else 0.0


cdef class MarketQueries(UpdateQueries):
    """
    The side of the cache that reads instruments and market data.

    Parameters
    ----------
    market : Market
        The market to read.

    """

    def __init__(self, Market market not None):
        super().__init__(market)
        self._bars = {}
        self._rates = {}

    # Instruments

    cdef Instrument instrument_c(self, InstrumentId instrument_id):
        cdef MarketState state = self.market.state_c(instrument_id)
        return None if state is None else state.instrument

    def instrument(self, InstrumentId instrument_id not None):
        """Return the instrument (None if it is unknown)."""
        return self.instrument_c(instrument_id)

    def instrument_ids(self, Venue venue=None):
        """Return the ids of the instruments (of `venue`), in order of arrival."""
        cdef MarketState state
        return [state.id for state in self.market.states if venue is None or state.id.venue == venue]

    def instruments(self, Venue venue=None, underlying=None):
        """
        Return the instruments, in order of arrival.

        Parameters
        ----------
        venue : Venue, optional
            Only those of this venue.
        underlying : str, optional
            Only those of this underlying.

        Returns
        -------
        list[Instrument]

        """
        cdef MarketState state
        cdef list found = []
        for state in self.market.states:
            if venue is not None and state.id.venue != venue:
                continue
            if underlying is not None and str(getattr(state.instrument, "underlying", None)) != str(underlying):
                continue
            found.append(state.instrument)
        return found

    def add_instrument(self, Instrument instrument not None):
        """Add the instrument, or replace its definition; new ones get an L1 book."""
        cdef MarketState state = self.market.state_c(instrument.id)
        self.market.add_instrument_c(instrument, BookType.L1_MBP if state is None else state.book_type)

    def currencies(self):
        """Return the currencies of all instruments, in order of arrival."""
        cdef MarketState state
        cdef dict found = {}
        for state in self.market.states:
            for currency in (
                state.instrument.base_currency,
                state.instrument.quote_currency,
                state.instrument.settlement_currency,
            ):
                if currency is not None:
                    found[currency] = None
        return list(found)

    # Book and prices

    def order_book(self, InstrumentId instrument_id not None):
        """Return the order book (None if the instrument is unknown). It is the market's own, not a copy."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return None if state is None else state.book

    def has_order_book(self, InstrumentId instrument_id not None):
        """Return whether there is an order book."""
        return self.market.state_c(instrument_id) is not None

    def book_update_count(self, InstrumentId instrument_id not None):
        """Return how many updates the order book has taken."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return 0 if state is None else state.book.update_count

    def price(self, InstrumentId instrument_id not None, price_type not None):
        """
        Return the present price.

        Parameters
        ----------
        instrument_id : InstrumentId
            The instrument.
        price_type : PriceType
            BID and ASK are the book's, else the last quote's; MID is rounded down to the instrument's precision; LAST
            is the last trade's, else the last bar's close; MARK is the last mark price, at the instrument's precision.

        Returns
        -------
        Price or None
            None where it is not known.

        """
        cdef MarketState state = self.market.state_c(instrument_id)
        cdef price_raw_t raw
        if state is None or not state.price_c(price_type, &raw):
            return None
        return Price.from_raw_c(raw, state.instrument.price_precision)

    # Quotes and trades

    def quote_tick(self, InstrumentId instrument_id not None, index=0):
        """Return the quote at `index` (0 = newest), or None."""
        _check_index(index)
        cdef MarketState state = self.market.state_c(instrument_id)
        return None if state is None else _quote_at(state, index)

    def quote_ticks(self, InstrumentId instrument_id not None):
        """Return the recent quotes, newest first."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return [] if state is None else [_quote_at(state, i) for i in range(state.quotes.n)]

    def quote_tick_count(self, InstrumentId instrument_id not None):
        """Return how many recent quotes are kept."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return 0 if state is None else state.quotes.n

    def has_quote_ticks(self, InstrumentId instrument_id not None):
        """Return whether there is a quote."""
        return self.quote_tick_count(instrument_id) > 0

    def trade_tick(self, InstrumentId instrument_id not None, index=0):
        """Return the trade at `index` (0 = newest), or None."""
        _check_index(index)
        cdef MarketState state = self.market.state_c(instrument_id)
        return None if state is None else _trade_at(state, index)

    def trade_ticks(self, InstrumentId instrument_id not None):
        """Return the recent trades, newest first."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return [] if state is None else [_trade_at(state, i) for i in range(state.trades.n)]

    def trade_tick_count(self, InstrumentId instrument_id not None):
        """Return how many recent trades are kept."""
        cdef MarketState state = self.market.state_c(instrument_id)
        return 0 if state is None else state.trades.n

    def has_trade_ticks(self, InstrumentId instrument_id not None):
        """Return whether there is a trade."""
        return self.trade_tick_count(instrument_id) > 0

    def add_quote_tick(self, QuoteTick tick not None):
        """Apply a quote to the market."""
        self.market.apply_object_c(tick)

    def add_trade_tick(self, TradeTick tick not None):
        """Apply a trade to the market."""
        self.market.apply_object_c(tick)

    # Bars

    cdef BarHistory own_bars_c(self, BarType bar_type):
        cdef BarHistory history = <BarHistory>self._bars.get(bar_type)
        if history is None:
            history = BarHistory.new_c(bar_type, self.market.bar_capacity)
            self._bars[bar_type] = history
        return history

    cdef BarHistory find_bars_c(self, BarType bar_type):
        cdef BarHistory history = <BarHistory>self._bars.get(bar_type)
        if history is None:
            history = <BarHistory>self.market._bars.get(bar_type)
        return history

    def bar(self, BarType bar_type not None, index=0):
        """Return the bar at `index` (0 = newest), or None."""
        _check_index(index)
        cdef BarHistory history = self.find_bars_c(bar_type)
        return None if history is None else _bar_at(history, self.instrument_c(bar_type.instrument_id), index)

    def bars(self, BarType bar_type not None):
        """Return the recent bars, newest first."""
        cdef BarHistory history = self.find_bars_c(bar_type)
        if history is None:
            return []
        instrument = self.instrument_c(bar_type.instrument_id)
        return [_bar_at(history, instrument, i) for i in range(history.ring.n)]

    def bar_count(self, BarType bar_type not None):
        """Return how many recent bars are kept."""
        cdef BarHistory history = self.find_bars_c(bar_type)
        return 0 if history is None else history.ring.n

    def has_bars(self, BarType bar_type not None):
        """Return whether there is a bar."""
        return self.bar_count(bar_type) > 0

    def bar_types(self, InstrumentId instrument_id=None):
        """Return the bar types (of an instrument) that have bars."""
        cdef BarHistory history
        return [
            history.bar_type
            for history in [*self.market._bars.values(), *self._bars.values()]
            if history.ring.n and (instrument_id is None or history.bar_type.instrument_id == instrument_id)
        ]

    def add_bar(self, Bar bar not None):
        """Add a bar: an external one to the market, an internal one to this world."""
        if bar.bar_type._source == AggregationSource.EXTERNAL:
            self.market.apply_object_c(bar)
            return
        if self.instrument_c(bar.bar_type.instrument_id) is None:
            raise InvalidData(f"unknown instrument {bar.bar_type.instrument_id}: add the instrument before its data")
        ring_push(&self.own_bars_c(bar.bar_type).ring, &bar._mem)

    def add_bars(self, list bars not None):
        """Add bars, oldest first; see `add_bar`."""
        for bar in bars:
            self.add_bar(bar)

    def add_quote_ticks(self, list ticks not None):
        """Add quotes, oldest first; see `add_quote_tick`."""
        for tick in ticks:
            self.add_quote_tick(tick)

    def add_trade_ticks(self, list ticks not None):
        """Add trades, oldest first; see `add_trade_tick`."""
        for tick in ticks:
            self.add_trade_tick(tick)

    def prices(self, price_type):
        """Return the prices of a type that are known (dict of InstrumentId to Price)."""
        found = {instrument_id: self.price(instrument_id, price_type) for instrument_id in self.instrument_ids()}
        return {instrument_id: price for instrument_id, price in found.items() if price is not None}

    # Exchange rates

    cdef dict rate_edges_c(self, Venue venue):
        # Rebuilt when instruments were added. Spot pairs win over perpetuals; other derivatives give no rate
        cdef tuple held = self._rates.get(venue)
        cdef MarketState state
        cdef dict edges = {}
        if held is not None and held[0] == len(self.market.states):
            return <dict>held[1]
        for wanted in (InstrumentClass.SPOT, InstrumentClass.SWAP):
            for state in self.market.states:
                if state.instrument._instrument_class != wanted or state.instrument.base_currency is None:
                    continue
                if venue is not None and state.id.venue != venue:
                    continue
                base = state.instrument.base_currency
                quote = state.instrument.quote_currency
                edges.setdefault((base, quote), (state, False))
                edges.setdefault((quote, base), (state, True))
        self._rates[venue] = (len(self.market.states), edges)
        return edges

    cdef double xrate_c(self, Venue venue, Currency from_currency, Currency to_currency, int price_type) except? -1.0:
        cdef dict edges
        cdef double first
        cdef double second
        cdef tuple pair
        if from_currency == to_currency:
            return 1.0
        edges = self.rate_edges_c(venue)
        first = _edge_rate(<tuple>edges.get((from_currency, to_currency)), price_type)
        if first != 0.0:
            return first
        for pair in edges:
            if pair[0] != from_currency:
                continue
            second = _edge_rate(<tuple>edges.get((pair[1], to_currency)), price_type)
            if second == 0.0:
                continue
            first = _edge_rate(<tuple>edges[pair], price_type)
            if first != 0.0:
                return first * second
        return 0.0

    def get_xrate(self, Venue venue, Currency from_currency not None, Currency to_currency not None,
                  price_type=PriceTypeEnum.MID):
        """
        Return how many units of `to_currency` one of `from_currency` is worth.

        A pair of the two currencies gives the rate (or its inverse), else two pairs by way of a third currency.

        Parameters
        ----------
        venue : Venue or None
            Where the instruments trade; any venue if None.
        from_currency, to_currency : Currency
            The currencies.
        price_type : PriceType, default PriceType.MID
            The price of the pairs; MID falls back to the last price.

        Returns
        -------
        float or None
            None where there is no rate.

        """
        cdef double rate = self.xrate_c(venue, from_currency, to_currency, price_type)
        return None if rate == 0.0 else rate
