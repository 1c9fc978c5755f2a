"""Contingencies: what the fate of one order does to others.

- OTO, one triggers others: the venue holds the linked orders until this one is filled, in part or whole; if it ends without a
  fill they end too.
- OCO, one cancels others: a fill, or any end, of this one cancels the linked orders.
- OUO, one updates others: a partial fill cuts the linked orders to what is left of this one; its end cancels them.
"""

cimport cython

from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.identifiers cimport ClientOrderId


@cython.final
@cython.no_gc
cdef class OrderLinks:
    """Made with the order; nothing changes it later."""

    def describe(self):
        """Return the links as plain values."""
        return {
            "contingency_type": (<object><ContingencyType>self.contingency).name,
            "linked_order_ids": [client_order_id.value for client_order_id in self.linked],
            "parent_order_id": None if self.parent is None else self.parent.value,
        }


cdef OrderLinks new_links_c(int contingency, ClientOrderId parent, object linked):
    cdef OrderLinks links
    if contingency == ContingencyType.NO_CONTINGENCY:
        if linked:
            raise ValueError(f"invalid `linked_order_ids`, must be empty without a contingency, was {list(linked)}")
        if parent is None:
            return None
    elif not linked:
        raise ValueError("invalid `linked_order_ids`, must name at least one order where there is a contingency")
    links = OrderLinks.__new__(OrderLinks)
    links.contingency = contingency
    links.parent = parent
    links.linked = tuple(linked or ())
    for client_order_id in links.linked:
        if not isinstance(client_order_id, ClientOrderId):
            raise TypeError(f"invalid linked order id, must be a ClientOrderId, was {client_order_id!r}")
    return links
