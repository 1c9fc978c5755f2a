"""Errors of the package. Each is also the builtin error it amounts to.

::

    NautilusLiteError
    ├── InvalidConfiguration (ValueError)   a setting makes no sense; raised before a run
    ├── InvalidData (ValueError)            rows or objects that cannot be replayed
    │   └── PreflightError                  mismatches that a look before the run found; InvalidData too
    ├── CatalogError (ValueError)           a catalog file or request that cannot be served
    ├── ResultError (ValueError)            a saved result that cannot be read or written
    ├── MissingExtra (ImportError)          a package that an extra of this one brings is not installed
    ├── InvalidStateTrigger (RuntimeError)  an illegal transition of an order or component
    └── InternalError (RuntimeError)        ours is broken: please report
"""


class NautilusLiteError(Exception):
    """Base of all errors of the package."""


class InvalidConfiguration(NautilusLiteError, ValueError):
    """A setting that makes no sense, alone or with the others."""


class InvalidData(NautilusLiteError, ValueError):
    """Market data that cannot be replayed."""


class PreflightError(InvalidConfiguration, InvalidData):
    """Data, venues and strategies that do not fit together, found before the run."""


class CatalogError(NautilusLiteError, ValueError):
    """A catalog file that cannot be read or written, or a request it cannot serve."""


class ResultError(NautilusLiteError, ValueError):
    """A saved result that cannot be read or written."""


class MissingExtra(NautilusLiteError, ImportError):
    """An optional dependency that is not installed."""


class InvalidStateTrigger(NautilusLiteError, RuntimeError):
    """An illegal transition of a state machine."""


class InternalError(NautilusLiteError, RuntimeError):
    """A broken invariant of the package itself; please report it."""
