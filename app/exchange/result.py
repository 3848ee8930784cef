"""An assessment becomes a result tree (``bangvang-result/1``), ready to be written as JSON.

Numbers are texts: a decimal with a point, or ``p/q`` in lowest terms where no decimal is exact.
Counts, ranks and votes are whole JSON numbers. Keys stand in a fixed order, units in the order
of their ids, criteria in that of the table: equal assessments give equal bytes.

The digest is ``sha256:`` and the SHA-256 of the RFC 8785 form of the tree without its
sentences, so that a better wording changes no digest and a changed number always does. Left
out are the keys in ``SENTENCES`` wherever they stand, unless the value is an object (a
criterion's ``why`` is a tree of steps and stays), and at the top the keys in ``UNSIGNED``.
Objects under ``NAMED_BY_IDS`` stay whole: their keys are ids of the pack or the facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from pydantic_core import to_json

from app.domain.snapshot import EntryState, Figure
from app.domain.step import Step, StepRule
from app.ground.canonical import digest_of, encoded
from app.ground.findings import Finding
from app.ground.numbers import plain, round_to
from app.ground.text import natural_key
from app.rules.pack import Scoring
from app.scoring.assessment import (
    Assessment,
    CriterionScore,
    Eligibility,
    ItemsScore,
    QuorumResult,
    RoundScore,
    UnitCard,
    UnitResult,
)

RESULT_SCHEMA: Final = "bangvang-result/1"
SENTENCES: Final = frozenset(
    {
        "how",
        "reason",
        "class_reason",
        "why_provisional",
        "title",
        "note",
        "what",
        "why",
        "effect",
        "place",
        "message",
        "remedy",
    }
)
UNSIGNED: Final = frozenset({"digest", "moves"})
NAMED_BY_IDS: Final = frozenset({"figures", "votes", "clusters"})

Tree = dict[str, Any]


def result_tree(assessment: Assessment, moves: Iterable[Mapping[str, Any]] | None = None) -> Tree:
    """The whole result; ``moves`` stand in it where a what-if was asked for."""
    scoring = assessment.pack.rules.scoring
    assert scoring is not None
    writer = _Writer(scoring)
    tree: Tree = {
        "schema": RESULT_SCHEMA,
        **_status(assessment),
        "period": {
            "name": assessment.snapshot.period.name,
            "from": assessment.snapshot.period.start.isoformat(),
            "to": assessment.snapshot.period.end.isoformat(),
        },
        "packs": [
            {"id": p.id, "version": p.version, "digest": p.digest, "role": p.role}
            for p in assessment.packs
        ],
        "parameters": {
            p.id: {
                "value": writer.figure(p.value),
                "source": "facts" if p.source == "facts" else "pack",
                "clause": p.clause,
                "title": p.title,
                "note": p.note,
            }
            for p in assessment.parameters.values()
        },
        "clusters": {c: list(units) for c, units in assessment.clusters.items()},
        "units": writer.units(assessment),
        "quotas": [
            {
                "award": q.award,
                "cluster": q.cluster,
                "base": q.base,
                "exact": writer.number(q.exact),
                "count": q.count,
                "source": q.source,
                "clause": q.clause,
            }
            for q in assessment.quotas
        ],
        **_awards(assessment),
        "ballots": [
            {
                "purpose": b.purpose,
                "award": b.award,
                "number": b.number,
                "base": b.base,
                "base_count": b.base_count,
                "needed": b.needed,
                "quorum": _quorum(b.quorum),
                "votes": dict(b.votes),
                "outcome": b.outcome,
                "elected": list(b.elected),
                "why": b.why,
                "clause": b.clause,
            }
            for b in assessment.ballots
        ],
        "open_questions": [
            {
                "id": q.id,
                "parameter": q.parameter,
                "units": list(q.units),
                "what": q.what,
                "outcomes": [{"choice": o.choice, "effect": o.effect} for o in q.outcomes],
            }
            for q in assessment.open_questions
        ],
        "companions": {
            pack: {**_status(inner), "units": writer.units(inner)}
            for pack, inner in assessment.companions.items()
        },
    }
    if moves is not None:
        tree["moves"] = [dict(move) for move in moves]
    tree["findings"] = findings_list(assessment.findings)
    tree["digest"] = result_digest(tree)
    return tree


def findings_list(findings: Iterable[Finding]) -> list[Tree]:
    """Findings as the result writes them."""
    return [
        {
            "code": f.code,
            "severity": f.severity.value,
            "place": f.place,
            "message": f.message,
            "remedy": f.remedy,
        }
        for f in findings
    ]


def refused_tree(findings: Iterable[Finding]) -> Tree:
    """What stands in place of a result where the findings allow none."""
    return {"schema": RESULT_SCHEMA, "findings": findings_list(findings)}


def result_digest(tree: Mapping[str, Any]) -> str:
    """The digest of a result tree, made or read back from JSON; see the head of this file."""
    bare = without_sentences({k: v for k, v in tree.items() if k not in UNSIGNED})
    return digest_of(encoded(bare))


def without_sentences(node: Mapping[str, Any]) -> Tree:
    """A tree without the keys that hold words for people."""
    bare: Tree = {}
    for key, value in node.items():
        if type(value) is dict:
            bare[key] = value if key in NAMED_BY_IDS else without_sentences(value)
        elif key in SENTENCES:
            continue
        elif type(value) is list:
            bare[key] = [without_sentences(item) if type(item) is dict else item for item in value]
        else:
            bare[key] = value
    return bare


def result_text(tree: Mapping[str, Any]) -> str:
    """The JSON text: one line for each part, one for each unit, so that texts compare well."""
    lines: list[str] = []
    for key, value in tree.items():
        if key == "units" and isinstance(value, Mapping) and value:
            units = ",\n".join(f"{_json(unit)}:{_json(card)}" for unit, card in value.items())
            lines.append(f'"units":{{\n{units}\n}}')
        else:
            lines.append(f"{_json(key)}:{_json(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(value: object) -> str:
    return to_json(value).decode("utf-8")


def _status(assessment: Assessment) -> Tree:
    return {
        "status": "provisional" if assessment.provisional else "final",
        "why_provisional": list(assessment.why_provisional),
        "ranking_round": assessment.ranking_round,
        "scored_round": assessment.scored_round,
    }


def _awards(assessment: Assessment) -> Tree:
    return {
        "awards": [
            {
                "award": line.award,
                "unit": line.unit,
                "cluster": line.cluster,
                "state": line.state,
                "reason_code": line.reason_code,
                "reason": line.reason,
                "clause": line.clause,
            }
            for line in assessment.awards
        ],
        "ties": [
            {
                "id": tie.id,
                "units": list(tie.units),
                "award": tie.award,
                "cluster": tie.cluster,
                "places": tie.places,
                "resolved_by": tie.resolved_by,
                "winner": tie.winner,
                "winners": list(tie.winners),
                "how": tie.how,
                "clause": tie.clause,
            }
            for tie in assessment.ties
        ],
    }


def _quorum(quorum: QuorumResult | None) -> Tree | None:
    if quorum is None:
        return None
    return {
        "base": quorum.base,
        "needed": quorum.needed,
        "present": quorum.present,
        "met": quorum.met,
    }


def _eligibility(item: Eligibility) -> Tree:
    return {
        "kind": item.kind,
        "case": item.case,
        "title": item.title,
        "clause": item.clause,
        "derived_from": item.derived_from,
        "awards": list(item.awards),
    }


_WORDS: Final[Mapping[str, str]] = {word: str(word.value) for word in (*StepRule, *EntryState)}
"""Plain texts for the words of the result; looking one up is quicker than asking the word."""


class _Writer:
    """Writes what there is much of; equal numbers are put into text once."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._texts: dict[tuple[int, int], str] = {}

    def number(self, value: Fraction | None) -> str | None:
        """A number as text, or nothing."""
        if value is None:
            return None
        ratio = value.as_integer_ratio()
        text = self._texts.get(ratio)
        if text is None:
            text = self._texts[ratio] = plain(value)
        return text

    def published(self, value: Fraction | None) -> str | None:
        """A number rounded as the pack publishes it, as text."""
        if value is None:
            return None
        return self.number(round_to(value, self._scoring.digits, self._scoring.rounding))

    def figure(self, value: Figure | None) -> str | bool | None:
        """A figure: a number as text, yes or no, a date as text, a level."""
        if isinstance(value, Fraction):
            return self.number(value)
        if isinstance(value, dt.date):
            return value.isoformat()
        return value

    def step(self, step: Step) -> Tree:
        """A step of the reasoning with all its parts."""
        return {
            "value": self.number(step.value),
            "rule": _WORDS[step.rule],
            "how": step.how,
            "clause": step.clause,
            "parts": [self.step(part) for part in step.parts],
        }

    def units(self, assessment: Assessment) -> Tree:
        """All units by the order of their ids."""
        names = {unit.id: unit for unit in assessment.snapshot.units}
        found: Tree = {}
        for unit in sorted(assessment.units, key=natural_key):
            head = {"name": names[unit].name, "cluster": names[unit].cluster}
            found[unit] = head | self.unit(assessment.units[unit])
        return found

    def unit(self, result: UnitResult) -> Tree:
        """One unit's scorecard and standing."""
        card = result.card
        return {
            **self.card(card),
            "class": result.class_id,
            "class_reason": result.class_reason,
            "rank": result.rank,
            "rank_among_eligible": result.rank_among_eligible,
            "rank_decided_by": result.rank_decided_by,
            "tied_with": list(result.tied_with),
            "eligibility": [_eligibility(item) for item in result.eligibility],
        }

    def card(self, card: UnitCard) -> Tree:
        """The numbers of a scorecard."""
        return {
            "criteria": {code: self.criterion(c) for code, c in card.criteria.items()},
            "sections": {
                code: {
                    "exact": self.number(s.exact),
                    "points": self.number(s.points),
                    "max": self.number(s.max),
                    "how": s.why.how,
                }
                for code, s in card.sections.items()
            },
            "bonus": self.items(card.bonus),
            "deductions": self.items(card.deductions),
            "total_exact": self.number(card.total_exact),
            "total": self.number(card.total),
            "how": card.why.how,
            "own_max": self.number(card.own_max),
            "percent": self.published(card.percent),
            "percent_exact": self.number(card.percent),
        }

    def criterion(self, score: CriterionScore) -> Tree:
        """One cell as it counts, and what each round said."""
        return {
            "state": _WORDS[score.state],
            "figures": {name: self.figure(value) for name, value in score.figures.items()},
            "level": score.level,
            "exact": self.number(score.exact),
            "points": self.number(score.points),
            "max": self.number(score.max),
            "assigned": score.assigned,
            "round": score.round,
            "why": self.step(score.why),
            "rounds": {name: self.round(r) for name, r in score.rounds.items()},
        }

    def round(self, score: RoundScore) -> Tree:
        """What one round says of a cell."""
        return {
            "state": _WORDS[score.state],
            "figures": {name: self.figure(value) for name, value in score.figures.items()},
            "computed": self.number(score.computed),
            "claimed": self.number(score.claimed),
            "override": self.number(score.override),
            "reason": score.reason,
            "points": self.number(score.points),
            "evidence": score.evidence,
        }

    def items(self, score: ItemsScore) -> Tree:
        """Bonus or deductions with their items."""
        return {
            "items": {
                name: {
                    "exact": self.number(item.exact),
                    "points": self.number(item.points),
                    "why": self.step(item.why),
                }
                for name, item in score.items.items()
            },
            "exact": self.number(score.exact),
            "total": self.number(score.total),
            "how": score.why.how,
        }
