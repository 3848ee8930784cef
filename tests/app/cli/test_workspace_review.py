"""``bangvang workspace firmness|health|compare-years`` and ``report criteria-health``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.__main__ import run

from .test_workspace import Call, call, pack, year

__all__ = ["call", "pack", "year"]


def scored(year: Call) -> None:
    for unit, points in (("u1", "18"), ("u2", "15,5")):
        year("enter", "--unit", unit, "--criterion", "I.2", "--round", "self", "--points", points)


def test_firmness_in_words_and_as_data(year: Call) -> None:
    scored(year)
    said = year("firmness")
    assert "Hạng 1 và 2 (Sở Một, Sở Hai) cách nhau 2,5 điểm" in said
    assert "điểm chưa chấm" in said
    tree = json.loads(year("firmness", "--json", "--cluster", "k1"))
    (pair,) = tree["rankings"]["k1"]
    assert (pair["gap"], pair["ahead"], pair["behind"]) == ("2.5", "u1", "u2")
    assert pair["swap"]["unit"] == "u2"
    assert [one["award"] for one in tree["awards"]] == ["co"]


def test_firmness_as_a_paper(year: Call, tmp_path: Path) -> None:
    scored(year)
    assert year("firmness", "--out", tmp_path / "ra").count("Đã ghi") == 3
    printed = (tmp_path / "ra" / "do-chac-xep-hang-k1.txt").read_text("utf-8")
    assert "1, 2 | Sở Một - Sở Hai | 2,50" in printed
    assert "Ở MÉP CHỈ TIÊU KHEN THƯỞNG" in printed


def test_health_in_words_and_as_papers(year: Call, tmp_path: Path) -> None:
    scored(year)
    said = year("health")
    assert "2/2 đơn vị chưa được chấm" in said
    out = tmp_path / "ra"
    said = year("health", "--out", out, "--form", "pdf", "--form", "txt")
    assert sorted(file.name for file in out.iterdir()) == [
        "suc-khoe-tieu-chi-k1.pdf",
        "suc-khoe-tieu-chi-k1.txt",
    ]
    assert said.count("Đã ghi") == 2


def test_years_are_compared(year: Call, tmp_path: Path) -> None:
    scored(year)
    assert "Cần ít nhất hai năm" in year("compare-years", "--year", 2026, code=1)
    year("year", "--year", 2027, "--like", 2026)
    year(
        *[
            "enter",
            "--unit",
            "u1",
            "--criterion",
            "I.2",
            "--round",
            "self",
            "--points",
            "20",
            "--year",
            "2027",
        ]
    )
    said = year("compare-years", "--year", 2027)
    assert "2026: 18,00 điểm, hạng 1/2" in said
    assert "- +2 điểm, giữ hạng" in said
    year("compare-years", "--year", 2027, "--out", tmp_path / "ra", "--with", 2026, "--with", 2027)
    assert len(list((tmp_path / "ra").iterdir())) == 3


def test_an_unknown_cluster_or_form_is_refused(year: Call) -> None:
    scored(year)
    assert "Chọn một trong: k1" in year("firmness", "--cluster", "kx", code=1)
    assert "Chọn một trong: pdf, xlsx, txt" in year("health", "--form", "doc", code=1)


def test_the_report_on_criteria_from_a_facts_file(root: Path, tmp_path: Path) -> None:
    facts = root / "data" / "samples" / "cao-bang-2019" / "facts.toml"
    line = ["report", "criteria-health", "--pack", "cao-bang-2018-vi-du", "--facts", str(facts)]
    assert run([*line, "--out", str(tmp_path)]) == 0
    assert len(list(tmp_path.iterdir())) == 3


def test_the_report_on_firmness_from_a_facts_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = root / "data" / "samples" / "cao-bang-2019" / "facts.toml"
    line = ["report", "firmness", "--pack", "cao-bang-2018-vi-du", "--facts", str(facts)]
    assert run([*line, "--out", str(tmp_path), "--form", "txt"]) == 0
    assert "bằng điểm, phân định bằng bỏ phiếu" in capsys.readouterr().out
