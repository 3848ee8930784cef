"""How faults of packages are told: the package's name, the place inside it, what to do."""

from __future__ import annotations

from typing import Final

from app.ground.findings import Finding, Severity, UserError

SEND_AGAIN: Final = "Không dùng gói này. Đề nghị nơi gửi xuất và gửi lại gói."
COPY_AGAIN: Final = "Chép lại tệp từ bản gốc; nếu vẫn lỗi, đề nghị nơi gửi xuất lại gói."


def refusal(code: str, place: str, message: str, remedy: str) -> UserError:
    """A ``UserError`` with one finding."""
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])


def shown(text: object) -> str:
    """A foreign text inside a sentence: short, on one line, nothing that turns or hides it."""
    return "".join(c if c.isprintable() else "␣" for c in str(text)[:60])
