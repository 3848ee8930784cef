"""Answering a request of figures: the Excel form of it, filled in, as a package or as it is.

An agency with this program answers by a signed package and needs no workspace for that; one
without sends the filled form back, which the leader takes in as typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.exchange.figures_form import Place, read_figures_form, write_figures_form
from app.exchange.packages import Contents, Head, Kind, Party, SigningKey
from app.operations.exchange.figures import answered_tree, round_for, supplied_rows
from app.operations.exchange.looking import opened_status
from app.operations.exchange.packing import Envelope
from app.operations.exchange.sending import ENDING, Lock, file_stem, sealed_bytes
from app.operations.workspace.desk import Desk, Done, done, open_year_of, refusal
from app.operations.workspace.entries import permitted_entries
from app.operations.workspace.facts_desk import FactsDesk
from app.operations.workspace.results import write_bytes
from app.persistence import books


def request_in(
    file: Path, key: SigningKey | None = None, passphrase: str = ""
) -> tuple[Contents, str]:
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


def answer_request(
    request: tuple[Contents, str],
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
    asked, digest = request
    tree = _filled(asked, form)
    head = Head(
        kind=Kind.FIGURES_SUPPLY,
        extent=asked.head.extent,
        sender=Party(name=envelope.sender),
        recipient=Party(name=asked.head.sender.name),
        year=asked.head.year,
        sequence=envelope.sequence,
        answers=digest,
        made=envelope.made,
        note=envelope.note,
    )
    contents = Contents(head=head, figures=tree)
    data, made = sealed_bytes(contents, key, lock)
    file = out if out.suffix == ENDING else out / f"{file_stem(contents)}{ENDING}"
    return write_bytes(file, data, overwrite=overwrite), made


def take_form(desk: Desk, asked: Contents, form: Path, round_id: str | None = None) -> Done:
    """Takes a filled form in that came without a package, as if its figures had been typed.

    Raises ``UserError`` with every row that cannot be read and every cell that may not be written.
    """
    open_year_of(desk)
    tree = _filled(asked, form)
    rows = supplied_rows(desk, tree, round_for(desk, round_id))
    facts = FactsDesk(desk)
    entries, _ = permitted_entries(desk, facts, [value[0] for value in rows.values()])
    title = f"Nhập số liệu do {tree['agency']} cung cấp ({len(entries)} ô)"
    with desk.act("figures.entered", title) as change:
        changed = change.put(books.ENTRIES, *entries)
    return done(change, changed, facts.gathering.findings)


def _filled(asked: Contents, form: Path) -> dict[str, Any]:
    assert asked.figures is not None
    answers: dict[Place, tuple[Any, str]] = read_figures_form(form, asked.figures)
    if not answers:
        raise refusal(
            "figures_unanswered",
            form.name,
            "Phiếu chưa có câu trả lời nào.",
            "Điền cột Trả lời rồi làm lại.",
        )
    return answered_tree(asked.figures, answers)
