"""Another agency is asked for figures, and answers by a package or by the filled form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from app.exchange.packages import Kind
from app.ground.findings import UserError
from app.operations.exchange.answering import (
    answer_request,
    form_answers,
    request_in,
    request_of_form,
    send_answer,
    take_answers,
    take_form,
    typed_answer,
    write_request_form,
)
from app.operations.exchange.keyring import confirm_sender
from app.operations.exchange.looking import Look, look
from app.operations.exchange.packing import Envelope
from app.operations.exchange.sending import Sent
from app.operations.exchange.taking_in import Side, take_in
from app.operations.workspace.facts_desk import TypedCell
from app.persistence import books

from .houses import DAY, House, key, self_scores, small_leader

AGENCY = "Cục Thuế tỉnh"
Answers = Mapping[tuple[str, str], object]


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[House]:
    made = small_leader(tmp_path / "truong-cum")
    for number in (1, 2, 3):
        made.says(*self_scores(f"u{number}", "90"))
    made.hands_in("self")
    public = key(8).public
    confirm_sender(made.desk, AGENCY, public, public.fingerprint, None, DAY)
    yield made
    made.desk.workspace.close(backup=False)


@pytest.fixture
def asked(leader: House) -> Sent:
    order = {"agency": AGENCY, "criteria": ("I.1",), "due": DAY, "papers": True}
    return leader.sends(Kind.FIGURES_REQUEST, **order)


def filled(asked: Sent, tmp_path: Path, answers: Answers) -> Path:
    """The form with answers by unit and figure."""
    contents, _ = request_in(asked.file)
    file = write_request_form(contents, tmp_path / "phieu.xlsx", overwrite=True)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for row in sheet.iter_rows(min_row=4):
        place = (row[0].value, row[2].value)
        if place in answers:
            row[6].value, row[7].value = answers[place], "BC 12"
    book.save(file)
    return file


def answered(asked: Sent, tmp_path: Path, answers: Answers, number: int = 1) -> Path:
    form = filled(asked, tmp_path, answers)
    envelope = Envelope(AGENCY, sequence=number)
    file, _ = answer_request(
        request_in(asked.file), form, envelope, key(8), tmp_path / f"tra-loi-{number}.bvg"
    )
    return file


def told(seen: Look) -> list[str]:
    return [one.sentence for one in seen.changes]


def test_the_request_holds_each_figure_of_each_unit_and_its_form(asked: Sent) -> None:
    figures = asked.contents.figures
    assert figures is not None
    assert [(c["unit"], c["figure"], c["value"]) for c in figures["cells"]] == [
        (unit, figure, None) for unit in ("u1", "u2", "u3") for figure in ("plan", "actual")
    ]
    assert [blob.name for blob in asked.contents.files] == ["phieu-so-lieu.xlsx"]


def test_an_answer_becomes_entries_of_the_first_round_after_the_units_own(
    leader: House, asked: Sent, tmp_path: Path
) -> None:
    file = answered(asked, tmp_path, {("u1", "plan"): 100, ("u1", "actual"): "88,5"})
    seen = look(leader.desk, file)
    assert told(seen) == [
        "Sở Một, tiêu chí I.1 “Tiêu chí I.1” (Cụm rà soát): trống → Kế hoạch 100, "
        "Thực hiện 88,5, lý do: Số liệu do Cục Thuế tỉnh cung cấp (BC 12)."
    ]
    take_in(leader.desk, seen)
    entry = leader.desk.workspace.one(
        books.ENTRIES, "u1", "I.1", "cluster", None, period=leader.desk.period
    )
    assert entry is not None
    assert dict(entry.figures) == {"plan": Fraction(100), "actual": Fraction(177, 2)}


def test_only_the_units_that_are_named_are_asked_about_and_every_source_is_kept(
    leader: House, tmp_path: Path
) -> None:
    asked = leader.sends(
        Kind.FIGURES_REQUEST, agency=AGENCY, criteria=("I.1",), units=("u2",), papers=True
    )
    figures = asked.contents.figures
    assert figures is not None
    assert {cell["unit"] for cell in figures["cells"]} == {"u2"}
    answers = {("u2", "I.1", "plan"): (100, "QĐ 5"), ("u2", "I.1", "actual"): (90, "BC 7")}
    request = request_in(asked.file)
    sent = send_answer(leader.desk, request, answers, Envelope(AGENCY), key(8), tmp_path)
    seen = look(leader.desk, sent.file)
    assert told(seen)[0].endswith("lý do: Số liệu do Cục Thuế tỉnh cung cấp (QĐ 5; BC 7).")
    with pytest.raises(UserError) as fault:
        send_answer(leader.desk, request, {}, Envelope(AGENCY), key(8), tmp_path)
    assert fault.value.findings[0].code == "figures_unanswered"


def test_a_form_says_itself_what_it_asks_for(leader: House, asked: Sent, tmp_path: Path) -> None:
    form = filled(asked, tmp_path, {("u2", "plan"): 10, ("u2", "actual"): 9})
    tree = request_of_form(leader.desk, form)
    assert tree["agency"] == AGENCY
    answers = form_answers(tree, form)
    assert answers == {
        ("u2", "I.1", "plan"): (Fraction(10), "BC 12"),
        ("u2", "I.1", "actual"): (Fraction(9), "BC 12"),
    }
    assert take_answers(leader.desk, tree, answers).changed == 1


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("number", "12,5", Fraction(25, 2)),
        ("count", " 9 ", Fraction(9)),
        ("yes_no", "có", True),
        ("date", "31/12/2026", dt.date(2026, 12, 31)),
        ("level", "tốt", "tốt"),
    ],
)
def test_a_figure_is_read_as_its_kind_asks(kind: str, typed: str, value: object) -> None:
    cell = {"unit_name": "Sở Một", "question": "Kế hoạch", "figure": "plan", "kind": kind}
    assert typed_answer(cell, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"), [("number", "x"), ("count", "9,5"), ("date", "31/2/2026")]
)
def test_what_is_no_such_figure_is_told(kind: str, typed: str) -> None:
    cell = {"unit_name": "Sở Một", "question": "Kế hoạch", "figure": "plan", "kind": kind}
    with pytest.raises(UserError) as fault:
        typed_answer(cell, typed)
    assert "Kế hoạch" in fault.value.findings[0].message + fault.value.findings[0].place


def test_what_the_leader_typed_meanwhile_is_a_conflict(
    leader: House, asked: Sent, tmp_path: Path
) -> None:
    leader.says(
        TypedCell(
            "u1", "I.1", "cluster", figures={"plan": "100", "actual": "70"}, reason="báo cáo quý"
        )
    )
    seen = look(leader.desk, answered(asked, tmp_path, {("u1", "actual"): 88}))
    assert [one.criterion for one in seen.conflicts] == ["I.1"]
    take_in(leader.desk, seen, rule=Side.THEIRS)
    later = look(leader.desk, answered(asked, tmp_path, {("u1", "actual"): 89}, 2))
    assert len(later.changes) == 1


def test_a_form_that_came_without_a_package_is_taken_in_as_typed(
    leader: House, asked: Sent, tmp_path: Path
) -> None:
    contents, _ = request_in(asked.file)
    form = filled(asked, tmp_path, {("u2", "plan"): 10, ("u2", "actual"): 9})
    done = take_form(leader.desk, contents, form)
    assert done.changed == 1
    assert "Cục Thuế tỉnh cung cấp (1 ô)" in done.sentence
    assert take_form(leader.desk, contents, form).changed == 0


@pytest.mark.parametrize(
    ("value", "code"), [("nhiều", "not_a_number"), (None, "figures_unanswered")]
)
def test_faults_of_the_form_are_told(asked: Sent, tmp_path: Path, value: object, code: str) -> None:
    with pytest.raises(UserError) as fault:
        answered(asked, tmp_path, {("u1", "plan"): value})
    assert code in [finding.code for finding in fault.value.findings]


def test_a_request_is_not_taken_in_and_another_package_is_no_request(
    leader: House, asked: Sent
) -> None:
    assert "package_to_answer" in [p.code for p in leader.looks(asked).problems]
    with pytest.raises(UserError) as fault:
        request_in(leader.sends(Kind.RULE_PACK).file)
    assert fault.value.findings[0].code == "figures_no_request"


def test_an_answer_to_a_request_of_another_house_is_refused(
    leader: House, asked: Sent, tmp_path: Path
) -> None:
    file = answered(asked, tmp_path, {("u1", "plan"): 1})
    leader.desk.workspace.undo("Nguyễn Hoa")
    seen = look(leader.desk, file)
    assert [p.code for p in seen.problems] == ["package_answer_unknown"]
