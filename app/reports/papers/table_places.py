"""The criteria table on paper: every row with its maximum and its method.

Rows of other kinds of clusters are left out; nothing is added up, maxima are those of the pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.year import TableState
from app.ground.numbers import vietnamese
from app.reports.choices import choice_words, note_words
from app.reports.condition_words import condition_words
from app.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Note,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import sentence
from app.reports.method_words import method_words, number
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.wording import Place
from app.rules.checks import check_pack
from app.rules.checks.context import PackUnderCheck
from app.rules.document import LoadedPack
from app.rules.pack import Criterion, RulePack

HANDS: Final = {
    "unit": "Đơn vị tự chấm",
    "leader": "{leader}",
    "department": "{standing}",
    "council": "{council}",
    "agency": "Cơ quan liên quan",
}


ALL_ROUNDS: Final = "Theo các vòng"


def table_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """The whole table and its sections."""
    rows = rows_of(data.assessment.pack, data.cluster.block)
    return {
        "bảng tiêu chí": criteria_blocks(data),
        "khung điểm": (top_rows_table(data, rows),),
        "tổng điểm tối đa": _total(data.assessment.pack.rules),
        "phiên bản bảng": _version(data),
    }


def _total(rules: RulePack) -> str:
    total = rules.scoring.total_max if rules.scoring is not None else None
    return "chưa ấn định" if total is None else vietnamese(Fraction(total))


def _version(data: PaperData) -> str:
    table = data.book.table
    return "" if table is None else f"phiên bản {table.version}"


def not_issued(data: PaperData) -> tuple[str, ...]:
    """Why the table is not yet the one that counts, where a workspace keeps its state."""
    table = data.book.table
    if table is None or table.state is TableState.ISSUED:
        return ()
    return ("Bảng tiêu chí chưa ban hành.",)


def unfinished(data: PaperData) -> tuple[str, ...]:
    """What keeps the table from being issued: what is missing, wrong, or not chosen yet."""
    pack = data.assessment.pack
    reasons = [sentence(pack.rules.incomplete)] if pack.rules.incomplete else []
    reasons += _errors(pack)
    reasons += [
        f"Chưa chọn cách xử lý: {used.title}."
        for used in data.assessment.parameters.values()
        if used.source == "open"
    ]
    return tuple(reasons)


def _errors(pack: LoadedPack) -> list[str]:
    return [sentence(f.message) for f in check_pack(pack).findings if f.is_error]


# ---------------------------------------------------------------------- rows
def rows_of(pack: LoadedPack, block: str | None) -> tuple[Criterion, ...]:
    """The rows that a cluster of this kind is scored on, in printed order."""
    foreign = {
        row.code
        for row in pack.rules.criteria
        if row.blocks and block is not None and block not in row.blocks
    }
    return tuple(
        row
        for row in pack.rules.criteria
        if not any(row.code == code or row.code.startswith(f"{code}.") for code in foreign)
    )


def labels_of(rows: Sequence[Criterion]) -> dict[str, str]:
    """The printed labels from below the section on: "1.2" for the row II.1.2.

    A label that carries its group's already ("9a" below "9") stands without it, and so does one
    that is only a dash.
    """
    own = {row.code: row.printed for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        parts = row.code.split(".")
        steps = [".".join(parts[: n + 1]) for n in range(len(parts))]
        words: list[str] = []
        for step in steps[1:] or steps:
            label = own.get(step, step.rpartition(".")[2])
            rest = label.removeprefix(words[-1]) if words else label
            if rest not in ("", label) and not rest[0].isdigit():
                words.pop()
            words.append(label.rstrip("."))
        marked = any(letter.isalnum() for letter in words[-1])
        found[row.code] = ".".join(words) if marked else words[-1]
    return found


def criteria_blocks(data: PaperData) -> tuple[Block, ...]:
    """The table with the notes under it."""
    rows = rows_of(data.assessment.pack, data.cluster.block)
    return (_criteria_rows(data, rows), *_table_notes(data, rows))


def _criteria_rows(data: PaperData, rows: Sequence[Criterion]) -> Table:
    """Every row: label, title, maximum, how it is scored, by whom, with which evidence."""
    pack = PackUnderCheck(data.assessment.pack, None)
    hands = _Hands(data, rows)
    labels = labels_of(rows)
    columns = [
        Column("TT", Align.CENTRE, weight=0, repeated=True),
        Column("Nội dung, tiêu chí", min_mm=48, weight=4, repeated=True),
        Column("Điểm tối đa", Align.DECIMAL, weight=0),
        Column("Cách chấm", min_mm=60, weight=6),
    ]
    columns += [Column("Người chấm", min_mm=26)] if hands.differ else []
    asked = any(row.needs_evidence for row in rows)
    columns += [Column(_evidence_head(data), Align.CENTRE, min_mm=20)] if asked else []
    printed = []
    for row in rows:
        group = row.code in pack.children and row.slot is None
        limit = pack.maximum(row)
        cells = [
            cell(labels[row.code]),
            cell(row.title),
            cell("" if limit is None else vietnamese(limit)),
            _lines(() if group and row.method is None else _how(data, row)),
        ]
        cells += [cell("" if group else hands.of(row))] if hands.differ else []
        cells += [cell("x" if row.needs_evidence else "")] if asked else []
        printed.append(Row(tuple(cells), _kind(row, group)))
    return Table(tuple(columns), tuple(printed), top=True)


def _kind(row: Criterion, group: bool) -> RowKind:
    if row.parent is None:
        return RowKind.SECTION
    return RowKind.GROUP if group else RowKind.CRITERION


def _evidence_head(data: PaperData) -> str:
    words = data.vocabulary.evidence
    return words[:1].upper() + words[1:]


def _lines(lines: Sequence[str]) -> Cell:
    return Cell(tuple(plain_line(line) for line in lines))


def _how(data: PaperData, row: Criterion) -> tuple[str, ...]:
    """The method with what stands around it: gate, role, substitute, note."""
    rules = data.assessment.pack.rules
    lines: list[str] = []
    if row.role is not None:
        roles = {"leader": data.vocabulary.leader, "deputy": data.vocabulary.deputy}
        lines.append(f"Chỉ chấm đối với {roles.get(row.role, row.role)}.")
    if row.substitute_for is not None:
        lines.append(
            f"Chấm thay cho mục {row.substitute_for} đối với đơn vị không được giao mục đó."
        )
    if row.slot is not None:
        lines.append(_slot(row))
    if row.method is not None:
        lines += method_words(row.method)
    if row.gate is not None:
        lines.append(_gate(row, rules))
    if row.already is not None:
        worth = (
            f"{number(row.already.points)} điểm"
            if row.already.points is not None
            else f"{number(row.already.percent or Decimal(100))} % điểm tối đa"
        )
        lines.append(f"{row.already.title}: được {worth}.")
    if row.not_assigned is not None:
        lines.append(f"Không được giao: {choice_words(row.not_assigned)}.")
    if row.note:
        lines.append(unmarked(note_words(row.note)))
    return tuple(lines)


def unmarked(words: str) -> str:
    """Words without the signs of questions that the text leaves open ("(A21)")."""
    return re.sub(r" \(A\d+\w*\)", "", words)


def _slot(row: Criterion) -> str:
    slot = row.slot
    if slot is not None and slot.count is not None:
        many = f"{slot.count:02d} tiêu chí"
    elif slot is not None and slot.count_range is not None:
        many = f"{slot.count_range.words()} tiêu chí"
    else:
        many = "các tiêu chí"
    return f"Mỗi đơn vị đăng ký {many} của mình, chấm theo cách ghi trong bản đăng ký."


def _gate(row: Criterion, rules: RulePack) -> str:
    gate = row.gate
    assert gate is not None, "asked only of rows with a gate"
    asked = gate.title
    if gate.when is not None:
        asked += f" ({condition_words(gate.when, rules)})"
    if gate.keeps is not None:
        return f"Điều kiện: {asked}; không đạt thì còn {number(gate.keeps)} % số điểm."
    if gate.otherwise_percent is not None:
        share = number(gate.otherwise_percent)
        return f"Điều kiện: {asked}; không đạt thì được {share} % điểm tối đa."
    return f"Điều kiện: {asked}; không đạt thì được {number(gate.otherwise)} điểm."


class _Hands:
    """Who scores which row, where that differs from row to row."""

    def __init__(self, data: PaperData, rows: Sequence[Criterion]) -> None:
        words = data.vocabulary
        self._rounds = data.assessment.pack.rules.rounds
        self._words = {
            hand: text.format(
                leader=words.leader, standing=words.standing_agency, council=words.council
            )
            for hand, text in HANDS.items()
        }
        self.differ = len({self.of(row) for row in rows if row.method or row.slot}) > 1

    def of(self, row: Criterion) -> str:
        """Who scores a row: its own hand, or all whose rounds reach it."""
        if row.hand is not None:
            return self._words.get(row.hand, "")
        reached = [
            r
            for r in self._rounds
            if not r.only or any(row.code == c or row.code.startswith(f"{c}.") for c in r.only)
        ]
        if len(reached) == len(self._rounds):
            return ALL_ROUNDS
        return "; ".join(dict.fromkeys(self._words[r.hand] for r in reached))


def _table_notes(data: PaperData, rows: Sequence[Criterion]) -> Iterator[Block]:
    if any(row.needs_evidence for row in rows):
        yield Note(
            plain_line(
                f"Dấu “x”: tiêu chí phải kèm {data.vocabulary.evidence}; thiếu thì chưa có căn cứ "
                "để chấm."
            )
        )
    rounds = "; ".join(r.title for r in data.assessment.pack.rules.rounds)
    if _Hands(data, rows).differ:
        yield Note(plain_line(f"“{ALL_ROUNDS}”: {rounds}."))
    yield Note(plain_line(data.figures.statement()))


def top_rows_table(data: PaperData, rows: Sequence[Criterion]) -> Table:
    """The sections with their maxima, bonus points above them, and the total."""
    pack = PackUnderCheck(data.assessment.pack, None)
    rules = pack.rules
    printed = [
        Row((cell(row.printed), cell(row.title), cell(points(pack.maximum(row)))))
        for row in rows
        if row.parent is None
    ]
    if rules.bonus.items:
        most = None if rules.bonus.max is None else Fraction(rules.bonus.max)
        words = "Điểm thưởng (ngoài các phần trên)"
        printed.append(Row((cell(""), cell(words), cell(points(most)))))
    total = rules.scoring.total_max if rules.scoring is not None else None
    if total is not None:
        ends = (cell(""), cell("Tổng cộng"), cell(points(Fraction(total))))
        printed.append(Row(ends, RowKind.TOTAL))
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung", min_mm=90, weight=5),
        Column("Điểm tối đa", Align.DECIMAL),
    )
    return Table(columns, tuple(printed))


def points(value: Fraction | None) -> str:
    """A maximum as it is printed; empty where the pack names none."""
    return "" if value is None else vietnamese(value)
