"""Currencies and their registry."""

cimport cython

from nautilus_lite.core.fixed cimport check_precision

from nautilus_lite.model.enums import CurrencyType
from nautilus_lite.model.enums import currency_type_from_str

cdef dict CURRENCIES = {}   # code -> Currency: the registry


@cython.final
cdef class Currency:
    """A currency.

    Parameters
    ----------
    code : str
        For example `USD`.
    precision : int
        Digits of the minor unit, 0 to 16.
    iso4217 : int
        Numeric ISO 4217 code, 0 if there is none.
    name : str
    currency_type : CurrencyType
    """

    def __init__(self, str code not None, object precision, int iso4217, str name not None, object currency_type):
        if not code or code != code.strip():
            raise ValueError(f"invalid currency `code`, must be non-empty text without white space, was {code!r}")
        self.code = code
        self.precision = check_precision(precision)
        self.iso4217 = iso4217
        self.name = name
        self.currency_type = CurrencyType(currency_type)

    @staticmethod
    def register(Currency currency not None, bint overwrite=False):
        """Make a currency known to `from_str`.

        Raises
        ------
        ValueError
            If the code is known already with other properties and `overwrite` is False.
        """
        _load_currencies()
        known = CURRENCIES.get(currency.code)
        if known is not None and not overwrite:
            if known.precision != currency.precision:
                raise ValueError(
                    f"currency `{currency.code}` is registered with precision {known.precision}, was given "
                    f"{currency.precision}; pass `overwrite=True` to replace it"
                )
            return
        CURRENCIES[currency.code] = currency

    @staticmethod
    def from_str(str code not None, bint strict=True):
        """Return the registered currency.

        Parameters
        ----------
        strict : bool, default True
            With False an unknown code gives a new cryptocurrency of 8 digits.

        Raises
        ------
        ValueError
            If the code is unknown and `strict`.
        """
        _load_currencies()
        currency = CURRENCIES.get(code)
        if currency is None:
            if strict:
                raise ValueError(f"unknown currency {code!r}; make it known with `Currency.register(Currency(...))`")
            currency = Currency(code, 8, 0, code, CurrencyType.CRYPTO)
            CURRENCIES[code] = currency
        return currency

    @staticmethod
    def from_internal_map(str code not None):
        """Return the registered currency, or None."""
        _load_currencies()
        return CURRENCIES.get(code)

    @staticmethod
    def is_fiat(str code not None):
        """Return whether the registered currency is fiat."""
        return Currency.from_str(code).currency_type == CurrencyType.FIAT

    @staticmethod
    def is_crypto(str code not None):
        """Return whether the registered currency is a cryptocurrency."""
        return Currency.from_str(code).currency_type == CurrencyType.CRYPTO

    def __eq__(self, other):
        if self is other:
            return True
        if type(other) is not Currency:
            return NotImplemented
        return self.code == (<Currency>other).code and self.precision == (<Currency>other).precision

    def __hash__(self):
        return hash(self.code)

    def __str__(self):
        return self.code

    def __repr__(self):
        return (
            f"Currency(code='{self.code}', precision={self.precision}, iso4217={self.iso4217}, name='{self.name}', "
            f"currency_type={self.currency_type.name})"
        )

    def __reduce__(self):
        return Currency, (self.code, self.precision, self.iso4217, self.name, self.currency_type)


cdef bint _loaded = False


cdef int _load_currencies() except -1:
    """Fill the registry from the built-in table, once."""
    global _loaded
    if not _loaded:
        _loaded = True
        from nautilus_lite.model.currency_table import TABLE
        for code, precision, iso4217, name, kind in TABLE:
            CURRENCIES.setdefault(code, Currency(code, precision, iso4217, name, currency_type_from_str(kind)))
    return 0
