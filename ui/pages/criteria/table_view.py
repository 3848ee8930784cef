"""A criteria table as the page shows it: rows with sums, ways of scoring and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from string import ascii_lowercase
from typing import Any, Final

from app.ground.findings import Finding
from app.ground.numbers import NumberTextError, read_number, vietnamese
from app.rules.checks import check_pack
from app.rules.checks.context import PackUnderCheck
from app.rules.checks.frame import group_sums
from app.rules.document import LoadedPack, Tree, read_pack
from app.rules.pack import Clause, Criterion, RulePack
from ui.pages.criteria.method_words import SHORT


class RowKind(StrEnum):
    """What a row of the table is."""

    GROUP = "group"
    CRITERION = "criterion"
    SLOT = "slot"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``above`` is the code of the row that it lies under, ``depth`` counts from 0.

    ``total`` is what the rows below add up to, ``fits`` whether that is as the frame asks.
    """

    code: str
    title: str
    kind: RowKind
    depth: int
    above: str | None
    max: str
    total: str
    fits: bool
    method: str
    removable: bool
    findings: tuple[Finding, ...]

    @property
    def marked(self) -> bool:
        """Whether something about the row must be looked at."""
        return bool(self.findings)

    @property
    def wrong(self) -> bool:
        """Whether something about the row must be mended."""
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Where a rule stands and what is written there."""

    place: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class TableView:
    """The whole table: its rows, what is wrong beside them, and its sum against the frame."""

    tree: Tree
    pack: LoadedPack | None
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    total: str
    limit: str
    incomplete: str

    @property
    def errors(self) -> tuple[Finding, ...]:
        """All that must be mended, of rows and of the table."""
        return tuple(f for f in self.all_findings if f.is_error)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Everything that was found."""
        return (*(f for row in self.rows for f in row.findings), *self.findings)

    def row(self, code: str | None) -> Row | None:
        """The row with this code."""
        return next((row for row in self.rows if row.code == code), None)

    def written(self, code: str) -> Mapping[str, Any]:
        """The row as the pack writes it."""
        found: Mapping[str, Any] = next(
            row for row in self.tree["criteria"] if row.get("code") == code
        )
        return found


_PLACES: Final = re.compile(r"criteria(?:\[\d+\])? \(?(?P<code>[^\s,()]+)")


def view_of(
    tree: Tree,
    title: str,
    choices: Mapping[str, object] | None = None,
    pack: LoadedPack | None = None,
) -> TableView:
    """The table as it stands, also where it cannot be read; ``pack`` is what was read of it."""
    findings: list[Finding] = []
    if pack is None:
        pack, told = read_pack(tree, title, choices)
        findings += told
    totals: dict[str, str] = {}
    misfits: set[str] = set()
    total = limit = ""
    if pack is not None:
        findings += check_pack(pack).findings
        subject = PackUnderCheck(pack, None)
        totals, misfits = _sums(subject)
        total, limit = _whole(subject)
    written = [row for row in tree.get("criteria", []) if isinstance(row, Mapping)]
    codes = [str(row.get("code", "")) for row in written]
    known = set(codes)
    mine, rest = _sorted_out(findings, known, _names(pack))
    parents = {parent for code in codes for parent in _parents(code)}
    rows = tuple(
        _row(row, known, code in parents, totals, misfits, mine.get(code, ()))
        for code, row in zip(codes, written, strict=True)
    )
    return TableView(tree, pack, rows, rest, total, limit, str(tree.get("incomplete", "")))


def _parents(code: str) -> Iterator[str]:
    while "." in code:
        code = code.rpartition(".")[0]
        yield code


def _row(
    row: Mapping[str, Any],
    known: set[str],
    is_group: bool,
    totals: Mapping[str, str],
    misfits: set[str],
    findings: tuple[Finding, ...],
) -> Row:
    code = str(row.get("code", ""))
    above = [parent for parent in _parents(code) if parent in known]
    kind = RowKind.GROUP if is_group or "method" not in row else RowKind.CRITERION
    if "slot" in row:
        kind = RowKind.SLOT
    method = row.get("method")
    words = SHORT.get(str(method.get("kind")), "?") if isinstance(method, Mapping) else ""
    if kind is RowKind.SLOT:
        words = "Tự đăng ký"
    return Row(
        code,
        str(row.get("title", "")),
        kind,
        len(above),
        above[0] if above else None,
        points_text(row.get("max")),
        totals.get(code, ""),
        code not in misfits,
        words,
        bool(row.get("added") or row.get("split")),
        findings,
    )


