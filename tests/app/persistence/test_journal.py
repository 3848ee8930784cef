"""The journal as sentences, and what tells that it or a row was altered."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.snapshot import Entry, EntryState, GivenTotal
from app.domain.year import (
    CriteriaTable,
    Evidence,
    EvidenceLink,
    PeriodRecord,
    RoundStage,
    RoundState,
    Target,
)
from app.ground.findings import UserError
from app.persistence import books, database, recovery
from app.persistence.sentences import JournalFilter
from app.persistence.workspace import Workspace

from .conftest import YEAR, Clock, entry


def put(
    workspace: Workspace, book: books.Book[object], *nouns: object, who: str = "Trần B"
) -> None:
    with workspace.operation("x", "Nhập liệu", who, period="2022") as change:
        change.put(book, *nouns)


def said(workspace: Workspace) -> tuple[str, ...]:
    return workspace.journal()[-1].sentences


class TestSentences:
    def test_a_changed_score_reads_as_officers_say_it(self, workspace: Workspace) -> None:
        put(workspace, books.ENTRIES, entry(8))
        put(workspace, books.ENTRIES, entry("8.5", reason="bổ sung minh chứng"))
        assert said(workspace) == (
            "sửa điểm I.2 của Sở A (self): 8 → 8,5, lý do: bổ sung minh chứng",
        )
        assert workspace.journal()[-1].heading == "20/11/2022 15:04, Trần B: Nhập liệu"

    def test_states_and_figures_are_told_in_words(self, workspace: Workspace) -> None:
        plan = Entry("so_b", "I.1", "self", figures={"plan": Fraction(100), "done": True})
        put(workspace, books.ENTRIES, plan)
        assert said(workspace) == ("nhập điểm I.1 của Sở B (self): done có, plan 100",)
        put(
            workspace,
            books.ENTRIES,
            replace(plan, state=EntryState.NOT_DONE, figures={"day": dt.date(2022, 5, 1)}),
        )
        assert said(workspace) == (
            "sửa điểm I.1 của Sở B (self): trạng thái: đã chấm → không thực hiện; "
            "day: trống → 01/05/2022; done: có → trống; plan: 100 → trống",
        )

    def test_figures_are_called_as_the_table_of_the_year_calls_them(
        self, workspace: Workspace
    ) -> None:
        method = {"kind": "proportional", "zero_base": "zero"}
        row = {"code": "I.1", "title": "Thu ngân sách", "max": 30, "method": method}
        tree = {"rounds": [{"id": "self", "title": "Tự chấm"}], "criteria": [row]}
        put(workspace, books.CRITERIA_TABLES, CriteriaTable("b", 1, "Bảng", tree, "d"))
        put(workspace, books.ENTRIES, Entry("so_b", "I.1", "self", figures={"plan": Fraction(100)}))
        assert said(workspace) == ("nhập điểm I.1 của Sở B (Tự chấm): kế hoạch 100",)

    def test_other_records_are_told_with_their_names(self, workspace: Workspace) -> None:
        put(workspace, books.TARGETS, Target("so_a", "t1", "Giảm nghèo", plan=Fraction(95)))
        put(workspace, books.TARGETS, Target("so_a", "t1", "Giảm nghèo", plan=Fraction(1, 3)))
        assert said(workspace) == ("sửa chỉ tiêu Giảm nghèo của Sở A: kế hoạch: 95 → 1/3",)
        put(workspace, books.TOTALS, GivenTotal("so_a", "self", Fraction(900)))
        assert said(workspace) == ("thêm tổng điểm được gửi của Sở A (self): 900",)
        returned = RoundState("so_a", "self", RoundStage.RETURNED, reason="thiếu tài liệu")
        put(workspace, books.ROUND_STATES, returned)
        assert said(workspace)[0].endswith("lý do: thiếu tài liệu")

    def test_filters_by_unit_criterion_person_and_day(
        self, workspace: Workspace, clock: Clock
    ) -> None:
        put(workspace, books.ENTRIES, entry(8), entry(7, unit="so_b"), who="Lê C")
        clock.now = dt.datetime(2022, 11, 20, 23, 59, 59, tzinfo=clock.now.tzinfo)
        put(workspace, books.ENTRIES, entry(5, "II.1"))
        clock.now += dt.timedelta(seconds=1)
        put(workspace, books.ENTRIES, entry(6, "II.1"))

        def count(**wanted: object) -> int:
            found = workspace.journal(JournalFilter(**wanted))  # type: ignore[arg-type]
            return sum(len(line.sentences) for line in found)

        assert count(unit="so_b", criterion="I.2") == 1
        assert count(unit="so_a", criterion="II.1") == 2
        assert count(actor="Lê C") == 2
        assert count(criterion="II.1", day=dt.date(2022, 11, 20)) == 1
        assert count(criterion="II.1", day=dt.date(2022, 11, 21)) == 1
        assert count(unit="so_b") == 2, "its registration and its score"
        assert count(period="2023") == 0


def tamper(folder: Path, *statements: str) -> list[str]:
    """Alters the file behind the program's back; the codes and places that verify names."""
    direct = sqlite3.connect(folder / database.FILE)
    laid = direct.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in laid:
        direct.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        direct.execute(statement)
    for _, sql in laid:
        direct.execute(sql)
    direct.commit()
    direct.close()
    found = recovery.verify_folder(folder)
    return [f"{finding.code} {finding.place}: {finding.message}" for finding in found.findings]


