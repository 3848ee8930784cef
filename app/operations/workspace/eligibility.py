"""Who may be considered: the pack's "không xét" and "chưa xét" cases as a checklist of each unit.

A case is recorded with reference and date, derived from scores by the engine with its ground, or
neither. What is recorded, cleared or turned into a bar is planned first (``plan_…``), so that its
consequences are seen before ``carry_out`` writes them with the decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

from app.domain.snapshot import ConditionFact, StandingFact, Unit
from app.ground.findings import Findings
from app.operations.workspace.consequences import Act, Plan, planned, result_of
from app.operations.workspace.desk import Desk, packs_of, refusal, unit_of
from app.persistence import books
from app.persistence.records import Change
from app.rules.awards import ConditionItem, StandingCase
from app.rules.merge import with_overlays
from app.rules.pack import RulePack
from app.scoring.assessment import Assessment, AwardLine, OpenQuestion, UnitResult

Source = Literal["recorded", "derived", "none"]
KINDS: Final = {
    "barred": "Không xét",
    "held": "Chưa xét",
    "ceiling": "Giới hạn mức xếp loại",
    "lowered": "Hạ mức xếp loại",
    "failed": "Xếp loại không đạt",
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the pack at one unit; ``fact`` is what was recorded, also where it is over."""

    case: StandingCase
    source: Source
    why: str = ""
    fact: StandingFact | None = None

    @property
    def applies(self) -> bool:
        """Whether the case stands against the unit now."""
        return self.source != "none"


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition beside the rank at one unit; ``met`` is ``None`` where it is not known."""

    condition: ConditionItem
    met: bool | None
    source: Source
    reference: str = ""
    awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A held unit that stands at an award place, with what either answer would bring (A38)."""

    line: AwardLine
    question: OpenQuestion | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """All cases and conditions of one unit."""

    unit: Unit
    cases: tuple[CaseLine, ...]
    conditions: tuple[ConditionLine, ...]
    held_at: tuple[HeldPlace, ...] = ()

    @property
    def against(self) -> tuple[CaseLine, ...]:
        """The cases that apply."""
        return tuple(line for line in self.cases if line.applies)


def rules_of(desk: Desk) -> RulePack:
    """The rules of the year with what overlays add."""
    packs = packs_of(desk)
    return with_overlays(packs.main.rules, [o.rules for o in packs.overlays], Findings())


def checklists(desk: Desk, assessment: Assessment | None = None) -> tuple[Checklist, ...]:
    """The checklist of every unit of the year; raises ``UserError`` without an assessment."""
    found = result_of(desk) if assessment is None else assessment
    rules = rules_of(desk)
    facts = desk.workspace.read(books.STANDING, desk.period)
    ticked = {(c.unit, c.condition): c for c in desk.workspace.read(books.CONDITIONS, desk.period)}
    lists: list[Checklist] = []
    for unit in desk.units.values():
        result = found.units[unit.id]
        own = [fact for fact in facts if fact.unit == unit.id]
        cases = tuple(_case(case, result, own) for case in rules.standing)
        conditions = tuple(
            _condition(rules, item, result, ticked.get((unit.id, item.id)))
            for item in rules.conditions
        )
        held = tuple(_held(found, unit.id))
        lists.append(Checklist(unit, (*cases, *_levels(result, cases)), conditions, held))
    return tuple(lists)


def _case(case: StandingCase, result: UnitResult, facts: list[StandingFact]) -> CaseLine:
    fact = next((f for f in reversed(facts) if f.case == case.id), None)
    item = next((e for e in result.eligibility if e.case == case.id), None)
    if item is None:
        return CaseLine(case, "none", fact=fact)
    recorded = fact is not None and item.derived_from in (fact.reference, "recorded")
    if recorded or case.when is None:
        return CaseLine(case, "recorded", fact.reference if fact is not None else "", fact)
    return CaseLine(case, "derived", f"suy từ số liệu: {item.derived_from}", fact)


def _levels(result: UnitResult, cases: tuple[CaseLine, ...]) -> Iterator[CaseLine]:
    """Levels that bar by themselves, without a case of the pack."""
    known = {line.case.id for line in cases}
    for item in result.eligibility:
        if item.kind == "barred" and item.case not in known:
            case = StandingCase.model_construct(
                id=item.case, kind="barred", title=item.title, clause=item.clause
            )
            yield CaseLine(case, "derived", f"suy từ số liệu: {item.derived_from}")


