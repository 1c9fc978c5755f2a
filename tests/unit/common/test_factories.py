"""Client order ids carry the time in UTC and a count."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.model.identifiers import StrategyId, TraderId


def factory_at(second: int, trader: str = "TRADER-001") -> OrderFactory:
    clock = TestClock()
    clock.set_time(second * 1_000_000_000 + 999_999_999)
    return OrderFactory(TraderId(trader), StrategyId("S-002"), clock)


@given(st.integers(0, 9_000_000_000))
def test_the_stamp_is_the_time_in_utc(second):
    moment = datetime.fromtimestamp(second, UTC)
    assert factory_at(second).generate_client_order_id().value == f"O-{moment:%Y%m%d-%H%M%S}-001-002-1"


@pytest.mark.parametrize(
    ("second", "stamp"),
    [
        (0, "19700101-000000"),
        (951_782_399, "20000228-235959"),
        (951_782_400, "20000229-000000"),      # a leap day that ends four centuries
        (951_868_800, "20000301-000000"),
        (4_107_542_399, "21000228-235959"),    # no leap day in 2100
        (4_107_542_400, "21000301-000000"),
        (1_735_689_599, "20241231-235959"),
    ],
)
def test_ends_of_months(second, stamp):
    assert factory_at(second).generate_client_order_id().value == f"O-{stamp}-001-002-1"


def test_ids_count_on_and_start_again():
    factory = factory_at(0)
    ids = [factory.generate_client_order_id().value.rpartition("-")[2] for _ in range(12)]
    assert ids == [str(i) for i in range(1, 13)]
    factory.reset()
    assert factory.generate_client_order_id().value.endswith("-1")


def test_a_tag_that_is_not_ascii():
    assert factory_at(0, "TRADER-ä1").generate_client_order_id().value == "O-19700101-000000-ä1-002-1"
