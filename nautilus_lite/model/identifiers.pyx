"""Identifiers: immutable, validated text whose hash is taken once.

The text of those that name the few lasting things (instruments, venues, strategies, ...) is interned, so that equal ones
share it. Those made per event (orders, trades, positions) are not: a table of them would only grow.
"""

import sys

cimport cython

from nautilus_lite.core.text cimport text_key

@cython.no_gc
cdef class Identifier:
    """Base of all identifiers.

    Parameters
    ----------
    value : str
        Non-empty text without surrounding white space.
    """

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid {type(self).__name__}, must be non-empty text without surrounding white space, was {value!r}"
            )
        self._check_text(value)
        self.value = sys.intern(value)
        self._hash = hash(value)

    def _check_text(self, value):
        return None

    @classmethod
    def from_str(cls, str value not None):
        """Parse the text of an identifier."""
        return cls(value)

    def __hash__(self):
        return self._hash

    def __richcmp__(self, other, int op):
        cdef Identifier that
        if type(self) is not type(other):
            if op == 2:
                return False
            if op == 3:
                return True
            return NotImplemented
        that = <Identifier>other
        if op == 2:
            return self is that or (self._hash == that._hash and self.value == that.value)
        if op == 3:
            return not (self is that or (self._hash == that._hash and self.value == that.value))
        if op == 0:
            return self.value < that.value
        if op == 1:
            return self.value <= that.value
        if op == 4:
            return self.value > that.value
        return self.value >= that.value

    def __str__(self):
        return self.value

    def __repr__(self):
        return f"{type(self).__name__}('{self.value}')"

    def __reduce__(self):
        return type(self), (self.value,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self



@cython.final
@cython.no_gc
cdef class Symbol(Identifier):
    """Ticker symbol of an instrument."""

    def is_composite(self):
        """Return if the symbol has a root and more, with a dot between: `CL.FUT`."""
        return "." in self.value

    def root(self):
        """Return what stands before the first dot; the whole symbol where there is none."""
        return self.value.partition(".")[0]

    def topic(self):
        """Return the pattern of all symbols of the root, or the symbol itself where it is not composite."""
        return f"{self.root()}*" if self.is_composite() else self.value


@cython.final
@cython.no_gc
cdef class Venue(Identifier):
    """A trading venue."""

    def _check_text(self, value):
        if "." in value:
            raise ValueError(f"invalid Venue, must not contain a dot, was {value!r}")


@cython.final
@cython.no_gc
cdef class InstrumentId(Identifier):
    """An instrument: symbol and venue, written `SYMBOL.VENUE`.

    Parameters
    ----------
    symbol : Symbol
    venue : Venue
    """

    def __init__(self, Symbol symbol not None, Venue venue not None):
        self.symbol = symbol
        self.venue = venue
        self.value = sys.intern(f"{symbol.value}.{venue.value}")
        self._hash = hash(self.value)

    @classmethod
    def from_str(cls, str value not None):
        """Parse `SYMBOL.VENUE`; the venue is what stands after the last dot.

        Raises
        ------
        ValueError
            If there is no dot, or nothing on one side of it.
        """
        symbol, dot, venue = value.rpartition(".")
        if not dot or not symbol or not venue:
            raise ValueError(f"invalid InstrumentId, must be 'SYMBOL.VENUE' such as 'EUR/USD.SIM', was {value!r}")
        return InstrumentId(Symbol(symbol), Venue(venue))

    def is_synthetic(self):
        """Return whether the instrument is synthetic, which none is here."""
        return False

    def __reduce__(self):
        return InstrumentId, (self.symbol, self.venue)


@cython.final
@cython.no_gc
cdef class ComponentId(Identifier):
    """A component of the system."""


@cython.final
@cython.no_gc
cdef class ClientId(Identifier):
    """A client of a venue or data source."""


@cython.final
@cython.no_gc
cdef class TraderId(Identifier):
    """A trader, written `NAME-TAG`."""

    def _check_text(self, value):
        if "-" not in value:
            raise ValueError(f"invalid TraderId, must be a name and a tag joined by a hyphen such as 'TRADER-001', was {value!r}")

    def get_tag(self):
        """Return the text after the last hyphen."""
        return self.value.rpartition("-")[2]


@cython.final
@cython.no_gc
cdef class StrategyId(Identifier):
    """A strategy, written `NAME-TAG`."""

    def _check_text(self, value):
        if value != "EXTERNAL" and "-" not in value:
            raise ValueError(f"invalid StrategyId, must be a name and a tag joined by a hyphen such as 'EMACross-001', was {value!r}")

    def get_tag(self):
        """Return the text after the last hyphen."""
        return self.value.rpartition("-")[2]

    @staticmethod
    def external():
        """Return the id of orders that no strategy here sent."""
        return StrategyId("EXTERNAL")

    def is_external(self):
        """Return whether this is the id of external orders."""
        return self.value == "EXTERNAL"


@cython.final
@cython.no_gc
cdef class ExecAlgorithmId(Identifier):
    """An execution algorithm."""


@cython.final
@cython.no_gc
cdef class AccountId(Identifier):
    """An account, written `ISSUER-NUMBER`."""

    def _check_text(self, value):
        if "-" not in value:
            raise ValueError(f"invalid AccountId, must be a name and a tag joined by a hyphen such as 'SIM-001', was {value!r}")

    def get_issuer(self):
        """Return the text before the first hyphen."""
        return self.value.partition("-")[0]

    def get_id(self):
        """Return the text after the first hyphen."""
        return self.value.partition("-")[2]


@cython.final
@cython.no_gc
cdef class ClientOrderId(Identifier):
    """An order, named by its strategy."""

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid ClientOrderId, must be non-empty text without surrounding white space, was {value!r}"
            )
        self.value = value
        self._hash = hash(value)

    @staticmethod
    cdef ClientOrderId new_c(str value):
        cdef ClientOrderId identifier = ClientOrderId.__new__(ClientOrderId)
        identifier.value = value
        identifier._hash = hash(value)
        return identifier

    cdef uint64_t key_c(self) except? 0:
        if self._key == 0:
            self._key = text_key(self.value)
        return self._key


