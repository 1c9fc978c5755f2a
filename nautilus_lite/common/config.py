"""
The base of every configuration: frozen `msgspec` structs, to and from JSON.

Values that JSON does not know are written as text: identifiers, bar types, prices, quantities, money, currencies and
times by their text, enumerations by name.
"""

from __future__ import annotations

import hashlib
import importlib
import types
import typing
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
import msgspec.yaml

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data.bars import BarSpecification, BarType
from nautilus_lite.model.identifiers import ComponentId, Identifier, InstrumentId
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

_BY_TEXT: tuple[type, ...] = (InstrumentId, BarType, BarSpecification, Price, Quantity, Money, Currency)
_Fields = dict[str, Any]  # inside NautilusConfig the name `dict` is its method
_LOG_LEVELS = ("OFF", "TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL")


def msgspec_encoding_hook(obj: Any) -> Any:
    """
    Return a value that JSON knows for `obj`.

    Raises
    ------
    TypeError
        If the type of `obj` has no text form.

    """
    if isinstance(obj, Identifier):
        return obj.value
    if isinstance(obj, Currency):
        return obj.code
    if isinstance(obj, (BarType, BarSpecification, Price, Quantity, Money, UUID4, Decimal)):
        return str(obj)
    if isinstance(obj, timedelta):  # pandas.Timedelta; msgspec itself knows the standard library's
        return obj.isoformat() if hasattr(obj, "isoformat") else obj.total_seconds()
    if hasattr(obj, "isoformat"):
        return obj.isoformat()
    if isinstance(obj, type) and hasattr(obj, "fully_qualified_name"):
        return obj.fully_qualified_name()
    if isinstance(obj, type):
        return f"{obj.__module__}:{obj.__qualname__}"
    raise TypeError(f"cannot write {obj!r} of {type(obj)} into a configuration")


def msgspec_decoding_hook(obj_type: Any, obj: Any) -> Any:
    """
    Return the `obj_type` that the value `obj` stands for.

    Raises
    ------
    TypeError
        If the type cannot be read from a configuration.

    """
    if isinstance(obj, obj_type):
        return obj
    if obj_type in _BY_TEXT:
        return obj_type.from_str(obj)
    if obj_type is UUID4:
        return UUID4(obj)
    if issubclass(obj_type, Identifier):
        return obj_type(obj)
    if getattr(obj_type, "__module__", "").startswith("pandas"):
        return obj_type(obj)
    if obj_type is type:
        return resolve_path(obj)
    raise TypeError(f"cannot read a {obj_type} from a configuration, was {obj!r}")


