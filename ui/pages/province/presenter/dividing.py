"""Who appraises what: the shares in rows, what is left to nobody, where two would meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.text import composed, same_words
from ui.pages.province.presenter.book import ProvinceBook
from ui.runner import Progress

if TYPE_CHECKING:
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.readings import Told
    from app.operations.province.shares import Gap
    from app.operations.workspace.desk import Done
    from app.scoring.division import Share

_ALL_CLUSTERS: Final = "Mọi cụm, khối"
_ALL_CRITERIA: Final = "Mọi tiêu chí"
_LISTED: Final = 12
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A person's share in words, with how much of it is done."""

    at: int
    appraiser: str
    clusters: str
    criteria: str
    cells: int
    judged: int
    told: tuple[str, ...]


class Dividing:
    """The division of the year, read from what was gathered."""

    def __init__(self, book: ProvinceBook) -> None:
        self._book = book

    @property
    def shares(self) -> tuple[Share, ...]:
        """Who has what."""
        return self._book.shares

    @property
    def rows(self) -> tuple[ShareRow, ...]:
        """The shares, in the order in which they were kept."""
        from app.operations.province.shares import share_lines

        view = self._book.view
        if view is None:
            return ()
        return tuple(
            ShareRow(
                at,
                line.share.appraiser,
                self._cluster_words(line.share.clusters),
                self._criteria_words(line.share.criteria),
                line.cells,
                line.judged,
                tuple(self._told(line.share, line.cells, line.judged)),
            )
            for at, line in enumerate(share_lines(view, self.shares))
        )

    @property
    def sentence(self) -> str:
        """How much is left to nobody, and where; empty where all is given."""
        found = self._gaps()
        if not found:
            return ""
        names = [one.cluster.name for one in found]
        listed = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else ".")
        cells = sum(one.cells for one in found)
        return f"{cells} ô chưa giao cho ai, ở {len(names)} cụm, khối: {listed}"

    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters of the list, by id and name."""
        view = self._book.view
        return tuple((x.cluster.id, x.cluster.name) for x in (view.lines if view else ()))

    def sections(self, also: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
        """The sections that can be given, by code and in words; ``also`` are further codes that a
        share names already.
        """
        from app.operations.province.shares import section_choices

        view = self._book.view
        found = {
            one.code: f"{one.code}. {one.title}"
            for one in (section_choices(view) if view is not None else ())
        }
        return tuple((found | {code: code for code in also if code not in found}).items())

    def fault(self, wanted: Share, before: Share | None) -> str:
        """Why a share cannot stand beside the others; empty where it can."""
        from app.operations.province.shares import meetings

        others = [one for one in self.shares if one != before]
        if any(same_words(one.appraiser, wanted.appraiser) for one in others):
            return f"{wanted.appraiser} đã có phần việc. Sửa phần việc đó."
        for one in others:
            for met in meetings([one, wanted]):
                where = self._cluster_words(met.clusters)
                what = self._criteria_words(met.criteria)
                return f"Trùng với {one.appraiser}: {where}, {what}. Mỗi ô chỉ giao một người."
        return ""

    # ------------------------------------------------------------- acting

    def keep(self, wanted: Share, before: Share | None, then: Callable[[Done], object]) -> None:
        """Gives a share to somebody, in the place of another one or beside the others."""
        shares = [wanted if one == before else one for one in self.shares]
        self._set(shares if before is not None else [*shares, wanted], then)

    def remove(self, appraiser: str, then: Callable[[Done], object]) -> None:
        """Takes a person's share back."""
        self._set([one for one in self.shares if one.appraiser != appraiser], then)

    def _set(self, shares: Sequence[Share], then: Callable[[Done], object]) -> None:
        def verb(desk: ProvinceDesk, _told: Told) -> Done:
            from app.operations.province.dividing import set_division

            return set_division(desk, shares)

        self._book.act("Phân công thẩm định", verb, then)

    def copy_for(self, appraiser: str, folder: Path, then: Callable[[str], None]) -> None:
        """Copies what a person appraises into a folder; ``then`` hears what was copied."""

        def work(desk: ProvinceDesk, progress: Progress) -> str:
            from app.operations.province.dividing import copy_for

            progress.settle(f"Chép sổ cho {appraiser}")
            there = copy_for(desk, appraiser, folder)
            words = f"Đã chép {len(there)} sổ cụm, khối cho {appraiser} vào “{folder.name}”."
            return (
                f"{words} Người thẩm định mở thư mục này ở trang Toàn tỉnh trên máy của mình, "
                "chấm xong thì gửi về Sở ở thẻ Gửi, trả."
            )

        self._book.read(f"Chép sổ cho {appraiser}", work, then)

    # ------------------------------------------------------------- words

    def _told(self, share: Share, cells: int, judged: int) -> Iterator[str]:
        yield f"{self._cluster_words(share.clusters)}; {self._criteria_words(share.criteria)}."
        yield f"Có {cells} ô trong các kết quả đã nhận, Sở đã thẩm định {judged}."
        gaps = self._gaps()
        if gaps:
            yield "Chưa giao cho ai:"
        for one in gaps:
            codes = ", ".join(one.codes[:_LISTED]) + (", …" if len(one.codes) > _LISTED else "")
            yield f"• {one.cluster.name}: {one.cells} ô ở tiêu chí {codes}"

    def _gaps(self) -> tuple[Gap, ...]:
        from app.operations.province.shares import gaps

        view = self._book.view
        return gaps(view, self.shares) if view is not None else ()

    def _cluster_words(self, clusters: Sequence[str]) -> str:
        names = dict(self.clusters())
        return ", ".join(names.get(key, key) for key in clusters) or _ALL_CLUSTERS

    def _criteria_words(self, criteria: Sequence[str]) -> str:
        if not criteria:
            return _ALL_CRITERIA
        titles = dict(self.sections())
        return "; ".join(titles.get(code, f"Tiêu chí {code}") for code in criteria)


def share_of(appraiser: str, clusters: Sequence[str], criteria: Sequence[str]) -> Share:
    """A share as it was typed and ticked; nothing ticked means all."""
    from app.scoring.division import Share

    return Share(composed(" ".join(appraiser.split())), tuple(clusters), tuple(criteria))