def _condition(
    rules: RulePack, item: ConditionItem, result: UnitResult, fact: ConditionFact | None
) -> ConditionLine:
    awards = tuple(award.id for award in rules.awards if item.id in award.conditions)
    if fact is not None:
        return ConditionLine(item, fact.met, "recorded", fact.reference, awards)
    unmet = any(e.kind == "condition_unmet" and e.case == item.id for e in result.eligibility)
    source: Source = "derived" if item.when is not None else "none"
    return ConditionLine(item, False if unmet else None, source, "", awards)


def _held(found: Assessment, unit: str) -> Iterator[HeldPlace]:
    questions = {question.id: question for question in found.open_questions}
    for line in found.awards:
        if line.unit == unit and line.state == "held":
            yield HeldPlace(line, questions.get(f"held:{line.award}:{unit}"))


# ------------------------------------------------------------------ recording


def plan_case(
    desk: Desk, unit: str, case: str, reference: str, since: dt.date | None = None
) -> Plan:
    """Records a case against a unit, with its paper and since when it holds."""
    who, known = unit_of(desk, unit), case_of(desk, case)
    paper = needed(reference, f"{who.name}, {known.title}", "Căn cứ của trường hợp")
    refuse_recorded(desk, who, known)
    begun, paper = _since(desk, since, paper)
    acts: tuple[Act, ...] = (partial(_add, StandingFact(unit, case, paper, begun)),)
    title = f"Ghi {KINDS[known.kind].lower()} {who.name}: {known.title}, căn cứ {paper}"
    return planned(desk, "eligibility.recorded", title, acts, {"unit": unit, "case": case})


def plan_cleared(
    desk: Desk, unit: str, case: str, decided_by: str, reference: str, on: dt.date
) -> Plan:
    """A recorded case ends: nothing stands against the unit any more (A38).

    Where the day lies inside the year the case stays in the book until the day before; a case
    that is concluded after the year's end is taken out of what counts, and the journal keeps it.
    """
    who, known = unit_of(desk, unit), case_of(desk, case)
    by, paper = _decision(who, decided_by, reference)
    acts = _ended(desk, who, known, on, paper)
    title = f"Kết luận {who.name} không vướng “{known.title}”: {by}, {paper} ngày {on:%d/%m/%Y}"
    told = {"unit": unit, "case": case, "by": by, "reference": paper, "on": on.isoformat()}
    return planned(desk, "eligibility.cleared", title, acts, told)


def plan_barred(
    desk: Desk,
    unit: str,
    held: str,
    barred: str,
    decided_by: str,
    reference: str,
    on: dt.date,
) -> Plan:
    """A unit that was waiting for a conclusion is not considered: held becomes barred (A38)."""
    who, known, bar = unit_of(desk, unit), case_of(desk, held), case_of(desk, barred, "barred")
    by, paper = _decision(who, decided_by, reference)
    refuse_recorded(desk, who, bar)
    begun, dated = _since(desk, on, paper)
    fact = StandingFact(unit, bar.id, dated, begun)
    acts: tuple[Act, ...] = (*_ended(desk, who, known, on, paper), partial(_add, fact))
    title = f"Kết luận không xét {who.name}, “{bar.title}”: {by}, {paper} ngày {on:%d/%m/%Y}"
    told = {"unit": unit, "case": barred, "by": by, "reference": paper, "on": on.isoformat()}
    return planned(desk, "eligibility.barred", title, acts, told)


def plan_condition(
    desk: Desk, unit: str, condition: str, met: bool | None, reference: str = ""
) -> Plan:
    """Ticks a condition beside the rank with its reference; ``None`` takes the tick away (A46)."""
    who = unit_of(desk, unit)
    item = next((c for c in rules_of(desk).conditions if c.id == condition), None)
    if item is None:
        listed = ", ".join(c.id for c in rules_of(desk).conditions) or "không có"
        raise refusal(
            "facts_unknown_condition",
            who.name,
            f"Bảng tiêu chí không có điều kiện “{condition[:80]}”.",
            f"Các điều kiện: {listed}.",
        )
    words = "chưa rõ" if met is None else "đạt" if met else "không đạt"
    if met is None:
        act: Act = partial(_untick, unit, condition)
    else:
        paper = needed(reference, f"{who.name}, {item.title}", "Căn cứ của điều kiện")
        act = partial(_tick, ConditionFact(unit, condition, met, paper))
        words += f", căn cứ {paper}"
    title = f"Ghi điều kiện “{item.title}” của {who.name}: {words}"
    told = {"unit": unit, "condition": condition}
    return planned(desk, "eligibility.condition", title, (act,), told)


