"""Packages for tests: one small world in every kind, and ways to build what no writer would."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.exchange.facts_writer import facts_tree_of
from app.exchange.packages import (
    Blob,
    Contents,
    Extent,
    Head,
    Kind,
    KnownSender,
    PackageStatus,
    PackName,
    Party,
    SigningKey,
    Year,
    package_bytes,
    paths,
    read_package,
)
from app.exchange.packages.archive_form import Entry
from app.exchange.packages.archive_reader import ArchiveReader
from app.exchange.packages.archive_writer import Member, write_archive
from app.exchange.result import result_tree
from app.ground.canonical import digest, encoded
from app.scoring.assess import assess
from tests.journeys import world as w

Tree = dict[str, Any]

KEY = SigningKey.of_seed(bytes(range(32)))
"""For tests only: everybody can read its seed here."""

OTHER_KEY = SigningKey.of_seed(bytes(range(1, 33)))
SENDER = "Sở Một"
KNOWN = (KnownSender(SENDER, KEY.public, "Nguyễn Văn An", dt.date(2026, 1, 15)),)
NAME = "goi.zip"
DIGEST = "sha256:" + "ab" * 32

PDF = Blob("bang-xep-hang.pdf", b"%PDF-1.7 for people")
PHOTO = Blob("Ảnh lễ ký kết.jpg", bytes(range(256)) * 20)
PAPER = Blob("Báo cáo 12.pdf", b"%PDF-1.4 evidence")


def _scored() -> tuple[Tree, Tree]:
    facts = w.facts()
    snapshot, findings = w.read(facts)
    assert snapshot is not None, findings
    return facts_tree_of(snapshot), result_tree(assess(snapshot, w.small_pack({"A10": "zero"})))


FACTS, RESULT = _scored()
PACK = w.pack_tree()
FIGURES: Tree = {
    "schema": "bangvang-figures/1",
    "agency": "Thuế tỉnh",
    "due": "2026-12-05",
    "cells": [
        {
            "unit": "u1",
            "unit_name": "Sở Một",
            "criterion": "I.1",
            "title": "Thu ngân sách",
            "figure": "actual",
            "question": "Số thu cả năm, tỷ đồng",
            "kind": "number",
            "value": None,
            "source": "",
            "note": "",
        }
    ],
}
DOCUMENTS: dict[str, Tree] = {
    "registrations": {"schema": "bangvang-registrations/1", "rows": [{"unit": "u1"}]}
}


def head(kind: Kind = Kind.FOR_APPRAISAL, **more: Any) -> Head:
    """A head from Sở Một to Sở Nội vụ."""
    values: dict[str, Any] = {
        "kind": kind,
        "extent": Extent.EVERYTHING,
        "sender": Party(name=SENDER, unit="u1"),
        "recipient": Party(name="Sở Nội vụ"),
        "year": Year(name="2026", start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31)),
        "sequence": 3,
        "journal": DIGEST,
        "made": dt.datetime(2026, 12, 20, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    }
    return Head(**{**values, **more})


def pack_name(tree: Tree) -> PackName:
    """How a head names a pack."""
    return PackName(id=tree["id"], version=tree["version"], digest=digest(tree))


def contents(kind: Kind = Kind.FOR_APPRAISAL, **more: Any) -> Contents:
    """Everything that a package of this kind may hold."""
    packs = {"packs": (copy.deepcopy(PACK),)}
    scored = {"facts": copy.deepcopy(FACTS), "result": copy.deepcopy(RESULT), **packs}
    beside = {"files": (PDF,), "evidence": (PHOTO, PAPER)}
    documents = {"documents": copy.deepcopy(DOCUMENTS)}
    answered = copy.deepcopy(FIGURES)
    answered["cells"][0]["value"] = "1250.5"
    parts: dict[Kind, dict[str, Any]] = {
        Kind.CRITERIA_TABLE: {**packs, "files": (PDF,)},
        Kind.SELF_SCORE: {"facts": copy.deepcopy(FACTS), **beside},
        Kind.FOR_APPRAISAL: {**scored, **beside, **documents},
        Kind.APPRAISAL: {"facts": copy.deepcopy(FACTS), **documents},
        Kind.FINAL_RESULT: {**scored, **beside},
        Kind.RULE_PACK: packs,
        Kind.FIGURES_REQUEST: {"figures": copy.deepcopy(FIGURES)},
        Kind.FIGURES_SUPPLY: {"figures": answered, "evidence": (PAPER,)},
        Kind.YEARLY_RETURN: documents,
        Kind.HANDOVER: {**documents, **scored, **beside},
        Kind.WHOLE_WORKSPACE: {**documents, **packs, **beside},
    }
    values = {**parts[kind], **more}
    of_head: dict[str, Any] = {}
    if "result" in values or "packs" in values:
        of_head["packs"] = tuple(map(pack_name, values.get("packs") or (PACK,)))
    if values.get("result") is not None:
        of_head["assessment"] = values["result"]["digest"]
    if kind is Kind.FIGURES_SUPPLY:
        of_head["answers"] = DIGEST
    return Contents(**{"head": head(kind, **of_head), **values})


@functools.cache
def good() -> bytes:
    """A signed package with everything in it."""
    return package_bytes(contents(), KEY)


def read(package: bytes) -> PackageStatus:
    """The package as somebody reads it who knows Sở Một."""
    return read_package(package, NAME, KNOWN)


def codes(status: PackageStatus) -> set[str]:
    """The codes of the problems."""
    return {problem.code for problem in status.problems}


# ------------------------------------------------------------------ what no writer would build


def unpacked(package: bytes) -> dict[str, bytes]:
    """The files of a package by their paths inside the bag."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name.removeprefix(paths.BASE): archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip in the right form around any files."""
    members: dict[str, Member] = {
        path: Blob(path, data) if paths.is_stored(path) else data for path, data in files.items()
    }
    stream = io.BytesIO()
    write_archive(members, stream)
    return stream.getvalue()


