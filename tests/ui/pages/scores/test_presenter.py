"""What the grid of scores knows, told without Qt."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.snapshot import Cluster, Unit
from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.results import scored_year
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import close_year, open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from tests.app.operations.workspace.conftest import DAY
from ui.models.score_cells import CellState, Lane, Line, LineKind
from ui.pages.scores.presenter import ScoresPresenter
from ui.pages.scores.turns import Turn
from ui.pages.scores.typed import cell_from_form
from ui.places import PageId
from ui.preferences import Preferences
from ui.session import Session
from ui.topics import ALL

FIRST, SECOND = "self", "cluster"


@pytest.fixture
def presenter(open_session: Session, tmp_path: Path) -> ScoresPresenter:
    return made(open_session, tmp_path)


def made(session: Session, tmp_path: Path) -> ScoresPresenter:
    presenter = ScoresPresenter(session, Preferences(tmp_path / "cau-hinh"))
    presenter.refresh(ALL)
    session.subscribe(presenter.refresh)
    return presenter


def at(presenter: ScoresPresenter, unit: str, code: str) -> tuple[Line, Lane]:
    line, lane = presenter.spot(unit, code)
    assert line is not None
    assert lane is not None
    return line, lane


class TestGrid:
    def test_each_unit_has_a_lane_and_each_row_of_the_table_a_line(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        assert [lane.unit for lane in presenter.lanes] == list(open_session.units)
        assert open_session.packs is not None
        rows = [row.code for row in open_session.packs.main.rules.criteria]
        codes = [line.code for line in presenter.lines]
        assert [code for code in codes if code in rows] == rows

    def test_own_criteria_stand_below_their_slot_for_their_unit_alone(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        own = open_session.desk.workspace.read(books.OWN_CRITERIA, open_session.desk.period)
        slots = {item.slot for item in own}
        assert slots == {"I.1"}
        codes = [line.code for line in presenter.lines]
        slot = codes.index("I.1")
        expected = sorted({item.code for item in own})
        assert codes[slot + 1 : slot + 1 + len(expected)] == expected
        item = own[0]
        others = [
            u for u in open_session.units if (u, item.code) not in {(o.unit, o.code) for o in own}
        ]
        tip = presenter.cell(*at(presenter, item.unit, item.code)).tip
        assert item.title in tip
        for unit in others:
            assert presenter.cell(*at(presenter, unit, item.code)).state is CellState.ABSENT

    def test_points_are_those_of_the_assessment(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        scored = scored_year(open_session.desk).assessment
        for unit, result in scored.units.items():
            for code, score in result.card.criteria.items():
                said = score.rounds.get(FIRST)
                if said is None or said.points is None or said.state.value != "scored":
                    continue
                shown = presenter.cell(*at(presenter, unit, code)).text.replace(".", "")
                assert abs(float(shown.replace(",", ".")) - float(said.points)) <= 0.005
            lane = at(presenter, unit, "I.2")[1]
            assert presenter.sums(lane).total.replace(",", ".") == f"{float(result.card.total):.2f}"
            assert presenter.sums(lane).rank == ("–" if result.rank is None else str(result.rank))

    def test_the_four_states_stand_as_their_marks(self, presenter: ScoresPresenter) -> None:
        presenter.acts.enter(
            [
                TypedCell("cong_an", "IV.1.1", FIRST, points="0"),
                TypedCell("kiem_sat", "IV.1.1", FIRST, state="not_done"),
                TypedCell("quan_su", "IV.1.1", FIRST, state="not_assigned"),
            ]
        )
        presenter.acts.clear([at(presenter, "toa_an", "IV.1.1")])
        seen = {
            unit: (view.text, view.state)
            for unit in ("cong_an", "kiem_sat", "quan_su", "toa_an")
            for view in [presenter.cell(*at(presenter, unit, "IV.1.1"))]
        }
        assert seen == {
            "cong_an": ("0", CellState.SCORED),
            "kiem_sat": ("KTH", CellState.NOT_DONE),
            "quan_su": ("KG", CellState.NOT_ASSIGNED),
            "toa_an": ("—", CellState.BLANK),
        }

    def test_what_another_hand_scores_is_no_cell_of_this_round(
        self, presenter: ScoresPresenter
    ) -> None:
        assert presenter.cell(*at(presenter, "cong_an", "III.1")).state is CellState.ABSENT
        presenter.edit_round("department")
        assert presenter.cell(*at(presenter, "cong_an", "III.1")).state is CellState.SCORED

    def test_folding_hides_what_is_below_and_revealing_brings_it_back(
        self, presenter: ScoresPresenter
    ) -> None:
        line = at(presenter, "cong_an", "II.1.1")[0]
        section = next(one for one in presenter.lines if one.code == "II")
        before = len(presenter.lines)
        presenter.fold(section)
        assert line not in presenter.lines
        assert section in presenter.lines
        presenter.reveal(line)
        assert len(presenter.lines) == before

    def test_bonus_and_deductions_stand_read_only_at_the_foot(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        assert open_session.packs is not None
        rules = open_session.packs.main.rules
        items = [*rules.bonus.items, *rules.deductions.items]
        foot = [line for line in presenter.lines if line.kind is LineKind.ITEM]
        assert [line.code for line in foot] == [item.id for item in items]
        assert not any(presenter.cell(line, presenter.lanes[0]).editable for line in foot)


class TestTyping:
    def test_a_typed_cell_moves_the_total_at_once(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        place = at(presenter, "bien_phong", "IV.1.1")
        presenter.acts.enter([TypedCell("bien_phong", "IV.1.1", FIRST, points="2")])
        low = presenter.sums(place[1]).total
        presenter.acts.enter([TypedCell("bien_phong", "IV.1.1", FIRST, points="3,5")])
        high = presenter.sums(place[1]).total
        assert float(high.replace(",", ".")) - float(low.replace(",", ".")) == pytest.approx(1.5)
        assert not open_session.result_is_due
        assert presenter.cell(*place).changed

    def test_trying_tells_points_total_and_others_and_keeps_nothing(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        place = at(presenter, "bien_phong", "IV.1.1")
        presenter.acts.enter([TypedCell("bien_phong", "IV.1.1", FIRST, points="2")])
        before = presenter.sums(place[1]).total
        tried = presenter.acts.tried(TypedCell("bien_phong", "IV.1.1", FIRST, points="3"))
        assert tried.own[0] == "Điểm ô này: 2 → 3"
        assert any(words.startswith(f"Tổng điểm: {_bare(before)} → ") for words in tried.own)
        assert presenter.cell(*place).text == "2"
        assert presenter.acts.tried(TypedCell("bien_phong", "IV.1.1", FIRST, points="x")).faults

    def test_what_a_later_hand_scored_already_is_not_moved(
        self, presenter: ScoresPresenter
    ) -> None:
        tried = presenter.acts.tried(TypedCell("cong_an", "IV.1.1", FIRST, points="3"))
        assert tried.own == ("Tổng điểm và thứ hạng không thay đổi.",)
        assert tried.others == ()

    def test_the_one_who_is_overtaken_is_told(self, presenter: ScoresPresenter) -> None:
        tried = presenter.acts.tried(TypedCell("toa_an", "I.1.1", FIRST, state="not_done"))
        assert any("hạng 2 → 1" in words for words in tried.others)

    def test_figures_come_with_their_titles_and_choices(self, presenter: ScoresPresenter) -> None:
        form = presenter.acts.form(*at(presenter, "bien_phong", "II.1.1"))
        assert [(f.name, f.value, f.choices) for f in form.fields[:3]] == [
            ("ke_hoach", "có", ("có", "không")),
            ("trien_khai", "có", ("có", "không")),
            ("bao_cao", "không", ("có", "không")),
        ]
        assert form.fields[-1].name == "points"
        direct = presenter.acts.form(*at(presenter, "bien_phong", "IV.1.1"))
        assert direct.is_plain
        assert direct.fields[0].title == "Điểm (tối đa 10)"

    def test_a_later_hand_gives_its_reason_where_it_differs(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        open_session.act(lambda desk: submit_round(desk, FIRST, None, DAY))
        presenter.edit_round(SECOND)
        cell = TypedCell("cong_an", "IV.1.1", SECOND, points="1")
        with pytest.raises(UserError) as fault:
            presenter.acts.enter([cell])
        assert [finding.code for finding in fault.value.findings] == ["reason_missing"]
        presenter.acts.enter([TypedCell("cong_an", "IV.1.1", SECOND, points="1", reason="thiếu")])
        view = presenter.cell(*at(presenter, "cong_an", "IV.1.1"))
        claimed = presenter.year.entries["cong_an", "IV.1.1", FIRST, None].points  # type: ignore[union-attr]
        assert claimed is not None
        assert view.text == "1"
        assert view.small == f"{claimed} (−{claimed - 1})"
        assert "Lý do: thiếu" in view.tip

    def test_accepting_takes_the_self_score_over(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        assert not presenter.accepts
        open_session.act(lambda desk: submit_round(desk, FIRST, None, DAY))
        presenter.edit_round(SECOND)
        assert presenter.accepts
        place = at(presenter, "cong_an", "II.1.2")
        assert presenter.cell(*place).state is CellState.BLANK
        presenter.acts.accept(SECOND, ["cong_an"], ["II.1.2"])
        view = presenter.cell(*place)
        assert (view.text, view.small) == ("10", "")
        before = presenter.open_count
        presenter.acts.accept(SECOND, None, None)
        assert presenter.open_count < before

    def test_a_round_whose_turn_has_not_come_says_why(self, presenter: ScoresPresenter) -> None:
        presenter.edit_round(SECOND)
        place = at(presenter, "cong_an", "IV.1.1")
        assert not presenter.cell(*place).editable
        assert presenter.why_not(*place).startswith("Chưa nộp vòng “Tự chấm điểm”")

    def test_declared_documents_stay_with_a_cell_that_is_typed_anew(
        self, presenter: ScoresPresenter
    ) -> None:
        place = at(presenter, "bien_phong", "II.1.2")
        before = presenter.acts.entry(*place)
        assert before is not None
        assert before.evidence == 2
        cell = cell_from_form(presenter.acts.typed(*place), {"plan": "300", "actual": "1"}, "")
        presenter.acts.enter([cell])
        after = presenter.acts.entry(*place)
        assert after is not None
        assert after.evidence == 2

    def test_undo_brings_the_cell_and_its_total_back(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        place = at(presenter, "cong_an", "IV.1.1")
        before = presenter.cell(*place).text, presenter.sums(place[1])
        presenter.acts.enter([TypedCell("cong_an", "IV.1.1", FIRST, points="1")])
        assert presenter.cell(*place).text == "1"
        open_session.undo()
        assert (presenter.cell(*place).text, presenter.sums(place[1])) == before
        assert not presenter.cell(*place).changed


class TestFinding:
    def test_words_are_found_without_accents(self, presenter: ScoresPresenter) -> None:
        lines = [line.code for line, _ in presenter.found("tiet kiem kinh phi") if line]
        assert lines == ["II.1.2"]
        lanes = [lane.unit for _, lane in presenter.found("toa an") if lane]
        assert lanes == ["toa_an"]
        assert presenter.found("  ") == ()

    def test_the_next_open_cell_goes_around(self, presenter: ScoresPresenter) -> None:
        presenter.acts.clear(
            [at(presenter, "cong_an", "II.1.1"), at(presenter, "tu_phap", "I.1.1")]
        )
        assert presenter.open_count == 2
        first = presenter.next_open(*at(presenter, "bien_phong", "I.1.1"))
        assert first == at(presenter, "cong_an", "II.1.1")
        second = presenter.next_open(*first)
        assert second == at(presenter, "tu_phap", "I.1.1")
        assert presenter.next_open(*second) == first
        assert presenter.open_counts == {"cong_an": 1, "tu_phap": 1}


class TestRounds:
    def test_the_next_step_is_handing_in_then_sealing_then_the_next_round(
        self, presenter: ScoresPresenter
    ) -> None:
        units = list(presenter.stages)
        assert presenter.next_step.words == "Nộp vòng “Tự chấm điểm”"
        presenter.turn_rounds(Turn.SUBMIT, units, "")
        assert set(presenter.stages.values()) == {RoundStage.SUBMITTED}
        assert presenter.next_step.words == "Chốt điểm vòng “Tự chấm điểm”"
        presenter.turn_rounds(Turn.SEAL, units, "")
        assert presenter.next_step.next_round == SECOND
        assert presenter.next_step.words == "Chấm vòng “Khối xác định điểm”"
        assert not presenter.cell(*at(presenter, "cong_an", "IV.1.1")).editable

    def test_the_sentence_counts_what_is_open_and_who_has_handed_in(
        self, presenter: ScoresPresenter
    ) -> None:
        presenter.acts.clear([at(presenter, "cong_an", "II.1.1")])
        presenter.turn_rounds(Turn.SUBMIT, ["cong_an"], "")
        assert presenter.sentence == ("Vòng “Tự chấm điểm” · còn 1 ô chưa chấm · đã nộp 1/8 đơn vị")


class TestReasons:
    def test_a_number_is_explained_with_steps_clause_and_rounds(
        self, presenter: ScoresPresenter
    ) -> None:
        told = presenter.reasons.explained(*at(presenter, "bien_phong", "II.1.1"))
        assert told.points == "6 / 8 điểm"
        assert "Báo cáo kết quả đủ kỳ: không" in [step.text for step in told.steps]
        assert told.place
        assert told.rounds[0].counts

    def test_history_is_the_newest_first(self, presenter: ScoresPresenter) -> None:
        presenter.acts.enter([TypedCell("cong_an", "IV.1.1", FIRST, points="1")])
        presenter.acts.enter([TypedCell("cong_an", "IV.1.1", FIRST, points="2")])
        told = presenter.reasons.history(*at(presenter, "cong_an", "IV.1.1"))()
        assert "1 → 2" in told[0]
        assert "nhập điểm IV.1.1 của Công an tỉnh" in told[-1]

    def test_sections_and_items_are_explained_too(self, presenter: ScoresPresenter) -> None:
        lane = presenter.lanes[0]
        section = next(line for line in presenter.lines if line.code == "II.1")
        assert presenter.reasons.explained(section, lane).points.endswith("/ 30 điểm")
        for line in presenter.lines:
            assert presenter.reasons.explained(line, lane).unit == lane.unit_name

    def test_a_total_says_in_words_what_put_the_unit_at_its_rank(
        self, presenter: ScoresPresenter
    ) -> None:
        """Two units of 972,95 were parted by a ballot, the others by their totals."""
        lanes = {lane.unit: lane for lane in presenter.lanes}
        told = {
            step.text
            for unit in ("toa_an", "cong_an")
            for step in presenter.reasons.total(lanes[unit]).steps
        }
        assert {
            "Căn cứ xếp hạng: bỏ phiếu", "Căn cứ xếp hạng: tổng điểm"} <= told  # fmt: skip


class TestProvince:
    @pytest.fixture
    def province(self, session: Session, tmp_path: Path) -> ScoresPresenter:
        """30 units in three clusters, of two kinds, with a companion that has rows for one kind."""
        workspace = create_workspace(tmp_path / "tinh", "Hoa")
        change_setting(workspace, "Hoa", OFFICER, "Hoa")
        desk, _ = open_year(workspace, "Hoa", year_record("2025"))
        adopt_pack(desk, Path("bac-giang-2022-vi-du"))
        adopt_pack(desk, Path("chuyen-de-2023-vi-du"))
        kinds = {"k1": "chi_so", "k2": "chi_so", "k3": "khong_chi_so"}
        add_clusters(desk, [Cluster(key, f"Cụm {key}", kind) for key, kind in kinds.items()])
        units = [Unit(f"u{at:02}", f"Đơn vị {at}", f"k{at % 3 + 1}") for at in range(30)]
        add_units(desk, units)
        session.adopt(workspace)
        return made(session, tmp_path)

    def test_many_units_are_shown_cluster_by_cluster(self, province: ScoresPresenter) -> None:
        assert province.cluster == "k1"
        assert [lane.unit for lane in province.lanes] == [f"u{at:02}" for at in range(0, 30, 3)]
        province.show_cluster("")
        assert len(province.lanes) == 30
        clusters = [int(lane.unit[1:]) % 3 for lane in province.lanes]
        assert clusters == sorted(clusters)

    def test_a_unit_of_another_cluster_brings_its_cluster_into_sight(
        self, province: ScoresPresenter
    ) -> None:
        _, lane = province.spot("u02", None)
        assert lane in province.lanes
        assert province.cluster == "k3"

    def test_rows_of_a_companion_stand_below_for_the_clusters_that_they_are_for(
        self, province: ScoresPresenter
    ) -> None:
        def codes() -> list[str]:
            return [line.code for line in province.lines if line.pack and line.scored]

        assert codes()[:2] == ["I.1", "I.2"]
        assert "I.3" not in codes()
        province.show_cluster("k3")
        assert codes()[:3] == ["I.3", "I.4", "I.5"]

    def test_a_companions_cell_is_typed_like_any_other(self, province: ScoresPresenter) -> None:
        line = next(line for line in province.lines if line.pack and line.scored)
        lane = province.lanes[0]
        form = province.acts.form(line, lane)
        cell = province.acts.typed(line, lane)
        province.acts.enter([cell_from_form(cell, {form.fields[-1].name: "5"}, "")])
        assert province.cell(line, lane).state is CellState.SCORED
        entry = province.acts.entry(line, lane)
        assert entry is not None
        assert entry.pack == "chuyen-de-2023-vi-du"


class TestHostile:
    def test_a_closed_year_is_only_looked_at(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        for round_id in (FIRST, SECOND, "department"):
            open_session.act(lambda desk, r=round_id: submit_round(desk, r, None, DAY))
        open_session.act(lambda desk: seal_round(desk, "department", None, DAY))
        open_session.act(close_year)
        assert not presenter.cell(*at(presenter, "cong_an", "IV.1.1")).editable
        assert "chỉ để xem" in presenter.sentence
        assert presenter.next_step.words == ""
        assert not presenter.accepts

    def test_without_a_table_the_officer_is_led_to_it(
        self, session: Session, tmp_path: Path
    ) -> None:
        workspace = create_workspace(tmp_path / "so", "Hoa")
        change_setting(workspace, "Hoa", OFFICER, "Hoa")
        open_year(workspace, "Hoa", year_record("2026"))
        session.adopt(workspace)
        empty = made(session, tmp_path).emptiness
        assert empty is not None
        assert empty.page is PageId.CRITERIA
        assert "chưa có bảng tiêu chí" in empty.words

    def test_a_very_long_name_is_kept_whole(
        self, presenter: ScoresPresenter, open_session: Session
    ) -> None:
        name = "Ủy ban nhân dân " + "xã Đông Hưng Thịnh " * 12
        open_session.act(lambda desk: add_units(desk, [Unit("dai", name.strip(), "k1")]))
        assert at(presenter, "dai", "IV.1.1")[1].unit_name == name.strip()
        assert presenter.cell(*at(presenter, "dai", "IV.1.1")).state is CellState.BLANK

    def test_a_result_that_is_refused_leaves_the_cells_to_be_mended(
        self, presenter: ScoresPresenter
    ) -> None:
        presenter.acts.enter([TypedCell("cong_an", "IV.1.1", FIRST, points="999")])
        view = presenter.cell(*at(presenter, "cong_an", "IV.1.1"))
        assert view.tone is not None
        assert "vượt mức tối đa 10" in view.tip
        assert view.editable


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(",") if "," in text else text
