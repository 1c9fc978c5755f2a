from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Symbol
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity


cdef class Instrument(Data):
    # Identity
    cdef readonly InstrumentId id
    cdef readonly Symbol raw_symbol
    cdef int _asset_class                   # AssetClass
    cdef int _instrument_class              # InstrumentClass
    # Currencies
    cdef readonly Currency quote_currency
    cdef readonly Currency base_currency    # None where there is none
    cdef readonly Currency settlement_currency
    cdef readonly bint is_inverse
    cdef readonly bint is_quanto
    # Precision and increments
    cdef readonly uint8_t price_precision
    cdef readonly uint8_t size_precision
    cdef readonly Price price_increment
    cdef readonly Quantity size_increment
    cdef readonly Quantity multiplier
    cdef readonly Quantity lot_size         # or None
    # Limits, or None
    cdef readonly Quantity max_quantity
    cdef readonly Quantity min_quantity
    cdef readonly Money max_notional
    cdef readonly Money min_notional
    cdef readonly Price max_price
    cdef readonly Price min_price
    # Rates as Decimal fractions of notional
    cdef readonly object margin_init
    cdef readonly object margin_maint
    cdef readonly object maker_fee          # negative = rebate
    cdef readonly object taker_fee
    # Rates as integers in units of 10^-9 (exactly the Decimals above; finer rates are refused)
    cdef readonly int64_t margin_init_e9
    cdef readonly int64_t margin_maint_e9
    cdef readonly int64_t maker_fee_e9
    cdef readonly int64_t taker_fee_e9
    cdef readonly str tick_scheme_name
    cdef readonly dict info
    cdef readonly ts_t ts_event
    cdef readonly ts_t ts_init

    # Currency of costs: quote currency, or base for inverse, or settlement for quanto
    cdef Currency cost_currency_c(self)
    # Notional of qty at price in `cost_currency_c` minor units, rounded once half to even
    cdef money_raw_t notional_raw_c(self, qty_raw_t qty, price_raw_t price) except? -9223372036854775807
    # PnL of `qty` bought at `open` and sold at `close` (signed by side: +1 long, -1 short), settlement minor units
    cdef money_raw_t pnl_raw_c(self, int side_sign, price_raw_t open, price_raw_t close, qty_raw_t qty) except? -9223372036854775807
    cdef money_raw_t _inverse_c(self, qty_raw_t qty, price_raw_t price) except? -9223372036854775807
    cdef Price _step(self, object value, int ticks, bint up)
    # A value of another precision in the instrument's own, rounded half to even
    cdef int64_t _own_qty_c(self, Quantity quantity) except? -9223372036854775807
    cdef int64_t _own_price_c(self, Price price) except? -9223372036854775807
