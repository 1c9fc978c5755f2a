class LatencyModel:
    base_latency_nanos: int
    insert_latency_nanos: int
    update_latency_nanos: int
    cancel_latency_nanos: int
    def __init__(
        self,
        base_latency_nanos: int = 1_000_000,
        insert_latency_nanos: int = 0,
        update_latency_nanos: int = 0,
        cancel_latency_nanos: int = 0,
    ) -> None: ...
    def command_latency(self, command_kind: int) -> int: ...
