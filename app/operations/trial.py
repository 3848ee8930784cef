"""Trying a way of scoring before it is used: typed figures become points and their explanation.

The row is scored by the engine itself, in a pack of this one row that keeps the text's clauses
and parameters; so a trial says what the year's result will say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import Cluster, Entry, EntryState, Period, Snapshot, Unit
from app.domain.step import Step
from app.exchange.facts_faults import Gathering
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import KnownFigure, known_criterion
from app.ground.findings import Finding, Findings, UserError
from app.rules.document import LoadedPack, Tree, read_pack
from app.rules.methods import FigureKind
from app.rules.methods.single import Direct
from app.rules.pack import PACK_SCHEMA, Criterion
from app.scoring.assess import assess
from app.scoring.assessment import OpenQuestion

POINTS: Final = "points"
"""The name under which points are typed where a criterion is scored directly."""

_CODE: Final = "1"
_ROUND: Final = "thu"
_DAY: Final = dt.date(2000, 1, 1)
_KEPT: Final = ("title", "max", "clause", "method", "gate", "already")
_PACK_KEPT: Final = ("sources", "clauses", "parameters")


@dataclass(frozen=True, slots=True)
class TrialFigure:
    """A figure that can be typed: its name, its Vietnamese title, its kind, words to choose."""

    name: str
    title: str
    kind: FigureKind
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class TrialUnit:
    """What became of one unit's figures; ``points`` is ``None`` while something is missing."""

    points: Fraction | None
    why: Step
    state: EntryState
    bars: bool = False
    question: OpenQuestion | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """All units that were tried, and what was wrong with what was typed or came out."""

    units: tuple[TrialUnit, ...]
    findings: tuple[Finding, ...]


class Bench:
    """One row of a pack, ready to be tried; raises ``UserError`` where it cannot be scored.

    ``row`` is a criterion as the pack writes it; ``choices`` are the answers to parameters.
    """

    def __init__(
        self, pack: Tree, row: Mapping[str, Any], choices: Mapping[str, object] | None = None
    ) -> None:
        kept = {key: row[key] for key in _KEPT if row.get(key) is not None}
        gate = kept.get("gate")
        if isinstance(gate, Mapping) and "figure" not in gate:
            del kept["gate"]  # it looks at other criteria, which are not here
        tree: Tree = {
            "schema": PACK_SCHEMA,
            "id": "thu",
            "version": "1.0.0",
            "title": "Tính thử",
            **{key: pack[key] for key in _PACK_KEPT if key in pack},
            "rounds": [{"id": _ROUND, "title": "Tính thử", "hand": "unit"}],
            "scoring": {"ranking_round": _ROUND, **_over_max(pack)},
            "criteria": [{"code": _CODE, **kept}],
        }
        read, findings = read_pack(tree, f"Tiêu chí {row.get('code', '')}", choices)
        if read is None:
            raise UserError(findings)
        self._pack: LoadedPack = read
        self._row: Criterion = read.rules.criteria[0]
        method = self._row.method
        if method is None or (self._row.max is None and method.natural_max() is None):
            findings.error(
                "trial_impossible",
                f"Tiêu chí {row.get('code', '')}",
                "Tiêu chí chưa có cách chấm hoặc điểm tối đa nên chưa tính thử được.",
                "Ghi điểm tối đa và chọn cách chấm trước.",
            )
            raise UserError(findings)
        self.compares = method.compares
        self._known: Mapping[str, KnownFigure] = known_criterion(self._row).figures
        self.direct = isinstance(method, Direct)

    @property
    def figures(self) -> tuple[TrialFigure, ...]:
        """What can be typed for each unit, in the order in which it is asked for."""
        asked = tuple(
            TrialFigure(f.name, f.title, f.kind, tuple(f.levels.values()), f.required)
            for f in self._known.values()
        )
        if self.direct:
            return (TrialFigure(POINTS, "Điểm", FigureKind.NUMBER), *asked)
        return asked

    def run(self, typed: Sequence[Mapping[str, str]]) -> Trial:
        """Scores units by their typed figures; a unit with nothing typed is left out."""
        gathering = Gathering()
        entries = tuple(
            entry
            for number, texts in enumerate(typed, 1)
            if (entry := self._entry(number, texts, gathering)) is not None
        )
        snapshot = Snapshot(
            Period("Tính thử", _DAY, _DAY),
            (Cluster("k", "Tính thử"),),
            tuple(Unit(str(n), f"Đơn vị {n}", "k") for n in range(1, len(typed) + 1)),
            entries,
        )
        findings = Findings(gathering.findings)
        try:
            assessment = assess(snapshot, self._pack)
        except UserError as fault:
            findings.extend(fault.findings)
            return Trial((), findings.as_tuple())
        findings.extend(f for f in assessment.findings if f.code in _TOLD)
        units: list[TrialUnit] = []
        for unit in snapshot.units:
            score = assessment.units[unit.id].card.criteria[_CODE]
            asked = next((q for q in assessment.open_questions if unit.id in q.units), None)
            counted = score.rounds[_ROUND].points if _ROUND in score.rounds else None
            units.append(TrialUnit(counted, score.why, score.state, score.bars, asked))
        return Trial(tuple(units), findings.as_tuple())

    def _entry(self, number: int, typed: Mapping[str, str], gathering: Gathering) -> Entry | None:
        texts = {name: text.strip() for name, text in typed.items() if text.strip()}
        if not texts:
            return None
        reader = FigureReader(gathering, cells=True)

        def place(name: str) -> str:
            known = self._known.get(name)
            return f"Tính thử, đơn vị {number}, {known.title if known else 'điểm'}"

        points: Fraction | None = None
        if self.direct and POINTS in texts:
            points = reader.number(texts[POINTS], lambda: place(POINTS))
        figures = reader.figures(texts, self._known, place)
        return Entry(str(number), _CODE, _ROUND, figures=figures, points=points)


_TOLD: Final = frozenset({"over_max", "points_negative", "over_max_refused"})


def _over_max(pack: Tree) -> dict[str, Any]:
    scoring = pack.get("scoring")
    if isinstance(scoring, Mapping) and "over_max" in scoring:
        return {"over_max": scoring["over_max"]}
    return {}
