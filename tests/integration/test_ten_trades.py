"""Ten trades through the engine, every statistic by hand.

Two perpetuals over the twenty days from Monday 2024-01-01, 10,000 USDT at the start. BTC costs a tenth of a percent to
take and pays back a twentieth to make, ETH costs nothing. Quotes have no spread, so that a price is a price. Equity is
sampled at midnight: the table `CLOSES` is all that statistics of equity see.
"""

import math
from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.model.data import FundingRateUpdate
from nautilus_lite.model.enums import OrderSide
from tests.venue_runs import DAY, HOUR, SECOND, Scripted, engine, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual("BTCUSDT-PERP", taker_fee=Decimal("0.001"), maker_fee=Decimal("-0.0005"))
ETH = perpetual("ETHUSDT-PERP", taker_fee=Decimal("0"), maker_fee=Decimal("0"))
MONDAY = 19723 * DAY  # 2024-01-01


def at(day, hour):
    return MONDAY + day * DAY + hour * HOUR


# Price of BTC by day and hour; the one of 23:00 is the mark of the day's close
BTC_PRICES = {
    (0, 0): 100, (0, 14): 110,
    (1, 10): 110, (1, 23): 112,
    (2, 10): 115,
    (5, 10): 120, (5, 23): 124,
    (6, 10): 130, (6, 23): 132,
    (7, 10): 125,
    (8, 10): 125, (8, 23): 122,
    (9, 10): 117,
    (10, 23): 115,
    (11, 10): 121,
    (12, 12): 126,
    (14, 23): 127,
    (15, 11): 125, (15, 23): 124,
    (16, 10): 128, (16, 14): 130,
    (20, 0): 130,
}  # fmt: skip
ETH_PRICES = {(0, 0): 50, (17, 9): 60, (17, 23): 61, (18, 10): 58}

# Every order a second after the quote it takes: day, hour, instrument, side, size
ORDERS = [
    (0, 10, BTC, BUY, 10), (0, 14, BTC, SELL, 10),  # 1: long 100 to 110
    (1, 10, BTC, SELL, 10), (2, 10, BTC, BUY, 10),  # 2: short 110 to 115
    (3, 10, ETH, BUY, 10), (3, 12, ETH, SELL, 10),  # 3: 50 to 50, without fees: breakeven
    (5, 10, BTC, BUY, 10), (6, 10, BTC, SELL, 20),  # 4: long 120 to 130, and a flip into
    (7, 10, BTC, BUY, 10),  # 5: short 130 to 125
    (8, 10, BTC, BUY, 10), (9, 10, BTC, SELL, 10),  # 6: long 125 to 117
    (11, 10, BTC, SELL, 10),  # 7: long 116 as maker to 121
    (12, 10, BTC, SELL, 10), (12, 12, BTC, BUY, 10),  # 8: short 121 to 126
    (14, 10, BTC, BUY, 20), (16, 10, BTC, SELL, 10), (16, 14, BTC, SELL, 10),  # 9: long 126, half at 128, half at 130
    (17, 10, ETH, SELL, 5), (18, 10, ETH, BUY, 5),  # 10: short 60 to 58
]  # fmt: skip

# Gross, then fees at a tenth of a percent of each side; the maker of trade 7 gets 1,160 x 0.0005 = 0.58
GROSS = [100, -50, 0, 100, 50, -80, 50, -50, 60, 10]
FEES = [
    1.00 + 1.10,
    1.10 + 1.15,
    0.0,
    1.20 + 1.30,
    1.30 + 1.25,
    1.25 + 1.17,
    -0.58 + 1.21,
    1.21 + 1.26,
    2.52 + 1.28 + 1.30,
    0.0,
]
PNLS = [97.90, -52.25, 0.0, 97.50, 47.45, -82.42, 49.37, -52.47, 54.90, 10.0]
# The worst and the best that each could have been closed at while it was open, before fees; 9 was 20 contracts at 124 and at 128
MAE = [0, -50, 0, 0, -20, -80, -10, -50, -40, -5]
MFE = [100, 0, 0, 100, 50, 0, 50, 0, 40, 10]
HOURS = [4, 24, 2, 24, 24, 24, 22, 2, 52, 24]
RETURNS_OF_TRADES = [10 / 100, -5 / 110, 0.0, 10 / 120, 5 / 130, -8 / 125, 5 / 116, -5 / 121, 3 / 126, 2 / 60]

