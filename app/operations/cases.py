"""Worked cases: facts with the expected part of their result, run with one comparison.

A case is a facts file with a table ``[expect]``, or a facts file with a ``NAME.expect.json``
beside it. It names its packs (``pack``, relative to the case), or belongs to the pack that
lies nearest above it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from app.exchange.facts_text import Tree, facts_tree, read_bytes
from app.exchange.facts_values import as_date
from app.exchange.result import refused_tree, result_tree
from app.ground.findings import Finding, Severity, UserError
from app.operations.expectations import Mismatch, mismatches
from app.operations.loading import CASE_KEYS, PACK_FILE, load_facts, pack_file, pack_trees
from app.operations.scoring import score_loaded
from app.rules.pack import PACK_SCHEMA

EXPECT_SUFFIX: Final = ".expect.json"
_KINDS: Final = (".toml", ".json")


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case as its files say it; ``packs`` are the files of its rule packs."""

    name: str
    file: Path
    facts: Tree
    expect: Mapping[str, Any]
    packs: tuple[Path, ...]
    arithmetic: str = ""
    quote: str = ""
    as_of: dt.date | None = None
    what_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What became of a case: it holds where there are neither mismatches nor findings."""

    name: str
    mismatches: tuple[Mismatch, ...] = ()
    findings: tuple[Finding, ...] = ()
    arithmetic: str = ""

    @property
    def holds(self) -> bool:
        """Whether the result was as expected."""
        return not self.mismatches and not self.findings


@dataclass(slots=True)
class CaseFolder:
    """The cases found in a place, with what could not be read as one."""

    cases: list[Case] = field(default_factory=list)
    broken: list[CaseReport] = field(default_factory=list)


def run_cases(place: Path) -> tuple[CaseReport, ...]:
    """Runs the cases of a pack, of a folder and all below it, or of one file.

    Raises ``UserError`` where the place holds no case.
    """
    folder = find_cases(place)
    if not folder.cases and not folder.broken:
        raise UserError(
            [
                Finding(
                    "cases_missing",
                    Severity.ERROR,
                    place.name or str(place),
                    "Không tìm thấy trường hợp mẫu nào ở đây.",
                    "Đặt các tệp có [expect] vào thư mục cases cạnh pack.toml, hoặc ghi đúng "
                    "thư mục.",
                )
            ]
        )
    reports = [*folder.broken, *(run_case(case) for case in folder.cases)]
    return tuple(sorted(reports, key=lambda report: report.name))


def run_case(case: Case, trees: Sequence[tuple[Tree, str]] | None = None) -> CaseReport:
    """Scores a case and compares; ``trees`` stand in for the packs that it names."""
    try:
        packs = pack_trees(case.packs) if trees is None else trees
    except UserError as fault:
        return CaseReport(case.name, findings=fault.findings, arithmetic=case.arithmetic)
    found = mismatches(case.expect, case_result(case, packs))
    return CaseReport(case.name, found, arithmetic=case.arithmetic)


def case_result(case: Case, trees: Sequence[tuple[Tree, str]]) -> Tree:
    """The result tree of a case under packs; a refusal where there can be no result."""
    try:
        scored = score_loaded(load_facts(trees, case.facts, case.file), case.as_of, case.what_if)
    except UserError as fault:
        return refused_tree(fault.findings)
    moves = None if scored.moves is None else [move.as_tree() for move in scored.moves]
    return result_tree(scored.assessment, moves)


def find_cases(place: Path) -> CaseFolder:
    """All cases of a pack (in ``cases`` beside it), a folder, or one file."""
    folder = CaseFolder()
    file = pack_file(place)
    if file.name == PACK_FILE and file.is_file():
        top, files = file.parent, _files(file.parent / "cases")
        default: tuple[Path, ...] = (file,)
    elif place.is_dir():
        beside = place.parent / PACK_FILE
        top, files = place, _files(place)
        default = (beside,) if place.name == "cases" and beside.is_file() else ()
    else:
        data = read_bytes(place, place.name)
        if _is_pack(data, place.name):
            top, files, default = place.parent, _files(place.parent / "cases"), (place,)
        else:
            top, files, default = place.parent, [place], ()
    packs: dict[Path, tuple[Path, ...]] = {}
    for path in files:
        name = path.relative_to(top).as_posix()
        try:
            case = _read_case(path, name, default or _packs_above(path.parent, top, packs))
        except UserError as fault:
            folder.broken.append(CaseReport(name, findings=fault.findings))
            continue
        if case is not None:
            folder.cases.append(case)
    return folder


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in _KINDS and not path.name.endswith(EXPECT_SUFFIX) and path.is_file()
    )


def _is_pack(data: bytes, name: str) -> bool:
    if not name.endswith(".toml") or PACK_SCHEMA.encode() not in data:
        return False
    try:
        return facts_tree(data, name).get("schema") == PACK_SCHEMA
    except UserError:
        return False


def _packs_above(folder: Path, top: Path, known: dict[Path, tuple[Path, ...]]) -> tuple[Path, ...]:
    """The one pack that lies in ``folder`` or the nearest folder above it, down from ``top``."""
    if folder not in known:
        if (folder / PACK_FILE).is_file():
            known[folder] = (folder / PACK_FILE,)
        else:
            packs = [p for p in sorted(folder.glob("*.toml")) if _pack_there(p)]
            if len(packs) == 1:
                known[folder] = (packs[0],)
            elif folder == top or top not in folder.parents:
                known[folder] = ()
            else:
                known[folder] = _packs_above(folder.parent, top, known)
    return known[folder]


def _pack_there(path: Path) -> bool:
    try:
        return _is_pack(read_bytes(path, path.name), path.name)
    except UserError:
        return False


def _read_case(path: Path, name: str, default: tuple[Path, ...]) -> Case | None:
    """The case in a file; ``None`` where the file is none."""
    beside = path.with_name(path.stem + EXPECT_SUFFIX)
    data = read_bytes(path, name)
    if _is_pack(data, path.name):
        return None
    tree = facts_tree(data, name)
    head: dict[str, Any] = {key: tree[key] for key in CASE_KEYS if key in tree}
    facts = {key: value for key, value in tree.items() if key not in CASE_KEYS}
    if beside.is_file():
        told = facts_tree(read_bytes(beside, beside.name), beside.name)
        if "expect" in told:
            head |= told
        else:
            head |= {key: told.pop(key) for key in CASE_KEYS if key in told}
            head["expect"] = told
    if "expect" not in head:
        return None
    return _case(path, name, head, facts, default)


def _case(
    path: Path, name: str, head: Mapping[str, Any], facts: Tree, default: tuple[Path, ...]
) -> Case:
    expect, named = head["expect"], head.get("pack", [])
    if not isinstance(expect, Mapping) or not expect:
        _refuse(name, "expect phải là một bảng nêu ít nhất một phần của kết quả.")
    names = [named] if isinstance(named, str) else named
    if not isinstance(names, list) or not all(isinstance(item, str) for item in names):
        _refuse(name, "pack phải là đường dẫn tới gói quy tắc, hoặc danh sách đường dẫn.")
    packs = tuple(pack_file(path.parent / item) for item in names) or default
    if not packs:
        _refuse(name, "Trường hợp này chưa cho biết gói quy tắc (khóa pack).")
    changes = head.get("what_if", [])
    if not isinstance(changes, list) or not all(isinstance(item, str) for item in changes):
        _refuse(name, "what_if phải là danh sách các thay đổi.")
    as_of = as_date(head["as_of"]) if "as_of" in head else None
    if "as_of" in head and as_of is None:
        _refuse(name, "as_of phải là một ngày.")
    arithmetic, quote = str(head.get("arithmetic", "")), str(head.get("quote", ""))
    return Case(name, path, facts, expect, packs, arithmetic, quote, as_of, tuple(changes))


def _refuse(name: str, message: str) -> NoReturn:
    raise UserError(
        [
            Finding(
                "case_unclear",
                Severity.ERROR,
                name,
                message,
                "Xem phần “Worked cases” của tài liệu định dạng gói quy tắc.",
            )
        ]
    )


def reports_tree(reports: Sequence[CaseReport]) -> Tree:
    """The reports for machines: ``{ok, cases: [{name, ok, mismatches, findings}]}``."""
    return {
        "ok": all(report.holds for report in reports),
        "cases": [_report_tree(report) for report in reports],
    }


def _report_tree(report: CaseReport) -> Tree:
    return {
        "name": report.name,
        "ok": report.holds,
        "arithmetic": report.arithmetic,
        "mismatches": [
            {"path": m.path, "expected": m.expected, "actual": m.actual, "message": m.message}
            for m in report.mismatches
        ],
        "findings": refused_tree(report.findings)["findings"],
    }


def reports_lines(reports: Sequence[CaseReport]) -> Iterator[str]:
    """The reports in words."""
    for report in reports:
        yield f"{'đạt  ' if report.holds else 'KHÔNG'}  {report.name}"
        for finding in report.findings:
            yield f"         {finding.place}: {finding.message} {finding.remedy}".rstrip()
        for m in report.mismatches:
            yield f"         {m.path}: {m.message}"
            if m.expected or m.actual:
                yield f"           mong đợi: {m.expected}"
                yield f"           thực tế:  {m.actual}"
    failed = sum(not report.holds for report in reports)
    yield ""
    yield f"{len(reports)} trường hợp mẫu: {len(reports) - failed} đạt, {failed} không đạt."
