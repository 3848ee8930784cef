"""What leaves the department: appraisals to the clusters, tables and blank forms to all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from ui.flows.own_key import OwnKey
from ui.pages.province.presenter.book import ProvinceBook
from ui.runner import Progress
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.exchange.sending import Sent
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.readings import Told
    from app.operations.province.returning import Return, ReturnLine
    from app.operations.province.sending import RulesLine
    from app.operations.province.view import ProvinceView

NONE: Final = "–"
_TONES: Final = {
    "not_sent": Tone.NEUTRAL,
    "late": Tone.ERROR,
    "unreadable": Tone.ERROR,
    "waiting": Tone.WAITING,
    "again": Tone.WAITING,
    "returned": Tone.GOOD,
    "final": Tone.GOOD,
}
_WORDS: Final = {
    "not_sent": "Chưa gửi",
    "late": "Trễ hạn, chưa gửi",
    "final": "Kết quả cuối cùng",
}
_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class Post:
    """Where every cluster stands. ``table`` names the department's own tables; empty where it has
    none, and then nothing is known of who works by them.
    """

    returns: tuple[ReturnLine, ...] = ()
    rules: tuple[RulesLine, ...] = ()
    table: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A cluster: what came, how far its appraisal is, what went; ``told`` says it in sentences."""

    at: int
    cluster: str
    name: str
    came: str
    handed_in: str
    going: str
    tone: Tone
    went: str
    rules: str
    told: tuple[str, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A cluster that something can be sent to; ``wanted``: it is chosen at first."""

    cluster: str
    words: str
    can: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written: a sentence that names who is missing, the folder, what was refused."""

    sentence: str
    folder: Path
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnWish:
    """How appraisals go: by whose name, to whom (empty: the leading units), what goes along."""

    clusters: tuple[str, ...]
    sender: str
    recipient: str = ""
    papers: bool = True
    hand_in: bool = False
    note: str = ""


class Posting:
    """Signs and writes packages out of the department's folder."""

    def __init__(self, book: ProvinceBook, key: OwnKey) -> None:
        self._book, self.key = book, key
        self.post = Post()

    def look(self, then: Callable[[], None]) -> None:
        """Reads where every cluster stands."""
        view = self._book.view
        if view is None:
            return

        def work(desk: ProvinceDesk, _progress: Progress) -> Post:
            from app.operations.exchange.sending import sender_name
            from app.operations.province.returning import return_lines
            from app.operations.province.sending import rules_taken
            from app.operations.workspace.desk import packs_of

            returns = return_lines(view)
            try:
                sender = sender_name(desk.desk.workspace)
            except UserError:
                sender = _last_sender(view)
            try:
                packs = packs_of(desk.desk).all
                table = ", ".join(f"{p.rules.title} (phiên bản {p.rules.version})" for p in packs)
                return Post(returns, rules_taken(desk, view.readings), table, sender)
            except UserError:
                return Post(returns, (), "", sender)

        def found(post: Post) -> None:
            self.post = post
            then()

        self._book.read("Xem đã gửi, đã trả những gì", work, found)

    # ------------------------------------------------------------- what it says

    @property
    def rows(self) -> tuple[PostRow, ...]:
        """All clusters, in the order of the list."""
        rules = {one.cluster.id: one for one in self.post.rules}
        return tuple(
            _row(at, line, rules.get(line.cluster.id)) for at, line in enumerate(self.post.returns)
        )

    @property
    def sentence(self) -> str:
        """How many appraisals wait to go."""
        lines = self.post.returns
        due = sum(one.due for one in lines)
        missing = sum(not one.can_go for one in lines)
        words = f"{due} cụm, khối chờ trả kết quả thẩm định" if due else "Không có gì chờ trả"
        return f"{words}; {missing} cụm, khối chưa gửi kết quả." if missing else f"{words}."

    def return_choices(self) -> tuple[Choice, ...]:
        """Whom an appraisal can go to; those that wait for one are chosen."""
        return tuple(
            Choice(one.cluster.id, f"{one.cluster.name}: {_state(one)}", one.can_go, one.due)
            for one in self.post.returns
        )

    def rules_choices(self) -> tuple[Choice, ...]:
        """Whom the tables can go to; those that do not work by them yet are chosen."""
        from app.operations.province.sending import TAKEN_WORDS

        return tuple(
            Choice(
                one.cluster.id,
                f"{one.cluster.name}: {TAKEN_WORDS[one.taken]}",
                True,
                one.taken.value != "used",
            )
            for one in self.post.rules
        )

    @property
    def open_units(self) -> int:
        """Of how many units the department's round is not handed in."""
        return sum(len(one.open_units) for one in self.post.returns if one.can_go)

    # ------------------------------------------------------------- going

    def return_all(
        self,
        wish: ReturnWish,
        passphrase: str,
        folder: Path,
        then: Callable[[Outcome], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Returns the appraisals that were chosen, in one act; who cannot get one is named."""

        def verb(desk: ProvinceDesk, told: Told) -> Outcome:
            from app.operations.province.returning import return_appraisals
            from app.operations.workspace.desk import today

            signing = self.key.opened(passphrase)
            found = return_appraisals(
                desk,
                wish.clusters,
                signing,
                wish.sender,
                folder,
                recipient=wish.recipient,
                papers=wish.papers,
                note=wish.note,
                hand_in=today() if wish.hand_in else None,
                told=told,
            )
            self.key.remember(signing.public)
            return _returned(found, self.post.returns, folder)

        self._book.act("Trả kết quả thẩm định", verb, then, failed)

    def send_rules(
        self,
        clusters: Sequence[str],
        sender: str,
        note: str,
        forms: bool,
        passphrase: str,
        folder: Path,
        then: Callable[[Outcome], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Sends the department's tables, with blank forms of the units that are known."""
        view = self._book.view
        readings = view.readings if view is not None and forms else ()

        def verb(desk: ProvinceDesk, _told: Told) -> Outcome:
            from app.operations.province.sending import send_rules

            signing = self.key.opened(passphrase)
            sent = send_rules(
                desk, signing, sender, folder, clusters=clusters, readings=readings, note=note
            )
            self.key.remember(signing.public)
            return Outcome(_sent_words(sent, folder), folder)

        self._book.act("Gửi bảng tiêu chí", verb, then, failed)


def _last_sender(view: ProvinceView) -> str:
    """In whose name the last package went to a cluster."""
    sent = [p for one in view.readings for p in one.packages if p.direction == "sent"]
    return max(sent, key=lambda one: one.made).sender if sent else ""


def _row(at: int, line: ReturnLine, rules: RulesLine | None) -> PostRow:
    from app.operations.province.sending import TAKEN_WORDS

    done = line.units - len(line.open_units)
    return PostRow(
        at=at,
        cluster=line.cluster.id,
        name=line.cluster.name,
        came=_day(line.last_came),
        handed_in=f"{done}/{line.units} đơn vị" if line.units else NONE,
        going=_WORDS.get(line.going.value) or line.words[:1].upper() + line.words[1:],
        tone=_TONES[line.going.value],
        went=_day(line.last_went),
        rules=TAKEN_WORDS[rules.taken].capitalize() if rules is not None else NONE,
        told=tuple(_told(line, rules)),
        there=line.can_go,
    )


def _day(day: dt.date | None) -> str:
    return NONE if day is None else f"{day:%d/%m/%Y}"


def _told(line: ReturnLine, rules: RulesLine | None) -> Iterator[str]:
    if not line.can_go:
        yield "Sở chưa nhận gói kết quả nào của cụm, khối này nên chưa có gì để trả."
    if line.came > 1:
        yield f"Cụm, khối đã gửi kết quả {line.came} lần."
    if line.went:
        yield f"Sở đã trả kết quả thẩm định {line.went} lần."
    if line.going.value == "final":
        yield "Cụm, khối đã có kết quả cuối cùng; không cần trả nữa."
    elif line.corrected:
        yield "Sau lần trả trước, cụm, khối đã gửi kết quả mới: cần trả lại."
    if line.judged and line.due:
        yield "Sau lần trả trước, kết quả ở đây đã thay đổi: cần trả lại."
    if line.open_units:
        listed = ", ".join(line.open_units[:_LISTED])
        more = ", …" if len(line.open_units) > _LISTED else ""
        yield f"Chưa nộp vòng thẩm định của {len(line.open_units)} đơn vị: {listed}{more}."
    if rules is not None:
        yield f"Bảng tiêu chí: {rules.sentence.partition(': ')[2]}."


def _state(line: ReturnLine) -> str:
    words = line.words
    if line.can_go and line.open_units:
        words += f"; {len(line.open_units)} đơn vị chưa nộp vòng thẩm định"
    return words


def _returned(found: Sequence[Return], lines: Sequence[ReturnLine], folder: Path) -> Outcome:
    gone = [one for one in found if one.sent is not None]
    handed = sum(one.handed_in for one in gone)
    parts = []
    if gone:
        parts.append(f"Đã ghi {len(gone)} gói thẩm định vào thư mục “{folder.name}”")
        parts[-1] += f", nộp vòng thẩm định của {handed} đơn vị." if handed else "."
    missing = [f"{x.cluster.name} ({x.words})" for x in lines if not x.can_go]
    if missing:
        parts.append(f"Chưa trả được: {', '.join(missing)}.")
    failed = [one.cluster.name for one in found if one.sent is None]
    if failed:
        parts.append(f"Vướng ở: {', '.join(failed)}.")
    told = [f for one in gone if one.sent is not None for f in one.sent.done.findings]
    refused = [finding for one in found for finding in one.refused]
    return Outcome(" ".join(parts), folder, (*refused, *told))


def _sent_words(sent: Sequence[Sent], folder: Path) -> str:
    forms = sum(len(one.contents.files) for one in sent)
    words = f"Đã ghi {len(sent)} gói bảng tiêu chí vào thư mục “{folder.name}”"
    return f"{words}, kèm {forms} phiếu trống." if forms else f"{words}."