# Cash and open profit at each midnight, the opening balance first; the funding of day 15 is 20 x 125 x 0.0001 = 0.25
CLOSES = [
    10_000.00,
    10_097.90,  # 1 made 97.90
    10_076.80,  # 2 paid 1.10 to open and stands at (110 - 112) x 10
    10_045.65,  # 2 lost 52.25
    10_045.65,  # 3 made nothing
    10_045.65,
    10_084.45,  # 4 paid 1.20 and stands at (124 - 120) x 10
    10_121.85,  # 4 made 97.50; 5 paid 1.30 and stands at (130 - 132) x 10
    10_190.60,  # 5 made 47.45
    10_159.35,  # 6 paid 1.25 and stands at (122 - 125) x 10
    10_108.18,  # 6 lost 82.42
    10_098.76,  # 7 got 0.58 and stands at (115 - 116) x 10
    10_157.55,  # 7 made 49.37
    10_105.08,  # 8 lost 52.47
    10_105.08,
    10_122.56,  # 9 paid 2.52 and stands at (127 - 126) x 20
    10_062.31,  # 9 stands at (124 - 126) x 20 and paid 0.25 of funding
    10_159.73,  # 9 made 54.90
    10_154.73,  # 10 stands at (60 - 61) x 5
    10_169.73,  # 10 made 10.00
    10_169.73,
]
DAILY = [after / before - 1 for before, after in zip(CLOSES, CLOSES[1:], strict=False)]
UP, DOWN = [r for r in DAILY if r > 0], [r for r in DAILY if r < 0]
MEAN = sum(DAILY) / 20
DEVIATION = math.sqrt(sum((r - MEAN) ** 2 for r in DAILY) / 19)
DOWNSIDE = math.sqrt(sum(r**2 for r in DOWN) / 20)
SQRT_YEAR = math.sqrt(365)
SHARPE = MEAN / DEVIATION * SQRT_YEAR
CAGR = 1.016973 ** (365.25 / 20) - 1

# Peaks at 10,097.90 (day 1) until day 7, 10,190.60 (day 8) until the end
DEPTHS = [c / 10_097.90 - 1 if 1 < i < 7 else c / 10_190.60 - 1 if i > 8 else 0.0 for i, c in enumerate(CLOSES)]
FIRST_FALL, SECOND_FALL = 10_045.65 / 10_097.90 - 1, 10_062.31 / 10_190.60 - 1
ULCER = math.sqrt(sum(d**2 for d in DEPTHS) / 21)

# Sorted daily returns: 5 % lie 0.95 of the way from the lowest to the next, 95 % 18.05 steps up
RANKED = sorted(DAILY)
VAR = RANKED[0] + 0.95 * (RANKED[1] - RANKED[0])
HIGH = RANKED[18] + 0.05 * (RANKED[19] - RANKED[18])
TAIL_RATIO = HIGH / -VAR
OMEGA = sum(UP) / -sum(DOWN)

# Moments of the population
SECOND_MOMENT, THIRD_MOMENT, FOURTH_MOMENT = (sum((r - MEAN) ** k for r in DAILY) / 20 for k in (2, 3, 4))
G1, B2 = THIRD_MOMENT / SECOND_MOMENT**1.5, FOURTH_MOMENT / SECOND_MOMENT**2
SPREAD = math.sqrt(1 - G1 * SHARPE / SQRT_YEAR + (B2 - 1) / 4 * (SHARPE / SQRT_YEAR) ** 2)
PSR = NormalDist().cdf(SHARPE / SQRT_YEAR * math.sqrt(19) / SPREAD)

# Each day against the next
LEAD, LAG = DAILY[1:], DAILY[:-1]
MEAN_LEAD, MEAN_LAG = sum(LEAD) / 19, sum(LAG) / 19
LEAN = sum((a - MEAN_LAG) * (b - MEAN_LEAD) for a, b in zip(LAG, LEAD, strict=True)) / math.sqrt(
    sum((a - MEAN_LAG) ** 2 for a in LAG) * sum((b - MEAN_LEAD) ** 2 for b in LEAD)
)
LO = 365 / math.sqrt(365 + 2 * sum((365 - k) * LEAN**k for k in range(1, 365)))

# Logarithm of equity against the day
LOGS = [math.log(c / 10_000) for c in CLOSES[1:]]
MEAN_LOG = sum(LOGS) / 20
STABILITY = sum((i - 9.5) * (x - MEAN_LOG) for i, x in enumerate(LOGS)) ** 2 / (
    sum((i - 9.5) ** 2 for i in range(20)) * sum((x - MEAN_LOG) ** 2 for x in LOGS)
)

