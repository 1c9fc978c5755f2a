"""Configurations to and from JSON."""

from decimal import Decimal

import msgspec
import pandas as pd
import pytest

from nautilus_lite.common.config import (
    ActorConfig,
    ActorFactory,
    ImportableActorConfig,
    ImportableConfig,
    LoggingConfig,
    NautilusConfig,
    resolve_config_path,
    resolve_path,
)
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data.bars import BarType
from nautilus_lite.model.enums import BookType, OmsType
from nautilus_lite.model.identifiers import ComponentId, InstrumentId
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

BAR_TYPE = BarType.from_str("GBP/USD.SIM-1-MINUTE-BID-EXTERNAL")


class Inner(NautilusConfig, frozen=True):
    oms_type: OmsType = OmsType.NETTING


class EverythingConfig(ActorConfig, frozen=True):
    instrument_id: InstrumentId
    bar_type: BarType
    price: Price
    size: Quantity
    cash: Money
    base: Currency
    rate: Decimal
    start: pd.Timestamp
    book_type: BookType
    maybe_oms: OmsType | None = None
    oms_types: list[OmsType] = []
    by_name: dict[str, OmsType] = {}
    inner: Inner = Inner()
    inners: list[Inner] = []


class SmallConfig(ActorConfig, frozen=True):
    instrument_id: InstrumentId
    fast: int = 10


class SmallActor:
    def __init__(self, config):
        self.config = config


@pytest.fixture
def config():
    return EverythingConfig(
        component_id=ComponentId("A-1"),
        instrument_id=InstrumentId.from_str("GBP/USD.SIM"),
        bar_type=BAR_TYPE,
        price=Price.from_str("1.2500"),
        size=Quantity.from_str("10.5"),
        cash=Money.from_str("1000000.00 USD"),
        base=Currency.from_str("GBP"),
        rate=Decimal("0.00002"),
        start=pd.Timestamp("2024-01-01T00:00:00.000000001", tz="UTC"),
        book_type=BookType.L2_MBP,
        maybe_oms=OmsType.HEDGING,
        oms_types=[OmsType.NETTING, OmsType.HEDGING],
        by_name={"x": OmsType.HEDGING},
        inner=Inner(oms_type=OmsType.HEDGING),
        inners=[Inner(oms_type=OmsType.HEDGING), Inner()],
    )


def test_everything_survives_json(config):
    again = EverythingConfig.parse(config.json())
    assert again == config
    assert type(again.instrument_id) is InstrumentId
    assert again.price.precision == 4
    assert isinstance(again.book_type, BookType)
    assert again.start.value == config.start.value
    assert again.id == config.id
    assert config.validate()


def test_json_is_for_people(config):
    values = config.json_primitives()
    assert values["book_type"] == "L2_MBP"
    assert values["oms_types"] == ["NETTING", "HEDGING"]
    assert values["inner"] == {"oms_type": "HEDGING"}
    assert values["cash"].replace("_", "").replace(",", "") == "1000000.00 USD"
    assert values["bar_type"] == "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL"
    assert msgspec.json.decode(config.json()) == values


def test_dict_keeps_the_values(config):
    assert config.dict()["bar_type"] is BAR_TYPE


def test_id_tells_content_apart():
    one = SmallConfig(instrument_id=InstrumentId.from_str("A.SIM"))
    same = SmallConfig(instrument_id=InstrumentId.from_str("A.SIM"), fast=10)
    other = SmallConfig(instrument_id=InstrumentId.from_str("A.SIM"), fast=11)
    assert one.id == same.id
    assert one.id != other.id


def test_configurations_are_frozen():
    config = LoggingConfig()
    with pytest.raises(AttributeError):
        config.log_level = "DEBUG"


@pytest.mark.parametrize(
    ("raw", "match"),
    [
        (b'{"instrument_id": "A.SIM", "slow": 5}', "unknown field `slow`.*its fields are"),
        (b'{"fast": 5}', "missing required field `instrument_id`"),
        (b'{"instrument_id": "A.SIM", "fast": "x"}', r"Expected `int`, got `str` - at `\$.fast`"),
        (b'{"instrument_id": "nonsense"}', "instrument_id"),
        (b'{"instrument_id": "A.SIM"', "must be JSON"),
        (b"[1]", "must be a JSON object"),
    ],
)
def test_bad_json_is_refused(raw, match):
    with pytest.raises(InvalidConfiguration, match=match):
        SmallConfig.parse(raw)


def test_unknown_enum_names_list_the_known():
    with pytest.raises(InvalidConfiguration, match=r"invalid OmsType, must be one of \[.*'NETTING'.*\], was 'NETING'"):
        Inner.parse(b'{"oms_type": "NETING"}')


def test_validate_finds_a_wrong_type():
    config = SmallConfig(instrument_id=InstrumentId.from_str("A.SIM"), fast="ten")
    with pytest.raises(InvalidConfiguration, match="fast"):
        config.validate()


def test_log_levels_are_checked():
    with pytest.raises(InvalidConfiguration, match="`log_level`, must be one of .*, was 'LOUD'"):
        LoggingConfig(log_level="LOUD")


def test_resolve_path_finds_the_object():
    assert resolve_path("nautilus_lite.common.config:LoggingConfig") is LoggingConfig
    assert resolve_config_path(LoggingConfig.fully_qualified_name()) is LoggingConfig


@pytest.mark.parametrize(
    ("path", "match"),
    [
        ("nautilus_lite.common.config.LoggingConfig", "must be 'package.module:Class'"),
        ("nautilus_lite.nowhere:X", "cannot import module 'nautilus_lite.nowhere'"),
        ("nautilus_lite.common.config:LogingConfig", "no 'LogingConfig' in .*LoggingConfig"),
    ],
)
def test_resolve_path_says_what_is_wrong(path, match):
    with pytest.raises(InvalidConfiguration, match=match):
        resolve_path(path)


def test_config_path_must_name_a_configuration():
    with pytest.raises(InvalidConfiguration, match="must name a NautilusConfig"):
        resolve_config_path("nautilus_lite.common.config:resolve_path")


def test_importable_configurations_are_made():
    importable = ImportableConfig(path="nautilus_lite.common.config:LoggingConfig", config={"log_level": "INFO"})
    assert importable.create() == LoggingConfig(log_level="INFO")
    assert ImportableConfig.parse(importable.json()) == importable


def test_importable_actor_is_made(monkeypatch):
    import sys
    import types

    module = types.ModuleType("my_actors")
    module.SmallActor, module.SmallConfig = SmallActor, SmallConfig
    monkeypatch.setitem(sys.modules, "my_actors", module)
    importable = ImportableActorConfig(
        actor_path="my_actors:SmallActor",
        config_path="my_actors:SmallConfig",
        config={"instrument_id": "A.SIM", "fast": 3},
    )
    actor = ActorFactory.create(importable)
    assert isinstance(actor, SmallActor)
    assert actor.config == SmallConfig(instrument_id=InstrumentId.from_str("A.SIM"), fast=3)
