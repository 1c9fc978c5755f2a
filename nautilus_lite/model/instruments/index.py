"""Indices."""

from __future__ import annotations

from typing import Any

from nautilus_lite.model.enums import AssetClass, InstrumentClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import Instrument, parse_common
from nautilus_lite.model.instruments.common import BASE, ONE, keep
from nautilus_lite.model.objects import Currency, Price, Quantity


class IndexInstrument(Instrument):
    """An index, to follow its prices."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        currency: Currency,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        ts_event: int,
        ts_init: int,
        tick_scheme_name: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=AssetClass.INDEX,
            instrument_class=InstrumentClass.SPOT,
            quote_currency=currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=size_precision,
            price_increment=price_increment,
            size_increment=size_increment,
            multiplier=ONE,
            margin_init=None,
            margin_maint=None,
            maker_fee=None,
            taker_fee=None,
            ts_event=ts_event,
            ts_init=ts_init,
            tick_scheme_name=tick_scheme_name,
            info=info,
        )

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(common, *BASE, "size_precision", "size_increment")
        return {**arguments, "currency": Currency.from_str(values["quote_currency"])}
