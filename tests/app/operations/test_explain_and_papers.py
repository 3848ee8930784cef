"""A unit's reasoning in lines, the standing in words, and papers as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ground.findings import Finding, Severity, UserError
from app.operations.demo import run_demo
from app.operations.explain import explained
from app.operations.papers import write_rankings, write_score_sheets
from app.operations.scoring import Scored, score
from app.operations.standing_text import aligned, findings_lines, standing_lines


@pytest.fixture(scope="module")
def sample(root: Path) -> Scored:
    facts = root / "data/samples/cao-bang-2019/facts.toml"
    return score([root / "data/packs/cao-bang-2018-vi-du"], facts)


def test_the_explanation_names_clauses_with_short_quotes(sample: Scored) -> None:
    text = "\n".join(explained(sample, "tu_phap"))
    card = sample.assessment.units["tu_phap"].card
    for score_ in card.criteria.values():
        assert score_.title in text
    assert "Đề án 1308/ĐA-UBND] “" in text
    assert "lý do: " in text
    assert text.rstrip().endswith("= 964")


def test_a_quote_stands_where_its_clause_is_first_named(sample: Scored) -> None:
    lines = list(explained(sample, "tu_phap"))
    quoted = [line.split("] ", 1)[1] for line in lines if "] “" in line]
    assert len(quoted) == len(set(quoted))


def test_an_unknown_unit_is_told_with_a_suggestion(sample: Scored) -> None:
    with pytest.raises(UserError) as caught:
        list(explained(sample, "tuphap"))
    assert "tu_phap" in caught.value.findings[0].remedy


def test_the_standing_names_ranks_tie_ballot_and_awards(sample: Scored) -> None:
    text = "\n".join(standing_lines(sample))
    for words in ("CHÍNH THỨC", "972,95", "Bằng nhau ở mép chỉ tiêu", "8 phiếu", "Cờ thi đua"):
        assert words in text


def test_columns_are_even_and_numbers_stand_to_the_right() -> None:
    assert list(aligned([("a", ">b"), ("aaa", ">9"), ("", ">123")])) == [
        "  a      b",
        "  aaa    9",
        "       123",
    ]


def test_a_finding_reads_with_weight_place_and_remedy() -> None:
    finding = Finding("x", Severity.WARNING, "chỗ này", "Có điều lạ.", "Xem lại.")
    assert list(findings_lines([finding])) == [
        "CẢNH BÁO  chỗ này: Có điều lạ.",
        "      → Xem lại.",
    ]


def test_papers_are_written_once_for_each_cluster_and_unit(sample: Scored, tmp_path: Path) -> None:
    written = write_rankings(sample, tmp_path, ("txt", "xlsx"))
    assert [path.name for path in written] == ["xep-hang-k1.txt", "xep-hang-k1.xlsx"]
    sheets = write_score_sheets(sample, tmp_path / "phieu", ("txt",))
    assert [path.name for path in sheets] == [
        f"phieu-dien-giai-{unit.id.replace('_', '-')}.txt"
        for unit in sample.assessment.snapshot.units
    ]
    assert all(path.stat().st_size for path in (*written, *sheets))


def test_a_folder_that_cannot_be_written_is_told(sample: Scored, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(UserError) as caught:
        write_rankings(sample, tmp_path / "x", ("txt",))
    assert caught.value.findings[0].code == "cannot_write"


@pytest.mark.slow
def test_the_demo_writes_everything_twice_alike(tmp_path: Path) -> None:
    first, second = run_demo(tmp_path / "a"), run_demo(tmp_path / "b")
    assert len(first.written) == 2 + 8 + 1
    for one, other in zip(first.written, second.written, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
