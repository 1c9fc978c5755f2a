"""One walk over all fills: counts, rebates and traded notional as integers.

What needs an exchange rate is handed back with its time, to be valued by `analysis.fill_list`.
"""

from nautilus_lite.core.fixed cimport fixed_mul3_shift
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.orders.base cimport Order


def sum_fills(orders, instruments, Currency currency not None):
    """Return what all fills add up to.

    Parameters
    ----------
    orders : iterable of Order
    instruments : mapping of InstrumentId to Instrument
    currency : Currency
        In which the notional adds up.

    Returns
    -------
    tuple
        Number of fills; of those as maker; minor units of notional in the currency; rebates, a dict of Currency to minor units
        received and number of fills; notional in other currencies, a dict of Currency to minor units and times (UNIX ns) of
        the fills, a list each; number of fills of unknown instruments.

    Notes
    -----
    Of a pair that is quoted in another currency, but whose base is the one asked for, the quantity itself is the notional.
    """
    cdef Order order
    cdef OrderFilled fill
    cdef Instrument instrument = None
    cdef object known_id = None, item, total = 0
    cdef money_raw_t raw = 0
    cdef Py_ssize_t i, n_fills = 0, n_maker = 0, n_unknown = 0
    cdef bint by_quantity = False, same = False
    cdef dict rebates = {}, others = {}
    cdef list found, raws = None, times = None
    for item in orders:
        if isinstance(item, Order):
            order = item
            if order.filled_raw == 0:
                continue
            found = [order._events.at_c(i) for i in range(order._events.n)]
        else:
            found = item.events
        for item in found:
            if not isinstance(item, OrderFilled):
                continue
            fill = item
            n_fills += 1
            n_maker += fill._liquidity_side == LiquiditySide.MAKER
            if fill.commission_raw < 0:
                received, count = rebates.get(fill.commission_currency, (0, 0))
                rebates[fill.commission_currency] = received - fill.commission_raw, count + 1
            # Fills that follow each other mostly share the very id
            if fill.instrument_id is not known_id:
                known_id = fill.instrument_id
                instrument = instruments.get(known_id)
                if instrument is not None:
                    same = instrument.cost_currency_c() == currency
                    by_quantity = not same and not instrument.is_inverse and instrument.base_currency == currency
                    if not same and not by_quantity:
                        raws, times = others.setdefault(instrument.cost_currency_c(), ([], []))
            if instrument is None:
                n_unknown += 1
                continue
            if by_quantity:
                raw = quantity_raw_c(instrument, fill.qty_raw, currency)
            else:
                raw = instrument.notional_raw_c(fill.qty_raw, fill.px_raw)
            if same or by_quantity:
                total += abs(raw)
            else:
                raws.append(abs(raw))
                times.append(fill.ts_event)
    return n_fills, n_maker, total, rebates, others, n_unknown


cdef money_raw_t quantity_raw_c(Instrument instrument, qty_raw_t qty, Currency currency) except? -9223372036854775807:
    """Return quantity x multiplier in minor units of the base currency, rounded once."""
    cdef money_raw_t raw = 0
    cdef int digits = instrument.size_precision + instrument.multiplier.precision - currency.precision
    if fixed_mul3_shift(qty, instrument.multiplier.raw, 1, digits, &raw):
        raise OverflowError(f"the size of a fill of {instrument.id} is too large for {currency}")
    return raw
