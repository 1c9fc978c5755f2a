"""Statistics of a user's own: the base class, and the list of those that every result shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class PortfolioStatistic:
    """Base of a user's own statistics.

    A subclass overrides any of the methods; one that returns None does not appear among the figures made from that
    input. `unit` may be set on the class: `fraction` (1 = 100 %), `%`, `ratio`, `count`, `days`, `s`, or a currency.
    """

    unit: str = "ratio"

    @property
    def name(self) -> str:
        """The name under which the value is listed: the class's name in words, `MaxWinner` as `Max Winner`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", type(self).__name__)

    @classmethod
    def fully_qualified_name(cls) -> str:
        """Return module and class as `module:Class`."""
        return f"{cls.__module__}:{cls.__qualname__}"

    def calculate_from_returns(self, returns: pd.Series) -> Any | None:
        """Return the statistic of daily returns.

        Parameters
        ----------
        returns : Series
            Fractions, indexed by the day in UTC.
        """

    def calculate_from_realized_pnls(self, realized_pnls: pd.Series) -> Any | None:
        """Return the statistic of the profits and losses of trades in one currency.

        Parameters
        ----------
        realized_pnls : Series
            Units of the currency, indexed by position id, in order of closing.
        """

    def calculate_from_orders(self, orders: list[Any]) -> Any | None:
        """Return the statistic of orders.

        Parameters
        ----------
        orders : list of Order
        """

    def calculate_from_positions(self, positions: list[Any]) -> Any | None:
        """Return the statistic of positions.

        Parameters
        ----------
        positions : list of Position
        """


_REGISTERED: dict[str, PortfolioStatistic] = {}


def register_statistic(statistic: PortfolioStatistic) -> None:
    """Show a statistic of one's own in every result of this process; one of the same name is replaced.

    Results that have been asked for their statistics already are asked anew.

    Parameters
    ----------
    statistic : PortfolioStatistic

    Raises
    ------
    TypeError
        If it is not an instance of a `PortfolioStatistic`.
    """
    if not isinstance(statistic, PortfolioStatistic):
        raise TypeError(f"`statistic` must be an instance of a PortfolioStatistic, was {statistic!r}")
    _REGISTERED[statistic.name] = statistic


def deregister_statistic(statistic: PortfolioStatistic) -> None:
    """Stop showing a statistic of one's own; without effect if it is not registered."""
    _REGISTERED.pop(statistic.name, None)


def registered_statistics() -> tuple[PortfolioStatistic, ...]:
    """Return the statistics that every result shows, in order of registration."""
    return tuple(_REGISTERED.values())
