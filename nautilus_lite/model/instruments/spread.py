"""What exchange-traded spreads share: they are quoted and traded as one, and expire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from nautilus_lite.model.enums import AssetClass, InstrumentClass, asset_class_from_str
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import parse_common
from nautilus_lite.model.instruments.common import BASE, ONE, RATES, Expiring, keep
from nautilus_lite.model.objects import Currency, Price, Quantity


class Spread(Expiring):
    """Base of exchange-traded spreads."""

    _instrument_class: ClassVar[InstrumentClass]

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
        strategy_type: str,
        activation_ns: int,
        expiration_ns: int,
        ts_event: int,
        ts_init: int,
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
            instrument_class=self._instrument_class,
            quote_currency=currency,
            is_inverse=False,
            price_precision=price_precision,
            size_precision=0,
            price_increment=price_increment,
            size_increment=ONE,
            multiplier=multiplier,
            lot_size=lot_size,
            margin_init=margin_init,
            margin_maint=margin_maint,
            maker_fee=maker_fee,
            taker_fee=taker_fee,
            ts_event=ts_event,
            ts_init=ts_init,
            tick_scheme_name=tick_scheme_name,
            info=info,
        )
        self.underlying = underlying
        self.strategy_type = strategy_type
        self.exchange = exchange
        self._set_life(activation_ns, expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {
            **super()._base_dict(),
            "underlying": self.underlying,
            "strategy_type": self.strategy_type,
            "exchange": self.exchange,
        }

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(common, *BASE, *RATES, "multiplier", "lot_size")
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["currency"] = Currency.from_str(values["quote_currency"])
        return {**arguments, **keep(values, "underlying", "strategy_type", "exchange", "activation_ns", "expiration_ns")}
