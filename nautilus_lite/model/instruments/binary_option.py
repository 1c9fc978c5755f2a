"""Binary options."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.model.enums import AssetClass, InstrumentClass, asset_class_from_str
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import parse_common
from nautilus_lite.model.instruments.common import BASE, ONE, Expiring, keep
from nautilus_lite.model.objects import Currency, Price, Quantity


class BinaryOption(Expiring):
    """A contract that pays one unit of its currency if an outcome comes about, else nothing."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        asset_class: AssetClass,
        currency: Currency,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        activation_ns: int,
        expiration_ns: int,
        ts_event: int,
        ts_init: int,
        max_quantity: Quantity | None = None,
        min_quantity: Quantity | None = None,
        maker_fee: Decimal | None = None,
        taker_fee: Decimal | None = None,
        outcome: str | None = None,
        description: str | None = None,
        tick_scheme_name: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=asset_class,
            instrument_class=InstrumentClass.BINARY_OPTION,
            quote_currency=currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=size_precision,
            price_increment=price_increment,
            size_increment=size_increment,
            multiplier=ONE,
            max_quantity=max_quantity,
            min_quantity=min_quantity,
            margin_init=None,
            margin_maint=None,
            maker_fee=maker_fee,
            taker_fee=taker_fee,
            ts_event=ts_event,
            ts_init=ts_init,
            tick_scheme_name=tick_scheme_name,
            info=info,
        )
        self.outcome = outcome
        self.description = description
        self._set_life(activation_ns, expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {
            **super()._base_dict(),
            "outcome": self.outcome,
            "description": self.description,
        }

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(
            common, *BASE, "size_precision", "size_increment", "max_quantity", "min_quantity", "maker_fee", "taker_fee"
        )
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["currency"] = Currency.from_str(values["quote_currency"])
        return {**arguments, **keep(values, "activation_ns", "expiration_ns", "outcome", "description")}
