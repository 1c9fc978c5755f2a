from nautilus_lite.model.identifiers cimport ClientOrderId


cdef class OrderLinks:
    """How an order hangs together with others."""
    cdef int contingency               # ContingencyType
    cdef ClientOrderId parent          # whose fill it waits for, or None
    cdef tuple linked                  # ClientOrderId of the others; of a parent its children


cdef OrderLinks new_links_c(int contingency, ClientOrderId parent, object linked)    # None for an order that stands alone
