from nautilus_lite.model.enums import TimeInForce as TimeInForce
