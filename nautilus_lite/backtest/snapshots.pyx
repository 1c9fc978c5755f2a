"""Snapshots of books whose rows have no flags.

Some vendors deliver a snapshot as a CLEAR and an ADD for each level or order, without a flag that says where it ends. Each row
would be a batch of its own, and the book be matched while it is half-built. So a CLEAR without flags and the ADDs of the same
times behind it are marked as one batch. It ends before the first row that is something else or of another time, with a row
that is flagged `F_LAST`, or with the data.

This is done once for each block of rows as it is read, whatever file or array it came from. Nothing is left to do for a row.
"""

from libc.stdint cimport uint8_t

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport INSIDE_BATCH
from nautilus_lite.model.enums cimport BookAction

from nautilus_lite.errors import InternalError

cdef enum:
    F_LAST = 128

cdef struct OpenC:
    bint is_open                 # the last row belongs to a snapshot that may go on
    ts_t ts_event
    ts_t ts_init


cdef inline bint goes_on(const OpenC* snapshot, const DeltaRow* row) noexcept nogil:
    return (
        snapshot.is_open and (row.action == BookAction.ADD or row.action == BookAction.CLEAR)
        and row.ts_init == snapshot.ts_init and row.ts_event == snapshot.ts_event
    )


cdef inline void pass_row(OpenC* snapshot, const DeltaRow* row) noexcept nogil:
    if goes_on(snapshot, row):
        snapshot.is_open = (row.flags & F_LAST) == 0
    else:
        snapshot.is_open = row.action == BookAction.CLEAR and row.flags == 0
        snapshot.ts_event = row.ts_event
        snapshot.ts_init = row.ts_init


cdef bint may_clear(const DeltaRow* rows, size_t n) noexcept nogil:
    """Whether any row might be a CLEAR: one instruction a row, for nearly no block has any."""
    # Of ADD, UPDATE, DELETE and CLEAR the last alone has this bit
    cdef uint8_t seen = 0
    cdef const DeltaRow* row = rows
    cdef const DeltaRow* end = rows + n
    while end - row >= 8:
        seen |= (
            row[0].action | row[1].action | row[2].action | row[3].action | row[4].action | row[5].action | row[6].action | row[7].action
        )
        row += 8
    while row < end:
        seen |= row.action
        row += 1
    return (seen & <uint8_t>BookAction.CLEAR) != 0


cdef size_t first_inside(const DeltaRow* rows, size_t n, OpenC* snapshot) noexcept nogil:
    """The first row that does not end its batch though it seems to, `n` if there is none; `snapshot` is as after it."""
    cdef size_t i
    for i in range(n):
        if snapshot.is_open or rows[i].action == BookAction.CLEAR:
            if i > 0 and rows[i - 1].flags == 0 and goes_on(snapshot, &rows[i]):
                return i - 1
            pass_row(snapshot, &rows[i])
    return n


cdef void mark_inside(DeltaRow* rows, size_t n, OpenC* snapshot) noexcept nogil:
    cdef size_t i
    for i in range(n):
        if i > 0 and rows[i - 1].flags == 0 and goes_on(snapshot, &rows[i]):
            rows[i - 1].flags = INSIDE_BATCH
        pass_row(snapshot, &rows[i])


def whole_snapshots(blocks not None):
    """Yield blocks of order book deltas in which snapshots without flags are batches.

    Parameters
    ----------
    blocks : iterable of (ndarray of DELTA_DTYPE, ndarray or None)
        Rows in order of arrival, and their keys. They stay as they are: blocks with such snapshots are copied.

    Yields
    ------
    tuple
        Rows and keys.
    """
    cdef OpenC snapshot, before
    cdef const uint8_t[::1] view
    cdef uint8_t[::1] copy
    cdef const DeltaRow* rows
    cdef DeltaRow* marked
    cdef size_t n, at
    held = None
    snapshot.is_open = False
    snapshot.ts_event = snapshot.ts_init = 0
    try:
        for block, keys in blocks:
            n = len(block)
            if n == 0:
                continue
            if block.dtype.itemsize != sizeof(DeltaRow) or not block.flags.c_contiguous:
                raise InternalError(f"rows of order book deltas are {block.dtype.itemsize} bytes each; please report")
            view = block.view("u1").reshape(-1)
            rows = <const DeltaRow*>&view[0]
            if held is not None:
                if held[0]["flags"][-1] == 0 and goes_on(&snapshot, rows):
                    last = held[0].copy()
                    last["flags"][-1] = INSIDE_BATCH
                    held = (last, held[1])
                yield held
                held = None
            before = snapshot
            with nogil:
                at = first_inside(rows, n, &snapshot) if snapshot.is_open or may_clear(rows, n) else n
            if at < n:
                block = block.copy()
                copy = block.view("u1").reshape(-1)
                marked = <DeltaRow*>&copy[0]
                snapshot = before
                with nogil:
                    mark_inside(marked, n, &snapshot)
            if snapshot.is_open:
                # The next block tells whether it goes on
                held = (block, keys)
            else:
                yield block, keys
        if held is not None:
            yield held
    finally:
        close = getattr(blocks, "close", None)
        if close is not None:
            close()
