from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency


cdef class Position:
    # Identity
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly InstrumentId instrument_id
    cdef readonly PositionId id
    cdef readonly AccountId account_id
    cdef readonly ClientOrderId opening_order_id
    cdef readonly ClientOrderId closing_order_id    # or None
    cdef readonly Instrument instrument
    cdef readonly Currency quote_currency
    cdef readonly Currency base_currency
    cdef readonly Currency settlement_currency
    cdef EventLog _events                           # OrderFilled of this cycle, oldest first
    # State; everything exact in integers
    cdef int _entry                                 # OrderSide of the opening fill
    cdef int _side                                  # PositionSide
    cdef qty_raw_t signed_raw                       # negative = short
    cdef qty_raw_t peak_raw
    cdef qty_raw_t bought_raw
    cdef qty_raw_t sold_raw
    cdef uint8_t size_precision
    cdef uint8_t price_precision
    cdef int128_t _open_cost                        # sum of price_raw * qty_raw of what is still open
    cdef int128_t _close_cost                       # the same of what was closed
    cdef int128_t _gross_hi                         # exact realised gross PnL in price*qty raw units (linear instruments)
    cdef money_raw_t gross_raw                      # realised PnL before fees, settlement minor units
    cdef money_raw_t fees_raw                       # fees in the settlement currency, positive = paid
    cdef Commissions _commissions                   # all fees
    cdef readonly double avg_px_open
    cdef readonly double avg_px_close
    cdef readonly double realized_return            # fraction of the open price
    cdef readonly ts_t ts_init
    cdef readonly ts_t ts_opened
    cdef readonly ts_t ts_last
    cdef readonly ts_t ts_closed                    # 0 = open
    cdef readonly ts_t duration_ns
    # Notes of others: where the cache has indexed it, what the portfolio and the accounts have counted of it
    cdef int indexed
    cdef qty_raw_t noted_raw
    cdef money_raw_t noted_realized_raw
    cdef qty_raw_t marked_raw
    cdef int128_t marked_cost
    # Excursions, kept by the backtest: largest unrealised loss (<= 0) and gain (>= 0) so far, settlement minor units
    cdef bint has_excursions
    cdef money_raw_t mae_raw
    cdef money_raw_t mfe_raw
    cdef int64_t held_from                          # first stretch of prices not taken yet, 0 = none; since then it held
    cdef qty_raw_t held_raw
    cdef int128_t held_cost

    cdef money_raw_t _linear_c(self, int128_t gross) except? -9223372036854775807
    cdef object _inverse_c(self, int sign, int128_t cost, qty_raw_t open_qty, price_raw_t close, qty_raw_t qty)
    cdef int _close_c(self, OrderFilled fill) except -1
    cdef int _open_c(self, OrderFilled fill) except -1
    cdef int begin_c(self, Instrument instrument, OrderFilled fill) except -1     # the constructor
    # The fill must not flip the position: the execution engine splits it first (close + open)
    cdef int apply_c(self, OrderFilled fill) except -1
    cdef money_raw_t realized_pnl_raw_c(self) noexcept                       # gross - fees in settlement currency
    cdef money_raw_t unrealized_pnl_raw_c(self, price_raw_t price) except? -9223372036854775807
    # PnL of closing a signed quantity of a cost at a price
    cdef money_raw_t pnl_of_c(self, qty_raw_t signed_raw, int128_t cost, price_raw_t price) except? -9223372036854775807