# Six wins of 357.12 in all, three losses of 187.14
WON, LOST = 97.90 + 97.50 + 47.45 + 49.37 + 54.90 + 10.00, 52.25 + 82.42 + 52.47
MEAN_PNL = (WON - LOST) / 10
PNL_DEVIATION = math.sqrt(sum((pnl - MEAN_PNL) ** 2 for pnl in PNLS) / 9)
PAYOFF = (WON / 6) / (LOST / 3)

# Size of what was open at each midnight, long above zero
OPEN = {2: -1_120, 6: 1_240, 7: -1_320, 9: 1_220, 11: 1_150, 15: 2_540, 16: 2_480, 18: -305}
# 2100 + 2250 + 1000 + (1200 + 2600 + 1250) + 2420 + 2370 + 2470 + (2520 + 1280 + 1300) + 590
TRADED = 23_350.0
MEAN_EQUITY = sum(CLOSES) / 21

REFUSED = "the run has 20 days, which is less"
MONTH = 169.73 / 10_000
EXPECTED = {
    "PnL (total)": 169.73,  # 190 gross - 20.02 fees - 0.25 funding
    "PnL% (total)": 1.6973,
    "CAGR": CAGR,
    "Annual Return (arithmetic)": MEAN * 365,
    "Month to Date": MONTH,
    "Year to Date": MONTH,
    **dict.fromkeys(["3 Months", "6 Months", "1 Year", "3 Years", "5 Years", "10 Years"], REFUSED),
    "Max Drawdown": SECOND_FALL,
    "Average Drawdown": (FIRST_FALL + SECOND_FALL) / 2,
    "Longest Drawdown": 12.0,  # day 8 to the end at day 20
    "Average Drawdown Length": (6.0 + 12.0) / 2,  # day 1 to day 7
    "Calmar Ratio": CAGR / -SECOND_FALL,
    "Recovery Factor": MONTH / -SECOND_FALL,
    "Ulcer Index": ULCER,
    "Ulcer Performance Index": CAGR / ULCER,
    "Sharpe Ratio": SHARPE,
    "Returns Volatility": DEVIATION * SQRT_YEAR,
    "Downside Deviation": DOWNSIDE * SQRT_YEAR,
    "Smart Sharpe": MEAN / DEVIATION * LO,
    "Probabilistic Sharpe": PSR,
    "Minimum Track Record": 1 + (SPREAD * NormalDist().inv_cdf(0.95) / (SHARPE / SQRT_YEAR)) ** 2,
    "Risk Return Ratio": MEAN / DEVIATION,
    "Sortino Ratio": MEAN / DOWNSIDE * SQRT_YEAR,
    "Adjusted Sortino": MEAN / DOWNSIDE * SQRT_YEAR / math.sqrt(2),
    "Omega Ratio": OMEGA,
    "Gain to Pain": sum(DAILY) / -sum(DOWN),
    "Gain to Pain (months)": "needs 3 months, has 1",
    "Common Sense Ratio": OMEGA * TAIL_RATIO,
    # The deepest 5 % of 21 depths is the deepest and the next: the quantile lies on the second lowest
    "Serenity Index": CAGR / (ULCER * -sum(sorted(DEPTHS)[:2]) / 2 / DEVIATION),
    "Stability": STABILITY,
    "Average Day": MEAN,
    "Average Up Day": sum(UP) / len(UP),
    "Average Down Day": sum(DOWN) / len(DOWN),
    "Best Day": 97.90 / 10_000,
    "Worst Day": 10_062.31 / 10_122.56 - 1,
    "Positive Days": 8 / 16,  # of the twenty days four stood still
    "VaR 95": VAR,
    "VaR 95 (normal)": MEAN - 1.6448536269514722 * DEVIATION,
    "CVaR 95": RANKED[0],
    "Tail Ratio": TAIL_RATIO,
    "Outlier Win Ratio": (RANKED[18] + 0.81 * (RANKED[19] - RANKED[18])) / (sum(UP) / (len(UP) + 4)),
    "Outlier Loss Ratio": (RANKED[0] + 0.19 * (RANKED[1] - RANKED[0])) / (sum(DOWN) / len(DOWN)),
    "Skew": G1 * math.sqrt(20 * 19) / 18,
    "Kurtosis": 19 / (18 * 17) * (21 * (B2 - 3) + 6),
    **{
        f"{which} {period}": MONTH
        for period in ("Month", "Quarter", "Year")
        for which in ("Best", "Worst", "Average Up")
    },
    **{f"Average Down {period}": f"no {period.lower()} below 0" for period in ("Month", "Quarter", "Year")},
    **dict.fromkeys(["Positive Months", "Positive Quarters", "Positive Years"], 1.0),
    "Trades": 10.0,
    "Win Rate": 0.6,
    "Profit Factor": WON / LOST,
    "Expectancy": MEAN_PNL,
    "Expectancy per Risk": MEAN_PNL / (LOST / 3),
    "Payoff Ratio": PAYOFF,
    "Profit Ratio": 6 / 3,
    "CPC Index": WON / LOST * 0.6 * PAYOFF,
    "SQN": math.sqrt(10) * MEAN_PNL / PNL_DEVIATION,
    "Kelly Criterion": 0.6 - 0.4 / PAYOFF,
    "Avg Winner": WON / 6,
    "Avg Loser": -LOST / 3,
    "Best Trade": 97.90,
    "Worst Trade": -82.42,
    "Min Winner": 10.0,
    "Min Loser": -52.25,
    "Breakeven Trades": 1.0,
    "Longest Winning Streak": 2.0,  # 4 and 5, 9 and 10
    "Longest Losing Streak": 1.0,
    "Average MAE": -25.5,
    "Worst MAE": -80.0,
    "Average MFE": 35.0,
    "Best MFE": 100.0,
    "Average Trade Return": sum(RETURNS_OF_TRADES) / 10,
    "Best Trade Return": 0.1,
    "Worst Trade Return": -8 / 125,
    "Average Duration": 202 / 10 * 3600,
    "Median Duration": 24 * 3600.0,
    "Longest Duration": 52 * 3600.0,
    "Shortest Duration": 2 * 3600.0,
    "Average Duration of Winners": (4 + 24 + 24 + 22 + 52 + 24) / 6 * 3600,
    "Average Duration of Losers": (24 + 24 + 2) / 3 * 3600,
    "Long Ratio": 6 / 10,  # 1, 3, 4, 6, 7, 9
    "Exposure Time": 202 / 480,
    "Return per Exposure": CAGR / (202 / 480),
    "Average Gross Leverage": sum(abs(size) / CLOSES[day] for day, size in OPEN.items()) / 21,
    "Max Gross Leverage": 2_540 / 10_122.56,
    "Average Net Leverage": sum(size / CLOSES[day] for day, size in OPEN.items()) / 21,
    "Max Net Leverage": 2_540 / 10_122.56,
    "Traded Notional": TRADED,
    "Turnover": TRADED / MEAN_EQUITY,
    "Annual Turnover": TRADED / MEAN_EQUITY * 365.25 / 20,
    "Maker Share": 1 / 20,
    "Fees (USDT)": 20.02,
    "Rebates (USDT)": 0.58,
    "Funding (USDT)": -0.25,
    "Days per Year": 365.0,  # equity moved on the Saturdays 5 and 12
    "Risk-free Rate": 0.0,
}