class TestTampering:
    @pytest.fixture
    def written(self, workspace: Workspace, folder: Path) -> Path:
        put(workspace, books.ENTRIES, entry(8), entry(7, unit="so_b"))
        put(workspace, books.ENTRIES, entry(9))
        workspace.close()
        return folder

    def test_an_untouched_workspace_verifies(self, written: Path) -> None:
        found = recovery.verify_folder(written)
        assert (found.findings, found.operations, found.changes) == ((), 4, 7)

    def test_an_altered_row_is_named_with_what_and_since_when(self, written: Path) -> None:
        (told,) = tamper(written, "UPDATE entries SET points = '10' WHERE unit = 'so_a'")
        assert told == (
            'row_tampered bảng entries, dòng ["2022","so_a","I.2","self",""]: '
            "Dòng này đã bị sửa ngoài chương trình sau thao tác 4: points: 9 → 10."
        )

    def test_so_are_an_added_and_a_removed_row(self, written: Path) -> None:
        added = "INSERT INTO settings VALUES ('issuer', 'x')"
        told = tamper(written, added, "DELETE FROM entries WHERE unit = 'so_b'")
        assert [line.split(":")[0].split(",")[0] for line in told] == [
            "row_tampered bảng settings",
            "row_tampered bảng entries",
        ]

    def test_an_altered_change_is_named_by_its_operation(self, written: Path) -> None:
        told = tamper(
            written,
            "UPDATE changes SET after = replace(after, '\"8\"', '\"10\"') WHERE operation = 3",
        )
        assert told[0].startswith("operation_tampered nhật ký, thao tác 3:")
        assert any("thao tác 4, bảng entries" in line for line in told)

    def test_so_are_an_altered_title_and_a_removed_operation(self, written: Path) -> None:
        (told,) = tamper(written, "UPDATE operations SET actor = 'Ai đó' WHERE id = 2")
        assert told.startswith("operation_tampered nhật ký, thao tác 2:")
        told = tamper(
            written,
            "DELETE FROM changes WHERE operation = 3",
            "DELETE FROM operations WHERE id = 3",
        )[1]
        assert told.startswith("operation_tampered nhật ký, thao tác 4: Thiếu thao tác từ 3")

    def test_a_row_and_its_change_altered_together_break_the_chain(self, written: Path) -> None:
        told = tamper(
            written,
            "UPDATE entries SET points = '10' WHERE unit = 'so_a'",
            "UPDATE changes SET after = replace(after, '\"9\"', '\"10\"') WHERE operation = 4",
        )
        assert [line[:39] for line in told] == ["operation_tampered nhật ký, thao tác 4:"]

    def test_a_removed_guard_is_named(self, written: Path) -> None:
        direct = sqlite3.connect(written / database.FILE)
        direct.execute("DROP TRIGGER entries_update_kept")
        direct.close()
        (finding,) = recovery.verify_folder(written).findings
        assert (finding.code, "entries_update_kept" in finding.message) == ("guard_missing", True)

    def test_a_history_cut_short_is_found_by_the_digest_on_a_paper(self, written: Path) -> None:
        with Workspace.open(written) as workspace:
            head = workspace.head
            assert workspace.verify(known_head=head).intact
        told = tamper(
            written,
            "UPDATE entries SET points = '8' WHERE unit = 'so_a'",
            "UPDATE entries SET entered_at = (SELECT at FROM operations WHERE id = 3)",
            "DELETE FROM changes WHERE operation = 4",
            "DELETE FROM operations WHERE id = 4",
        )
        assert told == [], "the chain itself is whole"
        (finding,) = recovery.verify_folder(written, head).findings
        assert finding.code == "head_unknown"

    def test_a_tampered_workspace_does_not_open(self, written: Path) -> None:
        tamper(written, "UPDATE entries SET points = '10'")
        with pytest.raises(UserError) as fault:
            Workspace.open(written)
        assert {finding.code for finding in fault.value.findings} == {"row_tampered"}


