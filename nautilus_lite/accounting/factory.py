"""Makes accounts from their first state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nautilus_lite.accounting.accounts.cash import CashAccount
from nautilus_lite.accounting.accounts.margin import MarginAccount
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import AccountType

if TYPE_CHECKING:
    from nautilus_lite.model.events.account import AccountState


class AccountFactory:
    """Makes accounts."""

    @staticmethod
    def create(event: AccountState, calculate_account_state: bool = True) -> CashAccount | MarginAccount:
        """Return the account that starts with `event`.

        Parameters
        ----------
        event : AccountState
            The first state.
        calculate_account_state : bool, default True
            Whether fills and orders change the account; False freezes it.

        Raises
        ------
        InvalidConfiguration
            If there is no account of that type.
        """
        if event.account_type == AccountType.CASH:
            return CashAccount(event, calculate_account_state)
        if event.account_type == AccountType.MARGIN:
            return MarginAccount(event, calculate_account_state)
        raise InvalidConfiguration(
            f"invalid `account_type`, must be CASH or MARGIN, was {AccountType(event.account_type).name}",
        )
