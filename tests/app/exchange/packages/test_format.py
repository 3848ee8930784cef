"""The document is enough: another program, outside validators and old packages agree with it."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import io
import json
import re
import subprocess
import sys
import tomllib
import types
import warnings
import zipfile
import zlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from app.exchange.packages import (
    KIND_RULES,
    Kind,
    KnownSender,
    Part,
    PublicKey,
    limits,
    package_bytes,
    paths,
    read_package,
)
from app.exchange.packages.contents import Shapes
from app.exchange.packages.derived import derived_files
from app.exchange.packages.head import Head
from app.exchange.packages.payload import payload_bytes
from app.exchange.packages.shapes import FactsShape, FiguresSheet, ResultShape
from tests.app.exchange.packages import independent
from tests.app.exchange.packages import samples as s

VECTORS = Path(__file__).parent / "vectors"
LISTED: dict[str, Any] = tomllib.loads((VECTORS / "vectors.toml").read_text(encoding="utf-8"))
PACKAGES = {package["file"]: package for package in LISTED["packages"]}


@pytest.fixture(scope="module")
def document() -> str:
    root = Path(__file__).resolve().parents[4]
    return (root / "data/formats/package.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------ vectors


@pytest.mark.parametrize("file", PACKAGES)
def test_an_old_package_is_read_as_it_was_sent(file: str) -> None:
    """These bytes never change: a program of today reads what one of yesterday wrote."""
    listed = PACKAGES[file]
    status = read_package(VECTORS / file, file, s.KNOWN)
    assert status.admissible, status.problems
    assert status.digest == listed["digest"]
    assert status.head is not None
    assert status.head.kind == listed["kind"]
    again = s.unpacked(package_bytes(status.admitted(), s.KEY))
    assert {path: hashlib.sha256(data).hexdigest() for path, data in again.items()} == (
        listed["files"]
    )
    assert again[paths.SIGNATURE].decode().split()[-1] == listed["signature"]


def test_the_key_of_the_vectors_is_known_to_be_public() -> None:
    key = LISTED["key"]
    assert bytes.fromhex(key["seed"]) == bytes(range(32))
    assert s.KEY.public.raw.hex() == key["public"]
    assert s.KEY.public.fingerprint == key["fingerprint"]


@pytest.mark.parametrize("number", LISTED["numbers"], ids=lambda number: number["value"])
def test_numbers_are_written_as_the_vectors_say(number: dict[str, str]) -> None:
    for value in (Decimal(number["value"]), Fraction(number["value"])):
        assert payload_bytes({"n": value}).decode() == f'{{"n":{number["json"]}}}'


@pytest.mark.parametrize("cell", LISTED["cells"], ids=lambda cell: cell["text"] or "nothing")
def test_cells_are_written_as_the_vectors_say(cell: dict[str, str]) -> None:
    facts = FactsShape.model_validate(
        {"schema": "bangvang-facts/1", "units": [{"id": "u1", "name": cell["text"]}]}
    )
    table = derived_files(Shapes(facts=facts))["data/tables/units.csv"].decode()
    assert table == f"id,name,cluster,joined,left\r\nu1,{cell['csv']},,,\r\n"


# ------------------------------------------------------------------ another program


def test_the_other_program_has_no_line_of_this_one() -> None:
    tree = ast.parse(Path(independent.__file__).read_text(encoding="utf-8"))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    roots = {name.partition(".")[0] for name in imported} - {"__future__"}
    assert roots == {"cryptography", "hashlib", "io", "json", "re", "typing", "zipfile"}


@pytest.mark.parametrize("file", PACKAGES)
def test_another_program_verifies_the_vectors(file: str) -> None:
    files, key = independent.verified((VECTORS / file).read_bytes())
    listed = PACKAGES[file]
    assert independent.digest(files) == listed["digest"]
    assert independent.fingerprint(key) == LISTED["key"]["fingerprint"]
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == (
        listed["files"]
    )


@pytest.mark.parametrize("kind", Kind)
def test_another_program_verifies_every_kind(kind: Kind) -> None:
    package = package_bytes(s.contents(kind), s.KEY)
    files, key = independent.verified(package)
    assert key == s.KEY.public.raw
    assert independent.digest(files) == s.read(package).digest


@pytest.mark.parametrize("at", [40, 2000, 9000, 12_000])
def test_another_program_finds_a_changed_byte(at: int) -> None:
    data = bytearray(s.good())
    data[at] ^= 1
    with pytest.raises((AssertionError, InvalidSignature, zipfile.BadZipFile, zlib.error)):
        independent.verified(bytes(data))


def test_a_package_of_another_program_is_admitted() -> None:
    seed = bytes(range(100, 132))
    package = independent.request_package(seed, '=Số thu, "cả năm"')
    key = independent.verified(package)[1]
    known = (KnownSender("Sở Nội vụ", PublicKey(key), "An", s.KNOWN[0].confirmed_on),)
    status = read_package(package, "de-nghi.zip", known)
    assert status.admissible, status.problems
    assert status.admitted().figures is not None


# ------------------------------------------------------------------ outside validators


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(s.good())) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "bangvang-package"


def _bagit(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The library of the Library of Congress; of setuptools' old room it asks only its version."""
    room = types.ModuleType("pkg_resources")
    room.get_distribution = importlib.metadata.distribution  # type: ignore[attr-defined]
    room.DistributionNotFound = importlib.metadata.PackageNotFoundError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pkg_resources", room)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit
    return bagit


