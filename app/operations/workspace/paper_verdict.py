"""Which state of which workspace a paper shows that came back: the present one, an older, none.

The paper carries the number and the digest of the last operation before it was made. The journal
here says whether that operation is ours; the paper is then made again from the present data and
its content code compared, so that acts which do not touch it do not make it old.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ground.findings import Finding, Findings, UserError
from app.operations.paper_check import PaperCheck, Words
from app.operations.workspace.desk import Desk
from app.operations.workspace.paper_data import paper_data
from app.operations.workspace.paper_desk import one_paper
from app.persistence.journal import Operation
from app.reports.binding import content_code
from app.reports.document import Binding


class Standing(StrEnum):
    """How a paper stands to the data of a workspace."""

    PRESENT = "present"
    OLDER = "older"
    UNKNOWN_STATE = "unknown_state"
    OTHER_WORKSPACE = "other_workspace"
    UNBOUND = "unbound"
    NOT_MADE_NOW = "not_made_now"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a paper shows; ``state`` is the operation after which it was made, ``since`` how many
    operations came later.
    """

    standing: Standing
    sentence: str
    findings: tuple[Finding, ...] = ()
    state: Operation | None = None
    since: int = 0


def paper_verdict(desk: Desk, check: PaperCheck) -> Verdict:
    """Compares a paper that was read with the desk's workspace, whatever its year."""
    bound = check.binding
    if bound is None or check.words is Words.UNKNOWN:
        return _told(
            Standing.UNBOUND,
            "paper_unbound",
            "Văn bản không mang dấu của dữ liệu nào nên không đối chiếu được với sổ.",
            "So từng số với bản lập lại từ sổ.",
        )
    if bound.workspace != desk.workspace.origin:
        return _told(
            Standing.OTHER_WORKSPACE,
            "paper_of_other_workspace",
            "Văn bản được lập từ một sổ làm việc khác.",
            "Mở đúng sổ đã lập văn bản, rồi kiểm tra lại.",
        )
    state = desk.workspace.operation_numbered(bound.operation or 0)
    since = desk.workspace.latest.id - (bound.operation or 0)
    if state is None or state.digest != bound.head:
        return _told(
            Standing.UNKNOWN_STATE,
            "paper_state_unknown",
            "Văn bản được lập từ một bản khác của sổ này, có thao tác mà sổ đang mở không có.",
            "Tìm bản sổ mới hơn, hoặc bản sao lưu lúc lập văn bản.",
        )
    code = _present_code(desk, bound)
    if code is None:
        return Verdict(
            Standing.NOT_MADE_NOW,
            f"Văn bản lập {_after(state)}; hiện nay sổ không còn lập văn bản này được.",
            _warning(
                "paper_not_made_now",
                "Số liệu hiện nay không còn lập được văn bản này.",
                "Xem lại các thay đổi trong nhật ký kể từ thao tác đó.",
            ),
            state,
            since,
        )
    if code == check.code:
        return Verdict(
            Standing.PRESENT, "Văn bản đúng với số liệu hiện nay của sổ.", (), state, since
        )
    return Verdict(
        Standing.OLDER,
        f"Văn bản cho thấy trạng thái cũ của sổ, lập {_after(state)}; từ đó sổ có thêm {since} "
        "thao tác và nội dung văn bản nay đã khác.",
        _warning(
            "paper_of_older_state",
            "Văn bản không còn đúng với số liệu hiện nay.",
            "Lập lại văn bản nếu số liệu mới là đúng; xem nhật ký để biết điều gì đã đổi.",
        ),
        state,
        since,
    )


def _present_code(desk: Desk, bound: Binding) -> str | None:
    """The code that the same paper would carry now; ``None`` where it cannot be made."""
    cluster, _, subject = bound.subject.partition("/")
    seat = Desk(desk.workspace, desk.actor, bound.period)
    try:
        line = one_paper(paper_data(seat, cluster), bound.paper, subject)
    except UserError:
        return None
    return content_code(line.made.document)


def _after(state: Operation) -> str:
    return f"sau thao tác số {state.id} ({state.title}, {_moment(state.at)})"


def _moment(at: str) -> str:
    """ "2026-11-20T09:00:00+07:00" as "09:00 ngày 20/11/2026"."""
    day, _, time = at.partition("T")
    year, month, date = day.split("-")
    return f"{time[:5]} ngày {date}/{month}/{year}"


def _told(standing: Standing, code: str, message: str, remedy: str) -> Verdict:
    return Verdict(standing, message, _warning(code, message, remedy))


def _warning(code: str, message: str, remedy: str) -> tuple[Finding, ...]:
    told = Findings()
    told.warning(code, "văn bản", message, remedy)
    return told.as_tuple()
