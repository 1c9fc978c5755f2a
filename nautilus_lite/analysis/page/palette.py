"""Colours of pages and charts, by name, light and dark.

Up and down differ in more than red and green (blue-green against orange), so that they can be told apart by eyes that
confuse the two; signs and places say it too.
"""

from __future__ import annotations

from typing import Any

LIGHT = {
    "bg": "#f5f6f8",
    "card": "#ffffff",
    "ink": "#17202b",
    "soft": "#5a6878",
    "line": "#e1e6ec",
    "grid": "#edf0f4",
    "accent": "#2a5db8",
    "second": "#8a4fa8",
    "up": "#00795a",
    "down": "#bf4a00",
    "warn": "#7a5200",
    "warnbg": "#fff7e3",
    "warnline": "#efd591",
    "s0": "#2a5db8",
    "s1": "#bf4a00",
    "s2": "#00795a",
    "s3": "#8a4fa8",
    "s4": "#8a6d00",
    "s5": "#007a99",
    "s6": "#b03060",
    "s7": "#5a6878",
}
DARK = {
    "bg": "#0f141a",
    "card": "#171e27",
    "ink": "#e7ecf2",
    "soft": "#97a5b5",
    "line": "#283240",
    "grid": "#222b37",
    "accent": "#7aa9ff",
    "second": "#cf9be6",
    "up": "#3cc9a0",
    "down": "#ff9354",
    "warn": "#f1cb72",
    "warnbg": "#292313",
    "warnline": "#57481f",
    "s0": "#7aa9ff",
    "s1": "#ff9354",
    "s2": "#3cc9a0",
    "s3": "#cf9be6",
    "s4": "#e0c04c",
    "s5": "#5fd0ea",
    "s6": "#ff8fb0",
    "s7": "#97a5b5",
}
THEMES = {"light": LIGHT, "dark": DARK}
SERIES = 8
"""Colours `s0` to `s7`, for lines that stand beside each other."""


def css_variables(palette: dict[str, str]) -> str:
    """Return the palette as CSS variables, each as a colour and as the three numbers that `rgb()` takes."""
    return "".join(f"--{name}:{value};--{name}-rgb:{_numbers(value, ' ')};" for name, value in palette.items())


def painted(value: Any, palette: dict[str, str], key: str = "") -> Any:
    """Return a chart's description with its colours filled in.

    Parameters
    ----------
    value : Any
        Colours stand in it as `$name` or `$name/opacity`, under keys that speak of colour; other text stays as it is.
    palette : dict of str to str
    key : str
        Where `value` was found.
    """
    if isinstance(value, dict):
        return {name: painted(inner, palette, name) for name, inner in value.items()}
    if isinstance(value, str):
        return _colour(value, palette) if "color" in key and value.startswith("$") else value
    if isinstance(value, list) and value and ("color" in key or isinstance(value[0], dict)):
        return [painted(inner, palette, key) for inner in value]
    return value


def _colour(token: str, palette: dict[str, str]) -> str:
    name, _, opacity = token[1:].partition("/")
    return f"rgba({_numbers(palette[name], ',')},{opacity})" if opacity else palette[name]


def _numbers(colour: str, between: str) -> str:
    return between.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
