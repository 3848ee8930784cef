"""What the page of the criteria's health knows."""

from __future__ import annotations

from pathlib import Path

from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from tests.ui.pages.health.world import two_years
from ui.pages.health.presenter import NOTED, HealthPresenter
from ui.runner import AtOnce
from ui.session import Session


def looked(session: Session) -> HealthPresenter:
    presenter = HealthPresenter(session, AtOnce())
    presenter.look(lambda: None)
    return presenter


def test_signs_stand_beside_their_criteria_with_the_years_on_end(
    session: Session, tmp_path: Path
) -> None:
    """All reach 10 of 10 twice; the whole spread comes from the other criterion."""
    session.adopt(two_years(tmp_path), "Hoa")
    full, parting = looked(session).rows()
    assert (full.code, full.signs, full.full, full.share) == (
        "I.1", "Luôn đạt tối đa", "3/3", "0,0%",
    )  # fmt: skip
    assert full.advice[0].startswith("2 năm liền, năm nay 3/3 đơn vị đạt tối đa")
    assert (parting.code, parting.share) == ("I.2", "100,0%")
    assert "Quyết định nhiều" in parting.signs


def test_a_sign_can_be_asked_for_alone(session: Session, tmp_path: Path) -> None:
    session.adopt(two_years(tmp_path), "Hoa")
    presenter = looked(session)
    assert ("always_full", "Luôn đạt tối đa (1)") in presenter.choices()
    assert [row.code for row in presenter.rows("always_full")] == ["I.1"]
    assert [row.code for row in presenter.rows(NOTED)] == ["I.1", "I.2"]


def test_years_stand_beside_each_other_by_unit_and_criterion(
    session: Session, tmp_path: Path
) -> None:
    session.adopt(two_years(tmp_path), "Hoa")
    presenter = looked(session)
    assert presenter.year_names() == ("Năm 2025", "Năm 2026")
    first = presenter.unit_rows()[0]
    assert first.name == "Sở A"
    assert all("hạng 1/3" in year for year in first.years)
    assert "giữ hạng" in first.change
    assert presenter.criterion_rows()[1].years[1] == "tối đa 90, đạt 66,7%"
    assert presenter.years_picture() is not None


def test_one_year_has_nothing_to_compare(session: Session, tmp_path: Path) -> None:
    session.adopt(two_years(tmp_path, years=("2026",)), "Hoa")
    presenter = looked(session)
    assert presenter.compared is None
    assert presenter.unit_rows() == ()
    assert presenter.sentence() == "2 tiêu chí ở 3 đơn vị · 2 tiêu chí nên xem lại"


def test_the_reports_of_criteria_and_years_are_written(session: Session, tmp_path: Path) -> None:
    session.adopt(two_years(tmp_path), "Hoa")
    written = looked(session).write(tmp_path)
    assert sorted(file.name for file in written) == [
        "so-sanh-cac-nam-k.pdf",
        "so-sanh-cac-nam-k.xlsx",
        "suc-khoe-tieu-chi-k.pdf",
        "suc-khoe-tieu-chi-k.xlsx",
    ]


def test_without_a_table_the_reason_is_kept(session: Session, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "so", "Hoa")
    open_year(workspace, "Hoa", year_record("2026"))
    session.adopt(workspace, "Hoa")
    presenter = looked(session)
    assert presenter.health is None
    assert [finding.code for finding in presenter.refusal] == ["table_missing"]
    assert presenter.rows() == ()
