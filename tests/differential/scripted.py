"""A strategy that does what a scenario says, over the names of either engine; see `test_scenarios.py`.

A scenario is plain data: quotes, and actions to take at each of them. The answer is what became of every order.
"""

from __future__ import annotations

from typing import Any

START = 1_700_000_000_000_000_000
STEP = 1_000_000_000


def make_strategy(api: Any) -> type:
    """Return the strategy class over an engine's names."""

    class Scripted(api.Strategy):
        def __init__(self, scenario: dict[str, Any]) -> None:
            super().__init__()
            self.actions = scenario["actions"]
            self.n = 0
            self.orders: list[Any] = []

        def on_start(self) -> None:
            self.subscribe_quote_ticks(api.ID)

        def on_quote_tick(self, tick: Any) -> None:
            for action in self.actions.get(str(self.n), ()):
                self.act(**action)
            self.n += 1

        def act(
            self, kind: str, side: int, qty: int, price: int, trigger: int, index: int, **more: Any
        ) -> None:
            make = self.order_factory
            side_, quantity = api.OrderSide(side), api.Quantity.from_int(qty)
            at, level = api.Price(price / 1e5, 5), api.Price(trigger / 1e5, 5)
            if kind == "market":
                self.send(make.market(api.ID, side_, quantity))
            elif kind == "limit":
                options = {"time_in_force": api.TimeInForce[more["tif"]], "post_only": more["post_only"]}
                self.send(make.limit(api.ID, side_, quantity, at, **options))
            elif kind == "stop":
                self.send(make.stop_market(api.ID, side_, quantity, level))
            elif kind == "stop_limit":
                self.send(make.stop_limit(api.ID, side_, quantity, at, level))
            elif kind == "market_to_limit":
                self.send(make.market_to_limit(api.ID, side_, quantity))
            elif kind == "if_touched":
                self.send(make.market_if_touched(api.ID, side_, quantity, api.Price(more["touch"] / 1e5, 5)))
            elif kind == "limit_if_touched":
                self.send(make.limit_if_touched(api.ID, side_, quantity, at, api.Price(more["touch"] / 1e5, 5)))
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
            elif kind == "cancel" and index < len(self.orders):
                order = self.orders[index]
                if not order.is_closed and not order.is_pending_cancel:
                    self.cancel_order(order)
            elif kind == "modify" and index < len(self.orders):
                order = self.orders[index]
                if order.is_open and not order.is_pending_cancel and order.has_price and not order.has_trigger_price:
                    self.modify_order(order, quantity, at)

        def send(self, order: Any) -> None:
            self.orders.append(order)
            self.submit_order(order)

    return Scripted


def quote_of(api: Any, i: int, bid: int, ask: int, bid_size: int, ask_size: int) -> Any:
    """Return a quote of the scenario."""
    ts = START + i * STEP
    return api.QuoteTick(
        api.ID,
        api.Price(bid / 1e5, 5),
        api.Price(ask / 1e5, 5),
        api.Quantity.from_int(bid_size),
        api.Quantity.from_int(ask_size),
        ts,
        ts,
    )


def run(api: Any, scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a scenario and return what became of its orders, in order of submission."""
    engine = api.engine()
    engine.add_data([quote_of(api, i, *row) for i, row in enumerate(scenario["quotes"])])
    strategy = make_strategy(api)(scenario)
    engine.add_strategy(strategy)
    engine.run()
    answer = []
    for order in strategy.orders:
        fills = [event for event in order.events if type(event).__name__ == "OrderFilled"]
        answer.append(
            {
                "type": order.order_type.name if hasattr(order.order_type, "name") else str(order.type_string()),
                "status": order.status.name if hasattr(order.status, "name") else str(order.status_string()),
                "quantity": int(order.quantity),
                "fills": [
                    [(f.ts_event - START) // STEP, int(f.last_qty), str(f.last_px), f.liquidity_side.name] for f in fills
                ],
                "accepted": any(type(event).__name__ == "OrderAccepted" for event in order.events),
                "child": order.parent_order_id is not None,
            }
        )
    engine.dispose()
    return answer
