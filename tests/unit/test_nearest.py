"""The name that somebody may have meant."""

from nautilus_lite.core.nearest import nearest


def test_the_most_like_is_named():
    assert nearest("EUR/USX", {"EUR/USD": 1, "GBP/USD": 2}) == "EUR/USD"
    assert nearest("quote", iter(["trade", "quotes"])) == "quotes"


def test_nothing_is_like_it():
    assert nearest("bar", ["EUR/USD"]) is None
    assert nearest("bar", []) is None
