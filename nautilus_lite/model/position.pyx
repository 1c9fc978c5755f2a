"""Positions: exact quantity, cost and realised PnL.

Quantities and costs are integers: the cost of what is open is the sum of price x quantity in raw units, a partial close
takes its share of it, rounded half to even in those units, and the gross PnL is rounded to the currency only when it is
read, so that the PnL of a position closed in many parts is that of its prices and nothing else.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_sub
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport PositionSide
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity


cdef object _int_of(int128_t value):
    """A 128-bit integer as a Python int."""
    cdef uint64_t low = <uint64_t>value
    cdef int64_t high = <int64_t>(value >> 64)
    return (<object>high << 64) + <object>low


cdef object _round_half_even(object numerator, object denominator):
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient & 1):
        quotient += 1
    return quotient


cdef double _mean(int128_t cost, qty_raw_t qty, int precision) noexcept:
    """Mean price of a cost in raw units."""
    return <double>cost / <double>qty / <double>fixed_pow10(precision)


@cython.no_gc
cdef class Position:
    """One position, from its opening fill to the fill that makes it flat.

    Parameters
    ----------
    instrument : Instrument
    fill : OrderFilled
        The opening fill; it must name its position.

    Raises
    ------
    ValueError
        If the fill is of another instrument, of another precision, or names no position.

    Notes
    -----
    Realised PnL is net of the fees that are in the settlement currency; fees in other currencies are in `commissions()`.
    A fill larger than what is open is refused: the execution engine splits it into a close and an open.
    """

    def __init__(self, Instrument instrument not None, OrderFilled fill not None):
        self.begin_c(instrument, fill)

    cdef int begin_c(self, Instrument instrument, OrderFilled fill) except -1:
        if fill.instrument_id != instrument.id:
            raise ValueError(f"invalid `fill`, must be of {instrument.id}, was of {fill.instrument_id}")
        if fill.position_id is None:
            raise ValueError(f"invalid `fill`, must name its position, was {fill!r}")
        self.trader_id = fill.trader_id
        self.strategy_id = fill.strategy_id
        self.instrument_id = fill.instrument_id
        self.id = fill.position_id
        self.account_id = fill.account_id
        self.opening_order_id = fill.client_order_id
        self.instrument = instrument
        self.quote_currency = instrument.quote_currency
        self.base_currency = instrument.base_currency
        self.settlement_currency = instrument.settlement_currency
        self.size_precision = instrument.size_precision
        self.price_precision = instrument.price_precision
        self._events = EventLog.__new__(EventLog)
        self._commissions = Commissions.__new__(Commissions)
        self._entry = fill._order_side
        self._side = PositionSide.FLAT
        self.ts_init = fill.ts_init
        self.ts_opened = fill.ts_event
        return self.apply_c(fill)

    cdef int apply_c(self, OrderFilled fill) except -1:
        cdef int64_t fees
        if fill.qty_precision != self.size_precision or fill.px_precision != self.price_precision:
            raise ValueError(
                f"invalid precision of a fill of {self.instrument_id}, must be price {self.price_precision} and size "
                f"{self.size_precision}, was {fill.px_precision} and {fill.qty_precision}"
            )
        if self._events.n and self.signed_raw == 0:
            raise ValueError(f"cannot apply a fill to the closed position {self.id}: open a new one")
        if self.signed_raw == 0 or (self.signed_raw > 0) == (fill._order_side == OrderSide.BUY):
            self._open_c(fill)
        else:
            self._close_c(fill)
        if fill._order_side == OrderSide.BUY:
            self.bought_raw += fill.qty_raw
        else:
            self.sold_raw += fill.qty_raw
        if fill.commission_raw != 0:
            if fill.commission_currency == self.settlement_currency:
                if fixed_add(self.fees_raw, fill.commission_raw, &fees) != 0:
                    raise_overflow(f"fees of position {self.id}")
                self.fees_raw = fees
            self._commissions.add_c(fill.commission_currency, fill.commission_raw)
        self._side = (
            PositionSide.LONG if self.signed_raw > 0 else PositionSide.SHORT if self.signed_raw < 0 else PositionSide.FLAT
        )
        if fixed_abs(self.signed_raw) > self.peak_raw:
            self.peak_raw = fixed_abs(self.signed_raw)
        self.ts_last = fill.ts_event
        if self.signed_raw == 0:
            self.closing_order_id = fill.client_order_id
            self.ts_closed = fill.ts_event
            self.duration_ns = self.ts_closed - self.ts_opened
        self._events.append_c(fill)
        return 0

    cdef int _open_c(self, OrderFilled fill) except -1:
        cdef int64_t signed
        cdef int rc
        if fill._order_side == OrderSide.BUY:
            rc = fixed_add(self.signed_raw, fill.qty_raw, &signed)
        else:
            rc = fixed_sub(self.signed_raw, fill.qty_raw, &signed)
        if rc != 0:
            raise_overflow(f"quantity of position {self.id}")
        self.signed_raw = signed
        self._open_cost += <int128_t>fill.px_raw * fill.qty_raw
        self.avg_px_open = _mean(self._open_cost, fixed_abs(self.signed_raw), self.price_precision)
        return 0

    cdef int _close_c(self, OrderFilled fill) except -1:
        cdef qty_raw_t open_qty = fixed_abs(self.signed_raw)
        cdef int sign = 1 if self.signed_raw > 0 else -1
        cdef int128_t share, proceeds
        cdef int64_t total
        cdef money_raw_t gained
        if fill.qty_raw > open_qty:
            raise ValueError(
                f"invalid fill of position {self.id}, must not exceed the {Quantity.from_raw_c(open_qty, self.size_precision)} "
                f"that are open, was {fill.last_qty}: split it into a close and an open"
            )
        # cost * qty / open_qty without leaving 128 bits: remainder and quantity are below 2^63 each
        share = (self._open_cost // open_qty) * fill.qty_raw + fixed_div_half_even(
            (self._open_cost % open_qty) * fill.qty_raw, open_qty
        )
        proceeds = <int128_t>fill.px_raw * fill.qty_raw
        if self.instrument.is_inverse:
            gained = self._inverse_c(sign, self._open_cost, open_qty, fill.px_raw, fill.qty_raw)
            if fixed_add(self.gross_raw, gained, &total) != 0:
                raise_overflow(f"realised PnL of position {self.id}")
            self.gross_raw = total
        else:
            self._gross_hi += sign * (proceeds - share)
            self.gross_raw = self._linear_c(self._gross_hi)
        self._open_cost -= share
        self._close_cost += proceeds
        self.signed_raw -= sign * fill.qty_raw
        self.avg_px_close = _mean(
            self._close_cost, (self.sold_raw if sign > 0 else self.bought_raw) + fill.qty_raw, self.price_precision
        )
        self.realized_return = (
            sign * (self.avg_px_close - self.avg_px_open) / self.avg_px_open if self.avg_px_open != 0.0 else 0.0
        )
        return 0

    cdef money_raw_t _linear_c(self, int128_t gross) except? -9223372036854775807:
        """A gross PnL in raw price x quantity units as minor units of the settlement currency."""
        cdef int64_t out
        cdef int64_t multiplier = self.instrument.multiplier.raw
        cdef int digits = self.price_precision + self.size_precision - self.settlement_currency.precision
        cdef int128_t limit
        if multiplier != fixed_pow10(self.instrument.multiplier.precision):
            limit = (<int128_t>1 << 126) // multiplier
            if gross > limit or gross < -limit:
                raise_overflow(f"PnL of position {self.id}")
            gross *= multiplier
            digits += self.instrument.multiplier.precision
        if digits > 18:
            gross = fixed_div_half_even(gross, <int128_t>fixed_pow10(18) * fixed_pow10(digits - 18))
        elif digits > 0:
            gross = fixed_div_half_even(gross, fixed_pow10(digits))
        elif digits < 0:
            gross *= fixed_pow10(-digits)
        if fixed_narrow(gross, &out) != 0:
            raise_overflow(f"PnL of position {self.id}")
        return out

    cdef object _inverse_c(self, int sign, int128_t cost, qty_raw_t open_qty, price_raw_t close, qty_raw_t qty):
        """PnL of closing `qty` of an inverse contract, minor units: quantity x (1/open - 1/close), rounded once."""
        opened = _int_of(cost)
        if opened <= 0 or close <= 0:
            raise ValueError(f"an inverse contract needs positive prices, position {self.id} met {close} (raw)")
        numerator = sign * <object>qty * <object>self.instrument.multiplier.raw
        numerator *= <object>open_qty * <object>close - opened
        denominator = opened * <object>close
        digits = (
            self.settlement_currency.precision + self.price_precision - self.size_precision
            - self.instrument.multiplier.precision
        )
        if digits >= 0:
            numerator *= 10 ** digits
        else:
            denominator *= 10 ** -digits
        return _round_half_even(numerator, denominator)

    cdef money_raw_t realized_pnl_raw_c(self) noexcept:
        return self.gross_raw - self.fees_raw

    cdef money_raw_t unrealized_pnl_raw_c(self, price_raw_t price) except? -9223372036854775807:
        return self.pnl_of_c(self.signed_raw, self._open_cost, price)

    cdef money_raw_t pnl_of_c(self, qty_raw_t signed_raw, int128_t cost, price_raw_t price) except? -9223372036854775807:
        cdef qty_raw_t qty = fixed_abs(signed_raw)
        cdef int sign = 1 if signed_raw > 0 else -1
        if qty == 0:
            return 0
        if self.instrument.is_inverse:
            return self._inverse_c(sign, cost, qty, price, qty)
        return self._linear_c(sign * (<int128_t>price * qty - cost))

    def apply(self, OrderFilled fill not None):
        """Apply a fill.

        Raises
        ------
        ValueError
            If the position is closed, or the fill is larger than what is open.
        """
        self.apply_c(fill)

    # What a user reads

    @property
    def symbol(self):
        """The symbol of the instrument (Symbol)."""
        return self.instrument_id.symbol

    @property
    def venue(self):
        """The venue (Venue)."""
        return self.instrument_id.venue

    @property
    def entry(self):
        """The side of the opening fill (`OrderSide`)."""
        return <OrderSide>self._entry

    @property
    def side(self):
        """The side (`PositionSide`)."""
        return <PositionSide>self._side

    @property
    def quantity(self):
        """The open quantity (Quantity)."""
        return Quantity.from_raw_c(fixed_abs(self.signed_raw), self.size_precision)

    @property
    def peak_qty(self):
        """The largest open quantity so far (Quantity)."""
        return Quantity.from_raw_c(self.peak_raw, self.size_precision)

    @property
    def signed_qty(self):
        """The open quantity as a float, negative is short."""
        return fixed_to_double(self.signed_raw, self.size_precision)

    def signed_decimal_qty(self):
        """Return the open quantity as a Decimal, negative is short."""
        return fixed_to_decimal(self.signed_raw, self.size_precision)

    @property
    def multiplier(self):
        """The multiplier of the instrument (Quantity)."""
        return self.instrument.multiplier

    @property
    def price_precision(self):
        """The precision of the instrument's prices."""
        return self.instrument.price_precision

    @property
    def instrument_class(self):
        """The class of the instrument (InstrumentClass)."""
        return self.instrument.instrument_class

    @property
    def is_inverse(self):
        """If the quantity counts quote units."""
        return self.instrument.is_inverse

    @property
    def realized_pnl(self):
        """The realised PnL net of fees in the settlement currency (Money)."""
        return Money.from_raw_c(self.realized_pnl_raw_c(), self.settlement_currency)

    @property
    def gross_pnl(self):
        """The realised PnL before fees (Money)."""
        return Money.from_raw_c(self.gross_raw, self.settlement_currency)

    def set_excursions(self, Money mae not None, Money mfe not None):
        """Set the excursions to those that a run recorded.

        Raises
        ------
        ValueError
            If they are not in the settlement currency, the adverse one is positive or the favourable one negative.
        """
        if mae.currency != self.settlement_currency or mfe.currency != self.settlement_currency or mae.raw > 0 or mfe.raw < 0:
            raise ValueError(
                f"invalid excursions, must be in {self.settlement_currency}, zero or negative and zero or positive, "
                f"were {mae} and {mfe}"
            )
        self.mae_raw = mae.raw
        self.mfe_raw = mfe.raw
        self.has_excursions = True

    @property
    def mae(self):
        """The maximum adverse excursion: the largest unrealised loss so far, before fees (Money, zero or negative).

        At the price at which the position could have been closed, with the quantity held at that time. Known in backtests,
        brought up to date when the position changes and when the run ends; None elsewhere.
        """
        return Money.from_raw_c(self.mae_raw, self.settlement_currency) if self.has_excursions else None

    @property
    def mfe(self):
        """The maximum favourable excursion: the largest unrealised gain so far (Money, zero or positive); see `mae`."""
        return Money.from_raw_c(self.mfe_raw, self.settlement_currency) if self.has_excursions else None

    @property
    def events(self):
        """The fills, oldest first."""
        return self._events.list_c()

    @property
    def event_count(self):
        """The number of fills."""
        return self._events.n

    @property
    def last_event(self):
        """The last fill."""
        return self._events.last_c()

    @property
    def trade_ids(self):
        """The trade ids of the fills, oldest first."""
        return [(<OrderFilled>fill).trade_id for fill in self._events.list_c()]

    @property
    def last_trade_id(self):
        """The trade id of the last fill."""
        return self.last_event.trade_id

    @property
    def client_order_ids(self):
        """The ids of the orders, sorted."""
        return sorted({(<OrderFilled>fill).client_order_id for fill in self._events.list_c()})

    @property
    def venue_order_ids(self):
        """The venue's ids of the orders, sorted."""
        return sorted({(<OrderFilled>fill).venue_order_id for fill in self._events.list_c()})

    @property
    def is_open(self):
        """If any quantity is open."""
        return self.signed_raw != 0

    @property
    def is_closed(self):
        """If the position is flat."""
        return self.signed_raw == 0

    @property
    def is_long(self):
        """If the position is long."""
        return self.signed_raw > 0

    @property
    def is_short(self):
        """If the position is short."""
        return self.signed_raw < 0

    def commissions(self):
        """Return the fees, one Money a currency."""
        return self._commissions.moneys_c()

    @staticmethod
    def side_from_order_side(OrderSide side):
        """Return the side of a position that an order side opens."""
        return PositionSide.LONG if side == OrderSide.BUY else PositionSide.SHORT

    def is_opposite_side(self, OrderSide side):
        """Return if an order of the side would reduce the position."""
        return self.signed_raw != 0 and (self.signed_raw > 0) != (side == OrderSide.BUY)

    def closing_order_side(self):
        """Return the side that closes the position, `NO_ORDER_SIDE` where it is flat."""
        if self.signed_raw == 0:
            return OrderSide.NO_ORDER_SIDE
        return OrderSide.SELL if self.signed_raw > 0 else OrderSide.BUY

    def unrealized_pnl(self, Price price not None):
        """Return the PnL of what is open at a price (Money, before fees)."""
        return Money.from_raw_c(
            self.unrealized_pnl_raw_c(self.instrument._own_price_c(price)), self.settlement_currency
        )

    def calculate_pnl(self, object avg_px_open, object avg_px_close, Quantity quantity not None):
        """Return the PnL of a quantity opened and closed at two prices.

        Parameters
        ----------
        avg_px_open, avg_px_close : float, Decimal or Price
            Rounded half to even to the instrument's precision.
        quantity : Quantity
            Of the side that the position was opened on.

        Returns
        -------
        Money
            Before fees, in the settlement currency.
        """
        cdef Instrument instrument = self.instrument
        cdef int sign = 1 if self._entry == OrderSide.BUY else -1
        raw = instrument.pnl_raw_c(
            sign, (<Price>instrument.make_price(avg_px_open)).raw, (<Price>instrument.make_price(avg_px_close)).raw,
            instrument._own_qty_c(quantity),
        )
        return Money.from_raw_c(raw, self.settlement_currency)

    def total_pnl(self, Price price not None):
        """Return realised and unrealised PnL at a price (Money, net of fees)."""
        return self.realized_pnl + self.unrealized_pnl(price)

    def notional_value(self, Price price not None):
        """Return the value of what is open at a price (Money)."""
        return self.instrument.notional_value(self.quantity, price)

    def to_dict(self):
        """Return the position as a dict of plain values."""
        return {
            "position_id": self.id.value,
            "trader_id": self.trader_id.value,
            "strategy_id": self.strategy_id.value,
            "instrument_id": self.instrument_id.value,
            "account_id": self.account_id.value,
            "opening_order_id": self.opening_order_id.value,
            "closing_order_id": None if self.closing_order_id is None else self.closing_order_id.value,
            "entry": self.entry.name,
            "side": self.side.name,
            "signed_qty": self.signed_qty,
            "quantity": str(self.quantity),
            "peak_qty": str(self.peak_qty),
            "ts_init": self.ts_init,
            "ts_opened": self.ts_opened,
            "ts_last": self.ts_last,
            "ts_closed": self.ts_closed or None,
            "duration_ns": self.duration_ns or None,
            "avg_px_open": self.avg_px_open,
            "avg_px_close": self.avg_px_close if self.bought_raw and self.sold_raw else None,
            "quote_currency": self.quote_currency.code,
            "base_currency": None if self.base_currency is None else self.base_currency.code,
            "settlement_currency": self.settlement_currency.code,
            "commissions": [str(money) for money in self.commissions()],
            "realized_return": self.realized_return,
            "realized_pnl": str(self.realized_pnl),
        }

    def __eq__(self, other):
        if not isinstance(other, Position):
            return NotImplemented
        return self.id == (<Position>other).id and self.ts_opened == (<Position>other).ts_opened

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        what = "FLAT" if self.signed_raw == 0 else f"{self.side.name} {self.quantity}"
        return f"Position({what} {self.instrument_id}, id={self.id}, realized_pnl={self.realized_pnl})"

    def _repr_html_(self):
        from nautilus_lite.model.html import position_html

        return position_html(self)
