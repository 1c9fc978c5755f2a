from libc.stdint cimport int64_t
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order

cdef enum:
    RATE_DIGITS = 9                              # rates are integers in units of 10^-9


cdef class FeeModel:
    cdef bint _python                            # a Python subclass overrides get_commission
    cdef bint records                            # wants `record_c` after each fill
    cdef Cache cache                             # of the venue, for exchange rates; None before a venue has the model
    cdef ts_t now_ns                             # of the fill that is being charged

    # Set by the venue, before anything is charged
    cdef int attach_c(self, Cache cache) except -1
    # What the venue books for one fill, positive = cost, and remembers
    cdef Money commission_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)
    # The same without remembering; Python subclasses override get_commission(order, fill_qty, fill_px, instrument)
    cdef Money charge_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)
    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)
    # The charge before it is rounded: a Fraction and its currency
    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)
    cdef int record_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument) except -1
    # Units of `target` for one of `source`, a Fraction; InvalidData where the venue's market tells none
    cdef object rate_c(self, Instrument instrument, Currency source, Currency target)

# Money as given, or from its text, as in a configuration
cdef Money as_money(object value)
# A rate in units of 10^-RATE_DIGITS; InvalidConfiguration unless it fits exactly
cdef int64_t as_rate(str name, object value) except? -9223372036854775807
# A Fraction in minor units, rounded once, half to even
cdef Money rounded_money(object amount, Currency currency)
