from nautilus_lite.backtest.models.latency.base import LatencyModel

class DrawnLatencyModel(LatencyModel):
    def __init__(
        self,
        minimum_nanos: int,
        insert_latency_nanos: int,
        update_latency_nanos: int,
        cancel_latency_nanos: int,
        response_minimum_nanos: int,
        feed_latency_nanos: int,
        in_order: bool,
        random_seed: int | None,
    ) -> None: ...

class LogNormalLatencyModel(DrawnLatencyModel):
    median_nanos: float
    sigma: float
    response_median_nanos: float
    response_sigma: float
    def __init__(
        self,
        median_nanos: float,
        sigma: float,
        minimum_nanos: int = 0,
        response_median_nanos: float = 0,
        response_sigma: float | None = None,
        response_minimum_nanos: int = 0,
        insert_latency_nanos: int = 0,
        update_latency_nanos: int = 0,
        cancel_latency_nanos: int = 0,
        feed_latency_nanos: int = 0,
        in_order: bool = True,
        random_seed: int | None = None,
    ) -> None: ...

class GammaLatencyModel(DrawnLatencyModel):
    shape: float
    scale_nanos: float
    response_shape: float
    response_scale_nanos: float
    def __init__(
        self,
        shape: float,
        scale_nanos: float,
        minimum_nanos: int = 0,
        response_shape: float | None = None,
        response_scale_nanos: float = 0,
        response_minimum_nanos: int = 0,
        insert_latency_nanos: int = 0,
        update_latency_nanos: int = 0,
        cancel_latency_nanos: int = 0,
        feed_latency_nanos: int = 0,
        in_order: bool = True,
        random_seed: int | None = None,
    ) -> None: ...
