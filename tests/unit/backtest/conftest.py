"""A simulated venue with real engines around it, driven by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.accounting.manager import AccountsManager
from nautilus_lite.backtest.exchange import BacktestExecClient, SimulatedExchange
from nautilus_lite.backtest.models import FillModel, MakerTakerFeeModel
from nautilus_lite.cache.cache import Cache
from nautilus_lite.cache.market import Market
from nautilus_lite.common.clock import TestClock, TimerQueue
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.execution.messages import (
    BatchCancelOrders,
    CancelAllOrders,
    CancelOrder,
    ModifyOrder,
    SubmitOrder,
)
from nautilus_lite.model.data.book import BookOrder, OrderBookDelta
from nautilus_lite.model.data.ticks import QuoteTick, TradeTick
from nautilus_lite.model.enums import AccountType, AggressorSide, BookAction, BookType, OmsType, OrderSide
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import InstrumentId, StrategyId, Symbol, TradeId, TraderId, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.portfolio.portfolio import Portfolio


def new_pair(symbol: str = "AUD/USD", **options: Any) -> CurrencyPair:
    """Return a pair quoted in cents, traded in units: maker fee 0.02 %, taker fee 0.05 %."""
    base, quote = symbol.split("/")
    options.setdefault("maker_fee", Decimal("0.0002"))
    options.setdefault("taker_fee", Decimal("0.0005"))
    return CurrencyPair(
        instrument_id=InstrumentId(Symbol(symbol), Venue("SIM")),
        raw_symbol=Symbol(symbol),
        base_currency=Currency.from_str(base),
        quote_currency=Currency.from_str(quote),
        price_precision=2,
        size_precision=0,
        price_increment=Price.from_str("0.01"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.02"),
        ts_event=0,
        ts_init=0,
        **options,
    )


class House:
    """A venue trading one pair. Prices are given as text, quantities as integers; every call settles the venue."""

    def __init__(
        self,
        book_type: BookType = BookType.L1_MBP,
        oms_type: OmsType = OmsType.NETTING,
        account_type: AccountType = AccountType.MARGIN,
        balances: tuple[str, ...] = ("1000000 USD",),
        base_currency: str | None = "USD",
        instrument: Any = None,
        fill_model: Any = None,
        fee_model: Any = None,
        latency_model: Any = None,
        **settings: Any,
    ) -> None:
        self.trader_id = TraderId("TRADER-001")
        self.strategy_id = StrategyId("S-001")
        self.ids = UUIDFactory(7)
        self.queue = TimerQueue()
        self.clock = TestClock(self.queue)
        self.bus = MessageBus(trader_id=self.trader_id, clock=self.clock)
        self.market = Market()
        self.cache = Cache(self.market)
        self.manager = AccountsManager(self.cache, self.clock, self.ids)
        self.portfolio = Portfolio(self.bus, self.cache, self.clock)
        self.engine = ExecutionEngine(self.bus, self.cache, self.clock, self.portfolio, self.manager, self.ids)
        self.events: list[Any] = []
        self.account_states: list[Any] = []
        self.bus.subscribe("events.order.*", self.events.append)
        self.bus.subscribe("events.account.*", self.account_states.append)
        settings.setdefault("default_leverage", None)
        settings.setdefault("leverages", None)
        self.exchange = SimulatedExchange(
            venue=Venue("SIM"),
            oms_type=oms_type,
            account_type=account_type,
            starting_balances=[Money.from_str(text) for text in balances],
            base_currency=None if base_currency is None else Currency.from_str(base_currency),
            book_type=book_type,
            fill_model=FillModel() if fill_model is None else fill_model,
            fee_model=MakerTakerFeeModel() if fee_model is None else fee_model,
            latency_model=latency_model,
            exec_engine=self.engine,
            cache=self.cache,
            ids=self.ids,
            **settings,
        )
        self.client = BacktestExecClient(
            exchange=self.exchange, exec_engine=self.engine, clock=self.clock, ids=self.ids
        )
        self.engine.register_client(self.client)
        self.exchange.initialize_account()
        self.pair = new_pair() if instrument is None else instrument
        self.exchange.add_instrument(self.pair)
        self.matching = self.exchange.get_matching_engine(self.pair.id)
        self.orders = self.factory("S-001")
        self.n_trades = 0

    def factory(self, strategy_id: str) -> OrderFactory:
        return OrderFactory(trader_id=self.trader_id, strategy_id=StrategyId(strategy_id), clock=self.clock)

    # -- the market -----------------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        return self.queue.now_ns

    def at(self, now_ns: int) -> None:
        """Move the time and expire what is due."""
        self.clock.set_time(now_ns)
        if self.matching.next_expiry is not None and self.matching.next_expiry <= now_ns:
            self.matching.expire(now_ns)
        self.settle()

    def _tick(self, bid: str, ask: str, bid_size: int, ask_size: int) -> QuoteTick:
        return QuoteTick(
            instrument_id=self.pair.id,
            bid_price=Price.from_str(bid),
            ask_price=Price.from_str(ask),
            bid_size=Quantity.from_int(bid_size),
            ask_size=Quantity.from_int(ask_size),
            ts_event=self.now,
            ts_init=self.now,
        )

    def quote(self, bid: str, ask: str, bid_size: int = 100, ask_size: int = 100) -> None:
        self.market.apply(self._tick(bid, ask, bid_size, ask_size))
        self.matching.on_market(self.now)
        self.settle()

    def trade(self, price: str, size: int, side: AggressorSide = AggressorSide.NO_AGGRESSOR) -> None:
        self.n_trades += 1
        tick = TradeTick(
            instrument_id=self.pair.id,
            price=Price.from_str(price),
            size=Quantity.from_int(size),
            aggressor_side=side,
            trade_id=TradeId(str(self.n_trades)),
            ts_event=self.now,
            ts_init=self.now,
        )
        self.market.apply(tick)
        self.matching.on_market(self.now, tick)
        self.settle()

    def level(self, side: OrderSide, price: str, size: int) -> None:
        """Set the size of one level of an L2 book; zero deletes it."""
        self.market.apply(
            OrderBookDelta(
                instrument_id=self.pair.id,
                action=BookAction.UPDATE if size else BookAction.DELETE,
                order=BookOrder(side, Price.from_str(price), Quantity.from_int(size), 0),
                flags=128,
                sequence=0,
                ts_event=self.now,
                ts_init=self.now,
            )
        )
        self.matching.on_market(self.now)
        self.settle()

    def change(
        self, action: BookAction, order_id: int, side: OrderSide, price: str, size: int, flags: int = 128
    ) -> None:
        """Change an order of an L3 book."""
        order = None if action == BookAction.CLEAR else BookOrder(side, Price.from_str(price), Quantity.from_int(size), order_id)
        self.market.apply(OrderBookDelta(self.pair.id, action, order, flags, 0, self.now, self.now))
        if flags & 128:
            self.matching.on_market(self.now)
            self.settle()

    def asks(self, *levels: tuple[str, int]) -> None:
        for price, size in levels:
            self.level(OrderSide.SELL, price, size)

    def bids(self, *levels: tuple[str, int]) -> None:
        for price, size in levels:
            self.level(OrderSide.BUY, price, size)

    def bar(self, *path: str, size: int = 1_000_000) -> None:
        """Walk the points of a bar: open first."""
        for index, price in enumerate(path):
            self.matching.state.book.update_quote_tick(self._tick(price, price, size, size))
            self.matching.on_bar_point(self.now, index == 0)
        self.settle()

    def settle(self) -> None:
        self.exchange.process(self.now)
        self.exchange._check()

    # -- orders ---------------------------------------------------------------------------------------------------

    def market_order(self, side: OrderSide, qty: int, **options: Any) -> Any:
        return self.submit(self.orders.market(self.pair.id, side, Quantity.from_int(qty), **options))

    def limit(self, side: OrderSide, qty: int, price: str, **options: Any) -> Any:
        return self.submit(
            self.orders.limit(self.pair.id, side, Quantity.from_int(qty), Price.from_str(price), **options)
        )

    def stop(self, side: OrderSide, qty: int, trigger: str, **options: Any) -> Any:
        return self.submit(
            self.orders.stop_market(self.pair.id, side, Quantity.from_int(qty), Price.from_str(trigger), **options)
        )

    def stop_limit(self, side: OrderSide, qty: int, price: str, trigger: str, **options: Any) -> Any:
        return self.submit(
            self.orders.stop_limit(
                self.pair.id, side, Quantity.from_int(qty), Price.from_str(price), Price.from_str(trigger), **options
            )
        )

    def submit(self, order: Any, position_id: Any = None) -> Any:
        self.send(SubmitOrder, order, order=order, position_id=position_id)
        return order

    def send(self, kind: Any, order: Any, /, **options: Any) -> None:
        self.engine.execute(
            kind(
                trader_id=self.trader_id,
                strategy_id=order.strategy_id,
                command_id=self.ids.generate(),
                ts_init=self.now,
                **options,
            )
        )
        self.settle()

    def modify(self, order: Any, qty: int | None = None, price: str | None = None, trigger: str | None = None) -> None:
        self.send(
            ModifyOrder,
            order,
            instrument_id=self.pair.id,
            client_order_id=order.client_order_id,
            venue_order_id=order.venue_order_id,
            quantity=None if qty is None else Quantity.from_int(qty),
            price=None if price is None else Price.from_str(price),
            trigger_price=None if trigger is None else Price.from_str(trigger),
        )

    def _cancellation(self, order: Any) -> CancelOrder:
        return CancelOrder(
            trader_id=self.trader_id,
            strategy_id=order.strategy_id,
            instrument_id=self.pair.id,
            client_order_id=order.client_order_id,
            venue_order_id=order.venue_order_id,
            command_id=self.ids.generate(),
            ts_init=self.now,
        )

    def cancel(self, order: Any) -> None:
        self.engine.execute(self._cancellation(order))
        self.settle()

    def cancel_batch(self, *orders: Any) -> None:
        self.send(
            BatchCancelOrders,
            orders[0],
            instrument_id=self.pair.id,
            cancels=[self._cancellation(order) for order in orders],
        )

    def cancel_all(self, order: Any, side: OrderSide = OrderSide.NO_ORDER_SIDE) -> None:
        self.send(CancelAllOrders, order, instrument_id=self.pair.id, order_side=side)

    # -- what happened --------------------------------------------------------------------------------------------

    def kinds(self, order: Any) -> list[str]:
        """Return the events of the order after its submission, without the prefix `Order`."""
        names = [type(e).__name__ for e in self.events if e.client_order_id == order.client_order_id]
        return [name.removeprefix("Order") for name in names if name != "OrderSubmitted"]

    def fills(self, order: Any = None) -> list[tuple[int, str, str]]:
        """Return quantity, price and reason of every fill."""
        return [
            (int(e.last_qty.raw), str(e.last_px), e.fill_reason)
            for e in self.events
            if isinstance(e, OrderFilled) and (order is None or e.client_order_id == order.client_order_id)
        ]

    def last(self, order: Any) -> Any:
        """Return the last event of the order."""
        return [e for e in self.events if e.client_order_id == order.client_order_id][-1]

    def net(self, strategy_id: str = "S-001") -> int:
        """Return the signed open quantity of a strategy."""
        return sum(
            int(p.quantity.raw) * (1 if p.is_long else -1)
            for p in self.cache.positions_open()
            if p.strategy_id == StrategyId(strategy_id)
        )

    def balance(self) -> Decimal:
        return self.exchange.get_account().balance_total(Currency.from_str("USD")).as_decimal()


@pytest.fixture(scope="session")
def house() -> Callable[..., House]:
    """Return the maker of venues."""
    return House


@pytest.fixture(scope="session")
def make_pair() -> Callable[..., CurrencyPair]:
    """Return the maker of pairs quoted in cents."""
    return new_pair
