"""From paper to money: what the decisions were worth, and what each step from decision to money added or took.

For every currency, in integers of its minor unit, the parts add up to the change of equity::

    gross = paper + delay + spread + unsplit + unmeasured
    net   = gross + fees + rebates + funding + adjustments

- paper: what the trades would have made at the middle of the market when each order was sent, open positions at market.
- delay: middle at the decision to middle at the arrival at the venue (what latency cost).
- spread: middle at the arrival to the price of the fill (half-spread paid or earned, impact, and what the middle moved while
  an order rested).
- unsplit: decision to fill, where the middle at the arrival was not known, so that the two above cannot be told apart.
- unmeasured: what trades made of which no middle was known at any moment, so that their paper value is not known.
- gross: what the trades made at the prices of their fills.
- fees, rebates: commissions of fills that cost, and that paid.
- funding, adjustments: bookings that no order caused.
- net: equity at the end less opening equity.

Every part is signed as money: negative where it took. This is implementation shortfall [1]_ on the orders that were filled; what
orders that never filled would have made is not in it.

Nothing is rounded but at the end of a part, once a currency; paper takes what remains, so that the sum is exact.

References
----------
.. [1] A. F. Perold, "The implementation shortfall: paper versus reality", Journal of Portfolio Management 14 (1988) 4-9.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.model.enums import InstrumentClass, LiquiditySide, OrderSide
from nautilus_lite.model.ledger import LedgerCause
from nautilus_lite.model.objects import Currency, Money

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("paper", "delay", "spread", "unsplit", "unmeasured", "fees", "rebates", "funding", "adjustments")
"""The parts in the order of a waterfall; they sum to `net`, the first five to `gross`."""
COLUMNS = (*PARTS[:5], "gross", *PARTS[5:], "net")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Parts of the change of equity in one currency, in its minor units.

    Parameters
    ----------
    currency : Currency
    paper, delay, spread, unsplit, unmeasured, fees, rebates, funding, adjustments : int
        Signed as money: what each added.
    net : int
        Equity at the end less opening equity.
    n_fills : int
        Fills whose costs are in this currency; fills at expiry, which nobody executed, are not among them.
    n_no_decision : int
        Fills of which the middle at the decision was not known but a later one was: they count from there, their delay as zero.
    n_unmeasured : int
        Fills of which no middle was known.
    """

    currency: Currency
    paper: int
    delay: int
    spread: int
    unsplit: int
    unmeasured: int
    fees: int
    rebates: int
    funding: int
    adjustments: int
    net: int
    n_fills: int
    n_no_decision: int
    n_unmeasured: int

    @property
    def gross(self) -> int:
        """What the trades made at the prices of their fills, open positions at market."""
        return self.paper + self.delay + self.spread + self.unsplit + self.unmeasured

    def money(self, part: str) -> Money:
        """Return one part as Money.

        Parameters
        ----------
        part : str
            One of `PARTS`, `gross` or `net`.
        """
        return Money.from_raw(getattr(self, part), self.currency)


def attribute(
    positions: Sequence[Any],
    accounts: Iterable[Any],
    samples: np.ndarray,
    slots: Sequence[tuple[Any, Any]],
    statements: Iterable[Any],
) -> list[Attribution]:
    """Attribute the change of equity, one entry a currency, sorted by its code.

    Parameters
    ----------
    positions : sequence of Position
        All positions and closed netting cycles.
    accounts : iterable of Account
    samples : ndarray
        Equity samples, the opening balance first, as of `BacktestResult.equity_samples`.
    slots : sequence of (AccountId, Currency)
    statements : iterable of Statement
        As of `analysis.reconcile`; what open positions are worth more than they cost.

    Raises
    ------
    ValueError
        If there are no equity samples: open positions have no value then.

    Notes
    -----
    An account with a base currency books in it at the rate of the moment. Costs in the quote currency of a pair of that base
    are converted at the middle of the fill; the PnL of other instruments that settle in another currency is `unmeasured`. What
    is open is known in sum alone: where one open position cannot be split, that of all in the currency goes with it.
    """
    if not len(samples):
        raise ValueError("nothing to attribute: the run kept no equity, `equity_interval_ns` was 0")
    of_account = {str(account.id): account for account in accounts}
    books = _books(samples, slots)
    for key, account in of_account.items():
        _take_ledger(books, key, account.ledger)
    for statement in statements:
        book = books.get((str(statement.account_id), str(statement.currency)))
        if book is not None:
            book.open_pnl = statement.terms["unrealized_pnl"]
    for position in positions:
        account = of_account[str(position.account_id)]
        if account.calculate_account_state:
            _take_position(books, account, position)
    totals: dict[str, Attribution] = {}
    for (_, code), book in books.items():
        entry = book.close()
        totals[code] = entry if code not in totals else _add(totals[code], entry)
    return [totals[code] for code in sorted(totals)]


