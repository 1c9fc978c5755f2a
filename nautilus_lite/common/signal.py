"""Signals: single values that strategies and actors tell each other by name."""

from __future__ import annotations

from functools import cache

from nautilus_lite.model.data.base import Data

VALUE_TYPES = (int, float, str)


@cache
def generate_signal_class(name: str, value_type: type) -> type[Data]:
    """Return the class of a signal, for the name `momentum` one called `SignalMomentum`.

    Parameters
    ----------
    name : str
    value_type : type
        `int`, `float` or `str`, or a class derived from one.

    Raises
    ------
    ValueError
        If the name is empty.
    TypeError
        If the type is another.
    """
    if not name.strip():
        raise ValueError(f"invalid `name` of a signal, must not be empty, was {name!r}")
    if not issubclass(value_type, VALUE_TYPES):
        raise TypeError(f"invalid value of signal `{name}`, must be int, float or str, was {value_type.__name__}")

    class Signal(Data):
        """A value by name.

        Parameters
        ----------
        value : int, float or str
        ts_event, ts_init : int
            UNIX nanoseconds.
        """

        signal_name = name

        def __init__(self, value: int | float | str, ts_event: int, ts_init: int) -> None:
            self.value = value
            self._ts_event = ts_event
            self._ts_init = ts_init

        @property
        def ts_event(self) -> int:
            """When it happened (UNIX nanoseconds)."""
            return self._ts_event

        @property
        def ts_init(self) -> int:
            """When it was published (UNIX nanoseconds)."""
            return self._ts_init

        def __repr__(self) -> str:
            return f"{type(self).__name__}(value={self.value!r}, ts_event={self._ts_event}, ts_init={self._ts_init})"

    Signal.__name__ = Signal.__qualname__ = f"Signal{name.title()}"
    return Signal
