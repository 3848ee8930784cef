"""The papers that look back on a year, word for word.

`BANGVANG_WRITE_GOLDEN=1` writes the files anew; the difference is then read and committed.
"""

from __future__ import annotations

from pathlib import Path

from app.operations.criteria_health import facts_health
from app.operations.firmness import firmness_of
from app.operations.loading import load
from app.operations.scoring import score
from app.reports import pdf, text
from app.reports.criteria_health import build_criteria_health
from app.reports.firmness import build_firmness
from app.reports.issuing import Issuing
from tests.golden.test_papers import check

ISSUED = Issuing(("Ủy ban nhân dân tỉnh Cao Bằng",), place="Cao Bằng", sign="BC-CAT")


def test_the_health_of_the_sample_criteria_is_as_it_was(root: Path) -> None:
    data = root / "data"
    facts = data / "samples" / "cao-bang-2019" / "facts.toml"
    scored = score([data / "packs" / "cao-bang-2018-vi-du"], facts)
    (health,) = facts_health(scored.assessment)
    document = build_criteria_health(health, ISSUED)
    check("sample_criteria_health.txt", text.render(document))
    assert pdf.render(document) == pdf.render(document)


def test_the_firmness_of_the_sample_ranking_is_as_it_was(root: Path) -> None:
    data = root / "data"
    facts = data / "samples" / "cao-bang-2019" / "facts.toml"
    found = firmness_of(load([data / "packs" / "cao-bang-2018-vi-du"], facts))
    document = build_firmness(found, found.assessment.snapshot.clusters[0], ISSUED)
    check("sample_firmness.txt", text.render(document))
    assert pdf.render(document) == pdf.render(document)
