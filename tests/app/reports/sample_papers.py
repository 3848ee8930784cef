"""The papers of the shipped sample, of a handover and of two years, to be printed and judged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.operations.criteria_health import facts_health
from app.operations.firmness import firmness_of
from app.operations.loading import load
from app.operations.scoring import score
from app.reports.criteria_health import build_criteria_health
from app.reports.document import Document
from app.reports.firmness import build_firmness
from app.reports.handover import SealLine, build_handover
from app.reports.issuing import Issuing
from app.reports.ranking import build_ranking
from app.reports.score_sheet import build_score_sheet
from app.reports.years_comparison import build_years_comparison
from app.scoring.years_comparison import YearResult, years_comparison

DAY = dt.date(2019, 12, 20)
ISSUED = Issuing(
    ("Ủy ban nhân dân tỉnh Cao Bằng",),
    place="Cao Bằng",
    day=DAY,
    number=7,
    sign="BC-CAT",
    name="Nguyễn Văn Ẩn",
)


def sample_papers(root: Path) -> dict[str, Document]:
    """Each by the stem of a file."""
    data = root / "data"
    packs, facts = (
        [data / "packs" / "cao-bang-2018-vi-du"],
        data / "samples" / "cao-bang-2019" / "facts.toml",
    )
    scored = score(packs, facts).assessment
    (health,) = facts_health(scored)
    firmness = firmness_of(load(packs, facts))
    cluster = scored.snapshot.clusters[0]
    years = years_comparison(
        [YearResult(name, scored, (), {}) for name in ("2018", "2019")], cluster.id
    )
    seals = [SealLine("2019", "01/01/2019 - 31/12/2019", "Đang mở", "sha256:" + "0a" * 32)]
    return {
        "ranking": build_ranking(scored, cluster, ISSUED),
        "score_sheet": build_score_sheet(scored, "cong_an", ISSUED),
        "firmness": build_firmness(firmness, cluster, ISSUED),
        "health": build_criteria_health(health, ISSUED),
        "years": build_years_comparison(years, ISSUED),
        "handover": build_handover(
            Path("so-thi-dua"), "Lê Thị Hoa", seals, "sha256:" + "1b" * 32, 12, ""
        ),
    }
