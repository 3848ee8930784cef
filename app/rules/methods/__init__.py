"""The closed set of ways to score one criterion.

Each method is a small frozen class: which figures it needs, how it scores, how it reads in
Vietnamese. To add one: write the class in the file of its family, name it in ``METHODS``
below, give it a worked case in ``data/packs/teaching``, and regenerate the page of methods
(``bangvang rules methods``); the house tests say what is missing.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.rules.methods.banded import Bands, Threshold
from app.rules.methods.base import (
    FigureKind,
    FigureSpec,
    Given,
    Inapplicable,
    Lacking,
    MethodModel,
    Outcome,
    Scored,
    Undecided,
)
from app.rules.methods.comparative import BestOfGroup, RankTable, VersusAverage, VersusLeader
from app.rules.methods.proportional import (
    AgainstBase,
    LatenessDecay,
    OverPlan,
    Proportional,
    Ratios,
    Rescaled,
    TaskRatio,
)
from app.rules.methods.single import (
    Achievements,
    Checklist,
    CountPoints,
    Deduct,
    Direct,
    Judged,
    Levels,
    YesNo,
)

METHODS: tuple[type[MethodModel], ...] = (
    Direct,
    Checklist,
    YesNo,
    Levels,
    Bands,
    Threshold,
    Proportional,
    TaskRatio,
    Ratios,
    CountPoints,
    Achievements,
    RankTable,
    VersusAverage,
    VersusLeader,
    BestOfGroup,
    Rescaled,
    AgainstBase,
    LatenessDecay,
    Deduct,
    Judged,
    OverPlan,
)
"""All methods in the order of the page of methods."""

Method = Annotated[
    Direct
    | Checklist
    | YesNo
    | Levels
    | Bands
    | Threshold
    | Proportional
    | TaskRatio
    | Ratios
    | CountPoints
    | Achievements
    | RankTable
    | VersusAverage
    | VersusLeader
    | BestOfGroup
    | Rescaled
    | AgainstBase
    | LatenessDecay
    | Deduct
    | Judged
    | OverPlan,
    Field(discriminator="kind"),
]
"""A method table of a pack; ``kind`` says which."""


def kind_of(method: type[MethodModel]) -> str:
    """The name of a method in packs."""
    (name,) = method.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    return str(name)


__all__ = [
    "METHODS",
    "FigureKind",
    "FigureSpec",
    "Given",
    "Inapplicable",
    "Lacking",
    "Method",
    "MethodModel",
    "Outcome",
    "Scored",
    "Undecided",
    "kind_of",
]
