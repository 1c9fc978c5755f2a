"""Why an order filled, or did not: from its own events, and a second look at the market of its lifetime."""

from nautilus_lite.backtest.explain.explain import explain_order, find_order
from nautilus_lite.backtest.explain.explanation import OrderExplanation

__all__ = ["OrderExplanation", "explain_order", "find_order"]
