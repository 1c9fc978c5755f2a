"""Shared fixtures: a trading desk of real engines with a venue that does what the test says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.accounting.manager import AccountsManager
from nautilus_lite.cache.cache import Cache
from nautilus_lite.cache.market import Market
from nautilus_lite.common.clock import TestClock, TimerQueue
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.client import ExecutionClient
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.execution.messages import SubmitOrder
from nautilus_lite.model.data.ticks import QuoteTick
from nautilus_lite.model.enums import AccountType, LiquiditySide, OmsType
from nautilus_lite.model.events.account import AccountState
from nautilus_lite.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderExpired,
    OrderFilled,
    OrderRejected,
    OrderSubmitted,
    OrderUpdated,
)
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientId,
    InstrumentId,
    StrategyId,
    Symbol,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from nautilus_lite.model.instruments import CurrencyPair, Equity
from nautilus_lite.model.objects import AccountBalance, Currency, Money, Price, Quantity
from nautilus_lite.portfolio.portfolio import Portfolio
from nautilus_lite.risk.config import RiskEngineConfig
from nautilus_lite.risk.engine import RiskEngine


def make_pair(
    symbol: str, venue: str = "SIM", price_precision: int = 5, size_precision: int = 0, **options: Any
) -> Any:
    """Return a spot pair such as AUD/USD: margins 3 % and 2 %, no limits unless given."""
    base, quote = symbol.split("/")
    options.setdefault("margin_init", Decimal("0.03"))
    options.setdefault("margin_maint", Decimal("0.02"))
    return CurrencyPair(
        instrument_id=InstrumentId(Symbol(symbol), Venue(venue)),
        raw_symbol=Symbol(symbol),
        base_currency=Currency.from_str(base),
        quote_currency=Currency.from_str(quote),
        price_precision=price_precision,
        size_precision=size_precision,
        price_increment=Price(10**-price_precision, price_precision),
        size_increment=Quantity(10**-size_precision, size_precision),
        ts_event=0,
        ts_init=0,
        **options,
    )


def make_equity(symbol: str = "AAPL", venue: str = "SIM") -> Any:
    """Return a share in US dollars with two decimals."""
    return Equity(
        instrument_id=InstrumentId(Symbol(symbol), Venue(venue)),
        raw_symbol=Symbol(symbol),
        currency=Currency.from_str("USD"),
        price_precision=2,
        price_increment=Price.from_str("0.01"),
        lot_size=Quantity.from_int(1),
        margin_init=Decimal("0.5"),
        margin_maint=Decimal("0.25"),
        ts_event=0,
        ts_init=0,
    )


class RecordingClient(ExecutionClient):
    """Keeps the commands it is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands: list[Any] = []

    def submit_order(self, command: Any) -> None:
        self.commands.append(command)

    submit_order_list = modify_order = cancel_order = cancel_all_orders = batch_cancel_orders = submit_order


