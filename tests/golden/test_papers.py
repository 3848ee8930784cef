"""The papers word for word: every change of a word or a figure shows as a changed line.

`BANGVANG_WRITE_GOLDEN=1` writes the files anew; the difference is then read and committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.operations.loading import load
from app.reports import text
from app.reports.issuing import Issuing
from app.reports.ranking import build_ranking
from app.reports.score_sheet import build_score_sheet
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

HERE = Path(__file__).parent
ISSUED = Issuing(("Ủy ban nhân dân tỉnh Cao Bằng",), place="Cao Bằng", sign="BTH-CAT")


@pytest.fixture(scope="module")
def sample(root: Path) -> Assessment:
    """The shipped sample cluster."""
    data = root / "data"
    pack = data / "packs" / "cao-bang-2018-vi-du"
    loaded = load([pack], data / "samples" / "cao-bang-2019" / "facts.toml")
    packs = loaded.packs
    return assess(loaded.snapshot, packs.main, packs.overlays, packs.companions)


def check(name: str, printed: str) -> None:
    file = HERE / name
    if os.environ.get("BANGVANG_WRITE_GOLDEN"):
        file.write_text(printed, "utf-8", newline="\n")
    assert file.read_text("utf-8") == printed


def test_the_ranking_of_the_sample_cluster_is_as_it_was(sample: Assessment) -> None:
    document = build_ranking(sample, sample.snapshot.clusters[0], ISSUED)
    check("sample_ranking.txt", text.render(document))


@pytest.mark.parametrize("unit", ["cong_an", "thanh_tra"])
def test_the_score_sheet_of_the_leader_and_of_a_barred_unit_is_as_it_was(
    sample: Assessment, unit: str
) -> None:
    document = build_score_sheet(sample, unit, ISSUED)
    check(f"sample_score_sheet_{unit}.txt", text.render(document))
