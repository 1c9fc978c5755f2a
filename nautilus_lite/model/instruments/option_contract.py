"""Exchange-traded options."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.model.enums import (
    AssetClass,
    InstrumentClass,
    OptionKind,
    asset_class_from_str,
    option_kind_from_str,
    option_kind_to_str,
)
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import parse_common
from nautilus_lite.model.instruments.common import BASE, ONE, RATES, Expiring, keep
from nautilus_lite.model.objects import Currency, Price, Quantity


class OptionContract(Expiring):
    """An exchange-traded option, settled in cash at its exercise value. Sizes are whole contracts."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        asset_class: AssetClass,
        currency: Currency,
        price_precision: int,
        price_increment: Price,
        multiplier: Quantity,
        lot_size: Quantity,
        underlying: str,
        option_kind: OptionKind,
        strike_price: Price,
        activation_ns: int,
        expiration_ns: int,
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
        exchange: str | None = None,
        tick_scheme_name: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=asset_class,
            instrument_class=InstrumentClass.OPTION,
            quote_currency=currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=0,
            price_increment=price_increment,
            size_increment=ONE,
            multiplier=multiplier,
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
        self.exchange = exchange
        self.underlying = underlying
        self.option_kind = OptionKind(option_kind)
        self.strike_price = strike_price
        self._set_life(activation_ns, expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {
            **super()._base_dict(),
            "underlying": self.underlying,
            "option_kind": option_kind_to_str(self.option_kind),
            "strike_price": str(self.strike_price),
            "exchange": self.exchange,
        }

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(
            common, *BASE, *RATES, "multiplier", "lot_size", "max_quantity", "min_quantity", "max_price", "min_price"
        )
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["currency"] = Currency.from_str(values["quote_currency"])
        arguments["option_kind"] = option_kind_from_str(values["option_kind"])
        arguments["strike_price"] = Price.from_str(values["strike_price"])
        return {**arguments, **keep(values, "underlying", "exchange", "activation_ns", "expiration_ns")}
