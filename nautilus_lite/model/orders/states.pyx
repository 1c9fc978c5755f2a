"""The state machine of orders: for every status the kinds of event that may come."""

from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.events.order cimport OrderEventKind

cdef enum:
    N_STATUSES = 16
    N_KINDS = 17

# Bits of the event kinds that are legal in a status
cdef unsigned int[N_STATUSES] LEGAL


cdef void _allow(int status, object kinds):
    for kind in kinds:
        LEGAL[status] |= 1u << <int>kind


cdef void _fill_table():
    cdef object resting = (
        OrderEventKind.REJECTED, OrderEventKind.PENDING_UPDATE, OrderEventKind.PENDING_CANCEL, OrderEventKind.CANCELED,
        OrderEventKind.EXPIRED, OrderEventKind.UPDATED, OrderEventKind.MODIFY_REJECTED, OrderEventKind.CANCEL_REJECTED,
        OrderEventKind.FILLED,
    )
    # What is held here, by an emulator or an algorithm, is changed, cancelled and expires here
    cdef object held = (
        OrderEventKind.DENIED, OrderEventKind.RELEASED, OrderEventKind.UPDATED, OrderEventKind.CANCELED,
        OrderEventKind.EXPIRED, OrderEventKind.MODIFY_REJECTED, OrderEventKind.CANCEL_REJECTED,
    )
    _allow(OrderStatus.INITIALIZED, (*held, OrderEventKind.EMULATED, OrderEventKind.SUBMITTED))
    _allow(OrderStatus.EMULATED, held)
    _allow(OrderStatus.RELEASED, (*held, OrderEventKind.SUBMITTED))
    _allow(OrderStatus.SUBMITTED, (*resting, OrderEventKind.ACCEPTED, OrderEventKind.TRIGGERED))
    _allow(OrderStatus.ACCEPTED, (*resting, OrderEventKind.TRIGGERED))
    _allow(OrderStatus.TRIGGERED, resting)
    _allow(OrderStatus.PARTIALLY_FILLED, resting[1:])
    # The venue may answer anything that it would have said had no request been on its way
    _allow(OrderStatus.PENDING_UPDATE, (*resting, OrderEventKind.ACCEPTED, OrderEventKind.TRIGGERED))
    _allow(OrderStatus.PENDING_CANCEL, (*resting, OrderEventKind.ACCEPTED, OrderEventKind.TRIGGERED))


_fill_table()


cdef bint is_legal(int status, int kind) noexcept nogil:
    return (LEGAL[status] >> kind) & 1u
