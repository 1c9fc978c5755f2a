from libc.stdint cimport int64_t
from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.margin_models cimport MarginModel
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport MarginBalance


cdef class MarginSlot:
    # Margin of one instrument; both parts are locked in `currency`
    cdef InstrumentId instrument_id
    cdef Currency currency
    cdef money_raw_t initial           # of working orders
    cdef money_raw_t maintenance       # of the net exposure
    cdef MarginBalance _copy           # last copy handed out

    cdef MarginBalance balance_c(self)


cdef class Leverage:
    cdef object value                  # Decimal
    cdef int64_t num                   # value = num / den exactly
    cdef int64_t den


cdef class MarginAccount(Account):
    cdef dict _margins                 # InstrumentId -> MarginSlot
    cdef dict _leverages               # InstrumentId -> Leverage
    cdef Leverage _default_leverage
    cdef readonly MarginModel margin_model

    cdef MarginSlot margin_slot_c(self, InstrumentId instrument_id, Currency currency)
    cdef Leverage leverage_c(self, InstrumentId instrument_id)
    cdef money_raw_t margin_init_raw_c(self, Instrument instrument, qty_raw_t qty, price_raw_t price) except? -9223372036854775807
    # Maintenance margin of an exposure whose notional is known, in the notional's currency
    cdef money_raw_t margin_maint_raw_c(self, Instrument instrument, money_raw_t notional) except? -9223372036854775807
    # The maintenance margin of the instrument is now `raw`; True if that changed the account
    cdef bint set_maintenance_c(self, InstrumentId instrument_id, Currency currency, money_raw_t raw) except? 0
