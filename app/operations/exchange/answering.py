"""Answering a request of figures: typed, or out of its Excel form, as a package or as it is.

An agency with this program answers by a signed package, from the command line without a workspace;
one without sends the filled form back, which the leader takes in as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.exchange.facts_faults import Gathering
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import KnownFigure
from app.exchange.figures_form import Place, asked_in_form, read_figures_form, write_figures_form
from app.exchange.packages import Contents, Extent, Head, Kind, Party, SigningKey
from app.ground.findings import UserError
from app.operations.exchange.figures import (
    answered_tree,
    figures_tree,
    refuse_unknown,
    round_for,
    supplied_rows,
)
from app.operations.exchange.looking import opened_status
from app.operations.exchange.packing import Envelope
from app.operations.exchange.rights import Scope
from app.operations.exchange.sending import (
    ENDING,
    Lock,
    Sent,
    dispatch,
    file_stem,
    sealed_bytes,
)
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.entries import permitted_entries
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.results import write_bytes
from app.persistence import books
from app.rules.methods import FigureKind

Request = tuple[Contents, str]
"""A request of figures, and the digest of its package."""

Answers = Mapping[Place, tuple[Any, str]]
"""What is answered, and from where that is, by unit, criterion and figure."""


def request_in(file: Path, key: SigningKey | None = None, passphrase: str = "") -> Request:
    """The request in a package, and the package's digest; raises ``UserError``."""
    status = opened_status(file, (), key, passphrase)
    contents = status.contents
    if contents is None or status.digest is None or contents.head.kind is not Kind.FIGURES_REQUEST:
        raise refusal(
            "figures_no_request",
            file.name,
            status.words if contents is None else "Gói này không đề nghị cung cấp số liệu.",
            "Chọn đúng gói đề nghị cung cấp số liệu đã nhận.",
        )
    return contents, status.digest


def write_request_form(contents: Contents, out: Path, *, overwrite: bool = False) -> Path:
    """Writes the Excel form of a request; raises ``UserError``."""
    assert contents.figures is not None
    return write_bytes(out, write_figures_form(contents.figures), overwrite=overwrite)


# ------------------------------------------------------------- answers


def form_answers(asked: Mapping[str, Any], form: Path) -> dict[Place, tuple[Any, str]]:
    """The answers of a filled form.

    Raises ``UserError`` with every row that cannot be read, or where nothing was filled in.
    """
    answers = read_figures_form(form, asked)
    if not answers:
        raise refusal(
            "figures_unanswered",
            form.name,
            "Phiếu chưa có câu trả lời nào.",
            "Điền cột Trả lời rồi làm lại.",
        )
    return answers


def typed_answer(cell: Mapping[str, Any], typed: str) -> Any:
    """The value of one figure as it was typed, of the kind that is asked for.

    Raises ``UserError`` where it cannot be read.
    """
    place = f"{cell['unit_name']}, {cell['question']}"
    gathering = Gathering()
    known = KnownFigure(cell["figure"], FigureKind(cell["kind"]), cell["question"])
    value = FigureReader(gathering, cells=True).figure(typed.strip(), known, lambda: place)
    findings = gathering.closed(place)
    if findings.errors:
        raise UserError(findings)
    return value


def request_of_form(desk: Desk, form: Path) -> dict[str, Any]:
    """The request that a form belongs to, by its own rows; raises ``UserError``.

    The leader who sent the form needs no package of the request to take the answers in.
    """
    asked = asked_in_form(form)
    whole = Scope(Kind.FIGURES_REQUEST, {})
    agency = asked.agency or "cơ quan khác"
    return figures_tree(desk, agency, asked.criteria, None, whole, asked.units)


# ------------------------------------------------------------- sending


def answer_request(
    request: Request,
    form: Path,
    envelope: Envelope,
    key: SigningKey,
    out: Path,
    lock: Lock | None = None,
    *,
    overwrite: bool = False,
) -> tuple[Path, str]:
    """Writes the signed answer to a request out of its filled form; returns file and digest.

    Raises ``UserError`` with every row of the form that cannot be read.
    """
    asked, _ = request
    assert asked.figures is not None
    contents = _answer(request, form_answers(asked.figures, form), envelope)
    data, made = sealed_bytes(contents, key, lock)
    file = out if out.suffix == ENDING else out / f"{file_stem(contents)}{ENDING}"
    return write_bytes(file, data, overwrite=overwrite), made


def send_answer(
    desk: Desk,
    request: Request,
    answers: Answers,
    envelope: Envelope,
    key: SigningKey,
    out: Path,
    lock: Lock | None = None,
) -> Sent:
    """Writes the signed answer and enters it in the register; raises ``UserError``."""
    number = desk.workspace.latest.id + 1
    contents = _answer(request, answers, envelope, number)
    return dispatch(desk, contents, Scope(Kind.FIGURES_SUPPLY, {}), key, out, lock)


def _answer(
    request: Request, answers: Answers, envelope: Envelope, number: int | None = None
) -> Contents:
    asked, digest = request
    assert asked.figures is not None
    if not answers:
        raise refusal(
            "figures_unanswered",
            "Cung cấp số liệu",
            "Chưa có câu trả lời nào.",
            "Ghi ít nhất một số liệu rồi gửi.",
        )
    head = Head(
        kind=Kind.FIGURES_SUPPLY,
        extent=Extent.EVERYTHING,
        sender=Party(name=envelope.sender),
        recipient=Party(name=asked.head.sender.name),
        year=asked.head.year,
        sequence=envelope.sequence if number is None else number,
        answers=digest,
        made=envelope.made,
        note=envelope.note,
    )
    return Contents(head=head, figures=answered_tree(asked.figures, answers))


# ------------------------------------------------------------- taking in


def take_form(desk: Desk, asked: Contents, form: Path, round_id: str | None = None) -> Done:
    """Takes a filled form in that came without a package, as if its figures had been typed.

    Raises ``UserError`` with every row that cannot be read and every cell that may not be written.
    """
    assert asked.figures is not None
    open_year_of(desk)
    return take_answers(desk, asked.figures, form_answers(asked.figures, form), round_id)


def take_answers(
    desk: Desk, asked: Mapping[str, Any], answers: Answers, round_id: str | None = None
) -> Done:
    """Takes an agency's answers in as typed; raises ``UserError`` with every cell that stays."""
    open_year_of(desk)
    tree = answered_tree(asked, answers)
    refuse_unknown(desk, tree)
    rows = supplied_rows(desk, tree, round_for(desk, round_id))
    facts = FactsDesk(desk)
    entries, _ = permitted_entries(desk, facts, [value[0] for value in rows.values()])
    title = f"Nhập số liệu do {tree['agency']} cung cấp ({len(entries)} ô)"
    with desk.act("figures.entered", title) as change:
        changed = change.put(books.ENTRIES, *entries)
    return done(change, changed, facts.gathering.findings)