class Desk:
    """One account at one venue, with the engines around it. `events` lists everything published, in order."""

    def __init__(
        self,
        account_type: str = "MARGIN",
        oms_type: str = "NETTING",
        balances: tuple[str, ...] = ("1000000 USD",),
        base_currency: str | None = "USD",
        risk: RiskEngineConfig | None = None,
        portfolio: Any = None,
        calculate_account_state: bool = True,
    ) -> None:
        self.venue = Venue("SIM")
        self.trader_id = TraderId("TRADER-001")
        self.strategy_id = StrategyId("S-001")
        self.account_id = AccountId("SIM-001")
        self.ids = UUIDFactory(1)
        self.queue = TimerQueue()
        self.clock = TestClock(self.queue)
        self.bus = MessageBus(trader_id=self.trader_id, clock=self.clock)
        self.market = Market()
        self.cache = Cache(self.market)
        self.manager = AccountsManager(self.cache, self.clock, self.ids)
        self.portfolio = Portfolio(self.bus, self.cache, self.clock, portfolio)
        self.engine = ExecutionEngine(self.bus, self.cache, self.clock, self.portfolio, self.manager, self.ids)
        self.risk = RiskEngine(self.bus, self.cache, self.clock, self.portfolio, self.engine, self.ids, risk)
        self.client = RecordingClient(
            ClientId("SIM"), self.venue, OmsType[oms_type], AccountType[account_type], self.account_id
        )
        self.engine.register_client(self.client)
        self.orders = self.factory(self.strategy_id)
        self.n_fills = 0
        money = [Money.from_str(text) for text in balances]
        self.portfolio.update_account(
            AccountState(
                account_id=self.account_id,
                account_type=AccountType[account_type],
                base_currency=None if base_currency is None else Currency.from_str(base_currency),
                reported=True,
                balances=[AccountBalance(m, Money(0, m.currency), m) for m in money],
                margins=[],
                info={},
                event_id=self.ids.generate(),
                ts_event=0,
                ts_init=0,
            ),
            calculate_account_state,
        )
        self.events: list[Any] = []
        self.bus.subscribe("events.*", self.events.append)

    def factory(self, strategy_id: StrategyId) -> OrderFactory:
        return OrderFactory(trader_id=self.trader_id, strategy_id=strategy_id, clock=self.clock)

    @property
    def account(self) -> Any:
        return self.cache.account(self.account_id)

    def add(self, instrument: Any, bid: str | None = None, ask: str | None = None) -> Any:
        self.market.add_instrument(instrument)
        if bid is not None:
            self.quote(instrument, bid, ask)
        return instrument

    def quote(self, instrument: Any, bid: str, ask: str | None = None) -> None:
        self.market.apply(
            QuoteTick(
                instrument_id=instrument.id,
                bid_price=instrument.make_price(bid),
                ask_price=instrument.make_price(bid if ask is None else ask),
                bid_size=instrument.make_qty(1_000_000),
                ask_size=instrument.make_qty(1_000_000),
                ts_event=self.clock.timestamp_ns(),
                ts_init=self.clock.timestamp_ns(),
            )
        )

    def command(self, order: Any, position_id: Any = None, **options: Any) -> SubmitOrder:
        return SubmitOrder(
            trader_id=self.trader_id,
            strategy_id=order.strategy_id,
            order=order,
            command_id=self.ids.generate(),
            ts_init=self.clock.timestamp_ns(),
            position_id=position_id,
            **options,
        )

    def common(self, order: Any) -> dict[str, Any]:
        now = self.clock.timestamp_ns()
        return {
            "trader_id": order.trader_id,
            "strategy_id": order.strategy_id,
            "instrument_id": order.instrument_id,
            "client_order_id": order.client_order_id,
            "account_id": self.account_id,
            "event_id": self.ids.generate(),
            "ts_event": now,
            "ts_init": now,
        }

    def venue_order_id(self, order: Any) -> VenueOrderId:
        return VenueOrderId(f"V-{order.client_order_id}")

    def submit(self, order: Any, position_id: Any = None) -> Any:
        """Hand the order to the execution engine; the venue notes it."""
        self.engine.execute(self.command(order, position_id))
        self.engine.process(OrderSubmitted(**self.common(order)))
        return order

    def accept(self, order: Any, position_id: Any = None) -> Any:
        self.submit(order, position_id)
        self.engine.process(OrderAccepted(venue_order_id=self.venue_order_id(order), **self.common(order)))
        return order

    def reject(self, order: Any) -> None:
        self.engine.process(OrderRejected(reason="no", **self.common(order)))

    def cancel(self, order: Any) -> None:
        self.engine.process(OrderCanceled(venue_order_id=self.venue_order_id(order), **self.common(order)))

    def expire(self, order: Any) -> None:
        self.engine.process(OrderExpired(venue_order_id=self.venue_order_id(order), **self.common(order)))

    def update(self, order: Any, quantity: Any = None, price: Any = None) -> None:
        self.engine.process(
            OrderUpdated(
                venue_order_id=self.venue_order_id(order),
                quantity=order.quantity if quantity is None else quantity,
                price=price,
                trigger_price=None,
                **self.common(order),
            )
        )

    def fill_event(self, order: Any, px: Any, qty: Any = None, fee: str | None = None, position_id: Any = None) -> Any:
        instrument = self.cache.instrument(order.instrument_id)
        self.n_fills += 1
        return OrderFilled(
            venue_order_id=self.venue_order_id(order),
            trade_id=TradeId(f"T-{self.n_fills}"),
            position_id=position_id,
            order_side=order.side,
            order_type=order.order_type,
            last_qty=order.leaves_qty if qty is None else instrument.make_qty(qty),
            last_px=instrument.make_price(px),
            currency=instrument.quote_currency,
            commission=Money(0, instrument.quote_currency) if fee is None else Money.from_str(fee),
            liquidity_side=LiquiditySide.TAKER,
            **self.common(order),
        )

    def fill(self, order: Any, px: Any, qty: Any = None, fee: str | None = None, position_id: Any = None) -> Any:
        event = self.fill_event(order, px, qty, fee, position_id)
        self.engine.process(event)
        return event

    def trade(self, instrument: Any, side: Any, qty: Any, px: Any, fee: str | None = None, **options: Any) -> Any:
        """Submit a market order and fill it at once."""
        order = self.orders.market(instrument.id, side, instrument.make_qty(qty), **options)
        self.submit(order)
        self.fill(order, px, None, fee)
        return order


@pytest.fixture(scope="session")
def make_desk() -> Callable[..., Desk]:
    """Return the maker of trading desks."""
    return Desk


@pytest.fixture(scope="session")
def pair() -> Callable[..., Any]:
    """Return the maker of spot pairs."""
    return make_pair


@pytest.fixture(scope="session")
def equity() -> Callable[..., Any]:
    """Return the maker of shares."""
    return make_equity
