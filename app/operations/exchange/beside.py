"""What lies in a package for people: papers to read and forms to fill in. No program reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.exchange.forms import write_form
from app.exchange.packages import Blob, Kind
from app.operations.exchange.rights import Scope
from app.operations.scoring import Scored
from app.operations.workspace.desk import Desk, packs_of
from app.operations.workspace.forms import form_files
from app.operations.workspace.paper_data import paper_data
from app.operations.workspace.paper_desk import Form, PaperLine, paper_lines, rendered
from app.operations.workspace.results import loaded_year

_PAPERS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.CRITERIA_TABLE: ("bang_tieu_chi",),
    Kind.SELF_SCORE: ("phieu_tu_cham",),
    Kind.FOR_APPRAISAL: ("bang_tong_hop_xep_hang", "bang_diem_cac_vong"),
    Kind.APPRAISAL: ("bang_diem_cac_vong",),
    Kind.FINAL_RESULT: ("bang_tong_hop_xep_hang", "bang_diem_tung_tieu_chi"),
    Kind.YEARLY_RETURN: ("bao_cao_tong_ket",),
    Kind.HANDOVER: ("bien_ban_ban_giao",),
}
"""The papers that go with each kind, by their ids."""

_FORMS: Final[tuple[Form, ...]] = ("pdf", "xlsx")
_STEM: Final = 70


def files_beside(desk: Desk, kind: Kind, scope: Scope, scored: Scored | None) -> tuple[Blob, ...]:
    """Papers as PDF and, where they hold tables, as workbooks; blank forms with a criteria table.

    Raises ``UserError`` where a paper cannot be made.
    """
    found: dict[str, bytes] = {}
    for line in _lines(desk, kind, scope, scored):
        stem = line.stem[:_STEM].strip("-")
        for form in _FORMS:
            data = rendered(line.made.document, form)
            if data is not None:
                found[f"{stem}.{form}"] = data
    if kind is Kind.CRITERIA_TABLE:
        found |= _blank_forms(desk, scope)
    return tuple(Blob(name, data) for name, data in sorted(found.items()))


def _lines(desk: Desk, kind: Kind, scope: Scope, scored: Scored | None) -> Iterator[PaperLine]:
    names = _PAPERS.get(kind, ())
    units = desk.units
    if not names or not units:
        return
    cluster = scope.cluster or (units[scope.unit].cluster if scope.unit else "")
    whole = scored if kind is not Kind.SELF_SCORE and len(desk.clusters) == 1 else None
    for place in [cluster] if cluster else desk.clusters:
        for line in paper_lines(paper_data(desk, place, whole), names):
            if not scope.unit or line.subject.id == scope.unit:
                yield line


def _blank_forms(desk: Desk, scope: Scope) -> dict[str, bytes]:
    if not desk.units:
        return {}
    snapshot = loaded_year(desk).snapshot
    pack = packs_of(desk).main
    first = pack.rules.rounds[0].id
    return {
        name: write_form(pack, snapshot, unit, first)
        for unit, name in form_files(desk).items()
        if not scope.cluster or unit in scope.members
    }
