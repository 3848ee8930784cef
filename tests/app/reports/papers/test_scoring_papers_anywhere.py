"""The papers of scoring and the reports: under other packs, on the real table, as printed.

``BANGVANG_DOSE=20`` multiplies the years with something missing.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pytest

from app.domain.snapshot import (
    Cluster,
    Entry,
    EntryState,
    GivenTotal,
    Period,
    Snapshot,
    Unit,
)
from app.domain.year import Explanation
from app.ground.findings import Findings
from app.operations.loading import load_pack, read_packs
from app.reports import layout, pdf, text
from app.reports.document import Document, Table
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, YearBook
from app.reports.papers.paper import Paper, Part, asks_of
from app.reports.papers.shelf import paper_of, papers
from app.rules.merge import with_overlays
from app.scoring.assess import assess
from app.scoring.frame import unit_frame
from app.scoring.scene import Scene
from tests.app.reports.nd30_layout import complaints
from tests.app.reports.papers.paper_figures import changed, paper, row, table, words
from tests.app.reports.papers.sample_year import ROOT
from tests.app.reports.test_real_table import assessed

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
REPORTS = ("bao_cao_so_ket", "bao_cao_tong_ket")
MINE = tuple(p.id for p in papers() if p.part is Part.SCORING or p.id in REPORTS)
PACKS = ("bac-giang-2022-vi-du", "chuyen-de-2023-vi-du", "bac-giang-2022-vi-du+bac-kan-2023")
MACHINE_WORDS = re.compile(
    r"\b(self|cluster|department|leader|deputy|unit|true|false|none|null|pack)\b|\w+_\w+|[«»]"
)


@lru_cache(maxsize=len(PACKS))
def year_under(names: str) -> PaperData:
    """A cluster of three units; all but the last was scored, with 9/10 of each maximum."""
    trees = [(dict(load_pack(ROOT / "data" / "packs" / n).tree), n) for n in names.split("+")]
    loaded = read_packs(trees, {})
    rules = with_overlays(loaded.main.rules, [o.rules for o in loaded.overlays], Findings())
    block = rules.blocks[0].id if rules.blocks else None
    units = (
        Unit("u1", "Đơn vị A", "k", frozenset({"leader"})),
        Unit("u2", "Đơn vị B", "k", frozenset({"deputy"})),
        Unit("u3", "Đơn vị C", "k"),
    )
    period = Period("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    facts = Snapshot(period, (Cluster("k", "Cụm thi đua số 1", block),), units)
    scene = Scene(facts, loaded.main, rules, period.end, None)
    entries = tuple(
        Entry(unit.id, leaf.code, turn.id, points=leaf.max * Fraction(9, 10), reason="Theo hồ sơ")
        for unit in units[:2]
        for top in unit_frame(scene, unit)
        for leaf in top.leaves
        if leaf.max is not None
        for turn in rules.rounds
        if leaf.hand in (None, turn.hand)
    )
    facts = replace(facts, entries=entries)
    asked = Explanation("g", "u3", entries[0].criterion, "cluster", "Số liệu lấy từ báo cáo nào?")
    return PaperData(
        assessment=assess(facts, loaded.main, loaded.overlays, loaded.companions),
        cluster=facts.clusters[0],
        overlays=tuple(loaded.overlays),
        book=YearBook(explanations=(asked,)),
    )


def every(data: PaperData) -> list[tuple[Paper, Document]]:
    found = []
    for name in MINE:
        kind = paper_of(name)
        for subject in subjects_of(kind, data):
            made = make(kind, data, subject)
            assert made.findings == ()
            found.append((kind, made.document))
    return found


@pytest.mark.parametrize("names", PACKS)
def test_under_any_pack_every_paper_is_made_and_speaks_no_words_of_the_program(
    names: str,
) -> None:
    made = every(year_under(names))
    assert {kind.id for kind, _ in made} == set(MINE)
    for kind, document in made:
        told = [found[0] for found in MACHINE_WORDS.finditer(text.render(document))]
        assert (kind.id, told) == (kind.id, [])


@pytest.mark.parametrize("seed", range(4 * DOSE))
def test_whatever_is_missing_every_paper_is_made_and_speaks_no_words_of_the_program(
    sample: PaperData, seed: int
) -> None:
    for kind, document in every(torn(sample, seed)):
        told = [found[0] for found in MACHINE_WORDS.finditer(text.render(document))]
        assert (kind.id, told) == (kind.id, [])


def torn(data: PaperData, seed: int) -> PaperData:
    """The sample year with cells lost, half filled, in another state or in another round."""
    dice = random.Random(seed)
    facts = data.assessment.snapshot
    states, rounds = list(EntryState), [r.id for r in data.assessment.pack.rules.rounds]
    entries = []
    for entry in facts.entries:
        roll = dice.random()
        if roll < 0.1:
            continue
        if roll < 0.15:
            entry = replace(entry, state=dice.choice(states), points=None, figures={})
        elif roll < 0.2:
            entry = replace(entry, figures=dict(list(entry.figures.items())[1:]))
        elif roll < 0.25:
            entry = replace(entry, round=dice.choice(rounds))
        entries.append(entry)
    kept = {entry.key: entry for entry in entries}
    totals = (
        GivenTotal("tu_phap", "self", Fraction(100), "II"),
        GivenTotal("toa_an", dice.choice(rounds), Fraction(800)),
    )
    made = replace(facts, entries=tuple(kept.values()), totals=totals if seed % 2 else ())
    there = changed(data, made)
    return replace(there, book=YearBook()) if seed % 3 == 0 else there


@pytest.mark.parametrize(
    ("names", "leader", "evidence"),
    [
        ("bac-giang-2022-vi-du", "Trưởng cụm", "VĂN BẢN MINH CHỨNG"),
        ("chuyen-de-2023-vi-du", "Cụm trưởng", "MINH CHỨNG"),
    ],
)
def test_the_words_are_those_of_the_pack(names: str, leader: str, evidence: str) -> None:
    data = year_under(names)
    assert paper(data, "phieu_tu_cham", "u3").addressees == (f"Đơn vị A ({leader})",)
    assert paper(data, "danh_muc_tai_lieu", "u3").kind == f"DANH MỤC {evidence}"


@pytest.mark.parametrize("names", PACKS)
def test_a_unit_that_nobody_scored_is_all_blank_and_its_sheet_a_draft(names: str) -> None:
    data = year_under(names)
    document = paper(data, "phieu_tu_cham", "u3")
    assert document.draft is not None
    assert re.fullmatch(r"Phiếu còn \d+ tiêu chí chưa ghi điểm\.", document.draft.reasons[0])
    *body, total = table(document.blocks, "Điểm tự chấm")
    assert total[4] == "—"
    assert any("tự chấm điểm thi đua được ………… điểm" in text for text in words(document))
    assert {line[4] for line in body} <= {"—", ""}


def test_a_unit_that_nobody_scored_has_no_total_and_kept_nothing() -> None:
    minutes = paper(year_under("bac-giang-2022-vi-du"), "bien_ban_thong_nhat_diem")
    rows = table(minutes.blocks, "Điểm thống nhất")
    # 9/10 of the 950 points of the table
    assert row(rows, "Đơn vị B")[2:] == ["855,00"] * 4
    assert row(rows, "Đơn vị C")[2:] == ["—"] * 4
    (kept,) = [text for text in words(minutes) if text.startswith("Các đơn vị giữ nguyên")]
    assert kept.endswith(": Đơn vị A, Đơn vị B.")


def test_no_lecture_stands_as_a_basis_on_any_of_them() -> None:
    data = year_under("chuyen-de-2023-vi-du")
    lectures = [s for s in data.assessment.pack.rules.sources if s.kind == "lecture"]
    assert lectures
    for _, document in every(data):
        bases = [line for line in text.render(document).split("\n") if line.startswith("Căn cứ ")]
        assert not [line for line in bases if any(data.citations.full(s) in line for s in lectures)]


@pytest.mark.parametrize("name", MINE)
def test_it_stands_on_paper_as_the_decree_says(sample: PaperData, name: str) -> None:
    kind = paper_of(name)
    subject = subjects_of(kind, sample)[-1]
    written = {
        (
            "" if ask.shared else name,
            subject.id if ask.each else "",
            ask.name,
        ): "2019-12-20" if ask.kind == "day" else "12"
        for ask in asks_of(kind)
    }
    document = make(kind, replace(sample, answers=written), subject).document
    assert complaints(pdf.render(document), document) == []


@pytest.mark.parametrize(
    ("name", "rounds", "units", "pages"),
    [("bang_diem_tung_tieu_chi", 1, 7, 22), ("bang_diem_cac_vong", 3, 12, 26)],
)
def test_the_real_table_prints_legibly_and_inside_its_margins(
    real_table: Path, name: str, rounds: int, units: int, pages: int
) -> None:
    assessment = assessed(real_table, rounds, units)
    document = paper(PaperData(assessment, assessment.snapshot.clusters[0]), name)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert layout.choose(document.page, tables).size >= 9
    with pdfplumber.open(io.BytesIO(pdf.render(document))) as printed:
        assert len(printed.pages) <= pages
        page = printed.pages[1]
        inside = page.width - document.page.right_mm * 72 / 25.4 + 0.5
        assert min(char["size"] for char in page.chars) >= 9
        assert min(char["x0"] for char in page.chars) >= document.page.left_mm * 72 / 25.4 - 0.5
        assert max(char["x1"] for char in page.chars) <= inside
