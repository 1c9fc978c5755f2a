from nautilus_lite.backtest.models.fee.base cimport FeeModel
