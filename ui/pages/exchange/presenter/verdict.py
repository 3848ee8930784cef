"""Whether a package may be trusted, in one sentence, and what comes next because of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.exchange.packages import KeyStanding, PackageStatus, SignatureState
from app.ground.text import same_words
from app.operations.exchange.looking import Look
from app.operations.exchange.register import Age
from ui.theme.tokens import Tone


class Trust(StrEnum):
    """How far a package may be trusted."""

    BROKEN = "broken"
    UNSIGNED = "unsigned"
    ALARM = "alarm"
    RETIRED = "retired"
    STRANGER = "stranger"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The trust, the sentence that says it, and its tone."""

    trust: Trust
    words: str
    tone: Tone


_BROKEN: Final = (
    "Gói không nguyên vẹn: tệp bị hỏng hoặc đã bị sửa sau khi ký, nên không nhận được. Đề nghị nơi "
    "gửi chép lại tệp."
)


def verdict_of(seen: Look, retired: str = "") -> Verdict:
    """What an officer needs to know before anything else.

    ``retired`` is why the key that signed is not trusted any more, where that was written down.
    """
    status = seen.status
    if not status.intact or status.head is None:
        return Verdict(Trust.BROKEN, _BROKEN, Tone.ERROR)
    head = f"Gói “{status.head.title}” của {status.head.sender.name}"
    if status.signature is not SignatureState.GOOD:
        words = f"{head} không có chữ ký số nên không biết ai lập; không nhận được."
        return Verdict(Trust.UNSIGNED, words, Tone.ERROR)
    if status.standing is KeyStanding.CHANGED:
        return Verdict(Trust.ALARM, _alarm(status), Tone.ERROR)
    if status.standing is not KeyStanding.KNOWN and retired:
        words = (
            f"{head} ký bằng khóa mà sổ này đã thôi dùng (lý do: {retired}), nên không nhận được. "
            "Nếu nơi gửi đã lập khóa mới thì đề nghị họ ký lại gói bằng khóa đó."
        )
        return Verdict(Trust.RETIRED, words, Tone.ERROR)
    if status.standing is not KeyStanding.KNOWN:
        words = (
            f"{head} nguyên vẹn, nhưng khóa ký chưa được xác nhận. Gọi điện cho "
            f"{status.head.sender.name}, nghe dấu khóa rồi gõ vào để xác nhận."
        )
        return Verdict(Trust.STRANGER, words, Tone.WAITING)
    return Verdict(Trust.KNOWN, _known(seen, head), _tone(seen))


def _alarm(status: PackageStatus) -> str:
    assert status.head is not None
    name, sender = status.head.sender.name, status.sender
    if sender is not None and not same_words(sender.name, name):
        why = f"ký bằng khóa đã xác nhận là của {sender.name}, nơi khác"
    else:
        since = f" ngày {sender.confirmed_on:%d/%m/%Y}" if sender is not None else ""
        why = f"ký bằng khóa khác với khóa đã xác nhận{since}"
    return (
        f"CẢNH BÁO: gói mang tên {name} nhưng {why}. Có thể gói bị giả mạo, nên không nhận được. "
        f"Gọi {name} theo số điện thoại đã biết từ trước, không gọi theo số ghi kèm gói."
    )


def _known(seen: Look, head: str) -> str:
    sender, made = seen.status.sender, seen.status.head
    assert sender is not None
    assert made is not None
    by = f"do {sender.confirmed_by} xác nhận khóa ngày {sender.confirmed_on:%d/%m/%Y}"
    about = f"số {made.sequence}, lập {made.made:%d/%m/%Y %H:%M}, {seen.extent}"
    words = f"{head} ({about}) nguyên vẹn, đúng chữ ký của nơi gửi ({by})."
    stops = [problem for problem in seen.problems if problem.is_error]
    if any(problem.code == "package_for_new_workspace" for problem in stops):
        return f"{words} Gói chứa cả một sổ làm việc: lập sổ mới trong một thư mục trống."
    if stops and seen.age is not Age.OLDER:
        return f"{words} Chưa nhận được: {stops[0].message}"
    return f"{words} {seen.age_words}".strip()


def _tone(seen: Look) -> Tone:
    stops = {problem.code for problem in seen.problems if problem.is_error}
    if stops == {"package_for_new_workspace"}:
        return Tone.GOOD
    if stops:
        return Tone.ERROR
    return Tone.INFO if seen.age is Age.SAME else Tone.GOOD
