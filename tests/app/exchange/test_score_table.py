"""Scores of units out of a table: states, faults by place, and the files that come of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.snapshot import EntryState
from app.exchange.criteria_table import pack_tree, read_criteria_table
from app.exchange.facts import read_facts
from app.exchange.facts_text import neighbour_of
from app.exchange.score_columns import parse_units
from app.exchange.score_table import ScoreTable, entries_csv, facts_tree, read_score_table
from app.exchange.tables import Table, read_table
from app.ground.findings import Finding, UserError
from app.rules.document import read_pack
from app.rules.pack import Criterion

HEAD = ["TT", "Nội dung tiêu chí", "Điểm chuẩn", "Sở A", "Sở B"]
Read = tuple[ScoreTable, tuple[Finding, ...]]


def criteria_of(table: Table) -> Sequence[Criterion]:
    """The criteria of the pack that the table itself describes."""
    described, _ = read_criteria_table(table)
    pack, findings = read_pack(pack_tree(described, "bang-thu", "Bảng thử"), "bang.toml")
    assert pack is not None, findings.as_tuple()
    return pack.rules.criteria


@pytest.fixture
def read(files: Any) -> Any:
    def reading(rows: Any, criteria: Any = None, **options: Any) -> Read:
        merges = options.pop("merges", ())
        table, _ = read_table(files.xlsx(rows, merges=merges))
        return read_score_table(table, criteria or criteria_of(table), **options)

    return reading


def _points(result: Read) -> dict[tuple[str, str], tuple[str, Decimal | None]]:
    return {(e.unit, e.criterion): (e.state.value, e.points) for e in result[0].entries}


def _told(result: Read) -> list[tuple[str, str]]:
    return [(f.code, f.place.split(", trang")[0]) for f in result[1]]


def test_a_blank_is_blank_zero_is_zero_and_both_other_states_are_read(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["I", "Một", 10, 0, None],
            ["II", "Hai", 10, "KG", "không thực hiện"],
            ["III", "Ba", 10, "—", "7,5"],
        ]
    )
    assert _points(result) == {
        ("so-a", "I"): ("scored", 0),
        ("so-b", "I"): ("blank", None),
        ("so-a", "II"): ("not_assigned", None),
        ("so-b", "II"): ("not_done", None),
        ("so-a", "III"): ("blank", None),
        ("so-b", "III"): ("scored", Decimal("7.5")),
    }
    assert _told(result) == [
        ("score_blank", "Ô D4 (tiêu chí III, đơn vị Sở A)"),
        ("score_blank", "Ô E2 (tiêu chí I, đơn vị Sở B)"),
    ]


def test_points_above_the_maximum_are_kept_and_told_by_place(read: Any) -> None:
    result = read([HEAD, ["I", "Nhóm", None], ["3.", "Ba", 30, 35, 30]])
    (finding,) = result[1]
    assert finding.place == "Ô D3 (tiêu chí I.3, đơn vị Sở A), trang “Bảng”, tệp bang.xlsx"
    assert finding.message == "Điểm 35 vượt mức tối đa 30."
    assert finding.remedy == "Nhập số từ 0 đến 30."
    assert _points(result)["so-a", "I.3"] == ("scored", 35)


def test_oddities_give_blanks_and_are_told_each_by_its_cell(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["1", "Một", 10, "1.250", -1],
            ["2", "Hai", 10, dt.date(2026, 5, 9), "tốt"],
            ["3", "Ba", 10, "=A1", "9 điểm"],
            ["4", "Bốn", 10, 5, 5],
        ]
    )
    assert _told(result) == [
        ("ambiguous_number", "Ô D2 (tiêu chí 1, đơn vị Sở A)"),
        ("negative_points", "Ô E2 (tiêu chí 1, đơn vị Sở B)"),
        ("score_became_date", "Ô D3 (tiêu chí 2, đơn vị Sở A)"),
        ("not_a_number", "Ô E3 (tiêu chí 2, đơn vị Sở B)"),
        ("formula_uncalculated", "Ô D4 (tiêu chí 3, đơn vị Sở A)"),
        ("number_with_words", "Ô E4 (tiêu chí 3, đơn vị Sở B)"),
    ]
    states = [entry.state for entry in result[0].entries]
    assert states.count(EntryState.BLANK) == 5


def test_a_score_merged_over_two_units_is_told(read: Any) -> None:
    result = read([HEAD, ["1", "Một", 10, 5, None], ["2", "Hai", 10, 5, 5]], merges=["D2:E2"])
    assert _told(result) == [("merged_points", "Ô E2 (tiêu chí 1, đơn vị Sở B)")]


def test_a_unit_without_any_score_is_told_once(read: Any) -> None:
    result = read([HEAD, ["1", "Một", 10, 5, None], ["2", "Hai", 10, 5, None]])
    assert _told(result) == [("unit_blank", "Ô E2 (đơn vị Sở B)")]


def test_sums_that_the_table_prints_for_a_unit_are_checked(read: Any) -> None:
    result = read(
        [
            HEAD,
            ["I", "Nhóm", 20, 11, 15],
            ["1", "Một", 10, 5, 8],
            ["2", "Hai", 10, 5, 7],
            [None, "Tổng cộng", 20, 10, 16],
        ]
    )
    assert _told(result) == [
        ("score_sum_differs", "Ô D2 (tổng của nhóm I, đơn vị Sở A)"),
        ("score_sum_differs", "Ô E5 (tổng của cả bảng, đơn vị Sở B)"),
    ]
    assert "11" in result[1][0].message
    assert "10" in result[1][0].message


def test_a_table_that_differs_from_the_pack_is_told_where(read: Any, files: Any) -> None:
    rows = [HEAD, ["1", "Một", 10, 5, 5], ["2", "Hai", 10, 5, 5]]
    table, _ = read_table(files.xlsx(rows))
    criteria = criteria_of(table)
    result = read([HEAD, ["1", "Một", 12, 5, 5], ["3", "Ba", 10, 5, 5]], criteria)
    assert _told(result) == [
        ("max_differs", "Ô C2 (tiêu chí 1)"),
        ("criterion_unknown", "Dòng 3 (tiêu chí 3)"),
        ("criteria_absent", "Trang “Bảng”, tệp bang.xlsx"),
    ]


def test_a_score_table_needs_no_column_of_maxima(read: Any, files: Any) -> None:
    table, _ = read_table(files.xlsx([HEAD, ["1", "Một", 10, 5, 5]]))
    result = read([["TT", "Nội dung", "Sở A"], ["1", "Một", 11]], criteria_of(table))
    assert [f.code for f in result[1]] == ["above_max"]


def test_columns_of_words_are_no_units(read: Any) -> None:
    head = [*HEAD, "Minh chứng", "Nhận xét"]
    result = read([head, ["1", "Một", 10, 5, 6, "QĐ 12", "tốt"]])
    assert [unit.name for unit in result[0].units] == ["Sở A", "Sở B"]
    assert [f.code for f in result[1]] == ["column_left_out"]


def test_units_can_be_named_by_their_columns(read: Any) -> None:
    rows = [["TT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm"], ["1", "Một", 10, 5]]
    result = read(rows, units={"stc": "điểm tự chấm"}, round_id="cluster")
    assert [(e.unit, e.round, e.points) for e in result[0].entries] == [("stc", "cluster", 5)]
    assert [unit.name for unit in result[0].units] == ["stc"]
    assert result[1] == ()
    assert [f.code for f in read(rows)[1]] == ["unit_unnamed"]
    with pytest.raises(UserError) as refusal:
        read(rows, units={"stc": "Điểm tự chấn"})
    assert "Có phải “Điểm tự chấm”?" in refusal.value.findings[0].message


def test_the_option_that_names_units_is_read_or_told() -> None:
    assert parse_units("u1=Sở A, u2=Sở B, C") == {"u1": "Sở A", "u2": "Sở B, C"}
    with pytest.raises(UserError) as refusal:
        parse_units("u1=Sở A,u1=Sở B,đơn vị=C,u3=")
    assert [f.code for f in refusal.value.findings] == ["units_option"] * 3


def test_two_columns_of_one_name_are_told(read: Any) -> None:
    head = [*HEAD[:4], "Sở A"]
    result = read([head, ["1", "Một", 10, 5, 6]])
    assert [f.code for f in result[1]] == ["unit_repeated"]


def test_a_table_without_units_is_refused(read: Any) -> None:
    with pytest.raises(UserError) as refusal:
        read([HEAD[:3], ["1", "Một", 10]])
    assert [f.code for f in refusal.value.findings] == ["no_units"]


def test_the_table_of_entries_and_the_facts_hold_what_was_read(read: Any) -> None:
    scores, _ = read([HEAD, ["1", "Một", 10, "7,25", None], ["2", "Hai", 10, 0, "KG"]])
    lines = list(csv.reader(io.StringIO(entries_csv(scores))))
    assert lines == [
        ["unit", "criterion", "round", "state", "points"],
        ["so-a", "1", "self", "scored", "7.25"],
        ["so-b", "1", "self", "blank", ""],
        ["so-a", "2", "self", "scored", "0"],
        ["so-b", "2", "self", "not_assigned", ""],
    ]
    tree = facts_tree(
        scores,
        period="2025",
        start=dt.date(2025, 1, 1),
        end=dt.date(2025, 12, 31),
        cluster="Khối thi đua số 3",
        entries_file="scores.csv",
    )
    assert tree["schema"] == "bangvang-facts/1"
    assert [unit["name"] for unit in tree["units"]] == ["Sở A", "Sở B"]
    assert {unit["cluster"] for unit in tree["units"]} == {tree["clusters"][0]["id"]}


def test_the_facts_are_read_back_as_the_snapshot_of_the_same_scores(
    files: Any, tmp_path: Path
) -> None:
    rows = [HEAD, ["1", "Một", 10, "7,25", None], ["2", "Hai", 10, 0, "KG"]]
    table, _ = read_table(files.xlsx(rows))
    described, _ = read_criteria_table(table)
    pack, _ = read_pack(pack_tree(described, "bang-thu", "Bảng thử"), "bang.toml")
    assert pack is not None
    scores, _ = read_score_table(table, pack.rules.criteria)
    tree = facts_tree(
        scores,
        period="2025",
        start=dt.date(2025, 1, 1),
        end=dt.date(2025, 12, 31),
        cluster="Khối thi đua số 3",
        entries_file="scores.csv",
    )
    (tmp_path / "scores.csv").write_text(entries_csv(scores), encoding="utf-8")
    snapshot, findings = read_facts(
        tree, "facts.toml", pack, neighbour=neighbour_of(tmp_path / "facts.toml")
    )
    assert not findings.errors
    assert snapshot is not None
    assert {(e.unit, e.criterion): (e.state, e.points) for e in snapshot.entries} == {
        (e.unit, e.criterion): (e.state, e.points) for e in scores.entries
    }


def test_a_seeded_table_gives_the_scores_that_it_was_made_of(seeded: Any, files: Any) -> None:
    table, _ = read_table(files.xlsx(seeded.rows))
    scores, findings = read_score_table(table, criteria_of(table))
    names = {unit.id: unit.name for unit in scores.units}
    assert {(names[e.unit], e.criterion): e.points for e in scores.entries} == seeded.scores
    blanks = sum(points is None for points in seeded.scores.values())
    assert [f.code for f in findings] == ["score_blank"] * blanks


# ------------------------------------------------------------------ the real table


@pytest.fixture(scope="module")
def real(real_table: Path) -> tuple[Table, Sequence[Criterion]]:
    table, findings = read_table(real_table)
    assert findings == ()
    return table, criteria_of(table)


def test_the_real_table_has_its_176_criteria_that_add_up_to_1000(
    real: tuple[Table, Sequence[Criterion]],
) -> None:
    _, criteria = real
    scored = [c for c in criteria if c.method is not None]
    assert len(scored) == 176
    assert sum(c.max or 0 for c in scored) == 1000
    codes = {c.code for c in criteria}
    assert {"I", "I.2", "I.2.d", "I.2.d.34", "II.3.b.116", "III.4", "I.2.c.27.27a"} <= codes


def test_every_flaw_of_the_real_table_is_told_by_place(
    real: tuple[Table, Sequence[Criterion]],
) -> None:
    scores, findings = read_score_table(*real)
    assert [unit.id for unit in scores.units] == [f"D{n}" for n in range(1, 8)]
    assert len(scores.entries) == 7 * 176
    told = sorted((f.code, f.place.split("), ")[0] + ")") for f in findings)
    assert told == [
        ("above_max", "Ô I87 (tiêu chí I.3.d.50, đơn vị D4)"),
        ("score_blank", "Ô I174 (tiêu chí III.1.146.146a, đơn vị D4)"),
        ("score_blank", "Ô K31 (tiêu chí I.2.b.22, đơn vị D6)"),
        ("score_blank", "Ô L109 (tiêu chí II.3.b.124, đơn vị D7)"),
        ("score_blank", "Ô L136 (tiêu chí II.1.e.100, đơn vị D7)"),
        ("score_blank", "Ô L80 (tiêu chí I.3.b.41.41a, đơn vị D7)"),
    ]
    assert next(f.message for f in findings if f.is_error) == "Điểm 5 vượt mức tối đa 4."
    assert sum(e.state is EntryState.BLANK for e in scores.entries) == 5
