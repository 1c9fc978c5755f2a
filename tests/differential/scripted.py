"""A strategy that does what a scenario says, over the names of either engine; see `plans.py` for scenarios.

A scenario is plain data: rows of a market, and actions to take after each of them. The answer is what became of every order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

START = 1_700_000_000_000_000_000
STEP = 1_000_000_000
LAST = 128


def make_strategy(api: Any) -> type:
    """Return the strategy class over an engine's names."""

    class Scripted(api.Strategy):
        def __init__(self, scenario: dict[str, Any]) -> None:
            super().__init__()
            self.kinds = {row[0] for row in scenario["rows"]}
            self.actions = scenario["actions"]
            self.began = scenario.get("start", START)
            self.n = 0
            self.orders: list[Any] = []
            # What asked for each of them
            self.terms: list[dict[str, Any]] = []

        def on_start(self) -> None:
            if "quote" in self.kinds:
                self.subscribe_quote_ticks(api.ID)
            if "trade" in self.kinds:
                self.subscribe_trade_ticks(api.ID)
            if "bar" in self.kinds:
                self.subscribe_bars(api.BAR_TYPE)
            if "deltas" in self.kinds:
                self.subscribe_order_book_deltas(api.ID, book_type=api.BookType.L2_MBP)

        def on_quote_tick(self, tick: Any) -> None:
            self.on_row()

        def on_trade_tick(self, tick: Any) -> None:
            self.on_row()

        def on_bar(self, bar: Any) -> None:
            self.on_row()

        def on_order_book_deltas(self, deltas: Any) -> None:
            self.on_row()

        def on_row(self) -> None:
            for action in self.actions.get(str(self.n), ()):
                n_before = len(self.orders)
                self.act(**action)
                self.terms += [{**action, "row": self.n}] * (len(self.orders) - n_before)
            self.n += 1

        def act(self, kind: str, side: int, qty: int, price: int, trigger: int, index: int, **more: Any) -> None:
            make = self.order_factory
            side_, quantity = api.OrderSide(side), api.Quantity.from_int(qty)
            at, level = api.Price(price / 1e5, 5), api.Price(trigger / 1e5, 5)
            options: dict[str, Any] = {}
            if more.get("reduce_only"):
                options["reduce_only"] = True
            if "expire" in more:
                options["time_in_force"] = api.TimeInForce.GTD
                options["expire_time"] = datetime.fromtimestamp((self.began + more["expire"] * STEP // 2) / 1e9, tz=UTC)
            elif "tif" in more:
                options["time_in_force"] = api.TimeInForce[more["tif"]]
            if more.get("post_only"):
                options["post_only"] = True
            if "show" in more:
                options["display_qty"] = api.Quantity.from_int(more["show"])
            if "emulated" in more:
                options["emulation_trigger"] = api.TriggerType[more["emulated"]]
            stops = {**options, "trigger_type": api.TriggerType[more["by"]]} if "by" in more else options
            if kind == "market":
                self.send(make.market(api.ID, side_, quantity, **options))
            elif kind == "limit":
                self.send(make.limit(api.ID, side_, quantity, at, **options))
            elif kind == "stop":
                self.send(make.stop_market(api.ID, side_, quantity, level, **stops))
            elif kind == "stop_limit":
                self.send(make.stop_limit(api.ID, side_, quantity, at, level, **stops))
            elif kind == "market_to_limit":
                self.send(make.market_to_limit(api.ID, side_, quantity, **options))
            elif kind == "if_touched":
                self.send(make.market_if_touched(api.ID, side_, quantity, api.Price(more["touch"] / 1e5, 5), **stops))
            elif kind == "limit_if_touched":
                touch = api.Price(more["touch"] / 1e5, 5)
                self.send(make.limit_if_touched(api.ID, side_, quantity, at, touch, **stops))
            elif kind in ("trail", "trail_limit"):
                self.send(self.trailing(kind, side_, quantity, stops, more))
            elif kind == "bracket":
                entry = {"entry_order_type": api.OrderType.LIMIT, "entry_price": at} if price else {}
                bracket = make.bracket(
                    api.ID,
                    side_,
                    quantity,
                    contingency_type=api.ContingencyType[more["contingency"]],
                    tp_price=api.Price(more["profit"] / 1e5, 5),
                    sl_trigger_price=api.Price(more["stop"] / 1e5, 5),
                    **entry,
                )
                self.orders.extend(bracket.orders)
                self.submit_order_list(bracket)
            elif kind == "cancel_all":
                self.cancel_all_orders(api.ID)
            elif kind == "close_position":
                self.close_all_positions(api.ID)
            elif kind in ("cancel", "modify", "move") and index < len(self.orders):
                self.change(kind, self.now(self.orders[index]), quantity, at, level)

        def change(self, kind: str, order: Any, quantity: Any, at: Any, level: Any) -> None:
            """Cancel an order, or change its price, or what triggers it."""
            if kind == "cancel":
                if not order.is_closed and not order.is_pending_cancel:
                    self.cancel_order(order)
            elif kind == "modify":
                if order.is_open and not order.is_pending_cancel and order.has_price and not order.has_trigger_price:
                    self.modify_order(order, quantity, at)
            elif (order.is_open or order.is_emulated) and not order.is_pending_cancel and is_moved(order):
                self.modify_order(order, order.quantity, at if order.has_price else None, level)

        def trailing(self, kind: str, side: Any, quantity: Any, options: dict[str, Any], terms: dict[str, Any]) -> Any:
            """Return a trailing stop of the terms of an action."""
            options["trailing_offset"] = Decimal(terms["offset"])
            options["trailing_offset_type"] = api.TrailingOffsetType[terms["unit"]]
            for name in ("activation_price", "trigger_price"):
                if name in terms:
                    options[name] = api.Price(terms[name] / 1e5, 5)
            if kind == "trail":
                return self.order_factory.trailing_stop_market(api.ID, side, quantity, **options)
            return self.order_factory.trailing_stop_limit(
                api.ID, side, quantity, limit_offset=Decimal(terms["limit_offset"]), **options
            )

        def now(self, order: Any) -> Any:
            """Return an order as it is: one that was emulated may have become another."""
            return self.cache.order(order.client_order_id)

        def send(self, order: Any) -> None:
            self.orders.append(order)
            self.submit_order(order)

    return Scripted


def is_moved(order: Any) -> bool:
    """Whether an order has a trigger price that can be changed: it waits for it, and it does not trail."""
    kind, status = name_of_enum(order.order_type, order.type_string), name_of_enum(order.status, order.status_string)
    return order.has_trigger_price and status != "TRIGGERED" and not kind.startswith("TRAILING")


def data_of(api: Any, start: int, i: int, kind: str, *terms: Any) -> Any:
    """Return row `i` of the scenario as a data object."""
    ts = start + i * STEP

    def px(ticks: int) -> Any:
        return api.Price(ticks / 1e5, 5)

    qty = api.Quantity.from_int
    if kind == "quote":
        bid, ask, bid_size, ask_size = terms
        return api.QuoteTick(api.ID, px(bid), px(ask), qty(bid_size), qty(ask_size), ts, ts)
    if kind == "trade":
        price, size, aggressor = terms
        return api.TradeTick(api.ID, px(price), qty(size), api.AggressorSide[aggressor], api.TradeId(str(i)), ts, ts)
    if kind == "bar":
        *prices, volume = terms
        return api.Bar(api.BAR_TYPE, *map(px, prices), qty(volume), ts, ts)
    deltas = []
    for n, (side, price, size) in enumerate(terms[0], 1):
        action = api.BookAction.UPDATE if size else api.BookAction.DELETE
        order = api.BookOrder(api.OrderSide(side), px(price), qty(size), price)
        flags = LAST if n == len(terms[0]) else 0
        deltas.append(api.OrderBookDelta(api.ID, action, order, flags, 0, ts, ts))
    return api.OrderBookDeltas(api.ID, deltas)


def name_of_enum(value: Any, text: Any) -> str:
    """Return the name of an enum, whichever of the engines' kinds it is."""
    return value.name if hasattr(value, "name") else str(text())


def run(api: Any, scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a scenario and return what became of its orders, in order of submission."""
    settings = {**scenario["venue"]}
    if "book_type" in settings:
        settings["book_type"] = api.BookType[settings["book_type"]]
    engine = api.engine(**settings)
    start = scenario.get("start", START)
    engine.add_data([data_of(api, start, i, *row) for i, row in enumerate(scenario["rows"])])
    strategy = make_strategy(api)(scenario)
    engine.add_strategy(strategy)
    engine.run()
    assert strategy.n == len(scenario["rows"]), f"{strategy.n} of {len(scenario['rows'])} rows reached the strategy"
    answer = []
    for i, order in enumerate(all_orders(strategy)):
        closing = {"kind": "close_position", "row": (order.ts_init - start) // STEP}
        answer.append({**what_became_of(order, start), "terms": strategy.terms[i] if i < len(strategy.terms) else closing})
    engine.dispose()
    return answer


def all_orders(strategy: Any) -> list[Any]:
    """Return the orders of a strategy as it sent them, then those that closed positions."""
    sent = [order.client_order_id for order in strategy.orders]
    others = [order for order in strategy.cache.orders() if order.client_order_id not in sent]
    others.sort(key=lambda order: (order.ts_init, str(order.client_order_id)))
    return [strategy.cache.order(id_) for id_ in sent] + others


def what_became_of(order: Any, start: int) -> dict[str, Any]:
    """Return an order as plain data."""
    fills = [event for event in order.events if type(event).__name__ == "OrderFilled"]
    return {
        "side": int(order.side),
        "type": name_of_enum(order.order_type, order.type_string),
        "status": name_of_enum(order.status, order.status_string),
        "quantity": int(order.quantity),
        "fills": [[(f.ts_event - start) / STEP, int(f.last_qty), str(f.last_px), f.liquidity_side.name] for f in fills],
        "accepted": any(type(event).__name__ == "OrderAccepted" for event in order.events),
        "by": name_of_enum(order.trigger_type, str) if order.has_trigger_price else "",
        "price": str(order.price) if order.has_price else "",
        "trigger": str(order.trigger_price) if order.has_trigger_price else "",
        "tif": name_of_enum(order.time_in_force, order.tif_string),
        "child": order.parent_order_id is not None,
        "events": [told(event, start) for event in order.events],
    }


def told(event: Any, start: int) -> list[Any]:
    """Return what an event says, and its time in rows."""
    prices = [getattr(event, name, None) for name in ("price", "trigger_price", "quantity")]
    terms = ["" if value is None else str(value) for value in prices]
    return [type(event).__name__.removeprefix("Order"), (event.ts_event - start) / STEP, *terms]
