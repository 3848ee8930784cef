"""What is in a pack, as data and in words: ``rules list``, ``show``, ``check``, ``findings``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import tomli
from pydantic import BaseModel

from app.exchange.facts_known import KnownFigure, known_criterion, method_figures
from app.exchange.result import findings_list
from app.ground.findings import UserError
from app.ground.numbers import plain
from app.ground.paths import finding_codes_file
from app.operations.loading import load_pack, shipped_packs
from app.rules.checks import PackCheck, check_pack
from app.rules.document import LoadedPack, allowed_words
from app.rules.items import Item, Items, Scored
from app.rules.methods import METHODS, kind_of
from app.rules.pack import Criterion, RulePack

Tree = dict[str, Any]


def listed_packs() -> list[Tree]:
    """The shipped packs, each with what it is."""
    found: list[Tree] = []
    for folder in shipped_packs():
        try:
            rules = load_pack(folder).rules
        except UserError as fault:
            found.append({"id": folder.name, "findings": findings_list(fault.findings)})
            continue
        found.append(
            {
                "id": rules.id,
                "version": rules.version,
                "title": rules.title,
                "kind": rules.kind,
                "example": rules.example,
                "incomplete": rules.incomplete,
                "folder": folder.name,
            }
        )
    return found


def pack_view(pack: LoadedPack) -> Tree:
    """Everything in a pack, with the parameters in force and the figures of each row."""
    rules = pack.rules
    return {
        "id": rules.id,
        "version": rules.version,
        "digest": pack.digest,
        "title": rules.title,
        "kind": rules.kind,
        "example": rules.example,
        "incomplete": rules.incomplete,
        "note": rules.note,
        "vocabulary": plain_tree(rules.vocabulary),
        "blocks": plain_tree(rules.blocks),
        "sources": plain_tree(rules.sources),
        "clauses": plain_tree(rules.clauses),
        "parameters": [
            {
                "id": chosen.parameter.id,
                "title": chosen.parameter.title,
                "allowed": plain_tree(chosen.parameter.allowed),
                "range": plain_tree(chosen.parameter.range),
                "default": plain_tree(chosen.parameter.default),
                "value": plain_tree(chosen.value),
                "clause": chosen.parameter.clause,
                "note": chosen.parameter.note,
            }
            for chosen in pack.chosen.values()
        ],
        "rounds": plain_tree(rules.rounds),
        "scoring": plain_tree(rules.scoring),
        "criteria": [_criterion(row) for row in rules.criteria],
        "methods": _methods(rules),
        "bonus": _items(rules.bonus),
        "deductions": _items(rules.deductions),
        "scales": plain_tree(rules.scales),
        "standing": plain_tree(rules.standing),
        "conditions": plain_tree(rules.conditions),
        "classes": plain_tree(rules.classes),
        "awards": plain_tree(rules.awards),
        "ties": plain_tree(rules.ties),
        "ballots": plain_tree(rules.ballots),
        "duties": plain_tree(rules.duties),
        "dossiers": plain_tree(rules.dossiers),
    }


def plain_tree(value: Any) -> Any:
    """Models, numbers and dates as JSON holds them; numbers as text, unset keys left out."""
    match value:
        case Enum():
            return value.value
        case None | bool() | str():
            return value
        case BaseModel():
            return plain_tree(value.model_dump(by_alias=True, exclude_none=True))
        case int() | Decimal() | Fraction():
            return plain(Fraction(value))
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain_tree(item) for key, item in value.items()}
        case list() | tuple():
            return [plain_tree(item) for item in value]
    raise TypeError(f"no plain form for {type(value).__name__}")


def figures_tree(figures: Mapping[str, KnownFigure]) -> list[Tree]:
    """The figures that must or may be given, in the order in which they are asked for."""
    return [
        {
            "name": figure.name,
            "kind": figure.kind.value,
            "title": figure.title,
            "required": figure.required,
            "levels": list(figure.levels.values()),
        }
        for figure in figures.values()
    ]


def _criterion(row: Criterion) -> Tree:
    tree: Tree = plain_tree(row)
    tree["label"] = row.printed
    tree["figures"] = figures_tree(known_criterion(row).figures)
    return tree


def _methods(rules: RulePack) -> list[Tree]:
    """The methods that the pack uses, in the order of the page of methods, and where."""
    users: dict[str, list[Criterion]] = {}
    for row in rules.criteria:
        if row.method is not None:
            users.setdefault(row.method.kind, []).append(row)
    return [
        {
            "kind": kind_of(method),
            "title": method.title,
            "formula": method.formula,
            "edges": method.edges,
            "criteria": [
                {"code": row.code, "figures": figures_tree(known_criterion(row).figures)}
                for row in users[kind_of(method)]
            ],
        }
        for method in METHODS
        if kind_of(method) in users
    ]


def _items(items: Items) -> Tree:
    return {
        "max": plain_tree(items.max),
        "same_subject": items.same_subject,
        "clause": items.clause,
        "items": [{**plain_tree(item), "figures": _item_figures(item)} for item in items.items],
    }


def _item_figures(item: Item) -> list[Tree]:
    if isinstance(item.worth, Scored):
        return figures_tree(method_figures(item.worth.method))
    return []


def view_lines(pack: LoadedPack) -> Iterator[str]:
    """A pack in words."""
    rules = pack.rules
    yield f"{rules.title}"
    yield f"Mã {rules.id}, bản {rules.version}, {pack.digest}"
    for text in (rules.example, rules.incomplete, rules.note):
        if text:
            yield text
    if pack.chosen:
        yield ""
        yield "Điều mà văn bản để ngỏ, và lựa chọn đang dùng"
    for chosen in pack.chosen.values():
        parameter = chosen.parameter
        value = "chưa chọn" if chosen.value is None else _shown(chosen.value)
        yield f"  {parameter.id}  {parameter.title}: {value}"
        yield f"      lựa chọn: {allowed_words(parameter)}. {parameter.note}"
    yield from _named("Vòng chấm", [(r.id, r.title) for r in rules.rounds])
    if rules.criteria:
        yield ""
        yield "Tiêu chí"
    titles = {kind_of(method): method.title for method in METHODS}
    for row in rules.criteria:
        depth = "  " * (row.code.count(".") + 1)
        top = "" if row.max is None else f" ({_shown(row.max)} điểm)"
        yield f"{depth}{row.code}  {row.title}{top}"
        if row.method is not None:
            figures = known_criterion(row).figures.values()
            needed = ", ".join(f"{f.name} ({f.title})" for f in figures) or "points (điểm)"
            yield f"{depth}    {titles[row.method.kind]}; cần: {needed}"
        elif row.slot is not None:
            yield f"{depth}    mỗi đơn vị tự đăng ký tiêu chí ở đây"
    yield from _named("Điểm thưởng", [(i.id, i.title) for i in rules.bonus.items])
    yield from _named("Điểm trừ", [(i.id, i.title) for i in rules.deductions.items])
    yield from _named(
        "Trường hợp không xét, chưa xét, giới hạn", [(s.id, s.title) for s in rules.standing]
    )
    yield from _named("Điều kiện kèm theo", [(c.id, c.title) for c in rules.conditions])
    yield from _named("Xếp loại", [(c.id, c.title) for c in rules.classes])
    yield from _named("Khen thưởng", [(a.id, a.title) for a in rules.awards])
    steps = {"ballot": "bỏ phiếu", "keys": "tiêu chí phụ", "authority": "cấp trên quyết định"}
    chain = " → ".join(steps[step.step] for step in rules.ties.chain)
    if chain:
        yield ""
        yield f"Khi bằng nhau ở mép chỉ tiêu: {chain}"
    yield from _named("Việc phải làm trong năm", [(d.id, d.title) for d in rules.duties])
    yield from _named("Hồ sơ", [(d.id, d.title) for d in rules.dossiers])


def _named(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield ""
        yield title
        for identifier, words in rows:
            yield f"  {identifier}  {words}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(Fraction(value)).replace(".", ",")
    return str(value)


def checked_pack(path: Path, as_of: dt.date | None) -> PackCheck:
    """All checks of a pack; raises ``UserError`` where it cannot even be read."""
    return check_pack(load_pack(path), as_of)


def check_tree(check: PackCheck) -> Tree:
    """The outcome of a check: ``{ok, findings, frame, own_max}``."""
    return {
        "ok": check.ok,
        "findings": findings_list(check.findings),
        "frame": {
            code: {
                "max": plain_tree(frame.max),
                "given": frame.given,
                "criteria": frame.criteria,
                "added": frame.added,
                "added_allowed": frame.added_allowed,
            }
            for code, frame in check.frame.items()
        },
        "own_max": {role: plain(value) for role, value in check.own_max.items()},
    }


def finding_codes() -> dict[str, dict[str, str]]:
    """Every code that a finding may carry, with its meaning, by room."""
    return tomli.loads(finding_codes_file().read_text(encoding="utf-8"))
