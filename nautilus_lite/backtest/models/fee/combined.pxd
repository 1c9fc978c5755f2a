from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.orders.base cimport Order


cdef class CombinedFeeModel(FeeModel):
    cdef readonly tuple parts                    # FeeModel
    cdef int combine_c(self, object parts) except -1
    cdef FeeModel _part_c(self, FeeModel part)   # the part, knowing the time of the fill


cdef class CompositeFeeModel(CombinedFeeModel):
    pass


cdef class CurrencyFeeModel(CombinedFeeModel):
    cdef readonly FeeModel model
    cdef readonly str fee_currency               # "BASE", "QUOTE", "RECEIVED" or a code
    cdef readonly object rate                    # Decimal, units of the fee's currency for one of the model's, or None
    cdef Currency _currency                      # of a code, else None
    cdef Currency _target_c(self, Order order, Instrument instrument)
    cdef object _worth_c(self, Currency source, Currency target, object price, Instrument instrument)


cdef class FeeSchedule(CombinedFeeModel):
    cdef readonly FeeModel default
    cdef readonly dict instruments               # InstrumentId -> FeeModel
    cdef FeeModel _of_c(self, Instrument instrument)
