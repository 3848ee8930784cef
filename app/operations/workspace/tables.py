"""Criteria tables: made from a frame, edited, sent for opinions, issued, taken in and out as TOML.

A table is a pack in numbered versions. The frame's checks run as one edits; what they find is
told, and only issuing waits for the last error. A table that is issued, or by which something was
scored, is locked: ``table_versions`` makes the next version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.year import CriteriaTable, PinnedTable, TableState
from app.ground.canonical import digest
from app.ground.findings import Finding, UserError
from app.operations.loading import pack_tree
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.results import write_text
from app.operations.workspace.table_edits import TableEdit, edited
from app.persistence import books
from app.persistence.records import Change
from app.rules.checks import check_pack
from app.rules.document import LoadedPack, Tree, dump_tree, read_pack


def adopt_pack(desk: Desk, path: Path, *, issued: bool = False) -> tuple[CriteriaTable, Done]:
    """Takes a pack over as it is: a finished table, an overlay or a companion of the year.

    It stands behind the tables that the year has already. Raises ``UserError``.
    """
    return adopt_tree(desk, *pack_tree(path), issued=issued)


def adopt_tree(
    desk: Desk, tree: Tree, name: str, *, issued: bool = False
) -> tuple[CriteriaTable, Done]:
    """The same from a pack's tree that was read from ``name``; raises ``UserError``."""
    open_year_of(desk)
    pack = _pack(tree, name)
    state = TableState.ISSUED if issued else TableState.DRAFT
    table = _table(desk, pack.rules.id, pack.rules.title, tree, state)
    return table, _keep_new(desk, table, f"Lấy bảng tiêu chí “{table.title}”")


def draft_table(desk: Desk, frame: Path, table_id: str, title: str) -> tuple[CriteriaTable, Done]:
    """The cluster's own table as a draft from a frame; raises ``UserError``."""
    open_year_of(desk)
    tree, name = pack_tree(frame)
    pack = _pack(tree, name)
    own = {**tree, "id": table_id, "title": title, "version": "1.0.0"}
    table = _table(desk, table_id, title, own, TableState.DRAFT)
    table = replace(table, base=pack.rules.id, base_digest=pack.digest)
    return table, _keep_new(desk, table, f"Lập bảng tiêu chí “{title}” từ “{pack.rules.title}”")


def _pack(tree: Tree, name: str) -> LoadedPack:
    pack, findings = read_pack(tree, name)
    if pack is None:
        raise UserError(findings)
    return pack


def _table(desk: Desk, table_id: str, title: str, tree: Tree, state: TableState) -> CriteriaTable:
    versions = [
        table.version
        for table in desk.workspace.read(books.CRITERIA_TABLES)
        if table.id == table_id
    ]
    number = max(versions, default=0) + 1
    return CriteriaTable(table_id, number, title, tree, digest(tree), state)


def _keep_new(desk: Desk, table: CriteriaTable, title: str) -> Done:
    same = [
        known
        for known in desk.workspace.read(books.CRITERIA_TABLES)
        if known.id == table.id and known.digest == table.digest
    ]
    kept = same[0] if same else table
    with desk.act("table.made", title) as change:
        changed = change.put(books.CRITERIA_TABLES, *([] if same else [table]))
        changed += pin(change, kept)
    return done(change, changed, table_findings(desk, kept))


def pin(change: Change, table: CriteriaTable) -> int:
    """Lets the year be scored by a table: in the place of its last version, or behind all."""
    pins = change.read(books.PINNED_TABLES)
    place = next((p.place for p in pins if p.table == table.id), len(pins) + 1)
    return change.put(books.PINNED_TABLES, PinnedTable(place, table.id, table.version))


def table_of(desk: Desk, table_id: str | None = None) -> CriteriaTable:
    """The table of the year with this id, or its main one; raises ``UserError``."""
    tables = desk.workspace.pinned_tables(desk.period)
    for table in tables:
        if table_id in (None, table.id):
            return table
    raise refusal(
        "table_unknown",
        f"Năm {desk.period}",
        "Năm này chưa có bảng tiêu chí."
        if table_id is None
        else f"Năm này không dùng bảng tiêu chí “{table_id[:80]}”.",
        "Các bảng: " + ", ".join(t.id for t in tables) + "."
        if tables
        else "Lập bảng từ khung điểm trước.",
    )


