"""Taking in: newer and older, twice, both sides changed, what a sender may not do, undo."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.snapshot import ItemFact
from app.domain.year import Registration
from app.exchange.packages import Contents, Extent, Kind, package_bytes
from app.ground.findings import UserError
from app.operations.exchange.keyring import known_senders, retire_sender
from app.operations.exchange.looking import look
from app.operations.exchange.register import Age
from app.operations.exchange.sending import Lock, Sent, sealed_bytes
from app.operations.exchange.taking_in import Side, begin_from, take_in
from app.operations.workspace.desk import OFFICER, change_setting, officer_of, packs_of
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import accept_round, seal_round
from app.operations.workspace.tables import adopt_tree
from app.persistence import books
from app.persistence.workspace import Workspace
from tests.app.operations.workspace.small_table import table_tree

from .houses import DAY, HOUR, House, key, self_scores, small_leader, small_unit


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House, House, Sent]:
    """A leader, and a unit that has scored itself, handed in and sent; both closed again."""
    folder = tmp_path_factory.mktemp("mau")
    leader = small_leader(folder / "truong-cum")
    house = small_unit(leader, folder / "so-1", 1)
    house.says(*self_scores("u1", "90"))
    house.hands_in("self")
    sent = house.sends(Kind.SELF_SCORE)
    for made in (leader, house):
        made.desk.workspace.close(backup=False)
    return folder, leader, house, sent


@pytest.fixture
def leader(template: tuple[Path, House, House, Sent], tmp_path: Path) -> Iterator[House]:
    """The leader, who knows the unit and has taken in nothing yet."""
    shutil.copytree(template[0], tmp_path, dirs_exist_ok=True)
    made = reopened(template[1], tmp_path / "truong-cum")
    yield made
    made.desk.workspace.close(backup=False)


@pytest.fixture
def first(
    leader: House, template: tuple[Path, House, House, Sent], tmp_path: Path
) -> Iterator[tuple[House, Sent]]:
    """The unit, and its package."""
    house, sent = reopened(template[2], tmp_path / "so-1"), template[3]
    yield house, dataclasses.replace(sent, file=tmp_path / sent.file.relative_to(template[0]))
    house.desk.workspace.close(backup=False)


@pytest.fixture
def second(leader: House, tmp_path: Path) -> Iterator[House]:
    """Another unit, which has not said anything yet."""
    house = small_unit(leader, tmp_path / "so-2", 2)
    yield house
    house.desk.workspace.close(backup=False)


def reopened(house: House, folder: Path) -> House:
    desk = dataclasses.replace(house.desk, workspace=Workspace.open(folder))
    return dataclasses.replace(house, desk=desk)


def refused(fault: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def points(house: House, criterion: str = "I.2", unit: str = "u1", round_id: str = "self") -> str:
    cell = (unit, criterion, round_id, None)
    found = house.desk.workspace.one(books.ENTRIES, *cell, period=house.desk.period)
    return "" if found is None else str(found.points)


def corrected(house: House, value: str, **order: object) -> Sent:
    """The unit takes its round back, says something else and sends once more."""
    house.recalls("self")
    house.says(TypedCell("u1", "I.2", "self", points=value))
    house.hands_in("self")
    return house.sends(Kind.SELF_SCORE, **order)


class TestOnceAndInOrder:
    def test_looking_changes_nothing_and_tells_each_cell(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        head = leader.desk.workspace.head
        seen = leader.looks(first[1])
        assert leader.desk.workspace.head == head
        assert (seen.age, seen.acceptable, seen.conflicts, seen.beyond) == (
            Age.FIRST,
            True,
            (),
            (),
        )
        told = [one.sentence for one in seen.changes if one.criterion == "I.2"]
        assert told == ["Sở Một, tiêu chí I.2 “Tiêu chí I.2” (Tự chấm): trống → 20."]

    def test_twice_is_once(self, leader: House, first: tuple[House, Sent]) -> None:
        leader.takes(first[1])
        head = leader.desk.workspace.head
        again = leader.takes(first[1])
        assert (again.operation, again.changed) == (None, 0)
        assert [finding.code for finding in again.findings] == ["package_same"]
        assert leader.desk.workspace.head == head

    def test_a_correction_changes_just_what_was_corrected(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        leader.takes(first[1])
        seen = leader.looks(corrected(first[0], "18"))
        assert seen.age is Age.NEWER
        assert [one.sentence for one in seen.changes] == [
            "Sở Một, tiêu chí I.2 “Tiêu chí I.2” (Tự chấm): 20 → 18."
        ]
        take_in(leader.desk, seen)
        assert points(leader) == "18"

    def test_an_older_package_is_refused_and_the_reason_told(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        leader.takes(corrected(first[0], "18"))
        with pytest.raises(UserError) as fault:
            leader.takes(first[1])
        assert refused(fault) == ["package_older"]
        assert "20/11/2026" in fault.value.findings[0].message
        assert points(leader) == "18"

    def test_undo_takes_all_of_it_back_and_it_can_be_taken_in_again(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        leader.takes(first[1])
        leader.desk.workspace.undo("Nguyễn Hoa")
        assert points(leader) == ""
        assert leader.looks(first[1]).age is Age.FIRST
        assert leader.takes(first[1]).operation is not None
        assert points(leader) == "20"

    def test_a_look_that_the_workspace_has_overtaken_is_done_again(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        seen = leader.looks(first[1])
        leader.says(TypedCell("u2", "I.2", "self", points="5"))
        with pytest.raises(UserError) as fault:
            take_in(leader.desk, seen)
        assert refused(fault) == ["package_look_stale"]

    def test_two_units_come_in_either_order(
        self, leader: House, first: tuple[House, Sent], second: House
    ) -> None:
        second.says(*self_scores("u2", "80"))
        second.hands_in("self")
        sent = [first[1], second.sends(Kind.SELF_SCORE)]
        digests = set()
        for order in (sent, sent[::-1]):
            for package in order:
                leader.takes(package)
            digests.add(leader.shared(Kind.FINAL_RESULT))
            leader.desk.workspace.undo("Nguyễn Hoa")
            leader.desk.workspace.undo("Nguyễn Hoa")
        assert len(digests) == 1


class TestBothSidesChanged:
    @pytest.fixture
    def parted(self, leader: House, first: tuple[House, Sent]) -> Sent:
        """The leader mended a cell after taking in; the unit sends another value for it."""
        leader.takes(first[1])
        leader.returns("self", "u1")
        leader.says(TypedCell("u1", "I.2", "self", points="15"))
        leader.says(TypedCell("u1", "II.2", "self", points="8"))
        return corrected(first[0], "18")

    def test_a_conflict_is_one_cell_and_what_only_we_changed_stays(
        self, leader: House, parted: Sent
    ) -> None:
        seen = leader.looks(parted)
        assert [(one.name, one.ours, one.theirs) for one in seen.conflicts] == [
            ("entries:u1:I.2:self:", "15", "18")
        ]
        assert seen.kept == 1
        assert [one.key[0] for one in seen.changes] == ["round_states"]

    def test_nobody_decides_silently(self, leader: House, parted: Sent) -> None:
        with pytest.raises(UserError) as fault:
            leader.takes(parted)
        assert refused(fault) == ["package_conflict_open"]
        assert points(leader) == "15"

    @pytest.mark.parametrize(("side", "kept"), [(Side.OURS, "15"), (Side.THEIRS, "18")])
    def test_a_stated_rule_decides(
        self, leader: House, parted: Sent, side: Side, kept: str
    ) -> None:
        done = leader.takes(parted, side)
        assert points(leader) == kept
        assert points(leader, "II.2") == "8"
        assert done.operation is not None
        assert done.operation.title.endswith(
            f"1 mục hai bên cùng sửa, giữ {int(side is Side.OURS)}"
        )

    def test_what_was_decided_for_us_is_not_asked_again_until_they_say_something_else(
        self, leader: House, first: tuple[House, Sent], parted: Sent
    ) -> None:
        leader.takes(parted, Side.OURS)
        seen = leader.looks(first[0].sends(Kind.SELF_SCORE))
        assert (seen.changes, seen.conflicts) == ((), ())
        leader.returns("self", "u1")
        told = leader.looks(corrected(first[0], "17")).changes
        assert [one.theirs for one in told if one.key[0] == "entries"] == ["17"]

    def test_one_decision_goes_before_the_rule(self, leader: House, parted: Sent) -> None:
        seen = leader.looks(parted)
        take_in(leader.desk, seen, {seen.conflicts[0].name: Side.THEIRS}, Side.OURS)
        assert points(leader) == "18"

    def test_a_decision_about_nothing_is_refused(self, leader: House, parted: Sent) -> None:
        with pytest.raises(UserError) as fault:
            take_in(leader.desk, leader.looks(parted), {"entries:x": Side.OURS}, Side.OURS)
        assert refused(fault) == ["package_decision_unknown"]

    def test_without_anything_in_common_each_differing_cell_of_ours_is_a_conflict(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        leader.says(TypedCell("u1", "I.2", "self", points="15"))
        leader.says(TypedCell("u1", "II.2", "self", points="9,5"))
        seen = leader.looks(first[1])
        assert seen.base is None
        assert [one.criterion for one in seen.conflicts] == ["I.2"]


class TestWhoMaySayWhat:
    def test_an_unknown_key_is_refused(self, leader: House, first: tuple[House, Sent]) -> None:
        retire_sender(leader.desk, "Sở Một", "mất máy tính")
        seen = leader.looks(first[1])
        assert not seen.acceptable
        with pytest.raises(UserError) as fault:
            take_in(leader.desk, seen)
        assert "package_key_unknown" in refused(fault)

    def test_another_key_under_a_known_name_is_an_alarm(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        forged = forged_as(first[1], key(99))
        with pytest.raises(UserError) as fault:
            leader.takes(forged)
        assert "package_key_changed" in refused(fault)

    def test_a_file_with_one_altered_byte_is_refused(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        data = bytearray(first[1].file.read_bytes())
        data[len(data) // 2] ^= 1
        first[1].file.write_bytes(data)
        seen = leader.looks(first[1])
        assert not seen.status.intact
        with pytest.raises(UserError):
            take_in(leader.desk, seen)
        assert points(leader) == ""

    def test_one_unit_does_not_send_for_another(
        self, leader: House, first: tuple[House, Sent], second: House
    ) -> None:
        head = first[1].contents.head
        contents = with_head(
            first[1].contents, sender=head.sender.model_copy(update={"name": "Sở Hai"})
        )
        forged = written(first[1], contents, second)
        assert [p.code for p in leader.looks(forged).problems] == ["package_sender_not_unit"]

    def test_a_unit_does_not_appraise(self, leader: House, first: tuple[House, Sent]) -> None:
        contents = with_head(first[1].contents, kind=Kind.APPRAISAL, answers=first[1].digest)
        found = [p.code for p in leader.looks(written(first[1], contents, first[0])).problems]
        assert "package_sender_not_entitled" in found
        assert "package_answer_unknown" in found

    def test_cells_of_others_are_listed_and_never_taken(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        facts = {**(first[1].contents.facts or {})}
        facts["bonus"] = [{"unit": "u1", "item": "b", "points": 5}]
        contents = dataclasses.replace(
            with_head(first[1].contents, assessment=None), facts=facts, result=None
        )
        sent = written(first[1], contents, first[0])
        seen = leader.looks(sent)
        assert [one.key[0] for one in seen.beyond] == ["bonus"]
        assert "điểm thưởng" in seen.beyond[0].sentence
        with pytest.raises(UserError) as fault:
            take_in(leader.desk, seen)
        assert refused(fault) == ["package_beyond_kind"]
        take_in(leader.desk, seen, leave_beyond=True)
        assert points(leader) == "20"
        assert leader.desk.workspace.read(books.BONUS, "2026") == ()

    def test_a_result_that_does_not_follow_from_the_figures_is_told_at_its_first_number(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        from app.exchange.result import result_digest

        result = first[1].contents.result
        assert result is not None
        card = result["units"]["u1"]
        wrong = {**card["criteria"]["I.2"], "points": "25", "exact": "25"}
        units = {"u1": {**card, "criteria": {**card["criteria"], "I.2": wrong}}}
        forged = {**result, "units": units}
        forged["digest"] = result_digest(forged)
        contents = dataclasses.replace(
            with_head(first[1].contents, assessment=forged["digest"]), result=forged
        )
        seen = leader.looks(written(first[1], contents, first[0]))
        assert seen.recompute is not None
        difference = seen.recompute.first
        assert difference is not None
        assert difference.sentence == "Sở Một, tiêu chí I.2: nơi gửi 25, tính lại 20."
        assert difference.our_reasons
        assert not seen.acceptable

    @pytest.mark.parametrize(
        ("turn", "code"), [(accept_round, "round_accepted"), (seal_round, "round_sealed")]
    )
    def test_a_round_that_was_accepted_or_sealed_is_opened_first(
        self, leader: House, first: tuple[House, Sent], turn: Callable[..., object], code: str
    ) -> None:
        leader.takes(first[1])
        turn(leader.desk, "self", ["u1"], DAY)
        with pytest.raises(UserError) as fault:
            leader.takes(corrected(first[0], "18"))
        assert refused(fault) == [code]

    def test_a_package_of_another_year_is_refused(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        head = first[1].contents.head
        assert head.year is not None
        later = head.year.model_copy(
            update={"start": dt.date(2027, 1, 1), "end": dt.date(2027, 12, 31)}
        )
        sent = written(first[1], with_head(first[1].contents, year=later), first[0])
        assert "package_other_year" in [p.code for p in leader.looks(sent).problems]


class TestExtents:
    def test_scores_alone_leave_registrations_where_they_are(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        with first[0].desk.act("x", "Đăng ký") as change:
            change.put(books.REGISTRATIONS, Registration("u1", "registration", "01/ĐK"))
        leader.takes(first[0].sends(Kind.SELF_SCORE, extent=Extent.SCORES))
        assert leader.desk.workspace.read(books.REGISTRATIONS, "2026") == ()
        assert points(leader) == "20"
        leader.takes(first[0].sends(Kind.SELF_SCORE, made=dt.datetime(2026, 11, 21, tzinfo=HOUR)))
        assert len(leader.desk.workspace.read(books.REGISTRATIONS, "2026")) == 1

    def test_scores_alone_are_handed_in(self, leader: House, first: tuple[House, Sent]) -> None:
        leader.takes(first[0].sends(Kind.SELF_SCORE, extent=Extent.SCORES))
        leader.says(TypedCell("u1", "I.2", "cluster", points="19", reason="theo biên bản"))
        assert points(leader, round_id="cluster") == "19"

    def test_a_locked_package_opens_for_its_recipient_alone(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        data, _ = sealed_bytes(first[1].contents, first[0].key, Lock(leader.key.public))
        first[1].file.write_bytes(data)
        assert [p.code for p in leader.looks(first[1]).problems] == ["package_locked"]
        with pytest.raises(UserError) as fault:
            look(leader.desk, first[1].file, key=key(99))
        assert refused(fault) == ["package_not_for_us"]
        assert look(leader.desk, first[1].file, key=leader.key).acceptable


class TestTheDepartment:
    @pytest.fixture
    def office(self, leader: House, tmp_path: Path) -> Iterator[tuple[House, Sent]]:
        """The department with its cluster, and what it took in."""
        for number, actual in ((1, "90"), (2, "80"), (3, "70")):
            leader.says(*self_scores(f"u{number}", actual))
        leader.hands_in("self")
        leader.hands_in("cluster")
        sent = leader.sends(Kind.FOR_APPRAISAL)
        made = leader.begins(sent, tmp_path / "so-noi-vu", "Sở Nội vụ", 9)
        leader.trusts(made)
        yield made, sent
        made.desk.workspace.close(backup=False)

    def test_grounds_of_bonus_and_deduction_come_back(
        self, leader: House, office: tuple[House, Sent]
    ) -> None:
        house, sent = office
        with house.desk.act("x", "Thưởng, trừ") as change:
            change.add(books.BONUS, ItemFact("u1", "b", points=None, subject="Sáng kiến"))
            change.add(books.DEDUCTIONS, ItemFact("u2", "tre", 2), ItemFact("u2", "tre", 1))
        leader.takes(house.sends(Kind.APPRAISAL, answers=sent.digest))
        assert leader.shared(Kind.APPRAISAL) == house.shared(Kind.APPRAISAL)
        with house.desk.act("x", "Bớt") as change:
            change.remove(books.DEDUCTIONS, 1)
        leader.takes(house.sends(Kind.APPRAISAL, answers=sent.digest))
        assert leader.desk.workspace.read(books.DEDUCTIONS, "2026") == (ItemFact("u2", "tre", 1),)

    def test_the_leader_does_not_change_what_the_department_scored(
        self, leader: House, office: tuple[House, Sent]
    ) -> None:
        house, sent = office
        house.says(TypedCell("u1", "I.2", "department", points="12", reason="đối chiếu"))
        leader.takes(house.sends(Kind.APPRAISAL, answers=sent.digest))
        leader.says(TypedCell("u1", "I.2", "department", points="20", reason="sửa lại"))
        seen = house.looks(leader.sends(Kind.FOR_APPRAISAL))
        assert [(one.name, one.ours, one.theirs) for one in seen.beyond] == [
            ("entries:u1:I.2:department:", "12", "20")
        ]
        assert seen.changes == ()

    def test_two_appraisers_split_the_criteria_and_their_work_merges_in_either_order(
        self, office: tuple[House, Sent], tmp_path: Path
    ) -> None:
        """Each works in a copy of the department's workspace; one cell both have scored."""
        house, sent = office
        packages = []
        for number, cells in ((11, {"I.2": "17", "II.1": "9"}), (12, {"II.2": "7", "II.1": "8"})):
            folder = tmp_path / f"ban-sao-{number}"
            shutil.copytree(house.desk.workspace.folder, folder, ignore=without_lock)
            officer = dataclasses.replace(
                reopened(house, folder), name=f"Chuyên viên {number}", key=key(number)
            )
            house.trusts(officer)
            for code, value in cells.items():
                officer.says(TypedCell("u1", code, "department", points=value, reason="đối chiếu"))
            packages.append(officer.sends(Kind.APPRAISAL, answers=sent.digest))
            officer.desk.workspace.close(backup=False)
        ends = set()
        for order in (packages, packages[::-1]):
            house.takes(order[0])
            seen = house.looks(order[1])
            assert [(one.unit, one.criterion) for one in seen.conflicts] == [("u1", "II.1")]
            side = Side.THEIRS if order[1] is packages[1] else Side.OURS
            take_in(house.desk, seen, rule=side)
            assert [
                points(house, code, round_id="department") for code in ("I.2", "II.1", "II.2")
            ] == ["17", "8", "7"]
            ends.add(house.shared(Kind.APPRAISAL))
            house.desk.workspace.undo("Trần Lan")
            house.desk.workspace.undo("Trần Lan")
        assert len(ends) == 1

    def test_an_answer_to_nothing_is_refused(
        self, leader: House, office: tuple[House, Sent]
    ) -> None:
        with pytest.raises(UserError) as fault:
            leader.takes(office[0].sends(Kind.APPRAISAL))
        assert refused(fault) == ["package_answer_unknown"]


