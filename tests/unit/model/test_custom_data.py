"""Types of custom data, their objects, and the decorator that makes a class of them."""

from __future__ import annotations

import pytest

from nautilus_lite.core.data import Data
from nautilus_lite.model.custom import customdataclass
from nautilus_lite.model.data import CustomData, DataType, QuoteTick
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Price


@customdataclass
class Greeks(Data):
    instrument_id: InstrumentId = InstrumentId.from_str("ESZ4.GLBX")
    delta: float = 0.0
    strike: Price | None = None
    venue: Venue | None = None
    count: int = 0
    call: bool = True
    note: str = ""
    raw: bytes = b""


@customdataclass
class Needy(Data):
    value: float


def test_types_are_equal_by_class_and_metadata_in_any_order():
    one, other = DataType(Greeks, {"b": 2, "a": 1}), DataType(Greeks, {"a": 1, "b": 2})
    assert one == other
    assert hash(one) == hash(other)
    assert one.topic == other.topic == "Greeks.a=1.b=2"
    assert one != DataType(Greeks)
    assert DataType(Greeks) == DataType(Greeks, {})
    assert (str(DataType(Greeks)), repr(one)) == ("Greeks", "DataType(type=Greeks, metadata={'b': 2, 'a': 1})")
    with pytest.raises(TypeError, match="invalid `type` of a data type, must be a class, was 'Greeks'"):
        DataType("Greeks")


def test_custom_data_is_an_object_with_its_type():
    item = CustomData(DataType(Greeks), Greeks(1, 2, delta=0.5))
    assert (item.ts_event, item.ts_init, item.data.delta) == (1, 2, 0.5)
    assert item == CustomData(DataType(Greeks), Greeks(1, 2, delta=0.5))
    assert item != CustomData(DataType(Greeks, {"k": 1}), Greeks(1, 2, delta=0.5))
    with pytest.raises(TypeError, match="invalid `data`, must be of QuoteTick, was Greeks"):
        CustomData(DataType(QuoteTick), Greeks())


def test_a_class_of_custom_data_goes_there_and_back():
    full = Greeks(
        1, 2, InstrumentId.from_str("A.B"), 0.25, Price.from_str("1.50"), Venue("X"), 3, False, "text", b"\x00\xff"
    )  # fmt: skip
    for item in (full, Greeks(5, 6)):
        assert Greeks.from_dict(item.to_dict()) == item
        assert Greeks.from_bytes(item.to_bytes()) == item
        assert Greeks.from_arrow(item.to_arrow()) == [item]
    assert full.to_dict() == {
        "instrument_id": "A.B", "delta": 0.25, "strike": "1.50", "venue": "X", "count": 3, "call": False, "note": "text",
        "raw": b"\x00\xff", "type": "Greeks", "ts_event": 1, "ts_init": 2,
    }  # fmt: skip
    assert full != Greeks(1, 2)
    assert Greeks(1, 2) != Greeks(1, 3)
    assert repr(Needy(0, 1, 2.0)) == (
        "Needy(value=2.0, ts_event=1970-01-01T00:00:00.000000000Z, ts_init=1970-01-01T00:00:00.000000001Z)"
    )


def test_what_a_class_of_custom_data_must_be():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'value'"):
        Needy(1, 2)
    with pytest.raises(TypeError, match="`object` cannot be custom data, must derive from"):
        customdataclass(object)

    @customdataclass(eq=False)
    class Odd(Data):
        prices: list = None  # type: ignore[assignment]

        def to_dict(self) -> dict:
            return {"own": True}

    assert Odd(1, 2).to_dict() == {"own": True}
    with pytest.raises(TypeError, match="field `prices` of Odd is a <class 'list'>, which has no Arrow type here"):
        Odd._schema


def test_names_of_classes_and_signals():
    assert Greeks.fully_qualified_name().endswith("test_custom_data:Greeks")
    assert not Greeks.is_signal()
