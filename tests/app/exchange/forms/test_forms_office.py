"""Forms of every shipped pack, filled in and saved by LibreOffice in three formats.

They must read back to the entries that were typed, and so to the same assessment; and what
LibreOffice calculates in the form must be what the program scores.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Entry, EntryState, Figure, Period, Snapshot, Unit
from app.exchange.facts_known import KnownFigure
from app.exchange.forms import Form, describe_form, read_form, write_form
from app.ground.paths import data_folder
from app.operations.loading import PACK_FILE, load_pack
from app.rules.document import LoadedPack
from app.rules.methods import FigureKind
from app.scoring.assess import assess
from tests.app.exchange.forms.filling import filled

YEAR = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
SEEDS = range(3)
FORMATS = ("xlsx", "ods", "xls")


@dataclass(frozen=True)
class Case:
    """One form with what is typed into it."""

    name: str
    pack: LoadedPack
    roster: Snapshot
    round: str
    typed: tuple[Entry, ...]


def figure(known: KnownFigure, chance: random.Random) -> Figure:
    match known.kind:
        case FigureKind.YES_NO:
            return chance.random() < 0.7
        case FigureKind.LEVEL:
            return chance.choice(list(known.levels.values()))
        case FigureKind.COUNT:
            return Fraction(chance.randint(0, 4))
        case FigureKind.DATE:
            return dt.date(2026, 6, 25) + dt.timedelta(days=chance.randint(0, 12))
        case FigureKind.NUMBER:
            return Fraction(chance.randint(1, 4000), chance.choice((1, 4, 10, 100)))


def entries(form: Form, chance: random.Random) -> tuple[Entry, ...]:
    found = []
    for row in form.scored:
        drawn = chance.random()
        entry = Entry(form.unit.id, row.code, form.round.id)
        if drawn < 0.06:
            continue
        if drawn < 0.12:
            found.append(replace(entry, state=EntryState.NOT_ASSIGNED))
        elif drawn < 0.15:
            found.append(replace(entry, state=EntryState.NOT_DONE))
        else:
            figures = {known.name: figure(known, chance) for known in row.figures}
            points = None
            if row.is_direct:
                top = row.node.max if row.node.max is not None else Fraction(20)
                points = Fraction(chance.randint(0, int(top * 4)), 4)
            found.append(replace(entry, figures=figures, points=points))
    return tuple(found)


def cases() -> list[Case]:
    found = []
    for file in sorted((data_folder() / "packs").rglob(PACK_FILE)):
        pack = load_pack(file.parent)
        if pack.rules.kind != "points":
            continue
        blocks = [block.id for block in pack.rules.blocks if block.served] or [None]
        for seed in SEEDS:
            block = blocks[seed % len(blocks)]
            unit = Unit("u1", "Sở Tài chính", "k1", frozenset({"leader"}))
            roster = Snapshot(YEAR, (Cluster("k1", "Khối 1", block),), (unit,))
            turn = pack.rules.rounds[0].id
            form = describe_form(pack, roster, "u1", turn)
            chance = random.Random(f"{pack.rules.id} {seed}")
            name = f"{pack.rules.id}-{seed}"
            found.append(Case(name, pack, roster, turn, entries(form, chance)))
    return found


CASES = cases()


def convert(office: str, profile: Path, ending: str, files: list[Path], folder: Path) -> None:
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A folder for each format with all forms, typed in and saved by LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs LibreOffice: soffice is not installed")
    top = tmp_path_factory.mktemp("office")
    files = []
    for case in CASES:
        path = top / f"{case.name}.xlsx"
        path.write_bytes(write_form(case.pack, case.roster, "u1", case.round))
        files.append(filled(path, case.typed))
    folders = {ending: top / ending for ending in FORMATS}
    convert(office, top / "profile", "ods", files, folders["ods"])
    open_files = sorted(folders["ods"].iterdir())
    convert(office, top / "profile", "xlsx", open_files, folders["xlsx"])
    convert(office, top / "profile", "xls", files, folders["xls"])
    return folders


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_form_saved_by_libreoffice_reads_back_as_typed(
    case: Case, ending: str, saved: Mapping[str, Path]
) -> None:
    path = saved[ending] / f"{case.name}.{ending}"
    reading, findings = read_form(path, case.pack, case.roster)
    assert findings.errors == ()
    assert reading is not None
    assert reading.entries == case.typed
    typed = assess(replace(case.roster, entries=case.typed), case.pack)
    read = assess(replace(case.roster, entries=reading.entries), case.pack)
    assert read == typed
    codes = {finding.code for finding in findings}
    assert codes <= {"form_rows_blank"}, [f for f in findings if f.code != "form_rows_blank"]
    assert reading.declared_total is not None
    assert read_form(path, case.pack, case.roster)[0] == reading