@cython.final
@cython.no_gc
cdef class VenueOrderId(Identifier):
    """An order, named by its venue."""

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid VenueOrderId, must be non-empty text without surrounding white space, was {value!r}"
            )
        self.value = value
        self._hash = hash(value)

    @staticmethod
    cdef VenueOrderId new_c(str value):
        cdef VenueOrderId identifier = VenueOrderId.__new__(VenueOrderId)
        identifier.value = value
        identifier._hash = hash(value)
        return identifier


@cython.final
@cython.no_gc
cdef class OrderListId(Identifier):
    """A list of orders."""

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid OrderListId, must be non-empty text without surrounding white space, was {value!r}"
            )
        self.value = value
        self._hash = hash(value)


@cython.final
@cython.no_gc
cdef class PositionId(Identifier):
    """A position."""

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid PositionId, must be non-empty text without surrounding white space, was {value!r}"
            )
        self.value = value
        self._hash = hash(value)

    @staticmethod
    cdef PositionId new_c(str value):
        cdef PositionId identifier = PositionId.__new__(PositionId)
        identifier.value = value
        identifier._hash = hash(value)
        return identifier


@cython.final
@cython.no_gc
cdef class TradeId(Identifier):
    """A trade: at most 36 characters."""

    def __init__(self, str value not None):
        if not value or value != value.strip():
            raise ValueError(
                f"invalid TradeId, must be non-empty text without surrounding white space, was {value!r}"
            )
        if len(value) > 36:
            raise ValueError(f"invalid TradeId, must have at most 36 characters, was {value!r}")
        self.value = value
        self._hash = hash(value)

    @staticmethod
    cdef TradeId new_c(str value):
        cdef TradeId identifier = TradeId.__new__(TradeId)
        identifier.value = value
        identifier._hash = hash(value)
        return identifier
