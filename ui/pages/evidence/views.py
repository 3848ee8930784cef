"""What is shown of a cell, a document and a link between them, in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.year import Evidence
from app.ground.findings import Finding
from app.operations.workspace.evidence import CellName
from app.operations.workspace.evidence_board import Backing, BoardCell
from ui.theme.tokens import Tone

STATE = {
    Backing.FOREIGN: ("Không chấm", Tone.NEUTRAL),
    Backing.NOTHING: ("Không yêu cầu", Tone.NEUTRAL),
    Backing.ASKED: ("Cần, chưa chấm", Tone.NEUTRAL),
    Backing.MISSING: ("Thiếu", Tone.ERROR),
    Backing.WEAK: ("Yếu", Tone.WAITING),
    Backing.GIVEN: ("Có, chưa kiểm", Tone.INFO),
    Backing.CHECKED: ("Đủ, đã kiểm", Tone.GOOD),
}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the matrix as it is told."""

    cell: BoardCell
    unit: str
    criterion: str
    state: str
    tone: Tone
    words: str
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list."""

    document: Evidence
    called: str
    date: str
    used: str
    file: str
    findings: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A cell that a document supports."""

    cell: CellName
    unit: str
    criterion: str
    round: str


def about(cell: BoardCell) -> str:
    """What a cell's state means, and what to do."""
    cited = len(cell.documents)
    match cell.backing:
        case Backing.FOREIGN:
            return "Đơn vị này không chấm tiêu chí này."
        case Backing.NOTHING:
            return "Bảng tiêu chí không yêu cầu minh chứng ở đây; vẫn có thể ghi thêm."
        case Backing.ASKED:
            return "Bảng tiêu chí yêu cầu minh chứng; ô này chưa chấm điểm."
        case Backing.MISSING if cited or cell.declared:
            return (
                f"Đơn vị khai {cell.declared} tài liệu, trong sổ mới ghi {cited}. "
                f"Ghi thêm {max(cell.declared, 1) - cited} tài liệu hoặc hỏi lại đơn vị."
            )
        case Backing.MISSING:
            return "Ô đã có điểm và cần minh chứng nhưng chưa ghi tài liệu nào. Ghi tài liệu, hoặc trả lại vòng chấm để đơn vị bổ sung."  # noqa: E501
        case Backing.WEAK if cited < cell.declared:
            return f"Đơn vị khai {cell.declared} tài liệu, trong sổ mới ghi {cited}."
        case Backing.WEAK:
            return "Có điều cần xem ở tài liệu của ô này, nêu ở dưới."
        case Backing.GIVEN:
            return "Đã ghi đủ tài liệu; vòng rà soát, thẩm định chưa chấm ô này."
        case Backing.CHECKED:
            return "Đã ghi đủ tài liệu; người rà soát, thẩm định đã chấm hoặc chấp nhận ô này."
