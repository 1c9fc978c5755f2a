"""Enumerations of the domain, with their names as text and back.

Members and integer values are NautilusTrader's public ones, so that stored integers keep their meaning.
"""

from nautilus_lite.core.nearest import nearest
from nautilus_lite.model import time_in_force

# A cimported name cannot be assigned: hand the Python class on by name
globals()["TimeInForce"] = time_in_force.TimeInForce



cdef dict MEMBERS = {}


cdef object _members(object enum):
    members = MEMBERS.get(enum)
    if members is None:
        members = {int(member): member.name for member in enum}
        MEMBERS[enum] = members
    return members


cpdef str enum_to_str(object enum, object value):
    """Return the name of a member.

    Raises
    ------
    ValueError
        If the value is none of the enum's.
    """
    name = _members(enum).get(int(value))
    if name is None:
        raise ValueError(f"invalid {enum.__name__} value, must be one of {sorted(_members(enum))}, was {value!r}")
    return name


cpdef object enum_from_str(object enum, str text):
    """Return the member of a name, in any case.

    Raises
    ------
    ValueError
        If there is no such member; the message suggests near names.
    """
    name = text.strip().upper()
    try:
        return enum[name]
    except KeyError:
        names = list(_members(enum).values())
        near = nearest(name, names)
        hint = f" (did you mean {near}?)" if near else ""
        raise ValueError(f"invalid {enum.__name__}, must be one of {', '.join(names)}, was {text!r}{hint}") from None


def account_type_to_str(value):
    """Return the name of the `AccountType` member."""
    return enum_to_str(AccountType, value)


def account_type_from_str(str text not None):
    """Return the `AccountType` member of the name."""
    return enum_from_str(AccountType, text)


def aggregation_source_to_str(value):
    """Return the name of the `AggregationSource` member."""
    return enum_to_str(AggregationSource, value)


def aggregation_source_from_str(str text not None):
    """Return the `AggregationSource` member of the name."""
    return enum_from_str(AggregationSource, text)


def aggressor_side_to_str(value):
    """Return the name of the `AggressorSide` member."""
    return enum_to_str(AggressorSide, value)


def aggressor_side_from_str(str text not None):
    """Return the `AggressorSide` member of the name."""
    return enum_from_str(AggressorSide, text)


def asset_class_to_str(value):
    """Return the name of the `AssetClass` member."""
    return enum_to_str(AssetClass, value)


def asset_class_from_str(str text not None):
    """Return the `AssetClass` member of the name."""
    return enum_from_str(AssetClass, text)


def instrument_class_to_str(value):
    """Return the name of the `InstrumentClass` member."""
    return enum_to_str(InstrumentClass, value)


def instrument_class_from_str(str text not None):
    """Return the `InstrumentClass` member of the name."""
    return enum_from_str(InstrumentClass, text)


def bar_aggregation_to_str(value):
    """Return the name of the `BarAggregation` member."""
    return enum_to_str(BarAggregation, value)


def bar_aggregation_from_str(str text not None):
    """Return the `BarAggregation` member of the name."""
    return enum_from_str(BarAggregation, text)


def book_action_to_str(value):
    """Return the name of the `BookAction` member."""
    return enum_to_str(BookAction, value)


def book_action_from_str(str text not None):
    """Return the `BookAction` member of the name."""
    return enum_from_str(BookAction, text)


def book_type_to_str(value):
    """Return the name of the `BookType` member."""
    return enum_to_str(BookType, value)


def book_type_from_str(str text not None):
    """Return the `BookType` member of the name."""
    return enum_from_str(BookType, text)


def contingency_type_to_str(value):
    """Return the name of the `ContingencyType` member."""
    return enum_to_str(ContingencyType, value)


def contingency_type_from_str(str text not None):
    """Return the `ContingencyType` member of the name."""
    return enum_from_str(ContingencyType, text)


def currency_type_to_str(value):
    """Return the name of the `CurrencyType` member."""
    return enum_to_str(CurrencyType, value)


def currency_type_from_str(str text not None):
    """Return the `CurrencyType` member of the name."""
    return enum_from_str(CurrencyType, text)


def instrument_close_type_to_str(value):
    """Return the name of the `InstrumentCloseType` member."""
    return enum_to_str(InstrumentCloseType, value)


