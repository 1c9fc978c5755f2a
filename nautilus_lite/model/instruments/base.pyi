from decimal import Decimal
from typing import Any, Self

from nautilus_lite.model.data.base import Data
from nautilus_lite.model.enums import AssetClass, InstrumentClass
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

class Instrument(Data):
    id: InstrumentId
    raw_symbol: Symbol
    quote_currency: Currency
    base_currency: Currency | None
    settlement_currency: Currency
    is_inverse: bool
    is_quanto: bool
    price_precision: int
    size_precision: int
    price_increment: Price
    size_increment: Quantity
    multiplier: Quantity
    lot_size: Quantity | None
    max_quantity: Quantity | None
    min_quantity: Quantity | None
    max_notional: Money | None
    min_notional: Money | None
    max_price: Price | None
    min_price: Price | None
    margin_init: Decimal
    margin_maint: Decimal
    maker_fee: Decimal
    taker_fee: Decimal
    margin_init_e9: int
    margin_maint_e9: int
    maker_fee_e9: int
    taker_fee_e9: int
    tick_scheme_name: str | None
    info: dict[str, Any] | None
    def __init__(self, instrument_id: InstrumentId, raw_symbol: Symbol, asset_class: AssetClass, instrument_class: InstrumentClass, quote_currency: Currency, is_inverse: bool, price_precision: int, size_precision: int, size_increment: Quantity, multiplier: Quantity, margin_init: Decimal | None, margin_maint: Decimal | None, maker_fee: Decimal | None, taker_fee: Decimal | None, ts_event: int, ts_init: int, price_increment: Price | None = None, lot_size: Quantity | None = None, max_quantity: Quantity | None = None, min_quantity: Quantity | None = None, max_notional: Money | None = None, min_notional: Money | None = None, max_price: Price | None = None, min_price: Price | None = None, base_currency: Currency | None = None, settlement_currency: Currency | None = None, tick_scheme_name: str | None = None, info: dict[str, Any] | None = None) -> None: ...
    @property
    def symbol(self) -> Symbol: ...
    @property
    def venue(self) -> Venue: ...
    @property
    def asset_class(self) -> AssetClass: ...
    @property
    def instrument_class(self) -> InstrumentClass: ...
    def get_base_currency(self) -> Currency | None: ...
    def get_settlement_currency(self) -> Currency: ...
    def get_cost_currency(self) -> Currency: ...
    def make_price(self, value: Any) -> Price: ...
    def make_qty(self, value: Any, round_down: bool = False) -> Quantity: ...
    def next_bid_price(self, value: Any, num_ticks: int = 0) -> Price: ...
    def next_ask_price(self, value: Any, num_ticks: int = 0) -> Price: ...
    def notional_value(self, quantity: Quantity, price: Price, use_quote_for_inverse: bool = False) -> Money: ...
    def calculate_base_quantity(self, quantity: Quantity, last_px: Price) -> Quantity: ...
    def to_dict(self, obj: Instrument | None = None) -> dict[str, Any]: ...
    def _base_dict(self) -> dict[str, Any]: ...
    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self: ...
    @classmethod
    def _arguments(cls, values: dict[str, Any]) -> dict[str, Any]: ...

def parse_common(values: dict[str, Any]) -> dict[str, Any]: ...
