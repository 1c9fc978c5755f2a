"""What a venue booked that no order caused."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from nautilus_lite.model.identifiers import InstrumentId, PositionId, StrategyId
from nautilus_lite.model.objects import Money


class FundingPayment(NamedTuple):
    """Funding of one position at one time.

    Parameters
    ----------
    ts : int
        UNIX nanoseconds.
    rate : Decimal
        Of the notional; positive: longs pay.
    price : float
        At which the position was valued.
    amount : Money
        As booked, in the account's currency; negative where the position paid.
    """

    ts: int
    instrument_id: InstrumentId
    position_id: PositionId
    strategy_id: StrategyId
    rate: Decimal
    price: float
    amount: Money


class Adjustment(NamedTuple):
    """Money that something other than trading and funding moved, as rollover interest.

    Parameters
    ----------
    ts : int
        UNIX nanoseconds.
    venue : str
    reason : str
        What booked it.
    amount : Money
        As booked, in the account's currency.
    """

    ts: int
    venue: str
    reason: str
    amount: Money
