"""Several appraisers: who looks at what, and a copy for each.

The division lies in the department's own workspace. Each appraiser works in a copy of the folder
and sends back packages of the kind "Thẩm định", one for each cluster (``returning``); they are put
together as they are taken in. Cells of different people never meet; the same cell scored
differently is a conflict that is decided one by one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.domain.year import Setting
from app.ground.findings import Finding, Findings, Severity, UserError
from app.ground.text import composed, same_words
from app.operations.province.folder import CLUSTERS, OWN, ProvinceDesk, at_cluster
from app.operations.province.readings import ClusterReading
from app.operations.workspace.desk import Done, done, open_year_of, refusal
from app.persistence import books, faults
from app.scoring.division import Share, overlapping, uncovered

_KEY: Final = "province.division."
_LEFT_OUT: Final = ("lock", "backups")
_LISTED: Final = 12


def set_division(
    province: ProvinceDesk, shares: Sequence[Share], readings: Sequence[ClusterReading] = ()
) -> Done:
    """Keeps who appraises what in this year; an empty list takes the division back.

    Raises ``UserError`` where two people would appraise the same cell, a person is named twice or
    a cluster is not listed. ``readings`` are the clusters that have sent: what nobody appraises
    of them is told.
    """
    desk = province.desk
    open_year_of(desk)
    clean = [Share(composed(one.appraiser).strip(), one.clusters, one.criteria) for one in shares]
    _refuse(province, clean)
    prefix = f"{_KEY}{desk.period}."
    there = [s.key for s in desk.workspace.read(books.SETTINGS) if s.key.startswith(prefix)]
    kept = [Setting(prefix + one.appraiser, _text(one)) for one in clean]
    words = "; ".join(share_words(province, one) for one in clean) or "bỏ phân công"
    with desk.act("division.set", f"Phân công thẩm định: {words}") as change:
        changed = change.put(books.SETTINGS, *kept)
        for key in set(there) - {one.key for one in kept}:
            changed += change.remove(books.SETTINGS, key)
    return done(change, changed, _left(clean, readings))


def division(province: ProvinceDesk) -> tuple[Share, ...]:
    """Who appraises what in this year."""
    prefix = f"{_KEY}{province.desk.period}."
    return tuple(
        _share(one.key.removeprefix(prefix), one.value)
        for one in province.desk.workspace.read(books.SETTINGS)
        if one.key.startswith(prefix)
    )


def share_of_appraiser(province: ProvinceDesk, appraiser: str) -> Share:
    """The share of one person; raises ``UserError`` with those that there are."""
    shares = division(province)
    for share in shares:
        if same_words(share.appraiser, appraiser):
            return share
    listed = ", ".join(share.appraiser for share in shares)
    raise refusal(
        "appraiser_unknown",
        appraiser[:80],
        "Chưa phân công thẩm định cho người này.",
        f"Đã phân công: {listed}." if listed else "Phân công thẩm định trước.",
    )


def share_words(province: ProvinceDesk, share: Share) -> str:
    """A share in words."""
    names = {cluster.id: cluster.name for cluster in province.clusters}
    where = ", ".join(names.get(key, key) for key in share.clusters) or "mọi cụm, khối"
    what = f"tiêu chí {', '.join(share.criteria)}" if share.criteria else "mọi tiêu chí"
    return f"{share.appraiser}: {where}, {what}"


def _text(share: Share) -> str:
    return f"{' '.join(share.clusters)}|{' '.join(share.criteria)}"


def _share(appraiser: str, text: str) -> Share:
    clusters, _, criteria = text.partition("|")
    return Share(appraiser, tuple(clusters.split()), tuple(criteria.split()))


def _refuse(province: ProvinceDesk, shares: Sequence[Share]) -> None:
    findings = Findings()
    known = {cluster.id for cluster in province.clusters}
    for place, share in enumerate(shares):
        if not share.appraiser:
            findings.error(
                "actor_missing",
                "Phân công",
                "Có phần việc chưa ghi người thẩm định.",
                "Ghi họ tên.",
            )
        if any(same_words(share.appraiser, other.appraiser) for other in shares[:place]):
            findings.error(
                "appraiser_repeated",
                share.appraiser,
                "Một người được phân công hai lần.",
                "Gộp các phần việc của một người vào một dòng.",
            )
        for key in share.clusters:
            if key not in known:
                findings.error(
                    "facts_unknown_cluster",
                    share.appraiser,
                    f"Không có cụm, khối “{key[:80]}” trong danh sách của tỉnh.",
                    "Các cụm, khối: " + ", ".join(sorted(known)) + ".",
                )
    for one, two in overlapping(shares):
        findings.error(
            "division_overlaps",
            f"{one.appraiser}, {two.appraiser}",
            "Hai người cùng thẩm định một số ô.",
            "Chia lại theo cụm, khối hoặc theo tiêu chí để mỗi ô chỉ có một người.",
        )
    if findings.errors:
        raise UserError(findings)


def _left(shares: Sequence[Share], readings: Sequence[ClusterReading]) -> Iterator[Finding]:
    """What nobody appraises, cluster by cluster."""
    if not shares:
        return
    for reading in readings:
        if reading.year is None:
            continue
        units = reading.year.assessment.units.values()
        codes = dict.fromkeys(code for unit in units for code in unit.card.criteria)
        free = [code for _, code in uncovered(shares, [(reading.cluster.id, c) for c in codes])]
        if free:
            listed = ", ".join(free[:_LISTED]) + (" …" if len(free) > _LISTED else "")
            yield Finding(
                "division_leaves_out",
                Severity.WARNING,
                reading.cluster.name,
                f"Chưa phân công thẩm định {len(free)} tiêu chí: {listed}.",
                "Phân công nốt, hoặc để trống nếu không cần thẩm định.",
            )


# ---------------------------------------------------------------------- copies
def copy_for(province: ProvinceDesk, appraiser: str, folder: Path) -> tuple[str, ...]:
    """Copies the department's folder with the clusters of one person's share into a new folder.

    Returns the clusters that went along. Raises ``UserError`` where nothing was assigned to the
    person, the folder has something in it, or the medium refuses.
    """
    share = share_of_appraiser(province, appraiser)
    with faults.told_in_words(folder.name):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise refusal(
                "folder_not_empty",
                folder.name,
                "Thư mục đã có nội dung nên không chép sổ vào đây.",
                "Chọn thư mục trống.",
            )
        wanted = share.clusters or tuple(one.id for one in province.clusters)
        there = [key for key in wanted if province.is_there(key)]
        left_out = shutil.ignore_patterns(*_LEFT_OUT)
        shutil.copytree(province.folder / OWN, folder / OWN, ignore=left_out)
        (folder / CLUSTERS).mkdir()
        for key in there:
            with at_cluster(province, key):  # so that nobody writes into it meanwhile
                shutil.copytree(province.place(key), folder / CLUSTERS / key, ignore=left_out)
    return tuple(there)
