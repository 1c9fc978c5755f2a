from nautilus_lite.execution.messages import TradingCommand
from nautilus_lite.model.events.order import OrderEvent

class LatencyModel:
    base_latency_nanos: int
    insert_latency_nanos: int
    update_latency_nanos: int
    cancel_latency_nanos: int
    response_latency_nanos: int
    feed_latency_nanos: int
    in_order: bool
    random_seed: int | None
    def __init__(
        self,
        base_latency_nanos: int = 1_000_000,
        insert_latency_nanos: int = 0,
        update_latency_nanos: int = 0,
        cancel_latency_nanos: int = 0,
        response_latency_nanos: int = 0,
        feed_latency_nanos: int = 0,
        in_order: bool = False,
    ) -> None: ...
    def reset(self) -> None: ...
    def command_latency(self, command_kind: int) -> int: ...
    def uniform(self) -> float: ...
    def entry_latency(self, command: TradingCommand, ts_now: int) -> int: ...
    def response_latency(self, event: OrderEvent, ts_now: int) -> int: ...
