from nautilus_lite.accounting.accounts.base import Account
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Money, Price, Quantity

class CashAccount(Account):
    def calculate_balance_locked(
        self,
        instrument: Instrument,
        side: OrderSide,
        quantity: Quantity,
        price: Price,
    ) -> Money: ...
