"""Which form a file is: its hidden identity, held against the table, year and units at hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final

from app.domain.snapshot import Period, Snapshot
from app.exchange.forms.description import FORM_SCHEMA, Identity
from app.exchange.tables import Table
from app.ground.findings import Findings
from app.rules.document import LoadedPack

_KEYS: Final = tuple(item.name for item in fields(Identity))
_DIGITS: Final = re.compile(r"\d+")
_NEW_FORM: Final = "Xuất phiếu mới cho đơn vị và chuyển số liệu sang phiếu mới."


def read_identity(tables: Sequence[Table], name: str, findings: Findings) -> Identity | None:
    """The identity on the hidden sheet; ``None`` with a finding where there is none."""
    for table in tables:
        if table.cell(1, 1).text == "schema":
            found = {table.cell(row, 1).text: table.cell(row, 2).text for row in range(1, 30)}
            return _identity(found, name, findings)
    findings.error(
        "form_identity_missing",
        f"Tệp {name}",
        "Tệp không có dấu nhận biết của phiếu tự chấm do chương trình xuất ra.",
        "Dùng phiếu do chương trình xuất; nếu đã chép bảng sang tệp khác, hãy chép số liệu trở lại"
        " phiếu gốc.",
    )
    return None


def _identity(found: Mapping[str, str], name: str, findings: Findings) -> Identity | None:
    if found.get("schema") != FORM_SCHEMA:
        findings.error(
            "form_schema_unknown",
            f"Tệp {name}",
            f"Phiếu theo định dạng “{found.get('schema', '')[:40]}”, chương trình này đọc"
            f" “{FORM_SCHEMA}”.",
            "Cập nhật chương trình, hoặc xuất phiếu mới.",
        )
        return None
    try:
        start, end = (dt.date.fromisoformat(found.get(key, "")) for key in ("start", "end"))
        texts = [found[key] for key in _KEYS if key not in ("start", "end")]
    except (KeyError, ValueError):
        texts = []
    if not texts or not all(texts):
        findings.error(
            "form_identity_changed",
            f"Tệp {name}",
            "Dấu nhận biết ẩn của phiếu đã bị xóa hoặc sửa.",
            _NEW_FORM,
        )
        return None
    schema, pack, version, pack_digest, unit, period, round_id, form_digest = texts
    return Identity(
        schema, pack, version, pack_digest, unit, period, start, end, round_id, form_digest
    )


def check_identity(
    identity: Identity,
    pack: LoadedPack,
    pack_digest: str,
    snapshot: Snapshot,
    name: str,
    findings: Findings,
    unit_id: str | None = None,
    round_id: str | None = None,
) -> bool:
    """Whether the form is of this table, year, round and one of the units; tells what is not."""
    before = len(findings.errors)
    place = f"Tệp {name}"
    rules = pack.rules
    if identity.pack != rules.id:
        findings.error(
            "form_other_pack",
            place,
            f"Phiếu thuộc bảng tiêu chí “{identity.pack[:60]}”, không phải “{rules.id}”.",
            "Chọn đúng bảng tiêu chí, hoặc xuất phiếu mới theo bảng đang dùng.",
        )
    elif identity.pack_digest != pack_digest:
        findings.error("form_other_version", place, _versions(identity, rules.version), _NEW_FORM)
    if (identity.start, identity.end) != (snapshot.period.start, snapshot.period.end):
        theirs = Period(identity.period, identity.start, identity.end)
        findings.error(
            "form_other_period",
            place,
            f"Phiếu của năm thi đua {_year(theirs)}, không phải {_year(snapshot.period)}.",
            "Chọn phiếu của đúng năm thi đua đang nhập.",
        )
    _check_unit(identity, snapshot, place, findings, unit_id)
    titles = {item.id: item.title for item in rules.rounds}
    wanted = round_id if round_id is not None else identity.round
    if identity.round != wanted or (identity.round not in titles and identity.pack == rules.id):
        theirs_ = titles.get(identity.round, identity.round[:60])
        ours = titles.get(wanted, "một vòng của bảng này")
        findings.error(
            "form_other_round",
            place,
            f"Phiếu của vòng “{theirs_}”, không phải “{ours}”.",
            "Chọn phiếu của đúng vòng chấm đang nhập.",
        )
    return len(findings.errors) == before


def _check_unit(
    identity: Identity, snapshot: Snapshot, place: str, findings: Findings, wanted: str | None
) -> None:
    names = {unit.id: unit.name for unit in snapshot.units}
    if identity.unit not in names:
        findings.error(
            "form_unit_unknown",
            place,
            f"Phiếu của đơn vị có mã “{identity.unit[:60]}”, không có trong danh sách năm nay.",
            "Kiểm tra danh sách đơn vị của cụm, khối; hoặc chọn tệp khác.",
        )
    elif wanted is not None and identity.unit != wanted:
        findings.error(
            "form_other_unit",
            place,
            f"Phiếu của {names[identity.unit]}, không phải của {names.get(wanted, wanted)}.",
            "Chọn đúng tệp của đơn vị đang nhập.",
        )


def _versions(identity: Identity, ours: str) -> str:
    def key(version: str) -> list[int]:
        return [int(part[:9]) for part in _DIGITS.findall(version)]

    if key(identity.version) < key(ours):
        return f"Phiếu theo bản cũ {identity.version[:20]} của bảng tiêu chí; bản đang dùng {ours}."
    if key(identity.version) > key(ours):
        return (
            f"Phiếu theo bản mới hơn {identity.version[:20]} của bảng tiêu chí; bản đang dùng là"
            f" {ours}."
        )
    return f"Bảng tiêu chí (phiên bản {ours}) đã được sửa sau khi xuất phiếu này."


def _year(period: Period) -> str:
    return f"{period.name[:40]} ({period.start:%d/%m/%Y} - {period.end:%d/%m/%Y})"
