"""One walk over all fills: counts, rebates and traded notional as integers.

What is worth the same in every currency it could be reported in adds up here; a fill whose size needs an exchange rate is
handed back, to be valued by `analysis.fill_list`.
"""

from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
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
        Number of fills; of those as maker; minor units of notional; rebates, a dict of Currency to minor units received and
        number of fills; the fills whose notional is in another currency, or whose instrument is not known.
    """
    cdef Order order
    cdef OrderEvent event
    cdef OrderFilled fill
    cdef Instrument instrument = None
    cdef object known_id = None, item, total = 0
    cdef Py_ssize_t i, n_fills = 0, n_maker = 0
    cdef bint same = False
    cdef dict rebates = {}
    cdef list found, rest = []
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
                raw, count = rebates.get(fill.commission_currency, (0, 0))
                rebates[fill.commission_currency] = raw - fill.commission_raw, count + 1
            # Fills that follow each other mostly share the very id
            if fill.instrument_id is not known_id:
                known_id = fill.instrument_id
                instrument = instruments.get(known_id)
                same = (
                    instrument is not None and instrument.cost_currency_c() == currency
                )
            if same and fill.qty_precision == instrument.size_precision and fill.px_precision == instrument.price_precision:
                total += abs(instrument.notional_raw_c(fill.qty_raw, fill.px_raw))
            else:
                rest.append(fill)
    return n_fills, n_maker, total, rebates, rest
