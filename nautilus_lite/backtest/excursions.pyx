"""How far each position went against and in favour of its holder: its largest unrealised loss and gain.

Between two changes of a position its quantity and cost stand still, so the extremes of the price at which it could have been
closed give those of its unrealised PnL. They are worked out at each change, from the stretches that `HeldPrices` kept.
"""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.backtest.held cimport HeldPrices
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.position cimport Position


@cython.final
cdef class Excursions:
    """Excursions of the positions of one world."""

    def __init__(self):
        self._held = {}
        self._now = None
        self._cut = 0

    def reset(self):
        """Forget everything, ready for another run."""
        cdef HeldPrices held
        for held in self._held.values():
            held.reset_c()
        self._now = None
        self._cut = 0

    cdef HeldPrices held_c(self, InstrumentId instrument_id):
        cdef HeldPrices held = self._held.get(instrument_id)
        if held is None:
            held = HeldPrices()
            self._held[instrument_id] = held
        return held

    cdef int fill_c(self, OrderFilled fill) except -1:
        self._now = self._held.get(fill.instrument_id) if fill.stretch else None
        if self._now is not None:
            self._cut = fill.stretch
            self._now.heard = fill.stretch
            self._now.c.n -= 1
        return 0

    cdef int position_c(self, Position position) except -1:
        cdef HeldPrices held = self._now
        if held is None:
            # Nobody looked at the market for it
            position.held_from = 0
            return 0
        if position.held_from:
            self._take_c(position, held, self._cut)
            held.c.n -= 1
        if position.signed_raw == 0:
            position.held_from = held.newest = 0
            return 0
        held.c.n += 1
        position.has_excursions = True
        position.held_from = held.newest = self._cut
        position.held_raw = position.signed_raw
        position.held_cost = position._open_cost
        return 0

    cdef int _take_c(self, Position position, HeldPrices held, int64_t until) except -1:
        cdef price_raw_t low, high
        cdef money_raw_t worst, best
        cdef bint is_long = position.held_raw > 0
        held.extremes_c(is_long, position.held_from, until, &low, &high)
        # No price was known, or none with which an inverse contract has a value
        if low > high or (position.instrument.is_inverse and low <= 0):
            return 0
        worst = position.pnl_of_c(position.held_raw, position.held_cost, low if is_long else high)
        best = position.pnl_of_c(position.held_raw, position.held_cost, high if is_long else low)
        if worst < position.mae_raw:
            position.mae_raw = worst
        if best > position.mfe_raw:
            position.mfe_raw = best
        return 0

    def mark_open(self, positions):
        """Bring the excursions of open positions up to date.

        Parameters
        ----------
        positions : iterable of Position
        """
        cdef Position position
        cdef HeldPrices held
        for position in positions:
            if position.held_from:
                held = self._held[position.instrument_id]
                # A fill that was not heard of yet may have ended it
                self._take_c(position, held, held.heard + 1)
