from collections.abc import Sequence

from nautilus_lite.backtest.models.fill.base import FillModel

class BestPriceFillModel(FillModel): ...
class OneTickSlippageFillModel(FillModel): ...
class TwoTierFillModel(FillModel): ...
class ThreeTierFillModel(FillModel): ...
class ProbabilisticFillModel(FillModel): ...
class SizeAwareFillModel(FillModel): ...
class LimitOrderPartialFillModel(FillModel): ...

class MarketHoursFillModel(FillModel):
    low_liquidity_hours: tuple[tuple[str, str], ...]
    def __init__(
        self,
        prob_fill_on_limit: float = 1.0,
        prob_slippage: float = 0.0,
        random_seed: int | None = None,
        low_liquidity_hours: Sequence[Sequence[str]] | None = None,
    ) -> None: ...
    def is_low_liquidity_period(self) -> bool: ...
    def set_low_liquidity_period(self, is_low_liquidity: bool) -> None: ...

class VolumeSensitiveFillModel(FillModel):
    recent_volume: float
    def __init__(
        self,
        prob_fill_on_limit: float = 1.0,
        prob_slippage: float = 0.0,
        random_seed: int | None = None,
        recent_volume: float = 1000.0,
    ) -> None: ...
    def set_recent_volume(self, volume: float) -> None: ...

class CompetitionAwareFillModel(FillModel):
    liquidity_factor: float
    def __init__(
        self,
        prob_fill_on_limit: float = 1.0,
        prob_slippage: float = 0.0,
        random_seed: int | None = None,
        liquidity_factor: float = 0.3,
    ) -> None: ...
