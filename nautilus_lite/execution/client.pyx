"""The way to a venue, and the sink that records what comes back."""

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.enums cimport AccountType
from nautilus_lite.model.enums cimport OmsType
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport Venue


cdef class ExecutionClient:
    """The base class of execution clients.

    A subclass in Cython overrides `execute_c`; one in Python overrides the methods named after the commands.

    Parameters
    ----------
    client_id : ClientId
        The id of the client.
    venue : Venue
        The venue it trades at.
    oms_type : OmsType
        How the venue keeps positions.
    account_type : AccountType
        The type of the account.
    account_id : AccountId, optional
        The account at the venue.
    """

    def __init__(self, ClientId client_id not None, Venue venue not None, oms_type, account_type,
                 AccountId account_id=None):
        self.id = client_id
        self.venue = venue
        self.account_id = account_id
        self._oms_type = <int>oms_type
        self._account_type = <int>account_type

    def __repr__(self):
        return f"{type(self).__name__}(id={self.id}, venue={self.venue})"

    @property
    def oms_type(self):
        """How the venue keeps positions (OmsType)."""
        return <OmsType>self._oms_type

    @property
    def account_type(self):
        """The type of the account (AccountType)."""
        return <AccountType>self._account_type

    cdef int execute_c(self, TradingCommand command) except -1:
        cdef int kind = command.kind
        if kind == CommandKind.SUBMIT_ORDER:
            self.submit_order(command)
        elif kind == CommandKind.SUBMIT_ORDER_LIST:
            self.submit_order_list(command)
        elif kind == CommandKind.MODIFY_ORDER:
            self.modify_order(command)
        elif kind == CommandKind.CANCEL_ORDER:
            self.cancel_order(command)
        elif kind == CommandKind.CANCEL_ALL_ORDERS:
            self.cancel_all_orders(command)
        elif kind == CommandKind.BATCH_CANCEL_ORDERS:
            self.batch_cancel_orders(command)
        else:
            self.query_order(command)
        return 0

    cdef object _missing(self, str method):
        return NotImplementedError(f"`{type(self).__name__}` must implement `{method}`")

    def submit_order(self, command):
        """Submit the order to the venue."""
        raise self._missing("submit_order")

    def submit_order_list(self, command):
        """Submit the orders to the venue."""
        raise self._missing("submit_order_list")

    def modify_order(self, command):
        """Modify the order at the venue."""
        raise self._missing("modify_order")

    def cancel_order(self, command):
        """Cancel the order at the venue."""
        raise self._missing("cancel_order")

    def cancel_all_orders(self, command):
        """Cancel all orders of the strategy in the instrument at the venue."""
        raise self._missing("cancel_all_orders")

    def batch_cancel_orders(self, command):
        """Cancel the orders at the venue."""
        raise self._missing("batch_cancel_orders")

    def query_order(self, command):
        """Ask the venue for the state of the order; a venue whose events are never lost has nothing to add."""


cdef class EventSink:
    """Takes every event after state was updated and before handlers run; this one ignores them."""

    cdef int on_order_event_c(self, object event, object order) except -1:
        return 0

    cdef int on_position_c(self, object position, ts_t ts_event) except -1:
        return 0

    cdef int on_account_state_c(self, object event) except -1:
        return 0
