from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.position cimport Position


cdef class NetPosition:
    # Running sums of one instrument over all its positions
    cdef Instrument instrument
    cdef qty_raw_t signed_raw          # net of the open positions, negative = short
    cdef money_raw_t realized_raw      # realised PnL after fees of every cycle so far, settlement minor units


cdef class Portfolio:
    cdef MessageBus _msgbus
    cdef Cache _cache
    cdef Clock _clock
    cdef object _config
    cdef bint _to_base                          # values of single-currency accounts are given in their currency
    cdef bint _use_marks                        # mark prices value positions where there are any
    cdef bint _use_mark_rates
    cdef object _analyzer                       # PortfolioAnalyzer, made when first asked for
    cdef dict _net                              # InstrumentId -> NetPosition, kept by update_position_c
    cdef int update_position_c(self, Position position) except -1
    # Net signed quantity of an instrument over all its positions, raw
    cdef qty_raw_t net_raw_c(self, InstrumentId instrument_id) except? -9223372036854775807
    # Equity of one account in one currency: balance total (+ value of what is held for cash, + unrealised for margin).
    # Positions without a price are listed in `unpriced`, not guessed.
    cdef money_raw_t equity_raw_c(self, Account account, Currency currency, list unpriced) except? -9223372036854775807
    # What an open position adds to its account's equity: in which currency before conversion (None: nothing), and how much
    # (None: no price or no rate)
    cdef Currency value_currency_c(self, Account account, Position position)
    cdef Money value_c(self, Account account, Position position, Market market)
    # Price to value a position with: bid for longs, ask for shorts, last trade, bar close; False if none is known
    cdef bint mark_c(self, Position position, price_raw_t* price) except? 0
    # The same by a market of one's own, as a venue has where data is heard late
    cdef money_raw_t equity_in_c(self, Account account, Currency currency, Market market, list unpriced) except? -9223372036854775807
    cdef bint mark_in_c(self, Position position, Market market, price_raw_t* price) except? 0
    cdef object _convert(self, money_raw_t raw, Currency currency, Currency target, Venue venue, int direction)
    cdef Currency _target(self, Venue venue, Currency target)
    cdef list _open_positions(self, InstrumentId instrument_id)
    cdef list _venue_positions(self, Venue venue)
    cdef object _instrument_value(self, InstrumentId instrument_id, object price, Currency target, bint unrealized)
