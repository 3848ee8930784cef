"""Reading a filled form back: entries, documents, and everything that is wrong with it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from app.domain.snapshot import Entry, Snapshot
from app.exchange.facts_faults import Gathering
from app.exchange.forms.answers import AnswerReader
from app.exchange.forms.cells import FormCells
from app.exchange.forms.description import Citation, Column, Form, Identity, describe_form
from app.exchange.forms.evidence import check_citations, citations_beside, citations_further
from app.exchange.forms.identity import check_identity, read_identity
from app.exchange.forms.number_formats import percent_cells
from app.exchange.forms.placing import PlacedForm, place_form
from app.exchange.forms.score_sheet import unit_words
from app.exchange.forms.totals import compare, computed_card
from app.exchange.sheet_scan import CellFault, column_letters
from app.exchange.table_containers import (
    LIMITS,
    FileKind,
    Limits,
    read_bytes,
    recognised,
    refusal,
)
from app.exchange.tables import Table, table_of
from app.exchange.workbook_reader import RawSheet, read_workbook
from app.ground.findings import Findings, UserError
from app.rules.document import LoadedPack

_MACROS: Final = ("vbaproject.bin", "basic/script-lc.xml", "scripts/")
_LINKS: Final = ("xl/externallinks/",)


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form says; nothing of it is stored yet.

    ``entries`` in the order of the table; ``blank`` names the criteria that are still to be
    scored. ``declared_total`` is what the form itself shows (``None`` where the file carries no
    calculated values), ``computed_total`` what the program finds, in which comparisons with
    other units count as claimed; neither has bonus or deductions beside the table.
    """

    file: str
    identity: Identity
    entries: tuple[Entry, ...]
    citations: tuple[Citation, ...]
    blank: tuple[str, ...]
    declared_total: Fraction | None
    computed_total: Fraction

    @property
    def unit(self) -> str:
        """The unit whose form it is."""
        return self.identity.unit

    @property
    def round(self) -> str:
        """The round that the form is for."""
        return self.identity.round


def read_form(
    path: Path,
    pack: LoadedPack,
    snapshot: Snapshot,
    *,
    unit_id: str | None = None,
    round_id: str | None = None,
    convert_legacy: bool = False,
    limits: Limits = LIMITS,
) -> tuple[FormReading | None, Findings]:
    """The content of a filled form, and all its faults by file, sheet and cell.

    ``snapshot`` gives the period, the units with their clusters and the criteria that they
    registered; ``unit_id`` and ``round_id`` say which form is expected, where that matters.
    There is no reading where the file is no form of this table, year and cluster; a reading
    with errors among the findings is for looking at, not for taking over.
    """
    return FormDesk(pack, snapshot, convert_legacy, limits).read(path, unit_id, round_id)


class FormDesk:
    """Reads any number of forms of one table; what they share is worked out once."""

    def __init__(
        self,
        pack: LoadedPack,
        snapshot: Snapshot,
        convert_legacy: bool = False,
        limits: Limits = LIMITS,
    ) -> None:
        self._pack = pack
        self._snapshot = snapshot
        self._convert = convert_legacy
        self._limits = limits
        self._digest = pack.digest

    def read(
        self, path: Path, unit_id: str | None = None, round_id: str | None = None
    ) -> tuple[FormReading | None, Findings]:
        """One form; see ``read_form``."""
        gathering = Gathering()
        try:
            reading = self._read(path, unit_id, round_id, gathering)
        except UserError as fault:
            gathering.keep_all(fault.findings)
            reading = None
        return reading, gathering.closed(f"Tệp {path.name}")

    def _read(
        self, path: Path, unit_id: str | None, round_id: str | None, gathering: Gathering
    ) -> FormReading | None:
        name, told = path.name, gathering.findings
        data = read_bytes(path, self._limits)
        kind = recognised(data, name)
        if kind is FileKind.TEXT:
            raise refusal(
                "form_saved_as_text",
                f"Tệp {name}",
                "Phiếu đã bị lưu thành tệp chữ (như .csv) nên mất các dấu nhận biết.",
                "Mở lại phiếu gốc, lưu thành tệp Excel (.xlsx) rồi gửi lại.",
            )
        sheets = read_workbook(data, kind, name, self._limits)
        tables = tuple(table_of(name, sheet.name, sheet) for sheet in sheets)
        _tell_dangers(data, kind, name, told)
        identity = read_identity(tables, name, told)
        if identity is None or not check_identity(
            identity, self._pack, self._digest, self._snapshot, name, told, unit_id, round_id
        ):
            return None
        form = describe_form(
            self._pack, self._snapshot, identity.unit, identity.round, self._digest
        )
        if form.identity != identity:
            raise refusal(
                "form_outdated",
                f"Tệp {name}",
                "Phiếu không khớp bảng tiêu chí của đơn vị: tiêu chí tự đăng ký đã thay đổi sau khi"
                " xuất phiếu, hoặc dấu nhận biết ẩn bị sửa.",
                "Xuất phiếu mới cho đơn vị và chuyển số liệu sang phiếu mới.",
            )
        placed = place_form(tables, form, name, gathering)
        if placed is None:
            return None
        _tell_decomposed(sheets, placed.table, told)
        percents = percent_cells(data, kind).get(placed.table.sheet or "", frozenset())
        cells = FormCells(placed.table, form.unit.name, gathering, percents, self._convert)
        reader = AnswerReader(form, placed, cells, gathering, kind is FileKind.XLS)
        return self._content(form, placed, tables, reader, gathering)

    def _content(
        self,
        form: Form,
        placed: PlacedForm,
        tables: Sequence[Table],
        reader: AnswerReader,
        gathering: Gathering,
    ) -> FormReading:
        cells = reader.cells
        _check_unit_name(form, placed, cells, gathering)
        answers = reader.read()
        citations = [
            *citations_beside(form, placed, cells),
            *citations_further(tables, form, cells, gathering),
        ]
        words = form.pack.rules.vocabulary.evidence
        check_citations(citations, form.snapshot.period, answers.entries, words, gathering)
        card = computed_card(form, answers)
        total = compare(form, placed, reader, card, gathering)
        _tell_state(form, placed, reader, citations, gathering)
        counts: dict[str, int] = {}
        for citation in citations:
            counts[citation.criterion] = counts.get(citation.criterion, 0) + 1
        return FormReading(
            placed.table.name,
            form.identity,
            tuple(
                replace(entry, evidence=counts.get(code)) for code, entry in answers.entries.items()
            ),
            tuple(citations),
            tuple(row.code for row in form.scored if row.code not in answers.entries),
            total,
            card.total_exact,
        )