def _to_primitives(value: Any) -> Any:
    # msgspec writes an enumeration by value; by name it can be read by people and survives renumbering
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, msgspec.Struct):
        return {name: _to_primitives(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {_to_primitives(k): _to_primitives(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_primitives(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_to_primitives(item) for item in value)
    return msgspec.to_builtins(value, enc_hook=msgspec_encoding_hook)


def _enum_from_name(enum: type[Enum], value: str) -> Any:
    member = enum.__members__.get(value.upper())
    if member is None:
        raise InvalidConfiguration(f"invalid {enum.__name__}, must be one of {list(enum.__members__)}, was {value!r}")
    return member.value


def _names_to_values(annotation: Any, value: Any) -> Any:
    # The inverse of `_to_primitives` for enumerations, which msgspec reads by value
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum_from_name(annotation, value) if isinstance(value, str) else value
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        if not isinstance(value, dict):
            return value
        hints = typing.get_type_hints(annotation)
        return {k: _names_to_values(hints[k], v) if k in hints else v for k, v in value.items()}
    origin = typing.get_origin(annotation)
    args = typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        for arg in args:
            converted = _names_to_values(arg, value)
            if converted is not value:
                return converted
        return value
    if origin in (list, tuple, set, frozenset) and args and isinstance(value, list):
        return [_names_to_values(args[0], item) for item in value]
    if origin is dict and len(args) == 2 and isinstance(value, dict):
        return {_names_to_values(args[0], k): _names_to_values(args[1], v) for k, v in value.items()}
    return value


PositiveInt = Annotated[int, msgspec.Meta(gt=0)]
NonNegativeInt = Annotated[int, msgspec.Meta(ge=0)]
PositiveFloat = Annotated[float, msgspec.Meta(gt=0.0)]
NonNegativeFloat = Annotated[float, msgspec.Meta(ge=0.0)]


class NautilusConfig(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The base of all configurations."""

    @property
    def id(self) -> str:
        """The hash of the configuration: equal content, equal id."""
        return hashlib.sha256(self.json()).hexdigest()

    @classmethod
    def fully_qualified_name(cls) -> str:
        """Return the import path of the class, `package.module:Class`."""
        return f"{cls.__module__}:{cls.__qualname__}"

    def json(self) -> bytes:
        """Return the configuration as JSON."""
        return msgspec.json.encode(_to_primitives(self))

    def json_primitives(self) -> _Fields:
        """Return the configuration as a dict of what JSON knows."""
        return _to_primitives(self)

    def dict(self) -> _Fields:
        """Return the fields as a dict, their values as they are."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    @classmethod
    def from_dict(cls, values: typing.Mapping[str, Any]) -> Self:
        """
        Return the configuration that `values` (as from JSON) describes.

        Raises
        ------
        InvalidConfiguration
            If a field is unknown, missing or of the wrong type.

        """
        try:
            return msgspec.convert(_names_to_values(cls, dict(values)), cls, dec_hook=msgspec_decoding_hook)
        except InvalidConfiguration:
            raise
        except (msgspec.ValidationError, TypeError, ValueError, KeyError) as e:
            raise InvalidConfiguration(f"invalid {cls.__name__}: {e}; its fields are {cls.__struct_fields__}") from e

    @classmethod
    def parse(cls, raw: bytes | str) -> Self:
        """
        Return the configuration that the JSON `raw` describes.

        Raises
        ------
        InvalidConfiguration
            If it is not JSON, or a field is unknown, missing or of the wrong type.

        """
        try:
            values = msgspec.json.decode(raw)
        except msgspec.DecodeError as e:
            raise InvalidConfiguration(f"invalid {cls.__name__}, must be JSON: {e}") from e
        if not isinstance(values, dict):
            raise InvalidConfiguration(f"invalid {cls.__name__}, must be a JSON object, was {values!r}")
        return cls.from_dict(values)

    @classmethod
    def parse_file(cls, path: str | PathLike[str]) -> Self:
        """
        Return the configuration in a file: YAML where it ends in `.yaml` or `.yml`, else JSON.

        Raises
        ------
        InvalidConfiguration
            If it is neither, or a field is unknown, missing or of the wrong type; the text names the file.

        """
        raw = Path(path).read_bytes()
        try:
            if Path(path).suffix.lower() not in (".yaml", ".yml"):
                return cls.parse(raw)
            values = msgspec.yaml.decode(raw)
            if not isinstance(values, dict):
                raise InvalidConfiguration(f"invalid {cls.__name__}, must be a mapping, was {values!r}")
            return cls.from_dict(values)
        except (InvalidConfiguration, msgspec.DecodeError) as e:
            raise InvalidConfiguration(f"{path}: {e}") from e

    def validate(self) -> bool:
        """
        Return True if every field has the type it is declared with.

        Raises
        ------
        InvalidConfiguration
            If one has not.

        """
        return bool(self.parse(self.json()))


def refuse_changes(config: NautilusConfig, *names: str) -> None:
    """Refuse fields that ported code may name and that have one value here.

    Raises
    ------
    InvalidConfiguration
        If one has another value than its default.
    """
    defaults = {field.name: field for field in msgspec.structs.fields(config)}
    for name in names:
        value, default = getattr(config, name), defaults[name].default
        if value != default:
            raise InvalidConfiguration(
                f"`{name}` of {type(config).__name__} can only be {default!r} here, was {value!r}: see docs/porting.md"
            )


class LoggingConfig(NautilusConfig, frozen=True):
    """
    Configuration of logging.

    Parameters
    ----------
    log_level : str, default 'WARNING'
        The level on the console: OFF, DEBUG, INFO, WARNING or ERROR.
    log_level_file : str, optional
        The level in the file; no file if None.
    log_directory : str, optional
        The directory of the file; the working directory if None.
    log_file_name : str, optional
        The name of the file without `.log`; `nautilus_lite` if None.
    bypass_logging : bool, default False
        If all logging is off.
    log_component_levels : dict of str to str, optional
        Levels of single components, by their id.
    log_components_only : bool, default False
        If the components named in `log_component_levels` alone are logged.
    log_colors, log_file_format, log_file_max_size, log_file_max_backup_count, print_config, use_tracing, use_pyo3, \
clear_log_file, fileout_sync_on_flush, buffered_stdout
        Accepted for compatibility; lines are plain text, and files grow.

    """

    log_level: str = "WARNING"
    log_level_file: str | None = None
    log_directory: str | None = None
    log_file_name: str | None = None
    bypass_logging: bool = False
    log_component_levels: dict[str, str] | None = None
    log_components_only: bool = False
    log_colors: bool = True
    log_file_format: str | None = None
    log_file_max_size: int | None = None
    log_file_max_backup_count: int = 5
    print_config: bool = False
    use_tracing: bool = False
    use_pyo3: bool = False
    clear_log_file: bool = False
    fileout_sync_on_flush: bool = True
    buffered_stdout: bool = False

    def __post_init__(self) -> None:
        for name in ("log_level", "log_level_file"):
            value = getattr(self, name)
            if value is not None and value.upper() not in _LOG_LEVELS:
                raise InvalidConfiguration(f"invalid `{name}`, must be one of {_LOG_LEVELS}, was {value!r}")
        for component, level in (self.log_component_levels or {}).items():
            if level.upper() not in _LOG_LEVELS:
                raise InvalidConfiguration(
                    f"invalid level of component {component!r}, must be one of {_LOG_LEVELS}, was {level!r}"
                )


class ActorConfig(NautilusConfig, kw_only=True, frozen=True):
    """
    Configuration of an actor.

    Parameters
    ----------
    component_id : ComponentId, optional
        The id; the name of the class if None.
    log_events, log_commands : bool, default True
        Accepted for compatibility: the execution engine logs commands and events of orders, where its `debug` is set.

    """

    component_id: ComponentId | None = None
    log_events: bool = True
    log_commands: bool = True


class DataCatalogConfig(NautilusConfig, frozen=True):
    """
    A catalog of data by its place.

    Parameters
    ----------
    path : str
        Folder or fsspec URL.
    fs_protocol : str, optional
        Protocol of fsspec, where `path` does not say it.
    fs_storage_options : dict, optional
        Passed to fsspec.
    fs_rust_storage_options : dict, optional
        Accepted for compatibility.
    name : str, optional
        By which an engine knows it; its path by default.

    """

    path: str
    fs_protocol: str | None = None
    fs_storage_options: dict[str, Any] | None = None
    fs_rust_storage_options: dict[str, Any] | None = None
    name: str | None = None


class ImportableConfig(NautilusConfig, frozen=True):
    """
    A configuration, or a model of a venue, that is named by import path.

    Parameters
    ----------
    path : str
        The path of the class, `package.module:Class`.
    config : dict, optional
        The fields of the configuration, or the arguments of the class.

    """

    path: str
    config: dict[str, Any] = {}

    def create(self) -> Any:
        """
        Return a new object of the class.

        Raises
        ------
        InvalidConfiguration
            If the class does not take the arguments.

        """
        target: Any = resolve_path(self.path)
        if isinstance(target, type) and issubclass(target, NautilusConfig):
            return target.from_dict(self.config)
        try:
            return target(**self.config)
        except (TypeError, ValueError) as e:
            raise InvalidConfiguration(f"cannot make {self.path} from {self.config!r}: {e}") from e


class ImportableActorConfig(NautilusConfig, frozen=True):
    """
    An actor that is named by import path.

    Parameters
    ----------
    actor_path : str
        The path of the actor class, `package.module:Class`.
    config_path : str
        The path of its configuration class.
    config : dict, optional
        The fields of its configuration.

    """

    actor_path: str
    config_path: str
    config: dict[str, Any] = {}

    def create_config(self) -> NautilusConfig:
        """Return the configuration of the actor."""
        return resolve_config_path(self.config_path).from_dict(self.config)

    def create(self) -> Any:
        """Return a new actor."""
        return resolve_path(self.actor_path)(self.create_config())


class ActorFactory:
    """Makes actors from importable configurations."""

    @staticmethod
    def create(config: ImportableActorConfig) -> Any:
        """Return the actor that `config` names."""
        return config.create()


def resolve_path(path: str) -> Callable[..., Any]:
    """
    Return the object at an import path.

    Parameters
    ----------
    path : str
        `package.module:Class`.

    Raises
    ------
    InvalidConfiguration
        If the path is malformed, or the module or the name in it does not exist.

    """
    module_name, separator, name = path.partition(":")
    if not separator or not module_name or not name:
        raise InvalidConfiguration(f"invalid import path, must be 'package.module:Class', was {path!r}")
    try:
        target: Any = importlib.import_module(module_name)
    except ImportError as e:
        raise InvalidConfiguration(f"cannot import module {module_name!r} of {path!r}: {e}") from e
    for part in name.split("."):
        if not hasattr(target, part):
            public = [attr for attr in dir(target) if not attr.startswith("_")]
            raise InvalidConfiguration(f"no {part!r} in {path!r}, {target!r} has {public}")
        target = getattr(target, part)
    return target


def resolve_config_path(path: str) -> type[NautilusConfig]:
    """Return the configuration class at an import path; see `resolve_path`."""
    config = resolve_path(path)
    if not isinstance(config, type) or not issubclass(config, NautilusConfig):
        raise InvalidConfiguration(f"invalid configuration path, must name a NautilusConfig, was {path!r}")
    return config
