from enum import IntFlag
from typing import Any, TypeVar

E = TypeVar("E")

class BarPath(IntFlag):
    OHLC = 1
    ADAPTIVE = 2
    WORST = 3
    BEST = 4

class BarOrderTiming(IntFlag):
    THIS_CLOSE = 1
    NEXT_OPEN = 2
    NEXT_CLOSE = 3

def choice_of(enum: type[E], value: E | str | int, name: str, venue: Any) -> E: ...
def bar_path_of(value: BarPath | str | int | None, adaptive: bool, venue: Any) -> BarPath: ...
def bar_length(spec: Any) -> int: ...
