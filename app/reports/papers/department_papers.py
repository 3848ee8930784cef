"""The papers of the department: all clusters in one table, proposals, the council's choice.

Points stand within a cluster, whose table they belong to; nothing is ranked across clusters. Who
gets the Government's flag is chosen by the council (BG, Phần III.2.2); the program lists who may be
chosen and how many at most (CĐ, mục III.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.ground.numbers import vietnamese
from app.reports.document import (
    Align,
    Block,
    Column,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, Figures
from app.reports.names import Names
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.wording import Place
from app.scoring.province import (
    ClusterResult,
    FlagCandidates,
    FlagRule,
    ProvinceLine,
    flag_candidates,
    flag_rule,
)

STATES: Final[Mapping[str, str]] = {"proposed": "", "held": "chờ kết luận", "tied": "chờ phân định"}
KINDS: Final[Mapping[str, str]] = {"barred": "Không xét", "held": "Chưa xét"}
ROUNDING: Final[Mapping[str, str]] = {
    "floor": "bỏ phần lẻ vì quy định ghi “không quá”",
    "ceil": "phần lẻ tính thành một",
    "half_up": "phần lẻ từ một nửa trở lên tính thành một",
}


def said(words: str) -> Paragraph:
    """A plain paragraph."""
    return Paragraph(plain_line(words))


def _places(data: PaperData, _subject: Subject) -> Mapping[str, Place]:
    overview = _overview(data)
    return {
        "tổng quan toàn tỉnh": (said(overview),),
        "tổng quan toàn tỉnh trong câu": overview,
        "kết quả các cụm": tuple(_clusters(data)),
        "đề nghị toàn tỉnh": tuple(_proposals(data, ("proposed", "held", "tied"))),
        "danh sách khen thưởng toàn tỉnh": tuple(_proposals(data, ("proposed",))),
        "không xét, chưa xét toàn tỉnh": tuple(_excluded(data)),
        "dự phòng toàn tỉnh": tuple(_reserves(data)),
        "cách tính số cờ chính phủ": tuple(_flag_words(data)),
        "ứng viên cờ chính phủ": tuple(_flag_table(data)),
        "kết quả lựa chọn": tuple(_flag_chosen(data)),
    }


def _overview(data: PaperData) -> str:
    province = data.province
    proposed = [line for line in _of_clusters(data) if line.state == "proposed"]
    titles: dict[str, int] = {}
    for line in proposed:
        titles[line.title] = titles.get(line.title, 0) + 1
    listed = "; ".join(f"{count:02d} {title}" for title, count in titles.items())
    words = (
        f"Có {len(province.clusters):02d} cụm, khối thi đua gửi kết quả, gồm "
        f"{province.unit_count:02d} đơn vị."
    )
    return f"{words} Các cụm, khối đề nghị: {listed}." if listed else words


def _of_clusters(data: PaperData) -> list[ProvinceLine]:
    """Who stands for the province's own awards; the Government's flag is the council's choice."""
    flag = flag_rule(data.province)
    return [x for x in data.province.lines() if flag is None or x.award != flag[0]]


# ---------------------------------------------------------------------- results of the clusters
def _clusters(data: PaperData) -> Iterator[Block]:
    classed = any(cluster.assessment.pack.rules.classes for cluster in data.province.clusters)
    columns = (
        Column("Hạng", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=55, weight=3),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Điểm tối đa", Align.DECIMAL),
        *((Column("Xếp loại", Align.CENTRE, min_mm=18),) if classed else ()),
        Column("Đề nghị khen thưởng", min_mm=55, weight=3),
    )
    rows: list[Row] = []
    for cluster in data.province.clusters:
        mark = " (tạm tính)" if cluster.assessment.provisional else ""
        rows.append(Row((cell(cluster.name + mark, span=len(columns)),), RowKind.GROUP))
        rows += [_unit_row(cluster, unit, classed=classed) for unit in cluster.units]
    yield Table(columns, tuple(rows))
    yield Note(
        plain_line(
            "Hạng là hạng trong từng cụm, khối. Mỗi cụm, khối chấm theo bảng tiêu chí của mình "
            "nên điểm của hai cụm, khối không so với nhau."
        )
    )


