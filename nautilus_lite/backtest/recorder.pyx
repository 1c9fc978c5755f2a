"""What a run leaves behind: the digest of its events and the mark-to-market equity on a fixed time grid.

It also tells the excursions of fills and positions. Digest and equity grow with the run's trades and its length in time, never with the number of its ticks.
"""

import hashlib

cimport cython
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.math cimport NAN
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport malloc
from libc.string cimport memcpy

import numpy as np

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.backtest.excursions cimport Excursions
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.rows cimport copied
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.client cimport EventSink
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio

cdef enum:
    BUFFER_BYTES = 65536
    TAG_POSITION = 101
    TAG_ACCOUNT = 102

EQUITY_DTYPE = np.dtype([
    ("ts", "<u8"), ("slot", "<i8"), ("equity", "<i8"), ("balance", "<i8"), ("rate", "<f8"),
])


@cython.final
cdef class Recorder(EventSink):
    """Record of one world: event digest and equity samples.

    The digest is BLAKE2b-128 over every order, position and account event in the order they took effect: kinds, times,
    ids, quantities, prices, fees and balances, as integers. Event ids and wall times are not in it.
    """

    def __cinit__(self):
        self._buffer = <unsigned char*>malloc(BUFFER_BYTES)
        self._samples = NULL
        if self._buffer == NULL:
            raise MemoryError("no memory for the digest buffer")

    def __init__(self):
        self.excursions = Excursions()
        self.reset()

    def __dealloc__(self):
        free(self._buffer)
        free(self._samples)

    def reset(self):
        """Forget everything, ready for another run."""
        self._used = 0
        self._hash = hashlib.blake2b(digest_size=16)
        self._n_samples = 0
        self.slots = []
        self._slot_index = {}
        self.unpriced = {}
        self.excursions.reset()
        self.n_order_events = 0
        self.n_orders = 0
        self.n_fills = 0
        self.n_maker_fills = 0
        self.n_position_events = 0
        self.n_account_states = 0

    @property
    def digest(self):
        """The digest of all events so far, 32 hexadecimal digits."""
        cdef object copy = self._hash.copy()
        copy.update(self._buffer[:self._used])
        return copy.hexdigest()

    cdef int _put(self, const void* data, size_t size) except -1:
        if self._used + size > BUFFER_BYTES:
            self._hash.update(self._buffer[:self._used])
            self._used = 0
        if size > BUFFER_BYTES:
            self._hash.update((<const unsigned char*>data)[:size])
            return 0
        memcpy(self._buffer + self._used, data, size)
        self._used += size
        return 0

    cdef int _put_text(self, str text) except -1:
        cdef Py_ssize_t size
        cdef const char* data = PyUnicode_AsUTF8AndSize(text, &size)
        cdef int64_t length = size
        self._put(&length, sizeof(length))
        return self._put(data, size)

    cdef int on_order_event_c(self, object event, object order) except -1:
        cdef OrderEvent e = <OrderEvent>event
        cdef OrderFilled fill
        cdef int64_t[8] words
        self.n_order_events += 1
        words[0] = e.kind
        words[1] = <int64_t>e.ts_event
        words[2] = <int64_t>e.ts_init
        self._put(&words[0], 24)
        self._put_text(e.client_order_id.value)
        if e.kind == OrderEventKind.FILLED:
            fill = <OrderFilled>event
            self.excursions.fill_c(fill)
            self.n_fills += 1
            if fill._liquidity_side == LiquiditySide.MAKER:
                self.n_maker_fills += 1
            words[0] = fill._order_side
            words[1] = fill.qty_raw
            words[2] = fill.qty_precision
            words[3] = fill.px_raw
            words[4] = fill.px_precision
            words[5] = fill.commission_raw
            words[6] = fill._liquidity_side
            self._put(&words[0], 56)
            self._put_text(fill.instrument_id.value)
            self._put_text(fill.trade_id.value)
            self._put_text(fill.commission_currency.code)
        elif e.kind == OrderEventKind.SUBMITTED or e.kind == OrderEventKind.DENIED:
            self.n_orders += 1
        return 0

    cdef int on_position_c(self, object position, ts_t ts_event) except -1:
        cdef Position p = <Position>position
        cdef int64_t[5] words
        self.excursions.position_c(p)
        self.n_position_events += 1
        words[0] = TAG_POSITION
        words[1] = <int64_t>ts_event
        words[2] = p._side
        words[3] = fixed_abs(p.signed_raw)
        words[4] = p.realized_pnl_raw_c()
        self._put(&words[0], 40)
        return self._put_text(p.id.value)

    cdef int on_account_state_c(self, object event) except -1:
        cdef AccountState e = <AccountState>event
        cdef AccountBalance balance
        cdef int64_t[3] words
        self.n_account_states += 1
        words[0] = TAG_ACCOUNT
        words[1] = <int64_t>e.ts_event
        words[2] = len(e._balances)
        self._put(&words[0], 24)
        self._put_text(e.account_id.value)
        for balance in e._balances:
            words[0] = balance.total_raw
            words[1] = balance.locked_raw
            self._put(&words[0], 16)
            self._put_text(balance.currency.code)
        return 0

    cdef int sample_c(self, ts_t ts, object accounts, object portfolio, object cache, object reporting) except -1:
        cdef Portfolio valuation = <Portfolio>portfolio
        cdef Account account
        cdef BalanceSlot slot
        cdef EquityC* sample
        cdef list unpriced = []
        cdef object key
        cdef object rate
        for account in accounts:
            for slot in account._slots.values():
                if self._n_samples == self._allocated:
                    self._samples = <EquityC*>grown(self._samples, &self._allocated, 1024, sizeof(EquityC), "equity samples")
                key = (account.id, slot.currency)
                if key not in self._slot_index:
                    self._slot_index[key] = len(self.slots)
                    self.slots.append(key)
                sample = &self._samples[self._n_samples]
                sample.ts = ts
                sample.slot = self._slot_index[key]
                sample.equity_raw = valuation.equity_raw_c(account, slot.currency, unpriced)
                sample.balance_raw = slot.total
                if slot.currency == reporting:
                    sample.rate = 1.0
                elif sample.equity_raw == 0:
                    sample.rate = 0.0
                else:
                    rate = cache.get_xrate(None, slot.currency, reporting)
                    sample.rate = NAN if rate is None else rate
                self._n_samples += 1
        for key in unpriced:
            self.unpriced[key] = self.unpriced.get(key, 0) + 1
        return 0

    def equity_samples(self):
        """Return every equity sample.

        Returns
        -------
        ndarray
            Structured: `ts` (ns), `slot` (index into `slots`), `equity` and `balance` (minor units of the slot's
            currency), `rate` (reporting currency per unit, NaN where none was known). A copy.
        """
        return copied(self._samples, self._n_samples, EQUITY_DTYPE)