def points_text(value: Any) -> str:
    """Points as they are printed; empty where there are none."""
    known = points_of(value)
    return "" if known is None else vietnamese(known)


def points_of(value: Any) -> Fraction | None:
    """Points of a pack as a number; ``None`` where there is none, or a pointer to a parameter."""
    if isinstance(value, str):
        try:
            return Fraction(read_number(value))
        except NumberTextError:
            return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    return None


def _sums(subject: PackUnderCheck) -> tuple[dict[str, str], set[str]]:
    """The sums of groups as text; several where kinds of clusters differ."""
    found: dict[str, list[Fraction]] = {}
    misfits: set[str] = set()
    for group in group_sums(subject):
        found.setdefault(group.code, []).append(group.total)
        if not group.fits:
            misfits.add(group.code)
    for row in subject.rules.criteria:  # groups without a maximum of their own
        if row.code in subject.children and row.code not in found:
            amount = subject.maximum(row)
            if amount is not None:
                found[row.code] = [amount]
    totals = {
        code: " · ".join(vietnamese(value) for value in dict.fromkeys(values))
        for code, values in found.items()
    }
    return totals, misfits


def _whole(subject: PackUnderCheck) -> tuple[str, str]:
    rules = subject.rules
    tops = [row for row in subject.tops if not row.substitute_for and not row.blocks]
    maxima = [subject.maximum(row) for row in tops]
    limit = rules.scoring.total_max if rules.scoring is not None else None
    if any(m is None for m in maxima) or any(row.blocks for row in subject.tops):
        return "", points_text(limit)
    total = sum((m for m in maxima if m is not None), Fraction(0))
    return vietnamese(total + Fraction(rules.bonus.max or 0)), points_text(limit)


def _sorted_out(
    findings: Sequence[Finding], known: set[str], names: Mapping[str, str]
) -> tuple[dict[str, tuple[Finding, ...]], tuple[Finding, ...]]:
    """The findings of rows by their code, and the others; places in the officer's words."""
    mine: dict[str, tuple[Finding, ...]] = {}
    rest: list[Finding] = []
    for finding in dict.fromkeys(findings):
        found = _PLACES.search(finding.place)
        code = found["code"] if found else ""
        if code in known:
            told = replace(finding, place=f"Tiêu chí {code}")
            mine[code] = (*mine.get(code, ()), told)
        else:
            rest.append(replace(finding, place=_general(finding.place, names)))
    return mine, tuple(rest)


_SECTIONS: Final = {
    "criteria": "Các tiêu chí",
    "scoring": "Cách tính điểm",
    "parameters": "Điều văn bản để ngỏ",
    "awards": "Khen thưởng",
    "sources": "Văn bản nguồn",
    "clauses": "Điều khoản",
    "bonus": "Điểm thưởng",
    "deductions": "Điểm trừ",
    "rounds": "Vòng chấm",
    "standing": "Trường hợp không xét",
    "classes": "Xếp loại",
    "conditions": "Điều kiện",
    "duties": "Việc trong năm",
    "ballots": "Bỏ phiếu",
    "ties": "Khi bằng nhau",
    "blocks": "Loại cụm, khối",
    "scales": "Thang mức",
    "dossiers": "Hồ sơ",
}


def _names(pack: LoadedPack | None) -> dict[str, str]:
    """What the ids of a pack are called."""
    if pack is None:
        return {}
    rules = pack.rules
    listed: tuple[Any, ...] = (
        *rules.parameters, *rules.awards, *rules.standing, *rules.conditions, *rules.classes,
        *rules.duties, *rules.dossiers, *rules.rounds, *rules.blocks, *rules.bonus.items,
        *rules.deductions.items,
    )  # fmt: skip
    names = {item.id: str(item.title) for item in listed}
    return names | {s.id: " ".join(filter(None, (s.type, s.number))) for s in rules.sources}


