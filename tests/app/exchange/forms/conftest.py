"""A small table, three units, and a form that one of them has filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Entry, EntryState, Figure, Period, Snapshot, Unit
from app.exchange.forms import Citation, FormReading, read_form, write_form
from app.ground.findings import Findings
from app.rules.document import LoadedPack, parse_tree, read_pack
from tests.app.exchange.forms.filling import OpenForm, filled

PACK = Path(__file__).with_name("pack.toml")
YEAR = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
UNITS = (
    Unit("tc", "Sở Tài chính", "k1"),
    Unit("tp", "Sở Tư pháp", "k1"),
    Unit("yt", "Sở Y tế", "k1"),
)
ROSTER = Snapshot(YEAR, (Cluster("k1", "Khối 1"),), UNITS)


def entry(code: str, **figures: Figure) -> Entry:
    return Entry("tc", code, "self", EntryState.SCORED, figures)


ENTRIES = (
    entry("I.1", plan=Fraction(200), actual=Fraction(150)),
    entry("I.2", level="khá"),
    replace(entry("I.10"), points=Fraction("20.5")),
    entry("II.1", achieved=True),
    entry("II.2", sang_kien=Fraction(3)),
    entry("II.3", due=dt.date(2026, 6, 30), done=dt.date(2026, 7, 2)),
    entry("II.4", value=Fraction(95)),
)
"""15 + 10 + 20.5 + 10 + 6 + 8 = 69.5, and one comparison with other units."""

CITATIONS = (
    Citation("I.1", "12/BC-STC", dt.date(2026, 12, 10), "Sở Tài chính", "Báo cáo thu", "Mục 2"),
    Citation("I.1", "30/QĐ-UBND", dt.date(2026, 1, 15), "UBND tỉnh", "Giao dự toán", "Phụ lục 1"),
    Citation("II.1", "5/KH-STC", dt.date(2026, 2, 3), "Sở Tài chính", "Kế hoạch thi đua", ""),
)


def pack_of(change: Callable[[str], str] = lambda words: words) -> LoadedPack:
    """The small table, its text changed where a test needs another one."""
    text = change(PACK.read_text(encoding="utf-8"))
    pack, findings = read_pack(parse_tree(text.encode(), "pack.toml"), "pack.toml")
    assert pack is not None, findings.as_tuple()
    return pack


@dataclass(frozen=True)
class Forms:
    """Makes and reads forms of the small table in the folder of a test."""

    folder: Path
    pack: LoadedPack

    def blank(self, unit: str = "tc", snapshot: Snapshot = ROSTER, name: str = "") -> Path:
        path = self.folder / (name or f"{unit}.xlsx")
        path.write_bytes(write_form(self.pack, snapshot, unit, "self"))
        return path

    def filled(self) -> Path:
        return filled(self.blank(), ENTRIES, CITATIONS)

    def open(self) -> OpenForm:
        return OpenForm(self.filled())

    def read(self, path: Path, **options: object) -> tuple[FormReading | None, Findings]:
        return read_form(path, self.pack, ROSTER, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def small_pack() -> LoadedPack:
    return pack_of()


@pytest.fixture
def forms(tmp_path: Path, small_pack: LoadedPack) -> Forms:
    return Forms(tmp_path, small_pack)
