"""How many criteria a cluster may add to the frame of Bắc Giang, through the verbs (A32).

“không vượt quá 30% số tiêu chí đã quy định cho từng nội dung”: 30 % of 19, 12, 10, 10, 9 and 7 rows,
rounded down.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.records import choose_parameter
from app.operations.workspace.table_edits import AddCriterion, NewRow, SplitCriterion
from app.operations.workspace.tables import (
    adopt_pack,
    consult_table,
    edit_table,
    issue_table,
    table_findings,
    table_of,
)
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace

ALLOWED = {"I.A": 5, "I.B": 3, "I.C": 3, "I.D": 3, "II": 2, "III": 2}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = create_workspace(tmp_path / "so", "Nguyễn Thị Hoa")
    made, _ = open_year(workspace, "Nguyễn Thị Hoa", year_record("2022"))
    adopt_pack(made, Path("bac-giang-2022-vi-du"))
    yield made
    workspace.close(backup=False)


def add(desk: Desk, section: str, name: str) -> set[str]:
    """One criterion more in a section; the codes of what the checks say then."""
    row = NewRow(f"Tiêu chí bổ sung {name}", Fraction(1))
    return {
        f.code for f in edit_table(desk, [AddCriterion(section, f"{section}.{name}", row)]).findings
    }


def codes(desk: Desk) -> set[str]:
    return {finding.code for finding in table_findings(desk, table_of(desk))}


@pytest.mark.parametrize(("section", "allowed"), ALLOWED.items())
def test_a_section_takes_thirty_percent_more_criteria_and_not_one_beyond(
    desk: Desk, section: str, allowed: int
) -> None:
    for number in range(1, allowed + 1):
        assert "too_many_added" not in add(desk, section, f"bs{number}")
    assert "too_many_added" in add(desk, section, "thua")


def test_a_table_with_too_many_added_criteria_is_not_issued(desk: Desk) -> None:
    for number in range(1, 4):
        add(desk, "II", f"bs{number}")
    consult_table(desk)
    with pytest.raises(UserError) as fault:
        issue_table(desk)
    assert "too_many_added" in {finding.code for finding in fault.value.findings}


def test_by_the_six_narrated_tasks_section_iii_takes_one(desk: Desk) -> None:
    """Seven rows stand in the table, six tasks in the text: settable, 30 % of 6 is 1."""
    choose_parameter(desk, "A32", 6, "Thống nhất tại cuộc họp cụm")
    assert "too_many_added" not in add(desk, "III", "bs1")
    assert "too_many_added" in add(desk, "III", "bs2")


def test_concretising_a_criterion_adds_none_unless_the_cluster_says_so(desk: Desk) -> None:
    assert "too_many_added" not in codes(desk)
    choose_parameter(desk, "A32_split", True, "Thống nhất tại cuộc họp cụm")
    assert "too_many_added" in codes(desk)


def test_splitting_through_the_verb_counts_as_concretising(desk: Desk) -> None:
    leaf = next(
        row["code"] for row in table_of(desk).tree["criteria"]
        if row["code"].startswith("II.") and row.get("max") == 20 and "method" in row
    )  # fmt: skip
    parts = [NewRow(f"Phần {number}", Fraction(20, 4)) for number in range(1, 5)]
    done = edit_table(desk, [SplitCriterion(leaf, parts)])
    assert "too_many_added" not in {finding.code for finding in done.findings}