def attribution_frame(entries: Sequence[Attribution]) -> pd.DataFrame:
    """Return one row a currency with the parts, `gross` and `net` in its units, then the counts of fills.

    Parameters
    ----------
    entries : sequence of Attribution
    """
    import pandas as pd

    rows = [
        {
            **{part: getattr(entry, part) / 10**entry.currency.precision for part in COLUMNS},
            **{name: getattr(entry, name) for name in ("n_fills", "n_no_decision", "n_unmeasured")},
        }
        for entry in entries
    ]
    columns = [*COLUMNS, "n_fills", "n_no_decision", "n_unmeasured"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index([str(e.currency) for e in entries], name="currency"))


class _Book:
    """What is known of one currency of one account."""

    def __init__(self, currency: Any, opening: int, closing: int) -> None:
        self.currency = currency
        self.net = closing - opening
        self.open_pnl = 0
        self.delay = self.spread = self.unsplit = Fraction(0)
        self.fees = self.rebates = self.funding = self.adjustments = 0
        self.measured_pnl = self.unmeasured_pnl = 0
        self.has_foreign = self.open_unmeasured = False
        self.n_no_decision = 0
        # A fill that flips a position is part of two
        self.executed: set[Any] = set()
        self.lost: set[Any] = set()

    def close(self) -> Attribution:
        """Round the costs, and let paper take what remains."""
        traded = self.net - self.fees - self.rebates - self.funding - self.adjustments
        unmeasured = self._unmeasured(traded)
        delay, spread, unsplit = -round(self.delay), -round(self.spread), -round(self.unsplit)
        return Attribution(
            currency=self.currency,
            paper=traded - unmeasured - delay - spread - unsplit,
            delay=delay,
            spread=spread,
            unsplit=unsplit,
            unmeasured=unmeasured,
            fees=self.fees,
            rebates=self.rebates,
            funding=self.funding,
            adjustments=self.adjustments,
            net=self.net,
            n_fills=len(self.executed),
            n_no_decision=self.n_no_decision,
            n_unmeasured=len(self.lost),
        )

    def _unmeasured(self, traded: int) -> int:
        if self.has_foreign:
            # Booked at rates that are not known afterwards: everything but what settles in this very currency
            return traded - self.measured_pnl - (0 if self.open_unmeasured else self.open_pnl)
        return self.unmeasured_pnl + (self.open_pnl if self.open_unmeasured else 0)


def _books(samples: np.ndarray, slots: Sequence[tuple[Any, Any]]) -> dict[tuple[str, str], _Book]:
    """Return a book for every currency of every account; one that came later opened with nothing."""
    books = {}
    first_ts, last_ts = samples["ts"][0], samples["ts"][-1]
    # In a run without length opening and closing have one time: the first sample of a slot is the opening one all the same
    for i, (account_id, currency) in enumerate(slots):
        own = samples[samples["slot"] == i]
        opened = len(own) > 0 and own["ts"][0] == first_ts and (first_ts != last_ts or len(own) > 1)
        closed = len(own) > 0 and own["ts"][-1] == last_ts
        books[str(account_id), str(currency)] = _Book(
            currency,
            int(own["equity"][0]) if opened else 0,
            int(own["equity"][-1]) if closed else 0,
        )
    return books


def _take_position(books: dict[tuple[str, str], _Book], account: Any, position: Any) -> None:
    """Add the costs of a position's fills, and what of its PnL cannot be split, to the books."""
    instrument, base = position.instrument, account.base_currency
    cost_currency = position.settlement_currency if account.is_margin_account else _cost_currency(instrument)
    key = str(position.account_id)
    book = books[key, str(base or cost_currency)]
    fills = position.events
    executed = [fill for fill in fills if fill.liquidity_side != LiquiditySide.NO_LIQUIDITY_SIDE]
    rule = _rate_rule(instrument, cost_currency, base)
    measured = [] if rule is None else [fill for fill in executed if _has_mid(fill, rule)]
    n_lost = len(executed) - len(measured)
    book.executed.update(fill.trade_id for fill in executed)
    book.lost.update({fill.trade_id for fill in executed} - {fill.trade_id for fill in measured})
    # Spot pairs in an account of several currencies have flows, not PnL: each fill stands for itself
    is_spot = account.is_cash_account and base is None and instrument.instrument_class == InstrumentClass.SPOT
    is_spot = is_spot and instrument.base_currency is not None
    if n_lost and not is_spot:
        book.open_unmeasured = book.open_unmeasured or position.is_open
        if rule == "own":
            book.unmeasured_pnl += position.gross_pnl.raw
        else:
            book.has_foreign = True
        return
    if rule == "own" and not is_spot:
        book.measured_pnl += position.gross_pnl.raw
    scale = _minor_units(instrument, book.currency)
    if n_lost:
        lost = [fill for fill in executed if not _has_mid(fill, "own")]
        book.unmeasured_pnl += round(sum(-_signed(fill) * fill.last_px.raw for fill in lost) * scale)
    _take_costs(book, measured, scale, rule == "mid", instrument.is_inverse)


