"""A paper of eight units, and wide tables, to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from app.reports.document import (
    Align,
    Appendix,
    Closing,
    Column,
    ColumnGroup,
    Document,
    Draft,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
    cell,
    number_line,
    place_and_date,
    plain_line,
)

UNITS = (
    "Sở Tư pháp",
    "Thanh tra tỉnh",
    "Công an tỉnh",
    "Tòa án nhân dân tỉnh",
    "Viện Kiểm sát nhân dân tỉnh",
    "Bộ Chỉ huy Quân sự tỉnh",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "Cục Thi hành án dân sự tỉnh",
)
FIGURES = ("100,00", "7,5", "12,25", "—", "KG", "0", "1000")


def section_table() -> Table:
    columns = (
        Column("TT", Align.CENTRE, weight=0, repeated=True),
        Column("Đơn vị", Align.LEFT, min_mm=40, weight=3, repeated=True),
        ColumnGroup("Điểm các phần", tuple(Column(t, Align.DECIMAL) for t in ("I", "II", "III"))),
        Column("Tổng điểm", Align.DECIMAL),
        Column("Xếp hạng", Align.CENTRE),
    )
    rows = tuple(
        Row(
            (
                cell(str(place)),
                cell(unit),
                cell(f"{730 - place},25"),
                cell(f"{150 - place}"),
                cell("99,5"),
                cell(f"{980 - place},75", bold=True),
                cell(str(place)),
            )
        )
        for place, unit in enumerate(UNITS, start=1)
    )
    return Table(columns, rows, "Bảng 1. Điểm các phần và xếp hạng")


@pytest.fixture(scope="session")
def cluster() -> ModuleType:
    """The sample cluster beside this file: ``settled()`` and ``unfinished()`` assessments."""
    place = Path(__file__).with_name("sample_cluster.py")
    spec = spec_from_file_location("sample_cluster", place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def paper() -> Document:
    return Document(
        title="Bảng tổng hợp kết quả chấm điểm năm 2018",
        letterhead=Letterhead(
            superior=("UBND TỈNH CAO BẰNG",),
            issuer=("SỞ TƯ PHÁP",),
            cluster="KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH",
            number=number_line(5, "BC-STP"),
            place_and_date=place_and_date("Cao Bằng", dt.date(2019, 1, 5)),
        ),
        kind="BẢNG TỔNG HỢP",
        subject=("Kết quả chấm điểm và xếp hạng thi đua năm 2018",),
        blocks=(
            Heading("I. KẾT QUẢ"),
            Paragraph((Run("Khối thi đua họp ngày 20/12/2018, "), Run("Sở Nội vụ", italic=True))),
            section_table(),
            Note(plain_line("Ghi chú: hạng bằng nhau thì hạng kế tiếp bỏ qua.")),
        ),
        closing=Closing(
            (Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), "Nguyễn Văn Ẩn"),),
            ("- Chủ tịch UBND tỉnh (qua Sở Nội vụ);", "- Lưu: VT, TĐKT."),
        ),
    )


@pytest.fixture
def draft(paper: Document) -> Document:
    return replace(paper, draft=Draft(("Còn 4 ô chưa chấm.", "Sở Nội vụ chưa thẩm định.")))


@pytest.fixture
def wide() -> Callable[[int, int], Table]:
    """A table of criteria with three columns for each of so many units."""

    def make(units: int, criteria: int) -> Table:
        groups = tuple(
            ColumnGroup(
                UNITS[i % len(UNITS)],
                tuple(Column(t, Align.DECIMAL) for t in ("Tự chấm", "Khối", "Sở Nội vụ")),
            )
            for i in range(units)
        )
        columns = (
            Column("TT", Align.CENTRE, weight=0, repeated=True),
            Column("Tiêu chí", Align.LEFT, min_mm=45, weight=6, repeated=True),
            Column("Điểm tối đa", Align.DECIMAL, weight=0, repeated=True),
            *groups,
        )
        rows = []
        for n in range(criteria):
            kind = RowKind.SECTION if n % 30 == 0 else RowKind.CRITERION
            figures = (FIGURES[(n + i) % len(FIGURES)] for i in range(3 * units))
            words = "Tổ chức thực hiện có hiệu quả các phong trào thi đua trong năm " * (1 + n % 2)
            row = (cell(f"c{n + 1}"), cell(words.strip()), cell("20"), *map(cell, figures))
            rows.append(Row(row, kind))
        return Table(columns, tuple(rows))

    return make


@pytest.fixture
def with_appendix(paper: Document) -> Callable[[Table], Document]:
    def make(table: Table) -> Document:
        appendix = Appendix("Phụ lục I", "ĐIỂM TỪNG TIÊU CHÍ", "(Kèm theo Báo cáo)", (table,))
        return replace(paper, appendices=(appendix,))

    return make
