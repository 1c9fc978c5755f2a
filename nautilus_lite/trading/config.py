"""Configuration of strategies."""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import NautilusConfig, resolve_config_path, resolve_path
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import TimeInForce
from nautilus_lite.model.identifiers import InstrumentId, StrategyId

OMS_TYPES = ("UNSPECIFIED", "NETTING", "HEDGING")


class StrategyConfig(NautilusConfig, kw_only=True, frozen=True):
    """
    Configuration of a strategy; derive your own from it.

    Parameters
    ----------
    strategy_id : StrategyId, optional
        The id; the name of the class if None. The tag is put behind it.
    order_id_tag : str, optional
        Part of the order ids, unique among the strategies of a trader; their number, from '000', if None.
    oms_type : {'NETTING', 'HEDGING'}, optional
        How positions are kept; as at the venue if None.
    external_order_claims : list of InstrumentId, optional
        Kept for live trading; a backtest has no external orders.
    manage_contingent_orders : bool, default False
        Accepted for compatibility: contingencies are always carried out, by the venue, the emulator and the algorithms.
    manage_gtd_expiry : bool, default False
        If the strategy cancels its GTD orders when their time is up, for venues that do not.
    use_uuid_client_order_ids : bool, default False
        If ids of orders are UUIDs.
    use_hyphens_in_client_order_ids : bool, default True
        If ids of orders have hyphens.
    manage_stop : bool, default False
        If `stop` does a market exit first; at the end of a run too.
    market_exit_interval_ms : int, default 100
        Between two looks whether a market exit is over (milliseconds).
    market_exit_max_attempts : int, default 100
        Looks after which a market exit is given up.
    market_exit_time_in_force : TimeInForce, default GTC
        Of its closing orders.
    market_exit_reduce_only : bool, default True
        If its closing orders are reduce-only.
    log_events, log_commands : bool, default True
        Accepted for compatibility: the execution engine logs commands and events of orders, where its `debug` is set.
    log_rejected_due_post_only_as_warning : bool, default True
        Accepted for compatibility.

    """

    strategy_id: StrategyId | None = None
    order_id_tag: str | None = None
    use_uuid_client_order_ids: bool = False
    use_hyphens_in_client_order_ids: bool = True
    oms_type: str | None = None
    external_order_claims: list[InstrumentId] | None = None
    manage_contingent_orders: bool = False
    manage_gtd_expiry: bool = False
    manage_stop: bool = False
    market_exit_interval_ms: int = 100
    market_exit_max_attempts: int = 100
    market_exit_time_in_force: TimeInForce = TimeInForce.GTC
    market_exit_reduce_only: bool = True
    log_events: bool = True
    log_commands: bool = True
    log_rejected_due_post_only_as_warning: bool = True

    def __post_init__(self) -> None:
        for name in ("market_exit_interval_ms", "market_exit_max_attempts"):
            if getattr(self, name) < 1:
                raise InvalidConfiguration(f"invalid `{name}`, must be positive, was {getattr(self, name)}")
        if self.oms_type is not None and self.oms_type not in OMS_TYPES:
            raise InvalidConfiguration(f"invalid `oms_type`, must be one of {OMS_TYPES}, was {self.oms_type!r}")


class ImportableStrategyConfig(NautilusConfig, frozen=True):
    """
    A strategy that is named by import path.

    Parameters
    ----------
    strategy_path : str
        The path of the strategy class, `package.module:Class`.
    config_path : str
        The path of its configuration class.
    config : dict, optional
        The fields of its configuration.

    """

    strategy_path: str
    config_path: str
    config: dict[str, Any] = {}

    def create(self) -> Any:
        """Return a new strategy."""
        config = resolve_config_path(self.config_path).from_dict(self.config)
        return resolve_path(self.strategy_path)(config)


class StrategyFactory:
    """Makes strategies from importable configurations."""

    @staticmethod
    def create(config: ImportableStrategyConfig) -> Any:
        """Return the strategy that `config` names."""
        return config.create()
