"""Any orders, lists, changes and settings at once: nothing is lost, nothing fills that must not, money adds up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    CompetitionAwareFillModel,
    CurrencyFeeModel,
    FillModel,
    FixedFeeModel,
    LatencyModel,
    LimitOrderPartialFillModel,
    LogNormalLatencyModel,
    LogProbQueueModel,
    MakerTakerFeeModel,
    RiskAverseQueueModel,
    ThroughTicksFillModel,
    VolumeShareFillModel,
)
from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.data import BookOrder, InstrumentStatus, OrderBookDelta, QuoteTick, TradeTick
from nautilus_lite.model.enums import (
    AccountType,
    AggressorSide,
    BookAction,
    BookType,
    ContingencyType,
    LiquiditySide,
    MarketStatusAction,
    OmsType,
    OrderSide,
    OrderStatus,
    OrderType,
    TimeInForce,
    TriggerType,
)
from nautilus_lite.model.events.order import OrderFilled, OrderUpdated
from nautilus_lite.model.identifiers import StrategyId, TradeId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import LimitOrder, StopMarketOrder
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.venue_runs import SECOND, bar, engine, perpetual, spot

PERP, OTHER, SPOT = perpetual(), perpetual("ETHUSDT-PERP"), spot(size_precision=3)
BUY, SELL = OrderSide.BUY, OrderSide.SELL
GTC, IOC, FOK, GTD, DAY = TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTD, TimeInForce.DAY
KINDS = [
    "market", "limit", "limit", "stop", "stop_limit", "touched", "touched_limit", "to_limit", "trail", "trail_limit", "bracket",
    "bracket", "pair", "held", "modify", "modify", "modify", "cancel", "cancel", "cancel_all", "close", "reduce", "quote",
]  # fmt: skip
N = 50


def px(ticks: int) -> Price:
    return Price.from_raw(max(100, ticks), 2)


def market(numbers: random.Random, instrument: Any, book: str, halts: bool) -> Iterator[Any]:
    """Yield quotes, snapshots of an L2 book or bars, and trades and halts beside them."""
    mid = 10_000

    def size(least: int, most: int) -> Quantity:
        return Quantity(numbers.randint(least, most), instrument.size_precision)

    for k in range(1, N):
        mid += numbers.choice((-40, 40, -6, 6)) if numbers.random() < 0.1 else numbers.choice((-3, -1, 0, 0, 1, 3))
        ts, wide = k * SECOND + numbers.choice((0, 0, SECOND // 2)), numbers.choice((1, 2, 3))
        if book == "bars":
            low, high = mid - numbers.randint(0, 12), mid + numbers.randint(0, 12)
            prices = [f"{ticks / 100:.2f}" for ticks in (mid, high, low, numbers.randint(low, high))]
            yield bar(instrument, k * SECOND, *prices, spec="1-SECOND-LAST")
            continue
        if book == "quotes":
            yield QuoteTick(instrument.id, px(mid), px(mid + wide), size(0, 15), size(1, 15), ts, ts)
        else:
            yield OrderBookDelta.clear(instrument.id, k, ts, ts)
            for depth in range(3):
                for side, price in ((BUY, mid - depth), (SELL, mid + wide + depth)):
                    level = BookOrder(side, px(price), size(1, 8), 0)
                    yield OrderBookDelta(instrument.id, BookAction.ADD, level, 0, k, ts, ts)
        if numbers.random() < 0.5:
            price, side = px(mid + numbers.choice((0, wide, -4, 4))), numbers.choice(list(AggressorSide))
            yield TradeTick(instrument.id, price, size(1, 12), side, TradeId(str(k)), ts + 1, ts + 1)
        if halts and numbers.random() < 0.04:
            action = numbers.choice((MarketStatusAction.HALT, MarketStatusAction.PRE_OPEN, MarketStatusAction.CLOSE))
            yield InstrumentStatus(instrument.id, action, ts + 2, ts + 2)
            again = ts + 3 * SECOND
            yield InstrumentStatus(instrument.id, MarketStatusAction.TRADING, again, again)


class Wild(Strategy):
    """Sends whatever comes to its mind, at times and when it is filled."""

    def __init__(self, seed: int, name: str, instruments: list[Any], listens: bool, emulates: bool) -> None:
        super().__init__(StrategyConfig(strategy_id=StrategyId(f"W-{name}")))
        self.seed, self.instruments, self.listens, self.emulates = seed, instruments, listens, emulates
        self.on_reset()

    def on_reset(self) -> None:
        self.numbers = random.Random(self.seed)
        self.made: list[Any] = []

    def on_start(self) -> None:
        for instrument in self.instruments if self.listens else ():
            self.subscribe_quote_ticks(instrument.id)
            self.subscribe_trade_ticks(instrument.id)
            self.subscribe_order_book_deltas(instrument.id)
        self.clock.set_timer_ns("step", SECOND // 2, callback=self.step)

    def step(self, event: Any) -> None:
        for _ in range(self.numbers.choice((0, 0, 1, 1, 2))):
            self.act()

    def on_order_filled(self, event: Any) -> None:
        if self.numbers.random() < 0.1:
            self.act()

    def send(self, *orders: Any, position_id: Any = None) -> None:
        self.made += orders
        if len(orders) == 1:
            self.submit_order(orders[0], position_id)
        else:
            self.submit_order_list(OrderList(self.order_factory.generate_order_list_id(), list(orders)))

    def act(self) -> None:
        numbers, make = self.numbers, self.order_factory
        instrument, side, kind = numbers.choice(self.instruments), numbers.choice((BUY, SELL)), numbers.choice(KINDS)
        book = self.cache.order_book(instrument.id)
        mid = 10_000 if book is None or book.midpoint() is None else round(book.midpoint() * 100)
        sign, size = (1 if side == BUY else -1), instrument.make_qty(numbers.randint(1, 10))
        near = [px(mid + numbers.randint(-8, 8)) for _ in range(2)]
        reduces = {"reduce_only": numbers.random() < 0.2}
        timed: dict[str, Any] = {"time_in_force": numbers.choice((GTC, GTC, GTC, IOC, FOK, GTD, DAY))}
        if timed["time_in_force"] == GTD:
            after = numbers.choice((1, SECOND // 3, 2 * SECOND, 9 * SECOND))
            timed["expire_time"] = unix_nanos_to_dt(self.clock.timestamp_ns() + after)
        triggered = {"trigger_type": numbers.choice((TriggerType.DEFAULT, TriggerType.LAST_PRICE, TriggerType.MID_POINT))}
        held = {"emulation_trigger": TriggerType.BID_ASK} if self.emulates and numbers.random() < 0.3 else {}
        if kind == "market":
            self.send(make.market(instrument.id, side, size, **reduces))
        elif kind == "limit":
            post = {"post_only": timed["time_in_force"] not in (IOC, FOK) and numbers.random() < 0.2}
            shown = {"display_qty": instrument.make_qty(1)} if numbers.random() < 0.15 else {}
            self.send(make.limit(instrument.id, side, size, near[0], **timed, **reduces, **post, **shown, **held))
        elif kind == "stop":
            self.send(make.stop_market(instrument.id, side, size, near[0], **triggered, **reduces, **held))
        elif kind == "stop_limit":
            self.send(make.stop_limit(instrument.id, side, size, *near, **triggered, **reduces, **held))
        elif kind == "touched":
            self.send(make.market_if_touched(instrument.id, side, size, near[0], **triggered, **reduces, **held))
        elif kind == "touched_limit":
            self.send(make.limit_if_touched(instrument.id, side, size, *near, **triggered, **reduces, **held))
        elif kind == "to_limit":
            self.send(make.market_to_limit(instrument.id, side, size, **reduces))
        elif kind == "trail":
            self.send(make.trailing_stop_market(instrument.id, side, size, trailing_offset=Decimal("0.04"), **reduces, **held))
        elif kind == "trail_limit":
            offsets = {"trailing_offset": Decimal("0.03"), "limit_offset": Decimal("0.02")}
            self.send(make.trailing_stop_limit(instrument.id, side, size, **offsets, **reduces))
        elif kind == "quote":
            amount = Quantity(numbers.randint(50, 600), instrument.size_precision)
            self.send(make.market(instrument.id, side, amount, quote_quantity=True))
        elif kind == "bracket":
            self.bracket(instrument, side, size, mid, sign, held)
        elif kind in ("pair", "held"):
            self.linked(instrument, side, size, mid, sign, kind == "held", near)
        elif kind == "cancel_all":
            self.cancel_all_orders(instrument.id, order_side=numbers.choice((OrderSide.NO_ORDER_SIDE, side)))
        elif kind == "close":
            self.close_all_positions(instrument.id)
        elif kind == "reduce":
            for position in self.cache.positions_open(instrument_id=instrument.id, strategy_id=self.id)[:1]:
                way = SELL if position.is_long else BUY
                self.send(make.limit(instrument.id, way, size, near[0], reduce_only=True), position_id=position.id)
        else:
            self.change(kind, near)

    def bracket(self, instrument: Any, side: OrderSide, size: Quantity, mid: int, sign: int, held: dict[str, Any]) -> None:
        numbers = self.numbers
        options: dict[str, Any] = {"contingency_type": numbers.choice((ContingencyType.OUO, ContingencyType.OCO)), **held}
        if numbers.random() < 0.8:
            options |= {"entry_order_type": OrderType.LIMIT, "entry_price": px(mid - sign * numbers.randint(-3, 6))}
        if numbers.random() < 0.3:
            options |= {"sl_order_type": OrderType.TRAILING_STOP_MARKET, "sl_trailing_offset": Decimal("0.06")}
        else:
            options["sl_trigger_price"] = px(mid - sign * numbers.randint(7, 15))
        made = self.order_factory.bracket(instrument.id, side, size, tp_price=px(mid + sign * numbers.randint(7, 15)), **options)
        self.made += made.orders
        self.submit_order_list(made)

    def linked(
        self, instrument: Any, side: OrderSide, size: Quantity, mid: int, sign: int, waits: bool, near: list[Price]
    ) -> None:
        """Send two orders that end each other, or an entry with two exits, each with a time of its own."""
        numbers, now = self.numbers, self.clock.timestamp_ns()
        ids = [self.order_factory.generate_client_order_id() for _ in range(3)]
        common = (self.trader_id, self.id, instrument.id)

        def timed() -> dict[str, Any]:
            if numbers.random() < 0.5:
                return {}
            return {"time_in_force": GTD, "expire_time_ns": now + numbers.choice((1, SECOND, 4 * SECOND))}

        if not waits:
            for own, other, price in ((ids[0], ids[1], near[0]), (ids[1], ids[0], near[1])):
                self.send(LimitOrder(
                    *common, own, side, size, price, UUID4(), now, contingency_type=ContingencyType.OCO, linked_order_ids=[other],
                ))  # fmt: skip
            return
        back = SELL if side == BUY else BUY

        def child(other: Any) -> dict[str, Any]:
            return {"reduce_only": True, "contingency_type": ContingencyType.OUO, "parent_order_id": ids[0],
                    "linked_order_ids": [other], **timed()}  # fmt: skip

        self.send(
            LimitOrder(*common, ids[0], side, size, px(mid - sign * numbers.randint(-3, 6)), UUID4(), now,
                       contingency_type=ContingencyType.OTO, linked_order_ids=ids[1:], **timed()),
            StopMarketOrder(*common, ids[1], back, size, px(mid - sign * numbers.randint(7, 12)), TriggerType.DEFAULT, UUID4(),
                            now, **child(ids[2])),
            LimitOrder(*common, ids[2], back, size, px(mid + sign * numbers.randint(7, 12)), UUID4(), now, **child(ids[1])),
        )  # fmt: skip

    def change(self, kind: str, near: list[Price]) -> None:
        numbers = self.numbers
        live = [o for o in self.made if not o.is_closed and o.status not in (OrderStatus.INITIALIZED, OrderStatus.PENDING_CANCEL)]
        if not live:
            return
        order = numbers.choice(live)
        if kind == "cancel":
            self.cancel_order(order)
            return
        asked: dict[str, Any] = {"quantity": Quantity(numbers.randint(1, 12), order.quantity.precision)}
        if order.has_price and numbers.random() < 0.6:
            asked["price"] = near[0]
        if order.has_trigger_price and numbers.random() < 0.5:
            asked["trigger_price"] = near[1]
        self.modify_order(order, **asked)


def ready(seed: int, book: str, turned: bool) -> tuple[Any, bool]:
    """Return an engine, and whether its account is a cash account; `turned`: who listened does not, and the other way round."""
    numbers = random.Random(seed)
    cash, hedges, halts = numbers.random() < 0.3, numbers.random() < 0.4, numbers.random() < 0.25
    instruments = [SPOT] if cash else numbers.choice(([PERP], [PERP, OTHER]))
    data = [row for instrument in instruments for row in market(numbers, instrument, book, halts)]
    listens, emulates = (numbers.random() < 0.5) != turned, numbers.random() < 0.4
    latency = numbers.choice((
        None, LatencyModel(SECOND // 3), LatencyModel(0, response_latency_nanos=SECOND),
        LatencyModel(SECOND // 4, cancel_latency_nanos=SECOND, response_latency_nanos=SECOND // 3),
        LatencyModel(SECOND // 4, response_latency_nanos=SECOND // 3, feed_latency_nanos=SECOND),
        LogNormalLatencyModel(SECOND // 5, 0.8, response_median_nanos=SECOND // 4, response_sigma=0.8),
    ))  # fmt: skip
    options: dict[str, Any] = {
        "liquidity_consumption": numbers.random() < 0.4,
        "queue_model": numbers.choice((None, None, RiskAverseQueueModel(), LogProbQueueModel())),
        "fill_model": numbers.choice((
            FillModel(), FillModel(prob_fill_on_limit=0.5, prob_slippage=0.3, random_seed=seed), VolumeShareFillModel(),
            LimitOrderPartialFillModel(), CompetitionAwareFillModel(liquidity_factor=0.5), ThroughTicksFillModel(1),
        )),
        "fee_model": numbers.choice((
            MakerTakerFeeModel(), MakerTakerFeeModel(Decimal("-0.001"), Decimal("0.002")), FixedFeeModel("1 USDT"),
            CurrencyFeeModel(MakerTakerFeeModel(), "RECEIVED" if cash else "QUOTE"),
        )),
        "reject_stop_orders": numbers.random() < 0.6,
    }  # fmt: skip
    if numbers.random() < 0.2:
        options["max_price_age_ns"] = SECOND // 3
    if book == "bars":
        options["bar_path"] = numbers.choice(("OHLC", "ADAPTIVE", "WORST", "BEST"))
        options["bar_order_timing"] = numbers.choice(("THIS_CLOSE", "NEXT_OPEN", "NEXT_CLOSE"))
    if not cash and numbers.random() < 0.3:
        options |= {"liquidation_enabled": True, "liquidation_interval_ns": 3 * SECOND}
    balance = numbers.choice(("3000 USDT, 30 BTC", "500 USDT", "0 USDT, 20 BTC") if cash else ("1000000 USDT", "2000 USDT"))
    made = engine(
        instruments, data, [Wild(seed + i, f"{i:03}", instruments, listens, emulates) for i in range(numbers.choice((1, 2)))],
        balance, account=AccountType.CASH if cash else AccountType.MARGIN, oms=OmsType.HEDGING if hedges else OmsType.NETTING,
        book=BookType.L2_MBP if book == "deltas" else BookType.L1_MBP, latency_model=latency, interval_ns=10 * SECOND, **options,
    )  # fmt: skip
    return made, cash


def check_orders(made: Any, result: Any) -> None:
    (exchange,) = made.kernel.exchanges
    exchange._check()
    resting = {order.client_order_id for order in exchange.get_open_orders()}
    filled = {o.client_order_id: [event for event in o.events if isinstance(event, OrderFilled)] for o in result.orders}
    for order in result.orders:
        told = repr(order)
        if not order.is_closed and order.status != OrderStatus.EMULATED and order.client_order_id not in resting:
            # It waits for its parent, wherever that is
            parent = made.cache.order(order.parent_order_id)
            assert not parent.is_closed, told
            assert parent.filled_qty == 0, told
        fills = filled[order.client_order_id]
        assert sum(fill.last_qty.as_decimal() for fill in fills) == order.filled_qty.as_decimal() <= order.quantity.as_decimal()
        heard = [event.ts_init for event in order.events]
        assert heard == sorted(heard), told
        if fills:
            check_fills(order, fills)
        if order.contingency_type == ContingencyType.OCO and order.parent_order_id is None and fills:
            assert not any(filled[other] for other in order.linked_order_ids), told
        stops = (OrderType.STOP_MARKET, OrderType.TRAILING_STOP_MARKET)
        if fills and order.parent_order_id is not None and order.order_type in stops:
            entry = [fill.ts_event for fill in filled[order.parent_order_id]]
            assert max(entry) <= min(fill.ts_event for fill in fills), told


def check_fills(order: Any, fills: list[Any]) -> None:
    told, sign = repr(order), 1 if order.side == BUY else -1
    price = order.init_event.options.get("price")
    for event in order.events:
        if isinstance(event, OrderUpdated) and event.price is not None:
            price = event.price
        # What an emulator released as a market order has no limit any more
        if isinstance(event, OrderFilled) and price is not None and order.has_price:
            assert sign * (event.last_px.as_decimal() - price.as_decimal()) <= 0, told
    assert min(fill.ts_event for fill in fills) >= order.ts_submitted, told
    if order.time_in_force == GTD:
        assert max(fill.ts_event for fill in fills) < order.expire_time_ns, told
    if order.is_post_only:
        assert all(fill.liquidity_side == LiquiditySide.MAKER for fill in fills), told


def check_money(made: Any, result: Any, cash: bool) -> None:
    assert not [problem for statement in result.statements for problem in statement.problems()]
    (account,) = result.accounts
    for event in account.events if cash else ():
        assert all(balance.total.raw >= 0 for balance in event.balances)
    if cash and all(order.is_closed for order in result.orders):
        assert all(money.raw == 0 for money in account.balances_locked().values())
    for instrument in made.cache.instruments():
        orders = [order for order in result.orders if order.instrument_id == instrument.id]
        net = sum((o.filled_qty.as_decimal() * (1 if o.side == BUY else -1) for o in orders), Decimal(0))
        held = made.cache.positions_open(instrument_id=instrument.id)
        assert net == sum((position.signed_decimal_qty() for position in held), Decimal(0))


@pytest.mark.parametrize("book", ["quotes", "deltas", "bars"])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_is_lost_and_money_adds_up_whatever_is_sent(book: str, seed: int) -> None:
    made, cash = ready(seed, book, turned=False)
    digests = []
    for _ in range(2):
        made.run()
        result = made.get_result()
        check_orders(made, result)
        check_money(made, result, cash)
        digests.append(result.digest)
        made.reset()
    made.dispose()
    # Who listens to the market changes nothing
    other, _ = ready(seed, book, turned=True)
    other.run()
    assert {*digests, other.get_result().digest} == {digests[0]}
    other.dispose()
