"""nautilus_lite: a Cython-accelerated, event-driven backtesting toolkit."""

__version__ = "0.1.0"
