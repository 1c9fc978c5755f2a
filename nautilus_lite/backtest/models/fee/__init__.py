"""Fee models: what a fill costs."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "base": ("FeeModel",),
        "combined": ("CompositeFeeModel", "CurrencyFeeModel", "FeeSchedule"),
        "files": ("fee_model_from_file", "fee_schedule_from_dict"),
        "simple": ("FixedFeeModel", "MakerTakerFeeModel", "PerContractFeeModel", "PerShareFeeModel"),
        "tiered": ("TieredFeeModel",),
    },
)  # fmt: skip
__all__ = __dir__()
