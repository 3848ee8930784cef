"""What is noted down in rows: bonus, deductions, standing, ballots, decisions, and the year's
registrations, targets, deadlines, conferences, papers, awards, activities and duties.

A row is a table with the keys of the facts file, or of the noun in ``app.domain.year``; typed
texts are read as such. A kind that has no key of its own (a bonus, a ballot) is numbered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.year import AwardRecord, IssuedPaper, ParameterChoice, PeriodState
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_values import as_number
from app.exchange.facts_writer import fact_row
from app.ground.findings import Findings, UserError
from app.ground.text import nearest
from app.operations.workspace.desk import Desk, Done, done, open_year_of, packs_of, refusal
from app.operations.workspace.facts_desk import TYPED, FactsDesk
from app.operations.workspace.year_rows import YearScene, read_year_rows
from app.persistence import books
from app.persistence.books import Book, NumberedBook
from app.rules.document import allowed_value, allowed_words


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its book, its Vietnamese name, and whether a facts file holds it."""

    book: Book[Any]
    title: str
    of_facts: bool


RECORD_KINDS: Final[Mapping[str, RecordKind]] = {
    "bonus": RecordKind(books.BONUS, "điểm thưởng", True),
    "deductions": RecordKind(books.DEDUCTIONS, "điểm trừ", True),
    "standing": RecordKind(books.STANDING, "trường hợp không xét, chưa xét", True),
    "conditions": RecordKind(books.CONDITIONS, "điều kiện ngoài điểm", True),
    "quotas": RecordKind(books.QUOTAS, "chỉ tiêu khen thưởng", True),
    "ballots": RecordKind(books.BALLOTS, "kết quả bỏ phiếu", True),
    "decisions": RecordKind(books.DECISIONS, "quyết định", True),
    "totals": RecordKind(books.TOTALS, "tổng điểm được gửi", True),
    "registrations": RecordKind(books.REGISTRATIONS, "đăng ký, giao ước", False),
    "targets": RecordKind(books.TARGETS, "chỉ tiêu thi đua", False),
    "deadlines": RecordKind(books.DEADLINES, "thời hạn", False),
    "exceptions": RecordKind(books.DEADLINE_EXCEPTIONS, "gia hạn riêng", False),
    "conferences": RecordKind(books.CONFERENCES, "hội nghị", False),
    "papers": RecordKind(books.PAPERS, "văn bản đã phát hành", False),
    "awards": RecordKind(books.AWARDS, "khen thưởng", False),
    "activities": RecordKind(books.ACTIVITIES, "hoạt động", False),
    "duties": RecordKind(books.DUTY_STATES, "nhiệm vụ", False),
}
_AFTER_CLOSING: Final = (AwardRecord, IssuedPaper)


def kind_of(kind: str) -> RecordKind:
    """The kind with this name; raises ``UserError`` with the nearest."""
    if kind in RECORD_KINDS:
        return RECORD_KINDS[kind]
    guess = nearest(kind, RECORD_KINDS)
    raise refusal(
        "record_kind_unknown",
        "Loại ghi chép",
        f"Không có loại ghi chép “{kind[:80]}”.",
        (f"Có phải “{guess}”? " if guess else "") + "Các loại: " + ", ".join(RECORD_KINDS) + ".",
    )


def record(desk: Desk, kind: str, rows: Sequence[Mapping[str, Any]]) -> Done:
    """Keeps rows of one kind; a row under a known key takes the place of the old one.

    Raises ``UserError`` with the faults of all rows, and then nothing is kept.
    """
    known = kind_of(kind)
    nouns, findings = _read(desk, kind, known, rows)
    if not all(isinstance(noun, _AFTER_CLOSING) for noun in nouns):
        open_year_of(desk)
    with desk.act(f"record.{kind}", _title("Ghi", known, desk, nouns)) as change:
        if isinstance(known.book, NumberedBook):
            there = change.read(known.book)
            fresh = [noun for noun in nouns if noun not in there]
            if len(fresh) < len(nouns):
                findings.note(
                    "record_repeated",
                    known.title,
                    f"{len(nouns) - len(fresh)} dòng đã có trong sổ nên không ghi thêm.",
                    "Nếu là việc khác thì ghi rõ nội dung hoặc lý do để phân biệt.",
                )
            changed = len(change.add(known.book, *fresh))
        else:
            changed = change.put(known.book, *nouns)
    return done(change, changed, findings)


def replace_record(desk: Desk, kind: str, number: int, row: Mapping[str, Any]) -> Done:
    """Puts another row in the place of a numbered one; raises ``UserError`` where none is."""
    open_year_of(desk)
    known = kind_of(kind)
    book = _numbered(desk, kind, known, number)
    nouns, findings = _read(desk, kind, known, [row])
    with desk.act(f"record.{kind}", _title("Sửa", known, desk, nouns)) as change:
        changed = int(change.replace(book, number, nouns[0]))
    return done(change, changed, findings)


