"""Fill and fee models compared over one pass of the data: nine worlds, one decode; what each made, and why.

Order book deltas alone, without trades: whether an order fills when the other side of the book reaches its price is then the
fill model's to say.
"""

import importlib.util
from pathlib import Path

import msgspec

from nautilus_lite.backtest.compare import compare
from nautilus_lite.common.config import ImportableConfig

MODELS = "nautilus_lite.backtest.models"
spec = importlib.util.spec_from_file_location("maker", Path(__file__).with_name("03_l2_market_maker.py"))
maker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(maker)

fill_models = {
    name: ImportableConfig(path=f"{MODELS}:FillModel", config={"prob_fill_on_limit": chance, "random_seed": 1})
    for name, chance in {"always at touch": 1.0, "one in five": 0.2, "only when crossed": 0.0}.items()
}
fee_models = {
    "schedule": ImportableConfig(path=f"{MODELS}:MakerTakerFeeModel", config={}),
    "0.50 USDT an order": ImportableConfig(path=f"{MODELS}:FixedFeeModel", config={"commission": "0.50 USDT"}),
    "0.10 USDT a contract": ImportableConfig(path=f"{MODELS}:PerContractFeeModel", config={"commission": "0.10 USDT"}),
}

if __name__ == "__main__":
    config = msgspec.structs.replace(maker.config, data=maker.config.data[:1])
    comparison = compare(config, fill_models=fill_models, fee_models=fee_models)
    frame = comparison.frame()
    print(frame[["net", "gross", "fees", "fills", "fill_rate", "maker_share", "time_to_fill_median_s"]].to_string())
    print("\nagainst the first, by block bootstrap of samples of equity")
    print(comparison.differences()[["pnl", "pnl_low", "pnl_high", "pnl_clear", "periods", "block"]].to_string())
    print("\nfrom paper to net")
    print(comparison.attribution().to_string())
    print("\nnet by fill and fee model")
    print(comparison.pivot("net", "fill_model", "fee_model").to_string())