def case_of(desk: Desk, case: str, kind: str | None = None) -> StandingCase:
    """The pack's case with this id; raises ``UserError`` with those that there are."""
    cases = [c for c in rules_of(desk).standing if kind is None or c.kind == kind]
    found = next((c for c in cases if c.id == case), None)
    if found is not None:
        return found
    listed = ", ".join(c.id for c in cases) or "không có"
    raise refusal(
        "facts_unknown_case",
        f"Năm {desk.period}",
        f"Bảng tiêu chí không có trường hợp “{case[:80]}” thuộc loại này.",
        f"Các trường hợp: {listed}.",
    )


def refuse_recorded(desk: Desk, who: Unit, case: StandingCase) -> None:
    """Raises where the case stands against the unit already."""
    for fact in desk.workspace.read(books.STANDING, desk.period):
        if (fact.unit, fact.case) == (who.id, case.id) and fact.holds_on(desk.year.end):
            raise refusal(
                "case_recorded",
                who.name,
                f"Trường hợp “{case.title}” đã được ghi ({fact.reference or 'không căn cứ'}).",
                "Ghi kết luận của trường hợp đó, hoặc sửa dòng đã ghi.",
            )


def needed(text: str, place: str, what: str) -> str:
    """A text that may not be empty: a decision stands on a paper; raises ``UserError``."""
    if text.strip():
        return text.strip()
    raise refusal(
        "reference_missing",
        place,
        f"{what} chưa được ghi.",
        "Ghi số, ký hiệu và ngày của văn bản, hoặc biên bản.",
    )


def _decision(who: Unit, decided_by: str, reference: str) -> tuple[str, str]:
    by = needed(decided_by, who.name, "Người hoặc cơ quan kết luận")
    return by, needed(reference, who.name, "Văn bản kết luận")


def _since(desk: Desk, day: dt.date | None, paper: str) -> tuple[dt.date | None, str]:
    """Since when a case counts: one that was found after the year's end counts for the year."""
    if day is None:
        return None, paper
    dated = paper if f"{day:%d/%m/%Y}" in paper else f"{paper} ngày {day:%d/%m/%Y}"
    return (day, paper) if day <= desk.year.end else (None, dated)


def _ended(desk: Desk, who: Unit, case: StandingCase, on: dt.date, paper: str) -> tuple[Act, ...]:
    """The acts that end every recorded fact of a case that still holds."""
    acts: list[Act] = []
    for number, fact in desk.workspace.numbered(books.STANDING, desk.period).items():
        if (fact.unit, fact.case) != (who.id, case.id) or not fact.holds_on(desk.year.end):
            continue
        last = on - dt.timedelta(days=1)
        if last < desk.year.end and (fact.since is None or fact.since <= last):
            told = f"{fact.reference}; kết luận: {paper}".lstrip("; ")
            acts.append(partial(_replace, number, replace(fact, until=last, reference=told)))
        else:
            acts.append(partial(_remove, number))
    if acts:
        return tuple(acts)
    raise refusal(
        "case_not_recorded",
        who.name,
        f"Không có ghi chép nào về “{case.title}” đang có hiệu lực với đơn vị này.",
        "Trường hợp suy từ số liệu thì sửa số liệu; trường hợp khác thì kiểm tra lại mã.",
    )


def _add(fact: StandingFact, change: Change) -> int:
    return len(change.add(books.STANDING, fact))


def _replace(number: int, fact: StandingFact, change: Change) -> int:
    return int(change.replace(books.STANDING, number, fact))


def _remove(number: int, change: Change) -> int:
    return int(change.remove(books.STANDING, number))


def _tick(fact: ConditionFact, change: Change) -> int:
    return change.put(books.CONDITIONS, fact)


def _untick(unit: str, condition: str, change: Change) -> int:
    return int(change.remove(books.CONDITIONS, unit, condition))