@pytest.fixture(scope="module")
def made():
    def order(instrument, side, size):
        return lambda strategy: strategy.market(instrument, side, size)

    script = {at(day, hour) + SECOND: order(*what) for day, hour, *what in ORDERS}
    # Rests a tick of one below the market; the fall to 115 fills it at its own price
    script[at(10, 9)] = lambda strategy: strategy.limit(BTC, BUY, 10, "116.00")
    data = [quote(BTC, at(*when), f"{price}.00") for when, price in BTC_PRICES.items()]
    data += [quote(BTC, at(10, 12) + SECOND, "115.00"), quote(BTC, at(14, 10), "126.00")]
    data += [quote(ETH, at(*when), f"{price}.00") for when, price in ETH_PRICES.items()]
    data.append(FundingRateUpdate(BTC.id, Decimal("0.0001"), at(15, 0), at(15, 0), next_funding_ns=at(15, 12)))
    made = engine([BTC, ETH], data, [Scripted(script)], balance="10000 USDT", interval_ns=DAY)
    made.run()
    return made


@pytest.fixture(scope="module")
def result(made):
    return made.get_result()


def test_the_run_is_the_table(result):
    assert result.equity().round(8).tolist() == CLOSES
    assert result.equity().index[0] == pd.Timestamp("2024-01-01", tz="UTC")
    closed = sorted([*result.snapshots, *result.positions], key=lambda position: position.ts_closed)
    assert [float(position.realized_pnl) for position in closed] == PNLS
    assert [float(position.gross_pnl) for position in closed] == GROSS
    assert [position.duration_ns / HOUR for position in closed] == HOURS
    assert [float(position.mae) for position in closed] == MAE
    assert [float(position.mfe) for position in closed] == MFE
    assert result.n_fills == 20


