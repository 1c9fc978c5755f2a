from nautilus_lite.model.instruments.base cimport Instrument
