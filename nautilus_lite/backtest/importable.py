"""Models by import path with a configuration class, as ported run configurations name them."""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import ImportableConfig, NautilusConfig, resolve_config_path, resolve_path

MAKER = f"{__name__}:make_model"


class FillModelConfig(NautilusConfig, frozen=True):
    """Configuration of a fill model.

    Parameters
    ----------
    prob_fill_on_limit, prob_slippage : float
        As of `FillModel`.
    random_seed : int, optional
    """

    prob_fill_on_limit: float = 1.0
    prob_slippage: float = 0.0
    random_seed: int | None = None


class LatencyModelConfig(NautilusConfig, frozen=True):
    """Configuration of a latency model.

    Parameters
    ----------
    base_latency_nanos : int, default one second
        As of `LatencyModel`, whose own default is a millisecond (ns).
    insert_latency_nanos, update_latency_nanos, cancel_latency_nanos : int, default 0
        On top, by command (ns).
    """

    base_latency_nanos: int = 1_000_000_000
    insert_latency_nanos: int = 0
    update_latency_nanos: int = 0
    cancel_latency_nanos: int = 0


class FeeModelConfig(NautilusConfig, frozen=True):
    """Base of the configurations of fee models."""


class MakerTakerFeeModelConfig(FeeModelConfig, frozen=True):
    """Configuration of a `MakerTakerFeeModel`, which has nothing to say."""


class FixedFeeModelConfig(FeeModelConfig, frozen=True):
    """Configuration of a `FixedFeeModel`.

    Parameters
    ----------
    commission : str
        For example `"1.00 USD"`.
    charge_commission_once : bool, default True
    """

    commission: str
    charge_commission_once: bool = True


class PerContractFeeModelConfig(FeeModelConfig, frozen=True):
    """Configuration of a `PerContractFeeModel`.

    Parameters
    ----------
    commission : str
        Of one contract, for example `"0.85 USD"`.
    """

    commission: str


def make_model(model_path: str, config_path: str, config: dict[str, Any]) -> Any:
    """Return a model: of this package by its arguments, of a user by `config=` an object of the configuration class.

    Raises
    ------
    InvalidConfiguration
        If a path names nothing, or the configuration has other fields.
    """
    values = resolve_config_path(config_path).from_dict(config)
    if model_path.startswith(f"{__name__.partition('.')[0]}."):
        return ImportableConfig(path=model_path, config=values.dict()).create()
    return resolve_path(model_path)(config=values)


def _importable(model_path: str, config_path: str, config: dict[str, Any]) -> ImportableConfig:
    fields = {"model_path": model_path, "config_path": config_path, "config": dict(config)}
    return ImportableConfig(path=MAKER, config=fields)


def ImportableFillModelConfig(fill_model_path: str, config_path: str, config: dict[str, Any]) -> ImportableConfig:
    """Return a fill model named by import path; see `make_model`.

    Parameters
    ----------
    fill_model_path, config_path : str
        Paths of the model and of its configuration class, `package.module:Class`.
    config : dict
        The fields of its configuration.
    """
    return _importable(fill_model_path, config_path, config)


def ImportableLatencyModelConfig(latency_model_path: str, config_path: str, config: dict[str, Any]) -> ImportableConfig:
    """Return a latency model named by import path; see `ImportableFillModelConfig`."""
    return _importable(latency_model_path, config_path, config)


def ImportableFeeModelConfig(fee_model_path: str, config_path: str, config: dict[str, Any]) -> ImportableConfig:
    """Return a fee model named by import path; see `ImportableFillModelConfig`."""
    return _importable(fee_model_path, config_path, config)