def _unit_row(cluster: ClusterResult, unit: str, *, classed: bool) -> Row:
    result = cluster.result(unit)
    figures = Figures(cluster.assessment)
    awards = [
        line.title + (f" ({STATES[line.state]})" if STATES[line.state] else "")
        for line in cluster.lines
        if line.unit == unit and line.state in STATES
    ]
    return Row(
        (
            cell(str(result.rank) if result.rank is not None else BLANK),
            cell(cluster.unit_name(unit)),
            cell(figures.published(result.card.total)),
            cell(vietnamese(result.card.own_max)),
            *((cell(result.class_title or ""),) if classed else ()),
            cell("; ".join(awards)),
        )
    )


# ---------------------------------------------------------------------- proposals, who is kept out
def _proposals(data: PaperData, states: Iterable[str]) -> Iterator[Block]:
    """Who stands for which of the province's own awards, a table for each."""
    wanted = frozenset(states)
    lines = [line for line in _of_clusters(data) if line.state in wanted]
    if not lines:
        yield said("Chưa có đơn vị nào được đề nghị.")
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=50, weight=3),
        Column("Cụm, khối", min_mm=55, weight=4),
        Column("Hạng", Align.CENTRE, weight=0),
    )
    for award in dict.fromkeys(line.title for line in lines):
        here = [line for line in lines if line.title == award]
        noted = any(STATES[line.state] for line in here)
        rows = [_line_row(number, line, noted=noted) for number, line in enumerate(here, start=1)]
        notes = (Column("Ghi chú", min_mm=20, weight=0),) if noted else ()
        yield Table((*columns, *notes), tuple(rows), caption=award)


def _line_row(number: int, line: ProvinceLine, *, noted: bool) -> Row:
    """``noted``: the table has a column that tells who still waits."""
    note = STATES[line.state]
    return Row(
        (
            cell(str(number)),
            cell(line.unit_name),
            cell(line.cluster.name),
            cell(str(line.rank) if line.rank is not None else BLANK),
            *((cell(note[:1].upper() + note[1:]),) if noted else ()),
        )
    )


def _excluded(data: PaperData) -> Iterator[Block]:
    found = data.province.excluded()
    if not found:
        yield said("Không có đơn vị nào thuộc trường hợp không xét hoặc chưa xét.")
        return
    columns = (
        Column("Đơn vị", min_mm=40, weight=2),
        Column("Cụm, khối", min_mm=38, weight=2),
        Column("Kết luận", Align.CENTRE, min_mm=23),
        Column("Trường hợp", min_mm=55, weight=4),
    )
    rows = tuple(
        Row(
            (
                cell(item.cluster.unit_name(item.unit)),
                cell(item.cluster.name),
                cell(KINDS[item.case.kind]),
                cell(Names(item.cluster.assessment).case(item.case)),
            )
        )
        for item in found
    )
    yield Table(columns, rows, top=True)


def _reserves(data: PaperData) -> Iterator[Block]:
    lines = [line for line in _of_clusters(data) if line.state == "reserve"]
    if not lines:
        yield said("Các cụm, khối không lập danh sách dự phòng.")
        return
    for line in lines:
        rank = f", hạng {line.rank}" if line.rank is not None else ""
        yield said(f"- {line.unit_name} ({line.cluster.name}{rank}): {line.title}.")


# ---------------------------------------------------------------------- the Government's flag
def flag_of(data: PaperData) -> FlagCandidates | None:
    """The candidates under the rule that the department set, or that a table states."""
    stated = flag_rule(data.province)
    rule: FlagRule | None = data.flag or (stated[1] if stated else None)
    if rule is None:
        return None
    return flag_candidates(data.province, rule, stated[0] if stated else None)


