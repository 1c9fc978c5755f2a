"""Configuration of the execution engine."""

from nautilus_lite.common.config import NautilusConfig


class ExecEngineConfig(NautilusConfig, frozen=True):
    """
    Configuration of the execution engine.

    Parameters
    ----------
    debug : bool, default False
        If every command and event is logged at debug level.

    """

    debug: bool = False
