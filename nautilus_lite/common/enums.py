"""Enumerations of components and logging."""

from enum import IntEnum, unique

from nautilus_lite.model.enums import ComponentState


@unique
class ComponentTrigger(IntEnum):
    """What moves a component from one state to another."""

    INITIALIZE = 1
    START = 2
    START_COMPLETED = 3
    STOP = 4
    STOP_COMPLETED = 5
    RESUME = 6
    RESUME_COMPLETED = 7
    RESET = 8
    RESET_COMPLETED = 9
    DISPOSE = 10
    DISPOSE_COMPLETED = 11
    DEGRADE = 12
    DEGRADE_COMPLETED = 13
    FAULT = 14
    FAULT_COMPLETED = 15


@unique
class LogLevel(IntEnum):
    """Levels of log messages."""

    OFF = 0
    TRACE = 1
    DEBUG = 2
    INFO = 3
    WARNING = 4
    ERROR = 5


@unique
class LogColor(IntEnum):
    """Colours that ported code may pass to a logger; they have no effect."""

    NORMAL = 0
    GREEN = 1
    BLUE = 2
    MAGENTA = 3
    CYAN = 4
    YELLOW = 5
    RED = 6


__all__ = ["ComponentState", "ComponentTrigger", "LogColor", "LogLevel"]
