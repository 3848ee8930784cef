"""The shape of what a package holds beside its head, as far as a package answers for it.

Facts and results have formats of their own and are read in full by their own readers, against the
packs; here stands what derived tables and the head are made from. Figures that other agencies are
asked for have their whole format here (``bangvang-figures/1``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from app.exchange.packages.fields import (
    Day,
    Exact,
    Id,
    LooseModel,
    PackageModel,
    Rows,
    Text,
    Title,
    is_day_text,
    is_exact_text,
    one_by_one,
)
from app.exchange.packages.limits import MAX_FIGURES, MAX_UNITS
from app.exchange.packages.payload import hidden_letter

FIGURES_SCHEMA: Final = "bangvang-figures/1"


Figure = StrictBool | StrictInt | StrictStr


def _figures(value: Any) -> Any:
    if isinstance(value, dict) and len(value) > MAX_FIGURES:
        raise ValueError("too_many_keys")
    if isinstance(value, dict) and any(type(v) not in (bool, int, str) for v in value.values()):
        raise ValueError("no_figure")
    return value


class FactsUnit(LooseModel):
    """A unit of the facts."""

    id: Id
    name: Text = ""
    cluster: Text = ""
    joined: Day | None = None
    left: Day | None = None


class FactsEntry(LooseModel):
    """An entry of the facts."""

    unit: Id
    criterion: Id
    round: Text = ""
    state: Literal["scored", "not_done", "not_assigned", "blank", ""] = "scored"
    figures: Annotated[dict[str, Figure], BeforeValidator(_figures)] = Field(default_factory=dict)
    points: Exact | None = None
    reason: Text = ""
    evidence: StrictInt | None = None
    pack: Text = ""


class FactsTotal(LooseModel):
    """A total that stands where only totals are known."""

    unit: Id
    round: Text
    section: Text = ""
    points: Exact


class FactsShape(LooseModel):
    """What a package reads of ``facts.json``."""

    schema_: Literal["bangvang-facts/1"] = Field(alias="schema")
    units: Annotated[Rows[FactsUnit], Field(max_length=MAX_UNITS)] = ()
    entries: Rows[FactsEntry] = ()
    totals: Rows[FactsTotal] = ()


class ResultCell(LooseModel):
    """One criterion of a unit in the result."""

    state: Text
    points: Text
    exact: Text
    max: Text


class ResultUnit(LooseModel):
    """One unit in the result."""

    name: Text
    cluster: Text
    total: Text
    total_exact: Text
    class_: Text | None = Field(alias="class")
    rank: StrictInt | None
    rank_among_eligible: StrictInt | None
    criteria: Annotated[dict[str, ResultCell], one_by_one(ResultCell)]


class ResultAward(LooseModel):
    """One line of the proposals."""

    award: Text
    unit: Text
    cluster: Text
    state: Text
    reason_code: Text


class ResultPack(LooseModel):
    """A pack that the result was scored by."""

    id: Text
    version: Text
    digest: Text


class ResultShape(LooseModel):
    """What a package reads of ``result.json``."""

    schema_: Literal["bangvang-result/1"] = Field(alias="schema")
    digest: Text
    packs: Rows[ResultPack]
    units: Annotated[dict[str, ResultUnit], one_by_one(ResultUnit)]
    awards: Rows[ResultAward]


class FigureCell(PackageModel):
    """One figure of one unit that an agency is asked for; ``value`` is its answer."""

    unit: Id
    unit_name: Title
    criterion: Id
    title: Text = ""
    figure: Id
    question: Title
    kind: Literal["number", "count", "yes_no", "date", "level"]
    value: StrictBool | StrictInt | StrictStr | None = None
    source: Text = ""
    note: Text = ""

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:
        if self.value is not None and not _VALUES[self.kind](self.value):
            raise ValueError("value_kind")
        return self


_VALUES: Final[Mapping[str, Callable[[object], bool]]] = {
    "number": lambda value: type(value) is int or is_exact_text(value),
    "count": lambda value: type(value) is int and value >= 0,
    "yes_no": lambda value: isinstance(value, bool),
    "date": is_day_text,
    "level": lambda value: isinstance(value, str) and hidden_letter(value) is None,
}


class FiguresSheet(PackageModel):
    """The figures that one agency is asked for, or its answer."""

    schema_: Literal["bangvang-figures/1"] = Field(FIGURES_SCHEMA, alias="schema")
    agency: Title
    due: Day | None = None
    cells: Annotated[Rows[FigureCell], Field(min_length=1, max_length=100_000)]

    @model_validator(mode="after")
    def _asked_once(self) -> Self:
        keys = {(cell.unit, cell.criterion, cell.figure) for cell in self.cells}
        if len(keys) != len(self.cells):
            raise ValueError("cell_repeated")
        return self
