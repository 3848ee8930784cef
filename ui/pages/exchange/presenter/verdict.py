"""What a package in sight comes to, in one sentence: its trust, its age, what stands in the way."""

from __future__ import annotations

from typing import Final

from app.operations.exchange.looking import Look
from app.operations.exchange.register import Age
from ui.flows.trust import Trust, Verdict, doubt_of, named
from ui.theme.tokens import Tone

TO_ANSWER: Final = "package_to_answer"


def verdict_of(seen: Look, retired: str = "") -> Verdict:
    """What an officer needs to know before anything else.

    ``retired`` is why the key that signed is not trusted any more, where that was written down.
    """
    doubt = doubt_of(seen.status, retired)
    if doubt is not None:
        return doubt
    return Verdict(Trust.KNOWN, _known(seen, named(seen.status)), _tone(seen))


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
    if any(problem.code == TO_ANSWER for problem in stops):
        return f"{words} Ghi số liệu vào bảng, rồi ký và gửi trả; sổ này không bị đổi gì."
    if stops and seen.age is not Age.OLDER:
        return f"{words} Chưa nhận được: {stops[0].message}"
    return f"{words} {seen.age_words}".strip()


def _tone(seen: Look) -> Tone:
    stops = {problem.code for problem in seen.problems if problem.is_error}
    if stops in ({"package_for_new_workspace"}, {TO_ANSWER}):
        return Tone.GOOD
    if stops:
        return Tone.ERROR
    return Tone.INFO if seen.age is Age.SAME else Tone.GOOD