def _take_ledger(books: dict[tuple[str, str], _Book], key: str, ledger: Any) -> None:
    """Add what an account booked besides trades, as it was booked: in its own currency."""
    rows = ledger.rows()
    for i, currency in enumerate(ledger.currencies):
        of = rows[rows["currency"] == i]
        if not len(of):
            continue
        book = books[key, str(currency)]
        fees = of["amount"][of["cause"] == LedgerCause.FEE]
        book.fees = int(fees[fees < 0].sum())
        book.rebates = int(fees[fees > 0].sum())
        book.funding = int(of["amount"][of["cause"] == LedgerCause.FUNDING].sum())
        others = (of["cause"] == LedgerCause.ADJUSTMENT) | (of["cause"] == LedgerCause.REPORTED)
        book.adjustments = int(of["amount"][others].sum())


def _take_costs(book: _Book, fills: Sequence[Any], scale: Fraction, converts: bool, is_inverse: bool) -> None:
    """Add the costs of fills with a known middle; prices count in half raw units, in which a middle is whole."""
    delay: Any = 0
    spread: Any = 0
    unsplit: Any = 0
    for fill in fills:
        price = fill.last_px
        unit = 2 * 10**price.precision
        size: Any = _signed(fill)
        if converts:
            size /= Fraction(fill.mid_fill)
        decision, arrival, at_fill = (
            None if math.isnan(mid) else round(mid * unit) for mid in (fill.mid_decision, fill.mid_arrival, fill.mid_fill)
        )
        paid = 2 * price.raw
        first = next(mid for mid in (decision, arrival, at_fill) if mid is not None)
        book.n_no_decision += decision is None
        if decision is not None and arrival is None:
            unsplit += size * _worse(first, paid, is_inverse)
            continue
        reached = first if arrival is None else arrival
        delay += size * _worse(first, reached, is_inverse)
        spread += size * _worse(reached, paid, is_inverse)
    factor = 2 * scale if is_inverse else scale / 2
    book.delay += delay * factor
    book.spread += spread * factor
    book.unsplit += unsplit * factor


def _worse(low: int, high: int, is_inverse: bool) -> Any:
    """How much more a unit costs at the second price."""
    return Fraction(1, low) - Fraction(1, high) if is_inverse else high - low


def _signed(fill: Any) -> int:
    return fill.last_qty.raw if fill.order_side == OrderSide.BUY else -fill.last_qty.raw


def _has_mid(fill: Any, rule: str) -> bool:
    """Whether any middle is known; that of the fill, where it converts."""
    if rule == "mid" and math.isnan(fill.mid_fill):
        return False
    return not (math.isnan(fill.mid_decision) and math.isnan(fill.mid_arrival) and math.isnan(fill.mid_fill))


def _cost_currency(instrument: Any) -> Any:
    if instrument.is_quanto:
        return instrument.settlement_currency
    return instrument.base_currency if instrument.is_inverse else instrument.quote_currency


def _rate_rule(instrument: Any, cost_currency: Any, base: Any) -> str | None:
    """How costs become money of the account: `own`, at the `mid` of the instrument itself, or None where not known."""
    if base is None or base == cost_currency:
        return "own"
    if instrument.base_currency == base and instrument.quote_currency == cost_currency and not instrument.is_inverse:
        return "mid"
    return None


def _minor_units(instrument: Any, booked: Any) -> Fraction:
    """Minor units of the booked currency per raw quantity x raw price; of inverse contracts per raw quantity / raw price."""
    multiplier = Fraction(instrument.multiplier.raw, 10**instrument.multiplier.precision)
    unit = multiplier * Fraction(10**booked.precision, 10**instrument.size_precision)
    return unit * 10**instrument.price_precision if instrument.is_inverse else unit / 10**instrument.price_precision


def _add(a: Attribution, b: Attribution) -> Attribution:
    sums = {field.name: getattr(a, field.name) + getattr(b, field.name) for field in fields(a) if field.name != "currency"}
    return Attribution(currency=a.currency, **sums)
