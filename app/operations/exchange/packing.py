"""The contents of each kind of package, made from a year; nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.facts_writer import facts_tree_of
from app.exchange.figures_form import write_figures_form
from app.exchange.packages import (
    Blob,
    Contents,
    Extent,
    Head,
    Kind,
    PackName,
    Part,
    Party,
    SizeEstimate,
    Year,
    estimate,
)
from app.exchange.packages.kinds import KIND_RULES
from app.operations.exchange.beside import files_beside
from app.operations.exchange.figures import figures_tree
from app.operations.exchange.history import history_tree
from app.operations.exchange.records import DOCUMENT, records_tree
from app.operations.exchange.rights import Scope
from app.operations.exchange.shares import Share, evidence_paths, scope_at, share_of
from app.operations.scoring import Scored
from app.operations.workspace.desk import Desk, packs_of, refusal
from app.persistence import books
from app.persistence.workspace import local_time
from app.rules.document import LoadedPack

HISTORY = "journal"
FORM = "phieu-so-lieu.xlsx"
_WHOLE = frozenset({Kind.HANDOVER, Kind.WHOLE_WORKSPACE})
_UNSCORED = frozenset({Kind.CRITERIA_TABLE, Kind.RULE_PACK, Kind.FIGURES_REQUEST})


@dataclass(frozen=True, slots=True)
class Order:
    """What a package shall hold.

    ``unit`` for a self-score, ``cluster`` where the year has several, ``agency`` with ``criteria``
    and ``due`` for a request of figures, ``units`` where it is not about all. ``evidence``: the
    files behind the citations too; ``papers``: what people read and fill in beside the data.
    ``answers`` is the digest of the package that this one answers.
    """

    kind: Kind
    extent: Extent = Extent.EVERYTHING
    unit: str = ""
    cluster: str = ""
    evidence: bool = False
    papers: bool = True
    answers: str = ""
    agency: str = ""
    criteria: tuple[str, ...] = ()
    due: dt.date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom, when and with which words. ``sequence`` is the sender's running number."""

    sender: str
    recipient: str = ""
    note: str = ""
    made: dt.datetime = field(default_factory=lambda: local_time().replace(microsecond=0))
    sequence: int = 1


def package_contents(desk: Desk, order: Order, envelope: Envelope) -> Contents:
    """What the package would hold; raises ``UserError`` where the year does not allow it yet."""
    rule = KIND_RULES[order.kind]
    if order.extent is Extent.SCORES and not rule.scores:
        raise refusal(
            "package_not_as_scores",
            rule.title,
            "Loại gói này không có dạng chỉ điểm và số liệu.",
            "Gửi dạng đầy đủ.",
        )
    if order.kind is Kind.FIGURES_SUPPLY:
        raise refusal(
            "package_by_answer",
            rule.title,
            "Gói cung cấp số liệu được lập từ gói đề nghị đã nhận.",
            "Chọn gói đề nghị rồi điền số liệu trả lời.",
        )
    allowed = rule.allowed(order.extent)
    scope = scope_at(desk, order.kind, order.unit, order.cluster)
    if order.kind is Kind.FIGURES_REQUEST:
        return _request(desk, order, envelope, scope)
    share = _share(desk, order, scope)
    packs = packs_of(desk).all
    result = share.result if Part.RESULT in allowed else None
    named = _named(packs, result)
    head = replace_head(_head(desk, order, envelope, scope), named, result)
    return Contents(
        head=head,
        facts=facts_tree_of(share.facts) if Part.FACTS in allowed and _speaks(order) else None,
        result=result,
        packs=tuple(named.values()),
        documents=_documents(desk, order, share) if Part.DOCUMENTS in allowed else {},
        files=_files(desk, order, scope, share.scored) if Part.FILES in allowed else (),
        evidence=_evidence(desk, order, share) if Part.EVIDENCE in allowed else (),
    )


def size_of(desk: Desk, order: Order) -> SizeEstimate:
    """How large the package would be, without reading the evidence; raises ``UserError``."""
    return estimate(package_contents(desk, order, Envelope("Đơn vị gửi")))


def _share(desk: Desk, order: Order, scope: Scope) -> Share:
    if order.kind in _WHOLE:
        scope = replace(scope, kind=Kind.FINAL_RESULT)
    if order.kind is Kind.YEARLY_RETURN:
        whole = share_of(desk, replace(scope, kind=Kind.FINAL_RESULT))
        own = share_of(desk, scope, scored=False)
        return Share(scope, whole.facts, own.records, whole.scored)
    scored = order.kind not in _UNSCORED
    return share_of(desk, scope, with_files=order.evidence, scored=scored)


def _speaks(order: Order) -> bool:
    return order.kind is not Kind.RULE_PACK


def _documents(desk: Desk, order: Order, share: Share) -> dict[str, dict[str, Any]]:
    if order.kind is Kind.RULE_PACK:
        return {}
    documents = {DOCUMENT: records_tree(share.records)}
    if order.kind in _WHOLE:
        documents[HISTORY] = history_tree(desk.workspace)
    return documents


def _files(desk: Desk, order: Order, scope: Scope, scored: Scored | None) -> tuple[Blob, ...]:
    if not order.papers:
        return ()
    return files_beside(desk, order.kind, scope, scored)


def _evidence(desk: Desk, order: Order, share: Share) -> tuple[Blob, ...]:
    """The files behind the citations: of the share, or with the whole book those of all years."""
    if not order.evidence:
        return ()
    if order.kind in _WHOLE:
        years = desk.workspace.read(books.PERIODS)
        documents = [d for y in years for d in desk.workspace.read(books.EVIDENCE, y.id)]
    else:
        documents = list(share.records.get(books.EVIDENCE, ()))
    kept = evidence_paths(desk, documents)
    return tuple(Blob(name, path, expected=sha) for sha, name, path in kept)


def _request(desk: Desk, order: Order, envelope: Envelope, scope: Scope) -> Contents:
    tree = figures_tree(desk, order.agency, order.criteria, order.due, scope, order.units)
    form = Blob(FORM, write_figures_form(tree))
    files = (form,) if order.papers else ()
    return Contents(head=_head(desk, order, envelope, scope), figures=tree, files=files)


def _named(
    packs: tuple[LoadedPack, ...], result: Mapping[str, Any] | None
) -> dict[PackName, dict[str, Any]]:
    """The tables by their names, in the order of the result where there is one."""
    by_id = {pack.rules.id: pack for pack in packs}
    order = [row["id"] for row in result["packs"]] if result is not None else list(by_id)
    return {
        PackName(id=name, version=by_id[name].rules.version, digest=by_id[name].digest): dict(
            by_id[name].tree
        )
        for name in order
    }


def _head(desk: Desk, order: Order, envelope: Envelope, scope: Scope) -> Head:
    year = desk.year
    return Head(
        kind=order.kind,
        extent=order.extent,
        sender=Party(name=envelope.sender, unit=scope.unit or None),
        recipient=Party(name=envelope.recipient) if envelope.recipient else None,
        year=Year(name=year.name, start=year.start, end=year.end),
        journal=desk.workspace.head,
        sequence=envelope.sequence,
        answers=order.answers or None,
        made=envelope.made,
        note=envelope.note,
    )


def replace_head(
    head: Head, named: Mapping[PackName, object], result: Mapping[str, Any] | None
) -> Head:
    """The head with the tables and the digest of the result."""
    digest = None if result is None else str(result["digest"])
    return head.model_copy(update={"packs": tuple(named), "assessment": digest})
