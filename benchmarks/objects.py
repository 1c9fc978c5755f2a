"""Data as the objects of nautilus_trader, whose two versions share them but for the names of aggressors."""

from __future__ import annotations

from typing import Any


def columns(data: dict[str, Any], *names: str) -> Any:
    """Return rows of the named columns, as Python integers."""
    return zip(*(data[name].tolist() for name in names), strict=True)


class Objects:
    """Makes data of an instrument.

    Parameters
    ----------
    api : module
        Holds the engine's classes, `ID`, `BAR_TYPE`, and `AGGRESSORS` (buyer, seller).
    """

    def __init__(self, api: Any) -> None:
        self.api = api

    def price(self, raw: int) -> Any:
        """Return a price of five digits."""
        return self.api.Price(raw / 1e5, 5)

    def quotes(self, data: dict[str, Any]) -> list[Any]:
        """Return quotes."""
        size = self.api.Quantity.from_int(1_000_000)
        make, identifier, price = self.api.QuoteTick, self.api.ID, self.price
        rows = columns(data, "ts", "bid", "ask")
        return [make(identifier, price(bid), price(ask), size, size, ts, ts) for ts, bid, ask in rows]

    def add_quotes(self, engine: Any, data: dict[str, Any]) -> None:
        """Add quotes."""
        engine.add_data(self.quotes(data))

    def add_trades(self, engine: Any, data: dict[str, Any]) -> None:
        """Add trades."""
        api = self.api
        rows = enumerate(columns(data, "ts", "price", "size", "side"))
        engine.add_data(
            [
                api.TradeTick(
                    api.ID,
                    self.price(raw),
                    api.Quantity.from_int(size),
                    api.AGGRESSORS[side - 1],
                    api.TradeId(str(i)),
                    ts,
                    ts,
                )
                for i, (ts, raw, size, side) in rows
            ]
        )

    def add_bars(self, engine: Any, data: dict[str, Any]) -> None:
        """Add bars."""
        api, price = self.api, self.price
        rows = columns(data, "open", "high", "low", "close", "volume", "ts")
        engine.add_data(
            [
                api.Bar(api.BAR_TYPE, price(o), price(h), price(low), price(c), api.Quantity.from_int(volume), ts, ts)
                for o, h, low, c, volume, ts in rows
            ]
        )

    def add_deltas(self, engine: Any, data: dict[str, Any]) -> None:
        """Add order book deltas, each a batch of its own."""
        api = self.api
        actions = {1: api.BookAction.ADD, 2: api.BookAction.UPDATE, 3: api.BookAction.DELETE}
        sides = {1: api.OrderSide.BUY, 2: api.OrderSide.SELL}
        rows = enumerate(columns(data, "ts", "action", "side", "price", "size"))
        engine.add_data(
            [
                api.OrderBookDelta(
                    api.ID,
                    actions[action],
                    api.BookOrder(sides[side], self.price(raw), api.Quantity.from_int(size), raw),
                    128,
                    i,
                    ts,
                    ts,
                )
                for i, (ts, action, side, raw, size) in rows
            ]
        )
