"""The page of a comparison: what differs between worlds that saw the same data, how surely, and why."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "charts": (),
        "data": ("ComparisonData",),
        "figures": ("ComparisonFigures",),
        "sheet": ("render_comparison", "write_comparison", "write_comparison_image"),
    },
)  # fmt: skip
__all__ = __dir__()
