"""The paper on the health of the criteria: what this year's scores advise for next year's table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.ground.numbers import vietnamese
from app.reports.charts.spread import Share, SpreadChart, percent
from app.reports.document import (
    Align,
    Appendix,
    Block,
    Cell,
    Chart,
    Column,
    ColumnGroup,
    Document,
    Note,
    Page,
    Paragraph,
    Row,
    Sheet,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, Figures, sentence
from app.reports.issuing import Issuing, cluster_name
from app.reports.ranking import draft_of, period_words
from app.reports.review_frame import review_paper
from app.scoring.criteria_health import CriteriaHealth, HealthRow, Sign
from app.scoring.criteria_statistics import CriterionStatistics, Rest

MOST_BARS = 12
"""Criteria that the picture shows; the others are named together."""
MOST_NAMED, MOST_CODES = 3, 20
_GENERAL: tuple[tuple[Sign, str], ...] = (
    (Sign.ALWAYS_FULL, "mọi đơn vị được chấm đều đạt tối đa"),
    (Sign.MOSTLY_FULL, "phần lớn đơn vị đạt tối đa"),
    (Sign.NEVER_ABOVE_ZERO, "không đơn vị nào có điểm"),
    (Sign.NEVER_DIFFERS, "mọi đơn vị được chấm như nhau"),
    (Sign.DISPUTED, "có nhiều ý kiến khác nhau khi chấm"),
    (Sign.NO_EVIDENCE, "không đơn vị nào ghi tài liệu minh chứng"),
    (Sign.OFTEN_BLANK, "thường chưa được chấm"),
    (Sign.OFTEN_NOT_ASSIGNED, "thường không được giao"),
    (Sign.INFLATED, "tự chấm thường cao hơn kết quả"),
)
_RESTS: dict[Rest, str] = {
    "bonus": "điểm thưởng",
    "deductions": "điểm trừ",
    "other": "giới hạn, quy đổi, tổng điểm gửi",
}


def build_criteria_health(
    health: CriteriaHealth,
    issuing: Issuing = Issuing(),  # noqa: B008  (a frozen value)
) -> Document:
    """The report of one cluster, for whoever draws up next year's table."""
    assessment = health.assessment
    parts: list[tuple[str, Sequence[Block]]] = [
        ("NHẬN XÉT CHUNG", tuple(_general(health))),
        ("CHÊNH LỆCH TỔNG ĐIỂM DO ĐÂU", (*_spread(health),)),
        ("GỢI Ý CHO BẢNG TIÊU CHÍ NĂM SAU", tuple(_advice(health))),
    ]
    return review_paper(
        issuing,
        assessment,
        health.cluster,
        f"Rà soát các tiêu chí chấm điểm thi đua {period_words(assessment)}",
        parts,
        draft=draft_of(assessment),
        appendices=(
            Appendix(
                "Phụ lục",
                "SỐ LIỆU TỪNG TIÊU CHÍ",
                "(Kèm theo Báo cáo rà soát các tiêu chí chấm điểm)",
                (_numbers(health), *_notes()),
                Page((Sheet.A4_LANDSCAPE, Sheet.A3_LANDSCAPE)),
            ),
        ),
    )


def spread_chart(health: CriteriaHealth) -> SpreadChart:
    """The criteria that part the totals most, as a picture."""
    shares = [(row.now, row.now.share) for row in health.rows]
    known = [(one, share) for one, share in shares if share is not None]
    ordered = sorted(known, key=lambda item: -item[1])
    shown = [(one, share) for one, share in ordered[:MOST_BARS] if share]
    left = [share for one, share in ordered if (one, share) not in shown and share]
    return SpreadChart(
        title=f"Tỷ trọng trong chênh lệch tổng điểm {period_words(health.assessment)}",
        cluster=cluster_name(health.assessment, health.cluster),
        rows=tuple(Share(one.title, one.code, share) for one, share in shown),
        others=len(left),
        rest=sum(left, Fraction(0)),
        provisional=health.assessment.provisional,
    )


def _paragraph(text: str) -> Paragraph:
    return Paragraph(plain_line(text))


def _general(health: CriteriaHealth) -> Iterator[Block]:
    count, units = len(health.rows), len(health.statistics.units)
    yield _paragraph(
        f"Bảng tiêu chí có {count} tiêu chí được chấm ở {units} đơn vị. Các con số dưới đây chỉ để "
        "tham khảo khi xây dựng bảng tiêu chí năm sau, không đánh giá đơn vị nào."
    )
    for sign, words in _GENERAL:
        rows = health.with_sign(sign)
        if rows:
            points = vietnamese(sum((row.now.max for row in rows), Fraction(0)))
            listed = ", ".join(row.now.code for row in rows[:MOST_CODES])
            more = len(rows) - MOST_CODES
            listed += f" và {more} tiêu chí khác (xem phần gợi ý)" if more > 0 else ""
            yield _paragraph(f"- {len(rows)} tiêu chí ({points} điểm) {words}: {listed}.")
    disputed = sorted(
        (row.now for row in health.rows if row.now.disputed), key=lambda one: -one.disputed
    )
    if disputed:
        most = ", ".join(f"{x.code} ({x.disputed}/{x.units} đơn vị)" for x in disputed[:MOST_NAMED])
        yield _paragraph(f"- Nhiều ý kiến khác nhau nhất: {most}.")
    if not any(row.remarks for row in health.rows):
        yield _paragraph("Chưa thấy tiêu chí nào cần lưu ý.")
    if len(health.years) > 1:
        earlier = ", ".join(health.years[1:])
        yield _paragraph(f"Các năm trước được xem cùng: {earlier}.")
    if health.left_out:
        listed = ", ".join(health.left_out)
        yield _paragraph(f"Chưa xem được năm {listed} vì số liệu năm đó chưa chấm được.")


