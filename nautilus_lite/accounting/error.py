"""Errors of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nautilus_lite.errors import NautilusLiteError

if TYPE_CHECKING:
    from nautilus_lite.model.objects import Currency, Money


class AccountError(NautilusLiteError, ValueError):
    """An account came into a state it must not be in."""


class AccountBalanceNegative(AccountError):
    """A cash account spent more than it held.

    Parameters
    ----------
    balance : Money
        The total the account would have come to.
    currency : Currency
        The currency of the balance.
    """

    def __init__(self, balance: Money, currency: Currency) -> None:
        self.balance = balance
        self.currency = currency
        super().__init__(
            f"cash account balance must not be negative, was {balance}: "
            "start with more, trade smaller, or use a margin account",
        )


class AccountMarginExceeded(AccountError):
    """The margin of an account exceeds its balance.

    Parameters
    ----------
    balance : Money
        The balance of the account.
    margin : Money
        The margin it would have to hold.
    """

    def __init__(self, balance: Money, margin: Money) -> None:
        self.balance = balance
        self.margin = margin
        super().__init__(f"margin {margin} exceeds the account balance {balance}: trade smaller or raise the leverage")
