"""TWAP: an order worked in equal slices over a span of time."""

from __future__ import annotations

from typing import Any

from nautilus_lite.execution.algorithm import ExecAlgorithm, ExecAlgorithmConfig
from nautilus_lite.model.enums import OrderType, TriggerType
from nautilus_lite.model.identifiers import ClientOrderId, ExecAlgorithmId
from nautilus_lite.model.objects import Quantity

SECOND_NS = 1_000_000_000
# What is emulated is a market order when it is released, but for these
LIMITS = (OrderType.STOP_LIMIT, OrderType.LIMIT_IF_TOUCHED, OrderType.TRAILING_STOP_LIMIT)


class TWAPExecAlgorithmConfig(ExecAlgorithmConfig, kw_only=True, frozen=True):
    """Configuration of a `TWAPExecAlgorithm`; orders name it `TWAP` unless configured otherwise."""

    exec_algorithm_id: ExecAlgorithmId | None = ExecAlgorithmId("TWAP")


def _raw(quantity: Quantity | None, instrument: Any) -> int:
    return 0 if quantity is None else Quantity(quantity.as_decimal(), instrument.size_precision).raw


def slices(raw: int, increment: int, smallest: int, n: int) -> list[int]:
    """Return the sizes of the slices of an order, in raw units.

    All are whole increments; the last takes the remainder, so that the sum is exact. Where a slice would be zero or below the
    smallest quantity allowed, all is one slice.
    """
    size = raw // n // increment * increment
    if n < 2 or size == 0 or size < smallest:
        return [raw]
    return [size] * (n - 1) + [raw - size * (n - 1)]


class TWAPExecAlgorithm(ExecAlgorithm):
    """Works market orders in equal slices at equal intervals.

    Parameters
    ----------
    config : TWAPExecAlgorithmConfig, optional

    Notes
    -----
    Orders carry `exec_algorithm_params` with `horizon_secs` and `interval_secs`. The first of the horizon / interval slices goes
    out at once, the next ones an interval apart, the last one is the primary order itself, with all that is left of it.
    """

    def __init__(self, config: TWAPExecAlgorithmConfig | None = None) -> None:
        super().__init__(TWAPExecAlgorithmConfig() if config is None else config)
        self._plans: dict[Any, list[int]] = {}

    def on_reset(self) -> None:
        self._plans.clear()

    def on_order(self, order: Any) -> None:
        """Plan the slices and send the first."""
        reason = self._refuse(order)
        if reason is not None:
            self.log.error(f"cannot work order {order.client_order_id}: {reason}")
            self._deny_held(order, reason)
            return
        params = order.exec_algorithm_params
        instrument = self.cache.instrument(order.instrument_id)
        interval = float(params["interval_secs"])
        n = int(float(params["horizon_secs"]) / interval)
        least = instrument.min_quantity
        plan = slices(
            _raw(order.quantity, instrument), _raw(instrument.size_increment, instrument), _raw(least, instrument), n
        )
        self._plans[order.client_order_id] = plan
        if len(plan) > 1:
            self.clock.set_timer_ns(
                order.client_order_id.value,
                round(interval * SECOND_NS),
                self.clock.timestamp_ns(),
                0,
                self._on_interval,
            )
        self._send_next(order)

    def _refuse(self, order: Any) -> str | None:
        params = order.exec_algorithm_params or {}
        is_emulated = order.emulation_trigger != TriggerType.NO_TRIGGER
        if order.order_type in LIMITS if is_emulated else order.order_type != OrderType.MARKET:
            return f"{self.exec_algorithm_id} works market orders, was {order.order_type.name}"
        if self.cache.instrument(order.instrument_id) is None:
            return f"instrument {order.instrument_id} not found"
        missing = [name for name in ("horizon_secs", "interval_secs") if not float(params.get(name) or 0) > 0]
        if missing:
            return f"`exec_algorithm_params` needs a positive {' and '.join(missing)}, was {params}"
        if float(params["horizon_secs"]) < float(params["interval_secs"]):
            return f"`horizon_secs` must not be below `interval_secs`, was {params}"
        return None

    def _on_interval(self, event: Any) -> None:
        order = self._known(ClientOrderId(event.name))
        if order is None or order.is_closed or order.client_order_id not in self._plans:
            self.clock.cancel_timer(event.name)
            self._plans.pop(ClientOrderId(event.name), None)
            return
        self._send_next(order)

    def _send_next(self, order: Any) -> None:
        plan = self._plans[order.client_order_id]
        instrument = self.cache.instrument(order.instrument_id)
        size = plan.pop(0)
        # Its quantity may have changed since the plan was made
        if plan and size < _raw(order.leaves_qty, instrument):
            quantity = Quantity.from_raw(size, instrument.size_precision)
            self.submit_order(self.spawn_market(order, quantity, order.time_in_force, order.is_reduce_only, order.tags))
            return
        del self._plans[order.client_order_id]
        if order.client_order_id.value in self.clock.timer_names:
            self.clock.cancel_timer(order.client_order_id.value)
        self.submit_order(order)
