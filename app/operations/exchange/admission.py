"""Whether a package may be taken in here: from whom, about what, into which state of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.exchange import ExchangedPackage, Sender
from app.domain.snapshot import Unit
from app.domain.year import PeriodState, RoundStage, RoundState
from app.exchange.packages import KIND_RULES, Contents, Kind
from app.ground.findings import Finding, Severity
from app.ground.text import same_words
from app.operations.exchange.merging import Merge
from app.operations.exchange.recompute import Recompute
from app.operations.exchange.register import SENT, Age, age_words
from app.operations.exchange.rights import OFFICE_HANDS, Scope
from app.operations.exchange.rows import Key, Rows
from app.operations.loading import PackSet
from app.operations.workspace.desk import Desk
from app.persistence import books

_LEADING: Final = frozenset({Kind.CRITERIA_TABLE, Kind.FOR_APPRAISAL, Kind.FINAL_RESULT})
_BRINGS_TABLES: Final = _LEADING | {Kind.RULE_PACK}
_ANSWERS: Final = frozenset({Kind.APPRAISAL, Kind.FIGURES_SUPPLY})


class Admission:
    """What stands in the way of one package in one year."""

    def __init__(
        self, desk: Desk, contents: Contents, scope: Scope, ours: Rows, packs: PackSet | None
    ) -> None:
        self._desk = desk
        self._contents = contents
        self._head = contents.head
        self._scope = scope
        self._ours = ours
        self._packs = packs
        self._register = desk.workspace.read(books.PACKAGES)
        self._own = self._own_scopes()

    def _own_scopes(self) -> list[Scope]:
        """What this workspace sent itself in this year, and therefore answers for."""
        found = []
        for package in self._register:
            kind = Kind(package.kind)
            same = kind is self._head.kind or (kind in _LEADING and self._head.kind in _LEADING)
            if package.direction != SENT or package.period != self._desk.period or same:
                continue
            found.append(
                Scope(kind, self._scope.hands, package.about, package.cluster, self._scope.members)
            )
        return found

    def is_ours(self, key: Key) -> bool:
        """Whether only this workspace may change a row, having sent it out as its own."""
        hand = self._scope.hand(key)
        for scope in self._own:
            match scope.kind:
                case Kind.SELF_SCORE if scope.covers(key):
                    return True
                case Kind.APPRAISAL if hand in OFFICE_HANDS:
                    return True
                case Kind.FOR_APPRAISAL | Kind.FINAL_RESULT if hand == "leader":
                    return True
        return False

    # ------------------------------------------------------------- problems

    def problems(
        self, merge: Merge, age: Age, before: Sequence[ExchangedPackage], name: str
    ) -> tuple[Finding, ...]:
        """Everything that stands in the way, and what an officer should know besides."""
        return (
            *self._about_age(age, before, name),
            *self._about_year(name),
            *self._about_sender(name),
            *self._about_answer(name),
            *self._about_tables(name),
            *self._about_rounds(merge),
            *self._about_beyond(merge, name),
        )

    def about_result(
        self, again: Recompute | None, name: str, *, complete: bool
    ) -> tuple[Finding, ...]:
        """Where scoring again does not give the sender's result.

        Where the package's own figures must give it that stands in the way; where the figures of
        this year have their part in it, it is told.
        """
        if again is None or again.agrees:
            return ()
        severity = Severity.ERROR if complete else Severity.WARNING
        remedy = (
            "Cập nhật chương trình ở cả hai nơi rồi lập lại gói."
            if complete
            else "Số liệu của sổ này có thể đã đổi sau khi gửi; gửi lại sau khi nhận."
        )
        return (Finding("package_recompute_differs", severity, name, again.sentence, remedy),)

    def _about_age(
        self, age: Age, before: Sequence[ExchangedPackage], name: str
    ) -> Iterator[Finding]:
        if age is Age.OLDER:
            yield _error(
                "package_older",
                name,
                age_words(age, before),
                "Dùng gói mới nhất; nếu cần lại số liệu cũ thì đề nghị nơi gửi lập gói mới.",
            )

    def _about_year(self, name: str) -> Iterator[Finding]:
        year, stated = self._desk.year, self._head.year
        if stated is not None and (stated.start, stated.end) != (year.start, year.end):
            yield _error(
                "package_other_year",
                name,
                f"Gói là của năm {stated.name} ({stated.start:%d/%m/%Y} - {stated.end:%d/%m/%Y}), "
                f"không phải năm {year.name}.",
                "Mở đúng năm thi đua rồi nhận gói.",
            )
        elif year.state is PeriodState.CLOSED:
            yield _error(
                "period_closed",
                f"Năm {year.name}",
                "Năm thi đua đã khóa sổ nên không nhận gói vào được.",
                "Mở lại sổ (có lý do) trước khi nhận.",
            )

    def _about_sender(self, name: str) -> Iterator[Finding]:
        units = self._desk.units
        kind = self._head.kind
        unit = self._sending_unit(units)
        words = f"{self._head.sender.name}, {name}"
        if kind is Kind.SELF_SCORE:
            about = units.get(self._scope.unit)
            if about is None:
                yield _error(
                    "package_unit_unknown",
                    words,
                    "Gói tự chấm của một đơn vị không có trong năm này.",
                    "Kiểm tra lại gói, hoặc thêm đơn vị vào năm thi đua trước.",
                )
            elif unit is None or unit.id != about.id:
                yield _error(
                    "package_sender_not_unit",
                    words,
                    f"Nơi gửi không phải là {about.name} nên không gửi thay được.",
                    f"Nếu đúng là khóa của {about.name}: xác nhận lại khóa và gắn với đơn vị.",
                )
        elif unit is not None and (kind not in _LEADING or not unit.roles & {"leader", "deputy"}):
            yield _error(
                "package_sender_not_entitled",
                words,
                f"{unit.name} không phải là nơi gửi loại gói “{KIND_RULES[kind].title}”.",
                "Kiểm tra nơi gửi và vai trò của đơn vị trong năm này.",
            )

    def _sending_unit(self, units: dict[str, Unit]) -> Unit | None:
        """The unit of this year that the sender is: bound to its key, or of the same name."""
        senders: list[Sender] = [
            sender
            for sender in self._desk.workspace.read(books.SENDERS)
            if same_words(sender.name, self._head.sender.name) and not sender.retired
        ]
        bound = [sender.unit for sender in senders if sender.unit]
        if bound:
            return units.get(bound[0] or "")
        same = [u for u in units.values() if same_words(u.name, self._head.sender.name)]
        return same[0] if same else None

    def _about_answer(self, name: str) -> Iterator[Finding]:
        kind, answers = self._head.kind, self._head.answers
        if kind not in _ANSWERS:
            return
        if answers is None or all(package.digest != answers for package in self._register):
            yield _error(
                "package_answer_unknown",
                name,
                f"Gói “{KIND_RULES[kind].title}” không trả lời gói nào của sổ này.",
                "Kiểm tra lại: gói có thể của cụm, khối khác, hoặc sổ đã khôi phục bản sao lưu cũ.",
            )

    def _about_tables(self, name: str) -> Iterator[Finding]:
        if self._packs is None or self._head.kind in _BRINGS_TABLES or not self._head.packs:
            return
        ours = {pack.digest for pack in self._packs.all}
        other = [stated for stated in self._head.packs if stated.digest not in ours]
        if other:
            listed = ", ".join(f"{stated.id} {stated.version}" for stated in other)
            yield _error(
                "package_other_table",
                name,
                f"Gói chấm theo bảng tiêu chí khác với bảng của năm này: {listed}.",
                "Gửi bảng tiêu chí đang dùng cho nơi gửi để chấm và gửi lại.",
            )

    def _about_rounds(self, merge: Merge) -> Iterator[Finding]:
        """A round that was accepted or sealed here is opened here before others change it."""
        if self._head.kind in _LEADING:
            return
        stages: dict[tuple[str, str], RoundState] = {
            (key[1], key[2]): value[0]
            for key, value in self._ours.items()
            if key[0] == books.ROUND_STATES.name and value
        }
        touched = {
            (key[1], key[3])
            for key in (*merge.changes, *merge.conflicts)
            if key[0] == books.ENTRIES.name
        }
        units = self._desk.units
        for unit, round_id in sorted(touched & stages.keys()):
            stage = stages[unit, round_id].stage
            sealed = stage is RoundStage.SEALED
            if sealed or (stage is RoundStage.ACCEPTED and self._head.kind is Kind.SELF_SCORE):
                yield _error(
                    "round_sealed" if sealed else "round_accepted",
                    units[unit].name if unit in units else unit,
                    f"Gói sửa điểm của vòng chấm đã {'chốt' if sealed else 'được chấp nhận'}.",
                    f"{'Mở lại' if sealed else 'Trả lại'} vòng chấm (có lý do) trước khi nhận.",
                )

    def _about_beyond(self, merge: Merge, name: str) -> Iterator[Finding]:
        if merge.beyond:
            yield Finding(
                "package_beyond_kind",
                Severity.WARNING,
                name,
                f"Gói có {len(merge.beyond)} mục mà nơi gửi không được sửa ở sổ này.",
                "Xem danh sách; hỏi lại nơi gửi, hoặc nhận phần còn lại và bỏ các mục này.",
            )


def _error(code: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, place, message, remedy)
