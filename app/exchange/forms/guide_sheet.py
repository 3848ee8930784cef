"""The first sheet of a form: how to fill it in, in a few courteous sentences."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from app.domain.snapshot import EntryState
from app.exchange.forms import dress
from app.exchange.forms.description import (
    COLUMNS,
    GUIDE_SHEET,
    MORE_SHEET,
    SCORE_SHEET,
    Column,
    Form,
    RowKind,
)
from app.exchange.forms.dress import Look, put_text
from app.exchange.forms.words import STATE_WORDS

_WIDTH = 92.0


def _sentences(form: Form) -> list[str]:
    words = form.pack.rules.vocabulary
    points, figures = COLUMNS[Column.POINTS].heading, COLUMNS[Column.FIGURE].heading
    not_assigned = STATE_WORDS[EntryState.NOT_ASSIGNED]
    not_done = STATE_WORDS[EntryState.NOT_DONE]
    found = [
        f"Mở trang “{SCORE_SHEET}” ở phía dưới và chỉ ghi vào các ô nền vàng. Các ô khác đã được"
        " khóa để bảng không bị lệch.",
        f"Ở mỗi tiêu chí, cột “{figures}” cho biết cần ghi gì; ghi vào ô vàng ngay bên phải. Điểm"
        " và tổng điểm tự tính ngay khi ghi.",
        f"Tiêu chí chấm thẳng thì ghi điểm vào ô vàng của cột “{points}”, từ 0 đến điểm tối đa.",
        "Số 0 là một điểm. Ô để trống nghĩa là chưa chấm.",
        f"Nhiệm vụ mà đơn vị không được giao, hoặc được giao nhưng không thực hiện, thì chọn"
        f" “{not_assigned}” hoặc “{not_done}”, không ghi số 0 thay.",
        "Ô có mũi tên: bấm mũi tên rồi chọn, không cần gõ.",
        "Số gõ liền, không có dấu ngăn hàng nghìn: 1250, không phải 1.250. Phần trăm gõ số 95,"
        " không gõ 95 %. Ngày gõ ngày/tháng/năm, ví dụ 20/12/2026.",
        f"Mỗi dòng ghi một {words.evidence}: số, ký hiệu, ngày, cơ quan ban hành, trích yếu và"
        f" mục, trang cần xem. Không đủ dòng thì ghi tiếp ở trang “{MORE_SHEET}”.",
        f"Ghi xong, lưu tệp (giữ loại tệp Excel .xlsx), đừng đổi tên trang tính, rồi gửi tệp cho"
        f" {words.leader}.",
    ]
    if any(row.kind is RowKind.ELSEWHERE for row in form.rows):
        found.append("Tiêu chí do cơ quan khác chấm vẫn có trong bảng để tiện theo dõi; đơn vị"
                     " không phải ghi.")  # fmt: skip
    found += [
        f"Tiêu chí {code} chỉ ghi khi tiêu chí {original} không được giao cho đơn vị."
        for code, original in form.substitutes.items()
    ]
    if any(row.claims and row.figures for row in form.scored):
        found.append(
            "Tiêu chí so sánh giữa các đơn vị: chỉ cần ghi số liệu; điểm được tính khi có số liệu"
            " của mọi đơn vị. Nếu muốn, đơn vị ghi thêm điểm tự đánh giá."
        )
    return found


def write_guide(sheet: Worksheet, form: Form) -> None:
    """Writes the instructions and the legend of colours."""
    sheet.title = GUIDE_SHEET
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 7
    sheet.column_dimensions["B"].width = _WIDTH
    lines: list[tuple[str, str, Look, Look]] = []
    plain = Look(edge=None)
    heading = Look(edge=None, bold=True, size=15)
    strong = Look(edge=None, bold=True)
    lines.append(("", "CÁCH GHI " + form.title, plain, heading))
    lines.append(("", f"Kính gửi: {form.unit.name}", plain, strong))
    table = f"Bảng tiêu chí: {form.pack.rules.title}. Vòng chấm: {form.round.title}."
    lines.append(("", table, plain, plain))
    lines.append(("", "", plain, plain))
    number = Look(edge=None, bold=True, horizontal="right")
    for at, sentence in enumerate(_sentences(form), 1):
        lines.append((f"{at}.", sentence, number, plain))
    lines.append(("", "", plain, plain))
    lines.append(("", "Màu các ô", plain, strong))
    for background, meaning in (
        (dress.INPUT, "Nền vàng: đơn vị ghi"),
        (dress.CALCULATED, "Nền xám nhạt: tự tính hoặc in sẵn, không ghi"),
        (dress.GROUP, "Nền xanh xám, chữ đậm: mục và điểm cộng của mục"),
    ):
        lines.append(("", meaning, Look(background), plain))
    lines.append(("", "", plain, plain))
    lines.append(("", "Trân trọng cảm ơn.", plain, plain))
    for row, (mark, words, left, right) in enumerate(lines, 1):
        put_text(sheet.cell(row, 1), mark)
        put_text(sheet.cell(row, 2), words)
        dress.dress(sheet.cell(row, 1), left)
        dress.dress(sheet.cell(row, 2), right)
        sheet.row_dimensions[row].height = dress.height_for([(words, _WIDTH, right.bold)])
    dress.protect(sheet)
    dress.for_paper(sheet, form.unit.name, None, landscape=False)
