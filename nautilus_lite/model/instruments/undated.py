"""What contracts for difference and commodities share: neither expires, and sizes may have decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from nautilus_lite.model.enums import AssetClass, InstrumentClass, asset_class_from_str
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import Instrument, parse_common
from nautilus_lite.model.instruments.common import BASE, LIMITS, ONE, RATES, keep
from nautilus_lite.model.objects import Currency, Money, Price, Quantity


class Undated(Instrument):
    """Base of contracts for difference and commodities."""

    _instrument_class: ClassVar[InstrumentClass]

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        asset_class: AssetClass,
        quote_currency: Currency,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        ts_event: int,
        ts_init: int,
        base_currency: Currency | None = None,
        lot_size: Quantity | None = None,
        max_quantity: Quantity | None = None,
        min_quantity: Quantity | None = None,
        max_notional: Money | None = None,
        min_notional: Money | None = None,
        max_price: Price | None = None,
        min_price: Price | None = None,
        margin_init: Decimal | None = None,
        margin_maint: Decimal | None = None,
        maker_fee: Decimal | None = None,
        taker_fee: Decimal | None = None,
        tick_scheme_name: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=asset_class,
            instrument_class=self._instrument_class,
            quote_currency=quote_currency,
            base_currency=base_currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=size_precision,
            price_increment=price_increment,
            size_increment=size_increment,
            multiplier=ONE,
            lot_size=lot_size,
            max_quantity=max_quantity,
            min_quantity=min_quantity,
            max_notional=max_notional,
            min_notional=min_notional,
            max_price=max_price,
            min_price=min_price,
            margin_init=margin_init,
            margin_maint=margin_maint,
            maker_fee=maker_fee,
            taker_fee=taker_fee,
            ts_event=ts_event,
            ts_init=ts_init,
            tick_scheme_name=tick_scheme_name,
            info=info,
        )

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(common, *BASE, *LIMITS, *RATES, "size_precision", "size_increment", "lot_size", "base_currency")
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        return arguments
