"""What the page of the ranking knows (expected values: README's first screen, worked by hand)."""

from __future__ import annotations

from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.records import listed_records, record, remove_record
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.rules.document import dump_tree
from tests import builders as b
from ui.pages.ranking.presenter import RankingPresenter
from ui.pages.ranking.show import Show
from ui.session import Session
from ui.theme.tokens import Tone


def tied_year(session: Session, folder: Path) -> None:
    """Three units in a cluster with one flag; two of them reach the same total."""
    tree = b.pack_tree(
        b.criterion("I", 100),
        b.criterion("I.1", 100, {"kind": "direct"}),
        b.award("co", b.fixed(1)),
        b.standing_case("kx", "barred", ranked=True),
        ties={"chain": [{"step": "ballot"}]},
    )
    file = folder / "pack.toml"
    file.write_text(dump_tree(tree), encoding="utf-8")
    workspace = create_workspace(folder / "so", "Hoa")
    desk, _ = open_year(workspace, "Hoa", year_record("2026"))
    add_clusters(desk, [Cluster("k", "Cụm 1")])
    add_units(desk, [Unit(u, n, "k") for u, n in (("a", "Sở A"), ("b", "Sở B"), ("c", "Sở C"))])
    adopt_pack(desk, file)
    points = (("a", "90"), ("b", "90"), ("c", "80"))
    enter_scores(desk, [TypedCell(u, "I.1", b.ROUND, points=p) for u, p in points])
    session.adopt(workspace, "Hoa")


def test_rows_follow_the_ranking_and_those_apart_stand_last(open_session: Session) -> None:
    rows = RankingPresenter(open_session).view.rows
    assert [(row.place, row.name, row.total) for row in rows[:2]] == [
        ("1", "Tòa án nhân dân tỉnh", "972,95"),
        ("2", "Bộ Chỉ huy Quân sự tỉnh", "972,95"),
    ]
    assert (rows[-1].place, rows[-1].name) == ("–", "Thanh tra tỉnh")
    assert rows[-1].tone is Tone.ERROR
    assert rows[-1].remark.startswith("Không xét: ")


def test_sections_add_up_to_the_total_as_printed(open_session: Session) -> None:
    for row in RankingPresenter(open_session).view.rows:
        parts = [float(part.replace(",", ".")) for part in row.parts]
        assert abs(sum(parts) - float(row.total.replace(",", "."))) < 0.02


def test_a_place_decided_by_ballot_says_so_and_cites_its_clause(open_session: Session) -> None:
    view = RankingPresenter(open_session).view
    facts = {fact.about: fact.words for fact in view.facts("toa_an")}
    assert facts["Điều quyết định hạng"] == "Bỏ phiếu"
    tie = next(words for about, words in facts.items() if about.startswith("Bằng nhau ở mép"))
    assert "Tòa án nhân dân tỉnh: 8 phiếu" in tie
    assert "[Phần III, mục II.4, Đề án 1308/ĐA-UBND]" in tie


def test_a_held_unit_waits_and_says_what_for(open_session: Session) -> None:
    view = RankingPresenter(open_session).view
    row = next(row for row in view.rows if row.unit == "thi_hanh_an")
    assert row.tone is Tone.WAITING
    assert "Chưa xét" in {fact.about for fact in view.facts("thi_hanh_an")}


def test_an_open_tie_is_a_question_until_an_authority_decides_it(
    session: Session, tmp_path: Path
) -> None:
    tied_year(session, tmp_path)
    presenter = RankingPresenter(session)
    (question,) = presenter.view.questions
    assert {choice for choice, _ in question.answers} >= {"a", "b"}
    presenter.decide(question.id, "b", "Chủ tịch UBND tỉnh", "12/QĐ-UBND")
    assert presenter.view.questions == ()
    assert [line.unit for line in presenter.assessment.awards if line.state == "proposed"] == ["b"]
    assert len(listed_records(session.desk, "decisions")) == 1
    session.act(lambda desk: remove_record(desk, "decisions", [question.id]))
    assert len(presenter.view.questions) == 1


def test_equal_totals_have_equal_places_and_the_next_is_skipped(
    session: Session, tmp_path: Path
) -> None:
    """Acceptance 1.1: 1, 1, 3."""
    tied_year(session, tmp_path)
    rows = RankingPresenter(session).view.rows
    assert [row.place for row in rows] == ["1", "1", "3"]
    assert rows[0].remark.startswith("Bằng điểm với Sở B")


def test_a_winner_beside_a_unit_that_was_not_in_the_vote_says_both(
    session: Session, tmp_path: Path
) -> None:
    """A37: c has the same 90 and is barred but ranked; the decision is between a and b only."""
    tied_year(session, tmp_path)
    session.act(lambda desk: enter_scores(desk, [TypedCell("c", "I.1", b.ROUND, points="90")]))
    case = {"unit": "c", "case": "kx", "reference": "1/KL"}
    session.act(lambda desk: record(desk, "standing", [case]))
    presenter = RankingPresenter(session)
    (question,) = presenter.view.questions
    presenter.decide(question.id, "b", "Chủ tịch UBND tỉnh", "12/QĐ-UBND")
    rows = {row.unit: row for row in presenter.view.rows}
    assert {unit: row.place for unit, row in rows.items()} == {"b": "1", "c": "1", "a": "3"}
    facts = {fact.about: fact.words for fact in presenter.view.facts("b")}
    assert facts["Bằng điểm"] == "Bằng tổng điểm với Sở C."
    assert facts["Điều quyết định hạng"] == "Cấp có thẩm quyền quyết định"
    remark = "Bằng điểm với Sở C; xếp theo: cấp có thẩm quyền quyết định"
    assert rows["b"].remark.startswith(remark)


def test_without_a_table_there_is_a_reason_and_no_ranking(session: Session, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "so", "Hoa")
    open_year(workspace, "Hoa", year_record("2026"))
    session.adopt(workspace, "Hoa")
    presenter = RankingPresenter(session)
    assert presenter.assessment is None
    assert [finding.code for finding in presenter.refusal] == ["table_missing"]
    assert presenter.sentence() == "Chưa có kết quả để xếp."


# ------------------------------------------------------------------ the hall


def test_the_show_reveals_from_the_last_place_to_the_first(open_session: Session) -> None:
    view = RankingPresenter(open_session).view
    show = Show(view, "2019")
    assert show.slide.newest is None
    assert show.slide.hidden == 7
    seen = []
    for _ in range(7):
        show.forward()
        assert show.slide.newest is not None
        seen.append(show.slide.newest.place)
    assert seen == ["7", "6", "5", "4", "3", "2", "1"]
    show.forward()
    assert show.slide.whole
    assert [place.place for place in show.slide.shown] == [*"1234567", "–"]


def test_no_slide_shows_a_place_that_is_not_revealed_yet(open_session: Session) -> None:
    show = Show(RankingPresenter(open_session).view, "2019")
    show.forward()
    assert [place.place for place in show.slide.shown] == ["7"]
    show.backward()
    assert show.slide.shown == ()
    show.all_at_once()
    assert len(show.slide.shown) == 8
    show.all_at_once()
    assert show.slide.shown == ()


def test_the_hall_reads_how_the_tie_was_settled(open_session: Session) -> None:
    show = Show(RankingPresenter(open_session).view, "2019")
    show.all_at_once()
    first = show.slide.shown[0]
    assert first.name == "Tòa án nhân dân tỉnh"
    assert "Tòa án nhân dân tỉnh: 8 phiếu" in first.how
