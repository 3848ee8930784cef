"""The sample year goes round: units, leader, department and back, to one digest everywhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.snapshot import Entry, Snapshot
from app.domain.year import Evidence, EvidenceLink, Registration
from app.exchange.packages import Extent, Kind
from app.operations.exchange.register import exchanged
from app.operations.loading import Loaded, load
from app.operations.workspace.desk import Desk
from app.operations.workspace.explanations import answer_explanation, ask_explanation
from app.operations.workspace.proposals import digest_of
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence import books
from app.persistence.snapshots import store_snapshot
from app.persistence.workspace import Workspace

from .houses import House, key

DAY = dt.date(2019, 12, 20)
UNITS = {"toa_an": "Tòa án nhân dân tỉnh", "tu_phap": "Sở Tư pháp"}


@pytest.fixture(scope="module")
def sample(root: Path) -> Loaded:
    pack = root / "data/packs/cao-bang-2018-vi-du"
    return load([pack], root / "data/samples/cao-bang-2019/facts.toml")


def entries(sample: Loaded, round_id: str, *units: str) -> list[Entry]:
    return [
        entry
        for entry in sample.snapshot.entries
        if entry.round == round_id and (not units or entry.unit in units)
    ]


def put(desk: Desk, wanted: list[Entry], round_id: str, units: list[str] | None = None) -> None:
    with desk.act("scores.entered", "Nhập điểm") as change:
        change.put(books.ENTRIES, *wanted)
    submit_round(desk, round_id, units, DAY)


def start(sample: Loaded, folder: Path, root: Path) -> House:
    """The leader's workspace before anybody has scored."""
    workspace = Workspace.create(folder, "Nguyễn Hoa")
    desk, _ = open_year(workspace, "Nguyễn Hoa", year_record("2019"))
    adopt_pack(desk, root / "data/packs/cao-bang-2018-vi-du", issued=True)
    bare: Snapshot = dataclasses.replace(sample.snapshot, entries=())
    with desk.act("facts.imported", "Nhập") as change:
        store_snapshot(change, desk.period, bare)
    return House(desk, "Công an tỉnh", key(1))


def cite(unit: House) -> None:
    """A registration, and a document behind one score; every unit numbers its own from 1."""
    document = Evidence("mc1", f"12/BC-{unit.unit}", DAY, unit.name, "Báo cáo năm")
    with unit.desk.act("evidence.cited", "Ghi tài liệu") as change:
        change.put(books.EVIDENCE, document)
        change.put(books.EVIDENCE_LINKS, EvidenceLink("mc1", unit.unit, "III.1", "self"))
        change.put(books.REGISTRATIONS, Registration(unit.unit, "registration", "01/ĐK"))


