"""Small table files, made afresh for each test; what a test needs of a table stands in the test."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class TableFiles:
    """Writes tables into a folder of the test."""

    folder: Path

    def xlsx(
        self,
        rows: Rows,
        *,
        merges: Sequence[str] = (),
        name: str = "bang.xlsx",
        sheet: str = "Bảng",
    ) -> Path:
        """One sheet; numbers as numbers, texts as texts, ``=…`` as a formula without a value."""
        book = openpyxl.Workbook()
        page = book.active
        page.title = sheet
        for row in rows:
            page.append([float(v) if isinstance(v, Decimal) else v for v in row])
        for merge in merges:
            page.merge_cells(merge)
        return self.saved(book, name)

    def saved(self, book: openpyxl.Workbook, name: str = "bang.xlsx") -> Path:
        """The path of a workbook that the test built itself."""
        path = self.folder / name
        book.save(path)
        return path

    def text(self, content: str, *, encoding: str = "utf-8", name: str = "bang.csv") -> Path:
        """A text file in any encoding."""
        return self.data(content.encode(encoding), name)

    def data(self, content: bytes, name: str = "bang.xlsx") -> Path:
        """A file of exactly these bytes."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def in_format(self, path: Path, ending: str) -> Path:
        """The same workbook as LibreOffice saves it in another format."""
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            pytest.skip("needs LibreOffice: soffice is not installed")
        profile = (self.folder / "profile").as_uri()
        target = self.folder / "converted"
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                str(target),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return target / f"{path.stem}.{ending}"


@pytest.fixture
def files(tmp_path: Path) -> TableFiles:
    return TableFiles(tmp_path)


@dataclass(frozen=True)
class SeededTable:
    """A table made by chance from a seed, with what reading it must give."""

    rows: list[list[object]]
    codes: list[str]
    maxima: dict[str, Decimal]
    scores: dict[tuple[str, str], Decimal | None]
    units: list[str]


def seeded_table(seed: int) -> SeededTable:
    """Groups I, II, … with criteria 1, 2, … and parts a), b), …; sums printed; scores of units."""
    chance = random.Random(seed)
    units = [f"Sở {letter}" for letter in "ABC"[: chance.randint(1, 3)]]
    rows: list[list[object]] = [
        ["BẢNG TIÊU CHÍ THI ĐUA"],
        ["TT", "Nội dung tiêu chí", "Điểm chuẩn", *units],
    ]
    codes: list[str] = []
    maxima: dict[str, Decimal] = {}
    scores: dict[tuple[str, str], Decimal | None] = {}

    def scored(label: str, code: str) -> Decimal:
        maximum = Decimal(chance.randint(1, 400)) / 4
        given = [
            None if chance.random() < 0.1 else Decimal(chance.randint(0, int(maximum * 4))) / 4
            for _ in units
        ]
        rows.append([label, f"Tiêu chí {code}", maximum, *given])
        codes.append(code)
        maxima[code] = maximum
        scores.update({(unit, code): value for unit, value in zip(units, given, strict=True)})
        return maximum

    def group(label: str, code: str) -> int:
        rows.append([label, f"Nhóm {code}", None])
        codes.append(code)
        return len(rows) - 1

    for section in ("I", "II", "III")[: chance.randint(1, 3)]:
        at = group(section, section)
        section_sum = Decimal(0)
        for number in range(1, chance.randint(2, 5)):
            code = f"{section}.{number}"
            if chance.random() < 0.3:
                inner = group(f"{number}.", code)
                maxima[code] = sum(
                    (scored(f"{letter})", f"{code}.{letter}") for letter in "abc"), Decimal(0)
                )
                rows[inner][2] = maxima[code]
                section_sum += maxima[code]
            else:
                section_sum += scored(f"{number}.", code)
        rows[at][2] = section_sum
        maxima[section] = section_sum
    total = sum((m for code, m in maxima.items() if "." not in code), Decimal(0))
    rows.append([None, "Tổng cộng", total])
    return SeededTable(rows, codes, maxima, scores, units)


@pytest.fixture(params=range(6))
def seeded(request: pytest.FixtureRequest) -> SeededTable:
    return seeded_table(request.param)
