"""Shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.model.enums import AssetClass, InstrumentClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import Instrument, parse_common
from nautilus_lite.model.instruments.common import BASE, ONE, RATES, keep
from nautilus_lite.model.objects import Currency, Price, Quantity


class Equity(Instrument):
    """A share. Sizes are whole shares."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        currency: Currency,
        price_precision: int,
        price_increment: Price,
        lot_size: Quantity,
        ts_event: int,
        ts_init: int,
        max_quantity: Quantity | None = None,
        min_quantity: Quantity | None = None,
        max_price: Price | None = None,
        min_price: Price | None = None,
        margin_init: Decimal | None = None,
        margin_maint: Decimal | None = None,
        maker_fee: Decimal | None = None,
        taker_fee: Decimal | None = None,
        isin: str | None = None,
        tick_scheme_name: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=AssetClass.EQUITY,
            instrument_class=InstrumentClass.SPOT,
            quote_currency=currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=0,
            price_increment=price_increment,
            size_increment=ONE,
            multiplier=ONE,
            lot_size=lot_size,
            max_quantity=max_quantity,
            min_quantity=min_quantity,
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
        self.isin = isin

    def _base_dict(self) -> dict[str, Any]:
        return {**super()._base_dict(), "isin": self.isin}

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(common, *BASE, *RATES, "lot_size", "max_quantity", "min_quantity", "max_price", "min_price")
        return {**arguments, "currency": Currency.from_str(values["quote_currency"]), "isin": values.get("isin")}
