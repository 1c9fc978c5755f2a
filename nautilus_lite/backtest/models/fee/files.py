"""Fee schedules in words: YAML or JSON files, checked field by field."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from nautilus_lite.backtest.models.fee.base import FeeModel
from nautilus_lite.backtest.models.fee.combined import CompositeFeeModel, CurrencyFeeModel, FeeSchedule
from nautilus_lite.backtest.models.fee.simple import (
    FixedFeeModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
)
from nautilus_lite.backtest.models.fee.tiered import TieredFeeModel
from nautilus_lite.errors import InvalidConfiguration


class _Fee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    fee_currency: str | None = None
    rate: Decimal | None = None

    def model(self) -> FeeModel:
        made = self.plain_model()
        if self.fee_currency is not None:
            return CurrencyFeeModel(made, self.fee_currency, self.rate)
        if self.rate is not None:
            raise InvalidConfiguration("`rate` needs a `fee_currency`")
        return made

    def plain_model(self) -> FeeModel:
        raise NotImplementedError


class _MakerTaker(_Fee, frozen=True, kw_only=True, tag="maker_taker"):
    maker: Decimal | None = None
    taker: Decimal | None = None

    def plain_model(self) -> FeeModel:
        return MakerTakerFeeModel(self.maker, self.taker)


class _Tier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    volume: str | int | float
    maker: Decimal
    taker: Decimal


class _Tiered(_Fee, frozen=True, kw_only=True, tag="tiered"):
    tiers: list[_Tier]
    window_days: int = 30
    counts_today: bool = True

    def plain_model(self) -> FeeModel:
        tiers = [(tier.volume, tier.maker, tier.taker) for tier in self.tiers]
        return TieredFeeModel(tiers, self.window_days, self.counts_today)


class _Fixed(_Fee, frozen=True, kw_only=True, tag="fixed"):
    commission: str
    charge_commission_once: bool = True

    def plain_model(self) -> FeeModel:
        return FixedFeeModel(self.commission, self.charge_commission_once)


class _PerContract(_Fee, frozen=True, kw_only=True, tag="per_contract"):
    commission: str

    def plain_model(self) -> FeeModel:
        return PerContractFeeModel(self.commission)


class _PerShare(_Fee, frozen=True, kw_only=True, tag="per_share"):
    per_share: Decimal
    minimum: str
    maximum: str | None = None

    def plain_model(self) -> FeeModel:
        return PerShareFeeModel(self.per_share, self.minimum, self.maximum)


_Plain = _MakerTaker | _Tiered | _Fixed | _PerContract | _PerShare


class _Composite(_Fee, frozen=True, kw_only=True, tag="composite"):
    parts: list[_Plain]

    def plain_model(self) -> FeeModel:
        return CompositeFeeModel([part.model() for part in self.parts])


_AnyFee = _Plain | _Composite


class _Schedule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    default: _AnyFee
    instruments: dict[str, _AnyFee] = {}


def read_fee_schedule(path: str | Path) -> FeeSchedule:
    """Read a schedule of fees from a YAML or JSON file.

    Raises
    ------
    InvalidConfiguration
        If the file does not exist or says something that is not understood; the message names file and field.
    """
    path = Path(path)
    if path.suffix not in (".yaml", ".yml", ".json"):
        raise InvalidConfiguration(f"fee schedule `{path}` must be a .yaml or .json file")
    try:
        text = path.read_bytes()
    except OSError as error:
        raise InvalidConfiguration(f"cannot read fee schedule `{path}`: {error.strerror}") from None
    try:
        return fee_schedule_from_dict(msgspec.json.decode(text) if path.suffix == ".json" else msgspec.yaml.decode(text))
    except (msgspec.DecodeError, InvalidConfiguration) as error:
        raise InvalidConfiguration(f"fee schedule `{path}`: {error}") from None


def fee_schedule_from_dict(values: Any) -> FeeSchedule:
    """Make a schedule of fees from plain data, as a file holds it.

    Raises
    ------
    InvalidConfiguration
        If something is not understood; the message names the field.
    """
    try:
        schedule = msgspec.convert(values, _Schedule)
    except msgspec.ValidationError as error:
        raise InvalidConfiguration(str(error)) from None
    default = _made("default", schedule.default)
    return FeeSchedule(default, {key: _made(f"instruments.{key}", fee) for key, fee in schedule.instruments.items()})


def _made(field: str, fee: Any) -> FeeModel:
    try:
        return fee.model()  # type: ignore[no-any-return]
    except (InvalidConfiguration, ValueError) as error:
        raise InvalidConfiguration(f"`{field}`: {error}") from None


def fee_model_from_file(path: str | Path) -> FeeModel:
    """Return the fee model that a YAML or JSON file describes; the same as `FeeSchedule.from_file`.

    Raises
    ------
    InvalidConfiguration
        If the file does not exist or says something that is not understood; the message names file and field.
    """
    return read_fee_schedule(path)