def manifested(files: Mapping[str, bytes], key: SigningKey | None = KEY) -> dict[str, bytes]:
    """The files with bag-info, manifests and signature made anew: only the content is at fault."""
    made = {path: data for path, data in files.items() if path != paths.SIGNATURE}
    payload = {path: data for path, data in made.items() if path.startswith("data/")}
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    lines = made[paths.BAG_INFO].decode().splitlines()
    made[paths.BAG_INFO] = "".join(
        f"{oxum if line.startswith('Payload-Oxum') else line}\n" for line in lines
    ).encode()
    made[paths.MANIFEST] = manifest(payload)
    made[paths.TAG_MANIFEST] = manifest({path: made[path] for path in paths.TAGGED})
    if key is not None:
        made[paths.SIGNATURE] = signature(key, made[paths.TAG_MANIFEST])
    return made


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A manifest of these files."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def signature(key: SigningKey, data: bytes) -> bytes:
    """A signature file over any bytes."""
    return (
        "Signature-Algorithm: Ed25519\nSigned-File: tagmanifest-sha256.txt\n"
        f"Public-Key: {key.public.raw.hex()}\nSignature: {key.sign(data).hex()}\n"
    ).encode()


def with_text(path: str, text: bytes) -> bytes:
    """The good package with one file replaced, everything around it made to fit."""
    return packed(manifested({**unpacked(good()), path: text}))


def with_tree(path: str, tree: Tree) -> bytes:
    """The same with a canonical JSON text."""
    return with_text(path, canonical_json(tree))


def canonical_json(tree: object) -> bytes:
    """RFC 8785 bytes of a tree that has only JSON values."""
    return encoded(tree)


def entries_of(package: Path) -> list[Entry]:
    """The files of an archive that lie as they are, where each lies."""
    with package.open("rb") as stream:
        entries = ArchiveReader(stream, NAME).entries.values()
    return [entry for entry in entries if paths.is_stored(entry.path.removeprefix(paths.BASE))]
