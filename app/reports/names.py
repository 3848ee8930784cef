"""Names for what the engine and the facts file call by id: no id reaches an officer.

Places of findings may carry ids of units ("u1, u2", "Sở A (u1)"), clusters, awards, items and
questions ("tie:co:u1+u2"); `Names` puts the names in their place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.ground.findings import Finding
from app.reports.choices import choice_words
from app.scoring.assessment import Assessment, Eligibility, QuestionOutcome

GROUNDS: Mapping[str, str] = {
    "recorded": "đã được ghi nhận",
    "derived": "xác định từ kết quả chấm",
    "total": "theo tổng điểm",
    "condition_unmet": "",
    "condition_unrecorded": "",
}
"""What a case was derived from, where it is neither a criterion nor a reference."""
HOLDS: Mapping[str, str] = {"held": "Giữ suất", "passed_on": "Chuyển suất"}
OF_THE_FACTS_FILE = re.compile(r"\[\[|\b[a-z]+_[a-z_]+\b")
"""Words of the facts file; a remedy that speaks of them is not for paper."""


class Names:
    """The names of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        rules = assessment.pack.rules
        self.units = {unit.id: unit.name for unit in assessment.snapshot.units}
        self.clusters = {cluster.id: cluster.name for cluster in assessment.snapshot.clusters}
        self.awards = {award.id: award.title for award in rules.awards}
        self.items = {i.id: i.title for i in (*rules.bonus.items, *rules.deductions.items)}
        self.cases = {case.id: case.title for case in rules.standing}
        self.cases |= {condition.id: condition.title for condition in rules.conditions}
        tests = (*(c.when for c in rules.standing), *(c.when for c in rules.conditions))
        self.attributes = {
            inner.attribute.name
            for when in tests
            if when is not None
            for inner in when.walk()
            if inner.attribute is not None
        }
        self.codes = {row.code for row in rules.criteria}
        self.codes |= {item.code for item in assessment.snapshot.own_criteria}

    def sentence(self, words: str) -> str:
        """A sentence of the engine without ids: units and awards by name alone."""
        for award, title in self.awards.items():
            words = words.replace(f"({award})", f"({title})")
        for unit in self.units:
            words = words.replace(f" ({unit})", "")
        return words

    def place(self, place: str) -> str:
        """Where a finding lies, in names."""
        return ", ".join(self._part(part) for part in self.sentence(place).split(", "))

    def _part(self, part: str) -> str:
        kind, _, rest = part.partition(":")
        if kind in ("tie", "held") and ":" in rest:
            award, _, units = rest.partition(":")
            together = " và ".join(self.units.get(unit, unit) for unit in units.split("+"))
            words = "trường hợp bằng điểm" if kind == "tie" else "trường hợp chưa xét"
            return f"{words} ở {self.awards.get(award, award)} ({together})"
        head, _, item = part.partition("mục ")
        if not head and item in self.items:
            return f"mục “{self.items[item]}”"
        return self.units.get(part) or self.clusters.get(part) or part

    def remedy(self, finding: Finding) -> str:
        """How to mend it, unless that speaks of the facts file."""
        return "" if OF_THE_FACTS_FILE.search(finding.remedy) else finding.remedy

    def case(self, item: Eligibility) -> str:
        """A case with its ground, and the awards that it is limited to."""
        grounds = [self._ground(part) for part in item.derived_from.split(", ")]
        if None in grounds:  # a reference that an officer wrote
            grounds = [item.derived_from]
        notes = list(dict.fromkeys(ground for ground in grounds if ground))
        if item.awards:
            titles = ", ".join(self.awards.get(award, award) for award in item.awards)
            notes.append(f"chỉ áp dụng với {titles}")
        return item.title + (f" ({'; '.join(notes)})" if notes else "")

    def _ground(self, ground: str) -> str | None:
        """What a ground of the engine is called; ``None`` where it is none."""
        if ground in GROUNDS:
            return GROUNDS[ground]
        if ground in self.codes:
            return f"tiêu chí {ground}"
        if ground in self.attributes:
            return "theo thông tin đã ghi của đơn vị"
        return self.cases.get(ground)

    def outcome(self, outcome: QuestionOutcome) -> str:
        """A possible answer with what it would bring."""
        choice = HOLDS.get(outcome.choice) or self.units.get(outcome.choice)
        return f"{choice or choice_words(outcome.choice)}: {outcome.effect}"
