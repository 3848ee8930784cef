"""Ids that stand twice, and ids that point nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.ground.findings import Findings
from app.ground.text import nearest
from app.rules.awards import KeysStep, PercentPlaces
from app.rules.base import is_open
from app.rules.checks.context import PackUnderCheck
from app.rules.condition import When
from app.rules.items import EachOver, Scored
from app.rules.methods import MethodModel
from app.rules.methods.single import Levels
from app.rules.trees import codes_tested


def duplicates(subject: PackUnderCheck, findings: Findings) -> None:
    """Every id stands once in its list."""
    rules = subject.rules
    lists: dict[str, Iterable[str]] = {
        "criteria": [r.code for r in rules.criteria],
        "sources": [s.id for s in rules.sources],
        "clauses": [c.id for c in rules.clauses],
        "parameters": [p.id for p in rules.parameters],
        "rounds": [r.id for r in rules.rounds],
        "blocks": [b.id for b in rules.blocks],
        "scales": [s.id for s in rules.scales],
        "standing": [s.id for s in rules.standing],
        "conditions": [c.id for c in rules.conditions],
        "classes": [c.id for c in rules.classes],
        "awards": [a.id for a in rules.awards],
        "bonus.items": [i.id for i in rules.bonus.items],
        "deductions.items": [i.id for i in rules.deductions.items],
        "duties": [d.id for d in rules.duties],
        "dossiers": [d.id for d in rules.dossiers],
    }
    for row in rules.criteria:
        lists[f"criteria {row.code}, method"] = _named_in(row.method)
    for item in (*rules.bonus.items, *rules.deductions.items):
        if isinstance(item.worth, Scored):
            lists[f"items {item.id}, method"] = _named_in(item.worth.method)
    for scale in rules.scales:
        lists[f"scales {scale.id}"] = [_words(level) for level in scale.levels]
    for name, ids in lists.items():
        for identifier, count in Counter(ids).items():
            if count > 1:
                findings.error(
                    "duplicate_id",
                    subject.place(f"{name} {identifier}"),
                    f"Mã “{identifier}” được dùng {count} lần.",
                    "Đặt cho mỗi mục một mã riêng; nhãn in ra (label) có thể trùng.",
                )


def _named_in(method: MethodModel | None) -> list[str]:
    """The names that must differ inside a method: figures, and words of levels."""
    if method is None:
        return []
    names = [spec.name for spec in method.figure_specs()]
    if isinstance(method, Levels):
        names += [_words(w) for level in method.levels for w in (level.name, *level.also)]
    return names


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def unknown_references(subject: PackUnderCheck, findings: Findings) -> None:
    """Every id that is pointed at exists."""
    rules = subject.rules
    look = _Look(subject, findings)
    rounds = [r.id for r in rules.rounds]
    hands = {r.hand for r in rules.rounds}
    awards = [a.id for a in rules.awards]
    clauses = [c.id for c in rules.clauses]
    for clause in rules.clauses:
        look.up("nguồn", clause.source, [s.id for s in rules.sources], f"clauses {clause.id}")
    for place, clause_id in _cited(subject):
        look.up("điều khoản", clause_id, clauses, place)
    for position, round_ in enumerate(rules.rounds):
        look.up("vòng chấm đứng trước", round_.stands_in, rounds[:position], f"rounds {round_.id}")
        for code in round_.only:
            look.up("tiêu chí", code, subject.codes, f"rounds {round_.id}")
    _scoring_references(look, rounds)
    for row in rules.criteria:
        where = f"criteria {row.code}"
        look.up("người chấm", row.hand, hands, where)
        look.up("tiêu chí", row.substitute_for, subject.codes, where)
        for block in row.blocks:
            look.up("loại cụm, khối", block, look.blocks, where)
    for item in (*rules.bonus.items, *rules.deductions.items):
        if isinstance(item.worth, EachOver):
            for code in item.worth.criteria:
                look.code(code, f"items {item.id}")
    for award in rules.awards:
        where = f"awards {award.id}"
        for other in (*award.excludes, *((award.among,) if award.among else ())):
            look.up("hình thức khen thưởng", other, awards, where)
        if isinstance(award.places, PercentPlaces):
            if award.places.of not in ("participants", "eligible"):
                look.up("hình thức khen thưởng", award.places.of, awards, where)
            for name in award.places.of_classes:
                look.up("mức xếp loại", name, look.classes, where)
        for condition in award.conditions:
            look.up("điều kiện", condition, [c.id for c in rules.conditions], where)
    for case in rules.standing:
        for award_id in case.awards:
            look.up("hình thức khen thưởng", award_id, awards, f"standing {case.id}")
        look.up("mức xếp loại", case.class_, look.classes, f"standing {case.id}")
    for ballot in rules.ballots:
        look.up("hình thức khen thưởng", ballot.award, awards, f"ballots {ballot.purpose}")
    for duty in rules.duties:
        for block in (b for day in duty.due for b in day.blocks):
            look.up("loại cụm, khối", block, look.blocks, f"duties {duty.id}")
        if duty.late_item is not None:
            items = [item.id for item in rules.deductions.items]
            look.up("điểm trừ", duty.late_item, items, f"duties {duty.id}")
    for place, when in subject.conditions():
        for test in when.walk():
            _test_references(look, place, test)


def _scoring_references(look: _Look, rounds: list[str]) -> None:
    """What the scoring settings and the tie-break keys point at."""
    rules = look.subject.rules
    keys = [k for step in rules.ties.chain if isinstance(step, KeysStep) for k in step.keys]
    if rules.scoring is not None:
        keys += rules.scoring.rank_keys
        if not is_open(rules.scoring.ranking_round):
            look.up("vòng chấm", rules.scoring.ranking_round, rounds, "scoring.ranking_round")
        items = [i.id for i in (*rules.bonus.items, *rules.deductions.items)]
        for item in rules.scoring.late_items:
            look.up("mục thưởng hoặc trừ", item, items, "scoring.late_items")
    for key in keys:
        where = f"khóa xếp thứ tự {key.title or key.by}"
        look.up("thang mức", key.scale, [s.id for s in rules.scales], where)
        match key.by:
            case "points" | "share" | "level":
                look.code(key.of or "", where)
            case "bonus":
                look.up("mục thưởng", key.of, [i.id for i in rules.bonus.items], where)
            case "round_total":
                look.up("vòng chấm", key.of or "", rounds, where)
            case "attribute":
                look.up("thuộc tính", "" if key.of is None else None, (), where)


def _cited(subject: PackUnderCheck) -> Iterable[tuple[str, str]]:
    """Every clause id that the tree cites, with its place."""

    def walk(node: object, place: str) -> Iterable[tuple[str, str]]:
        if isinstance(node, dict):
            label = node.get("code") or node.get("id")
            here = f"{place} {label}" if isinstance(label, str) else place
            for key, value in node.items():
                if key == "clause" and isinstance(value, str):
                    yield here, value
                elif key not in ("clauses", "sources"):
                    yield from walk(value, key if not place else here)
        elif isinstance(node, list):
            for item in node:
                yield from walk(item, place)

    return walk(subject.pack.tree, "")


class _Look:
    """Looks ids up and reports those that point nowhere.

    An overlay may point at what only the main pack has; there it is a warning.
    """

    def __init__(self, subject: PackUnderCheck, findings: Findings) -> None:
        self.subject = subject
        self.findings = findings
        self.blocks = [b.id for b in subject.rules.blocks]
        self.classes = [c.id for c in subject.rules.classes]

    def up(self, noun: str, identifier: str | None, known: Iterable[str], place: str) -> None:
        """One id among the known ones."""
        names = list(known)
        if identifier is None or identifier in names:
            return
        guess = nearest(identifier, names)
        overlay = self.subject.rules.kind == "overlay" and noun not in ("nguồn", "điều khoản")
        tell = self.findings.warning if overlay else self.findings.error
        tell(
            "unknown_reference",
            self.subject.place(place),
            f"Không có {noun} mang mã “{identifier}”"
            + (" trong gói này; gói chính phải có." if overlay else "."),
            f"Có phải “{guess}”?" if guess else "Khai báo mã này hoặc sửa chỗ trỏ tới.",
        )

    def code(self, code: str, place: str) -> None:
        """The code of a row, or of one that a unit may register in a slot."""
        rows = self.subject.rules.criteria
        in_slot = any(r.slot is not None and code.startswith(r.code + ".") for r in rows)
        if not in_slot:
            self.up("tiêu chí", code, self.subject.codes, place)


def _test_references(look: _Look, place: str, test: When) -> None:
    rules = look.subject.rules
    for code in codes_tested(test) or ():
        look.code(code, place)
    for scaled in (test.level, test.attribute):
        if scaled is None:
            continue
        look.up("thang mức", scaled.scale, [s.id for s in rules.scales], place)
        scale = next((s for s in rules.scales if s.id == scaled.scale), None)
        for word in (scaled.at_most, scaled.at_least, scaled.below, scaled.above):
            if scale is not None:
                look.up(f"mức của thang {scale.id}", word, scale.levels, place)
    look.up("điều kiện", test.condition, [c.id for c in rules.conditions], place)
    look.up("trường hợp", test.standing, [s.id for s in rules.standing], place)
    look.up("loại cụm, khối", test.block, look.blocks, place)
    if test.bonus is not None:
        look.up("mục thưởng", test.bonus.of, [i.id for i in rules.bonus.items], place)
    if test.class_ is not None:
        for name in (*test.class_.is_, test.class_.at_least, test.class_.at_most):
            look.up("mức xếp loại", name, look.classes, place)
