"""Configuration of backtests: data, not code, so that a run can be stored, compared and sent elsewhere."""

from __future__ import annotations

from itertools import product
from typing import Any

from msgspec.structs import force_setattr

from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.backtest.checks import PreflightConfig
from nautilus_lite.backtest.importable import (
    FeeModelConfig,
    FillModelConfig,
    FixedFeeModelConfig,
    ImportableFeeModelConfig,
    ImportableFillModelConfig,
    ImportableLatencyModelConfig,
    LatencyModelConfig,
    MakerTakerFeeModelConfig,
    PerContractFeeModelConfig,
)
from nautilus_lite.backtest.options import check_options
from nautilus_lite.cache.config import CacheConfig
from nautilus_lite.common.config import (
    ActorConfig,
    DataCatalogConfig,
    ImportableActorConfig,
    ImportableConfig,
    LoggingConfig,
    NautilusConfig,
    refuse_changes,
)
from nautilus_lite.data.config import DataEngineConfig
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.algorithm import ImportableExecAlgorithmConfig
from nautilus_lite.execution.config import ExecEngineConfig, OrderEmulatorConfig
from nautilus_lite.portfolio.config import PortfolioConfig
from nautilus_lite.risk.config import RiskEngineConfig
from nautilus_lite.trading.config import ImportableStrategyConfig

__all__ = [
    "ActorConfig",
    "BacktestDataConfig",
    "BacktestEngineConfig",
    "BacktestRunConfig",
    "BacktestVenueConfig",
    "CompareConfig",
    "FeeModelConfig",
    "FillModelConfig",
    "FixedFeeModelConfig",
    "ImportableFeeModelConfig",
    "ImportableFillModelConfig",
    "ImportableLatencyModelConfig",
    "LatencyModelConfig",
    "MakerTakerFeeModelConfig",
    "PerContractFeeModelConfig",
    "ImportableActorConfig",
    "ImportableConfig",
    "ImportableStrategyConfig",
    "LoggingConfig",
    "PreflightConfig",
    "StatisticsConfig",
]

HOUR_NS = 3_600_000_000_000
DATA_TYPES = (
    "QuoteTick",
    "TradeTick",
    "Bar",
    "OrderBookDelta",
    "OrderBookDepth10",
    "InstrumentStatus",
    "InstrumentClose",
    "MarkPriceUpdate",
    "IndexPriceUpdate",
    "FundingRateUpdate",
)


class StatisticsConfig(NautilusConfig, frozen=True, kw_only=True):
    """What statistics are made with where nothing else is asked for; see `BacktestResult.statistics`.

    Parameters
    ----------
    days_per_year : {252, 365}, optional
        Daily returns in a year; by default told from the data.
    risk_free_rate : float, default 0.0
        A year, as a fraction.
    day_boundary : str, default "UTC"
        Where days end: a time zone, or a time of day in one, as `17:00 America/New_York`.
    """

    days_per_year: int | None = None
    risk_free_rate: float = 0.0
    day_boundary: str = "UTC"

    def __post_init__(self) -> None:
        try:
            self.settings()
        except (TypeError, ValueError) as e:
            raise InvalidConfiguration(str(e)) from e

    def settings(self) -> StatisticsSettings:
        """Return the settings that this configuration names."""
        return StatisticsSettings.of(self.days_per_year, self.risk_free_rate, self.day_boundary)


