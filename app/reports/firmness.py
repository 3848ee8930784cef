"""The paper on how firm a ranking is: for the leader and the department before the conference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.domain.snapshot import Cluster
from app.reports.document import (
    Align,
    Block,
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
from app.reports.figures import BLANK, Figures
from app.reports.issuing import Issuing
from app.reports.ranking import DECIDED, draft_of, period_words
from app.reports.review_frame import review_paper
from app.scoring.disputes import DisputeKind
from app.scoring.firmness import Firm, Firmness
from app.scoring.neighbours import Values

_UNDECIDED = {"open": "Chưa phân định", "shared": "Cùng hạng"}


def build_firmness(
    found: Firmness,
    cluster: Cluster,
    issuing: Issuing = Issuing(),  # noqa: B008  (a frozen value)
) -> Document:
    """The firmness of one cluster's ranking and of the awards that it competes for."""
    assessment = found.assessment
    awards = [x for x in found.awards if x.between.cluster in (None, cluster.id)]
    parts: list[tuple[str, Sequence[Block]]] = [
        ("KHOẢNG CÁCH GIỮA CÁC THỨ HẠNG", tuple(_ranking(found, cluster))),
        ("Ở MÉP CHỈ TIÊU KHEN THƯỞNG", tuple(_sentences(awards))),
        ("DIỄN GIẢI TỪNG CẶP", tuple(_sentences(found.rankings.get(cluster.id, ())))),
    ]
    return review_paper(
        issuing,
        assessment,
        cluster,
        f"Độ chắc của kết quả xếp hạng thi đua {period_words(assessment)}",
        parts,
        draft=draft_of(assessment),
        page=Page((Sheet.A4_LANDSCAPE, Sheet.A3_LANDSCAPE)),
    )


def _ranking(found: Firmness, cluster: Cluster) -> Iterator[Block]:
    firms = found.rankings.get(cluster.id, ())
    if not firms:
        yield Paragraph(plain_line("Chưa có hai đơn vị xếp hạng để so."))
        return
    figure = Align.DECIMAL
    percent = Values(found.assessment).in_percent
    columns = (
        Column("Hạng", Align.CENTRE, weight=0),
        Column("Hai đơn vị liền nhau", min_mm=60, weight=4),
        Column("Cách nhau (%)" if percent else "Cách nhau (điểm)", figure),
        ColumnGroup(
            "Điểm còn tranh luận",
            (
                Column("giải trình", figure),
                Column("chưa chấm", figure),
                Column("hai vòng khác nhau", figure),
            ),
        ),
        Column("Còn có thể đổi", Align.CENTRE),
        Column("Thay đổi nhỏ nhất làm đổi chỗ", min_mm=50, weight=3),
    )
    yield Table(columns, tuple(_row(found, firm) for firm in firms))
    yield Note(
        plain_line(
            "Điểm còn tranh luận của cả hai đơn vị: ô đang giải trình tính phần các vòng chấm "
            "chênh nhau (như nhau thì tính cả điểm của ô), ô chưa chấm tính điểm tối đa, ô có hai "
            "vòng gần nhất khác nhau mà chưa giải trình xong tính phần chênh lệch. Đây là phần có "
            "thể đổi, không phải dự đoán."
        )
    )


def _row(found: Firmness, firm: Firm) -> Row:
    assessment, two = found.assessment, firm.between
    figures = Figures(assessment)
    names = {unit.id: unit.name for unit in assessment.snapshot.units}
    assert two.ahead is not None
    assert two.behind is not None
    assert two.gap is not None
    ranks = [assessment.units[unit].rank for unit in (two.ahead, two.behind)]
    decided = _UNDECIDED.get(two.decided_by) or DECIDED.get(two.decided_by, "")
    pair = f"{names[two.ahead]} - {names[two.behind]}"
    swap, change = firm.swap, "Không một tiêu chí nào"
    if swap is not None:
        verb = "Tăng" if swap.up else "Giảm"
        change = f"{verb} {figures.long(swap.amount)} ở {swap.criterion}, {names[swap.unit]}"

    def stake(kind: DisputeKind) -> str:
        points: Fraction = firm.of_kind(kind)
        return figures.published(points) if points else BLANK

    return Row(
        (
            cell(", ".join(dict.fromkeys(str(rank) for rank in ranks))),
            cell(f"{pair} ({decided.lower()})" if decided else pair),
            cell(figures.published(two.gap)),
            *(cell(stake(kind)) for kind in DisputeKind),
            cell("Có" if firm.may_turn else "Không"),
            cell(change),
        )
    )


def _sentences(firms: Sequence[Firm]) -> Iterator[Block]:
    for firm in firms:
        yield Paragraph(plain_line(f"- {firm.sentence}"))
