"""Status, closing prices, mark and index prices and funding rates as values, and as packed rows."""

import pickle
from decimal import Decimal

import pytest

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import (
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
from nautilus_lite.model.data.update_rows import pack_updates, unpack_updates
from nautilus_lite.model.enums import InstrumentCloseType, MarketStatusAction, market_status_action_from_str
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Price

ID = InstrumentId.from_str("BTCUSDT-PERP.SIM")
NO_REASON = InstrumentStatus(ID, MarketStatusAction.TRADING, 1, 2)
STATUS = InstrumentStatus(ID, MarketStatusAction.HALT, 3, 4, "volatility", "LULD", False, True, None)
CLOSE = InstrumentClose(ID, Price.from_str("101.25"), InstrumentCloseType.CONTRACT_EXPIRED, 5, 6)
MARK = MarkPriceUpdate(ID, Price.from_str("100.12345678"), 7, 8)
INDEX = IndexPriceUpdate(ID, Price.from_str("100.5"), 9, 10)
FUNDING = FundingRateUpdate(ID, Decimal("-0.00012345"), 11, 12, 480, 28_800_000_000_000)
PLAIN_FUNDING = FundingRateUpdate(ID, Decimal("0.0001"), 11, 12)
ALL = [NO_REASON, STATUS, CLOSE, MARK, INDEX, FUNDING, PLAIN_FUNDING]


@pytest.mark.parametrize("value", ALL, ids=lambda v: type(v).__name__)
class TestValues:
    def test_dict_and_pickle_give_it_back(self, value):
        again = type(value).from_dict(value.to_dict())
        assert again == value
        assert hash(again) == hash(value)
        assert pickle.loads(pickle.dumps(value)) == value
        assert value.to_dict(value)["type"] == type(value).__name__

    def test_differs_from_another_time(self, value):
        values = value.to_dict()
        values["ts_event"] += 1
        assert type(value).from_dict(values) != value

    def test_packed_rows_give_it_back(self, value):
        kind = {"InstrumentStatus": "status", "InstrumentClose": "close", "MarkPriceUpdate": "mark",
                "IndexPriceUpdate": "index", "FundingRateUpdate": "funding"}[type(value).__name__]
        assert unpack_updates(kind, pack_updates(kind, [value]), ID) == [value]


def test_mark_and_index_of_equal_price_differ():
    assert MarkPriceUpdate(ID, Price.from_str("1.0"), 1, 1) != IndexPriceUpdate(ID, Price.from_str("1.0"), 1, 1)


def test_values_are_nautilus_traders():
    assert [int(market_status_action_from_str(name)) for name in ("TRADING", "HALT", "NOT_AVAILABLE_FOR_TRADING")] == [7, 8, 15]
    assert STATUS.action == MarketStatusAction.HALT
    assert (STATUS.is_trading, STATUS.is_quoting, STATUS.is_short_sell_restricted) == (False, True, None)
    assert CLOSE.close_price == Price.from_str("101.25")
    assert FUNDING.next_funding_ns == 28_800_000_000_000
    assert PLAIN_FUNDING.next_funding_ns is None
    assert PLAIN_FUNDING.interval is None


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="invalid MarketStatusAction value"):
        InstrumentStatus(ID, 99, 0, 0)
    with pytest.raises(TypeError, match="invalid `is_trading`, must be True, False or None, was 1"):
        InstrumentStatus(ID, MarketStatusAction.HALT, 0, 0, is_trading=1)
    with pytest.raises(ValueError, match="invalid `rate`, must be finite"):
        FundingRateUpdate(ID, Decimal("NaN"), 0, 0)
    with pytest.raises(ValueError, match="invalid `interval`, must be positive minutes, was 0"):
        FundingRateUpdate(ID, Decimal("0.1"), 0, 0, interval=0)


def test_rows_refuse_what_they_cannot_hold():
    with pytest.raises(InvalidData, match="item 1 is a IndexPriceUpdate among MarkPriceUpdates"):
        pack_updates("mark", [MARK, INDEX])
    with pytest.raises(InvalidData, match="at most 128 bytes"):
        pack_updates("status", [InstrumentStatus(ID, MarketStatusAction.HALT, 0, 0, "x" * 129)])
    with pytest.raises(InvalidData, match="at most 16 decimal places"):
        pack_updates("funding", [FundingRateUpdate(ID, Decimal("1e-17"), 0, 0)])
