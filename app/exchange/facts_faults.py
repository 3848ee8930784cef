"""Gathering the faults of one facts file: each with its place, a remedy and a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Final

from app.ground.findings import Finding, Findings, Severity
from app.ground.numbers import NumberFault, NumberTextError, vietnamese
from app.ground.text import nearest

MAX_FINDINGS: Final = 500
"""More faults than this are only counted: the file is broken as a whole."""

MAX_WORD: Final = 80


class Gathering:
    """The faults of one facts file; suggestions are worked out once for each word."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.left_out = 0
        self._guesses: dict[tuple[str, str], str] = {}

    def error(self, code: str, place: str, message: str, remedy: str = "") -> None:
        """Keeps a fault that must be mended."""
        self._keep(Finding(code, Severity.ERROR, place, message, remedy))

    def warning(self, code: str, place: str, message: str, remedy: str = "") -> None:
        """Keeps a remark that must be looked at."""
        self._keep(Finding(code, Severity.WARNING, place, message, remedy))

    @property
    def overflowing(self) -> bool:
        """Whether so many faults were found that reading on tells nothing new."""
        return self.left_out >= MAX_FINDINGS

    def keep_all(self, findings: Iterable[Finding]) -> None:
        """Keeps findings of another reader."""
        for finding in findings:
            self._keep(finding)

    def _keep(self, finding: Finding) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.add(finding)
        else:
            self.left_out += finding.is_error

    def guess(self, word: str, known: Collection[str], kind: str) -> str:
        """A sentence that suggests the nearest known word of this ``kind``, or lists a few."""
        key = (kind, word)
        if key not in self._guesses:
            self._guesses[key] = (
                _guess(word[:MAX_WORD], known)
                if len(self._guesses) < MAX_FINDINGS
                else "Đối chiếu lại với gói quy tắc."
            )
        return self._guesses[key]

    def closed(self, place: str) -> Findings:
        """All findings, with the number of those that were not listed."""
        if self.left_out:
            self.findings.error(
                "facts_many_faults",
                place,
                f"Còn ít nhất {self.left_out} lỗi khác chưa liệt kê.",
                "Sửa các lỗi đã nêu rồi chạy lại.",
            )
        return self.findings


def _guess(word: str, known: Collection[str]) -> str:
    found = nearest(word, known)
    if found is not None:
        return f"Có phải “{found}”?"
    if not known:
        return "Không có giá trị nào dùng được ở đây."
    listed = list(known)
    more = " …" if len(listed) > 12 else ""
    return "Các giá trị dùng được: " + ", ".join(listed[:12]) + more + "."


def shown(value: object) -> str:
    """A faulty value inside a sentence, short and on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ … }"
    if isinstance(value, list):
        return "[ … ]"
    text = "".join(c if c.isprintable() else "␣" for c in str(value)[:60])
    return text


def number_remedy(fault: NumberTextError) -> str:
    """What to do about a text that is not one certain number."""
    match fault.fault:
        case NumberFault.AMBIGUOUS:
            first, second = (vietnamese(Fraction(r)) for r in fault.readings)
            safe = f"{first}0" if len(first.partition(",")[2]) == 3 else first
            return (
                f"Là {first} hay {second}? Nếu là {second} thì viết {fault.readings[1]}, nếu là "
                f"{first} thì viết “{safe}”."
            )
        case NumberFault.TOO_LONG:
            return "Kiểm tra lại, có thể đã gõ nhầm."
    return "Ghi một con số, ví dụ 12.5 hoặc “12,5”."


def number_error(
    gathering: Gathering, place: str, value: object, fault: NumberTextError | None
) -> None:
    """Keeps the fault of a value that is not one certain number."""
    text = shown(value)
    if fault is not None and fault.fault is NumberFault.AMBIGUOUS:
        message = f"Số “{text}” có thể hiểu theo hai nghĩa."
        gathering.error("ambiguous_number", place, message, number_remedy(fault))
    elif fault is not None and fault.fault is NumberFault.TOO_LONG:
        message = f"Con số “{text}” quá dài."
        gathering.error("number_too_long", place, message, number_remedy(fault))
    else:
        gathering.error(
            "not_a_number",
            place,
            f"Chỗ này cần một con số, đang ghi “{text}”.",
            "Ghi một con số, ví dụ 12.5 hoặc “12,5”.",
        )
