from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class Standing:
    """Where a margin account stands by all that its venue did, heard of or not."""
    cdef MarginAccount account
    cdef Market market                           # as it is at the venue
    cdef Portfolio _portfolio
    cdef AccountsManager _accounts
    cdef ExecutionEngine _exec_engine
    cdef Cache _cache
    cdef dict positions                          # PositionId -> Position that is open, changed ones as copies
    cdef dict moved                              # Currency -> money (raw) that fills on their way book
    cdef dict _named                             # ClientOrderId -> PositionId of fills whose position has no name yet

    cdef int add_c(self, OrderFilled fill, Order order) except -1
    cdef PositionId _position_id(self, Order order)
    cdef int _move(self, Instrument instrument, Currency currency, money_raw_t raw) except -1
    cdef dict margins_c(self)                    # Currency -> maintenance margin (raw)
    # Equity in one currency; positions without a price are listed instead of guessed
    cdef money_raw_t equity_c(self, Currency currency, list unpriced) except? -9223372036854775807


cdef Standing standing_c(MarginAccount account, Market market, Portfolio portfolio, ExecutionEngine exec_engine, Cache cache,
                         Responses responses)
