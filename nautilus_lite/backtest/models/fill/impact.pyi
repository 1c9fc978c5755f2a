from nautilus_lite.backtest.models.fill.base import FillModel

class ThroughTicksFillModel(FillModel):
    def __init__(self, n: int = 1, prob_slippage: float = 0.0, random_seed: int | None = None) -> None: ...
    @property
    def n(self) -> int: ...

class VolumeShareFillModel(FillModel):
    volume_limit: float
    price_impact: float
    def __init__(self, volume_limit: float = 0.025, price_impact: float = 0.1) -> None: ...

class SquareRootImpactFillModel(FillModel):
    eta: float
    sigma: float
    volume: float
    def __init__(
        self,
        eta: float,
        sigma: float,
        volume: float,
        random_seed: int | None = None,
        prob_fill_on_limit: float = 1.0,
    ) -> None: ...
