"""Cash accounts: what is bought is paid in full."""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport instrument_price_c
from nautilus_lite.accounting.accounts.base cimport instrument_qty_c
from nautilus_lite.accounting.accounts.base cimport is_spot_pair_c
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity


@cython.final
cdef class CashAccount(Account):
    """An account without leverage.

    Working buy orders lock their notional in the quote currency, working sell orders of a spot pair lock the base
    quantity; orders that sell what a position holds (equities) lock nothing. A total below zero raises
    `AccountBalanceNegative` unless borrowing is allowed.

    Parameters
    ----------
    event : AccountState
        The first state: its totals are the starting balances.
    calculate_account_state : bool, default True
        Whether fills and orders change the account; False freezes it.
    allow_borrowing : bool, default False
        Whether balances may fall below zero.
    """

    cdef Currency lock_currency_c(self, Instrument instrument, int side):
        if side == OrderSide.BUY:
            return instrument.cost_currency_c()
        if self.base_currency is None and is_spot_pair_c(instrument):
            return instrument.base_currency
        return None

    cdef money_raw_t locked_for_order_c(self, Instrument instrument, int side, qty_raw_t qty,
                                        price_raw_t price) except? -9223372036854775807:
        cdef int64_t raw
        if side == OrderSide.BUY:
            return abs(instrument.notional_raw_c(qty, price))
        if self.base_currency is not None or not is_spot_pair_c(instrument):
            return 0
        if fixed_rescale(qty, instrument.size_precision, instrument.base_currency.precision, &raw) != 0:
            raise_overflow(f"locked quantity of {instrument.id}")
        return raw

    def calculate_balance_locked(self, Instrument instrument not None, side, Quantity quantity not None,
                                 Price price not None):
        """Return what a working order locks.

        Parameters
        ----------
        instrument : Instrument
            The instrument of the order.
        side : OrderSide
            The side of the order.
        quantity : Quantity
            The quantity of the order.
        price : Price
            The price of the order.

        Returns
        -------
        Money
            In the quote currency for a buy order, in the base currency for a sell order of a spot pair; zero in the
            quote currency for other sell orders.
        """
        cdef int order_side = side
        cdef Currency currency = self.lock_currency_c(instrument, order_side)
        cdef money_raw_t raw = self.locked_for_order_c(
            instrument, order_side, instrument_qty_c(instrument, quantity), instrument_price_c(instrument, price)
        )
        return Money.from_raw_c(raw, instrument.cost_currency_c() if currency is None else currency)