def table_findings(desk: Desk, table: CriteriaTable) -> tuple[Finding, ...]:
    """What the frame's checks say of a table as it stands, with the answers of the year."""
    answers = desk.workspace.read(books.PARAMETER_CHOICES, desk.period)
    chosen = {answer.parameter: answer.value for answer in answers}
    pack, findings = read_pack(dict(table.tree), table.title, chosen)
    return findings.as_tuple() if pack is None else (*findings, *check_pack(pack).findings)


def edit_table(desk: Desk, edits: Sequence[TableEdit], table_id: str | None = None) -> Done:
    """Changes a draft; what the frame's checks say of it comes back as findings.

    A table that was sent for opinions is a draft again. Raises ``UserError`` where an edit makes
    no sense, where the pack could not be read any more, or where the table is locked.
    """
    open_year_of(desk)
    table = table_of(desk, table_id)
    refuse_locked(desk, table)
    tree = edited(table.tree, edits)
    _pack(tree, table.title)
    new = replace(table, tree=tree, digest=digest(tree), state=TableState.DRAFT)
    words = "; ".join(edit.words for edit in edits)
    with desk.act("table.edited", f"Sửa bảng tiêu chí “{table.title}”: {words}") as change:
        changed = change.put(books.CRITERIA_TABLES, new)
    return done(change, changed, table_findings(desk, new))


def refuse_locked(desk: Desk, table: CriteriaTable) -> None:
    """Raises ``UserError`` where a version of a table can no longer be changed in its place."""
    if table.state is TableState.ISSUED:
        raise refusal(
            "table_issued",
            table.title,
            f"Bảng tiêu chí phiên bản {table.version} đã ban hành nên không sửa tại chỗ được.",
            "Lập phiên bản mới của bảng (có lý do) rồi sửa ở đó.",
        )
    if scored_with(desk, table):
        raise refusal(
            "table_in_use",
            table.title,
            f"Đã có điểm chấm theo bảng tiêu chí phiên bản {table.version} nên bảng bị khóa.",
            "Lập phiên bản mới của bảng (có lý do); chương trình nêu điểm và hạng nào thay đổi.",
        )


def scored_with(desk: Desk, table: CriteriaTable) -> bool:
    """Whether some year that is scored by this version of a table has a score already."""
    for year in desk.workspace.read(books.PERIODS):
        pins = desk.workspace.read(books.PINNED_TABLES, year.id)
        if any((p.table, p.version) == (table.id, table.version) for p in pins):
            if desk.workspace.read(books.ENTRIES, year.id):
                return True
            if desk.workspace.read(books.TOTALS, year.id):
                return True
    return False


def consult_table(desk: Desk, table_id: str | None = None) -> Done:
    """Notes that a draft was sent to the units and the standing agency for their opinion."""
    return _turn(desk, table_id, TableState.CONSULTED, "Lấy ý kiến về")


def issue_table(desk: Desk, table_id: str | None = None) -> Done:
    """Issues a table; raises ``UserError`` with the errors that the frame's checks still find."""
    table = table_of(desk, table_id)
    errors = [finding for finding in table_findings(desk, table) if finding.is_error]
    if errors:
        raise UserError(errors)
    return _turn(desk, table_id, TableState.ISSUED, "Ban hành")


def _turn(desk: Desk, table_id: str | None, state: TableState, verb: str) -> Done:
    open_year_of(desk)
    table = table_of(desk, table_id)
    if table.state is TableState.ISSUED:
        if state is TableState.ISSUED:
            return Done(None)
        refuse_locked(desk, table)
    title = f"{verb} bảng tiêu chí “{table.title}” (phiên bản {table.version})"
    with desk.act(f"table.{state.value}", title) as change:
        changed = change.put(books.CRITERIA_TABLES, replace(table, state=state))
    return done(change, changed, table_findings(desk, table))


def export_table(
    desk: Desk, out: Path, table_id: str | None = None, *, overwrite: bool = False
) -> Path:
    """Writes a table as a pack file; ``read_pack`` reads the same tree back."""
    table = table_of(desk, table_id)
    file = out if out.suffix == ".toml" else out / "pack.toml"
    return write_text(file, dump_tree(dict(table.tree)), overwrite=overwrite)