def remove_record(desk: Desk, kind: str, key: Sequence[str]) -> Done:
    """Takes a row out: by its number, or by the parts of its key."""
    known = kind_of(kind)
    if desk.year.state is PeriodState.CLOSED and known.book.make not in _AFTER_CLOSING:
        open_year_of(desk)
    parts: list[str | int | None] = [part or None for part in key]
    if isinstance(known.book, NumberedBook):
        number = key[0] if len(key) == 1 and key[0].isascii() and key[0].isdigit() else "0"
        _numbered(desk, kind, known, int(number))
        parts = [int(number)]
    parts += [None] * (len(known.book.keys) - len(parts))
    there = None
    if len(parts) == len(known.book.keys):
        there = desk.workspace.one(known.book, *parts, period=desk.period)
    if there is None:
        raise _not_there(kind, known, "/".join(key))
    with desk.act(f"record.{kind}", _title("Xóa", known, desk, [there])) as change:
        changed = int(change.remove(known.book, *parts))
    return done(change, changed)


def listed_records(desk: Desk, kind: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The rows of a kind with their number or key, as they can be written again."""
    known = kind_of(kind)
    if isinstance(known.book, NumberedBook):
        numbered = desk.workspace.numbered(known.book, desk.period)
        return tuple((str(number), fact_row(noun)) for number, noun in numbered.items())
    nouns = desk.workspace.read(known.book, desk.period)
    keys = ["/".join(str(p or "") for p in known.book.key(known.book.row(n))) for n in nouns]
    return tuple((key, fact_row(noun)) for key, noun in zip(keys, nouns, strict=True))


def row_words(row: Mapping[str, Any]) -> str:
    """A row in one line, as it can be typed."""
    parts: list[str] = []
    for key, value in row.items():
        if isinstance(value, Mapping):
            parts += [f"{key}.{inner}={shown(held)}" for inner, held in value.items()]
        else:
            parts.append(f"{key}={shown(value)}")
    return " ".join(parts)


def _read(
    desk: Desk, kind: str, known: RecordKind, rows: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Any, ...], Findings]:
    if known.of_facts:
        facts = FactsDesk(desk)
        return facts.records(kind, rows), facts.gathering.findings
    gathering = Gathering()
    scene = YearScene(desk.year, desk.units, desk.clusters)
    nouns = read_year_rows(kind, rows, TYPED, scene, gathering)
    findings = gathering.closed(TYPED)
    if findings.errors:
        raise UserError(findings)
    return nouns, findings


def _numbered(desk: Desk, kind: str, known: RecordKind, number: int) -> NumberedBook[Any]:
    book = known.book
    if not isinstance(book, NumberedBook) or number not in desk.workspace.numbered(
        book, desk.period
    ):
        raise _not_there(kind, known, str(number))
    return book


def _not_there(kind: str, known: RecordKind, key: str) -> UserError:
    return refusal(
        "record_missing",
        known.title,
        f"Không có dòng “{key[:80]}”.",
        f"Xem các dòng đang có: bangvang workspace records SỔ {kind}.",
    )


def _title(verb: str, known: RecordKind, desk: Desk, nouns: Sequence[Any]) -> str:
    names = {unit.id: unit.name for unit in desk.units.values()}
    units = list(dict.fromkeys(names[n.unit] for n in nouns if getattr(n, "unit", None) in names))
    if not units:
        return f"{verb} {known.title}"
    whose = ", ".join(units) if len(units) <= 3 else f"{len(units)} đơn vị"
    return f"{verb} {known.title} của {whose}"


# ------------------------------------------------------------------ answers to open questions


def choose_parameter(desk: Desk, parameter: str, value: object, reason: str = "") -> Done:
    """Answers a question that the rule text leaves open; ``None`` takes the answer back.

    Raises ``UserError`` where no table asks it, or the answer is not among those allowed.
    """
    open_year_of(desk)
    asked = {
        key: chosen.parameter for pack in packs_of(desk).all for key, chosen in pack.chosen.items()
    }
    if parameter not in asked:
        guess = nearest(parameter, asked)
        raise refusal(
            "facts_unknown_parameter",
            "Tham số",
            f"Không bảng tiêu chí nào có tham số “{parameter[:80]}”.",
            f"Có phải “{guess}”?" if guess else "Các tham số: " + ", ".join(asked) + ".",
        )
    rule = asked[parameter]
    if value is None:
        with desk.act("parameter.dropped", f"Bỏ lựa chọn cho “{rule.title}”") as change:
            gone = change.remove(books.PARAMETER_CHOICES, parameter)
        return done(change, int(gone))
    allowed = allowed_value(rule, value)
    if allowed is None:
        raise refusal(
            "parameter_not_allowed",
            f"Tham số {parameter}",
            f"Giá trị “{str(value)[:80]}” không thuộc lựa chọn của “{rule.title}”.",
            f"Chọn một trong: {allowed_words(rule)}.",
        )
    kept = allowed if isinstance(allowed, bool | str) else as_number(allowed)
    title = f"Chọn “{allowed}” cho tham số {parameter}: {rule.title}"
    with desk.act("parameter.chosen", title) as change:
        changed = change.put(books.PARAMETER_CHOICES, ParameterChoice(parameter, kept, reason))
    return done(change, changed)
