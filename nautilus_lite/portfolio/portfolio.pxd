from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.position cimport Position


cdef class Portfolio:
    cdef MessageBus _msgbus
    cdef Cache _cache
    cdef Clock _clock
    cdef readonly object analyzer               # set by the backtest engine; PortfolioAnalyzer
    cdef dict _net                              # InstrumentId -> [net signed qty raw, ...] kept by update_position_c
    cdef dict _realized                         # InstrumentId -> realised raw of closed cycles, settlement minor units
    cdef int update_position_c(self, Position position) except -1
    # Equity of one account in one currency: balance total (+ value of what is held for cash, + unrealised for margin).
    # Positions without a price are listed in `unpriced`, not guessed.
    cdef money_raw_t equity_raw_c(self, Account account, Currency currency, list unpriced) except? -9223372036854775807
