"""What users keep in the cache themselves: bytes by name, and exchange rates of marks; the base of all its parts."""

from nautilus_lite.model.objects cimport Currency


cdef class Kept:
    """The side of the cache that is written by users alone."""

    def __cinit__(self, *args, **kwargs):
        self._general = {}
        self._mark_rates = {}

    def add(self, str key not None, bytes value not None):
        """
        Keep bytes under a name, in place of what was there.

        Raises
        ------
        ValueError
            If the name is empty.

        """
        if not key:
            raise ValueError("invalid `key`, must not be empty")
        self._general[key] = value

    def get(self, str key not None):
        """Return the bytes kept under a name (None if there are none)."""
        return self._general.get(key)

    cdef double mark_xrate_c(self, object from_currency, object to_currency) except? -1.0:
        return self._mark_rates.get((from_currency, to_currency), 0.0)

    def set_mark_xrate(self, Currency from_currency not None, Currency to_currency not None, double xrate):
        """
        Keep an exchange rate, and its inverse for the other direction.

        Parameters
        ----------
        from_currency, to_currency : Currency
            The currencies.
        xrate : float
            Units of `to_currency` for one of `from_currency`, positive.

        Raises
        ------
        ValueError
            If the rate is not positive.

        """
        if not 0.0 < xrate < float("inf"):
            raise ValueError(f"invalid `xrate` from {from_currency} to {to_currency}, must be positive, was {xrate}")
        self._mark_rates[(from_currency, to_currency)] = xrate
        self._mark_rates[(to_currency, from_currency)] = 1.0 / xrate

    def get_mark_xrate(self, Currency from_currency not None, Currency to_currency not None):
        """Return the exchange rate kept (None if there is none)."""
        return self._mark_rates.get((from_currency, to_currency))

    def clear_mark_xrate(self, Currency from_currency not None, Currency to_currency not None):
        """Forget an exchange rate; its inverse stays."""
        self._mark_rates.pop((from_currency, to_currency), None)

    def clear_mark_xrates(self):
        """Forget all exchange rates kept."""
        self._mark_rates.clear()
