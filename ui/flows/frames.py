"""Frames of points to choose from: what each is, where it comes from, whether it is whole.

Without Qt. Told so that the officer knows what he picks: a decree, a lecture, an example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final

from app.ground.findings import UserError
from app.ground.numbers import vietnamese
from app.operations.loading import load_pack, shipped_packs
from app.reports.choices import choice_words, note_words
from app.rules.document import ChosenParameter, LoadedPack
from app.rules.pack import RulePack, Source

_TEACHING: Final = "teaching"
_KINDS: Final = {
    "lecture": "bài giảng, không phải căn cứ pháp lý",
    "example": "ví dụ của chương trình",
    "cluster": "bảng của một cụm, khối",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A kind of cluster that a text names; ``served`` is whether its table is made for it."""

    id: str
    title: str
    served: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule text leaves open: the answers, the one in force, and what there is to know."""

    id: str
    title: str
    note: str
    answers: tuple[tuple[bool | str | Fraction, str], ...]
    range: str
    default: bool | str | Fraction | None
    default_words: str

    @property
    def open(self) -> bool:
        """Whether nobody has answered it: the result stays provisional where it matters."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Frame:
    """A pack as a frame for a new cluster."""

    path: Path
    id: str
    title: str
    source: str
    dates: str
    points: str
    example: str
    incomplete: str
    note: str
    lecture: bool
    expired: bool
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...]
    leader: str
    deputy: str
    cluster: str
    digest: str = field(repr=False, default="")

    @property
    def kind(self) -> str:
        """What it is, in two or three words."""
        if self.lecture:
            return "Tài liệu giảng dạy"
        if self.example:
            return "Bảng ví dụ"
        return "Khung còn thiếu" if self.incomplete else "Khung điểm"

    def way_words(self, *, own_table: bool) -> str:
        """What it means to draft an own table from it, or to take it as it is."""
        if own_table:
            return (
                "Bảng riêng là bản thảo trong khung này: sửa tiêu chí, cách chấm ở trang Bảng "
                "tiêu chí rồi mới ban hành."
            )
        if self.incomplete:
            return "Khung này còn thiếu, dùng nguyên thì kết quả luôn là tạm tính."
        if self.example or self.lecture:
            return "Đây không phải bảng của cụm, khối nào có thật: chỉ nên dùng nguyên để thử."
        return "Bảng được dùng đúng như trong văn bản, không sửa gì."


def shipped_frames(today: dt.date) -> tuple[Frame, ...]:
    """The frames that come with the program: those of provinces first, then the examples."""
    frames: list[Frame] = []
    for folder in shipped_packs():
        if folder.parent.name == _TEACHING:
            continue
        try:
            pack = load_pack(folder)
        except UserError:
            continue
        if pack.rules.kind == "points":
            frames.append(frame_of(folder, pack, today))
    return tuple(sorted(frames, key=lambda f: (bool(f.example), f.lecture, f.title)))


def read_frame(file: Path, today: dt.date) -> Frame:
    """A frame from a file; raises ``UserError`` where it is none."""
    return frame_of(file, load_pack(file), today)


def frame_of(path: Path, pack: LoadedPack, today: dt.date) -> Frame:
    """A pack as a frame."""
    rules = pack.rules
    main = main_source(rules.sources)
    return Frame(
        path=path,
        id=rules.id,
        title=rules.title,
        source=_source_words(main),
        dates=_dates(main),
        points=_points(rules),
        example=rules.example or "",
        incomplete=rules.incomplete or "",
        note=rules.note or "",
        lecture=main is not None and main.kind == "lecture",
        expired=main is not None and main.until is not None and main.until < today,
        blocks=tuple(Block(b.id, b.title, b.served is True) for b in rules.blocks),
        questions=_questions(pack),
        leader=rules.vocabulary.leader,
        deputy=rules.vocabulary.deputy,
        cluster=rules.vocabulary.cluster,
        digest=pack.digest,
    )


def main_source(sources: Sequence[Source]) -> Source | None:
    """The text that a pack is made from: the first that is not the pack's own note."""
    own = [s for s in sources if s.kind not in ("example", "law")]
    return next(iter(own or sources), None)


def _source_words(source: Source | None) -> str:
    if source is None:
        return "Không nêu văn bản nguồn"
    number = f" số {source.number}" if source.number else ""
    day = f" ngày {source.date:%d/%m/%Y}" if source.date else ""
    kind = _KINDS.get(source.kind, "")
    words = f"{source.type}{number}{day}"
    if source.issuer and source.kind not in ("lecture", "example"):
        words += f", {source.issuer}"
    return f"{words} ({kind})" if kind else words


def _dates(source: Source | None) -> str:
    if source is None:
        return "Không nêu hiệu lực"
    since, until = source.since, source.until
    if since and until:
        return f"Hiệu lực từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}"
    if until:
        return f"Hiệu lực đến {until:%d/%m/%Y}"
    if since:
        return f"Hiệu lực từ {since:%d/%m/%Y}"
    if source.date_words:
        return f"Thời điểm: {source.date_words}"
    return "Không ghi thời hạn hiệu lực"


def _points(rules: RulePack) -> str:
    tops = [row for row in rules.criteria if "." not in row.code]
    known = [Fraction(row.max) for row in tops if row.max is not None]
    limit = rules.scoring.total_max if rules.scoring is not None else None
    if limit is None and not known:
        return "Chưa nêu thang điểm"
    total = sum(known, Fraction()) if limit is None else Fraction(limit)
    parts = " + ".join("?" if row.max is None else vietnamese(Fraction(row.max)) for row in tops)
    words = f"{vietnamese(total)} điểm"
    rest = total - sum(known, Fraction())
    if len(tops) < 2:
        return words
    more = f", thưởng {vietnamese(rest)}" if rest > 0 and len(known) == len(tops) else ""
    return f"{words} ({parts}{more})"


def _questions(pack: LoadedPack) -> tuple[Question, ...]:
    rounds = {r.id: r.title for r in pack.rules.rounds}
    asked = [_question(chosen, rounds) for chosen in pack.chosen.values()]
    return tuple(
        sorted((q for q in asked if q.range or len(q.answers) > 1), key=lambda q: not q.open)
    )


def _question(chosen: ChosenParameter, rounds: dict[str, str]) -> Question:
    parameter = chosen.parameter
    answers = tuple(
        (value, choice_words(value, rounds)) for value in map(_plain, parameter.allowed)
    )
    value = None if chosen.value is None else _plain(chosen.value)
    return Question(
        id=parameter.id,
        title=parameter.title,
        note=note_words(parameter.note),
        answers=answers,
        range="" if parameter.range is None else "số " + parameter.range.words(),
        default=value,
        default_words=choice_words(value, rounds),
    )


def _plain(value: object) -> bool | str | Fraction:
    return value if isinstance(value, bool | str) else Fraction(str(value))
