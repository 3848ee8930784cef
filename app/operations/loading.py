"""Loading what an assessment needs from files: rule packs by kind and order, and facts.

The first pack of kind ``points`` is the main one, further ones are companions, packs of kind
``overlay`` add to the main one. Faults of all files are gathered before anything is refused.
Findings call a file by its name, never by its path, so that results do not depend on where
files lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.snapshot import Snapshot
from app.exchange.facts import chosen_parameters, read_facts
from app.exchange.facts_text import Tree, facts_tree, neighbour_of, read_bytes
from app.ground.findings import Finding, Findings, UserError
from app.ground.paths import data_folder
from app.rules.checks import unusable
from app.rules.document import MAX_PACK_BYTES, LoadedPack, parse_tree, read_pack

PACK_FILE: Final = "pack.toml"
CASE_KEYS: Final = ("expect", "arithmetic", "quote", "pack", "as_of", "what_if", "title")
"""What a worked case has beside its facts; its facts can be scored as they stand."""


@dataclass(frozen=True, slots=True)
class PackSet:
    """The packs of one assessment by their roles, with what was remarked while reading."""

    main: LoadedPack
    overlays: tuple[LoadedPack, ...] = ()
    companions: tuple[LoadedPack, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[LoadedPack, ...]:
        """Main, overlays, companions."""
        return (self.main, *self.overlays, *self.companions)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Packs and facts, ready to be scored."""

    packs: PackSet
    snapshot: Snapshot
    findings: tuple[Finding, ...]


def shipped_packs() -> tuple[Path, ...]:
    """The folders of the packs that come with the program, by name."""
    folder = data_folder() / "packs"
    if not folder.is_dir():
        return ()
    return tuple(sorted((f.parent for f in folder.rglob(PACK_FILE)), key=lambda p: p.name))


def pack_file(path: Path) -> Path:
    """The file of a pack that is named by its file, its folder or, if shipped, its id."""
    if path.is_dir():
        return path / PACK_FILE
    if not path.exists() and len(path.parts) == 1:
        for folder in shipped_packs():
            if folder.name == path.name:
                return folder / PACK_FILE
    return path


def pack_name(file: Path) -> str:
    """How findings call a pack's file."""
    if file.name == PACK_FILE:
        folder = file.parent.name or file.parent.resolve().name
        return f"{folder}/{PACK_FILE}"
    return file.name


def pack_tree(path: Path) -> tuple[Tree, str]:
    """The tree of a pack and its name; raises ``UserError``."""
    file = pack_file(path)
    name = pack_name(file)
    return parse_tree(read_bytes(file, name, MAX_PACK_BYTES), name), name


def load_pack(path: Path, choices: Mapping[str, object] | None = None) -> LoadedPack:
    """One pack on its own; raises ``UserError`` with all its faults."""
    tree, name = pack_tree(path)
    pack, findings = read_pack(tree, name, choices)
    if pack is None:
        raise UserError(findings)
    return pack


def pack_trees(paths: Sequence[Path]) -> list[tuple[Tree, str]]:
    """The trees of several packs; raises ``UserError`` with the faults of all files."""
    findings = Findings()
    trees: list[tuple[Tree, str]] = []
    for path in paths:
        try:
            trees.append(pack_tree(path))
        except UserError as fault:
            findings.extend(fault.findings)
    if findings.errors:
        raise UserError(findings)
    return trees


def read_packs(trees: Sequence[tuple[Tree, str]], choices: Mapping[str, object]) -> PackSet:
    """The packs with the given choices, by their roles; raises ``UserError``."""
    findings = Findings()
    packs: list[LoadedPack] = []
    for tree, name in trees:
        pack, told = read_pack(tree, name, choices)
        findings.extend(told)
        if pack is None:
            continue
        if any(other.rules.id == pack.rules.id for other in packs):
            findings.error(
                "pack_repeated",
                name,
                f"Gói quy tắc “{pack.rules.id}” được đưa vào hai lần.",
                "Chỉ ghi mỗi gói một lần.",
            )
        if pack.rules.kind == "points":
            findings.extend(unusable(pack))
        packs.append(pack)
    points = [pack for pack in packs if pack.rules.kind == "points"]
    if not points and not findings.errors:
        findings.error(
            "pack_main_missing",
            ", ".join(name for _, name in trees),
            "Không có gói nào là gói tính điểm; gói bổ sung quy trình không chấm điểm một mình.",
            "Thêm --pack với gói tính điểm của cụm, khối.",
        )
    if findings.errors:
        raise UserError(findings)
    overlays = tuple(pack for pack in packs if pack.rules.kind == "overlay")
    return PackSet(points[0], overlays, tuple(points[1:]), findings.as_tuple())


def load(packs: Sequence[Path], facts: Path) -> Loaded:
    """Packs and facts from files; raises ``UserError`` with the faults of all of them."""
    findings = Findings()
    trees: list[tuple[Tree, str]] = []
    tree: Tree | None = None
    try:
        trees = pack_trees(packs)
    except UserError as fault:
        findings.extend(fault.findings)
    try:
        tree = facts_tree(read_bytes(facts, facts.name), facts.name)
    except UserError as fault:
        findings.extend(fault.findings)
    if tree is None or findings.errors:
        raise UserError(findings)
    if "expect" in tree:
        tree = {key: value for key, value in tree.items() if key not in CASE_KEYS}
    return load_facts(trees, tree, facts)


def load_facts(trees: Sequence[tuple[Tree, str]], tree: Tree, file: Path) -> Loaded:
    """Facts from a tree that was read from ``file``, under packs from their trees."""
    packs = read_packs(trees, chosen_parameters(tree))
    snapshot, findings = read_facts(
        tree, file.name, packs.main, packs.overlays, packs.companions, neighbour_of(file)
    )
    gathered = Findings((*packs.findings, *findings))
    if snapshot is None:
        raise UserError(gathered)
    return Loaded(packs, snapshot, gathered.as_tuple())
