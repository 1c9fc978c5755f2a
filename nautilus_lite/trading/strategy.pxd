from nautilus_lite.common.actor cimport Actor
from nautilus_lite.common.factories cimport OrderFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.risk.engine cimport RiskEngine


cdef class Strategy(Actor):
    cdef readonly OrderFactory order_factory
    cdef RiskEngine _risk_engine
    cdef ExecutionEngine _exec_engine
    cdef readonly str order_id_tag
    cdef int _oms_type
    cdef readonly list external_order_claims
    cdef readonly bint manage_gtd_expiry
