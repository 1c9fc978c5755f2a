from nautilus_lite.accounting.accounts.base import Account
from nautilus_lite.backtest.models.fee import FeeModel
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.model.orders.base import Order
from nautilus_lite.model.position import Position

def charge(model: FeeModel, order: Order, fill: OrderFilled, instrument: Instrument, filled_raw: int) -> Money: ...
def with_fees(order: Order, commissions: dict[TradeId, Money], fills: dict[TradeId, OrderFilled]) -> Order: ...
def position_with_fees(position: Position, fills: dict[TradeId, OrderFilled]) -> Position: ...
def account_with_fees(
    account: Account,
    changes: list[tuple[int, Currency, int]],
    fills: list[OrderFilled],
    positions: dict[int, Position],
) -> tuple[Account, list[tuple[int, Currency, int]]]: ...
