"""Sorted arrays of resting orders.

An array is sorted by (price, arrival) so that the order to match first stands at its end. A market update looks at that
one entry. Adding or removing costs a binary search and the move of the entries behind the place, few where orders rest near
the touch. Prices are compared through `sign`, so one code serves both sides.
"""

from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport realloc
from libc.string cimport memmove
from nautilus_lite.core.typedefs cimport price_raw_t

cdef size_t FIRST_ENTRIES = 16


cdef void table_init(TableC* table, int sign) noexcept nogil:
    table.entries = NULL
    table.n = 0
    table.capacity = 0
    table.sign = sign


cdef void table_free(TableC* table) noexcept nogil:
    free(table.entries)
    table.entries = NULL
    table.n = 0
    table.capacity = 0


cdef inline bint before(TableC* table, price_raw_t price, uint64_t sequence, const EntryC* entry) noexcept nogil:
    # Does (price, sequence) match before the entry?
    if price != entry.price:
        return price > entry.price if table.sign > 0 else price < entry.price
    return sequence < entry.sequence


cdef size_t place(TableC* table, price_raw_t price, uint64_t sequence) noexcept nogil:
    """First index whose entry does not match after (price, sequence)."""
    cdef size_t low = 0
    cdef size_t high = table.n
    cdef size_t middle
    while low < high:
        middle = low + ((high - low) >> 1)
        if before(table, price, sequence, &table.entries[middle]):
            low = middle + 1
        else:
            high = middle
    return low


cdef int table_add(TableC* table, price_raw_t price, uint64_t sequence, int64_t slot) noexcept nogil:
    cdef size_t capacity
    cdef EntryC* entries
    cdef size_t at
    if table.n == table.capacity:
        capacity = table.capacity * 2 if table.capacity else FIRST_ENTRIES
        entries = <EntryC*>realloc(table.entries, capacity * sizeof(EntryC))
        if entries == NULL:
            return -1
        table.entries = entries
        table.capacity = capacity
    at = place(table, price, sequence)
    memmove(&table.entries[at + 1], &table.entries[at], (table.n - at) * sizeof(EntryC))
    table.entries[at].price = price
    table.entries[at].sequence = sequence
    table.entries[at].slot = slot
    table.n += 1
    return 0


cdef int table_remove(TableC* table, price_raw_t price, uint64_t sequence) noexcept nogil:
    cdef size_t at = place(table, price, sequence)
    if at >= table.n or table.entries[at].price != price or table.entries[at].sequence != sequence:
        return 1
    table.n -= 1
    memmove(&table.entries[at], &table.entries[at + 1], (table.n - at) * sizeof(EntryC))
    return 0


cdef int table_check(TableC* table) noexcept nogil:
    cdef size_t i
    if table.n > table.capacity:
        return -1
    for i in range(1, table.n):
        if not before(table, table.entries[i].price, table.entries[i].sequence, &table.entries[i - 1]):
            return -1
    return 0
