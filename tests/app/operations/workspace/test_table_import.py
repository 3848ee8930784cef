"""Tables that come from a file or the clipboard, and methods that point at parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.year import TableState
from app.ground.findings import UserError
from app.operations.from_tables import (
    TableSource,
    criteria_of_file,
    criteria_of_paste,
    identifier,
    sheet_names,
)
from app.operations.workspace.desk import Desk
from app.operations.workspace.table_edits import ReplaceCriteria, SetMethod, edited
from app.operations.workspace.table_versions import (
    compare_with_frame,
    revise_by_edits,
)
from app.operations.workspace.tables import (
    adopt_pack,
    adopt_tree,
    draft_table,
    edit_table,
    issue_table,
    table_of,
)

from .conftest import codes
from .small_table import table_tree

TEXT = (
    "STT\tNội dung\tĐiểm\nI\tKinh tế\t60\n1\tThu\t40\n2\tChi\t20\nII\tXã hội\t40\n1\tTrường\t40\n"
)


def test_a_pasted_table_takes_the_place_of_all_criteria_and_is_cited(desk: Desk) -> None:
    read = criteria_of_paste("", TEXT)
    done = edit_table(desk, [ReplaceCriteria(read.tree("x", "x"))])
    tree = table_of(desk).tree
    assert [row["code"] for row in tree["criteria"]] == ["I", "I.1", "I.2", "II", "II.1"]
    assert tree["scoring"]["total_max"] == 100
    assert {row["clause"] for row in tree["criteria"]} == {tree["clauses"][-1]["id"]}
    assert tree["clauses"][-1]["source"] == tree["sources"][-1]["id"]
    assert not [f for f in done.findings if f.code == "sum_differs_from_frame"]


def test_replacing_twice_keeps_both_sources_apart() -> None:
    tree = criteria_of_paste("", TEXT).tree("x", "x")
    twice = edited(table_tree(), [ReplaceCriteria(tree), ReplaceCriteria(tree)])
    names = [source["id"] for source in twice["sources"]]
    assert len(names) == len(set(names))
    assert twice["criteria"][0]["clause"] == names[-1]


def test_a_year_without_a_table_takes_one_from_a_file(bare: Desk, tmp_path: Path) -> None:
    file = tmp_path / "Bảng.csv"
    file.write_text(TEXT, encoding="utf-8")
    assert sheet_names(file) == ()
    read = criteria_of_file(TableSource(file))
    title = "Bảng của Cụm 1"
    table, done = adopt_tree(bare, read.tree(identifier(title), title), title)
    assert (table.id, table.state) == ("bang-cua-cum-1", TableState.DRAFT)
    assert table_of(bare).title == title
    assert done.operation is not None


def test_a_method_may_point_at_a_parameter_of_the_table(desk: Desk) -> None:
    tree = table_tree()
    rule = {"id": "P", "title": "Bằng 0", "note": "x", "allowed": ["full", "zero"]}
    tree["parameters"] = [*tree.get("parameters", []), rule]
    wanted = {"kind": "proportional", "zero_base": {"parameter": "P"}}
    changed = edited(tree, [SetMethod("I.1", wanted)])
    assert next(r for r in changed["criteria"] if r["code"] == "I.1")["method"] == wanted
    with pytest.raises(UserError) as fault:
        edited(tree, [SetMethod("I.1", {**wanted, "zero_base": {"parameter": "Q"}})])
    assert codes(fault) == ["unknown_parameter"]


def test_a_table_is_compared_with_the_frame_it_was_made_from(bare: Desk) -> None:
    draft_table(bare, Path("cao-bang-2018"), "cum", "Bảng của khối")
    same = compare_with_frame(bare)
    assert same.same_frame
    assert {change.what for change in same.changes} <= {"tên", "bản", "id", "mã"}


def test_a_table_without_a_frame_has_nothing_to_be_compared_with(
    bare: Desk, pack_file: Path
) -> None:
    adopt_pack(bare, pack_file)
    with pytest.raises(UserError) as fault:
        compare_with_frame(bare)
    assert codes(fault) == ["table_without_frame"]


def test_an_issued_table_is_revised_also_before_there_are_units(
    bare: Desk, pack_file: Path
) -> None:
    adopt_pack(bare, pack_file)
    issue_table(bare)
    tree = criteria_of_paste("", TEXT).tree("x", "x")
    revision = revise_by_edits(bare, [ReplaceCriteria(tree)], "Công văn 12")
    assert revision.moves == ()
    assert revision.table.version == 2
