"""Orders, positions and accounts of a saved run: what statistics and reports ask of them, and nothing that acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nautilus_lite.model.enums import OrderSide, OrderStatus, OrderType
from nautilus_lite.model.identifiers import AccountId, ClientOrderId, InstrumentId, StrategyId
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.model.position import Position

if TYPE_CHECKING:
    from nautilus_lite.model.events.order import OrderFilled
    from nautilus_lite.model.instruments import Instrument
    from nautilus_lite.model.ledger import Ledger


@dataclass(slots=True)
class SavedOrder:
    """An order of a saved run.

    Parameters
    ----------
    events : list of OrderFilled
        Its fills, oldest first; other events are not kept.
    ts_init, ts_submitted, ts_accepted, ts_closed : int
        UNIX nanoseconds, 0 where it has not happened.
    """

    client_order_id: ClientOrderId
    strategy_id: StrategyId
    instrument_id: InstrumentId
    account_id: AccountId | None
    side: OrderSide
    order_type: OrderType
    status: OrderStatus
    ts_init: int
    ts_submitted: int
    ts_accepted: int
    ts_closed: int
    events: list[OrderFilled]

    @property
    def is_closed(self) -> bool:
        """If nothing can happen to it any more."""
        return self.ts_closed != 0

    def commissions(self) -> list[Money]:
        """Return the fees, one Money a currency."""
        raws: dict[Currency, int] = {}
        for fill in self.events:
            fee = fill.commission
            raws[fee.currency] = raws.get(fee.currency, 0) + fee.raw
        return [Money.from_raw(raw, currency) for currency, raw in raws.items()]


class SavedPosition(Position):
    """A position of a saved run, made again from its fills.

    Parameters
    ----------
    instrument : Instrument
    fills : sequence of OrderFilled
        Of this cycle, oldest first.
    mae, mfe : Money, optional
        Excursions as they were recorded.
    """

    def __init__(self, instrument: Instrument, fills: Sequence[OrderFilled], mae: Money | None, mfe: Money | None) -> None:
        super().__init__(instrument, fills[0])
        for fill in fills[1:]:
            self.apply(fill)
        if mae is not None and mfe is not None:
            self.set_excursions(mae, mfe)


@dataclass(frozen=True, slots=True)
class SavedAccount:
    """An account of a saved run: its ledger, and of which kind it was."""

    id: AccountId
    base_currency: Currency | None
    is_cash_account: bool
    is_margin_account: bool
    calculate_account_state: bool
    ledger: Ledger