def test_bagit_finds_a_valid_bag_and_a_spoilt_one(
    bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bagit = _bagit(monkeypatch)
    read = bagit.Bag(str(bag))
    read.validate()
    assert read.version_info == (1, 0)
    assert read.info["Source-Organization"] == s.SENDER
    facts = bag / "data/facts.json"
    facts.write_bytes(facts.read_bytes().replace(b'"7.5"', b'"9.5"'))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize(
    "kind", [Kind.FOR_APPRAISAL, Kind.FIGURES_SUPPLY, Kind.SELF_SCORE], ids=str
)
def test_frictionless_finds_valid_tables(tmp_path: Path, kind: Kind) -> None:
    with zipfile.ZipFile(io.BytesIO(package_bytes(s.contents(kind)))) as archive:
        archive.extractall(tmp_path)
    place = tmp_path / "bangvang-package/data/datapackage.json"
    assert _frictionless(place) == []
    table = next((place.parent / "tables").glob("*.csv"))
    table.write_bytes(table.read_bytes() + b"a\r\n")
    assert _frictionless(place)


def test_frictionless_finds_tables_of_odd_texts_valid(tmp_path: Path) -> None:
    names = ["=1+1", 'a"b,c', "dòng\nmới", "'", "-5", " ", "Sở"]
    facts = {
        "schema": "bangvang-facts/1",
        "units": [{"id": f"u{n}", "name": name} for n, name in enumerate(names)],
        "totals": [{"unit": "u1", "round": "self", "points": Decimal("-97.25")}],
    }
    with zipfile.ZipFile(
        io.BytesIO(package_bytes(s.contents(Kind.SELF_SCORE, facts=facts)))
    ) as archive:
        archive.extractall(tmp_path)
    assert _frictionless(tmp_path / "bangvang-package/data/datapackage.json") == []


def _frictionless(place: Path) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        report = validate(str(place))
    found: list[Any] = report.flatten(["type", "message"])
    assert report.valid == (not found)
    return found


def test_the_commands_of_the_document_verify_a_package(bag: Path, document: str) -> None:
    section = document.partition("## 12 With common tools")[2].partition("## 13")[0]
    commands = section.split("```")[1].strip().splitlines()
    mine = [
        line for line in commands if line.split()[0] not in {"unzip", "bagit.py", "frictionless"}
    ]
    assert len(mine) == 5
    missing = [
        tool
        for tool in ("openssl", "basenc", "sha256sum")
        if subprocess.run(["which", tool], capture_output=True, check=False).returncode
    ]
    if missing:
        pytest.skip(f"needs common tools: {', '.join(missing)} not installed")
    run = subprocess.run(
        ["bash", "-ec", "\n".join(mine)], cwd=bag, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Signature Verified Successfully" in run.stdout


# ------------------------------------------------------------------ the document says what is


def test_the_document_lists_every_kind_with_its_parts(document: str) -> None:
    def words(parts: frozenset[Part]) -> str:
        return ", ".join(part.value for part in Part if part in parts) or "–"

    for kind, rule in KIND_RULES.items():
        scores = "yes" if rule.scores else "no"
        row = f"| `{kind.value}` | {rule.title} | {words(rule.needs)} | {words(rule.may)} | {scores} |"
        assert row in document


def test_the_document_lists_every_key_of_the_head(document: str) -> None:
    section = document.partition("## 6 The head")[2].partition("## 7")[0]
    keys = re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE)
    assert keys == [field.alias or name for name, field in Head.model_fields.items()]


def test_the_document_lists_every_table_with_its_columns_and_titles(document: str) -> None:
    figures = FiguresSheet.model_validate(s.FIGURES)
    result = ResultShape.model_validate(s.RESULT)
    totals = {"units": [{"id": "u1"}], "totals": [{"unit": "u1", "round": "self", "points": 1}]}
    whole = FactsShape.model_validate(
        {
            "schema": "bangvang-facts/1",
            "entries": [{"unit": "u1", "criterion": "I", "figures": {"plan": 1}}],
            **totals,
        }
    )
    files = derived_files(Shapes(whole, result, figures))
    for resource in json.loads(files[paths.DATAPACKAGE])["resources"]:
        fields = resource["schema"]["fields"]
        columns = ", ".join(f["name"] + "#" * (f["type"] == "number") for f in fields)
        assert re.search(
            rf"^\| `{resource['name']}` \| \w+ \| {columns} \|", document, re.MULTILINE
        )
        titles = "; ".join(f"{f['name']} = {f['title']}" for f in fields)
        assert f"- `{resource['name']}` ({resource['title']}): {titles}\n" in document
    assert len(files) == 9


def test_the_document_states_every_limit(document: str) -> None:
    values = [value for name, value in vars(limits).items() if name.startswith("MAX_")]
    for value in [*values, limits.RATIO_FROM]:
        assert f"{value:,}" in document or value == limits.MAX_WHOLE_NUMBER
    assert "2^53 − 1" in document
