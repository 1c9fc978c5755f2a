"""Whether the money of a run adds up: start + realised PnL - fees + funding + other bookings + unrealised PnL = end equity.

Every term comes from where it belongs and not from the balance: PnL from positions, fees from orders, funding
and adjustments from their own records, the value of what is open from the last prices; the end is the last sample of
equity. All of it is added up as integers of minor units, for every account and currency, so a difference of one cent shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.ledger import LedgerCause
from nautilus_lite.model.objects import Money

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "start", "realized_pnl", "fees", "funding", "adjustments", "reported", "exchanged", "unrealized_pnl", "end", "difference",
)


@dataclass
class Statement:
    """The identity of one account in one currency, in minor units.

    Parameters
    ----------
    account_id : AccountId
    currency : Currency
    terms : dict of str to int
        By the names of `COLUMNS` without `difference`; fees are positive where they were paid.
    balance : int
        Of the account at the end, without what positions are worth.
    booked : int
        What the account's ledger adds up to.
    """

    account_id: Any
    currency: Any
    terms: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS[:-1], 0))
    balance: int = 0
    booked: int = 0

    @property
    def difference(self) -> int:
        """What the end has over its parts; zero where the money adds up."""
        parts = sum(raw for name, raw in self.terms.items() if name not in ("fees", "end"))
        return self.terms["end"] - parts + self.terms["fees"]

    def text(self) -> str:
        """Return the identity in words, without the terms that are zero."""
        words = {
            "realized_pnl": "PnL", "funding": "funding", "adjustments": "adjustments", "reported": "reported",
            "exchanged": "exchanged", "unrealized_pnl": "unrealised",
        }
        signed = [(word, self.terms[name]) for name, word in words.items()]
        signed.insert(1, ("fees", -self.terms["fees"]))
        steps = "".join(f" {'-' if raw < 0 else '+'} {self._amount(abs(raw))} {word}" for word, raw in signed if raw)
        start, end = self._amount(self.terms["start"]), self._amount(self.terms["end"])
        off = f", {self._amount(self.difference)} unexplained" if self.difference else ""
        return f"{self.account_id}: {start}{steps} = {end} {self.currency}{off}"

    def _amount(self, raw: int) -> str:
        return f"{Money.from_raw(raw, self.currency).as_decimal():,}"

    def problems(self) -> list[str]:
        """Return what does not add up, in words."""
        found = []
        where = f"{self.account_id} in {self.currency}"
        if self.difference:
            found.append(f"money of {where} does not add up: {Money.from_raw(self.difference, self.currency)} unexplained")
        if self.booked != self.balance:
            missing = Money.from_raw(self.balance - self.booked, self.currency)
            found.append(f"the ledger of {where} does not add up to its balance: {missing} unexplained")
        return found


def reconcile(
    accounts: Iterable[Any],
    positions: Sequence[Any],
    orders: Iterable[Any],
    open_values: Iterable[tuple[Any, Any, Any]],
    funding: Iterable[Any],
    adjustments: Iterable[Any],
    equity: Mapping[tuple[Any, Any], int],
) -> list[Statement]:
    """Return the identity of every account and currency.

    Parameters
    ----------
    accounts : iterable of Account
    positions : sequence of Position
        Every position and closed netting cycle.
    orders : iterable of Order
    open_values : iterable of (Position, Money or None, Money)
        As of `Portfolio.open_values`.
    funding : iterable of FundingPayment
    adjustments : iterable of Adjustment
    equity : mapping of (AccountId, Currency) to int
        At the end, minor units.

    Notes
    -----
    A cash account pays for what it buys. What an open position cost is part of its unrealised PnL, `value - cost`; that of a
    spot pair is not, as its value is a balance of its own: there `exchanged` is what left the one currency and came into the
    other. Where an account keeps its books in one currency and an instrument settles in another, PnL and fees are as booked
    at the rate of their time, and what the positions say is compared before the conversion.
    """
    held = {account.id: account for account in accounts}
    books = {key: _Book(account) for key, account in held.items()}
    for position in positions:
        if position.account_id in books:
            books[position.account_id].add_position(position)
    for order in orders:
        if order.account_id in books:
            for fee in order.commissions():
                books[order.account_id].add_fee(fee)
    for position, value, cost in open_values:
        books[position.account_id].add_open(position, value, cost)
    for payment in funding:
        for book in books.values():
            if book.account.id.get_issuer() == str(payment.instrument_id.venue):
                book.add("funding", payment.amount.currency, payment.amount.raw)
    for adjustment in adjustments:
        for book in books.values():
            if book.account.id.get_issuer() == adjustment.venue:
                book.add("adjustments", adjustment.amount.currency, adjustment.amount.raw)
    for (account_id, currency), raw in equity.items():
        books[account_id].add("end", currency, raw)
    return [statement for book in books.values() for statement in book.close()]


def statement_frame(statements: Sequence[Statement]) -> pd.DataFrame:
    """Return one row an account and currency, in units of the currency.

    Parameters
    ----------
    statements : sequence of Statement

    Returns
    -------
    DataFrame
        Indexed by `account_id` and `currency`, float64: the float nearest to the exact amount.
    """
    import pandas as pd

    index = pd.MultiIndex.from_arrays(
        [
            pd.array([str(statement.account_id) for statement in statements], dtype="string"),
            pd.array([str(statement.currency) for statement in statements], dtype="string"),
        ],
        names=["account_id", "currency"],
    )
    scales = np.array([10.0**statement.currency.precision for statement in statements])
    columns = {name: [statement.terms[name] for statement in statements] for name in COLUMNS[:-1]}
    columns["difference"] = [statement.difference for statement in statements]
    return pd.DataFrame({name: np.array(raws, dtype=np.int64) / scales for name, raws in columns.items()}, index=index)


class _Book:
    """What one account's terms are made from."""

    def __init__(self, account: Any) -> None:
        self.account = account
        self.base = account.base_currency
        self.frozen = not account.calculate_account_state
        self.statements: dict[Any, Statement] = {}
        self.rows = account.ledger.rows()
        self.currencies = account.ledger.currencies
        # What was converted has no term of its own in the books' currency; compared before the conversion instead
        self.pnl_before: dict[Any, int] = defaultdict(int)
        self.fees_before: dict[Any, int] = defaultdict(int)
        self.costs: dict[Any, int] = defaultdict(int)
        for money in account.starting_balances().values():
            self.add("start", money.currency, money.raw)
        for currency, money in account.balances_total().items():
            self._statement(currency).balance = money.raw

    def add(self, term: str, currency: Any, raw: int) -> None:
        self._statement(currency).terms[term] += raw

    def _statement(self, currency: Any) -> Statement:
        if currency not in self.statements:
            self.statements[currency] = Statement(self.account.id, currency)
        return self.statements[currency]

    def _is_own(self, currency: Any) -> bool:
        return self.base is None or currency == self.base

    def _is_pair(self, instrument: Any) -> bool:
        return bool(
            self.account.is_cash_account
            and self.base is None
            and instrument.instrument_class == InstrumentClass.SPOT
            and instrument.base_currency is not None
        )

    def add_position(self, position: Any) -> None:
        if self.frozen:
            return
        gross = position.gross_pnl
        if self._is_own(gross.currency):
            self.add("realized_pnl", gross.currency, gross.raw)
        else:
            self.pnl_before[gross.currency] += gross.raw
        if self._is_pair(position.instrument):
            for fill in position.events:
                qty = Money(fill.last_qty.as_decimal(), position.base_currency).raw
                self.add("exchanged", position.base_currency, qty if fill.is_buy else -qty)

    def add_fee(self, fee: Any) -> None:
        if self.frozen or fee.raw == 0:
            return
        if self._is_own(fee.currency):
            self.add("fees", fee.currency, fee.raw)
        else:
            self.fees_before[fee.currency] += fee.raw

    def add_open(self, position: Any, value: Any, cost: Any) -> None:
        if value is not None:
            self.add("unrealized_pnl", value.currency, value.raw)
        if self.frozen:
            return
        if self._is_pair(position.instrument):
            self.add("exchanged", cost.currency, -cost.raw)
        elif self._is_own(cost.currency):
            self.add("unrealized_pnl", cost.currency, -cost.raw)
        else:
            self.costs[cost.currency] += cost.raw

    def close(self) -> list[Statement]:
        rows = self.rows
        for index, currency in enumerate(self.currencies):
            of = rows[rows["currency"] == index]
            if not len(of):
                continue
            statement = self._statement(currency)
            statement.booked = int(of["amount"].sum())
            statement.terms["reported"] += int(of["amount"][of["cause"] == LedgerCause.REPORTED].sum())
        converted = rows[rows["currency"] != rows["original_currency"]]
        for index, currency in enumerate(self.currencies):
            of = converted[converted["original_currency"] == index]
            if len(of):
                self._add_converted(currency, of)
        return list(self.statements.values())

    def _add_converted(self, currency: Any, rows: np.ndarray) -> None:
        trades = rows[rows["cause"] == LedgerCause.TRADE]
        fees = rows[rows["cause"] == LedgerCause.FEE]
        # Before the conversion positions and fills say what was to be booked; what is off there is left unexplained here
        off = self.pnl_before[currency] - self.costs[currency] - int(trades["original"].sum())
        off_fees = self.fees_before[currency] + int(fees["original"].sum())
        realized = int(trades["realized"].sum())
        self.add("realized_pnl", self.base, realized + off)
        self.add("fees", self.base, -int(fees["amount"].sum()) + off_fees)
        # What is held cost this much at the rates of its time
        self.add("unrealized_pnl", self.base, int(trades["amount"].sum()) - realized)
