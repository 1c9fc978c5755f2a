"""What users keep in the cache themselves."""

import pytest

from nautilus_lite.cache.cache import Cache
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import PriceType
from nautilus_lite.model.objects import Currency, Price, Quantity

USD, EUR = Currency.from_str("USD"), Currency.from_str("EUR")


def test_bytes_are_kept_by_name():
    cache = Cache()
    cache.add("key", b"one")
    cache.add("key", b"two")
    assert (cache.get("key"), cache.get("other")) == (b"two", None)
    with pytest.raises(ValueError, match="invalid `key`, must not be empty"):
        cache.add("", b"")
    cache.reset()
    assert cache.get("key") is None


def test_mark_rates_stand_both_ways_until_they_are_cleared():
    cache = Cache()
    assert cache.get_mark_xrate(EUR, USD) is None
    cache.set_mark_xrate(EUR, USD, 1.25)
    assert (cache.get_mark_xrate(EUR, USD), cache.get_mark_xrate(USD, EUR)) == (1.25, 0.8)
    cache.clear_mark_xrate(EUR, USD)
    assert (cache.get_mark_xrate(EUR, USD), cache.get_mark_xrate(USD, EUR)) == (None, 0.8)
    cache.clear_mark_xrates()
    assert cache.get_mark_xrate(USD, EUR) is None
    cache.set_mark_xrate(EUR, USD, 1.25)
    cache.reset()
    assert cache.get_mark_xrate(EUR, USD) is None
    for rate in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="invalid `xrate` from EUR to USD, must be positive, was"):
            cache.set_mark_xrate(EUR, USD, rate)


def test_data_is_added_in_lists_and_capacities_are_told(pair):
    cache, aud, eur = Cache(), pair("AUD/USD"), pair("EUR/USD")
    cache.add_instrument(aud)
    cache.add_instrument(eur)
    one = Quantity.from_int(1)
    cache.add_quote_ticks(
        [QuoteTick(aud.id, Price.from_str(f"0.7000{i}"), Price.from_str(f"0.7001{i}"), one, one, i, i) for i in range(3)]
    )
    assert (cache.quote_tick_count(aud.id), cache.tick_capacity, cache.bar_capacity) == (3, 10_000, 10_000)
    assert cache.prices(PriceType.BID) == {aud.id: Price.from_str("0.70002")}
