from libc.stdint cimport uint64_t


cdef class Identifier:
    cdef readonly str value
    cdef Py_hash_t _hash


cdef class Symbol(Identifier):
    pass

cdef class Venue(Identifier):
    pass

cdef class InstrumentId(Identifier):
    cdef readonly Symbol symbol
    cdef readonly Venue venue

cdef class ComponentId(Identifier):
    pass

cdef class ClientId(Identifier):
    pass

cdef class TraderId(Identifier):
    pass

cdef class StrategyId(Identifier):
    pass

cdef class ExecAlgorithmId(Identifier):
    pass

cdef class AccountId(Identifier):
    pass

cdef class ClientOrderId(Identifier):
    cdef uint64_t _key                       # 0: not made yet
    cdef uint64_t key_c(self) except? 0      # for draws: the same in every process
    @staticmethod
    cdef ClientOrderId new_c(str value)      # no validation; value made by us

cdef class VenueOrderId(Identifier):
    @staticmethod
    cdef VenueOrderId new_c(str value)

cdef class OrderListId(Identifier):
    pass

cdef class PositionId(Identifier):
    @staticmethod
    cdef PositionId new_c(str value)

cdef class TradeId(Identifier):
    @staticmethod
    cdef TradeId new_c(str value)