def _spread(health: CriteriaHealth) -> Iterator[Block]:
    rests = health.statistics.rests
    if not rests:
        yield _paragraph(
            "Tổng điểm các đơn vị không chênh lệch, hoặc chỉ có một đơn vị có điểm, nên chưa tính "
            "được tiêu chí nào tạo ra chênh lệch."
        )
        return
    yield Chart(spread_chart(health))
    told = [f"{_RESTS[name]} {percent(share)}" for name, share in rests.items() if share]
    criteria = sum((row.now.share or Fraction(0) for row in health.rows), Fraction(0))
    parts = [f"các tiêu chí {percent(criteria)}", *told]
    yield Note(
        plain_line(
            sentence(
                f"Tỷ trọng là phần của tiêu chí trong chênh lệch tổng điểm giữa các đơn vị: "
                f"{'; '.join(parts)}; cộng lại là 100%. Tỷ trọng âm: đơn vị có tổng điểm cao lại "
                "thấp ở tiêu chí đó"
            )
        )
    )


def _advice(health: CriteriaHealth) -> Iterator[Block]:
    noted = [row for row in health.rows if row.remarks]
    if not noted:
        yield _paragraph("Không có gợi ý.")
        return
    columns = (
        Column("Tiêu chí", min_mm=45, weight=2),
        Column("Nhận xét và gợi ý", min_mm=80, weight=4),
    )
    rows = tuple(Row((cell(_name(row.now)), _remarks(row))) for row in noted)
    yield Table(columns, rows, top=True)


def _remarks(row: HealthRow) -> Cell:
    return Cell(tuple(plain_line(remark.sentence) for remark in row.remarks))


def _name(one: CriterionStatistics) -> str:
    return f"{one.code}. {one.title}"


def _numbers(health: CriteriaHealth) -> Table:
    figures = Figures(health.assessment)
    number = Align.DECIMAL
    columns = (
        Column("Tiêu chí", min_mm=70, weight=6, repeated=True),
        Column("Điểm tối đa", number),
        Column("Đạt tối đa", Align.CENTRE),
        ColumnGroup("Điểm", (Column("thấp nhất", number), Column("cao nhất", number))),
        Column("Tỷ trọng chênh lệch (%)", number),
        Column("Có ý kiến khác", Align.CENTRE),
        Column("Không có minh chứng", Align.CENTRE),
        Column("Chưa chấm, không giao", Align.CENTRE),
        Column("Tự chấm cao hơn", number),
    )
    return Table(columns, tuple(_numbers_row(figures, row.now) for row in health.rows))


def _numbers_row(figures: Figures, one: CriterionStatistics) -> Row:
    def points(value: Fraction | None) -> str:
        return BLANK if value is None else figures.published(value)

    away = one.blank + one.not_assigned
    return Row(
        (
            cell(_name(one)),
            cell(vietnamese(one.max)),
            cell(f"{one.full}/{one.scored}" if one.scored else BLANK),
            cell(points(one.lowest)),
            cell(points(one.highest)),
            cell(BLANK if one.share is None else vietnamese(one.share * 100, 1)),
            cell(f"{one.disputed}/{one.units}" if one.disputed else "0"),
            cell(f"{one.unproven}/{one.expected}" if one.unproven else "0"),
            cell(f"{away}/{one.units}" if away else "0"),
            cell(points(one.inflation)),
        )
    )


def _notes() -> Iterator[Block]:
    for words in (
        "Đạt tối đa: số đơn vị đạt điểm tối đa trên số đơn vị được chấm. Có ý kiến khác: số đơn vị "
        "có điểm khác nhau giữa các vòng, phải giải trình hoặc được chấm khác cách tính.",
        "Không có minh chứng: số đơn vị có tự chấm (hoặc bảng yêu cầu minh chứng) mà không vòng "
        "nào ghi tài liệu. Tự chấm cao hơn: "
        "trung bình điểm tự chấm trừ điểm được tính, ở các đơn vị đã được bên khác chấm.",
        "Tiêu chí do đơn vị tự đăng ký được cộng chung theo mục đăng ký.",
    ):
        yield Note(plain_line(words))
