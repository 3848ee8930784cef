"""Sums against the frame, the share of added criteria, and the most that a unit can reach."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.ground.findings import Findings
from app.ground.numbers import vietnamese
from app.rules.checks.context import PackUnderCheck
from app.rules.items import Items
from app.rules.pack import Criterion

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class SectionFrame:
    """A section against its frame: points, criteria given, there now, added, allowed to add."""

    max: Fraction | None
    given: int
    criteria: int
    added: int
    added_allowed: int | None


def frames(subject: PackUnderCheck) -> Mapping[str, SectionFrame]:
    """The sections: top rows, and groups whose number of given criteria the text states.

    A section's criteria are the rows directly below it; one that was split is one, unless the
    pack counts its parts as added (A32).
    """
    share = subject.rules.scoring.added_share if subject.rules.scoring is not None else None
    found: dict[str, SectionFrame] = {}
    for row in subject.rules.criteria:
        inner = any(c.given_count is not None for c in subject.children.get(row.code, []))
        if row.given_count is None and (row.parent is not None or inner):
            continue
        rows = _criteria(subject, row)
        added = sum(1 for c in rows if c.added) + _split_parts(subject, row)
        stated = row.given_count
        given = stated if stated is not None else sum(1 for c in rows if not c.added)
        allowed = None if share is None else math.floor(given * Fraction(share) / 100)
        found[row.code] = SectionFrame(subject.maximum(row), given, len(rows), added, allowed)
    return found


def _criteria(subject: PackUnderCheck, row: Criterion) -> list[Criterion]:
    """The criteria of a section, substitutes left out."""
    return [c for c in subject.children.get(row.code, []) if not c.substitute_for]


def _split_parts(subject: PackUnderCheck, row: Criterion) -> int:
    scoring = subject.rules.scoring
    if scoring is None or not scoring.split_counts_as_added:
        return 0
    parts = 0
    for code, children in subject.children.items():
        if code == row.code or code.startswith(row.code + "."):
            split = sum(1 for c in children if c.split)
            parts += max(0, split - 1)
    return parts


def given_criteria(subject: PackUnderCheck, findings: Findings) -> None:
    """As many criteria as the text gives stand in the section, added ones aside."""
    for row in subject.rules.criteria:
        if row.given_count is None:
            continue
        present = sum(1 for c in _criteria(subject, row) if not c.added)
        if present != row.given_count:
            findings.error(
                "given_count_differs",
                subject.place(f"criteria {row.code}"),
                f"Mục {row.code} ghi có {row.given_count} tiêu chí quy định sẵn nhưng đang có "
                f"{present}.",
                "Bổ sung tiêu chí còn thiếu, hoặc đánh dấu added cho tiêu chí cụm, khối thêm.",
            )


def added_criteria(subject: PackUnderCheck, findings: Findings) -> None:
    """No more criteria were added to a section than its text allows (BG: 30 %)."""
    for code, frame in frames(subject).items():
        if frame.added_allowed is not None and frame.added > frame.added_allowed:
            findings.error(
                "too_many_added",
                subject.place(f"criteria {code}"),
                f"Mục {code} bổ sung {frame.added} tiêu chí; chỉ được bổ sung "
                f"{frame.added_allowed} trên {frame.given} tiêu chí đã quy định.",
                "Bỏ bớt tiêu chí bổ sung hoặc gộp lại.",
            )


@dataclass(frozen=True, slots=True)
class GroupSum:
    """What the rows of a group amount to, for one kind of clusters; ``fits``: as the pack asks."""

    code: str
    total: Fraction
    limit: Fraction
    fits: bool


def group_sums(subject: PackUnderCheck) -> Iterator[GroupSum]:
    """The sums of all groups with a maximum whose rows all have one."""
    scoring = subject.rules.scoring
    for row in subject.rules.criteria:
        children = subject.children.get(row.code, [])
        if row.max is None or not children:
            continue
        mode = row.frame or (scoring.frame if scoring is not None else "equal")
        for block in _blocks(children):
            rows = [c for c in children if not c.blocks or block is None or block in c.blocks]
            maxima = [subject.maximum(c) for c in rows if not c.substitute_for]
            if any(m is None for m in maxima) or not maxima:
                continue
            known = [m for m in maxima if m is not None]
            total = max(known) if row.combine == "highest" else sum(known, ZERO)
            limit = Fraction(row.max)
            fits = total == limit or (mode == "at_most" and total < limit)
            yield GroupSum(row.code, total, limit, fits)


def sums(subject: PackUnderCheck, findings: Findings) -> None:
    """The rows of each group add up to its maximum (or stay within it, as the pack says)."""
    scoring = subject.rules.scoring
    for group in group_sums(subject):
        if not group.fits:
            word = "vượt" if group.total > group.limit else "chưa đủ"
            findings.error(
                "sum_differs_from_frame",
                subject.place(f"criteria {group.code}"),
                f"Các tiêu chí của mục {group.code} cộng lại được {vietnamese(group.total)} điểm, "
                f"{word} khung {vietnamese(group.limit)} điểm.",
                "Phân bổ lại điểm trong mục này.",
            )
    tops = subject.tops
    if scoring is not None and scoring.total_max is not None:
        for block in _blocks(list(subject.rules.criteria)):
            maxima = [_block_max(subject, r, block) for r in tops]
            if any(m is None for m in maxima):
                continue
            total = sum((m for m in maxima if m is not None), ZERO)
            total += Fraction(subject.rules.bonus.max or 0)
            if total != scoring.total_max:
                findings.error(
                    "total_differs_from_frame",
                    subject.place("scoring.total_max"),
                    f"Các mục cộng lại được {vietnamese(total)} điểm, khung điểm là "
                    f"{vietnamese(Fraction(scoring.total_max))}.",
                    "Sửa điểm tối đa của các mục hoặc tổng khung điểm.",
                )


def _blocks(rows: list[Criterion]) -> list[str | None]:
    """The kinds of clusters that a list of rows distinguishes; ``None`` where it does not."""
    found = sorted({b for r in rows for b in r.blocks})
    return list(found) if found else [None]


def _block_max(subject: PackUnderCheck, row: Criterion, block: str | None) -> Fraction | None:
    if row.blocks and block is not None and block not in row.blocks:
        return ZERO
    return subject.maximum(row)


def own_maxima(subject: PackUnderCheck) -> Mapping[str, Fraction]:
    """The most that a unit can reach: "member", and each role that changes it (A4).

    Where kinds of clusters differ the key is "block/role".
    """
    rules = subject.rules
    if rules.scoring is None:
        return {}
    roles = sorted(
        {r.role for r in rules.criteria if r.role} | {i.role for i in rules.bonus.items if i.role}
    )
    found: dict[str, Fraction] = {}
    for block in _blocks(list(rules.criteria)):
        for role in [None, *roles]:
            key = role or "member"
            total = sum((_reachable(subject, r, block, role) for r in subject.tops), ZERO)
            bonus = _bonus(rules.bonus, role)
            high = rules.scoring.clamp.high
            top = total + bonus if high is None else min(total + bonus, Fraction(high))
            found[key if block is None else f"{block}/{key}"] = top
    return found


def _bonus(bonus: Items, role: str | None) -> Fraction:
    """The most bonus for a role; an item without a bound reaches the one of all together."""
    items = [i.max for i in bonus.items if i.role in (None, role)]
    known = sum((Fraction(bound) for bound in items if bound is not None), ZERO)
    if bonus.max is None:
        return known
    return Fraction(bonus.max) if None in items else min(known, Fraction(bonus.max))


def bonus_is_bounded(bonus: Items) -> bool:
    """Whether there is a most that bonus can amount to."""
    return bonus.max is not None or all(i.max is not None for i in bonus.items)


def _reachable(
    subject: PackUnderCheck, row: Criterion, block: str | None, role: str | None
) -> Fraction:
    if row.substitute_for or (row.role is not None and row.role != role):
        return ZERO
    if row.blocks and block is not None and block not in row.blocks:
        return ZERO
    children = subject.children.get(row.code, [])
    if not children:
        return subject.maximum(row) or ZERO
    parts = [_reachable(subject, c, block, role) for c in children]
    total = max(parts) if row.combine == "highest" else sum(parts, ZERO)
    limit = subject.maximum(row)
    if limit is None:
        return total
    if all(subject.maximum(c) is None for c in children):
        return limit
    return min(total, limit)
