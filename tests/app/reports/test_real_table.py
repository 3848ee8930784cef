"""A real table of 176 criteria prints legibly: one round, and three rounds of eight units."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.domain.snapshot import Cluster, Entry, Period, Snapshot, Unit
from app.reports import layout, pdf
from app.reports.document import Table
from app.reports.ranking import build_ranking
from app.rules.document import read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

ROUNDS = (("self", "unit"), ("cluster", "leader"), ("department", "department"))


def codes_of(rows: list[dict[str, str]]) -> Iterator[list[str]]:
    """The path of each row as parts of a code, made unique."""
    taken: set[str] = set()
    for row in rows:
        inner = [
            "".join(p.strip(". )").replace(".", "-").split()) for p in row["path"].split("/")[1:]
        ]
        parts = [row["section"], *inner]
        while ".".join(parts) in taken:
            parts[-1] += "'"
        taken |= {".".join(parts[: n + 1]) for n in range(len(parts))}
        yield parts


def assessed(file: Path, rounds: int, units: int) -> Assessment:
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    criteria: dict[str, dict[str, Any]] = {}
    leaves: list[str] = []
    for row, parts in zip(rows, codes_of(rows), strict=True):
        for n in range(1, len(parts)):
            group = ".".join(parts[:n])
            criteria.setdefault(group, {"code": group, "title": f"Nhóm {parts[n - 1]}"})
        leaves.append(".".join(parts))
        title = f"Tiêu chí {row['code']}: tổ chức thực hiện nhiệm vụ được giao trong năm"
        leaf = {"code": leaves[-1], "title": title, "max": row["max"], "method": {"kind": "direct"}}
        criteria[leaves[-1]] = leaf
    used = ROUNDS[:rounds]
    loaded, findings = read_pack(
        {
            "schema": "bangvang-pack/1",
            "id": "that",
            "version": "1.0.0",
            "title": "Bảng thật",
            "rounds": [{"id": name, "title": name, "hand": hand} for name, hand in used],
            "scoring": {"ranking_round": used[-1][0], "frame": "at_most"},
            "criteria": list(criteria.values()),
        },
        "that",
    )
    assert loaded is not None, list(findings)
    names = [f"D{n}" for n in range(1, units + 1)]
    entries = tuple(
        Entry(name, code, round_id, points=Fraction(given))
        for round_id, _ in used
        for row, code in zip(rows, leaves, strict=True)
        for name in names
        if (given := row.get(name) or (row["D1"] if name not in row else ""))
    )
    members = tuple(Unit(name, f"Ủy ban nhân dân huyện {name}", "k") for name in names)
    period = Period("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    return assess(Snapshot(period, (Cluster("k", "Cụm số 3"),), members, entries), loaded)


@pytest.mark.parametrize(("rounds", "units", "most"), [(1, 7, 24), (3, 8, 16)])
def test_the_real_table_prints_every_row_at_9_points_or_more_on_one_width_of_paper(
    real_table: Path, rounds: int, units: int, most: int
) -> None:
    assessment = assessed(real_table, rounds, units)
    document = build_ranking(assessment, assessment.snapshot.clusters[0])
    (appendix,) = document.appendices
    table = appendix.blocks[0]
    assert isinstance(table, Table)
    fit = layout.choose(appendix.page, [table])
    assert fit.size >= 9
    assert len(fit.bands[0]) == 1
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(document)))
    assert len(reader.pages) <= most
    whole = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert whole.count("tổ chức thực hiện nhiệm vụ được giao trong năm") == 176
