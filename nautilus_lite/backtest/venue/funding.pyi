from nautilus_lite.backtest.venue.desk import VenueDesk
from nautilus_lite.backtest.venue.records import FundingPayment

class FundingDesk(VenueDesk):
    @property
    def payments(self) -> list[FundingPayment]: ...
    @property
    def late_count(self) -> int: ...

def due_ns(key: tuple[int, object]) -> int: ...
