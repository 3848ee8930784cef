"""What the page of evidence knows and does, without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.year import Evidence
from app.ground.findings import UserError
from app.ground.text import folded, natural_key
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.evidence import (
    CellName,
    attach_file,
    change_evidence,
    cite_evidence,
    link_evidence,
    remove_evidence,
    unlink_evidence,
)
from app.operations.workspace.evidence_board import (
    Backing,
    BoardCell,
    BoardRow,
    EvidenceBoard,
    evidence_board,
)
from app.operations.workspace.evidence_checks import called, same_paper
from app.persistence import books
from ui.pages.evidence.views import STATE, CellView, DocumentRow, LinkRow, about
from ui.runner import Progress, Runner
from ui.session import Session

EVERYTHING, OPEN, MISSING, DOUBTFUL = "all", "open", "missing", "doubtful"
SHOWN = (
    (EVERYTHING, "Mọi ô"),
    (OPEN, "Còn thiếu hoặc yếu"),
    (MISSING, "Chỉ ô thiếu"),
    (DOUBTFUL, "Chỉ ô yếu"),
)
_WANTED = {
    OPEN: frozenset({Backing.MISSING, Backing.WEAK}),
    MISSING: frozenset({Backing.MISSING}),
    DOUBTFUL: frozenset({Backing.WEAK}),
}


class EvidencePresenter:
    """The matrix, the documents, and every act on them."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._question = 0
        self._round = ""
        self.board: EvidenceBoard | None = None
        self.refusal = ""
        self.unit: str | None = None
        self.shown = EVERYTHING
        self.words = ""

    # ------------------------------------------------------------- the board

    def load(self, done: Callable[[], None]) -> None:
        """Works the matrix out anew, off the window's thread."""
        seat = self._session.seat
        self._question += 1
        question = self._question
        if seat is None:
            self.board = None
            done()
            return

        def finished(board: EvidenceBoard) -> None:
            if question == self._question:
                self.board, self.refusal = board, ""
                done()

        def failed(fault: Exception) -> None:
            if not isinstance(fault, UserError):
                raise fault
            if question == self._question:
                self.board, self.refusal = None, fault.findings[0].message
                done()

        self._runner.run(
            "Xem lại minh chứng",
            lambda _progress: evidence_board(seat),
            finished,
            failed,
            quiet=True,
        )

    @property
    def rounds(self) -> tuple[tuple[str, str], ...]:
        """The rounds in which evidence can be recorded: id and title."""
        packs = self._session.packs
        return () if packs is None else tuple((r.id, r.title) for r in packs.main.rules.rounds)

    @property
    def round(self) -> str:
        """The round for which documents are linked: the first where none was chosen."""
        known = [round_id for round_id, _ in self.rounds]
        return self._round if self._round in known else (known[0] if known else "")

    def choose_round(self, round_id: str) -> None:
        """From now on documents are linked for this round."""
        self._round = round_id

    @property
    def may_write(self) -> bool:
        """Whether anything can be changed."""
        return self._session.may_write

    def units(self) -> tuple[tuple[str, str], ...]:
        """The units in sight: id and name."""
        if self.board is None:
            return ()
        return tuple((unit, self._name(unit)) for unit in self.board.units if self._in_sight(unit))

    def every_unit(self) -> tuple[tuple[str, str], ...]:
        """All units that can be asked for."""
        board = self.board
        return () if board is None else tuple((unit, self._name(unit)) for unit in board.units)

    def _in_sight(self, unit: str) -> bool:
        return self.unit in (None, unit) or self.unit not in self._session.units

    def rows(self) -> tuple[BoardRow, ...]:
        """The criteria in sight: those that fit the words, and have a cell that is wanted."""
        board = self.board
        if board is None:
            return ()
        units = [unit for unit, _ in self.units()]
        wanted, words = _WANTED.get(self.shown), folded(self.words.strip())
        return tuple(
            row
            for row in board.rows
            if (not words or words in folded(f"{row.code} {row.title}"))
            and (
                wanted is None
                or any(board.cell(unit, row.code).backing in wanted for unit in units)
            )
        )

    def _name(self, unit: str) -> str:
        found = self._session.units.get(unit)
        return found.name if found is not None else unit

    def _title(self, criterion: str) -> str:
        rows = self.board.rows if self.board is not None else ()
        return next((row.title for row in rows if row.code == criterion), "")

    def sentence(self) -> str:
        """Where the year's evidence stands."""
        if self.refusal:
            return self.refusal
        if self.board is None:
            return "Đang đọc minh chứng…"
        count = Counter(cell.backing for cell in self.board.cells.values())
        documents = len(self.board.documents)
        parts = [f"{documents} tài liệu" if documents else "Chưa ghi tài liệu nào"]
        for backing, words in (
            (Backing.MISSING, "ô thiếu"),
            (Backing.WEAK, "ô yếu"),
            (Backing.GIVEN, "ô có, chưa kiểm"),
            (Backing.CHECKED, "ô đủ, đã kiểm"),
        ):
            if count[backing]:
                parts.append(f"{count[backing]} {words}")
        if self.board.cells and not any(cell.asked for cell in self.board.cells.values()):
            parts.append("bảng tiêu chí không yêu cầu minh chứng ở tiêu chí nào")
        closed = "" if self.may_write else " Sổ đang chỉ đọc nên chỉ xem được."
        return " · ".join(parts) + "." + closed

    # ------------------------------------------------------------- cells

    def cell(self, unit: str, criterion: str) -> CellView:
        """One cell with its documents and what is to be done about it."""
        assert self.board is not None
        cell = self.board.cell(unit, criterion)
        state, tone = STATE[cell.backing]
        rows = tuple(self._row(self.board.documents[d]) for d in cell.documents)
        title = self._title(criterion)
        return CellView(
            cell,
            self._name(unit),
            f"{criterion}. {title}" if title else criterion,
            state,
            tone,
            about(cell),
            rows,
        )

    def name(self, cell: BoardCell) -> CellName:
        """The cell for the round in which documents are linked now."""
        return CellName(cell.unit, cell.criterion, self.round)

    def listed(self, cells: Sequence[CellName]) -> str:
        """The cells in words."""
        words = [f"{self._name(c.unit)}, tiêu chí {c.criterion}" for c in cells]
        return "; ".join(words[:4]) + (f" và {len(words) - 4} ô nữa" if len(words) > 4 else "")

    # ------------------------------------------------------------- documents

    def documents(self) -> tuple[DocumentRow, ...]:
        """All documents of the year, by number."""
        if self.board is None:
            return ()
        rows = (self._row(document) for document in self.board.documents.values())
        return tuple(sorted(rows, key=lambda row: natural_key(row.called)))

    def document(self, evidence: str) -> DocumentRow | None:
        """One document."""
        found = self.board.documents.get(evidence) if self.board is not None else None
        return self._row(found) if found is not None else None

    def links(self, evidence: str) -> tuple[LinkRow, ...]:
        """The cells that a document supports."""
        if self.board is None:
            return ()
        titles = dict(self.rounds)
        return tuple(
            LinkRow(
                cell,
                self._name(cell.unit),
                f"{cell.criterion}. {self._title(cell.criterion)}",
                titles.get(cell.round, cell.round),
            )
            for cell in self.board.links.get(evidence, ())
        )

    def _row(self, document: Evidence) -> DocumentRow:
        assert self.board is not None
        cells = self.board.links.get(document.id, ())
        units = {cell.unit for cell in cells}
        used = f"{len(cells)} ô" + (f" của {len(units)} đơn vị" if len(units) > 1 else "")
        return DocumentRow(
            document,
            called(document),
            f"{document.date:%d/%m/%Y}" if document.date is not None else "",
            used if cells else "Chưa gắn ô nào",
            document.file_name or "",
            self.board.about(document.id),
        )

    # ------------------------------------------------------------- suggestions

    def issuers(self) -> tuple[str, ...]:
        """Who issued documents before, the most frequent first."""
        return tuple(name for name, _ in Counter(d.issuer for d in self._all() if d.issuer)
                     .most_common())  # fmt: skip

    def numbers(self, typed: str) -> tuple[str, ...]:
        """What a number may become: typed figures with the endings that were used before."""
        endings = Counter(
            document.number[document.number.index("/") :]
            for document in self._all()
            if "/" in document.number
        )
        bare = typed.strip()
        if not bare.isdigit():
            return ()
        return tuple(bare + ending for ending, _ in endings.most_common(8))

    def _all(self) -> tuple[Evidence, ...]:
        """The documents of all years."""
        session = self._session
        if session.workspace is None:
            return ()
        read = session.workspace.read
        return tuple(d for year in session.years for d in read(books.EVIDENCE, year.id))

    def known(self, document: Evidence) -> DocumentRow | None:
        """The record of the same paper that is there already."""
        if self.board is None or not (document.number.strip() or document.subject.strip()):
            return None
        wanted = same_paper(document)
        for other in self.board.documents.values():
            if other.id != document.id and same_paper(other) == wanted:
                return self._row(other)
        return None

    # ------------------------------------------------------------- acts

    def cite(self, document: Evidence, cells: Sequence[CellName], file: Path | None) -> None:
        """Records a document for cells; raises ``UserError``. A file is copied by a task."""
        if file is None:
            self._session.act(lambda desk: cite_evidence(desk, document, cells)[1])
        else:
            self._copy(file, lambda desk: cite_evidence(desk, document, cells, file)[1])

    def change(self, document: Evidence, file: Path | None) -> None:
        """Corrects a document; a newly chosen file takes the place of the old one."""
        assert self.board is not None
        if document != self.board.documents.get(document.id):
            self._session.act(lambda desk: change_evidence(desk, document))
        if file is not None:
            self.attach(document.id, file)

    def attach(self, evidence: str, file: Path) -> None:
        """Keeps a file beside a document; copied by a task."""
        self._copy(file, lambda desk: attach_file(desk, evidence, file))

    def _copy(self, file: Path, verb: Callable[[Desk], Done]) -> None:
        seat = self._session.desk

        def work(progress: Progress) -> Done:
            progress.settle(f"Chép tệp {file.name} vào sổ")
            return verb(seat)

        self._runner.run("Chép tệp vào sổ", work, lambda done: self._session.told(done.operation))

    def link(self, evidence: str, cells: Sequence[CellName]) -> Done:
        """Lets a document support further cells."""
        return self._session.act(lambda desk: link_evidence(desk, evidence, cells))

    def unlink(self, evidence: str, cell: CellName) -> Done:
        """Takes a document from a cell."""
        return self._session.act(lambda desk: unlink_evidence(desk, evidence, cell))

    def unlink_place(self, evidence: str, cell: BoardCell) -> None:
        """Takes a document from a cell in every round in which it stands there."""
        assert self.board is not None
        for link in self.board.links.get(evidence, ()):
            if (link.unit, link.criterion) == (cell.unit, cell.criterion):
                self.unlink(evidence, link)

    def remove(self, evidence: str) -> Done:
        """Takes a document out of the book."""
        return self._session.act(lambda desk: remove_evidence(desk, evidence))

    def content(self, document: Evidence) -> bytes:
        """The kept file of a document, checked; raises ``UserError``. May take long."""
        workspace = self._session.workspace
        assert workspace is not None
        assert document.sha256 is not None
        return workspace.evidence_content(document.sha256, document.file_name or document.id)