def _tell_dangers(data: bytes, kind: FileKind, name: str, findings: Findings) -> None:
    """Macros and links to other files are never run or followed; the officer is told."""
    if kind not in (FileKind.XLSX, FileKind.ODS):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member.lower() for member in archive.namelist()]
    if any(mark in member for member in members for mark in _MACROS):
        findings.warning(
            "form_has_macros",
            f"Tệp {name}",
            "Tệp có macro, phiếu do chương trình xuất thì không có; macro không được chạy.",
            "Hỏi lại đơn vị; không mở tệp này bằng Excel nếu không chắc.",
        )
    if any(mark in member for member in members for mark in _LINKS):
        findings.warning(
            "form_has_links",
            f"Tệp {name}",
            "Có ô lấy số từ tệp khác; chỉ các giá trị đã lưu trong tệp được đọc.",
            "Đề nghị đơn vị ghi thẳng con số vào phiếu.",
        )


def _tell_decomposed(sheets: Sequence[RawSheet], table: Table, findings: Findings) -> None:
    """Text of combining marks is put together; equal words become equal."""
    for sheet in sheets:
        if sheet.name != table.sheet:
            continue
        places = [
            (row, column)
            for row, values in enumerate(sheet.rows, 1)
            for column, value in enumerate(values, 1)
            if isinstance(value, str)
            and not value.isascii()
            and not unicodedata.is_normalized("NFC", value)
        ]
        if places:
            row, column = places[0]
            findings.note(
                "form_text_decomposed",
                f"Ô {column_letters(column)}{row}, {table.place}",
                f"Có {len(places)} ô gõ dấu rời (Unicode tổ hợp); đã được đọc như chữ dựng sẵn.",
            )


def _check_unit_name(
    form: Form, placed: PlacedForm, cells: FormCells, gathering: Gathering
) -> None:
    """The printed name may have been changed to that of the unit that really filled it in."""
    if placed.unit_row is None:
        return
    cell = placed.cell(Column.CODE, placed.unit_row)
    if cell.text != " ".join(unit_words(form).split()):
        gathering.error(
            "form_unit_name_changed",
            cells.place(cell),
            f"Phiếu xuất cho {form.unit.name} nhưng dòng tên đơn vị ghi “{cell.text[:80]}”.",
            "Có thể đơn vị dùng nhầm phiếu của đơn vị khác; xuất đúng phiếu rồi ghi lại.",
        )


def _tell_state(
    form: Form,
    placed: PlacedForm,
    reader: AnswerReader,
    citations: Sequence[Citation],
    gathering: Gathering,
) -> None:
    answers = reader.answers
    place = f"{placed.table.at_table()} ({form.unit.name})"
    if not answers.entries and not citations:
        gathering.warning(
            "form_empty",
            place,
            "Phiếu chưa ghi gì.",
            "Kiểm tra có đúng tệp đã ghi hay không.",
        )
    elif len(answers.entries) < len(form.scored):
        left = [row.code for row in form.scored if row.code not in answers.entries]
        listed = ", ".join(left[:10]) + (" …" if len(left) > 10 else "")
        gathering.findings.note(
            "form_rows_blank", place, f"Còn {len(left)} tiêu chí chưa chấm: {listed}."
        )
    total = None if placed.total_row is None else placed.cell(Column.POINTS, placed.total_row)
    if total is not None and isinstance(total.value, CellFault):
        gathering.findings.note(
            "form_not_calculated",
            place,
            "Các ô tự tính không có giá trị, có thể phiếu được ghi bằng chương trình khác; điểm"
            " được tính lại từ số liệu.",
        )