@pytest.fixture(scope="module")
def world(sample: Loaded, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as open_workspaces:
        folder = tmp_path_factory.mktemp("vong")
        world = World(sample, root, folder)
        for house in world.houses:
            open_workspaces.callback(house.desk.workspace.close, backup=False)
        yield world


class World:
    """Everybody, after the whole round; each stage is told in the order in which it came."""

    def __init__(self, sample: Loaded, root: Path, folder: Path) -> None:
        self.shared: dict[str, set[str]] = {}
        leader = self.leader = start(sample, folder / "truong-khoi", root)
        table = leader.sends(Kind.CRITERIA_TABLE)
        self.units = {
            unit: leader.begins(table, folder / unit, name, at, unit)
            for at, (unit, name) in enumerate(UNITS.items(), 5)
        }
        leader.trusts(*self.units.values())
        self._self_scores(sample)
        self._appraisal(sample, folder)
        self._final()

    @property
    def houses(self) -> list[House]:
        return [self.leader, *self.units.values(), self.department]

    def _agree(self, stage: str, kind: Kind, *houses: House, unit: str = "") -> None:
        self.shared[stage] = {house.shared(kind, unit) for house in houses}

    def _self_scores(self, sample: Loaded) -> None:
        leader = self.leader
        sent = []
        for house in self.units.values():
            put(house.desk, entries(sample, "self", house.unit), "self", [house.unit])
            cite(house)
            sent.append(house.sends(Kind.SELF_SCORE))
        arriving = [*sent, *sent]
        random.Random(7).shuffle(arriving)
        self.received = [leader.takes(package) for package in arriving]
        others = [u for u in leader.desk.units if u not in UNITS]
        put(leader.desk, entries(sample, "self", *others), "self", others)
        for unit, house in self.units.items():
            self._agree(f"self {unit}", Kind.SELF_SCORE, leader, house, unit=unit)

    def _appraisal(self, sample: Loaded, folder: Path) -> None:
        leader = self.leader
        put(leader.desk, entries(sample, "cluster"), "cluster")
        sent = leader.sends(Kind.FOR_APPRAISAL)
        self.department = leader.begins(sent, folder / "so-noi-vu", "Sở Nội vụ", 9)
        leader.trusts(self.department)
        self._agree("for appraisal", Kind.FOR_APPRAISAL, leader, self.department)
        desk = self.department.desk
        put(desk, entries(sample, "department"), "department")
        asked, _ = ask_explanation(desk, "toa_an", "III.1", "department", "Văn bản nào?", DAY)
        answer_explanation(desk, asked.id, "Số 12/BC", DAY)
        back = self.department.sends(Kind.APPRAISAL, answers=sent.digest)
        self.look = leader.looks(back)
        leader.takes(back)
        self._agree("appraisal", Kind.APPRAISAL, leader, self.department)

    def _final(self) -> None:
        final = self.leader.sends(Kind.FINAL_RESULT)
        others = [*self.units.values(), self.department]
        self.department.takes(final)
        for house in self.units.values():
            house.takes(final)
        self._agree("final", Kind.FINAL_RESULT, self.leader, *others)
        self.results = {digest_of(scored_year(h.desk).assessment) for h in self.houses}


class TestTheRound:
    def test_at_each_stage_both_sides_share_one_digest(self, world: World) -> None:
        assert {stage: len(found) for stage, found in world.shared.items()} == {
            "self toa_an": 1,
            "self tu_phap": 1,
            "for appraisal": 1,
            "appraisal": 1,
            "final": 1,
        }

    def test_everybody_ends_with_the_result_of_the_sample(
        self, world: World, sample: Loaded
    ) -> None:
        from app.operations.scoring import score_loaded

        assert world.results == {digest_of(score_loaded(sample).assessment)}

    def test_each_package_came_twice_and_counted_once(self, world: World) -> None:
        acts = [done.operation for done in world.received]
        assert len([act for act in acts if act is not None]) == len(UNITS)
        assert len(acts) == 2 * len(UNITS)

    def test_the_documents_of_two_units_kept_apart_under_numbers_of_the_leader(
        self, world: World
    ) -> None:
        sent = [h.desk.workspace.read(books.EVIDENCE, "2019")[0].id for h in world.units.values()]
        assert sent == ["mc1", "mc1"]
        kept = world.leader.desk.workspace.read(books.EVIDENCE, "2019")
        assert {d.number for d in kept} == {"12/BC-toa_an", "12/BC-tu_phap"}
        assert len({d.id for d in kept}) == 2

    def test_the_appraisal_changed_just_the_departments_hand(
        self, world: World, sample: Loaded
    ) -> None:
        seen = world.look
        assert seen.conflicts == ()
        assert seen.beyond == ()
        tables = [one.key[0] for one in seen.changes]
        assert tables.count("entries") == len(entries(sample, "department"))
        assert set(tables) == {"entries", "round_states", "explanations"}
        assert seen.recompute is not None
        assert seen.recompute.agrees

    def test_changes_are_told_with_names_titles_and_reasons(self, world: World) -> None:
        told = {one.name: one.sentence for one in world.look.changes}
        assert told["entries:toa_an:III.2.2:department:"] == (
            "Tòa án nhân dân tỉnh, tiêu chí III.2.2 “Các đợt thi đua do các ngành, các cấp phát "
            "động” (Thống nhất với Ban Thi đua - Khen thưởng): trống → Mức đánh giá tốt."
        )
        assert told["entries:cong_an:I.1.2:department:"].endswith(
            "lý do: Theo số liệu thống kê liên ngành: 401 vụ."
        )

    def test_all_workspaces_verify(self, world: World) -> None:
        assert [house.desk.workspace.verify().findings for house in world.houses] == [()] * 4

    def test_the_register_says_what_went_and_came(self, world: World) -> None:
        lines = [(line.direction, line.kind) for line in exchanged(world.leader.desk)]
        assert lines == [
            ("Đã gửi", "Bảng tiêu chí và phiếu trống"),
            ("Đã nhận", "Tự chấm điểm"),
            ("Đã nhận", "Tự chấm điểm"),
            ("Đã gửi", "Kết quả gửi thẩm định"),
            ("Đã nhận", "Thẩm định"),
            ("Đã gửi", "Kết quả cuối cùng"),
        ]

    def test_scores_alone_give_the_same_result(self, world: World, tmp_path: Path) -> None:
        sent = world.leader.sends(Kind.FINAL_RESULT, extent=Extent.SCORES)
        assert not sent.contents.documents
        other = world.leader.begins(sent, tmp_path / "moi", "Sở Nội vụ", 9)
        assert digest_of(scored_year(other.desk).assessment) in world.results
        other.desk.workspace.close(backup=False)
