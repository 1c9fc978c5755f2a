"""Configuration of the execution engine and of execution algorithms."""

from typing import Any

from nautilus_lite.common.config import NautilusConfig, refuse_changes, resolve_config_path, resolve_path
from nautilus_lite.model.identifiers import ClientId, ExecAlgorithmId


class ExecEngineConfig(NautilusConfig, frozen=True):
    """
    Configuration of the execution engine.

    Parameters
    ----------
    debug : bool, default False
        If every command and event is logged at debug level.
    load_cache, snapshot_orders, snapshot_positions, snapshot_positions_interval_secs, external_clients
        Accepted for compatibility; they concern databases and live trading.
    manage_own_order_books, allow_overfills, purge_...
        Not supported, which is what their defaults say.

    """

    debug: bool = False
    load_cache: bool = True
    manage_own_order_books: bool = False
    snapshot_orders: bool = False
    snapshot_positions: bool = False
    snapshot_positions_interval_secs: float | None = None
    external_clients: list[ClientId] | None = None
    allow_overfills: bool = False
    purge_closed_orders_interval_mins: int | None = None
    purge_closed_orders_buffer_mins: int | None = None
    purge_closed_positions_interval_mins: int | None = None
    purge_closed_positions_buffer_mins: int | None = None
    purge_account_events_interval_mins: int | None = None
    purge_account_events_lookback_mins: int | None = None
    purge_from_database: bool = False

    def __post_init__(self) -> None:
        purges = [name for name in self.__struct_fields__ if name.startswith("purge_")]
        refuse_changes(self, "manage_own_order_books", "allow_overfills", *purges)


class ExecAlgorithmConfig(NautilusConfig, kw_only=True, frozen=True):
    """Configuration of an execution algorithm.

    Parameters
    ----------
    exec_algorithm_id : ExecAlgorithmId, optional
        The id that orders name; the name of the class if None.
    log_events, log_commands : bool, default True
        Accepted for compatibility.
    """

    exec_algorithm_id: ExecAlgorithmId | None = None
    log_events: bool = True
    log_commands: bool = True


class ImportableExecAlgorithmConfig(NautilusConfig, frozen=True):
    """An execution algorithm that is named by import path.

    Parameters
    ----------
    exec_algorithm_path : str
        The path of the class, `package.module:Class`.
    config_path : str
        The path of its configuration class.
    config : dict, optional
        The fields of its configuration.
    """

    exec_algorithm_path: str
    config_path: str
    config: dict[str, Any] = {}

    def create(self) -> Any:
        """Return a new execution algorithm."""
        return resolve_path(self.exec_algorithm_path)(resolve_config_path(self.config_path).from_dict(self.config))


class OrderEmulatorConfig(NautilusConfig, frozen=True):
    """Configuration of the order emulator.

    Parameters
    ----------
    debug : bool, default False
        If commands are logged.
    """

    debug: bool = False
