"""Classes of signals."""

import pytest

from nautilus_lite.common.signal import generate_signal_class


def test_a_signal_has_a_value_and_times():
    cls = generate_signal_class("my_signal", float)
    signal = cls(0.5, 1, 2)
    assert (cls.__name__, signal.value, signal.ts_event, signal.ts_init) == ("SignalMy_Signal", 0.5, 1, 2)
    assert cls is generate_signal_class("my_signal", float)
    assert cls.is_signal()
    assert cls.is_signal("My_Signal")
    assert not cls.is_signal("my")
    assert repr(signal) == "SignalMy_Signal(value=0.5, ts_event=1, ts_init=2)"


def test_what_a_signal_must_be():
    with pytest.raises(TypeError, match="invalid value of signal `mine`, must be int, float or str, was list"):
        generate_signal_class("mine", list)
    with pytest.raises(ValueError, match="invalid `name` of a signal, must not be empty, was ' '"):
        generate_signal_class(" ", int)
