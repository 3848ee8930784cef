"""What a package holds, as values, and whether it hangs together; the same for both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.exchange.facts import FACTS_KEYS
from app.exchange.packages.blobs import Blob
from app.exchange.packages.faults import SEND_AGAIN, shown
from app.exchange.packages.fields import modelled
from app.exchange.packages.head import Head
from app.exchange.packages.kinds import EXTENT_TITLES, KIND_RULES, PART_TITLES, Extent, Kind, Part
from app.exchange.packages.limits import MAX_FILE_BYTES
from app.exchange.packages.pack_texts import pack_bytes
from app.exchange.packages.paths import is_document_name, is_file_name
from app.exchange.packages.payload import Tree, hidden_letter
from app.exchange.packages.shapes import FactsShape, FiguresSheet, ResultShape
from app.exchange.result import result_digest
from app.ground.canonical import digest_of
from app.ground.findings import Findings

_MANY: Final = 20
_FACTS_KEYS: Final = frozenset(FACTS_KEYS) - {"entries_file"}


@dataclass(frozen=True)
class Contents:
    """The contents of one package.

    ``facts`` is a facts tree, ``result`` a result tree, ``packs`` pack trees as TOML gives them
    (each named in ``head.packs``, in that order), ``figures`` a tree of ``bangvang-figures/1``,
    ``documents`` trees of any other schema by their names. ``files`` are for people and are never
    read; ``evidence`` are files by the names that they were given.
    """

    head: Head
    facts: Tree | None = field(default=None, repr=False)
    result: Tree | None = field(default=None, repr=False)
    packs: tuple[Tree, ...] = field(default=(), repr=False)
    figures: Tree | None = field(default=None, repr=False)
    documents: Mapping[str, Tree] = field(default_factory=dict, repr=False)
    files: tuple[Blob, ...] = ()
    evidence: tuple[Blob, ...] = ()

    def parts(self) -> Iterator[Part]:
        """The parts that are there."""
        for part in Part:
            value = getattr(self, part.value)
            if value is not None and (value or not isinstance(value, tuple | Mapping)):
                yield part


@dataclass(frozen=True)
class Shapes:
    """What derived tables are made from."""

    facts: FactsShape | None = None
    result: ResultShape | None = None
    figures: FiguresSheet | None = None


def checked(contents: Contents, name: str, findings: Findings) -> Shapes:
    """The shapes of the contents; ``findings`` says what does not hang together.

    The trees are those of JSON (``payload_tree``); ``name`` is how findings call the package.
    """
    _check_parts(contents, name, findings)
    _check_packs(contents, name, findings)
    for document, tree in contents.documents.items():
        _check_document(document, tree, name, findings)
    _check_files(contents, name, findings)
    facts, result, figures = contents.facts, contents.result, contents.figures
    shapes = Shapes(
        None if facts is None else modelled(FactsShape, facts, f"{name}, facts.json", findings),
        None if result is None else modelled(ResultShape, result, f"{name}, result.json", findings),
        None
        if figures is None
        else modelled(FiguresSheet, figures, f"{name}, figures.json", findings),
    )
    if facts is not None:
        _check_facts_keys(facts, name, findings)
    if result is not None and shapes.result is not None:
        _check_result(result, shapes.result, contents.head, name, findings)
    if shapes.figures is not None and contents.head.kind is Kind.FIGURES_REQUEST:
        _check_request(shapes.figures, name, findings)
    return shapes


def _check_parts(contents: Contents, name: str, findings: Findings) -> None:
    head = contents.head
    rule = KIND_RULES[head.kind]
    there = frozenset(contents.parts())
    for part in Part:
        if part in rule.needs and part not in there:
            findings.error(
                "package_part_missing",
                name,
                f"Gói “{rule.title}” thiếu {PART_TITLES[part]}.",
                SEND_AGAIN,
            )
        elif part in there and part not in rule.allowed(head.extent):
            findings.error(
                "package_part_not_allowed",
                name,
                f"Gói “{rule.title}” ({EXTENT_TITLES[head.extent]}) không được chứa"
                f" {PART_TITLES[part]}.",
                SEND_AGAIN,
            )
    if head.extent is Extent.SCORES and not rule.scores:
        findings.error(
            "package_part_not_allowed",
            name,
            f"Gói “{rule.title}” không có dạng {EXTENT_TITLES[Extent.SCORES]}.",
            SEND_AGAIN,
        )
    if rule.answers and head.answers is None:
        findings.error(
            "package_answers_nothing",
            name,
            f"Gói “{rule.title}” không cho biết trả lời gói nào.",
            SEND_AGAIN,
        )
    if (contents.result is None) != (head.assessment is None):
        _differs(name, "mã kết quả", findings)


def _check_packs(contents: Contents, name: str, findings: Findings) -> None:
    named = contents.head.packs
    if not contents.packs:
        return
    if len(contents.packs) != len(named):
        _differs(name, "số bảng tiêu chí", findings)
        return
    for tree, stated in zip(contents.packs, named, strict=True):
        try:
            digest = digest_of(pack_bytes(tree))
        except (TypeError, ValueError, ArithmeticError):
            findings.error(
                "package_malformed",
                f"{name}, {shown(stated.id)}",
                "Bảng tiêu chí có giá trị không đọc được.",
                SEND_AGAIN,
            )
            continue
        if (tree.get("id"), tree.get("version"), digest) != (
            stated.id,
            stated.version,
            stated.digest,
        ):
            _differs(name, f"bảng tiêu chí {shown(stated.id)}", findings)


def _check_document(document: str, tree: Tree, name: str, findings: Findings) -> None:
    schema = tree.get("schema")
    if not is_document_name(document) or not isinstance(schema, str) or not schema:
        findings.error(
            "package_malformed",
            f"{name}, {shown(document)}",
            "Ghi chép có tên không hợp lệ hoặc không cho biết định dạng (schema).",
            SEND_AGAIN,
        )


def _check_files(contents: Contents, name: str, findings: Findings) -> None:
    seen: set[str] = set()
    for blob in contents.files:
        if not is_file_name(blob.name) or blob.name in seen:
            findings.error(
                "package_file_name",
                f"{name}, {shown(blob.name)}",
                "Tệp kèm theo có tên không hợp lệ hoặc trùng tên.",
                "Đặt tên bằng chữ thường không dấu, chữ số, dấu gạch nối; kết thúc bằng .pdf, .xlsx"
                " hoặc .docx.",
            )
        seen.add(blob.name)
    for blob in contents.evidence:
        if not is_evidence_name(blob.name):
            findings.error(
                "package_file_name",
                f"{name}, {shown(blob.name)}",
                "Tên tệp minh chứng có ký tự không được dùng.",
                'Đổi tên tệp minh chứng: bỏ các dấu / \\ : * ? " < > | và ký tự ẩn.',
            )
    for blob in (*contents.files, *contents.evidence):
        if blob.known_size() > MAX_FILE_BYTES:
            findings.error(
                "package_file_too_large",
                f"{name}, {shown(blob.name)}",
                f"Tệp lớn hơn {MAX_FILE_BYTES // 1_000_000} MB nên không đưa vào gói được.",
                "Giảm dung lượng tệp hoặc gửi tệp này riêng.",
            )


def is_evidence_name(name: str) -> bool:
    """Whether a file of evidence may be shown and saved under this name."""
    return (
        0 < len(name) <= 200
        and name.strip(" .") == name
        and hidden_letter(name) is None
        and name.isprintable()
        and not any(mark in name for mark in '/\\:*?"<>|')
    )


def _check_facts_keys(facts: Tree, name: str, findings: Findings) -> None:
    for key in sorted(facts.keys() - _FACTS_KEYS)[:_MANY]:
        findings.error(
            "package_malformed",
            f"{name}, facts.json, {shown(key)}",
            "Khóa này không có trong định dạng.",
            SEND_AGAIN,
        )


def _check_result(
    tree: Tree, shape: ResultShape, head: Head, name: str, findings: Findings
) -> None:
    if not shape.digest == result_digest(tree) == head.assessment:
        _differs(name, "mã kết quả", findings)
    named = [(pack.id, pack.version, pack.digest) for pack in head.packs]
    if [(pack.id, pack.version, pack.digest) for pack in shape.packs] != named:
        _differs(name, "danh sách bảng tiêu chí của kết quả", findings)


def _check_request(figures: FiguresSheet, name: str, findings: Findings) -> None:
    if any(cell.value is not None for cell in figures.cells):
        findings.error(
            "package_malformed",
            f"{name}, figures.json",
            "Gói đề nghị số liệu lại có sẵn số liệu trả lời.",
            SEND_AGAIN,
        )


def _differs(name: str, what: str, findings: Findings) -> None:
    findings.error(
        "package_head_differs",
        f"{name}, package.json",
        f"Phần đầu của gói ghi {what} khác với nội dung.",
        SEND_AGAIN,
    )