def test_the_table_adds_up():
    assert [round(gross - fee, 8) for gross, fee in zip(GROSS, FEES, strict=True)] == PNLS
    assert round(sum(PNLS) - 0.25, 8) == 169.73
    assert round(sum(FEES), 8) == 20.02
    assert CLOSES[-1] == 10_000 + 169.73


def test_every_statistic_by_hand(result):
    stats = {stat.name: stat for stat in result.statistics()}
    for name, expected in EXPECTED.items():
        if isinstance(expected, str):
            assert (stats[name].value, stats[name].why) == (None, expected), name
        else:
            assert stats[name].value == pytest.approx(expected, rel=1e-9), name
    assert set(stats) == set(EXPECTED)


def test_risk_free_rate_by_hand(result):
    """Four percent a year are 1.04 ** (1 / 365) - 1 a day."""
    stats = {stat.name: stat for stat in result.statistics(risk_free_rate=0.04)}
    rate = 1.04 ** (1 / 365) - 1
    below = math.sqrt(sum(min(r - rate, 0.0) ** 2 for r in DAILY) / 20)
    assert stats["Sharpe Ratio"].value == pytest.approx((MEAN - rate) / DEVIATION * SQRT_YEAR)
    assert stats["Sortino Ratio"].value == pytest.approx((MEAN - rate) / below * SQRT_YEAR)
    assert stats["Downside Deviation"].value == pytest.approx(below * SQRT_YEAR)
    assert stats["Ulcer Performance Index"].value == pytest.approx((CAGR - 0.04) / ULCER)
    assert "risk-free rate 4.0000% a year" in stats["Sharpe Ratio"].convention


def test_deflated_sharpe_by_hand(result):
    """Three trials with Sharpe ratios of 1, 2 and 3: variance 1, expected best of luck (1 - e) Z(2/3) + e Z(1 - 1/3e)."""
    stats = {stat.name: stat for stat in result.statistics(trials=[1.0, 2.0, 3.0])}
    gamma, z = 0.5772156649015329, NormalDist().inv_cdf
    luck = (1 - gamma) * z(2 / 3) + gamma * z(1 - 1 / (3 * math.e))
    expected = NormalDist().cdf((SHARPE - luck) / SQRT_YEAR * math.sqrt(19) / SPREAD)
    assert stats["Deflated Sharpe"].value == pytest.approx(expected)
    assert set(stats) - {stat.name for stat in result.statistics()} == {"Deflated Sharpe"}


def test_business_days_by_hand(result):
    """Of 252 days: what weekends change belongs to Monday, and the run ends on a Saturday that stood still."""
    stat = next(stat for stat in result.statistics(days_per_year=252) if stat.name == "Sharpe Ratio")
    weekdays = [c for i, c in enumerate(CLOSES[1:]) if i % 7 < 5]
    returns = [after / before - 1 for before, after in zip([10_000, *weekdays], weekdays, strict=False)]
    mean = sum(returns) / 15
    deviation = math.sqrt(sum((r - mean) ** 2 for r in returns) / 14)
    assert (stat.count, stat.value) == (15, pytest.approx(mean / deviation * math.sqrt(252)))
    assert stat.convention.endswith("risk-free rate 0; business days, UTC")