class BacktestEngineConfig(NautilusConfig, frozen=True, kw_only=True):
    """Configuration of a `BacktestEngine`.

    Parameters
    ----------
    trader_id : str, default "BACKTESTER-001"
        Identifier of the trader, with a hyphen.
    strategies : list of ImportableStrategyConfig
        Strategies to make by import path.
    actors : list of ImportableActorConfig
        Actors to make by import path.
    exec_algorithms : list of ImportableExecAlgorithmConfig
        Execution algorithms to make by import path.
    seed : int, default 0
        Seed of the event ids. Fill models own seeds of their own.
    equity_interval_ns : int, default one hour
        Grid of the mark-to-market equity (nanoseconds); 0 turns it off, and with it the statistics of returns.
    market_capacity : int, default 10_000
        Recent rows kept per instrument and kind for the cache.
    logging, data_engine, risk_engine, exec_engine, emulator, portfolio
        Configuration of the parts; None for their defaults.
    cache : CacheConfig, optional
        Its larger capacity stands in place of `market_capacity`.
    catalogs : list of DataCatalogConfig
        Catalogs that requests for past data are answered from.
    run_analysis, environment, instance_id, loop_debug, timeout_...
        Accepted for compatibility.
    message_bus, streaming, controller, load_state, save_state
        Not supported, which is what their defaults say.
    statistics : StatisticsConfig, optional
        Days per year, risk-free rate and day boundary of statistics.
    preflight : PreflightConfig, optional
        The look at data, venues and strategies before a run; `allow` names errors that do not stop it.
    """

    trader_id: Any = "BACKTESTER-001"
    strategies: list[ImportableStrategyConfig] = []
    actors: list[ImportableActorConfig] = []
    exec_algorithms: list[ImportableExecAlgorithmConfig] = []
    seed: int = 0
    equity_interval_ns: int = HOUR_NS
    market_capacity: int = 10_000
    logging: LoggingConfig | None = None
    data_engine: DataEngineConfig | None = DataEngineConfig()
    risk_engine: RiskEngineConfig | None = RiskEngineConfig()
    exec_engine: ExecEngineConfig | None = ExecEngineConfig()
    emulator: OrderEmulatorConfig | None = OrderEmulatorConfig()
    portfolio: PortfolioConfig | None = PortfolioConfig()
    statistics: StatisticsConfig = StatisticsConfig()
    preflight: PreflightConfig = PreflightConfig()
    cache: CacheConfig | None = None
    catalogs: list[DataCatalogConfig] = []
    message_bus: Any = None
    streaming: Any = None
    controller: Any = None
    load_state: bool = False
    save_state: bool = False
    run_analysis: bool = True
    environment: Any = None
    instance_id: Any = None
    loop_debug: bool = False
    timeout_connection: float = 60.0
    timeout_reconciliation: float = 30.0
    timeout_portfolio: float = 10.0
    timeout_disconnection: float = 10.0
    timeout_post_stop: float = 10.0
    timeout_shutdown: float = 5.0

    def capacity(self) -> int:
        """Return how many recent rows are kept per instrument and kind."""
        return self.market_capacity if self.cache is None else max(self.cache.tick_capacity, self.cache.bar_capacity)

    def __post_init__(self) -> None:
        force_setattr(self, "trader_id", str(self.trader_id))
        for name in ("instance_id", "environment"):
            value = getattr(self, name)
            force_setattr(self, name, None if value is None else str(getattr(value, "name", value)))
        refuse_changes(self, "message_bus", "streaming", "controller", "load_state", "save_state")
        if self.equity_interval_ns < 0:
            raise InvalidConfiguration(f"`equity_interval_ns` must be >= 0, was {self.equity_interval_ns}")
        if self.market_capacity < 1:
            raise InvalidConfiguration(f"`market_capacity` must be >= 1, was {self.market_capacity}")
        if not 0 <= self.seed < 2**64:
            raise InvalidConfiguration(f"`seed` must be an unsigned 64-bit integer, was {self.seed}")


