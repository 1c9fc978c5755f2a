from libc.stdint cimport uint64_t
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.excursions cimport Excursions
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.backtest.venue.events cimport VenueEvents
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.orders.base cimport Order


cdef class SimulatedExchange:
    """A venue of one world: its account, its commands in flight, one matching engine per instrument."""
    cdef readonly Venue id
    cdef int _oms_type
    cdef int _account_type
    cdef int book_type
    cdef readonly Currency base_currency
    cdef readonly list starting_balances
    cdef readonly object default_leverage
    cdef readonly dict leverages
    cdef readonly FillModel fill_model
    cdef readonly FeeModel fee_model
    cdef readonly LatencyModel latency_model     # or None
    cdef readonly QueueModel queue_model         # or None
    cdef readonly bint bar_execution
    cdef readonly bint trade_execution
    cdef readonly bint reject_stop_orders
    cdef readonly bint support_gtd_orders
    cdef readonly bint use_reduce_only
    cdef int _bar_path                           # BarPath
    cdef int _bar_order_timing                   # BarOrderTiming
    cdef readonly bint frozen_account
    cdef readonly bint allow_cash_borrowing
    cdef readonly bint liquidity_consumption
    cdef readonly object session                 # TradingSession
    cdef readonly object max_price_age_ns        # 0 = any
    cdef readonly bint require_fresh_price
    cdef readonly int price_protection_points    # 0 = none
    cdef readonly VenueEvents events             # what it does by itself
    cdef readonly list adjustments               # Adjustment
    cdef ExecutionEngine _exec_engine
    cdef readonly bint recorded_feed_latency
    cdef readonly Market market                  # as it is here; that of the cache unless its data comes late
    cdef Cache _cache
    cdef UUIDFactory _ids
    cdef Agenda _agenda                          # of its world
    cdef Markouts _markouts                      # of its world, or None
    cdef Excursions _excursions                  # likewise
    cdef dict _engines                           # InstrumentId -> OrderMatchingEngine
    cdef list _queue                             # commands due now, in order
    cdef list _inflight                          # heap of (due ns, sequence, command)
    cdef uint64_t _sequence
    cdef uint64_t _key                           # of the venue, for draws
    cdef ts_t _last_arrival                      # of the command sent last, where commands keep their order
    cdef ts_t next_inflight_ns                   # UINT64_MAX = none
    cdef Responses _responses                    # or None: answers take no time
    cdef readonly Purse purse                    # of a cash account that must not borrow, or None
    cdef Py_ssize_t n_queued
    cdef readonly AccountId account_id

    cdef int join_c(self, Agenda agenda, Markouts markouts, Excursions excursions) except -1
    cdef int start_c(self, ts_t ts_now) except -1
    cdef int finish_c(self) except -1
    cdef int on_update_c(self, InstrumentUpdate update, ts_t ts_now) except -1
    cdef int due_c(self, ts_t ts_now) except -1                                  # the agenda's `venue_ns` came
    cdef int check_margin_c(self, ts_t ts_now) except -1
    cdef OrderMatchingEngine _engine_for(self, InstrumentId instrument_id)
    cdef OrderMatchingEngine matching_engine_c(self, Instrument instrument)      # made on first use
    cdef int send_c(self, TradingCommand command, ts_t ts_now) except -1         # from the client; queued or put in flight
    cdef uint64_t _entry_key_c(self, TradingCommand command, ts_t ts_now) except? 0
    cdef ts_t next_due_c(self) noexcept                                          # of commands and answers on their way; UINT64_MAX = none
    cdef bint hear_c(self, ts_t ts_now) except? 0                                # answers due at or before ts_now are known; True if any was
    # Answers and commands due at or before ts_now reach their ends in order; True if any did
    cdef bint settle_c(self, ts_t ts_now) except? 0
    # Commands that wait for a bar will see none any more; True if there were any
    cdef bint refuse_waiting_c(self, ts_t ts_now) except? 0


cdef class BacktestExecClient(ExecutionClient):
    cdef SimulatedExchange _exchange
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef Clock _clock
    cdef int _submitted_c(self, Order order, ts_t now_ns) except -1
