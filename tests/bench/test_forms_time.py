"""Reading a province's forms costs no more than openpyxl alone takes to open them."""

from __future__ import annotations

import datetime as dt
import gc
import time
from pathlib import Path

import openpyxl
import pytest

from app.domain.snapshot import Cluster, Period, Snapshot, Unit
from app.exchange.forms import read_forms, write_form
from app.operations.loading import load_pack

UNITS = 137
"""The units of the province whose scheme the first pack follows."""


def _by_openpyxl(files: list[Path]) -> float:
    started = time.process_time()
    for file in files:
        openpyxl.load_workbook(file)
    return time.process_time() - started


@pytest.mark.bench
@pytest.mark.slow
def test_reading_137_forms_costs_no_more_than_openpyxl_alone(tmp_path: Path, root: Path) -> None:
    pack = load_pack(root / "data/packs/cao-bang-2018-vi-du")
    units = tuple(Unit(f"u{n}", f"Đơn vị {n}", "k1") for n in range(1, UNITS + 1))
    period = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    roster = Snapshot(period, (Cluster("k1", "Khối 1", "so_ban_nganh"),), units)
    first = write_form(pack, roster, "u1", "self")
    files = []
    for unit in units:
        file = tmp_path / f"{unit.id}.xlsx"
        file.write_bytes(write_form(pack, roster, unit.id, "self"))
        files.append(file)
    assert files[0].read_bytes() == first
    gc.collect()
    gc.freeze()  # what other tests have left in memory is not searched through in either's time
    started = time.process_time()
    found, findings = read_forms(tmp_path, pack, roster)
    ours = time.process_time() - started
    theirs = _by_openpyxl(files)
    assert findings.errors == ()
    assert len(found.readings) == UNITS
    print(f"reading {UNITS} forms: {ours / theirs:.2f} of openpyxl alone")
    assert ours <= theirs
