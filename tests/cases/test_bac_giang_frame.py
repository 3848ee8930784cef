"""The frame of Bắc Giang (3/2022): what may be added to it, and that the example stays inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.rules.checks import check_pack
from app.rules.document import LoadedPack, Tree, parse_tree, read_pack

ROOT = Path(__file__).resolve().parents[2]
FRAME, EXAMPLE = "bac-giang-2022", "bac-giang-2022-vi-du"
GIVEN_AND_ALLOWED = {
    # "không vượt quá 30% số tiêu chí đã quy định cho từng nội dung", rounded down (A32)
    "I.A": (19, 5),
    "I.B": (12, 3),
    "I.C": (10, 3),
    "I.D": (10, 3),
    "II": (9, 2),
    "III": (7, 2),
}


def _tree(name: str) -> Tree:
    return parse_tree((ROOT / "data" / "packs" / name / "pack.toml").read_bytes(), name)


def _pack(name: str, choices: dict[str, object] | None = None) -> LoadedPack:
    pack, findings = read_pack(_tree(name), name, choices)
    assert pack is not None
    assert not list(findings)
    return pack


@pytest.mark.parametrize("name", [FRAME, EXAMPLE])
def test_each_section_allows_thirty_percent_of_the_criteria_that_the_text_gives(name: str) -> None:
    frame = check_pack(_pack(name)).frame

    assert {code: (s.given, s.added_allowed) for code, s in frame.items()} == GIVEN_AND_ALLOWED


def test_counting_the_six_narrated_tasks_of_section_iii_allows_one_more() -> None:
    section = check_pack(_pack(FRAME, {"A32": 6})).frame["III"]

    assert (section.given, section.added_allowed) == (6, 1)


def test_splitting_a_criterion_adds_none_unless_that_is_chosen() -> None:
    as_written = check_pack(_pack(EXAMPLE))
    chosen = check_pack(_pack(EXAMPLE, {"A32_split": True}))

    assert all(section.added == 0 for section in as_written.frame.values())
    # criteria 8, 9, 12 and 13 of block A stand there in 2 + 3 + 2 + 3 parts: 6 more than 4
    assert chosen.frame["I.A"].added == 6
    assert "too_many_added" in {finding.code for finding in chosen.findings}


@pytest.mark.parametrize("name", [FRAME, EXAMPLE])
def test_two_criteria_are_printed_with_the_number_nine_and_keep_codes_of_their_own(
    name: str,
) -> None:
    labels = {
        row["code"]: row.get("label")
        for row in _tree(name)["criteria"]
        if row["code"].startswith("II.")
    }

    assert [code for code, label in labels.items() if label == "9"] == ["II.6", "II.9"]
    assert list(labels.values()) == ["1", "2", "3", "4", "5", "9", "7", "8", "9"]


def test_the_example_prints_every_row_of_the_frame_with_its_words() -> None:
    frame = {row["code"]: row for row in _tree(FRAME)["criteria"] if "slot" not in row}
    example = {row["code"]: row for row in _tree(EXAMPLE)["criteria"]}

    assert frame.keys() <= example.keys()
    for code, row in frame.items():
        assert example[code]["title"] == row["title"], code
        assert example[code].get("label") == row.get("label"), code
        if "max" in row:
            assert example[code]["max"] == row["max"], code
        if code.startswith("III"):
            assert example[code] == row


@pytest.mark.parametrize(
    "part",
    [
        "vocabulary",
        "blocks",
        "rounds",
        "scoring",
        "bonus",
        "deductions",
        "scales",
        "standing",
        "conditions",
        "awards",
        "ties",
        "ballots",
        "duties",
    ],
)
def test_the_example_changes_nothing_of_what_the_guidance_decides(part: str) -> None:
    assert _tree(EXAMPLE)[part] == _tree(FRAME)[part]


def test_the_parameters_of_the_frame_stand_in_the_example_unchanged() -> None:
    frame = {parameter["id"]: parameter for parameter in _tree(FRAME)["parameters"]}
    example = {parameter["id"]: parameter for parameter in _tree(EXAMPLE)["parameters"]}

    # A21 (which way a target counts) is a setting of the table, so only the example can set it
    assert {key for key, row in frame.items() if example.get(key) != row} == {"A21"}
