"""What one act took in, and what was taken back of it, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.ground.findings import Finding

if TYPE_CHECKING:
    from app.operations.province.batch import Outcome, Returned


@dataclass(frozen=True, slots=True)
class Taking:
    """What one act took in: a sentence, by cluster the operations, and what was refused; ``left``
    are the files that were not taken.
    """

    sentence: str
    operations: Mapping[str, tuple[int, ...]]
    refused: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any workspace was changed."""
        return bool(self.operations)


def taking_of(found: Sequence[Outcome]) -> Taking:
    """What became of the packages of one act."""
    taken: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    done = same = 0
    for one in found:
        if one.done is None or one.cluster is None:
            continue
        if one.done.operation is None:
            same += 1
            continue
        done += 1
        taken.setdefault(one.cluster.id, []).append(one.done.operation.id)
        names[one.cluster.id] = one.cluster.name
    parts = [f"Đã nhận {done} gói, sổ được thay đổi: {', '.join(names.values())}."] if done else []
    if same:
        parts.append(f"{same} gói đã nhận trước đây nên không thay đổi gì.")
    refused = [finding for one in found if one.done is None for finding in one.refused]
    count = sum(one.done is None for one in found)
    if count:
        parts.append(f"{count} gói chưa nhận được.")
    remarks = [f for one in found if one.done is not None for f in one.done.findings]
    return Taking(
        " ".join(parts),
        {key: tuple(numbers) for key, numbers in taken.items()},
        tuple(refused),
        tuple(one for one in remarks if one.severity != "note"),
        tuple(one.file for one in found if one.done is None),
    )


def taken_back(before: Taking, found: Sequence[Returned]) -> Taking:
    """What was taken back of an act; its operations are those that are left."""
    names = [one.cluster.name for one in found if one.operations]
    left = {one.cluster.id: before.operations[one.cluster.id] for one in found if one.refused}
    words = f"Đã hoàn tác lần nhận gói ở sổ: {', '.join(names)}." if names else ""
    refused = [finding for one in found for finding in one.refused]
    return Taking(words, left, tuple(refused))
