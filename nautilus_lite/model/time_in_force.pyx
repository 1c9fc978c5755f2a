"""`TimeInForce`; users import it from `nautilus_lite.model.enums`."""
