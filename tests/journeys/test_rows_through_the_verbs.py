"""The questions of the domain (A4 …) answered through the verbs, by cases worked by hand.

Each row of ``domain.md`` names worked cases of the shipped packs; their facts are taken into a
workspace, and the year is scored there. The arithmetic and the quoted words stand in the cases.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from app.domain.snapshot import Cluster
from app.domain.year import PeriodRecord
from app.exchange.result import result_tree
from app.operations.cases import Case, find_cases
from app.operations.expectations import mismatches
from app.operations.workspace.deadlines import deadlines_of_rules
from app.operations.workspace.desk import Desk
from app.operations.workspace.imports import import_facts
from app.operations.workspace.members import add_clusters
from app.operations.workspace.records import choose_parameter
from app.operations.workspace.results import scored_year
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year
from app.persistence.workspace import Workspace

CAO_BANG, BAC_GIANG = "cao-bang-2018-vi-du", "bac-giang-2022-vi-du"
LECTURE = "chuyen-de-2023-vi-du"
ROWS = {
    "A4": (CAO_BANG, ["40-truong-khoi-va-phan-tram"]),
    "A5": (CAO_BANG, ["34-khong-thuc-hien-khong-duoc-giao-0-va-trong"]),
    "A6": (CAO_BANG, ["60-co-va-ca-bang-khen"]),
    "A7": (CAO_BANG, ["50-phieu-bang-nhau-chua-giai-quyet", "52-phieu-lan-2-chon-duoc",
                      "54-phieu-bang-nhau-cap-tham-quyen-quyet-dinh"]),
    "A8": (CAO_BANG, ["56-bang-diem-khong-anh-huong"]),
    "A14": (LECTURE, ["03-tam-don-vi-tiep-tuc-bac-chi-hang-ba", "04-tam-don-vi-chon-ro-hang-nhi"]),
    "A15": (LECTURE, ["23-co-chinh-phu-17", "24-co-chinh-phu-4"]),
    "A25": (BAC_GIANG, ["12-tong-khong-duoi-0", "13-tong-duoc-am-khi-chon",
                        "14-tong-khong-qua-1000"]),
    "A26": (BAC_GIANG, ["20-moc-900-sau-khi-tru", "21-moc-900-truoc-khi-tru-khi-chon"]),
    "A27": (BAC_GIANG, ["25-va-hoac-dung-cau-chu", "26-va-hoac-hieu-khac"]),
    "A28, A29": (BAC_GIANG, ["24-bay-truong-hop-khong-xet"]),
    "A30": (BAC_GIANG, ["48-muc-ii-du-diem"]),
    "A31": (BAC_GIANG, ["30-bang-diem-vat-qua-chi-tieu", "31-bang-diem-da-bo-phieu",
                        "34-bang-diem-trong-chi-tieu-khong-bo-phieu", "35-ba-don-vi-hai-cho"]),
    "A35": (BAC_GIANG, ["39-lam-tron-mac-dinh", "40-lam-tron-a35-digits-1"]),
    "A36": (CAO_BANG, ["78-chua-co-vong-tham-dinh", "79-xep-hang-theo-vong-cluster"]),
    "A37": (CAO_BANG, ["61-bay-truong-hop-khong-xet"]),
    "A38": (CAO_BANG, ["62-chua-xet-o-vi-tri-co", "63-chua-xet-giu-cho",
                       "64-chua-xet-chuyen-don-vi-ke-tiep", "65-chua-xet-co-quyet-dinh"]),
    "A41": (BAC_GIANG, ["36-thuong-hoi-dong-sau-hoi-nghi-cau-hoi",
                        "37-thuong-hoi-dong-giu-ket-qua"]),
    "1.16": (CAO_BANG, ["55-phieu-khong-khop"]),
}  # fmt: skip
CASES = [(row, pack, name) for row, (pack, names) in ROWS.items() for name in names]


@cache
def cases_of(pack: Path) -> dict[str, Case]:
    """The worked cases of a pack by their files."""
    return {case.name: case for case in find_cases(pack).cases}


def desk_for(case: Case, folder: Path) -> Desk:
    """An empty year of the case's period under its tables."""
    workspace = Workspace.create(folder, "Nguyễn Hoa")
    period = case.facts["period"]
    record = PeriodRecord("n", str(period["name"]), period["from"], period["to"])
    desk, _ = open_year(workspace, "Nguyễn Hoa", record)
    for pack in case.packs:
        adopt_pack(desk, pack)
    return desk


@pytest.mark.parametrize(("row", "pack", "name"), CASES, ids=[f"{r}:{n}" for r, _, n in CASES])
def test_a_row_of_the_domain(root: Path, tmp_path: Path, row: str, pack: str, name: str) -> None:
    """The book says of these facts what the rule text gives by hand."""
    file = root / "data" / "packs" / pack / "cases" / f"{name}.toml"
    case = cases_of(file.parents[1])[f"cases/{name}.toml"]
    desk = desk_for(case, tmp_path / "so")
    import_facts(desk, file, apply=True)
    found = scored_year(desk, case.as_of)
    assert mismatches(case.expect, result_tree(found.assessment)) == ()
    assert desk.workspace.verify().findings == ()
    desk.workspace.close(backup=False)


@pytest.mark.parametrize(("strict", "last"), [(None, "30/03/2026"), ("false", "31/03/2026")])
def test_before_the_31st_of_march(
    root: Path, tmp_path: Path, strict: str | None, last: str
) -> None:
    """A33, acceptance 1.17, BG "trước ngày 31/3": the 30th is the last day; settable."""
    workspace = Workspace.create(tmp_path / "so", "Nguyễn Hoa")
    record = PeriodRecord("2026", "2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    desk, _ = open_year(workspace, "Nguyễn Hoa", record)
    adopt_pack(desk, root / "data" / "packs" / BAC_GIANG)
    add_clusters(desk, [Cluster("k1", "Cụm 1", "A"), Cluster("k2", "Cụm trường", "truong_so")])
    if strict is not None:
        choose_parameter(desk, "A33", strict, "hiểu là hết ngày 31")
    days = {(d.duty, d.cluster): f"{d.due:%d/%m/%Y}" for d in deadlines_of_rules(desk)}
    assert days["dang_ky", "k1"] == last
    # schools differ: before 31/10
    assert days["dang_ky", "k2"] == ("30/10/2026" if strict is None else "31/10/2026")
    workspace.close(backup=False)
