"""Several packages at a time: how each of them stands, which are ready, all taken in by one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ui.pages.province.presenter.arriving import Arriving, Need, Seen, Share
from ui.pages.province.presenter.taken import Taking
from ui.theme.tokens import Tone

_EARLY: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A package in the basket: what is to be done with it, or what it waits for."""

    file: Path
    cluster: str
    sender: str
    state: str
    tone: Tone
    ready: bool


class Basket:
    """The packages that were chosen, in the order in which they are taken in."""

    def __init__(self, arriving: Arriving, files: Iterable[Path]) -> None:
        self._arriving = arriving
        self.seen: tuple[Seen, ...] = tuple(
            Seen(file, Need.OPENING) for file in dict.fromkeys(files)
        )
        self.rule: bool | None = None
        """What holds for conflicts that nobody has decided: the package's, ours, or each apart."""

    def look(self, then: Callable[[], object], only: Callable[[Seen], bool] | None = None) -> None:
        """Looks at all, or those that may stand otherwise now."""
        wanted = [one for one in self.seen if only is None or only(one)]

        def found(answer: tuple[Seen, ...]) -> None:
            by_file = {one.file: one for one in answer}
            self._keep(by_file.get(one.file, one) for one in self.seen)
            then()

        self._arriving.look_again(wanted, found)

    def put(self, seen: Seen) -> None:
        """A package stands otherwise now."""
        self._keep(seen if one.file == seen.file else one for one in self.seen)

    def remove(self, file: Path) -> None:
        """Takes a package out of the basket; the file stays where it is."""
        self.seen = tuple(one for one in self.seen if one.file != file)

    def keep_only(self, files: Iterable[Path]) -> None:
        """What was taken in leaves the basket."""
        left = set(files)
        self.seen = tuple(one for one in self.seen if one.file in left)

    def of(self, file: Path) -> Seen | None:
        """The package of a file."""
        return next((one for one in self.seen if one.file == file), None)

    def _keep(self, seen: Iterable[Seen]) -> None:
        """A cluster's packages in the order in which they were made, the rest in its place."""
        listed = list(seen)
        places = {one.file: at for at, one in enumerate(listed)}
        first: dict[str, int] = {}
        for one in listed:
            first.setdefault(one.cluster or str(one.file), places[one.file])
        self.seen = tuple(
            sorted(
                listed,
                key=lambda one: (
                    first[one.cluster or str(one.file)],
                    one.made or _EARLY,
                    one.sequence,
                ),
            )
        )

    # ------------------------------------------------------------- what it says

    @property
    def rows(self) -> tuple[BasketRow, ...]:
        """All packages, in their order."""
        return tuple(self._row(one) for one in self.seen)

    @property
    def ready(self) -> tuple[Seen, ...]:
        """What can be taken in now; what came before is left out."""
        return tuple(one for one in self.seen if self._is_ready(one))

    def _is_ready(self, one: Seen) -> bool:
        decided = self.rule is not None or not one.open_conflicts
        return one.need is Need.NOTHING and not one.same and decided

    @property
    def sentence(self) -> str:
        """How many are ready, and how many wait."""
        ready = len(self.ready)
        waiting = sum(not one.same for one in self.seen) - ready
        words = f"{len(self.seen)} gói: {ready} sẵn sàng"
        return f"{words}, {waiting} còn vướng." if waiting else f"{words}."

    def _row(self, one: Seen) -> BasketRow:
        state, tone = self._state(one)
        return BasketRow(
            one.file, one.cluster or "–", one.sender or "–", state, tone, self._is_ready(one)
        )

    def _state(self, one: Seen) -> tuple[str, Tone]:
        match one.need:
            case Need.OPENING:
                return "Có khóa, cần mở trước", Tone.WAITING
            case Need.SENDER:
                return "Nơi gửi chưa xác nhận", Tone.WAITING
            case Need.CLUSTER:
                return "Chưa rõ của cụm, khối nào", Tone.WAITING
            case Need.REFUSED:
                return one.problems[0].message if one.problems else "Không nhận được", Tone.ERROR
        if one.same:
            return "Đã nhận trước đây", Tone.NEUTRAL
        if one.open_conflicts and self.rule is None:
            return f"{one.open_conflicts} mục hai bên cùng sửa, cần quyết định", Tone.WAITING
        if one.first:
            return "Lập sổ của cụm, khối từ gói này", Tone.GOOD
        changes = len(one.of(Share.CHANGE)) + len(one.of(Share.CONFLICT))
        words = f"{changes} thay đổi" if changes else "Không có gì thay đổi"
        remarks = len(one.problems) + len(one.of(Share.BEYOND))
        if remarks:
            return f"{words}; {remarks} điều cần xem trước", Tone.WAITING
        return words, Tone.GOOD

    # ------------------------------------------------------------- acting

    def take(self, then: Callable[[Taking], object]) -> None:
        """Takes in all that are ready."""
        ready: Sequence[Seen] = self.ready
        if ready:
            self._arriving.take(ready, then, self.rule)
