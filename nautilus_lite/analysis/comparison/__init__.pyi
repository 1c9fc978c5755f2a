from nautilus_lite.analysis.comparison import charts as charts
from nautilus_lite.analysis.comparison.data import ComparisonData
from nautilus_lite.analysis.comparison.figures import ComparisonFigures
from nautilus_lite.analysis.comparison.sheet import render_comparison, write_comparison, write_comparison_image

__all__ = ["ComparisonData", "ComparisonFigures", "render_comparison", "write_comparison", "write_comparison_image"]