def instrument_close_type_from_str(str text not None):
    """Return the `InstrumentCloseType` member of the name."""
    return enum_from_str(InstrumentCloseType, text)


def liquidity_side_to_str(value):
    """Return the name of the `LiquiditySide` member."""
    return enum_to_str(LiquiditySide, value)


def liquidity_side_from_str(str text not None):
    """Return the `LiquiditySide` member of the name."""
    return enum_from_str(LiquiditySide, text)


def market_status_action_to_str(value):
    """Return the name of the `MarketStatusAction` member."""
    return enum_to_str(MarketStatusAction, value)


def market_status_action_from_str(str text not None):
    """Return the `MarketStatusAction` member of the name."""
    return enum_from_str(MarketStatusAction, text)


def oms_type_to_str(value):
    """Return the name of the `OmsType` member."""
    return enum_to_str(OmsType, value)


def oms_type_from_str(str text not None):
    """Return the `OmsType` member of the name."""
    return enum_from_str(OmsType, text)


def option_kind_to_str(value):
    """Return the name of the `OptionKind` member."""
    return enum_to_str(OptionKind, value)


def option_kind_from_str(str text not None):
    """Return the `OptionKind` member of the name."""
    return enum_from_str(OptionKind, text)


def order_side_to_str(value):
    """Return the name of the `OrderSide` member."""
    return enum_to_str(OrderSide, value)


def order_side_from_str(str text not None):
    """Return the `OrderSide` member of the name."""
    return enum_from_str(OrderSide, text)


def order_status_to_str(value):
    """Return the name of the `OrderStatus` member."""
    return enum_to_str(OrderStatus, value)


def order_status_from_str(str text not None):
    """Return the `OrderStatus` member of the name."""
    return enum_from_str(OrderStatus, text)


def order_type_to_str(value):
    """Return the name of the `OrderType` member."""
    return enum_to_str(OrderType, value)


def order_type_from_str(str text not None):
    """Return the `OrderType` member of the name."""
    return enum_from_str(OrderType, text)


def position_side_to_str(value):
    """Return the name of the `PositionSide` member."""
    return enum_to_str(PositionSide, value)


def position_side_from_str(str text not None):
    """Return the `PositionSide` member of the name."""
    return enum_from_str(PositionSide, text)


def price_type_to_str(value):
    """Return the name of the `PriceType` member."""
    return enum_to_str(PriceType, value)


def price_type_from_str(str text not None):
    """Return the `PriceType` member of the name."""
    return enum_from_str(PriceType, text)


def record_flag_to_str(value):
    """Return the name of the `RecordFlag` member."""
    return enum_to_str(RecordFlag, value)


def record_flag_from_str(str text not None):
    """Return the `RecordFlag` member of the name."""
    return enum_from_str(RecordFlag, text)


def time_in_force_to_str(value):
    """Return the name of the `TimeInForce` member."""
    return enum_to_str(TimeInForce, value)


def time_in_force_from_str(str text not None):
    """Return the `TimeInForce` member of the name."""
    return enum_from_str(TimeInForce, text)


def trading_state_to_str(value):
    """Return the name of the `TradingState` member."""
    return enum_to_str(TradingState, value)


def trading_state_from_str(str text not None):
    """Return the `TradingState` member of the name."""
    return enum_from_str(TradingState, text)


def trailing_offset_type_to_str(value):
    """Return the name of the `TrailingOffsetType` member."""
    return enum_to_str(TrailingOffsetType, value)


def trailing_offset_type_from_str(str text not None):
    """Return the `TrailingOffsetType` member of the name."""
    return enum_from_str(TrailingOffsetType, text)


def trigger_type_to_str(value):
    """Return the name of the `TriggerType` member."""
    return enum_to_str(TriggerType, value)


def trigger_type_from_str(str text not None):
    """Return the `TriggerType` member of the name."""
    return enum_from_str(TriggerType, text)


def component_state_to_str(value):
    """Return the name of the `ComponentState` member."""
    return enum_to_str(ComponentState, value)


def component_state_from_str(str text not None):
    """Return the `ComponentState` member of the name."""
    return enum_from_str(ComponentState, text)
