"""How a strategy leaves the market: its orders cancelled, its positions closed, and a wait until both is done."""

from __future__ import annotations

from typing import Any

from nautilus_lite.model.enums import OrderStatus

MS_NS = 1_000_000
TAG = "MARKET_EXIT"


class MarketExit:
    """One exit of a strategy.

    Parameters
    ----------
    strategy : Strategy
    stops : bool
        If the strategy stops when it is over.

    Notes
    -----
    Looks again every `market_exit_interval_ms`, at most `market_exit_max_attempts` times; closes again what is still open once
    no order is on its way.
    """

    def __init__(self, strategy: Any, stops: bool) -> None:
        self.strategy = strategy
        self.stops = stops
        self.is_over = False
        self.is_leaving = False                 # its own orders are let through
        self.attempts = 0
        self._timer = f"{TAG}:{strategy.id}"

    def begin(self) -> None:
        """Cancel and close, and look again later."""
        self.strategy.on_market_exit()
        self._leave()
        self.strategy.clock.set_timer_ns(
            self._timer, self.strategy.config.market_exit_interval_ms * MS_NS, callback=self._look
        )

    def _orders(self) -> list[Any]:
        return [order for order in self.strategy.cache.orders(strategy_id=self.strategy.id) if not order.is_closed]

    def _positions(self) -> list[Any]:
        return list(self.strategy.cache.positions_open(strategy_id=self.strategy.id))

    def _leave(self) -> None:
        strategy, config = self.strategy, self.strategy.config
        # In the order in which they came, so that runs are alike
        instruments = dict.fromkeys(each.instrument_id for each in (*self._orders(), *self._positions()))
        self.is_leaving = True
        for instrument_id in instruments:
            strategy.cancel_all_orders(instrument_id)
            strategy.close_all_positions(
                instrument_id,
                tags=[TAG],
                time_in_force=config.market_exit_time_in_force,
                reduce_only=config.market_exit_reduce_only,
            )
        self.is_leaving = False

    def _look(self, event: Any) -> None:
        self.attempts += 1
        orders = self._orders()
        if not orders and not self._positions() or self.attempts >= self.strategy.config.market_exit_max_attempts:
            self.end()
        elif not any(order.is_inflight or order.status == OrderStatus.SUBMITTED for order in orders):
            self._leave()

    def end(self) -> None:
        """End it, whatever is still open; stop the strategy where that was asked for."""
        if self.is_over:
            return
        self.is_over = True
        orders, positions = len(self._orders()), len(self._positions())
        if orders or positions:
            self.strategy.log.warning(f"market exit ends with {orders} orders and {positions} positions open")
        clock = self.strategy.clock
        if self._timer in clock.timer_names:
            clock.cancel_timer(self._timer)
        self.strategy.post_market_exit()
        if self.stops and self.strategy.is_running:
            self.strategy.stop()
