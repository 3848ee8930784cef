"""A flipped byte is detected or harmless: no score and no value is ever silently wrong.

More flips: ``BANGVANG_FLIPS=5000``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.domain.snapshot import Cluster, Decision, Entry, Unit
from app.domain.year import CriteriaTable, Evidence, PeriodRecord, PinnedTable, Setting
from app.ground.canonical import digest
from app.ground.findings import UserError
from app.persistence import books, database
from app.persistence.workspace import Workspace

FLIPS = int(os.environ.get("BANGVANG_FLIPS", "500"))
SEED = int(os.environ.get("BANGVANG_SEED", str(dt.date.today().toordinal())))  # noqa: DTZ011
PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with a year of scores, a table, settings and a file of evidence."""
    place = tmp_path / "so"
    workspace = Workspace.create(place, "A")
    file = tmp_path / "bao cao.pdf"
    file.write_bytes(random.Random(1).randbytes(20_000))
    sha256, size = workspace.keep_file(file)
    tree = {"title": "Bảng tiêu chí", "criteria": [{"code": f"I.{n}", "max": n} for n in range(9)]}
    with workspace.operation("year", "Mở năm", "A", period="p") as change:
        change.put(books.PERIODS, PeriodRecord("p", "p", dt.date(2022, 1, 1), dt.date.max))
        change.put(books.CLUSTERS, Cluster("k", "K"))
        change.put(books.UNITS, *(Unit(f"u{n}", f"Sở {n}", "k") for n in range(4)))
        change.put(books.CRITERIA_TABLES, CriteriaTable("b", 1, "Bảng", tree, digest(tree)))
        change.put(books.PINNED_TABLES, PinnedTable(1, "b", 1))
        change.put(books.SETTINGS, Setting("issuer", "Sở Nội vụ"))
        change.put(books.EVIDENCE, Evidence("e1", "1/BC", sha256=sha256, file_size=size))
        change.put(books.DECISIONS, Decision("open:A10", "giữ"))
    for step in range(5):
        with workspace.operation("score", "Chấm điểm", "B", period="p") as change:
            cells = [
                Entry(f"u{n}", f"I.{c}", "self", points=Fraction(c + step, 1 + step % 2))
                for n in range(4)
                for c in range(9)
            ]
            change.put(books.ENTRIES, *cells)
    workspace.close(backup=False)
    return place


def values(workspace: Workspace) -> list[Any]:
    """All that the workspace would tell."""
    told: list[Any] = [workspace.snapshot("p"), workspace.pinned_tables("p"), workspace.head]
    for book in (*books.NAMED, *books.NUMBERED):
        told.append(workspace.read(book, "p" if book.scoped else None))
    told.append([(line.heading, line.sentences) for line in workspace.journal()])
    return told


@pytest.mark.slow
def test_flips_in_the_database_are_detected_or_harmless(folder: Path) -> None:
    chance = random.Random(SEED)
    file = folder / database.FILE
    good = file.read_bytes()
    with Workspace.open(folder) as workspace:
        wanted = values(workspace)
        assert len(wanted[0].entries) == 36
        workspace.close(backup=False)
    assert file.read_bytes() == good
    filled = [n for n, byte in enumerate(good) if byte]
    rows = [n for n in filled if b"json_object" not in good[n // PAGE * PAGE :][:PAGE]]
    assert len(rows) > 10 * PAGE, "pages of rows, not of triggers"
    detected = harmless = 0
    for turn in range(FLIPS):
        if turn % 10 == 0:
            place = chance.randrange(100)
        else:
            place = chance.choice(rows if turn % 3 else filled)
        flipped = bytearray(good)
        flipped[place] ^= chance.randrange(1, 256)
        file.write_bytes(flipped)
        where = f"byte {place} of page {place // PAGE + 1}: {good[place]} → {flipped[place]}"
        try:
            workspace = Workspace.open(folder)
        except UserError:
            detected += 1
            continue
        try:
            told = values(workspace)
            assert told == wanted, f"silently wrong: {where}, seed {SEED}"
            harmless += 1
        finally:
            workspace.close(backup=False)
    assert detected > FLIPS // 3, (detected, harmless)
    file.write_bytes(good)
    Workspace.open(folder).close()


@pytest.mark.slow
def test_flips_in_evidence_are_detected_before_it_is_handed_out(folder: Path) -> None:
    chance = random.Random(SEED)
    with Workspace.open(folder) as workspace:
        (evidence,) = workspace.read(books.EVIDENCE, "p")
        assert evidence == replace(evidence, id="e1")
        assert evidence.sha256 is not None
        file = folder / "evidence" / evidence.sha256[:2] / evidence.sha256
        good = file.read_bytes()
        for _ in range(FLIPS):
            flipped = bytearray(good)
            flipped[chance.randrange(len(good))] ^= chance.randrange(1, 256)
            file.write_bytes(flipped)
            with pytest.raises(UserError) as fault:
                workspace.evidence_content(evidence.sha256, "bao cao.pdf")
            assert fault.value.findings[0].code == "evidence_altered"
        assert [finding.code for finding in workspace.verify().findings] == ["evidence_altered"]
        file.write_bytes(good)
        assert workspace.evidence_content(evidence.sha256, "bao cao.pdf") == good
