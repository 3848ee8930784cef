"""What a criteria table changed in the province's frame, and whether that is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.reports.document import (
    Align,
    Block,
    Column,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.method_words import number
from app.reports.papers.data import PaperData
from app.reports.papers.table_places import labels_of, points, rows_of
from app.rules.checks.context import PackUnderCheck
from app.rules.checks.frame import frames
from app.rules.methods.single import Direct
from app.rules.pack import Criterion

NO_FRAME: Final = (
    "Bảng tiêu chí không được lập từ một khung điểm lưu cùng dữ liệu nên không có phần so sánh với "
    "khung điểm."
)


@dataclass(frozen=True, slots=True)
class FrameChange:
    """A row that is not in the frame as it is in the table."""

    code: str
    label: str
    title: str
    before: str
    now: str
    what: str


def frame_changes(data: PaperData) -> tuple[FrameChange, ...]:
    """The rows that were added, split, given another maximum or title, or left out."""
    if data.frame is None:
        return ()
    block = data.cluster.block
    table = PackUnderCheck(data.assessment.pack, None)
    frame = PackUnderCheck(data.frame, None)
    here, there = rows_of(table.pack, block), rows_of(frame.pack, block)
    labels = {**labels_of(there), **labels_of(here)}
    old = {row.code: row for row in there}
    changes = []
    for row in here:
        now = points(table.maximum(row))
        before = old.get(row.code)
        limit = "" if before is None else points(frame.maximum(before))
        what = _changed(row, before, limit, now)
        if what:
            changes.append(FrameChange(row.code, labels[row.code], row.title, limit, now, what))
    kept = {row.code for row in here}
    changes += [
        FrameChange(r.code, labels[r.code], r.title, points(frame.maximum(r)), "", "Không dùng")
        for r in there
        if r.code not in kept
    ]
    tops = [row.code for row in (*here, *there) if row.parent is None]
    changes.sort(key=lambda change: tops.index(change.code.partition(".")[0]))
    return tuple(changes)


def _changed(row: Criterion, before: Criterion | None, limit: str, now: str) -> str:
    if before is None:
        return "Bổ sung" if row.added else "Cụ thể hóa"
    words = []
    if limit != now:
        words.append("Đổi điểm tối đa" if limit else "Phân bổ điểm")
    if before.title != row.title:
        words.append("Sửa tên gọi")
    unsaid = before.method is None or isinstance(before.method, Direct)
    if unsaid and before.slot is None and row.method not in (None, before.method):
        words.append("Quy định cách chấm")
    elif before.method != row.method and row.method is not None:
        words.append("Sửa cách chấm")
    return "; ".join(words)


def frame_differences(data: PaperData) -> Iterator[Block]:
    """The differences as a table by section, then the counts against the limit (A32)."""
    if data.frame is None:
        yield Paragraph(plain_line(NO_FRAME))
        return
    changes = frame_changes(data)
    yield Paragraph(plain_line(f"So với “{data.frame.rules.title}”, {_summary(changes)}."))
    if changes:
        columns = (
            Column("Mục", Align.CENTRE, weight=0),
            Column("Nội dung, tiêu chí", min_mm=62, weight=5),
            Column("Khung điểm", Align.DECIMAL),
            Column("Dự thảo", Align.DECIMAL),
            Column("Thay đổi", min_mm=34, weight=2),
        )
        tops = {row.code: row for row in data.assessment.pack.rules.criteria}
        rows: list[Row] = []
        section = ""
        for change in changes:
            top = change.code.partition(".")[0]
            if top != section:
                section = top
                title = tops[top].title if top in tops else ""
                rows.append(Row((cell(f"{top}. {title}".rstrip(), span=5),), RowKind.GROUP))
            words = (change.label, change.title, change.before, change.now, change.what)
            rows.append(Row(tuple(cell(word) for word in words)))
        yield Table(columns, tuple(rows), top=True)
    yield from _limits(data)


def _summary(changes: Sequence[FrameChange]) -> str:
    counted = {
        "bổ sung": "Bổ sung",
        "cụ thể hóa thêm": "Cụ thể hóa",
        "đổi điểm tối đa": "Đổi điểm tối đa",
        "phân bổ điểm": "Phân bổ điểm",
        "quy định cách chấm cho": "Quy định cách chấm",
        "sửa cách chấm của": "Sửa cách chấm",
        "không dùng": "Không dùng",
    }
    parts = [
        f"{words} {many} dòng"
        for words, what in counted.items()
        if (many := sum(what in change.what.split("; ") for change in changes))
    ]
    return f"dự thảo {', '.join(parts)}" if parts else "dự thảo giữ nguyên các dòng của khung"


def frame_summary(data: PaperData) -> str:
    """The differences in one sentence."""
    if data.frame is None:
        return NO_FRAME
    words = f"So với “{data.frame.rules.title}”, {_summary(frame_changes(data))}"
    return f"{words} (Phụ lục II)."


def _limits(data: PaperData) -> Iterator[Block]:
    """How many criteria were added to each section, against what its text allows."""
    scoring = data.assessment.pack.rules.scoring
    if scoring is None or scoring.added_share is None:
        return
    shown = {row.code for row in rows_of(data.assessment.pack, data.cluster.block)}
    rows = [
        Row(
            (
                cell(code),
                cell(str(found.given)),
                cell(str(found.added)),
                cell(str(found.added_allowed)),
                cell("Trong giới hạn" if found.added <= found.added_allowed else "Vượt giới hạn"),
            )
        )
        for code, found in frames(PackUnderCheck(data.assessment.pack, None)).items()
        if found.added_allowed is not None and code in shown
    ]
    share = number(scoring.added_share)
    counted = (
        "Mỗi phần tách ra từ một tiêu chí đã quy định được tính là tiêu chí bổ sung."
        if scoring.split_counts_as_added
        else "Phần tách ra từ một tiêu chí đã quy định không tính là tiêu chí bổ sung."
    )
    yield Paragraph(
        plain_line(
            f"Số tiêu chí bổ sung không được vượt quá {share} % số tiêu chí đã quy định của từng "
            f"nội dung (lấy số nguyên). {counted}"
        )
    )
    columns = (
        Column("Mục", Align.CENTRE),
        Column("Số tiêu chí đã quy định", Align.CENTRE),
        Column("Số tiêu chí bổ sung", Align.CENTRE),
        Column("Được bổ sung nhiều nhất", Align.CENTRE),
        Column("Kết quả", min_mm=34),
    )
    yield Table(columns, tuple(rows))