class BacktestVenueConfig(NautilusConfig, frozen=True, kw_only=True):
    """Configuration of one simulated venue.

    Parameters
    ----------
    name : str
        The venue, as in the instrument ids.
    oms_type, account_type, book_type : str
        `NETTING` or `HEDGING`; `CASH` or `MARGIN`; `L1_MBP`, `L2_MBP` or `L3_MBO`.
    starting_balances : list of str
        For example `["1_000_000 USD", "10 BTC"]`.
    base_currency : str, optional
        Currency of a single-currency account.
    default_leverage : float, default 1
        For margin accounts; `leverages` overrides it per instrument id.
    allow_cash_borrowing : bool, default False
        Balances of a cash account may fall below zero.
    liquidity_consumption : bool, default False
        What any own order took of a level stays taken until the level has another size.
    recorded_feed_latency : bool, default False
        The venue acts on market data at its `ts_event`, and strategies hear of it at its `ts_init`.
    settlement_prices : dict of str to float, optional
        By instrument id; see `BacktestEngine.add_venue`, as for the settings that follow.
    session : dict of str to str, optional
        `open`, `close` and `timezone` of a `TradingSession`.
    modules : list of ImportableActorConfig, optional
        Simulation modules by import path.
    fill_model, fee_model, latency_model, queue_model : ImportableConfig, optional
        Models by import path; the defaults are `FillModel()`, `MakerTakerFeeModel()`, no latency and no queues.
    bar_path : str, optional
        `OHLC` (the default), `ADAPTIVE`, `WORST` or `BEST`: the order of high and low of a bar.
    bar_order_timing : str, default "THIS_CLOSE"
        `THIS_CLOSE`, `NEXT_OPEN` or `NEXT_CLOSE`: when commands act where bars execute.
    queue_position : bool, default False
        True stands for a `RiskAverseQueueModel`.
    margin_model, routing, support_contingent_orders, oto_trigger_mode, use_position_ids, use_random_ids, use_message_queue, \
use_market_order_acks
        Accepted for compatibility at the one value that holds here, their default; others are refused.
    max_price_age_ns : int, optional
        Orders that would take an older price (ns since the book's last update) are rejected.
    require_fresh_price : bool, default False
        Orders that would take a price older than their arrival wait for the next update.
    """

    name: str
    oms_type: Any
    account_type: Any
    starting_balances: list[str]
    base_currency: str | None = None
    default_leverage: float = 1.0
    leverages: dict[str, float] | None = None
    book_type: Any = "L1_MBP"
    reject_stop_orders: bool = True
    support_gtd_orders: bool = True
    use_reduce_only: bool = True
    bar_execution: bool = True
    bar_adaptive_high_low_ordering: bool = False
    trade_execution: bool = True
    frozen_account: bool = False
    margin_model: Any = None
    routing: bool = False
    support_contingent_orders: bool = True
    oto_trigger_mode: Any = "PARTIAL"
    use_position_ids: bool = True
    use_random_ids: bool = False
    use_message_queue: bool = True
    use_market_order_acks: bool = False
    queue_position: bool = False
    allow_cash_borrowing: bool = False
    liquidity_consumption: bool = False
    recorded_feed_latency: bool = False
    settlement_prices: dict[str, float] | None = None
    settlement_fallback: str = "refuse"
    session: dict[str, str] | None = None
    price_protection_points: int | None = None
    max_price_age_ns: int | None = None
    require_fresh_price: bool = False
    liquidation_enabled: bool = False
    liquidation_trigger_ratio: float = 1.0
    liquidation_cancel_open_orders: bool = True
    liquidation_interval_ns: int = 60_000_000_000
    modules: list[ImportableActorConfig] | None = None
    fill_model: ImportableConfig | None = None
    fee_model: ImportableConfig | None = None
    latency_model: ImportableConfig | None = None
    queue_model: ImportableConfig | None = None
    bar_path: str | None = None
    bar_order_timing: str = "THIS_CLOSE"

    def __post_init__(self) -> None:
        # Members of enumerations are kept by name, as a file would have them
        for name in ("oms_type", "account_type", "book_type", "oto_trigger_mode"):
            value = getattr(self, name)
            force_setattr(self, name, str(getattr(value, "name", value)))
        refuse_changes(self, "margin_model")
        check_options(
            self.name, routing=self.routing, support_contingent_orders=self.support_contingent_orders,
            oto_trigger_mode=self.oto_trigger_mode, use_position_ids=self.use_position_ids,
            use_random_ids=self.use_random_ids, use_message_queue=self.use_message_queue,
            use_market_order_acks=self.use_market_order_acks,
        )  # fmt: skip


class BacktestDataConfig(NautilusConfig, frozen=True, kw_only=True):
    """Which rows of a catalog to replay.

    Parameters
    ----------
    catalog_path : str
        Path or fsspec URL of a `ParquetDataCatalog`.
    data_cls : str
        `QuoteTick`, `TradeTick`, `Bar`, `OrderBookDelta`, `OrderBookDepth10`, `InstrumentStatus`, `InstrumentClose`,
        `MarkPriceUpdate`, `IndexPriceUpdate` or `FundingRateUpdate`, an import path ending so, or the class itself. Custom
        data by its class, or its path as `package.module:Class`.
    instrument_id : str, optional
    instrument_ids : list of str, optional
        The instruments; for bars `bar_types` or `bar_spec` name the bars.
    bar_spec : str, optional
        For example `1-MINUTE-LAST`; made external bars of every instrument.
    bar_types : list of str, optional
    start_time, end_time : str | int | datetime, optional
        ISO 8601 text or UNIX nanoseconds, both included.
    catalog_fs_protocol, catalog_fs_storage_options
        As of the catalog.
    client_id, metadata, catalog_fs_rust_storage_options, optimize_file_loading
        Accepted for compatibility.
    filter_expr
        Not supported, which is what its default says.
    """

    catalog_path: str
    data_cls: str
    instrument_id: str | None = None
    instrument_ids: list[str] | None = None
    bar_spec: str | None = None
    bar_types: list[str] | None = None
    start_time: Any = None
    end_time: Any = None
    client_id: str | None = None
    metadata: Any = None
    filter_expr: str | None = None
    catalog_fs_protocol: str | None = None
    catalog_fs_storage_options: dict[str, Any] | None = None
    catalog_fs_rust_storage_options: dict[str, Any] | None = None
    optimize_file_loading: bool = False

    def __post_init__(self) -> None:
        given: Any = self.data_cls
        if isinstance(given, type):
            force_setattr(self, "data_cls", f"{given.__module__}:{given.__qualname__}")
        refuse_changes(self, "filter_expr")
        for name in ("start_time", "end_time"):
            value = getattr(self, name)
            force_setattr(self, name, value.isoformat() if hasattr(value, "isoformat") else value)
        for name in ("instrument_id", "bar_spec", "client_id"):
            value = getattr(self, name)
            force_setattr(self, name, None if value is None else str(value))
        for name in ("instrument_ids", "bar_types"):
            values: Any = getattr(self, name)
            force_setattr(self, name, None if values is None else [str(value) for value in values])
        if self.data_type not in DATA_TYPES and ":" not in self.data_cls:
            raise InvalidConfiguration(
                f"unknown `data_cls` {self.data_cls!r}, must be one of {', '.join(DATA_TYPES)}, or name a class of custom data "
                "as `package.module:Class`"
            )

    @property
    def data_type(self) -> str:
        """Name of the data class without its module."""
        return self.data_cls.replace(":", ".").rsplit(".", 1)[-1]

    def identifiers(self) -> list[str]:
        """Return the texts of the instrument ids or bar types to read; empty means all that the catalog holds."""
        instruments = list(self.instrument_ids or [])
        if self.instrument_id is not None:
            instruments.append(self.instrument_id)
        if self.data_type != "Bar":
            return instruments
        if self.bar_types:
            return list(self.bar_types)
        if self.bar_spec:
            if not instruments:
                raise InvalidConfiguration("`bar_spec` needs `instrument_id` or `instrument_ids`, or name `bar_types`")
            return [f"{instrument}-{self.bar_spec}-EXTERNAL" for instrument in instruments]
        return instruments


