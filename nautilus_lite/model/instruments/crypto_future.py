"""Dated futures on cryptocurrencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.model.enums import AssetClass, InstrumentClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import parse_common
from nautilus_lite.model.instruments.common import BASE, LIMITS, ONE, RATES, Expiring, keep
from nautilus_lite.model.objects import Currency, Money, Price, Quantity


class CryptoFuture(Expiring):
    """A dated future on a cryptocurrency."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        underlying: Currency,
        quote_currency: Currency,
        settlement_currency: Currency,
        is_inverse: bool,
        activation_ns: int,
        expiration_ns: int,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        ts_event: int,
        ts_init: int,
        multiplier: Quantity = ONE,
        lot_size: Quantity = ONE,
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
            asset_class=AssetClass.CRYPTOCURRENCY,
            instrument_class=InstrumentClass.FUTURE,
            quote_currency=quote_currency,
            is_inverse=is_inverse,
            price_precision=price_precision,
            size_precision=size_precision,
            price_increment=price_increment,
            size_increment=size_increment,
            multiplier=multiplier,
            lot_size=lot_size,
            max_quantity=max_quantity,
            min_quantity=min_quantity,
            max_notional=max_notional,
            min_notional=min_notional,
            max_price=max_price,
            min_price=min_price,
            base_currency=underlying,
            settlement_currency=settlement_currency,
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
        self._set_life(activation_ns, expiration_ns)

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = keep(
            common, *BASE, *LIMITS, *RATES, "size_precision", "size_increment", "multiplier", "lot_size", "settlement_currency"
        )
        arguments["underlying"] = common["base_currency"]
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        return {**arguments, **keep(values, "is_inverse", "activation_ns", "expiration_ns")}