def test_against_a_benchmark_by_hand(result):
    """BTC itself, by date: the closes of `BTC_PRICES`, 100 before the run."""
    closes = [100, 110, 112, 115, 115, 115, 124, 132, 125, 122, 117, 115, 121, 126, 126, 127, 124, 130, 130, 130, 130]
    other = [after / before - 1 for before, after in zip(closes, closes[1:], strict=False)]
    prices = pd.Series(closes, index=pd.date_range("2023-12-31", periods=21), name="BTC", dtype=float)
    stats = {stat.name: stat for stat in result.statistics(benchmark=prices)}
    mean = sum(other) / 20
    variance = sum((b - mean) ** 2 for b in other)
    both = sum((r - MEAN) * (b - mean) for r, b in zip(DAILY, other, strict=True))
    active = [r - b for r, b in zip(DAILY, other, strict=True)]
    spread = math.sqrt(sum((a - sum(active) / 20) ** 2 for a in active) / 19)
    up, down = [i for i, b in enumerate(other) if b > 0], [i for i, b in enumerate(other) if b < 0]

    def annual(values, days):
        return math.prod(1 + values[i] for i in days) ** (365 / len(days)) - 1

    beta = both / variance
    expected = {
        "Benchmark Return": 0.3,
        "Excess Return": MONTH - 0.3,
        "Benchmark Volatility": math.sqrt(variance / 19) * SQRT_YEAR,
        "Benchmark Sharpe": mean / math.sqrt(variance / 19) * SQRT_YEAR,
        "Beta": beta,
        "Alpha": (1 + MEAN - beta * mean) ** 365 - 1,
        "Correlation": both / math.sqrt(variance * 19 * DEVIATION**2),
        "R Squared": both**2 / (variance * 19 * DEVIATION**2),
        "Information Ratio": sum(active) / 20 / spread * SQRT_YEAR,
        "Tracking Error": spread * SQRT_YEAR,
        "Treynor Ratio": (1.016973 ** (365 / 20) - 1) / beta,
        "Up Capture": annual(DAILY, up) / annual(other, up),
        "Down Capture": annual(DAILY, down) / annual(other, down),
    }
    assert {stat.name for stat in stats.values() if stat.group == "Benchmark"} == set(expected)
    for name, value in expected.items():
        assert stats[name].value == pytest.approx(value), name


def test_breakdowns_by_hand(result):
    by_instrument = result.breakdown("instrument").droplevel("currency")
    # BTC: all but 3 and 10
    assert by_instrument["trades"].tolist() == [8, 2]
    assert by_instrument["gross_pnl"].tolist() == [180.0, 10.0]
    assert by_instrument["fees"].tolist() == [20.02, 0.0]
    assert by_instrument["net_pnl"].tolist() == [159.98, 10.0]
    by_side = result.breakdown("side").droplevel("currency")
    # Short: 2, 5, 8 and 10
    assert by_side["net_pnl"].tolist() == [217.25, -47.27]
    assert by_side["win_rate"].tolist() == [4 / 6, 2 / 4]
    assert result.breakdown("hour").droplevel("currency")["trades"].to_dict() == {10: 6, 12: 2, 14: 2}
    by_weekday = result.breakdown("weekday").droplevel("currency")["trades"].to_dict()
    # Closed on days 0 and 7, on 2, 9 and 16, on 3, on 11 and 18, on 12, on 6
    assert by_weekday == {"Monday": 2, "Wednesday": 3, "Thursday": 1, "Friday": 2, "Saturday": 1, "Sunday": 1}
    months = result.breakdown("month").droplevel("currency")
    assert months.index.tolist() == ["2024-01"]
    assert months["profit_factor"].tolist() == [pytest.approx(WON / LOST)]


def test_the_analyzer_of_the_run_has_the_same_figures(made, result):
    analyzer = made.portfolio.analyzer
    stats = {**analyzer.get_performance_stats_returns(), **analyzer.get_performance_stats_pnls()}
    assert stats["Sharpe Ratio (365 days)"] == pytest.approx(SHARPE)
    assert stats["Sortino Ratio (365 days)"] == pytest.approx(MEAN / DOWNSIDE * SQRT_YEAR)
    assert stats["Returns Volatility (365 days)"] == pytest.approx(DEVIATION * SQRT_YEAR)
    assert (stats["Win Rate"], stats["Expectancy"]) == (0.6, pytest.approx(MEAN_PNL))
    assert (stats["Max Winner"], stats["Min Loser"]) == (97.90, -52.25)
    assert stats["PnL (total)"] == 169.73
    assert analyzer.get_performance_stats_general() == {"Long Ratio": 0.6}


def test_counts_are_those_of_what_was_looked_at(result):
    counts = {stat.name: stat.count for stat in result.statistics()}
    assert (counts["Sharpe Ratio"], counts["Win Rate"], counts["PnL (total)"], counts["Fees (USDT)"]) == (20, 10, 21, 20)
    assert np.isfinite([stat.value for stat in result.statistics() if stat.value is not None]).all()
