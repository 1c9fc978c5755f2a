"""Time a command takes to the venue."""

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport CommandKind

from nautilus_lite.errors import InvalidConfiguration

cdef object MAX_LATENCY = 10**18      # over thirty years; keeps sums of times inside 64 bits


cdef class LatencyModel:
    """Constant latency per kind of command.

    Parameters
    ----------
    base_latency_nanos : int, default 1_000_000
        Added to each of the others (ns).
    insert_latency_nanos : int, default 0
        New orders (ns). The attribute of the same name includes the base.
    update_latency_nanos : int, default 0
        Modifications (ns).
    cancel_latency_nanos : int, default 0
        Cancellations (ns).

    Raises
    ------
    InvalidConfiguration
        If a latency is negative or longer than 10^18 ns.

    Notes
    -----
    Assumptions: latency never varies; events of the venue reach the strategy without delay. Real latency grows when
    markets move, so fast markets look kinder than they are.
    """

    def __init__(
        self,
        base_latency_nanos=1_000_000,
        insert_latency_nanos=0,
        update_latency_nanos=0,
        cancel_latency_nanos=0,
    ):
        for name, value in (
            ("base_latency_nanos", base_latency_nanos),
            ("insert_latency_nanos", insert_latency_nanos),
            ("update_latency_nanos", update_latency_nanos),
            ("cancel_latency_nanos", cancel_latency_nanos),
        ):
            if not 0 <= value <= MAX_LATENCY:
                raise InvalidConfiguration(f"invalid `{name}`, must be in [0, 10^18] ns, was {value}")
        self.base_latency_nanos = base_latency_nanos
        self.insert_latency_nanos = base_latency_nanos + insert_latency_nanos
        self.update_latency_nanos = base_latency_nanos + update_latency_nanos
        self.cancel_latency_nanos = base_latency_nanos + cancel_latency_nanos

    def __repr__(self):
        return (
            f"{type(self).__name__}(base_latency_nanos={self.base_latency_nanos}, "
            f"insert_latency_nanos={self.insert_latency_nanos}, update_latency_nanos={self.update_latency_nanos}, "
            f"cancel_latency_nanos={self.cancel_latency_nanos})"
        )

    cdef ts_t command_latency_c(self, int command_kind) noexcept:
        if command_kind == CommandKind.SUBMIT_ORDER or command_kind == CommandKind.SUBMIT_ORDER_LIST:
            return self.insert_latency_nanos
        if command_kind == CommandKind.MODIFY_ORDER:
            return self.update_latency_nanos
        return self.cancel_latency_nanos

    def command_latency(self, int command_kind):
        """Return the latency (ns) of a `CommandKind`."""
        return self.command_latency_c(command_kind)
