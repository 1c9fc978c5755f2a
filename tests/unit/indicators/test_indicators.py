"""Indicators against hand-computed values and numpy."""

import numpy as np
import pytest

from nautilus_lite.indicators import (
    AverageTrueRange,
    BollingerBands,
    ExponentialMovingAverage,
    Indicator,
    MovingAverageConvergenceDivergence,
    MovingAverageFactory,
    MovingAverageType,
    RelativeStrengthIndex,
    SimpleMovingAverage,
    WeightedMovingAverage,
)


def feed(indicator, values):
    for value in values:
        indicator.update_raw(value)
    return indicator


def test_sma_of_what_there_is_then_of_the_period():
    sma = feed(SimpleMovingAverage(3), [1.0, 2.0])
    assert (sma.value, sma.initialized) == (1.5, False)
    feed(sma, [3.0, 7.0])
    assert (sma.value, sma.initialized) == (4.0, True)


def test_sma_does_not_drift():
    values = np.random.default_rng(1).normal(1e6, 1.0, 100_000)
    assert feed(SimpleMovingAverage(7), values).value == pytest.approx(values[-7:].mean(), abs=1e-9)


def test_ema_by_hand():
    # alpha = 2 / (3 + 1) = 0.5: 1, then 1.5, then 2.25
    ema = feed(ExponentialMovingAverage(3), [1.0, 2.0, 3.0])
    assert (ema.alpha, ema.value, ema.initialized, ema.count) == (0.5, 2.25, True, 3)


def test_wma_by_hand():
    # (1 x 2 + 2 x 3 + 3 x 4) / 6 = 20 / 6
    wma = feed(WeightedMovingAverage(3), [9.0, 2.0, 3.0, 4.0])
    assert wma.value == pytest.approx(20 / 6)
    with pytest.raises(ValueError, match="invalid `weights`"):
        WeightedMovingAverage(3, [1.0, 2.0])


def test_rsi_by_hand():
    # simple averages of gains (0, 1, 2) and losses (0, 0, 0), then (1, 2, 0) and (0, 0, 3)
    rsi = RelativeStrengthIndex(3, MovingAverageType.SIMPLE)
    feed(rsi, [10.0, 11.0, 13.0])
    assert (rsi.value, rsi.initialized) == (1.0, True)
    feed(rsi, [10.0])
    assert rsi.value == pytest.approx(0.5)


def test_macd_is_the_difference():
    macd = feed(MovingAverageConvergenceDivergence(1, 3), [1.0, 2.0, 3.0])
    # fast: alpha 1, so 3; slow: 2.25
    assert macd.value == pytest.approx(0.75)
    with pytest.raises(ValueError, match="must be below `slow_period`"):
        MovingAverageConvergenceDivergence(3, 3)


def test_atr_takes_the_previous_close_in():
    atr = AverageTrueRange(2)
    atr.update_raw(11.0, 9.0, 10.0)
    atr.update_raw(14.0, 13.0, 13.5)
    # ranges 2 and max(14, 10) - min(13, 10) = 4
    assert (atr.value, atr.initialized) == (3.0, True)


def test_bollinger_bands_by_hand():
    bands = BollingerBands(2, 2.0)
    bands.update_raw(1.0, 1.0, 1.0)
    bands.update_raw(3.0, 3.0, 3.0)
    # mean 2, population deviation 1
    assert (bands.lower, bands.middle, bands.upper) == (0.0, 2.0, 4.0)


@pytest.mark.parametrize("kind", [kind for kind in MovingAverageType if kind is not MovingAverageType.ADAPTIVE])
def test_reset_forgets(kind):
    average = MovingAverageFactory.create(3, kind)
    first = feed(average, [1.0, 5.0, 2.0, 8.0]).value
    average.reset()
    assert (average.value, average.count, average.initialized, average.has_inputs) == (0.0, 0, False, False)
    assert feed(average, [1.0, 5.0, 2.0, 8.0]).value == first


def test_period_must_be_positive():
    with pytest.raises(ValueError, match="invalid `period`, must be positive, was 0"):
        ExponentialMovingAverage(0)


def test_user_can_derive():
    class LastClose(Indicator):
        def __init__(self):
            super().__init__([])
            self.value = None

        def handle_bar(self, bar):
            self.value = bar
            self._set_initialized(True)

    indicator = LastClose()
    indicator.handle_bar(5)
    assert (indicator.value, indicator.initialized) == (5, True)
    with pytest.raises(NotImplementedError, match="does not follow quotes"):
        indicator.handle_quote_tick(None)
