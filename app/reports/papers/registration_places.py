"""What a unit registers and pledges: its targets, the criteria of its own, what all compete in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from app.domain.snapshot import OwnCriterion
from app.domain.year import Target
from app.ground.numbers import vietnamese
from app.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import figure_words
from app.reports.method_words import method_words
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.duty_places import rules_of
from app.reports.papers.table_places import rows_of
from app.reports.papers.wording import DOTS, Place
from app.rules.document import read_method

_PROVINCIAL: Final = ("scheme", "guidance", "decision")


def registration_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    """The places of a unit's registration (BG, Phụ lục 01)."""
    targets = [t for t in data.book.targets if t.unit == subject.id]
    main = [t for t in targets if t.criterion is not None]
    others = [t for t in targets if t.criterion is None]
    own = [o for o in data.assessment.snapshot.own_criteria if o.unit == subject.id]
    return {
        "văn bản của tỉnh": provincial_text(data),
        "nội dung đăng ký": tuple(_content(data, subject)),
        "chỉ tiêu nhiệm vụ trọng tâm": (*_own(data, own), *_targets(main, empty=not own)),
        "chỉ tiêu khác": tuple(_targets(others, empty=True)),
    }


def provincial_text(data: PaperData) -> str:
    """The province's text that the year follows, in full; dots where none in force is known."""
    bases = data.citations.bases()
    for source in rules_of(data).sources:
        full = data.citations.full(source)
        if source.kind in _PROVINCIAL and f"Căn cứ {full}" in bases:
            return full
    return f"{DOTS * 4}"


def _content(data: PaperData, subject: Subject) -> Iterator[Block]:
    for row in data.book.registrations:
        if row.unit == subject.id and row.kind == "registration" and row.content.strip():
            for line in row.content.split("\n"):
                if line.strip():
                    yield Paragraph(plain_line(line.strip()))


def _own(data: PaperData, own: Sequence[OwnCriterion]) -> Iterator[Block]:
    """The criteria that the unit registered for itself, with maximum and method."""
    if not own:
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Tiêu chí thi đua đăng ký", min_mm=55, weight=4),
        Column("Điểm tối đa", Align.DECIMAL, weight=0),
        Column("Cách chấm", min_mm=60, weight=5),
    )
    rows = [
        Row(
            (
                cell(str(place)),
                cell(one.title),
                cell(vietnamese(one.max)),
                Cell(tuple(plain_line(line) for line in _method(one))),
            )
        )
        for place, one in enumerate(own, start=1)
    ]
    total = sum((one.max for one in own), Fraction(0))
    ends = (cell(""), cell("Cộng"), cell(vietnamese(total)), cell(""))
    yield Table(columns, (*rows, Row(ends, RowKind.TOTAL)), top=True)


def _method(one: OwnCriterion) -> tuple[str, ...]:
    method, _ = read_method(one.method, one.title)
    return () if method is None else method_words(method)


def _targets(targets: Sequence[Target], *, empty: bool) -> Iterator[Block]:
    """The targets as a table; room to write them in where there are none and nothing else."""
    if not targets:
        if empty:
            yield Paragraph(plain_line(f"{DOTS * 12}"))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Chỉ tiêu thi đua", min_mm=70, weight=5),
        Column("Đơn vị tính", Align.CENTRE),
        Column("Kế hoạch", Align.DECIMAL),
        Column("Ghi chú", min_mm=30, weight=2),
    )
    yield Table(
        columns,
        tuple(
            Row(tuple(cell(words) for words in (str(place), *target_words(one), one.note)))
            for place, one in enumerate(targets, start=1)
        ),
    )


def target_words(target: Target) -> tuple[str, str, str]:
    """Title, unit of measure and plan of a target; dots where no plan was given."""
    plan = DOTS if target.plan is None else figure_words(target.plan)
    return target.title, target.measure, plan


# ---------------------------------------------------------------------- pledge, movement
def pledge_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """What all units pledge, and room for each to sign."""
    return {
        "văn bản của tỉnh": provincial_text(data),
        "nội dung thi đua": tuple(_contents(data)),
        "chữ ký các đơn vị": (_signing_grid(data),),
    }


def _contents(data: PaperData) -> Iterator[Block]:
    """The sections of the table that all are scored on; bonus is won, not pledged."""
    for row in rows_of(data.assessment.pack, data.cluster.block):
        if row.parent is None and not row.inside_bonus:
            yield Paragraph(plain_line(f"- {row.title};"))
    yield Paragraph(plain_line("- Các chỉ tiêu, nhiệm vụ đơn vị đã đăng ký thi đua trong năm."))


def _signing_grid(data: PaperData) -> Table:
    """Two units side by side, each with room for signature and seal."""
    units = [unit.name for unit in data.units]
    names = [*units, *([""] if len(units) % 2 else [])]
    rows = tuple(
        Row((_signing(left), _signing(right)))
        for left, right in zip(names[::2], names[1::2], strict=True)
    )
    columns = (
        Column("Đơn vị ký giao ước", Align.CENTRE, min_mm=75),
        Column("Đơn vị ký giao ước", Align.CENTRE, min_mm=75),
    )
    return Table(columns, rows, top=True)


def _signing(name: str) -> Cell:
    if not name:
        return Cell(())
    room = tuple(plain_line("\u00a0") for _ in range(4))
    return Cell((plain_line(name, bold=True), plain_line("Thủ trưởng đơn vị"), *room))


def movement_places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    """What the movement of the year is to reach: the units' targets, the sections, the awards."""
    titles = [award.title for award in data.assessment.pack.rules.awards]
    return {
        "nội dung thi đua": tuple(_contents(data)),
        "chỉ tiêu của các đơn vị": tuple(_all_targets(data)),
        "hình thức khen thưởng": "; ".join(titles) or "theo quy định của pháp luật",
    }


def _all_targets(data: PaperData) -> Iterator[Block]:
    rows: list[Row] = []
    place = 0
    for unit in data.units:
        targets = [t for t in data.book.targets if t.unit == unit.id]
        if targets:
            rows.append(Row((cell(unit.name, span=4),), RowKind.GROUP))
        for one in targets:
            place += 1
            rows.append(Row(tuple(cell(words) for words in (str(place), *target_words(one)))))
    if not rows:
        yield Paragraph(plain_line("Theo chỉ tiêu các đơn vị đăng ký thi đua trong năm."))
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Chỉ tiêu thi đua", min_mm=80, weight=5),
        Column("Đơn vị tính", Align.CENTRE),
        Column("Kế hoạch", Align.DECIMAL),
    )
    yield Table(columns, tuple(rows))
    missing = [u.name for u in data.units if not any(t.unit == u.id for t in data.book.targets)]
    if missing:
        words = f"Chưa đăng ký chỉ tiêu cụ thể: {', '.join(missing)}."
        yield Paragraph(plain_line(words))
