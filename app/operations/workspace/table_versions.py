"""The next version of a table that is locked: what it changes is shown, then it is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.year import CriteriaTable, TableState
from app.ground.canonical import digest
from app.ground.findings import Finding, UserError
from app.operations.loading import load_pack, pack_tree, read_packs, shipped_packs
from app.operations.moves import Move, moves_between
from app.operations.pack_changes import PackChange, pack_changes
from app.operations.scoring import assessed
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.results import loaded_year
from app.operations.workspace.table_edits import TableEdit, edited
from app.operations.workspace.tables import pin, table_findings, table_of
from app.persistence import books
from app.rules.document import LoadedPack, Tree, read_pack


@dataclass(frozen=True, slots=True)
class Revision:
    """A next version with what it changes: in the table, and for every unit."""

    table: CriteriaTable
    changes: tuple[PackChange, ...]
    moves: tuple[Move, ...]
    findings: tuple[Finding, ...]


def revise_by_edits(
    desk: Desk, edits: Sequence[TableEdit], reason: str, table_id: str | None = None
) -> Revision:
    """The next version of a table by edits; nothing is kept yet. Raises ``UserError``."""
    table = table_of(desk, table_id)
    return _revision(desk, table, edited(table.tree, edits), reason)


def revise_by_file(desk: Desk, file: Path, reason: str, table_id: str | None = None) -> Revision:
    """The next version of a table from a pack file; nothing is kept yet. Raises ``UserError``."""
    table = table_of(desk, table_id)
    tree, _ = pack_tree(file)
    return _revision(desk, table, {**tree, "id": table.tree["id"]}, reason)


def _revision(desk: Desk, table: CriteriaTable, tree: Tree, reason: str) -> Revision:
    open_year_of(desk)
    if not reason.strip():
        raise refusal(
            "reason_missing",
            table.title,
            "Phiên bản mới của bảng tiêu chí phải có lý do.",
            "Ghi lý do, ví dụ số và ngày của văn bản điều chỉnh.",
        )
    versions = [t.version for t in desk.workspace.read(books.CRITERIA_TABLES) if t.id == table.id]
    number = max(versions) + 1
    if digest(tree) != table.digest:
        tree = {**tree, "version": f"{number}.0.0"}
    new = CriteriaTable(
        table.id,
        number,
        str(tree.get("title", table.title)),
        tree,
        digest(tree),
        TableState.DRAFT,
        table.base,
        table.base_digest,
        reason.strip(),
    )
    old_pack, new_pack = _read(table), _read(new)
    changes = pack_changes(old_pack, new_pack)
    return Revision(new, changes, _moves(desk, table, new), table_findings(desk, new))


def _read(table: CriteriaTable) -> LoadedPack:
    pack, findings = read_pack(dict(table.tree), f"{table.title} (phiên bản {table.version})")
    if pack is None:
        raise UserError(findings)
    return pack


def _moves(desk: Desk, old: CriteriaTable, new: CriteriaTable) -> tuple[Move, ...]:
    """Who stands otherwise by the new version."""
    if not desk.units:
        return ()
    loaded = loaded_year(desk)
    trees = [
        (dict((new if table.id == old.id else table).tree), table.title)
        for table in desk.workspace.pinned_tables(desk.period)
    ]
    packs = read_packs(trees, loaded.snapshot.parameters)
    before = assessed(loaded.packs, loaded.snapshot, None)
    return moves_between(before, assessed(packs, loaded.snapshot, None))


def adopt_revision(desk: Desk, revision: Revision, *, issued: bool = False) -> Done:
    """Keeps a next version and lets the year be scored by it; the old one stays.

    The journal says why, and how many units it moves. Raises ``UserError`` where an issued table
    still has errors.
    """
    open_year_of(desk)
    errors = [finding for finding in revision.findings if finding.is_error]
    if issued and errors:
        raise UserError(errors)
    state = TableState.ISSUED if issued else TableState.DRAFT
    table = replace(revision.table, state=state)
    moved = sorted({move.unit for move in revision.moves})
    title = f"Dùng phiên bản {table.version} của bảng tiêu chí “{table.title}”"
    effect = f"thay đổi điểm hoặc hạng của {len(moved)} đơn vị" if moved else "không đổi điểm nào"
    told = {"reason": table.reason, "units": ", ".join(moved)}
    with desk.act("table.revised", f"{title}, lý do: {table.reason}; {effect}", told) as change:
        changed = change.put(books.CRITERIA_TABLES, table) + pin(change, table)
    return done(change, changed, revision.findings)


@dataclass(frozen=True, slots=True)
class FrameComparison:
    """What a table changed in the frame that it was made from.

    ``same_frame`` is false where the program brings another edition of the frame today.
    """

    frame: LoadedPack
    changes: tuple[PackChange, ...]
    same_frame: bool


def compare_with_frame(desk: Desk, table_id: str | None = None) -> FrameComparison:
    """What differs between a table and its frame; raises ``UserError`` where it is not known."""
    table = table_of(desk, table_id)
    for folder in shipped_packs():
        try:
            frame = load_pack(folder)
        except UserError:
            continue
        if frame.rules.id == table.base:
            changes = pack_changes(frame, _read(table))
            return FrameComparison(frame, changes, frame.digest == table.base_digest)
    raise refusal(
        "table_without_frame",
        table.title,
        "Bảng này không lập từ một khung điểm có sẵn nên không so với khung được.",
        "So với một phiên bản khác của bảng.",
    )


def compare_versions(desk: Desk, table_id: str, old: int, new: int) -> tuple[PackChange, ...]:
    """What differs between two versions of a table, in words; raises ``UserError``."""
    found: list[LoadedPack] = []
    for version in (old, new):
        table = desk.workspace.one(books.CRITERIA_TABLES, table_id, version)
        if table is None:
            known = [t for t in desk.workspace.read(books.CRITERIA_TABLES) if t.id == table_id]
            raise refusal(
                "table_unknown",
                "Bảng tiêu chí",
                f"Không có phiên bản {version} của bảng “{table_id[:80]}”.",
                "Các phiên bản: " + (", ".join(str(t.version) for t in known) or "không có") + ".",
            )
        found.append(_read(table))
    return pack_changes(*found)