class TestEvidence:
    @pytest.fixture
    def paper(self, tmp_path: Path) -> Path:
        file = tmp_path / "bao cao.pdf"
        file.write_bytes(b"%PDF-1.4 noi dung")
        return file

    def test_is_kept_by_its_digest_once_and_cited_for_many_cells(
        self, workspace: Workspace, paper: Path
    ) -> None:
        sha256, size = workspace.keep_file(paper)
        assert workspace.keep_file(paper) == (sha256, size)
        cited = Evidence("e1", "12/BC", sha256=sha256, file_name=paper.name, file_size=size)
        with workspace.operation("evidence", "Minh chứng", "B", period="2022") as change:
            change.put(books.EVIDENCE, cited)
            links = [EvidenceLink("e1", "so_a", code, "self") for code in ("I.1", "I.2")]
            change.put(books.EVIDENCE_LINKS, *links)
        assert workspace.evidence_content(sha256, paper.name) == paper.read_bytes()
        assert workspace.verify().findings == ()

    def test_altered_or_gone_is_told_and_never_handed_out(
        self, workspace: Workspace, folder: Path, paper: Path
    ) -> None:
        sha256, size = workspace.keep_file(paper)
        put(workspace, books.EVIDENCE, Evidence("e1", sha256=sha256, file_size=size))
        kept = folder / "evidence" / sha256[:2] / sha256
        for content, code in ((b"%PDF-1.4 noi dunG", "evidence_altered"), (None, "evidence_gone")):
            kept.write_bytes(content) if content else kept.unlink()
            assert [f.code for f in workspace.verify().findings] == [code]
            with pytest.raises(UserError) as fault:
                workspace.evidence_content(sha256, "bao cao.pdf")
            assert fault.value.findings[0].code == code
        workspace.close()
        with Workspace.open(folder) as later:
            assert [note.code for note in later.notes] == ["evidence_gone"]


def test_a_period_without_a_record_is_refused_with_those_that_are_there(
    workspace: Workspace,
) -> None:
    with pytest.raises(UserError) as fault:
        workspace.snapshot("2021")
    assert fault.value.findings[0].remedy == "Chọn một trong: 2022."
    assert workspace.period("2022") == YEAR
    assert isinstance(YEAR, PeriodRecord)
