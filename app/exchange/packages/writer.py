"""Contents become a package: equal contents and an equal key give equal bytes.

``write_package`` refuses whatever ``read_package`` would refuse, with the same findings.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from app.exchange.packages import paths
from app.exchange.packages.archive_form import CENTRAL, END, LOCAL
from app.exchange.packages.archive_writer import Member, packed_text, write_archive
from app.exchange.packages.bag import (
    BAGIT_TEXT,
    bag_info,
    manifest_text,
    sha256_of,
    signature_text,
)
from app.exchange.packages.blobs import Blob
from app.exchange.packages.contents import Contents, checked
from app.exchange.packages.derived import derived_files
from app.exchange.packages.faults import refusal
from app.exchange.packages.fields import modelled
from app.exchange.packages.head import Head, head_tree
from app.exchange.packages.keys import SigningKey
from app.exchange.packages.limits import (
    MAX_MEMBERS,
    MAX_PACK_TEXTS_BYTES,
    MAX_PACKAGE_BYTES,
    MAX_RATIO,
    MAX_TEXT_BYTES,
    MAX_TEXTS_BYTES,
    RATIO_FROM,
)
from app.exchange.packages.pack_texts import pack_bytes, read_pack_text
from app.exchange.packages.payload import JsonReader, Tree, payload_bytes, payload_tree
from app.ground.findings import Findings, UserError
from app.rules.document import dump_tree

EVIDENCE_SCHEMA: Final = "bangvang-evidence/1"
_LINE: Final = 70
"""What a line with a digest takes up, packed; digests hardly pack."""

_TAGS: Final = 800
"""What the tag files and the signature take up beside their lines of digests."""

NAME: Final = "Gói dữ liệu"
"""How findings call a package that is being written."""


@dataclass(frozen=True, slots=True)
class SizeEstimate:
    """How large a package will be, in bytes, part by part."""

    texts: int
    files: int
    evidence: int

    @property
    def total(self) -> int:
        """The whole package."""
        return self.texts + self.files + self.evidence


def write_package(contents: Contents, stream: BinaryIO, key: SigningKey | None = None) -> str:
    """Writes the package; returns its digest, by which an answer names it.

    Raises ``UserError`` where the contents do not hang together, a file cannot be read, or the
    package would be larger than the format allows. ``TypeError`` and ``ValueError`` are raised on
    values that no package can hold, such as 2/3.
    """
    contents = _as_json(contents)
    members = _members(contents)
    digests = {path: _sha256(member) for path, member in members.items()}
    sizes = [_size(member) for member in members.values()]
    tags = {
        paths.BAGIT: BAGIT_TEXT,
        paths.BAG_INFO: bag_info(contents.head, sizes),
        paths.MANIFEST: manifest_text(digests),
    }
    tag_manifest = manifest_text({path: sha256_of(text) for path, text in tags.items()})
    members |= tags
    members[paths.TAG_MANIFEST] = tag_manifest
    if key is not None:
        members[paths.SIGNATURE] = signature_text(key, tag_manifest)
    write_archive(members, stream)
    return package_digest(tag_manifest)


def package_bytes(contents: Contents, key: SigningKey | None = None) -> bytes:
    """The package in memory; for packages with much evidence ``write_package`` is better."""
    stream = io.BytesIO()
    write_package(contents, stream, key)
    return stream.getvalue()


def package_digest(tag_manifest: bytes) -> str:
    """What names a package, whatever packed it: the digest of its tag manifest."""
    return f"sha256:{hashlib.sha256(tag_manifest).hexdigest()}"


def estimate(contents: Contents) -> SizeEstimate:
    """How large the package will be, without reading the evidence; raises ``UserError``.

    Two files of evidence with equal content are counted twice here and stored once.
    """
    contents = _as_json(contents)
    light = _members(dataclasses.replace(contents, evidence=()))
    tags = (*paths.TAGGED, paths.TAG_MANIFEST, paths.SIGNATURE)
    texts = END.size + _TAGS + sum(map(_around, tags))
    files = 0
    for path, member in light.items():
        if isinstance(member, Blob):
            files += _around(path) + _LINE + member.known_size()
        else:
            texts += _around(path) + _LINE + len(packed_text(member))
    evidence = sum(
        _around(paths.EVIDENCE + "0" * 64) + 3 * _LINE + blob.known_size()
        for blob in contents.evidence
    )
    return SizeEstimate(texts, files, evidence)


def _as_json(contents: Contents) -> Contents:
    """The contents as JSON holds them, so that both sides see the same trees."""
    return dataclasses.replace(
        contents,
        facts=_plain(contents.facts),
        result=_plain(contents.result),
        figures=_plain(contents.figures),
        documents={name: payload_tree(tree) for name, tree in contents.documents.items()},
    )


def _plain(tree: Tree | None) -> Tree | None:
    return None if tree is None else payload_tree(tree)


def _json_texts(contents: Contents) -> dict[str, bytes]:
    """The JSON texts that are the authority, by their paths; packs as their canonical bytes."""
    texts = {paths.HEAD: payload_bytes(head_tree(contents.head))}
    for path, tree in (
        (paths.FACTS, contents.facts),
        (paths.RESULT, contents.result),
        (paths.FIGURES, contents.figures),
    ):
        if tree is not None:
            texts[path] = payload_bytes(tree)
    for number, pack in enumerate(contents.packs, 1):
        texts[f"{paths.PACKS}{number}.json"] = pack_bytes(pack)
    for name, tree in contents.documents.items():
        texts[f"{paths.DOCUMENTS}{name}.json"] = payload_bytes(tree)
    if contents.evidence:
        texts[paths.EVIDENCE_INDEX] = _evidence_index(contents.evidence)
    return texts


def _evidence_index(evidence: Iterable[Blob]) -> bytes:
    """``evidence.json``: the name, size and digest of each file of evidence."""
    listed = sorted({(blob.marks.sha256, blob.name, blob.marks.size) for blob in evidence})
    files: list[dict[str, Any]] = [
        {"sha256": sha256, "name": name, "bytes": size} for sha256, name, size in listed
    ]
    return payload_bytes({"schema": EVIDENCE_SCHEMA, "files": files})


def _members(contents: Contents) -> dict[str, Member]:
    """The whole payload, checked; raises ``UserError``."""
    findings = Findings()
    modelled(Head, head_tree(contents.head), f"{NAME}, package.json", findings)
    shapes = checked(contents, NAME, findings)
    _stop_at_errors(findings)
    texts = _json_texts(contents)
    reader = JsonReader(NAME, findings)
    for path, text in texts.items():
        reader.tree(text, path)
    _stop_at_errors(findings)
    members: dict[str, Member] = {**texts, **derived_files(shapes)}
    for number, pack in enumerate(contents.packs, 1):
        toml = dump_tree(pack).encode()
        read_pack_text(toml, NAME)
        members[f"{paths.PACKS}{number}.toml"] = toml
    members |= {f"{paths.FILES}{blob.name}": blob for blob in contents.files}
    members |= {f"{paths.EVIDENCE}{blob.marks.sha256}": blob for blob in contents.evidence}
    _check_sizes(members)
    return members


def _stop_at_errors(findings: Findings) -> None:
    if findings.errors:
        raise UserError(findings)


def _check_sizes(members: Mapping[str, Member]) -> None:
    texts = [member for member in members.values() if isinstance(member, bytes)]
    tomls = [member for path, member in members.items() if path.endswith(".toml")]
    fine = (
        sum(map(_size, tomls)) <= MAX_PACK_TEXTS_BYTES
        and len(members) + 5 <= MAX_MEMBERS
        and sum(_size(member) for member in members.values()) < MAX_PACKAGE_BYTES
        and sum(map(len, texts)) <= MAX_TEXTS_BYTES
        and all(_is_modest(text) for text in texts)
    )
    if not fine:
        raise refusal(
            "package_would_be_too_large",
            NAME,
            "Nội dung lớn hơn mức mà một gói chứa được.",
            "Bỏ bớt tệp minh chứng, hoặc chia thành nhiều gói.",
        )


def _is_modest(text: bytes) -> bool:
    if len(text) <= RATIO_FROM:
        return True
    return len(text) <= MAX_TEXT_BYTES and len(text) <= MAX_RATIO * len(packed_text(text))


def _sha256(member: Member) -> str:
    return sha256_of(member) if isinstance(member, bytes) else member.marks.sha256


def _size(member: Member) -> int:
    return len(member) if isinstance(member, bytes) else member.known_size()


def _around(path: str) -> int:
    """What an archive takes for one file beside its bytes."""
    return LOCAL.size + CENTRAL.size + 2 * len(paths.BASE + path)
