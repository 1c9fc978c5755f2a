from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.updates cimport UpdateQueries
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency


cdef class MarketQueries(UpdateQueries):
    """The side of the cache that reads instruments and market data; base of `Cache`."""
    cdef dict _bars                            # BarType -> BarHistory of bars built inside this world
    cdef dict _rates                           # Venue or None -> (instruments seen, {(from, to): (MarketState, is inverse)})

    cdef Instrument instrument_c(self, InstrumentId instrument_id)
    cdef BarHistory own_bars_c(self, BarType bar_type)
    cdef BarHistory find_bars_c(self, BarType bar_type)                        # own, else external; None if there are none
    # Units of `to_currency` for one of `from_currency`; 0.0 if there is no rate
    cdef double xrate_c(self, Venue venue, Currency from_currency, Currency to_currency, int price_type) except? -1.0
    cdef dict rate_edges_c(self, Venue venue)
