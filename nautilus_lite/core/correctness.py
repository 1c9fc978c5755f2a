"""Checks of arguments, for code that is written with them."""

from __future__ import annotations

from typing import Any

ErrorType = type[Exception] | None


def _require(condition: Any, error: ErrorType, otherwise: type[Exception], text: str) -> None:
    if not condition:
        raise (otherwise if error is None else error)(text)


class PyCondition:
    """Conditions that raise where they do not hold.

    Notes
    -----
    Every method takes the exception to raise as its last argument, `ex_type`; else it is a `TypeError` for a wrong type and a
    `ValueError` otherwise.
    """

    @staticmethod
    def is_true(predicate: bool, fail_msg: str, ex_type: ErrorType = None) -> None:
        """Raise with `fail_msg` if the predicate is false."""
        _require(predicate, ex_type, ValueError, fail_msg)

    @staticmethod
    def is_false(predicate: bool, fail_msg: str, ex_type: ErrorType = None) -> None:
        """Raise with `fail_msg` if the predicate is true."""
        _require(not predicate, ex_type, ValueError, fail_msg)

    @staticmethod
    def none(argument: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument is not None."""
        _require(argument is None, ex_type, TypeError, f"invalid `{param}`, must be None, was {argument!r}")

    @staticmethod
    def not_none(argument: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument is None."""
        _require(argument is not None, ex_type, TypeError, f"invalid `{param}`, must not be None")

    @staticmethod
    def type(argument: Any, expected: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument is of another type."""
        _require(
            isinstance(argument, expected), ex_type, TypeError, f"invalid `{param}`, must be of {expected}, was {argument!r}"
        )

    @staticmethod
    def type_or_none(argument: Any, expected: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument is neither None nor of the type."""
        if argument is not None:
            PyCondition.type(argument, expected, param, ex_type)

    @staticmethod
    def callable(argument: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument cannot be called."""
        _require(callable(argument), ex_type, TypeError, f"invalid `{param}`, must be callable, was {argument!r}")

    @staticmethod
    def equal(first: Any, second: Any, first_param: str, second_param: str, ex_type: ErrorType = None) -> None:
        """Raise if the two differ."""
        text = f"invalid `{first_param}`, must equal `{second_param}` {second!r}, was {first!r}"
        _require(first == second, ex_type, ValueError, text)

    @staticmethod
    def is_in(element: Any, collection: Any, param: str, collection_param: str, ex_type: ErrorType = None) -> None:
        """Raise if the collection does not hold the element."""
        text = f"invalid `{param}`, must be in `{collection_param}` {collection!r}, was {element!r}"
        _require(element in collection, ex_type, KeyError, text)

    @staticmethod
    def not_in(element: Any, collection: Any, param: str, collection_param: str, ex_type: ErrorType = None) -> None:
        """Raise if the collection holds the element."""
        _require(element not in collection, ex_type, KeyError, f"invalid `{param}`, {element!r} is in `{collection_param}`")

    @staticmethod
    def not_empty(collection: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if there is nothing in the collection."""
        _require(len(collection) > 0, ex_type, ValueError, f"invalid `{param}`, must not be empty")

    @staticmethod
    def valid_string(argument: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the argument is no text, or nothing but white space."""
        text = f"invalid `{param}`, must be text that is not blank, was {argument!r}"
        _require(isinstance(argument, str) and argument.strip(), ex_type, ValueError, text)

    @staticmethod
    def positive(value: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the value is not above zero."""
        _require(value > 0, ex_type, ValueError, f"invalid `{param}`, must be positive, was {value}")

    positive_int = positive

    @staticmethod
    def not_negative(value: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the value is below zero."""
        _require(value >= 0, ex_type, ValueError, f"invalid `{param}`, must not be negative, was {value}")

    not_negative_int = not_negative

    @staticmethod
    def in_range(value: Any, start: Any, end: Any, param: str, ex_type: ErrorType = None) -> None:
        """Raise if the value lies outside `start` to `end`, both included."""
        _require(start <= value <= end, ex_type, ValueError, f"invalid `{param}`, must be from {start} to {end}, was {value}")

    in_range_int = in_range