class TestTables:
    def test_a_new_version_of_the_table_reaches_the_units_and_old_scores_ask_for_it(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        adopt_tree(leader.desk, {**table_tree(), "title": "Bảng đã điều chỉnh"}, "bảng")
        problems = leader.looks(first[1]).problems
        assert [problem.code for problem in problems] == ["package_other_table"]
        house = first[0]
        house.trusts(leader)
        seen = house.looks(leader.sends(Kind.CRITERIA_TABLE))
        assert [one.key[0] for one in seen.changes] == ["criteria_tables"]
        take_in(house.desk, seen)
        digests = [[pack.digest for pack in packs_of(one.desk).all] for one in (leader, house)]
        assert digests[0] == digests[1]
        leader.takes(house.sends(Kind.SELF_SCORE))
        assert points(leader) == "20"

    def test_choices_that_the_facts_do_not_bear_out_are_refused(
        self, leader: House, first: tuple[House, Sent]
    ) -> None:
        first[0].trusts(leader)
        sent = leader.sends(Kind.CRITERIA_TABLE)
        row = {"parameter": "digits", "value": "n:1", "reason": ""}
        records = {**sent.contents.documents["records"], "parameter_choices": [row]}
        contents = dataclasses.replace(sent.contents, documents={"records": records})
        seen = first[0].looks(written(sent, contents, leader))
        assert [problem.code for problem in seen.problems] == ["package_malformed"]


class TestHandover:
    def test_the_next_leader_goes_on_with_the_same_history(
        self, leader: House, tmp_path: Path
    ) -> None:
        leader.says(*self_scores("u3", "70"))
        seal = leader.desk.workspace.head
        sent = leader.sends(Kind.HANDOVER)
        with begin_from(sent.file, tmp_path / "nam-sau", "Trần Lan", [leader.known]) as workspace:
            assert workspace.verify(seal).findings == ()
            assert (
                points(
                    dataclasses.replace(
                        leader, desk=dataclasses.replace(leader.desk, workspace=workspace)
                    ),
                    unit="u3",
                )
                == "20"
            )

    def test_the_new_keeper_knows_who_handed_over(self, leader: House, tmp_path: Path) -> None:
        sent = leader.sends(Kind.HANDOVER)
        with begin_from(sent.file, tmp_path / "nam-sau", "Trần Lan", [leader.known]) as workspace:
            assert officer_of(workspace) == "Trần Lan"
            assert leader.known in known_senders(workspace)
            assert workspace.latest.title == "Nhận bàn giao sổ từ Sở Ba; người giữ sổ: Trần Lan"
            assert workspace.undoable() is None, "what the old leader did is not taken back"

    def test_a_book_that_only_moves_stays_as_it_was(self, leader: House, tmp_path: Path) -> None:
        change_setting(leader.desk.workspace, "Nguyễn Hoa", OFFICER, "Nguyễn Hoa")
        sent = leader.sends(Kind.WHOLE_WORKSPACE)
        with begin_from(sent.file, tmp_path / "may-kia", "Trần Lan", [leader.known]) as workspace:
            assert workspace.head == sent.contents.head.journal
            assert officer_of(workspace) == "Nguyễn Hoa"

    @pytest.mark.parametrize("kind", [Kind.HANDOVER, Kind.FOR_APPRAISAL])
    def test_broken_off_at_any_step_nothing_stays_behind(
        self, leader: House, tmp_path: Path, kind: Kind
    ) -> None:
        sent, place = leader.sends(kind), tmp_path / "nam-sau"
        told: list[float] = []
        begin_from(
            sent.file,
            place,
            "Trần Lan",
            [leader.known],
            tell=lambda share, _text: told.append(share),
        ).close()
        assert told == sorted(told)
        for step in range(len(told)):
            folder = tmp_path / f"lan-{step}"
            steps = iter(range(len(told)))

            def stop(
                _share: float, _text: str, last: int = step, at: Iterator[int] = steps
            ) -> None:
                if next(at) == last:
                    raise InterruptedError

            with pytest.raises(InterruptedError):
                begin_from(sent.file, folder, "Trần Lan", [leader.known], tell=stop)
            assert not folder.exists()
        assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []

    def test_a_folder_with_something_in_it_is_left_alone(
        self, leader: House, tmp_path: Path
    ) -> None:
        place = tmp_path / "nam-sau"
        place.mkdir()
        (place / "anh.jpg").write_bytes(b"x")
        with pytest.raises(UserError, match="Thư mục đã có nội dung"):
            begin_from(leader.sends(Kind.HANDOVER).file, place, "Trần Lan", [leader.known])
        assert [f.name for f in place.iterdir()] == ["anh.jpg"]

    def test_it_is_not_taken_into_a_workspace_that_is_there(
        self, leader: House, tmp_path: Path
    ) -> None:
        seen = leader.looks(leader.sends(Kind.WHOLE_WORKSPACE))
        assert "package_for_new_workspace" in [problem.code for problem in seen.problems]

    def test_from_an_unknown_key_no_workspace_is_made(self, leader: House, tmp_path: Path) -> None:
        sent = leader.sends(Kind.HANDOVER)
        with pytest.raises(UserError):
            begin_from(sent.file, tmp_path / "nam-sau", "Trần Lan", [])
        assert not (tmp_path / "nam-sau").exists()


def without_lock(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if "lock" in name or "khoa" in name]


def with_head(contents: Contents, **changed: object) -> Contents:
    return dataclasses.replace(contents, head=contents.head.model_copy(update=changed))


def written(sent: Sent, contents: Contents, house: House) -> Sent:
    """These contents in the place of what was sent, signed by a house."""
    sent.file.write_bytes(package_bytes(contents, house.key))
    return sent


def forged_as(sent: Sent, other: object) -> Sent:
    sent.file.write_bytes(package_bytes(sent.contents, other))  # type: ignore[arg-type]
    return sent
