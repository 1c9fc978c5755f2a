# The state of the market, kept once and shared by every world; only the replay writes it.
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument

cdef struct RingC:
    char* rows                     # owned; grows by doubling up to capacity, then the oldest is overwritten
    size_t row_size
    size_t capacity                # most rows kept
    size_t allocated
    size_t n                       # rows held
    size_t head                    # slot of the next write

cdef struct ReferenceC:
    # A mark or index price, which may have more digits than its instrument
    bint known
    price_raw_t below              # rounded down to the instrument's precision
    bint between                   # it is above that, by less than a unit

cdef void ring_init(RingC* ring, size_t row_size, size_t capacity) noexcept nogil
cdef void ring_free(RingC* ring) noexcept nogil
cdef void ring_clear(RingC* ring) noexcept nogil                       # keeps the memory
cdef int ring_push(RingC* ring, const void* row) except -1 nogil
cdef const void* ring_at(RingC* ring, size_t index) noexcept nogil     # 0 = newest; NULL beyond


cdef class BarHistory:
    """Recent bars of one bar type, newest first."""
    cdef readonly BarType bar_type
    cdef RingC ring

    @staticmethod
    cdef BarHistory new_c(BarType bar_type, size_t capacity)


cdef class MarketState:
    """What is known of one instrument: book, last quote, trade and bar, recent rows."""
    cdef readonly int index                    # position in `Market`
    cdef readonly InstrumentId id
    cdef readonly Instrument instrument
    cdef readonly OrderBook book               # at its venue's book type; the only copy
    cdef int book_type                         # BookType
    cdef bint trades_move_book                 # the venue lets trades act; else the L1 book is deaf to them
    cdef bint has_quote
    cdef bint has_trade
    cdef bint has_bar
    cdef QuoteRow quote
    cdef TradeRow trade
    cdef price_raw_t last_close                # close of the last bar of any type
    cdef ts_t ts_last                          # ts_init of the last row
    cdef RingC quotes
    cdef RingC trades
    cdef uint64_t n_quotes
    cdef uint64_t n_trades
    cdef bint has_mark_price
    cdef price_raw_t mark_raw                  # last mark price, rounded half to even to the instrument's precision
    cdef ReferenceC mark
    cdef ReferenceC index_price
    cdef dict _updates                         # class of update -> deque of its objects, newest first

    # Store the row; where the venue's book is L1 the book follows quotes and trades; L2 follows deltas and depth only, L3 deltas by order
    cdef int apply_quote_c(self, const QuoteRow* row) except -1 nogil
    cdef int apply_trade_c(self, const TradeRow* row) except -1 nogil
    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil
    cdef int apply_depth_c(self, const Depth10Row* row) except -1 nogil
    # Store the bar in `history` (of this instrument) and its close here; the book is the exchange's to move along the bar
    cdef int apply_bar_c(self, BarHistory history, const BarRow* row) except -1 nogil
    # Price to value a position with: bid for longs (side_sign > 0), ask for shorts, else last trade, else bar close. False if none
    cdef bint mark_c(self, int side_sign, price_raw_t* price) noexcept nogil
    cdef double mid_c(self) noexcept                                       # middle of bid and ask in price units, NaN if a side is not known
    cdef bint price_c(self, int price_type, price_raw_t* price) noexcept nogil   # PriceType; MID needs both sides, rounds down
    cdef int apply_update_c(self, InstrumentUpdate update, size_t capacity) except -1
    cdef object updates_c(self, type kind)                                 # deque, newest first, or an empty tuple
    cdef bint bid_c(self, price_raw_t* price) noexcept nogil               # book, else last quote
    cdef bint ask_c(self, price_raw_t* price) noexcept nogil
    cdef int reset_c(self) except -1


# The prices at which a long and a short could be closed: bid and ask, else the last trade, else the last bar's close
cdef struct ExitsC:
    bint has_long
    bint has_short
    price_raw_t for_long
    price_raw_t for_short

cdef int state_exits(MarketState state, ExitsC* exits) noexcept nogil

# A quote, trade, delta or depth, by RowKind
cdef int state_apply_row(MarketState state, int kind, const RowHead* row) except -1 nogil


cdef class Market:
    cdef readonly list states                  # MarketState by index
    cdef dict _by_id                           # InstrumentId -> MarketState
    cdef dict _bars                            # BarType -> BarHistory (external bars)
    cdef readonly size_t capacity              # recent quotes and trades kept per instrument
    cdef readonly size_t bar_capacity          # recent bars kept per bar type
    cdef readonly Market upstream              # as it is at venues whose data comes late; None where none does
    cdef Market upstream_c(self)                                       # made on first use
    cdef MarketState state_c(self, InstrumentId instrument_id)         # None if unknown
    cdef MarketState add_instrument_c(self, Instrument instrument, int book_type)
    cdef BarHistory bars_c(self, BarType bar_type)                     # made on first use
    cdef MarketState _require(self, InstrumentId instrument_id)             # InvalidData if unknown
    cdef int apply_object_c(self, object data) except -1               # a market data object, checked
