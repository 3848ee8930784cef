"""Reading the forms of all units at once: who has sent what, and what contradicts what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.snapshot import Snapshot
from app.exchange.forms.description import Citation
from app.exchange.forms.evidence import document_key
from app.exchange.forms.reader import FormDesk, FormReading
from app.exchange.table_containers import refusal
from app.ground.findings import Finding, Findings, UserError
from app.rules.document import LoadedPack

_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_LOCK_MARKS: Final = ("~$", ".")
_MOST_FILES: Final = 5_000


Told = Callable[[float, str], None]
"""Hears how far a long reading is (0 to 1) and at which file; may raise to end it."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file that was looked into: what it says, where it is a form, and what is wrong in it."""

    path: Path
    reading: FormReading | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FormsReading:
    """The forms that were read, one for each unit, and the units that have sent none.

    ``files`` are all files that were looked into, also those that are not among the readings.
    """

    readings: tuple[FormReading, ...]
    missing: tuple[str, ...]
    files: tuple[FormFile, ...] = ()


def read_forms(
    paths: Path | Iterable[Path],
    pack: LoadedPack,
    snapshot: Snapshot,
    *,
    round_id: str | None = None,
    convert_legacy: bool = False,
    told: Told = lambda _share, _name: None,
) -> tuple[FormsReading, Findings]:
    """The forms in a folder, or those named (files and folders), with all faults of all files.

    A unit that sent two forms has neither among the readings unless they say the same. Raises
    ``UserError`` where the folder cannot be read.
    """
    findings = Findings()
    desk = FormDesk(pack, snapshot, convert_legacy)
    files = [
        file
        for path in ([paths] if isinstance(paths, Path) else paths)
        for file in (_in_folder(path, findings) if path.is_dir() else [path])
    ]
    by_unit: dict[str, list[FormReading]] = {}
    looked: list[FormFile] = []
    for at, path in enumerate(files):
        told(at / len(files), path.name)
        reading, wrong = desk.read(path, None, round_id)
        findings.extend(wrong)
        looked.append(FormFile(path, reading, wrong.as_tuple()))
        if reading is not None:
            by_unit.setdefault(reading.unit, []).append(reading)
    names = {unit.id: unit.name for unit in snapshot.units}
    readings: list[FormReading] = []
    for unit in names:
        several = by_unit.get(unit, [])
        if several and _agree(several, names[unit], findings):
            readings.append(several[0])
    missing = tuple(unit for unit in names if unit not in by_unit)
    for unit in missing:
        findings.warning(
            "form_unit_missing",
            names[unit],
            f"Chưa có phiếu của {names[unit]}.",
            "Nhắc đơn vị gửi phiếu, hoặc kiểm tra tệp có trong thư mục hay không.",
        )
    _check_rounds(readings, pack, findings)
    _check_shared(readings, names, findings)
    return FormsReading(tuple(readings), missing, tuple(looked)), findings


def _in_folder(folder: Path, findings: Findings) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as fault:
        raise refusal(
            "form_folder_unreadable",
            f"Thư mục {folder.name}",
            "Không mở được thư mục này.",
            "Kiểm tra lại tên thư mục và quyền đọc.",
        ) from fault
    found: list[Path] = []
    for path in files[:_MOST_FILES]:
        if path.name.startswith(_LOCK_MARKS):
            continue
        if path.suffix.lower() in _ENDINGS:
            found.append(path)
        else:
            findings.note(
                "form_file_passed_over",
                f"Tệp {path.name}",
                "Tệp không phải bảng tính nên không đọc.",
            )
    if not found:
        raise UserError(
            refusal(
                "form_folder_empty",
                f"Thư mục {folder.name}",
                "Thư mục không có phiếu nào (.xlsx, .xls, .ods).",
                "Chép các phiếu của đơn vị vào thư mục rồi thử lại.",
            ).findings
        )
    return found


def _agree(several: Sequence[FormReading], unit: str, findings: Findings) -> bool:
    """Whether the forms of one unit say the same; tells of each further one."""
    first = several[0]
    same = True
    for other in several[1:]:
        if _content(other) == _content(first):
            findings.note(
                "form_sent_twice",
                f"Tệp {other.file}",
                f"Phiếu của {unit} giống phiếu trong tệp {first.file}; chỉ một phiếu được dùng.",
            )
        else:
            same = False
            findings.error(
                "form_unit_repeated",
                f"Tệp {other.file}",
                f"Đã có phiếu khác của {unit} trong tệp {first.file}, nội dung khác nhau.",
                "Giữ lại phiếu đúng, chuyển phiếu kia ra khỏi thư mục.",
            )
    return same


def _content(reading: FormReading) -> FormReading:
    citations = tuple(replace(citation, where="") for citation in reading.citations)
    return replace(reading, file="", citations=citations, declared_total=None)


def _check_rounds(readings: Sequence[FormReading], pack: LoadedPack, findings: Findings) -> None:
    titles = {item.id: item.title for item in pack.rules.rounds}
    rounds = {reading.round for reading in readings}
    if len(rounds) > 1:
        listed = ", ".join(f"“{titles[r]}”" for r in titles if r in rounds)
        findings.error(
            "form_rounds_mixed",
            f"{len(readings)} phiếu",
            f"Các phiếu thuộc nhiều vòng chấm: {listed}.",
            "Nhập riêng phiếu của từng vòng.",
        )


def _check_shared(
    readings: Sequence[FormReading], names: dict[str, str], findings: Findings
) -> None:
    """Warns where two units cite one document."""
    first: dict[tuple[str, object], tuple[str, Citation]] = {}
    for reading in readings:
        for citation in reading.citations:
            key = document_key(citation)
            if key is None:
                continue
            owner, _ = first.setdefault(key, (reading.unit, citation))
            if owner != reading.unit:
                findings.warning(
                    "form_evidence_shared",
                    citation.where,
                    f"Văn bản {citation.number} cũng được {names[owner]} dùng.",
                    "Kiểm tra văn bản có đúng là của đơn vị này không.",
                )
