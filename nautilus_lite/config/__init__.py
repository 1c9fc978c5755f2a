"""Every configuration under one name."""

from nautilus_lite.backtest.checks import PreflightConfig
from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
    CompareConfig,
    FillModelConfig,
    FixedFeeModelConfig,
    ImportableFeeModelConfig,
    ImportableFillModelConfig,
    ImportableLatencyModelConfig,
    LatencyModelConfig,
    MakerTakerFeeModelConfig,
    PerContractFeeModelConfig,
    StatisticsConfig,
)
from nautilus_lite.cache.config import CacheConfig
from nautilus_lite.common.config import (
    ActorConfig,
    ActorFactory,
    DataCatalogConfig,
    ImportableActorConfig,
    ImportableConfig,
    LoggingConfig,
    NautilusConfig,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
)
from nautilus_lite.data.config import DataEngineConfig
from nautilus_lite.execution.config import (
    ExecAlgorithmConfig,
    ExecEngineConfig,
    ImportableExecAlgorithmConfig,
    OrderEmulatorConfig,
)
from nautilus_lite.portfolio.config import PortfolioConfig
from nautilus_lite.risk.config import RiskEngineConfig
from nautilus_lite.trading.config import ImportableStrategyConfig, StrategyConfig

__all__ = [
    "ActorConfig",
    "ActorFactory",
    "BacktestDataConfig",
    "BacktestEngineConfig",
    "BacktestRunConfig",
    "BacktestVenueConfig",
    "CacheConfig",
    "CompareConfig",
    "FillModelConfig",
    "FixedFeeModelConfig",
    "ImportableFeeModelConfig",
    "ImportableFillModelConfig",
    "ImportableLatencyModelConfig",
    "LatencyModelConfig",
    "MakerTakerFeeModelConfig",
    "PerContractFeeModelConfig",
    "DataCatalogConfig",
    "DataEngineConfig",
    "ExecAlgorithmConfig",
    "ExecEngineConfig",
    "ImportableActorConfig",
    "ImportableConfig",
    "ImportableExecAlgorithmConfig",
    "ImportableStrategyConfig",
    "LoggingConfig",
    "NautilusConfig",
    "NonNegativeFloat",
    "NonNegativeInt",
    "OrderEmulatorConfig",
    "PortfolioConfig",
    "PositiveFloat",
    "PositiveInt",
    "PreflightConfig",
    "RiskEngineConfig",
    "StatisticsConfig",
    "StrategyConfig",
]
