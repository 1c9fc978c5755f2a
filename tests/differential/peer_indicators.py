"""Every indicator over the same bars: runs in either package, whose name is the first argument; JSON on standard output."""

import importlib
import json
import random
import sys
from datetime import UTC, datetime, timedelta

ROOT = sys.argv[1]
indicators = importlib.import_module(f"{ROOT}.indicators")
SIMPLE, EXPONENTIAL, WILDER = (getattr(indicators.MovingAverageType, n) for n in ("SIMPLE", "EXPONENTIAL", "WILDER"))
RATIO = {"ma_type": SIMPLE, "ma_type_atr": WILDER, "use_previous": False, "atr_floor": 0.5}
HLC, HLCV, V = "hlc", "hlcv", ["value"]

CASES = [
    ("SimpleMovingAverage", (5,), {}, "c", V), ("ExponentialMovingAverage", (5,), {}, "c", V),
    ("WilderMovingAverage", (5,), {}, "c", V), ("AdaptiveMovingAverage", (5, 2, 10), {}, "c", V),
    ("WeightedMovingAverage", (3, [1.0, 2.0, 3.0]), {}, "c", V),
    ("DoubleExponentialMovingAverage", (5,), {}, "c", V), ("HullMovingAverage", (9,), {}, "c", V),
    ("VariableIndexDynamicAverage", (6,), {}, "c", V),
    ("ChandeMomentumOscillator", (6,), {}, "c", V), ("ChandeMomentumOscillator", (6,), {"ma_type": SIMPLE}, "c", V),
    ("CommodityChannelIndex", (6,), {}, HLC, V), ("CommodityChannelIndex", (6, 0.02), {"ma_type": EXPONENTIAL}, HLC, V),
    ("EfficiencyRatio", (5,), {}, "c", V), ("EfficiencyRatio", (2,), {}, "c", V),
    ("PsychologicalLine", (6,), {}, "c", V), ("PsychologicalLine", (6,), {"ma_type": EXPONENTIAL}, "c", V),
    ("RateOfChange", (5,), {}, "c", V), ("RateOfChange", (2,), {"use_log": True}, "c", V),
    ("RelativeVolatilityIndex", (6,), {}, "c", V), ("RelativeVolatilityIndex", (5, 50.0), {"ma_type": SIMPLE}, "c", V),
    ("Stochastics", (5, 3), {}, HLC, ["value_k", "value_d"]), ("Stochastics", (5, 3, 3), {}, HLC, ["value_k", "value_d"]),
    ("Stochastics", (5, 3, 3), {"ma_type": SIMPLE, "d_method": "moving_average"}, HLC, ["value_k", "value_d"]),
    ("ArcherMovingAveragesTrends", (3, 6, 4), {}, "c", ["long_run", "short_run"]),
    ("AroonOscillator", (6,), {}, "hl", ["aroon_up", "aroon_down", "value"]),
    ("Bias", (6,), {}, "c", V), ("Bias", (6,), {"ma_type": EXPONENTIAL}, "c", V),
    ("DirectionalMovement", (6,), {}, "hl", ["pos", "neg"]),
    ("DirectionalMovement", (6,), {"ma_type": SIMPLE}, "hl", ["pos", "neg"]),
    ("IchimokuCloud", (3, 6, 10, 6), {}, HLC, ["tenkan_sen", "kijun_sen", "senkou_span_a", "senkou_span_b", "chikou_span"]),
    ("LinearRegression", (6,), {}, "c", ["value", "slope", "intercept", "degree", "cfo", "R2"]),
    ("Swings", (5,), {}, "hlt", ["direction", "changed", "high_price", "low_price", "length", "duration", "since_high"]),
    ("DonchianChannel", (6,), {}, "hl", ["upper", "middle", "lower"]),
    ("KeltnerChannel", (6, 2.0), {}, HLC, ["upper", "middle", "lower"]),
    ("KeltnerChannel", (6, 1.5), RATIO, HLC, ["upper", "lower"]),
    ("KeltnerPosition", (6, 2.0), {}, HLC, V), ("KeltnerPosition", (6, 1.5), RATIO, HLC, V),
    ("VerticalHorizontalFilter", (6,), {}, "c", V), ("VerticalHorizontalFilter", (6,), {"ma_type": EXPONENTIAL}, "c", V),
    ("VolatilityRatio", (3, 6), {}, HLC, V), ("VolatilityRatio", (3, 6, EXPONENTIAL, False, 0.4), {}, HLC, V),
    ("KlingerVolumeOscillator", (3, 6, 4), {}, HLCV, V), ("KlingerVolumeOscillator", (3, 6, 4), {"ma_type": SIMPLE}, HLCV, V),
    ("OnBalanceVolume", (), {}, "ocv", V), ("OnBalanceVolume", (5,), {}, "ocv", V),
    ("Pressure", (6,), {}, HLCV, ["value", "value_cumulative"]),
    ("Pressure", (6, SIMPLE, 0.5), {}, HLCV, ["value", "value_cumulative"]),
    ("VolumeWeightedAveragePrice", (), {}, "pvt", V), ("MovingAverageConvergenceDivergence", (3, 6), {}, "c", V),
    ("RelativeStrengthIndex", (6,), {}, "c", V), ("AverageTrueRange", (6,), {}, HLC, V),
    ("BollingerBands", (6, 2.0), {}, HLC, ["upper", "middle", "lower"]),
]  # fmt: skip


def bars(seed: int = 7, n: int = 400) -> list[dict]:
    numbers, price, made = random.Random(seed), 100.0, []
    for i in range(n):
        first = price
        if numbers.random() > 0.12:
            price = round(first + numbers.gauss(0, 1), 2)
        quiet = price == first
        top = max(first, price) + (0.0 if quiet else round(abs(numbers.gauss(0, 0.5)), 2))
        bottom = min(first, price) - (0.0 if quiet else round(abs(numbers.gauss(0, 0.5)), 2))
        volume = 0.0 if numbers.random() < 0.08 else float(numbers.randint(1, 1_000))
        time = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=i)
        made.append({"o": first, "h": top, "l": bottom, "c": price, "v": volume, "t": time, "p": (top + bottom + price) / 3})
    return made


out = []
for name, arguments, options, takes, gives in CASES:
    indicator = getattr(indicators, name)(*arguments, **options)
    rows = []
    for bar in bars():
        indicator.update_raw(*(bar[key] for key in takes))
        rows.append([bool(indicator.initialized), *(float(getattr(indicator, value)) for value in gives)])
    out.append([name, rows])
json.dump(out, sys.stdout)
