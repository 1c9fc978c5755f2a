"""The kinds of instruments: what each adds to the base, and the arguments its constructor takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.model.enums import (
    AssetClass,
    InstrumentClass,
    OptionKind,
    asset_class_from_str,
    option_kind_from_str,
    option_kind_to_str,
)
from nautilus_lite.model.identifiers import InstrumentId, Symbol
from nautilus_lite.model.instruments.base import Instrument, parse_common
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

ONE = Quantity(1, 0)


def _keep(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Pick constructor arguments by name."""
    return {name: values[name] for name in names}


LIMITS = ("max_quantity", "min_quantity", "max_notional", "min_notional", "max_price", "min_price")
RATES = ("margin_init", "margin_maint", "maker_fee", "taker_fee")
BASE = ("instrument_id", "raw_symbol", "price_precision", "price_increment", "ts_event", "ts_init", "tick_scheme_name", "info")


class CurrencyPair(Instrument):
    """A spot currency pair: fiat or crypto.

    Parameters are those of `Instrument`; `lot_size` and the limits are optional.
    """

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        base_currency: Currency,
        quote_currency: Currency,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        ts_event: int,
        ts_init: int,
        multiplier: Quantity = ONE,
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
        if base_currency == quote_currency:
            raise ValueError(f"base and quote currency must differ, both were {base_currency}")
        super().__init__(
            instrument_id=instrument_id,
            raw_symbol=raw_symbol,
            asset_class=AssetClass.FX,
            instrument_class=InstrumentClass.SPOT,
            quote_currency=quote_currency,
            is_inverse=False,
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
            base_currency=base_currency,
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
        arguments = _keep(
            common, *BASE, *LIMITS, *RATES, "size_precision", "size_increment", "multiplier", "lot_size", "base_currency"
        )
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        return arguments


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
        arguments = _keep(common, *BASE, *RATES, "lot_size", "max_quantity", "min_quantity", "max_price", "min_price")
        return {**arguments, "currency": Currency.from_str(values["quote_currency"]), "isin": values.get("isin")}


class CryptoPerpetual(Instrument):
    """A perpetual swap on a crypto pair, linear, inverse or quanto."""

    def __init__(
        self,
        instrument_id: InstrumentId,
        raw_symbol: Symbol,
        base_currency: Currency,
        quote_currency: Currency,
        settlement_currency: Currency,
        is_inverse: bool,
        price_precision: int,
        size_precision: int,
        price_increment: Price,
        size_increment: Quantity,
        ts_event: int,
        ts_init: int,
        multiplier: Quantity = ONE,
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
            instrument_class=InstrumentClass.SWAP,
            quote_currency=quote_currency,
            is_inverse=is_inverse,
            price_precision=price_precision,
            size_precision=size_precision,
            price_increment=price_increment,
            size_increment=size_increment,
            multiplier=multiplier,
            max_quantity=max_quantity,
            min_quantity=min_quantity,
            max_notional=max_notional,
            min_notional=min_notional,
            max_price=max_price,
            min_price=min_price,
            base_currency=base_currency,
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

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = _keep(
            common, *BASE, *LIMITS, *RATES, "size_precision", "size_increment", "multiplier", "base_currency",
            "settlement_currency",
        )
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        arguments["is_inverse"] = values["is_inverse"]
        return arguments


class _Expiring(Instrument):
    """What instruments with an expiry share."""

    activation_ns: int
    expiration_ns: int

    def _set_life(self, activation_ns: int, expiration_ns: int) -> None:
        if expiration_ns < activation_ns:
            raise ValueError(f"invalid `expiration_ns`, must be >= activation_ns, was {expiration_ns} < {activation_ns}")
        self.activation_ns = activation_ns
        self.expiration_ns = expiration_ns

    @property
    def activation_utc(self) -> Any:
        """Activation as a UTC timestamp."""
        return unix_nanos_to_dt(self.activation_ns)

    @property
    def expiration_utc(self) -> Any:
        """Expiration as a UTC timestamp."""
        return unix_nanos_to_dt(self.expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {**super()._base_dict(), "activation_ns": self.activation_ns, "expiration_ns": self.expiration_ns}


class CryptoFuture(_Expiring):
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
        arguments = _keep(
            common, *BASE, *LIMITS, *RATES, "size_precision", "size_increment", "multiplier", "lot_size", "settlement_currency"
        )
        arguments["underlying"] = common["base_currency"]
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        return {**arguments, **_keep(values, "is_inverse", "activation_ns", "expiration_ns")}


class FuturesContract(_Expiring):
    """An exchange-traded future. Sizes are whole contracts."""

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
            instrument_class=InstrumentClass.FUTURE,
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
        self._set_life(activation_ns, expiration_ns)

    def _base_dict(self) -> dict[str, Any]:
        return {**super()._base_dict(), "underlying": self.underlying, "exchange": self.exchange}

    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]:
        common = parse_common(values)
        arguments = _keep(
            common, *BASE, *RATES, "multiplier", "lot_size", "max_quantity", "min_quantity", "max_price", "min_price"
        )
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["currency"] = Currency.from_str(values["quote_currency"])
        return {**arguments, **_keep(values, "underlying", "exchange", "activation_ns", "expiration_ns")}


class OptionContract(_Expiring):
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
        arguments = _keep(
            common, *BASE, *RATES, "multiplier", "lot_size", "max_quantity", "min_quantity", "max_price", "min_price"
        )
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["currency"] = Currency.from_str(values["quote_currency"])
        arguments["option_kind"] = option_kind_from_str(values["option_kind"])
        arguments["strike_price"] = Price.from_str(values["strike_price"])
        return {**arguments, **_keep(values, "underlying", "exchange", "activation_ns", "expiration_ns")}


INSTRUMENT_CLASSES: dict[str, type[Instrument]] = {
    cls.__name__: cls
    for cls in (Instrument, CurrencyPair, Equity, CryptoPerpetual, CryptoFuture, FuturesContract, OptionContract)
}


def instrument_from_dict(values: dict[str, Any]) -> Instrument:
    """Make the instrument of a dictionary of `Instrument.to_dict`, by its `type`.

    Raises
    ------
    ValueError
        If the type is unknown.
    """
    cls = INSTRUMENT_CLASSES.get(values.get("type", ""))
    if cls is None:
        raise ValueError(f"unknown instrument type {values.get('type')!r}, must be one of {', '.join(INSTRUMENT_CLASSES)}")
    return cls.from_dict(values)
