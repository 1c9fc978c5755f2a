"""Logging through the standard library, with the simulated time in every record."""
import logging
import sys
import time
from pathlib import Path

from nautilus_lite.core.datetime import unix_nanos_to_iso8601

from nautilus_lite.common.clock cimport Clock

ROOT_NAME = "nautilus_lite"
DEFAULT_FORMAT = "%(asctime)s [%(levelname)s] %(name)s: %(message)s"

cdef int _DEBUG = logging.DEBUG
cdef int _INFO = logging.INFO
cdef int _WARNING = logging.WARNING
cdef int _ERROR = logging.ERROR


cdef class Logger:
    """
    A named logger under the standard library's `nautilus_lite` logger.

    Each record carries `ts_sim`, the time of `clock` in UNIX nanoseconds (wall time without a clock). Whether debug and
    info messages are on is read once, at `refresh()`, which a component calls when it starts.

    Parameters
    ----------
    name : str
        The name, which becomes `nautilus_lite.<name>`.
    clock : Clock, optional
        The source of simulated time.

    """

    def __init__(self, str name not None, Clock clock=None):
        self.name = name
        self._logger = logging.getLogger(f"{ROOT_NAME}.{name}")
        self._clock = clock
        self.refresh()

    cpdef int refresh(self) except -1:
        """Read again from the standard library which levels are on."""
        self.is_debug = self._logger.isEnabledFor(_DEBUG)
        self.is_info = self._logger.isEnabledFor(_INFO)
        return 0

    cdef int emit_c(self, int level, object message, object ex) except -1:
        if not self._logger.isEnabledFor(level):
            return 0
        ts_sim = self._clock.timestamp_ns() if self._clock is not None else time.time_ns()
        exc_info = None if ex is None else (type(ex), ex, ex.__traceback__)
        self._logger.log(level, str(message), exc_info=exc_info, extra={"ts_sim": ts_sim})
        return 0

    def debug(self, message, color=None):
        """Log at DEBUG; `color` is accepted for ported code and has no effect."""
        if self.is_debug:
            self.emit_c(_DEBUG, message, None)

    def info(self, message, color=None):
        """Log at INFO; `color` is accepted for ported code and has no effect."""
        if self.is_info:
            self.emit_c(_INFO, message, None)

    def warning(self, message, color=None):
        """Log at WARNING; `color` is accepted for ported code and has no effect."""
        self.emit_c(_WARNING, message, None)

    def error(self, message, color=None):
        """Log at ERROR; `color` is accepted for ported code and has no effect."""
        self.emit_c(_ERROR, message, None)

    def exception(self, message, ex):
        """Log at ERROR with the traceback of the exception `ex`."""
        self.emit_c(_ERROR, f"{message}: {ex!r}", ex)

    def __repr__(self):
        return f"Logger(name={self.name})"


class SimTimeFormatter(logging.Formatter):
    """Formats `asctime` as the simulated time of the record, ISO 8601 in UTC with nanoseconds."""

    def __init__(self, fmt=DEFAULT_FORMAT):
        super().__init__(fmt)

    def formatTime(self, record, datefmt=None):
        """Return the time of the record; wall time where it carries no simulated time."""
        ts_ns = getattr(record, "ts_sim", None)
        if ts_ns is None:
            ts_ns = int(record.created * 1e9)
        return unix_nanos_to_iso8601(int(ts_ns))


class _ConsoleHandler(logging.StreamHandler):
    # Looks `sys.stderr` up at each record, so that a replaced stream (notebook, test) is honoured
    def __init__(self):
        logging.Handler.__init__(self)

    @property
    def stream(self):
        return sys.stderr


class _Levels(logging.Filter):
    # Levels of single components, and of all others
    def __init__(self, base, components, only):
        super().__init__()
        self._base = base
        self._components = components
        self._only = only

    def filter(self, record):
        level = self._components.get(record.name.partition(".")[2])
        if level is None:
            return not self._only and record.levelno >= self._base
        return record.levelno >= level


def _level(name):
    names = {"OFF": logging.CRITICAL + 10, "TRACE": logging.DEBUG, "DEBUG": logging.DEBUG, "INFO": logging.INFO,
             "WARNING": logging.WARNING, "WARN": logging.WARNING, "ERROR": logging.ERROR, "CRITICAL": logging.CRITICAL}
    if name.upper() not in names:
        raise ValueError(f"invalid log level, must be one of {list(names)}, was {name!r}")
    return names[name.upper()]


def remove_logging():
    """Remove the handlers that `init_logging` installed and hand level control back to the standard library."""
    logger = logging.getLogger(ROOT_NAME)
    installed = [handler for handler in logger.handlers if getattr(handler, "_nautilus_lite", False)]
    for handler in installed:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(logging.NOTSET)


def init_logging(config):
    """
    Install one console handler, and a file handler if asked, on the `nautilus_lite` logger.

    A second call replaces the first. Records still reach handlers of the standard library's root logger.

    Parameters
    ----------
    config : LoggingConfig
        The levels and the file; `bypass_logging` turns all of it off.

    Returns
    -------
    list[logging.Handler]
        The handlers installed.

    """
    remove_logging()
    logger = logging.getLogger(ROOT_NAME)
    if config.bypass_logging:
        logger.setLevel(_level("OFF"))
        return []
    console = _ConsoleHandler()
    console.setLevel(_level(config.log_level))
    handlers = [console]
    if config.log_level_file is not None:
        directory = Path(config.log_directory or ".")
        directory.mkdir(parents=True, exist_ok=True)
        file = logging.FileHandler(directory / f"{config.log_file_name or ROOT_NAME}.log", encoding="utf-8")
        file.setLevel(_level(config.log_level_file))
        handlers.append(file)
    for handler in handlers:
        handler._nautilus_lite = True
        handler.setFormatter(SimTimeFormatter())
        if config.log_component_levels:
            levels = {name: _level(level) for name, level in config.log_component_levels.items()}
            handler.addFilter(_Levels(handler.level, levels, config.log_components_only))
            handler.setLevel(min(handler.level, *levels.values()))
        logger.addHandler(handler)
    logger.setLevel(min(handler.level for handler in handlers))
    return handlers
