# If an event of the kind (OrderEventKind) may come to an order in the status (OrderStatus)
cdef bint is_legal(int status, int kind) noexcept nogil
