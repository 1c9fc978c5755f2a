"""From a run configuration to venues, models, instruments, streams and strategies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.bar_rules import BarOrderTiming, bar_path_of, choice_of
from nautilus_lite.backtest.config import BacktestDataConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.backtest.models import FillModel, MakerTakerFeeModel
from nautilus_lite.backtest.ported import queue_model_of
from nautilus_lite.backtest.reading import CatalogSource, CustomSource, UpdateSource
from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.common.config import resolve_path
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import Bar, BarType, DataType, OrderBookDelta, OrderBookDepth10, QuoteTick, TradeTick
from nautilus_lite.model.data.update_rows import UPDATE_CLASSES
from nautilus_lite.model.enums import (
    account_type_from_str,
    book_type_from_str,
    oms_type_from_str,
)
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog

DATA_CLASSES = {
    "QuoteTick": (QuoteTick, "quote"),
    "TradeTick": (TradeTick, "trade"),
    "Bar": (Bar, "bar"),
    "OrderBookDelta": (OrderBookDelta, "delta"),
    "OrderBookDepth10": (OrderBookDepth10, "depth10"),
    **{cls.__name__: (cls, "object") for cls in UPDATE_CLASSES.values()},
}


def venue_settings(config: BacktestVenueConfig) -> dict[str, Any]:
    """Turn the texts of a venue config into the arguments of `BacktestEngine.add_venue`, without the models.

    Raises
    ------
    InvalidConfiguration
        If a name or amount is not understood.
    """
    try:
        return {
            "venue": Venue(config.name),
            "oms_type": oms_type_from_str(config.oms_type),
            "account_type": account_type_from_str(config.account_type),
            "starting_balances": [Money.from_str(text) for text in config.starting_balances],
            "base_currency": Currency.from_str(config.base_currency) if config.base_currency else None,
            "default_leverage": Decimal(str(config.default_leverage)),
            "leverages": {
                InstrumentId.from_str(key): Decimal(str(value)) for key, value in (config.leverages or {}).items()
            },
            "book_type": book_type_from_str(config.book_type),
            "reject_stop_orders": config.reject_stop_orders,
            "support_gtd_orders": config.support_gtd_orders,
            "use_reduce_only": config.use_reduce_only,
            "bar_execution": config.bar_execution,
            "bar_adaptive_high_low_ordering": config.bar_adaptive_high_low_ordering,
            "trade_execution": config.trade_execution,
            "frozen_account": config.frozen_account,
            "allow_cash_borrowing": config.allow_cash_borrowing,
            "liquidity_consumption": config.liquidity_consumption,
            "bar_path": bar_path_of(config.bar_path, config.bar_adaptive_high_low_ordering, config.name),
            "bar_order_timing": choice_of(BarOrderTiming, config.bar_order_timing, "bar_order_timing", config.name),
            "recorded_feed_latency": config.recorded_feed_latency,
            "settlement_prices": {
                InstrumentId.from_str(key): Decimal(str(value)) for key, value in (config.settlement_prices or {}).items()
            },
            "settlement_fallback": config.settlement_fallback,
            "session": TradingSession(**config.session) if config.session else None,
            "price_protection_points": config.price_protection_points,
            "max_price_age_ns": config.max_price_age_ns,
            "require_fresh_price": config.require_fresh_price,
            "liquidation_enabled": config.liquidation_enabled,
            "liquidation_trigger_ratio": Decimal(str(config.liquidation_trigger_ratio)),
            "liquidation_cancel_open_orders": config.liquidation_cancel_open_orders,
            "liquidation_interval_ns": config.liquidation_interval_ns,
        }
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidConfiguration(f"venue `{config.name}`: {error}") from error


def venue_models(config: BacktestVenueConfig) -> dict[str, Any]:
    """Make the models and modules of a venue; each call makes new ones, so that no two worlds share a model's state."""
    return {
        "fill_model": config.fill_model.create() if config.fill_model else FillModel(),
        "fee_model": config.fee_model.create() if config.fee_model else MakerTakerFeeModel(),
        "latency_model": config.latency_model.create() if config.latency_model else None,
        "queue_model": queue_model_of(config.queue_position, config.queue_model.create() if config.queue_model else None),
        "modules": [module.create() for module in config.modules or ()],
    }


