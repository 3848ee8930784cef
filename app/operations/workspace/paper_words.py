"""What the officer puts into papers: the answers that they ask for, and wording of his own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.papers import PaperAnswer, Wording
from app.exchange.facts_text import decoded, read_bytes
from app.ground.findings import Findings, UserError
from app.ground.text import composed, nearest
from app.operations.workspace.desk import Desk, Done, done, refusal
from app.persistence import books
from app.reports.papers.assembly import places_of, shipped_wording, wording_of
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, Subject, answer_key
from app.reports.papers.paper import Ask, Paper, asks_of
from app.reports.papers.shelf import paper_of
from app.reports.papers.wording import Filler, Place

LONGEST: Final = 20_000
"""Letters of one answer or one wording: some pages, and no more than a paper can carry."""


def fill_in(desk: Desk, paper: str, answers: Mapping[str, str], subject: str = "") -> Done:
    """Keeps what papers ask for; an empty answer takes the old one out.

    ``subject`` is the unit, ballot or conference that the paper is made for. Raises ``UserError``
    with every name that is not asked for, and every day that is none.
    """
    known = paper_of(paper)
    asks = {ask.name: ask for ask in asks_of(known)}
    told = Findings()
    kept: list[PaperAnswer] = []
    gone: list[tuple[str, str, str]] = []
    for name, value in answers.items():
        ask = asks.get(composed(name).strip())
        if ask is None:
            _unknown(told, known, name, asks)
            continue
        words = _checked(told, known, ask, composed(value).strip())
        key = answer_key(known, Subject(subject), ask)
        if words:
            kept.append(PaperAnswer(*key, words))
        else:
            gone.append(key)
    if told.errors:
        raise UserError(told)
    with desk.act("paper.filled", f"Điền vào văn bản “{known.title}”") as change:
        changed = change.put(books.PAPER_ANSWERS, *kept)
        changed += sum(change.remove(books.PAPER_ANSWERS, *key) for key in gone)
    return done(change, changed)


def _unknown(told: Findings, paper: Paper, name: str, asks: Mapping[str, Ask]) -> None:
    guess = nearest(name, asks)
    told.error(
        "paper_answer_unknown",
        paper.title,
        f"Văn bản này không hỏi “{name[:80]}”.",
        f"Có phải “{guess}”?" if guess else "Các mục: " + ", ".join(asks) + ".",
    )


def _checked(told: Findings, paper: Paper, ask: Ask, value: str) -> str:
    place = f"{paper.title}, mục “{ask.words}”"
    if len(value) > LONGEST:
        told.error(
            "paper_answer_long",
            place,
            f"Nội dung dài {len(value)} ký tự, quá dài cho một văn bản.",
            f"Rút gọn còn dưới {LONGEST} ký tự.",
        )
    if ask.kind == "line" and "\n" in value:
        value = " ".join(value.split())
    if ask.kind == "day" and value:
        day = _day(value)
        if day is None:
            told.error(
                "paper_answer_day",
                place,
                f"“{value[:40]}” không phải là một ngày.",
                "Ghi ngày dạng 20/12/2026.",
            )
        else:
            return day.isoformat()
    return value


def _day(value: str) -> dt.date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(value, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def reword(desk: Desk, wording: Wording, data: PaperData) -> Done:
    """Keeps the officer's own wording of a paper; what is as shipped is not kept.

    The findings name the places that are not known: such a paper stays a draft.
    """
    paper = paper_of(wording.paper)
    size = sum(len(part) for part in (wording.subject, wording.body, wording.recipients))
    if size > LONGEST:
        raise refusal(
            "paper_answer_long",
            paper.title,
            f"Lời văn dài {size} ký tự, quá dài cho một văn bản.",
            f"Rút gọn còn dưới {LONGEST} ký tự.",
        )
    if wording == shipped_wording(paper):
        return restore_wording(desk, paper.id)
    findings = wording_findings(paper, data, wording)
    title = f"Sửa lời văn của “{paper.title}”"
    with desk.workspace.operation("paper.reworded", title, desk.actor) as change:
        changed = change.put(books.WORDINGS, wording)
    return done(change, changed, findings)


def restore_wording(desk: Desk, paper: str) -> Done:
    """Returns to the wording that the paper came with."""
    known = paper_of(paper)
    title = f"Trở lại lời văn có sẵn của “{known.title}”"
    with desk.workspace.operation("paper.reworded", title, desk.actor) as change:
        changed = change.remove(books.WORDINGS, known.id)
    return done(change, int(changed))


def wording_findings(paper: Paper, data: PaperData, wording: Wording) -> Findings:
    """The places of a wording that are not known, or do not stand alone where they must."""
    told = Findings()
    subjects = subjects_of(paper, data) or (Subject(),)
    filler = Filler(places_of(paper, data, subjects[0]), paper.title, told)
    for part in (wording.subject, wording.addressees, wording.recipients):
        filler.lines(part.split("\n"))
    filler.blocks(wording.body)
    return told


@dataclass(frozen=True, slots=True)
class WordingView:
    """A paper's wording, whether it is the shipped one, and every place with what it gives now."""

    paper: Paper
    wording: Wording
    shipped: bool
    places: Mapping[str, Place]


def wording_view(data: PaperData, paper: str) -> WordingView:
    """What an officer sees who wants to change a wording."""
    known = paper_of(paper)
    subjects = subjects_of(known, data) or (Subject(),)
    wording = wording_of(known, data)
    places = places_of(known, data, subjects[0])
    return WordingView(known, wording, wording == shipped_wording(known), places)


def read_wording(data: PaperData, paper: str, file: Path) -> Wording:
    """The body of a paper out of a text file, the rest as it was; raises ``UserError``."""
    known = paper_of(paper)
    body = decoded(read_bytes(file, file.name, 4 * LONGEST), file.name)
    return replace(wording_of(known, data), body=composed(body))