def _flag_words(data: PaperData) -> Iterator[Block]:
    found = flag_of(data)
    if found is None:
        yield said("Các bảng tiêu chí không quy định việc xét Cờ thi đua của Chính phủ.")
        return
    among = next(
        (a.title for a in data.province.awards() if a.id == found.rule.among), "Cờ thi đua"
    )
    base = "số do cơ quan thường trực ấn định" if found.rule.base is not None else "số đề nghị"
    share = f"{vietnamese(found.rule.percent)}%"
    cut = "" if found.exact.denominator == 1 else f"; {ROUNDING[found.rule.rounding]}"
    so_many = f"được đề nghị {found.places:02d} đơn vị" if found.places else "chưa đủ 01 đơn vị"
    yield said(
        f"Số đơn vị được đề nghị không quá {share} số đơn vị được đề nghị tặng {among}: "
        f"{found.base:02d} đơn vị ({base}) × {share} = {vietnamese(found.exact)}{cut}; {so_many}."
    )
    if not found.rule.stated:
        yield said(
            f"Tỷ lệ {share} là mức thường dùng, các bảng tiêu chí không nêu; Hội đồng Thi đua - "
            "Khen thưởng quyết định nếu áp dụng mức khác."
        )
    yield said("Việc lựa chọn trong danh sách do Hội đồng Thi đua - Khen thưởng quyết định.")


def _flag_table(data: PaperData) -> Iterator[Block]:
    found = flag_of(data)
    if found is None or not found.candidates:
        yield said("Chưa có đơn vị nào trong danh sách xét.")
        return
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=55, weight=3),
        Column("Cụm, khối", min_mm=50, weight=3),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Hội đồng lựa chọn", Align.CENTRE, min_mm=24),
    )
    chosen = {(line.cluster.key, line.unit) for line in found.chosen}
    rows = tuple(
        Row(
            (
                cell(str(number)),
                cell(line.unit_name),
                cell(line.cluster.name),
                cell(_total(line)),
                cell("Chọn" if (line.cluster.key, line.unit) in chosen else ""),
            )
        )
        for number, line in enumerate(found.candidates, start=1)
    )
    yield Table(columns, rows)


def _total(line: ProvinceLine) -> str:
    figures = Figures(line.cluster.assessment)
    return figures.published(line.cluster.result(line.unit).card.total)


def _flag_chosen(data: PaperData) -> Iterator[Block]:
    found = flag_of(data)
    if found is None:
        return
    if not found.chosen:
        yield said("Hội đồng chưa lựa chọn.")
        return
    names = ", ".join(f"{line.unit_name} ({line.cluster.name})" for line in found.chosen)
    yield said(f"Hội đồng lựa chọn {len(found.chosen):02d} đơn vị: {names}.")


def _reasons(data: PaperData, _subject: Subject) -> tuple[str, ...]:
    found = flag_of(data)
    if found is None or not found.too_many:
        return ()
    allowed = f"chỉ được {found.places:02d} đơn vị" if found.places else "chưa được đơn vị nào"
    return (
        f"Hội đồng đã chọn {len(found.chosen):02d} đơn vị đề nghị Cờ thi đua của Chính phủ, trong "
        f"khi theo tỷ lệ quy định {allowed}.",
    )


def _open_ties(data: PaperData, subject: Subject) -> tuple[str, ...]:
    """A decision names nobody at a place that is still tied or held."""
    waits = [line for line in data.province.lines() if line.state in ("tied", "held")]
    told = [
        f"{line.title} đối với {line.unit_name} ({line.cluster.name}) còn {STATES[line.state]}."
        for line in waits
    ]
    return (*_reasons(data, subject), *told)


CONTENTS: Final[Mapping[str, Contents]] = {
    "bang_tong_hop_toan_tinh": Contents(places=_places),
    "to_trinh_toan_tinh": Contents(places=_places, reasons=_open_ties),
    "du_thao_quyet_dinh": Contents(places=_places, reasons=_open_ties),
    "bien_ban_hoi_dong": Contents(places=_places, reasons=_reasons),
    "danh_sach_co_chinh_phu": Contents(places=_places, reasons=_reasons),
}
