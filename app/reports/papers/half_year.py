"""What minutes say of the work of the year so far: targets, activities, exemplars."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from app.domain.year import Conference, Target
from app.ground.numbers import vietnamese
from app.reports.document import Align, Block, Column, Note, Paragraph, Row, Table, cell, plain_line
from app.reports.figures import BLANK, figure_words
from app.reports.papers.data import PaperData
from app.reports.papers.meetings import exemplars, lines


def exemplar_lines(data: PaperData) -> tuple[Block, ...]:
    """The exemplars that report at the conference."""
    chosen = [f"{title} ({unit})" if unit else title for title, unit in exemplars(data)]
    return lines(chosen) if chosen else _nothing("Chưa ghi điển hình được chọn báo cáo.")


def target_blocks(data: PaperData) -> Iterator[Block]:
    """What each unit set itself and what was reached at mid-year; a dash where none was noted."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=36, weight=2),
        Column("Chỉ tiêu", min_mm=44, weight=3),
        Column("Cả năm", Align.RIGHT, min_mm=20),
        Column("6 tháng", Align.RIGHT, min_mm=20),
        Column("Tỷ lệ (%)", Align.RIGHT, min_mm=16),
    )
    rows: list[Row] = []
    for unit in data.units:
        own = [target for target in data.book.targets if target.unit == unit.id]
        for target in own:
            cells = (str(len(rows) + 1), unit.name, *_target(target))
            rows.append(Row(tuple(cell(text) for text in cells)))
    if rows:
        yield Table(columns, tuple(rows), top=True)
    silent = [u.name for u in data.units if not any(t.unit == u.id for t in data.book.targets)]
    if silent:
        yield Note(plain_line(f"Chưa ghi chỉ tiêu đăng ký của: {', '.join(silent)}."))


def _target(target: Target) -> tuple[str, str, str, str]:
    plan, reached = target.plan, target.half_year
    share = BLANK
    if isinstance(plan, Fraction) and isinstance(reached, Fraction) and plan > 0:
        share = vietnamese(reached * 100 / plan, 2)
    values = (
        BLANK if value is None else f"{figure_words(value)} {target.measure}".strip()
        for value in (plan, reached)
    )
    planned, come = values
    return target.title, planned, come, share


def activity_lines(data: PaperData, held: Conference | None) -> tuple[Block, ...]:
    """Movements and joint activities of the cluster up to the day of the conference."""
    kinds = {"movement": "Phong trào", "joint_activity": "Hoạt động chung"}
    last = held.date if held is not None else None
    told = [
        f"{kinds[a.kind]}: {a.title}"
        + (f", ngày {a.date:%d/%m/%Y}" if a.date is not None else "")
        + (f" ({a.document})" if a.document else "")
        for a in data.book.activities
        if a.kind in kinds
        and a.cluster in (None, data.cluster.id)
        and (last is None or a.date is None or a.date <= last)
    ]
    return lines(told) if told else _nothing("Chưa ghi phong trào, hoạt động chung nào.")


def _nothing(words: str) -> tuple[Block, ...]:
    return (Paragraph(plain_line(words)),)