class BacktestRunConfig(NautilusConfig, frozen=True, kw_only=True):
    """Everything a run needs.

    Parameters
    ----------
    venues : list of BacktestVenueConfig
    data : list of BacktestDataConfig
    engine : BacktestEngineConfig, optional
    start, end : str | int, optional
        Limits of the run (ISO 8601 or UNIX nanoseconds); the data's own where omitted.
    chunk_size : int, optional
        Accepted for compatibility; replay always streams with bounded memory.
    dispose_on_completion : bool, default True
        Accepted for compatibility: engines stay, until `BacktestNode.dispose`.
    data_clients
        Not supported, which is what its default says.
    raise_exception : bool, default True
        False lets `BacktestNode.run` log a failed run and go on with the next one.
    """

    venues: list[BacktestVenueConfig]
    data: list[BacktestDataConfig]
    engine: BacktestEngineConfig = BacktestEngineConfig()
    start: Any = None
    end: Any = None
    chunk_size: int | None = None
    raise_exception: bool = True
    dispose_on_completion: bool = True
    data_clients: Any = None

    def __post_init__(self) -> None:
        refuse_changes(self, "data_clients")
        if self.engine is None:
            force_setattr(self, "engine", BacktestEngineConfig())
        for name in ("start", "end"):
            value = getattr(self, name)
            force_setattr(self, name, value.isoformat() if hasattr(value, "isoformat") else value)
        if not self.venues:
            raise InvalidConfiguration("`venues` is empty: a run needs at least one venue")
        if not self.data:
            raise InvalidConfiguration("`data` is empty: a run needs at least one data config")

    def to_dict(self) -> dict[str, Any]:
        """Return the configuration as plain data."""
        return self.dict()


class CompareConfig(NautilusConfig, frozen=True, kw_only=True):
    """A run and the models to compare in it: every combination is a world of its own, over one pass of the data.

    Parameters
    ----------
    run : BacktestRunConfig
        The run; its venues' own models stand where an axis is not compared.
    fill_models, queue_models, fee_models, latency_models : dict of str to ImportableConfig or None
        Models by name; None (`null`) keeps the venue's own.
    bar_paths : list of str
        Of `OHLC`, `ADAPTIVE`, `WORST` and `BEST`.
    strategies : dict of str to list of ImportableStrategyConfig
        Sets of strategies by name, in place of the run's.
    baseline : str, optional
        The world that the others are compared with, by name: its models' names joined by ` / `; the first by default.
    """

    run: BacktestRunConfig
    fill_models: dict[str, ImportableConfig | None] = {}
    queue_models: dict[str, ImportableConfig | None] = {}
    fee_models: dict[str, ImportableConfig | None] = {}
    latency_models: dict[str, ImportableConfig | None] = {}
    bar_paths: list[str] = []
    strategies: dict[str, list[ImportableStrategyConfig]] = {}
    baseline: str | None = None

    def axes(self) -> dict[str, Any]:
        """Return the axes as arguments of `compare`."""
        names = ("fill_models", "queue_models", "fee_models", "latency_models", "bar_paths", "strategies")
        return {name: getattr(self, name) for name in names}

    def world_names(self) -> list[str]:
        """Return the names that the worlds will have, in order; one empty name where nothing is compared."""
        labels = ([str(label) for label in axis] for axis in self.axes().values() if axis)
        return [" / ".join(combination) for combination in product(*labels)]