def read_instruments(config: BacktestRunConfig) -> list[Any]:
    """Read the instruments that the run's data needs from its catalogs.

    Raises
    ------
    InvalidConfiguration
        If a catalog lacks the definition of an instrument, or its venue is not configured.
    """
    venues = {venue.name for venue in config.venues}
    found: dict[Any, Any] = {}
    for data in config.data:
        if data.data_type not in DATA_CLASSES:
            continue
        catalog = ParquetDataCatalog(data.catalog_path, data.catalog_fs_protocol, data.catalog_fs_storage_options)
        for identifier in data_identifiers(catalog, data):
            instrument_id = identifier.instrument_id if isinstance(identifier, BarType) else identifier
            if instrument_id in found:
                continue
            matches = catalog.instruments(instrument_ids=[str(instrument_id)])
            if not matches:
                raise InvalidConfiguration(
                    f"catalog `{data.catalog_path}` has no definition of `{instrument_id}`: "
                    "write it with `catalog.write_data([instrument])`"
                )
            if instrument_id.venue.value not in venues:
                raise InvalidConfiguration(
                    f"`{instrument_id}` needs a venue config named {instrument_id.venue.value!r} "
                    f"(configured: {', '.join(sorted(venues))})"
                )
            found[instrument_id] = matches[0]
    return list(found.values())


def data_identifiers(catalog: ParquetDataCatalog, config: BacktestDataConfig) -> list[Any]:
    """Resolve which instruments or bar types of a catalog a data config means.

    Raises
    ------
    InvalidConfiguration
        If the catalog holds no such data.
    """
    data_cls, _ = DATA_CLASSES[config.data_type]
    present = catalog.identifiers(data_cls)
    wanted = config.identifiers()
    if not wanted:
        chosen = present
    elif config.data_type == "Bar":
        chosen = [t for t in present if str(t) in wanted or str(t.instrument_id) in wanted]
    else:
        chosen = [t for t in present if str(t) in wanted]
    named = {str(t) for t in chosen} | {str(getattr(t, "instrument_id", t)) for t in chosen}
    missing = [text for text in wanted if text not in named]
    if missing or not chosen:
        raise InvalidConfiguration(
            f"catalog `{config.catalog_path}` has no {config.data_type} data for {', '.join(missing) or 'anything'} "
            f"(it has: {', '.join(str(t) for t in present) or 'none'})"
        )
    return list(chosen)


def row_sources(config: BacktestRunConfig) -> Iterator[tuple[str, Any, Any, str, int]]:
    """Yield the streams of a run: kind, identifier, source, name and number of rows."""
    for data in config.data:
        catalog = ParquetDataCatalog(data.catalog_path, data.catalog_fs_protocol, data.catalog_fs_storage_options)
        start = _latest(config.start, data.start_time)
        end = _earliest(config.end, data.end_time)
        if data.data_type not in DATA_CLASSES:
            yield from _custom_sources(catalog, data, start, end)
            continue
        data_cls, kind = DATA_CLASSES[data.data_type]
        for identifier in data_identifiers(catalog, data):
            if kind == "object":
                updates = UpdateSource(catalog, data_cls, identifier, start, end)
                yield kind, (data_cls, identifier), updates, f"{data.data_type} {identifier}", updates.n_rows
            else:
                source = CatalogSource(catalog, data_cls, identifier, start, end)
                yield kind, identifier, source, f"{data.data_type} {identifier}", source.n_rows


def _custom_sources(
    catalog: ParquetDataCatalog, config: BacktestDataConfig, start: int | None, end: int | None
) -> Iterator[tuple[str, Any, Any, str, int]]:
    cls: Any = resolve_path(config.data_cls)
    wanted = set(config.identifiers())
    found = False
    for part in catalog.custom.parts(cls):
        said = catalog.custom.said(part)
        if wanted and said["identifier"] not in wanted:
            continue
        found = True
        source = CustomSource(catalog, cls, part, start, end)
        yield "object", DataType(cls, said["metadata"]), source, f"{cls.__name__} {said['identifier']}", source.n_rows
    if not found:
        raise InvalidConfiguration(
            f"catalog `{config.catalog_path}` has no {cls.__name__} data for {', '.join(sorted(wanted)) or 'anything'} "
            f"(custom data that it has: {', '.join(catalog.list_generic_data_types()) or 'none'})"
        )


def _latest(*values: Any) -> int | None:
    times = [t for t in map(maybe_dt_to_unix_nanos, values) if t is not None]
    return max(times) if times else None


def _earliest(*values: Any) -> int | None:
    times = [t for t in map(maybe_dt_to_unix_nanos, values) if t is not None]
    return min(times) if times else None
