"""A paper that comes back: does it show the present data, an older state, or another workspace."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from app.domain.papers import Issuer
from app.operations.paper_check import check_paper
from app.operations.workspace.desk import Desk, change_setting
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.paper_data import paper_data, set_issuer
from app.operations.workspace.paper_desk import one_paper, rendered
from app.operations.workspace.paper_verdict import Standing, Verdict, paper_verdict
from app.operations.workspace.rounds import return_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace

PAPER = "to_trinh_khen_thuong"
DAY = dt.date(2026, 11, 21)


def printed(desk: Desk) -> bytes:
    data = rendered(one_paper(paper_data(desk, "k1"), PAPER).made.document, "pdf")
    assert data is not None
    return data


def verdict(desk: Desk, pdf: bytes) -> Verdict:
    return paper_verdict(desk, check_paper(pdf))


def change_a_score(desk: Desk) -> None:
    return_round(desk, "self", ["u1"], DAY, "xem lại")
    enter_scores(desk, [TypedCell("u1", "II.2", "self", points="8")])


def test_a_paper_of_today_shows_the_present_data(handed_in: Desk) -> None:
    found = verdict(handed_in, printed(handed_in))
    assert found.standing is Standing.PRESENT
    assert (found.findings, found.since) == ((), 0)


def test_an_act_that_does_not_touch_it_does_not_make_it_old(handed_in: Desk) -> None:
    pdf = printed(handed_in)
    change_setting(handed_in.workspace, handed_in.actor, "officer", "Người khác")
    found = verdict(handed_in, pdf)
    assert (found.standing, found.since) == (Standing.PRESENT, 1)


def test_after_a_changed_score_it_is_of_an_older_state_that_is_named(handed_in: Desk) -> None:
    pdf, state = printed(handed_in), handed_in.workspace.latest
    change_a_score(handed_in)
    found = verdict(handed_in, pdf)
    assert found.standing is Standing.OLDER
    assert found.state == state
    assert f"thao tác số {state.id}" in found.sentence
    assert found.findings[0].code == "paper_of_older_state"


def test_what_is_taken_back_makes_it_present_again(handed_in: Desk) -> None:
    pdf = printed(handed_in)
    set_issuer(handed_in.workspace, handed_in.actor, Issuer(signer="Trần Bình"))
    assert verdict(handed_in, pdf).standing is Standing.OLDER
    handed_in.workspace.undo(handed_in.actor)
    assert verdict(handed_in, pdf).standing is Standing.PRESENT


def test_a_paper_of_another_workspace_is_told_apart(
    handed_in: Desk, tmp_path: Path, pack_file: Path
) -> None:
    with Workspace.create(tmp_path / "khac", "Lê Văn") as other:
        desk, _ = open_year(other, "Lê Văn", year_record("2026"))
        adopt_pack(desk, pack_file)
        clusters, units = handed_in.clusters, handed_in.units
        add_clusters(desk, list(clusters.values()))
        add_units(desk, list(units.values()))
        found = verdict(handed_in, printed(desk))
    assert found.standing is Standing.OTHER_WORKSPACE


def test_a_copy_that_went_another_way_has_states_that_are_not_ours(
    handed_in: Desk, tmp_path: Path
) -> None:
    """The stick's copy is worked on, while the one here is worked on too."""
    here = handed_in.workspace
    shutil.copytree(here.folder, tmp_path / "que", ignore=shutil.ignore_patterns("*.lock", ".*"))
    with Workspace.open(tmp_path / "que") as copy:
        theirs = Desk(copy, "Người kia", handed_in.period)
        change_a_score(theirs)
        pdf = printed(theirs)
    change_setting(here, handed_in.actor, "officer", "A")
    change_setting(here, handed_in.actor, "officer", "B")
    assert verdict(handed_in, pdf).standing is Standing.UNKNOWN_STATE


def test_a_pdf_of_another_program_is_bound_to_nothing(handed_in: Desk) -> None:
    page = BytesIO()
    canvas = Canvas(page)
    canvas.drawString(100, 700, "Tờ trình")
    canvas.save()
    assert verdict(handed_in, page.getvalue()).standing is Standing.UNBOUND


def test_a_paper_that_cannot_be_made_any_more_says_so(handed_in: Desk) -> None:
    check = check_paper(printed(handed_in))
    assert check.binding is not None
    gone = replace(check, binding=replace(check.binding, subject="cum_da_xoa"))
    assert paper_verdict(handed_in, gone).standing is Standing.NOT_MADE_NOW
