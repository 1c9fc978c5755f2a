from nautilus_lite.backtest.models.fill.base cimport FillModel
