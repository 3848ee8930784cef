"""Whether a package may be trusted, in one sentence: by its bytes, its signature and its key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.exchange.packages import KeyStanding, PackageStatus, SignatureState
from app.ground.text import same_words
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


def doubt_of(status: PackageStatus, retired: str = "") -> Verdict | None:
    """What keeps a package from being trusted; ``None`` where its sender is known by its key.

    ``retired`` is why the key that signed is not trusted any more, where that was written down.
    """
    if not status.intact or status.head is None:
        return Verdict(Trust.BROKEN, _BROKEN, Tone.ERROR)
    head = named(status)
    if status.signature is not SignatureState.GOOD:
        words = f"{head} không có chữ ký số nên không biết ai lập; không nhận được."
        return Verdict(Trust.UNSIGNED, words, Tone.ERROR)
    if status.standing is KeyStanding.CHANGED:
        return Verdict(Trust.ALARM, _alarm(status), Tone.ERROR)
    if status.standing is KeyStanding.KNOWN:
        return None
    if retired:
        words = (
            f"{head} ký bằng khóa mà sổ này đã thôi dùng (lý do: {retired}), nên không nhận được. "
            "Nếu nơi gửi đã lập khóa mới thì đề nghị họ ký lại gói bằng khóa đó."
        )
        return Verdict(Trust.RETIRED, words, Tone.ERROR)
    words = (
        f"{head} nguyên vẹn, nhưng khóa ký chưa được xác nhận. Gọi điện cho "
        f"{status.head.sender.name}, nghe dấu khóa rồi gõ vào để xác nhận."
    )
    return Verdict(Trust.STRANGER, words, Tone.WAITING)


def named(status: PackageStatus) -> str:
    """The package by its kind and its sender, as a sentence begins with it."""
    assert status.head is not None
    return f"Gói “{status.head.title}” của {status.head.sender.name}"


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
