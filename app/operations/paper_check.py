"""What a PDF that came back is worth: its signatures, its words, and the data that it shows.

``check_paper(pdf) -> PaperCheck`` reads the file alone: each signature (`SignatureFound`: holds or
not, by whom, when, changed since), whether the printed words are those that the program printed
(`Words`), the content code, and ``binding``: which workspace, period, paper and state it shows.
Whether that is the present state of a workspace is compared by who has the workspace. ``lines()``
says it in sentences, ``findings`` are what must be looked at. ``read_paper(path)`` reads the file.
Nobody vouches here for who issued a certificate: no roots of trust are shipped, no network asked.
Without a signature, unchanged words only mean that no ordinary editor changed them: a forger can
write the digest anew, and is found out by the content code of the workspace's own paper.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.exchange.pdf.letters import Printed, printed
from app.exchange.pdf.opening import LARGEST
from app.exchange.pdf.signatures import Change, SignatureFound, signatures_of
from app.exchange.pdf.signing import empty_fields
from app.ground.findings import Finding, Findings, Severity, UserError
from app.reports.document import CODE, Binding
from app.reports.paper_metadata import Carried, carried, letters_digest

__all__ = ["Change", "PaperCheck", "SignatureFound", "Words", "check_paper", "read_paper"]

VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))
NOT_VOUCHED: Final = "Chưa kiểm tra được tổ chức cấp chứng thư số."


class Words(StrEnum):
    """How the printed words stand to those that the program printed."""

    AS_MADE = "as_made"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What a paper that came back says of itself.

    ``words`` are unknown where the file was not made by this program or was printed anew.
    ``binding`` and ``code`` are worth something only where the words are as made.
    """

    pages: int
    words: Words
    signatures: tuple[SignatureFound, ...]
    empty_fields: tuple[str, ...]
    code: str
    binding: Binding | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether it is a paper of this program in which nothing was changed; signed or not."""
        return self.words is Words.AS_MADE and not any(
            finding.severity is not Severity.NOTE for finding in self.findings
        )

    def lines(self) -> tuple[str, ...]:
        """Sentences for the officer, in the order of weight; the findings are told apart."""
        signed = [_signature_line(signature) for signature in self.signatures]
        unsigned = [] if signed else ["Văn bản chưa có chữ ký số."]
        vouched = [NOT_VOUCHED] if signed else []
        left = (
            [f"Chỗ ký còn để trống: {', '.join(self.empty_fields)}."] if self.empty_fields else []
        )
        code = [f"{CODE} {self.code}."] if self.code else []
        return (_WORDS[self.words], *signed, *unsigned, *vouched, *left, *code)


_WORDS: Final = {
    Words.AS_MADE: "Chữ trên văn bản đúng như khi chương trình lập.",
    Words.CHANGED: "Chữ trên văn bản đã bị sửa so với khi chương trình lập.",
    Words.UNKNOWN: "Không đối chiếu được chữ: tệp không do chương trình này lập, hoặc đã in lại.",
}


def read_paper(path: Path) -> bytes:
    """The bytes of a file; raises ``UserError`` where it cannot be read or is too large."""
    try:
        if path.stat().st_size <= LARGEST:
            return path.read_bytes()
    except OSError as fault:
        raise _refused(path, "Máy không cho đọc tệp này, hoặc không có tệp.") from fault
    raise _refused(path, f"Tệp lớn hơn {LARGEST >> 20} MB.")


def check_paper(pdf: bytes) -> PaperCheck:
    """Reads a paper that came back; raises ``UserError`` where it is no readable PDF."""
    shown = printed(pdf)
    signatures = signatures_of(pdf)
    ours = carried(shown.metadata)
    words = _words(shown, ours)
    findings = Findings()
    for signature in signatures:
        _judge(signature, findings)
    if words is Words.CHANGED:
        findings.error(
            "paper_words_changed",
            "chữ trên văn bản",
            _WORDS[words],
            "Không dùng bản này; xin lại bản gốc hoặc lập lại văn bản.",
        )
    if words is Words.UNKNOWN:
        findings.note(
            "paper_not_ours",
            "chữ trên văn bản",
            _WORDS[words],
            "Đối chiếu bằng mã nội dung ở chân trang, nếu có.",
        )
    elif shown.additions:
        findings.warning(
            "paper_additions",
            "tệp PDF",
            f"Tệp có thứ mà chương trình không đưa vào: {'; '.join(shown.additions)}.",
            "Xem kỹ từng trang, hoặc dùng bản gốc.",
        )
    code = ours.code if ours else ""
    bound = ours.binding if ours else None
    places = empty_fields(pdf)
    return PaperCheck(shown.pages, words, signatures, places, code, bound, findings.as_tuple())


def _words(shown: Printed, ours: Carried | None) -> Words:
    if ours is None or shown.letters is None:
        return Words.UNKNOWN
    label = "".join(CODE.split())
    foot = "".join(shown.asides.split())
    other_code = label in foot and f"{label}{ours.code}" not in foot
    if other_code or letters_digest([shown.letters]) != ours.letters:
        return Words.CHANGED
    return Words.AS_MADE


def _judge(signature: SignatureFound, findings: Findings) -> None:
    place = f"chữ ký {signature.holder or signature.field}"
    if not signature.readable:
        findings.error(
            "signature_unreadable",
            place,
            "Không đọc được chữ ký số này: bị hỏng, hoặc thuộc loại không được hỗ trợ.",
            "Mở bằng phần mềm ký số của cơ quan, hoặc xin lại bản đã ký.",
        )
    elif not signature.intact:
        findings.error(
            "signature_broken",
            place,
            "Chữ ký số không còn hợp lệ: nội dung đã ký bị sửa, hoặc chữ ký bị thay.",
            "Không dùng bản này; xin lại bản đã ký.",
        )
    elif signature.change is Change.ALTERED:
        findings.error(
            "signature_changed_after",
            place,
            "Văn bản đã bị sửa sau khi ký.",
            "Không dùng bản này; xin lại bản đã ký.",
        )
    if signature.readable and not signature.certificate_was_valid:
        findings.warning(
            "signature_certificate_not_valid",
            place,
            "Chứng thư số không có hiệu lực vào thời điểm ký, hoặc chữ ký không ghi thời điểm.",
            "Hỏi lại người ký; ký lại bằng chứng thư số còn hiệu lực.",
        )


def _signature_line(signature: SignatureFound) -> str:
    if not signature.readable:
        return f"Chữ ký ở chỗ {signature.field}: không đọc được."
    if signature.holds:
        judged = "hợp lệ"
    elif signature.intact:
        judged = "văn bản đã bị sửa sau khi ký"
    else:
        judged = "không hợp lệ"
    further = "; sau đó chỉ có thêm chữ ký" if signature.change is Change.SIGNED_ON else ""
    when = f", ký {_time(signature.when)}" if signature.when else ""
    return (
        f"Chữ ký của {signature.holder}{when}: {judged}{further if signature.holds else ''}. "
        f"Nơi cấp chứng thư số: {signature.issuer}."
    )


def _time(when: dt.datetime) -> str:
    local = when.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def _refused(path: Path, message: str) -> UserError:
    remedy = "Kiểm tra tên tệp, quyền đọc, rồi chọn lại."
    return UserError([Finding("paper_not_read", Severity.ERROR, path.name, message, remedy)])
