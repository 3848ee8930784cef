"""Papers that hold every element a document may have, for the tests of every renderer."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from app.reports.charts.description import Bar, Part, SectionsChart
from app.reports.document import (
    PARTY,
    Align,
    Appendix,
    Binding,
    Cell,
    Chart,
    Closing,
    Column,
    ColumnGroup,
    Document,
    Draft,
    Heading,
    Letterhead,
    Note,
    Page,
    Paragraph,
    Row,
    RowKind,
    Run,
    Sheet,
    Signature,
    Slips,
    Table,
    cell,
    number_line,
    place_and_date,
    plain_line,
)

LONG = (
    "Khối thi đua đã tổ chức chấm điểm, rà soát tài liệu kiểm chứng và thống nhất kết quả với cơ "
    "quan chuyên môn; các đơn vị thành viên không có ý kiến khác về số liệu đã nêu trong báo cáo."
)


def narrow_table() -> Table:
    """Row kinds, a group of columns, spans, figures with one to two decimals, words among them."""
    columns = (
        Column("TT", Align.CENTRE, weight=0, repeated=True),
        Column("Tiêu chí", min_mm=45, weight=3, repeated=True),
        ColumnGroup(
            "Điểm các vòng",
            (Column("Tự chấm", Align.DECIMAL), Column("Khối chấm", Align.DECIMAL)),
        ),
        Column("Kết luận", Align.CENTRE),
    )

    def figures(code: str, title: str, one: str, two: str, end: str, kind: RowKind) -> Row:
        return Row((cell(code), cell(title), cell(one), cell(two), cell(end)), kind)

    rows = (
        Row((cell("I"), cell("Thực hiện nhiệm vụ chính trị", span=4)), RowKind.SECTION),
        figures("1", "Chỉ tiêu phát triển kinh tế", "100,25", "98", "Đạt", RowKind.CRITERION),
        Row(
            (
                cell("2"),
                Cell((plain_line("Cải cách hành chính"), plain_line("Theo kế hoạch năm"))),
                cell("7,5"),
                cell("—"),
                cell("Chưa chấm"),
            )
        ),
        Row((cell("II"), cell("Xây dựng Đảng và hệ thống chính trị", span=4)), RowKind.GROUP),
        figures("1", "Sinh hoạt chi bộ", "1.250", "12,125", "Đạt", RowKind.CRITERION),
        Row(
            (cell("Tổng điểm", span=2), cell("1.357,75"), cell("110,125"), cell("")), RowKind.TOTAL
        ),
    )
    return Table(columns, rows, "Bảng 1. Điểm từng tiêu chí")


def long_table(rows: int = 60) -> Table:
    """A table over several pages, of running text."""
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung", min_mm=60, weight=3),
        Column("Ghi chú", min_mm=20),
    )
    return Table(
        columns,
        tuple(Row((cell(str(n)), cell(LONG), cell("Đã duyệt"))) for n in range(1, rows + 1)),
        top=True,
    )


def wide_table(units: int = 16, criteria: int = 12) -> Table:
    """A table that needs another sheet, or several bands of columns."""
    groups = tuple(
        ColumnGroup(
            f"Sở số {unit}",
            tuple(Column(title, Align.DECIMAL) for title in ("Tự chấm", "Khối", "Sở Nội vụ")),
        )
        for unit in range(1, units + 1)
    )
    columns = (
        Column("TT", Align.CENTRE, weight=0, repeated=True),
        Column("Tiêu chí", min_mm=45, weight=6, repeated=True),
        *groups,
    )
    rows = tuple(
        Row(
            (
                cell(str(n)),
                cell("Tổ chức có hiệu quả các phong trào thi đua trong năm"),
                *(cell(f"{10 + (n + place) % 90},{place % 10}5") for place in range(3 * units)),
            )
        )
        for n in range(1, criteria + 1)
    )
    return Table(columns, rows, "Bảng 2. Điểm từng tiêu chí của từng đơn vị")


def picture() -> Chart:
    """Totals by section of three units."""
    parts = (
        Part("Nhiệm vụ chính trị", "I"),
        Part("Xây dựng Đảng", "II"),
        Part("Phong trào", "III"),
    )
    bars = tuple(
        Bar(
            name,
            rank,
            tuple(Fraction(v - rank) for v in values),
            total=Fraction(sum(values) - 3 * rank),
        )
        for rank, (name, values) in enumerate(
            (
                ("Sở Tư pháp", (500, 200, 150)),
                ("Thanh tra tỉnh", (480, 190, 140)),
                ("Công an tỉnh", (450, 180, 130)),
            ),
            start=1,
        )
    )
    return Chart(
        SectionsChart(
            "Hình 1. Tổng điểm theo phần",
            "Khối thi đua Nội chính",
            parts,
            bars,
        )
    )


def letterhead() -> Letterhead:
    """The leader unit issues, the cluster stands below it."""
    return Letterhead(
        superior=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
        issuer=("SỞ TƯ PHÁP",),
        cluster="KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH",
        number=number_line(5, "BC-STP"),
        place_and_date=place_and_date("Cao Bằng", dt.date(2019, 1, 5)),
    )


def report() -> Document:
    """A report with every element but "V/v" and slips."""
    return Document(
        title="Báo cáo kết quả chấm điểm năm 2018",
        letterhead=letterhead(),
        kind="BÁO CÁO",
        subject=("Kết quả chấm điểm và xếp hạng thi đua năm 2018", "Khối thi đua Nội chính"),
        blocks=(
            Paragraph(plain_line(f"Căn cứ Kế hoạch số 12/KH-KTĐ; {LONG}", italic=True)),
            Heading("Phần thứ nhất", level=0),
            Heading("I. KẾT QUẢ"),
            Heading("1. Nhận xét chung", level=2),
            Paragraph(
                (
                    Run("Khối thi đua họp ngày 20/12/2018, "),
                    Run("Sở Nội vụ", italic=True),
                    Run(" dự. "),
                    Run(LONG, bold=True),
                )
            ),
            narrow_table(),
            Note(plain_line(f"Ghi chú: hạng bằng nhau thì hạng kế tiếp bỏ qua. {LONG}")),
            Paragraph(plain_line("Một dòng ở giữa trang"), Align.CENTRE),
            Paragraph(plain_line(f"Không thụt đầu dòng: {LONG}"), flush=True),
            Heading("II. HÌNH ẢNH"),
            picture(),
            Heading("III. DANH SÁCH"),
            long_table(14),
            Heading("Đề mục không vào mục lục", marked=False),
            Paragraph(plain_line(f"Trên đây là báo cáo của Khối thi đua. {LONG}/.")),
        ),
        closing=Closing(
            (Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), "Nguyễn Văn Ẩn"),),
            (
                "- Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng (qua Sở Nội vụ, cơ quan chuyên môn);",
                "- Lưu: VT, TĐKT.",
            ),
        ),
        draft=Draft(("Còn 4 ô chưa chấm.", "Sở Nội vụ chưa thẩm định.")),
        appendices=(
            Appendix(
                "Phụ lục I",
                "ĐIỂM TỪNG ĐƠN VỊ",
                "(Kèm theo Báo cáo số 05/BC-STP)",
                (wide_table(), Note(plain_line("Ghi chú của phụ lục."))),
            ),
            Appendix(
                "Phụ lục II",
                "DANH SÁCH",
                "",
                (long_table(20),),
                Page((Sheet.A4_LANDSCAPE,)),
            ),
        ),
        addressees=("Ủy ban nhân dân tỉnh Cao Bằng",),
        binding=Binding("so-mau", "2018", "bao_cao", state="sha256:00", head="sha256:11"),
    )


def letter() -> Document:
    """A công văn to several addressees, signed for the head of the agency."""
    return Document(
        title="Công văn đề nghị tham gia ý kiến",
        letterhead=Letterhead(
            superior=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
            issuer=("SỞ TƯ PHÁP",),
            number=number_line(12, "STP-VP"),
            place_and_date=place_and_date("Cao Bằng", dt.date(2019, 4, 12)),
            about=("V/v tham gia ý kiến dự thảo", "bảng tiêu chí chấm điểm năm 2019"),
        ),
        kind="",
        subject=(),
        blocks=(
            Paragraph(plain_line(LONG)),
            Paragraph(plain_line(f"Đề nghị các đơn vị gửi ý kiến trước ngày 30/4/2019. {LONG}/.")),
        ),
        closing=Closing(
            (Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Thị Bình"),),
            ("- Như trên;", "- Lưu: VT."),
        ),
        addressees=("- Thanh tra tỉnh;", "- Công an tỉnh;", "- Tòa án nhân dân tỉnh."),
    )


def minutes() -> Document:
    """Minutes with two signatures, under the heading of a party agency."""
    return Document(
        title="Biên bản họp khối",
        letterhead=Letterhead(
            superior=("TỈNH ỦY CAO BẰNG",),
            issuer=("BAN NỘI CHÍNH",),
            number=number_line(3, "BB-BNC"),
            place_and_date=place_and_date("Cao Bằng", dt.date(2019, 2, 3)),
            nation=PARTY,
            motto="",
            star=True,
        ),
        kind="BIÊN BẢN",
        subject=("Họp thống nhất điểm thi đua năm 2018",),
        blocks=(
            Paragraph(plain_line(f"Thời gian bắt đầu: 08 giờ 00. {LONG}")),
            Heading("Điều 1. Phạm vi", level=0),
            Paragraph(plain_line(LONG)),
        ),
        closing=Closing(
            (
                Signature(("THƯ KÝ",), "Lê Thị Bích", note="(Ký, ghi rõ họ tên)"),
                Signature(("CHỦ TỌA",), "Trần Văn Cường", note="(Ký, ghi rõ họ tên)"),
            ),
            ("- Các đơn vị thành viên;", "- Lưu: VT, Hồ sơ."),
        ),
    )


def ballots() -> Document:
    """Eight ballot papers with a table each, two side by side."""
    slip = (
        Heading("PHIẾU BẦU", level=0, marked=False),
        Paragraph(plain_line("Suy tôn đơn vị được đề nghị tặng Cờ thi đua"), Align.CENTRE),
        Table(
            (
                Column("TT", Align.CENTRE, weight=0),
                Column("Đơn vị", min_mm=25, weight=3),
                Column("Đồng ý", Align.CENTRE),
            ),
            tuple(
                Row((cell(str(n)), cell(name), cell("")))
                for n, name in enumerate(("Sở Tư pháp", "Thanh tra tỉnh"), start=1)
            ),
        ),
        Note(plain_line("Đánh dấu x vào ô chọn; phiếu chọn quá số lượng là không hợp lệ.")),
    )
    return Document(
        title="Phiếu bầu Cờ thi đua năm 2018",
        letterhead=None,
        kind="",
        subject=(),
        blocks=(Slips((slip,) * 8, across=2),),
    )


def every_paper() -> dict[str, Document]:
    """All of them by the stem of a file."""
    return {"report": report(), "letter": letter(), "minutes": minutes(), "ballots": ballots()}
