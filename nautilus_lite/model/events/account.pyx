"""Account events."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport AccountType
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport MarginBalance


@cython.no_gc
cdef class AccountState:
    """Balances and margins of an account at one time; a copy that nothing changes later.

    Parameters
    ----------
    account_id : AccountId
    account_type : AccountType
    base_currency : Currency or None
        None for an account in several currencies.
    reported : bool
        If the venue reported it, rather than we computed it.
    balances : list of AccountBalance
    margins : list of MarginBalance
    info : dict
    event_id : UUID4
    ts_event, ts_init : int
        UNIX nanoseconds.
    """

    def __init__(self, AccountId account_id not None, AccountType account_type, Currency base_currency, bint reported,
                 list balances not None, list margins not None, dict info not None, UUID4 event_id not None,
                 ts_t ts_event, ts_t ts_init):
        self.account_id = account_id
        self._account_type = account_type
        self.base_currency = base_currency
        self.is_reported = reported
        self._balances = tuple(balances)
        self._margins = tuple(margins)
        self._info = dict(info) if info else None
        self.id_hi = event_id.hi
        self.id_lo = event_id.lo
        self.ts_event = ts_event
        self.ts_init = ts_init

    @staticmethod
    cdef AccountState new_c(AccountId account_id, int account_type, Currency base_currency, tuple balances, tuple margins,
                            uint64_t id_hi, uint64_t id_lo, ts_t ts_event, ts_t ts_init):
        cdef AccountState state = AccountState.__new__(AccountState)
        state.account_id = account_id
        state._account_type = account_type
        state.base_currency = base_currency
        state._balances = balances
        state._margins = margins
        state.id_hi = id_hi
        state.id_lo = id_lo
        state.ts_event = ts_event
        state.ts_init = ts_init
        return state

    @property
    def id(self):
        """The event's id (UUID4)."""
        return UUID4.from_parts_c(self.id_hi, self.id_lo)

    @property
    def balances(self):
        """The balances (list[AccountBalance])."""
        return list(self._balances)

    @property
    def margins(self):
        """The margins (list[MarginBalance])."""
        return list(self._margins)

    @property
    def info(self):
        """What the venue said beyond (dict)."""
        return {} if self._info is None else dict(self._info)

    @property
    def account_type(self):
        """The kind of account (`AccountType`)."""
        return <AccountType>self._account_type

    def to_dict(self):
        """Return the state as a dict of plain values."""
        cdef AccountBalance balance
        cdef MarginBalance margin
        return {
            "type": "AccountState",
            "account_id": self.account_id.value,
            "account_type": self.account_type.name,
            "base_currency": None if self.base_currency is None else self.base_currency.code,
            "reported": bool(self.is_reported),
            "balances": [
                {
                    "total": str(balance.total),
                    "locked": str(balance.locked),
                    "free": str(balance.free),
                }
                for balance in self._balances
            ],
            "margins": [
                {
                    "initial": str(margin.initial),
                    "maintenance": str(margin.maintenance),
                    "instrument_id": None if margin.instrument_id is None else margin.instrument_id.value,
                }
                for margin in self._margins
            ],
            "info": self.info,
            "event_id": self.id.value,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    def __eq__(self, other):
        if not isinstance(other, AccountState):
            return NotImplemented
        return self.id_hi == (<AccountState>other).id_hi and self.id_lo == (<AccountState>other).id_lo

    def __hash__(self):
        return hash((self.id_hi, self.id_lo))

    def __repr__(self):
        balances = ", ".join(str(balance.total) for balance in self._balances)
        return f"AccountState({self.account_id}, {balances}, ts_event={self.ts_event})"
