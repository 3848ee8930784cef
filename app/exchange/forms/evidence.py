"""The documents that a unit cites: beside its criteria and on the sheet of further ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.snapshot import Period
from app.exchange.facts_faults import Gathering
from app.exchange.forms.cells import FormCells
from app.exchange.forms.description import (
    MORE_COLUMNS,
    Citation,
    Column,
    Form,
    MoreColumn,
)
from app.exchange.forms.placing import PlacedForm, keyed_row
from app.exchange.tables import Cell, Table
from app.ground.text import folded, nearest


def citations_beside(form: Form, placed: PlacedForm, cells: FormCells) -> list[Citation]:
    """The documents beside the criteria, inserted lines included, in the order of the table."""
    inserted: dict[str, list[int]] = {}
    for code, at in placed.inserted:
        inserted.setdefault(code, []).append(at)
    found: list[Citation] = []
    for row in form.scored:
        rows = [p.at for p in placed.lines.get(row.code, ())]
        for at in (*rows, *inserted.get(row.code, ())):
            five = (
                placed.cell(Column.NUMBER, at),
                placed.cell(Column.DATE, at),
                placed.cell(Column.ISSUER, at),
                placed.cell(Column.SUBJECT, at),
                placed.cell(Column.PLACE, at),
            )
            if (citation := _citation(five, row.code, cells)) is not None:
                found.append(citation)
    return found


def citations_further(
    tables: Sequence[Table], form: Form, cells: FormCells, gathering: Gathering
) -> list[Citation]:
    """The documents on the sheet of further evidence; a lost sheet holds none."""
    keys = [column.value for column in MoreColumn]
    for table in tables:
        located = keyed_row(table, keys)
        if located is None:
            continue
        head, columns = located
        here = replace(cells, table=table, percents=frozenset())
        found: list[Citation] = []
        for at in range(head + 2, table.height + 1):
            first, *five = (table.cell(at, columns.get(column.value, 0)) for column in MoreColumn)
            if first.text == MORE_COLUMNS[MoreColumn.CRITERION].heading:
                continue
            code = _criterion(first, five, form, here, gathering)
            if code and (citation := _citation(five, code, here)) is not None:
                found.append(citation)
        return found
    return []


def _criterion(
    cell: Cell, five: Sequence[Cell], form: Form, cells: FormCells, gathering: Gathering
) -> str:
    known = {row.code: row.code for row in form.scored}
    words = cells.words(cell, "")
    if words in known:
        return words
    if words or any(cells.is_filled(other) for other in five):
        guess = nearest(words, known) if words else None
        gathering.error(
            "form_evidence_criterion",
            cells.place(cell),
            f"Không có tiêu chí “{words[:60]}”." if words else "Chưa ghi mã tiêu chí.",
            (f"Có phải “{guess}”? " if guess else "") + "Chọn mã tiêu chí trong danh sách của ô.",
        )
    return ""


def _citation(five: Sequence[Cell], code: str, cells: FormCells) -> Citation | None:
    number, date, issuer, subject, place = five
    if not any(cells.is_filled(cell) for cell in five):
        return None
    first = next(cell for cell in five if cells.is_filled(cell))
    return Citation(
        code,
        cells.words(number, code),
        cells.date(date, code),
        cells.words(issuer, code),
        cells.words(subject, code),
        cells.words(place, code),
        cells.place(first, code),
    )


def check_citations(
    citations: Iterable[Citation],
    period: Period,
    scored: Iterable[str],
    evidence: str,
    gathering: Gathering,
) -> None:
    """Warns of documents without a name, dated outside the year, cited twice, or for nothing."""
    seen: dict[tuple[str, object], Citation] = {}
    entered = set(scored)
    for citation in citations:
        if not citation.number and not citation.subject:
            gathering.warning(
                "form_evidence_unnamed",
                citation.where,
                f"Một {evidence} chưa ghi số, ký hiệu và trích yếu.",
                "Ghi ít nhất số, ký hiệu hoặc trích yếu để tìm được văn bản.",
            )
        if citation.date is not None and not period.start <= citation.date <= period.end:
            gathering.warning(
                "form_evidence_outside",
                citation.where,
                f"Văn bản ngày {citation.date:%d/%m/%Y} nằm ngoài năm thi đua"
                f" ({period.start:%d/%m/%Y} - {period.end:%d/%m/%Y}).",
                "Kiểm tra lại ngày; chỉ số công bố sau khi hết năm có thể hợp lệ.",
            )
        key = document_key(citation)
        if key is not None and key in seen:
            gathering.warning(
                "form_evidence_repeated",
                citation.where,
                f"Văn bản {citation.number} đã được dùng cho tiêu chí {seen[key].criterion}.",
                "Kiểm tra một văn bản có được dùng cho cả hai nơi hay không.",
            )
        elif key is not None:
            seen[key] = citation
        if citation.criterion not in entered:
            entered.add(citation.criterion)
            gathering.warning(
                "form_evidence_alone",
                citation.where,
                f"Tiêu chí {citation.criterion} có {evidence} nhưng chưa chấm.",
                "Ghi số liệu hoặc điểm của tiêu chí.",
            )


def document_key(citation: Citation) -> tuple[str, object] | None:
    """What two citations of one document have in common; ``None`` without a number."""
    number = folded(citation.number).replace(" ", "")
    return (number, citation.date) if number else None
