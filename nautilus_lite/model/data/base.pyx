"""The base of everything that flows through the data engine."""


cdef class Data:
    """Base of market and custom data.

    A subclass in Python gives `ts_event` and `ts_init` (UNIX nanoseconds) as attributes or properties.
    """

    @classmethod
    def fully_qualified_name(cls):
        """Return the module and name of the class, e.g. `my_package.signals:Score`."""
        return f"{cls.__module__}:{cls.__qualname__}"

    @classmethod
    def is_signal(cls, str name=""):
        """Return if this is the class of a signal, of the given name where there is one; see `publish_signal`."""
        signal = getattr(cls, "signal_name", None)
        return signal is not None and (not name or name.title() == signal.title())
