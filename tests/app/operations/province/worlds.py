"""A province of 17 clusters and 137 units: 16 clusters of eight units, one of nine.

Each cluster is a normal workspace under one small table (four criteria, three hands), with scores
that differ from cluster to cluster; their self-scores are the cluster's, the department changes a
few. ``big`` takes the sample pack and its full year in place of the small table.

The points are made by a rule that a reader can work out: unit ``n`` (from 1) of cluster ``c`` (from
1) has 40 - n, 30, 20 - (n * (c % 4)) % 5 and 10 in the four criteria; no two tie at a cut.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from app.domain.snapshot import Cluster
from app.exchange.facts_text import facts_tree
from app.operations.province.folder import ProvinceDesk, begin_cluster, create_province
from app.operations.workspace.desk import Desk
from app.operations.workspace.imports import import_facts
from app.operations.workspace.tables import adopt_pack, adopt_tree
from app.operations.workspace.years import year_record
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree
from tests import builders as b

OFFICER: Final = "Trần Sở"
YEAR: Final = "2026"
DAY: Final = dt.date(2026, 12, 20)
CLUSTERS: Final = tuple(
    Cluster(f"k{number:02d}", f"Cụm thi đua số {number}") for number in range(1, 18)
)
CODES: Final = ("I.1", "I.2", "II.1", "II.2")


def size_of(cluster: int) -> int:
    """137 units: eight in each cluster, nine in the last."""
    return 9 if cluster == 17 else 8


def table() -> b.Tree:
    """Four criteria of 100 points, three hands, the flag, Bằng khen, the Government's flag."""
    hands = (
        ("self", "Tự chấm điểm", "unit"),
        ("cluster", "Cụm thống nhất", "leader"),
        ("department", "Sở thẩm định", "department"),
    )
    rounds = [
        {"id": name, "title": title, "hand": hand} | ({"stands_in": hands[at - 1][0]} if at else {})
        for at, (name, title, hand) in enumerate(hands)
    ]
    return b.pack_tree(
        b.criterion("I", 70),
        b.direct("I.1", 40, needs_evidence=True),
        b.direct("I.2", 30),
        b.criterion("II", 30),
        b.direct("II.1", 20),
        b.direct("II.2", 10),
        b.standing_case("ky_luat", "barred"),
        b.standing_case("dang_xet", "held"),
        b.award("co_tinh", b.fixed(1), reserve=1, held="hold"),
        b.award("bang_khen", b.fixed(2), excludes=["co_tinh"]),
        b.award(
            "co_chinh_phu",
            {"kind": "quota"},
            scope="province",
            among="co_tinh",
            chosen_by="council",
        ),
        id="bang-cum",
        title="Bảng tiêu chí cụm",
        rounds=rounds,
        scoring={"ranking_round": "department", "total_max": 100},
        ties={"chain": [{"step": "ballot"}]},
    )


def points(cluster: int, unit: int) -> dict[str, int]:
    """What a unit says of itself."""
    return {"I.1": 40 - unit, "I.2": 30, "II.1": 20 - unit * (cluster % 4) % 5, "II.2": 10}


def facts(cluster: int, **more: Any) -> b.Tree:
    """The facts of one cluster, as its leader sends them; ``more`` are further lists."""
    key = f"k{cluster:02d}"
    units = [f"{key}_{number}" for number in range(1, size_of(cluster) + 1)]
    entries = [
        {"unit": unit, "criterion": code, "round": "self", "points": given}
        for number, unit in enumerate(units, 1)
        for code, given in points(cluster, number).items()
    ]
    return {
        "schema": "bangvang-facts/1",
        "period": {"name": YEAR, "from": dt.date(2026, 1, 1), "to": dt.date(2026, 12, 31)},
        "clusters": [{"id": key, "name": CLUSTERS[cluster - 1].name}],
        "units": [
            {"id": unit, "name": f"Đơn vị {number} cụm {cluster}", "cluster": key}
            for number, unit in enumerate(units, 1)
        ],
        **more,
        "entries": [*entries, *more.get("entries", ())],
    }


def make_province(folder: Path, clusters: tuple[Cluster, ...] = CLUSTERS) -> Path:
    """The department's folder, before anything has arrived."""
    create_province(folder, OFFICER, year_record(YEAR), clusters)
    return folder


def fill_cluster(
    province: ProvinceDesk, cluster: int, tree: Mapping[str, Any] | None = None
) -> None:
    """The workspace of a cluster with its table and facts, made through the verbs."""
    place = begin_cluster(province, f"k{cluster:02d}")
    with Workspace.open(place) as workspace:
        desk = Desk(workspace, OFFICER, YEAR)
        adopt_tree(desk, table(), "bang.toml")
        _take_in(desk, province.folder, dict(tree or facts(cluster)))


def fill_big(province: ProvinceDesk, root: Path, cluster: int) -> None:
    """The same from the sample's pack and full year; the ninth unit of the last is a new one."""
    sample = root / "data/samples/cao-bang-2019"
    tree = copy.deepcopy(facts_tree((sample / "facts.toml").read_bytes(), "facts.toml"))
    if size_of(cluster) == 9:
        tree["units"].append({"id": "don_vi_moi", "name": "Đơn vị mới", "cluster": "k1"})
    tree["clusters"][0]["name"] = CLUSTERS[cluster - 1].name
    place = begin_cluster(province, f"k{cluster:02d}")
    with Workspace.open(place) as workspace:
        desk = Desk(workspace, OFFICER, YEAR)
        adopt_pack(desk, root / "data/packs/cao-bang-2018-vi-du")
        _take_in(desk, province.folder, tree, (sample / "scores.csv").read_bytes())


def _take_in(desk: Desk, folder: Path, tree: dict[str, Any], scores: bytes = b"") -> None:
    file = folder / "dua-vao.toml"
    file.write_text(dump_tree(tree), encoding="utf-8")
    if scores:
        (folder / "scores.csv").write_bytes(scores)
    import_facts(desk, file, apply=True)
    file.unlink()
