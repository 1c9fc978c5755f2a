"""Models that ported code may name at a venue, and which of them hold here."""

from __future__ import annotations

from typing import Any

from nautilus_lite.accounting.margin_models import LeveragedMarginModel
from nautilus_lite.backtest.models import QueueModel, RiskAverseQueueModel
from nautilus_lite.errors import InvalidConfiguration


def check_margin_model(venue: Any, margin_model: Any) -> None:
    """Refuse a margin model other than the one that accounts start with.

    Raises
    ------
    InvalidConfiguration
        If it is another.
    """
    if margin_model is not None and type(margin_model) is not LeveragedMarginModel:
        raise InvalidConfiguration(
            f"`margin_model` of venue `{venue}` can only be LeveragedMarginModel here, was {type(margin_model).__name__}: call "
            "`set_margin_model` of the account in `on_start`"
        )


def queue_model_of(queue_position: bool, queue_model: QueueModel | None) -> QueueModel | None:
    """Return the queue model: the one given, or for `queue_position=True` what is shown at arrival, less what trades."""
    return RiskAverseQueueModel() if queue_position and queue_model is None else queue_model