def _general(place: str, names: Mapping[str, str]) -> str:
    """The place of a finding about the whole table."""
    where = place.rpartition(", ")[2]
    head, _, rest = where.partition(" ")
    section = _SECTIONS.get(head.partition(".")[0].partition("[")[0])
    if section is None:
        return "Cả bảng"
    return f"{section}: {names[rest]}" if rest in names else section


def next_codes(view: TableView, parent: str, count: int) -> tuple[str, ...]:
    """Free codes for new rows of a section: the next numbers, or the next letters."""
    inside = [row.code.rpartition(".")[2] for row in view.rows if row.above == parent]
    taken = {row.code for row in view.rows}
    if inside and all(name in ascii_lowercase and len(name) == 1 for name in inside):
        letters = [f"{parent}.{name}" for name in ascii_lowercase if name > max(inside)]
        if len(letters) >= count:
            return tuple(letters[:count])
    numbers = [int(name) for name in inside if name.isascii() and name.isdigit()]
    number = max(numbers, default=len(inside))
    codes: list[str] = []
    while len(codes) < count:
        number += 1
        if f"{parent}.{number}" not in taken:
            codes.append(f"{parent}.{number}")
    return tuple(codes)


# ------------------------------------------------------------------ in words


def clause_words(rules: RulePack, clause: str | None) -> ClauseWords | None:
    """A clause with its source and quote; ``None`` where none is cited."""
    found: Clause | None = next((c for c in rules.clauses if c.id == clause), None)
    if found is None:
        return None
    source = next((s for s in rules.sources if s.id == found.source), None)
    where = found.place
    if source is not None:
        name = " ".join(filter(None, (source.type, source.number)))
        day = f" ngày {source.date:%d/%m/%Y}" if source.date is not None else ""
        where = f"{found.place}, {name}{day}"
    return ClauseWords(where, found.quote or "", found.note)


def condition_words(row: Criterion, rows: Mapping[str, Criterion]) -> tuple[str, ...]:
    """Preconditions, substitutes and limits of a row, each in a sentence."""
    return tuple(_conditions(row, rows))


def _conditions(row: Criterion, rows: Mapping[str, Criterion]) -> Iterator[str]:
    if row.gate is not None:
        gate = row.gate
        if gate.keeps is not None:
            rest = f"còn {vietnamese(Fraction(gate.keeps))} % số điểm chấm được"
        elif gate.otherwise_percent is not None:
            rest = f"được {vietnamese(Fraction(gate.otherwise_percent))} % điểm tối đa"
        else:
            rest = f"được {vietnamese(Fraction(gate.otherwise))} điểm"
        yield f"Điều kiện trước: {gate.title}. Không đạt thì {rest}."
    if row.already is not None:
        worth = "điểm tối đa"
        if row.already.points is not None:
            worth = f"{vietnamese(Fraction(row.already.points))} điểm"
        elif row.already.percent is not None:
            worth = f"{vietnamese(Fraction(row.already.percent))} % điểm tối đa"
        yield f"Đã đạt từ trước ({row.already.title}): được {worth}."
    if row.substitute_for is not None:
        other = rows.get(row.substitute_for)
        name = f" “{other.title}”" if other is not None else ""
        yield f"Thay cho tiêu chí {row.substitute_for}{name} khi tiêu chí đó không được giao."
    for other in rows.values():
        if other.substitute_for == row.code:
            yield f"Khi không được giao thì thay bằng tiêu chí {other.code} “{other.title}”."
    if row.role is not None:
        roles = {"leader": "Trưởng cụm, khối", "deputy": "Phó Trưởng cụm, khối"}
        yield f"Chỉ dành cho đơn vị là {roles.get(row.role, row.role)}."
    if row.blocks:
        yield "Chỉ dành cho loại cụm, khối: " + ", ".join(row.blocks) + "."
    if row.cap is not None:
        yield f"Cả mục không quá {vietnamese(Fraction(row.cap))} điểm."
    if row.combine == "highest":
        yield "Chỉ tính dòng cao điểm nhất trong mục."
    if row.rescale:
        yield "Điểm trong mục được quy về điểm tối đa của mục."
    if row.inside_bonus:
        yield "Là điểm thưởng nằm trong tổng khung."
    if row.needs_evidence:
        yield "Phải có tài liệu minh chứng."
    if row.note:
        yield row.note
