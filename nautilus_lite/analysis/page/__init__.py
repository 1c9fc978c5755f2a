"""What HTML reports are made of: document, style, cards, tiles, tables and charts. A report says what, this says how it looks."""

from nautilus_lite.analysis.page.charts import Chart, figure
from nautilus_lite.analysis.page.document import document, write_whole
from nautilus_lite.analysis.page.image import write_image
from nautilus_lite.analysis.page.parts import Part, card, join, note, row
from nautilus_lite.analysis.page.sampling import downsample

__all__ = ["Chart", "Part", "card", "document", "downsample", "figure", "join", "note", "row", "write_image", "write_whole"]
