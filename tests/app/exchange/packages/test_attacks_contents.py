"""Attacks inside a well signed bag: JSON in two meanings, tables that show other numbers."""

from __future__ import annotations

import copy
import json
import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from app.exchange.packages import Kind, package_bytes, paths
from app.exchange.packages.limits import MAX_DEPTH, MAX_MARKS, MAX_WHOLE_NUMBER
from app.exchange.result import result_digest
from app.ground.findings import UserError
from tests.app.exchange.packages import samples as s
from tests.app.exchange.packages.attack import Attack, refused

Tree = dict[str, Any]
SCHEMA = "bangvang-package/1"
DOCUMENT = "data/documents/registrations.json"
VALUE, TEXT, FORM = "package_json_value", "package_json_text", "package_json_form"
ENCODING, NONE, DEEP = "package_json_encoding", "package_not_json", "package_json_deep"
MALFORMED, DIFFERS, DERIVED = (
    "package_malformed",
    "package_head_differs",
    "package_derived_differs",
)


def text(path: str) -> bytes:
    return s.unpacked(s.good())[path]


def document(data: bytes | str) -> bytes:
    return s.with_text(DOCUMENT, data.encode() if isinstance(data, str) else data)


def value(json_text: str) -> bytes:
    """A document with one value written just so."""
    return document(f'{{"a":{json_text},"schema":"some/1"}}')


def head(change: Callable[[Tree], object]) -> bytes:
    tree = json.loads(text(paths.HEAD))
    change(tree)
    return s.with_tree(paths.HEAD, tree)


def facts(change: Callable[[Tree], object]) -> bytes:
    tree = json.loads(text(paths.FACTS))
    change(tree)
    return s.with_tree(paths.FACTS, tree)


def result(change: Callable[[Tree], object], *, sealed: bool = False) -> bytes:
    """Another result; ``sealed`` works its digest out anew, but not that of the head."""
    tree = json.loads(text(paths.RESULT))
    change(tree)
    if sealed:
        tree["digest"] = result_digest(tree)
    return s.with_tree(paths.RESULT, tree)


def points(written: object) -> bytes:
    """Points of the first entry, written just so."""
    return facts(lambda tree: tree["entries"][2].update(points=written))


def without(path: str) -> bytes:
    files = s.unpacked(s.good())
    return s.packed(s.manifested({p: d for p, d in files.items() if p != path}))


def csv(change: Callable[[bytes], bytes], name: str = "ranking") -> bytes:
    path = f"data/tables/{name}.csv"
    return s.with_text(path, change(text(path)))


def toml(change: Callable[[bytes], bytes]) -> bytes:
    return s.with_text("data/packs/1.toml", change(text("data/packs/1.toml")))


def datapackage(change: Callable[[Tree], object]) -> bytes:
    tree = json.loads(text(paths.DATAPACKAGE))
    change(tree)
    return s.with_tree(paths.DATAPACKAGE, tree)


def evidence(change: Callable[[list[Tree]], object]) -> bytes:
    tree = json.loads(text(paths.EVIDENCE_INDEX))
    change(tree["files"])
    return s.with_tree(paths.EVIDENCE_INDEX, tree)


def figures(kind: Kind, change: Callable[[Tree], object]) -> bytes:
    files = s.unpacked(package_bytes(s.contents(kind), s.KEY))
    tree = json.loads(files[paths.FIGURES])
    change(tree)
    return s.packed(s.manifested({**files, paths.FIGURES: s.canonical_json(tree)}))


def other_evidence() -> bytes:
    """Another paper under the name of the one that was signed for before."""
    files = s.unpacked(s.good())
    path = f"data/evidence/{s.PAPER.marks.sha256}"
    return s.packed(s.manifested({**files, path: b"%PDF-1.4 EVIDENCE"}))


def numbers(count: int) -> str:
    """Numbers in a list, in no order that would pack well."""
    chance = random.Random(count)
    return ",".join(str(chance.randint(0, 9)) for _ in range(count))


def hosts(keys: int) -> str:
    """Many keys of an object."""
    return ",".join(f'"a{n:06d}":{n % 7}' for n in range(keys))


def many_marks() -> bytes:
    return document('{"a":[' + "0," * MAX_MARKS + '0],"schema":"some/1"}')


ATTACKS: dict[str, Attack] = {
    # JSON
    "tables in tables without end": (DEEP, lambda: value("[" * 50_000 + "]" * 50_000)),
    "one table more than allowed": (DEEP, lambda: value("[" * MAX_DEPTH + "]" * MAX_DEPTH)),
    "brackets that never close": (DEEP, lambda: document('{"a":' + "[" * 100_000)),
    "more values than memory": ("package_bomb", many_marks),
    "a key twice": (VALUE, lambda: document('{"a":1,"a":2,"schema":"some/1"}')),
    "a key twice, once in escapes": (
        VALUE,
        lambda: document('{"a":1,"\\u0061":2,"schema":"some/1"}'),
    ),
    "a number that others round": (VALUE, lambda: value(str(MAX_WHOLE_NUMBER + 1))),
    "a number of many digits": (VALUE, lambda: value("9" * 900_000)),
    "a number with a huge exponent": (VALUE, lambda: value("1e999999999")),
    "a fraction that is no text": (VALUE, lambda: value("97.25")),
    "a whole number as a fraction": (VALUE, lambda: value("1.0")),
    "not a number": (VALUE, lambda: value("NaN")),
    "infinity": (VALUE, lambda: value("-Infinity")),
    "minus zero": (FORM, lambda: value("-0")),
    "a number with a leading zero": (NONE, lambda: value("01")),
    "a number in hexadecimal": (NONE, lambda: value("0x10")),
    "bytes that are no UTF-8": (ENCODING, lambda: document(b'{"a":"\xff","schema":"some/1"}')),
    "overlong UTF-8": (ENCODING, lambda: document(b'{"a":"\xc0\xaf","schema":"some/1"}')),
    "half a letter in UTF-8": (ENCODING, lambda: document(b'{"a":"\xed\xa0\x80"}')),
    "half a letter in an escape": (TEXT, lambda: value('"\\ud800"')),
    "a byte order mark": (ENCODING, lambda: document(b"\xef\xbb\xbf" + text(DOCUMENT))),
    "UTF-16": (ENCODING, lambda: document(text(DOCUMENT).decode().encode("utf-16"))),
    "letters in parts": (TEXT, lambda: value(f'"{unicodedata.normalize("NFD", "Điểm ế")}"')),
    "keys in parts": (
        TEXT,
        lambda: document(f'{{"schema":"some/1","{unicodedata.normalize("NFD", "ế")}":1}}'),
    ),
    "a hidden control letter": (TEXT, lambda: value('"a\\u0000b"')),
    "a backspace": (TEXT, lambda: value('"a\\bb"')),
    "a bare control letter": (NONE, lambda: value('"a\x01b"')),
    "text that is turned around": (TEXT, lambda: value('"a\u202eb"')),
    "a control letter of the second kind": (TEXT, lambda: value('"a\x9bb"')),
    "spaces between": (FORM, lambda: document('{"a": 1,"schema":"some/1"}')),
    "a line end at the end": (FORM, lambda: document(text(DOCUMENT) + b"\n")),
    "keys out of order": (FORM, lambda: document('{"schema":"some/1","a":1}')),
    "an escape without need": (FORM, lambda: value('"\\u0041"')),
    "an escaped slash": (FORM, lambda: value('"\\/"')),
    "a comment": (NONE, lambda: document('{"a":1/*x*/,"schema":"some/1"}')),
    "a comma too many": (NONE, lambda: document('{"a":1,"schema":"some/1",}')),
    "two texts in one": (NONE, lambda: document(text(DOCUMENT) * 2)),
    "a list": (NONE, lambda: document("[]")),
    "an empty text": (NONE, lambda: document("")),
    "a text cut off": (NONE, lambda: document(text(DOCUMENT)[:-1])),
    "a document that names no schema": (MALFORMED, lambda: document('{"a":1}')),
    # head
    "another format": ("package_other_format", lambda: head(lambda h: h.update(schema="x/9"))),
    "an unknown kind": (MALFORMED, lambda: head(lambda h: h.update(kind="decree"))),
    "another kind with the same parts missing": (
        "package_part_not_allowed",
        lambda: head(lambda h: h.update(kind="rule_pack")),
    ),
    "a supply that answers nothing": (
        "package_answers_nothing",
        lambda: head(lambda h: h.update(kind="figures_supply", answers=None)),
    ),
    "everything under the name of scores only": (
        "package_part_not_allowed",
        lambda: head(lambda h: h.update(extent="scores")),
    ),
    "a key that the head does not know": (MALFORMED, lambda: head(lambda h: h.update(trust=True))),
    "a head without a sender": (MALFORMED, lambda: head(lambda h: h.pop("sender"))),
    "a head that leaves out an empty key": (DERIVED, lambda: head(lambda h: h.pop("note"))),
    "a running number that is a text": (MALFORMED, lambda: head(lambda h: h.update(sequence="3"))),
    "a running number that is true": (MALFORMED, lambda: head(lambda h: h.update(sequence=True))),
    "a running number below one": (MALFORMED, lambda: head(lambda h: h.update(sequence=0))),
    "a year that ends before it begins": (
        MALFORMED,
        lambda: head(lambda h: h["year"].update(to="2025-12-31")),
    ),
    "a day that is not in the calendar": (
        MALFORMED,
        lambda: head(lambda h: h["year"].update(to="2026-02-30")),
    ),
    "a day as a number": (MALFORMED, lambda: head(lambda h: h["year"].update(to=1798675200))),
    "a moment without a place": (MALFORMED, lambda: head(lambda h: h.update(made="2026-12-20"))),
    "a moment in another form": (
        MALFORMED,
        lambda: head(lambda h: h.update(made="2026-12-20T01:30:00Z")),
    ),
    "a sender in two lines": (
        MALFORMED,
        lambda: head(lambda h: h["sender"].update(name="Sở Một\nPayload-Oxum: 1.1")),
    ),
    "a sender of very many letters": (
        MALFORMED,
        lambda: head(lambda h: h["sender"].update(name="a" * 900_000)),
    ),
    "a head of keys without end": (
        MALFORMED,
        lambda: s.with_text(paths.HEAD, f'{{{hosts(100_000)},"schema":"{SCHEMA}"}}'.encode()),
    ),
    "a head of packs without end": (
        MALFORMED,
        lambda: s.with_text(
            paths.HEAD, f'{{"packs":[{numbers(400_000)}],"schema":"{SCHEMA}"}}'.encode()
        ),
    ),
    "a digest in another form": (MALFORMED, lambda: head(lambda h: h.update(journal="md5:0"))),
    "a head of another result": (DIFFERS, lambda: head(lambda h: h.update(assessment=s.DIGEST))),
    "a head without the result": (DIFFERS, lambda: head(lambda h: h.update(assessment=None))),
    "a head of another pack": (DIFFERS, lambda: head(lambda h: h["packs"][0].update(id="khac"))),
    "a head of another pack's digest": (
        DIFFERS,
        lambda: head(lambda h: h["packs"][0].update(digest=s.DIGEST)),
    ),
    "a head of two packs": (DIFFERS, lambda: head(lambda h: h["packs"].append(h["packs"][0]))),
    # facts and result
    "points as a float": (
        VALUE,
        lambda: s.with_text(paths.FACTS, text(paths.FACTS).replace(b'"7.5"', b"7.5")),
    ),
    "points with an exponent": (MALFORMED, lambda: points("1e5")),
    "points with a comma": (MALFORMED, lambda: points("97,25")),
    "points of two readings": (MALFORMED, lambda: points("1.125")),
    "points with zeros behind": (MALFORMED, lambda: points("7.50")),
    "whole points as a text": (MALFORMED, lambda: points("7")),
    "points of a thousand digits": (MALFORMED, lambda: points("9" * 1000 + ".5")),
    "points that are true": (MALFORMED, lambda: points(True)),
    "points that are a table": (MALFORMED, lambda: points({"value": 1})),
    "facts that lie elsewhere": (
        MALFORMED,
        lambda: facts(lambda f: f.update(entries_file="a.csv")),
    ),
    "facts with an unknown key": (MALFORMED, lambda: facts(lambda f: f.update(evil=1))),
    "facts of half a million faulty rows": (
        MALFORMED,
        lambda: s.with_text(
            paths.FACTS,
            f'{{"entries":[{numbers(490_000)}],"schema":"bangvang-facts/1"}}'.encode(),
        ),
    ),
    "facts of unknown keys without end": (
        MALFORMED,
        lambda: s.with_text(paths.FACTS, f"{{{hosts(200_000)}}}".encode()),
    ),
    "an entry of faulty figures without end": (
        MALFORMED,
        lambda: s.with_text(
            paths.FACTS,
            (
                f'{{"entries":[{{"criterion":"a","figures":{{{hosts(200_000)},"b":[]}},"unit":"a"}}],'
                '"schema":"bangvang-facts/1"}'
            ).encode(),
        ),
    ),
    "facts of another schema": (MALFORMED, lambda: facts(lambda f: f.update(schema="x/1"))),
    "facts whose units are a text": (MALFORMED, lambda: facts(lambda f: f.update(units="u1"))),
    "facts that are changed behind the tables": (DERIVED, lambda: points("9.5")),
    "a result with another number": (
        DIFFERS,
        lambda: result(lambda r: r["units"]["u1"].update(total="99.99")),
    ),
    "a result with another number and digest": (
        DIFFERS,
        lambda: result(lambda r: r["units"]["u1"].update(total="99.99"), sealed=True),
    ),
    "a result by another pack": (
        DIFFERS,
        lambda: result(lambda r: r["packs"][0].update(version="9")),
    ),
    "a result without units": (MALFORMED, lambda: result(lambda r: r.pop("units"))),
    "a result of faulty units without end": (
        MALFORMED,
        lambda: s.with_text(
            paths.RESULT,
            (
                '{"awards":[],"digest":"","packs":[],"schema":"bangvang-result/1",'
                f'"units":{{{hosts(200_000)}}}}}'
            ).encode(),
        ),
    ),
    "a refusal instead of a result": (
        MALFORMED,
        lambda: s.with_tree(paths.RESULT, {"schema": "bangvang-result/1", "findings": []}),
    ),
    # packs
    "a pack whose TOML says otherwise": (
        DIFFERS,
        lambda: toml(lambda t: t.replace(b"max = 60", b"max = 66", 1)),
    ),
    "a pack with letters in parts": (
        MALFORMED,
        lambda: toml(lambda t: unicodedata.normalize("NFD", t.decode()).encode()),
    ),
    "a pack without TOML": (DIFFERS, lambda: without("data/packs/1.toml")),
    "a pack without JSON": ("package_part_missing", lambda: without("data/packs/1.json")),
    "a pack that is no TOML": ("pack_not_toml", lambda: toml(lambda t: b"[[[")),
    "a pack with a number without end": (MALFORMED, lambda: toml(lambda t: b"a = inf\n" + t)),
    "a pack that is no number": (MALFORMED, lambda: toml(lambda t: b"a = nan\n" + t)),
    "a pack with a number that never ends": (
        MALFORMED,
        lambda: toml(lambda t: b"a = 1e999999999\n" + t),
    ),
    "a pack nested without end": (
        "package_json_deep",
        lambda: toml(lambda t: b"a = " + b"[" * 60 + b"]" * 60 + b"\n" + t),
    ),
    "a pack nested beyond the parser": (
        "pack_not_toml",
        lambda: toml(lambda t: b"a = " + b"[" * 90_000 + b"\n" + t),
    ),
    "a pack of endless keys": (
        "package_json_deep",
        lambda: toml(lambda t: b"".join(b"[%sx%d]\n" % (b"a." * 300, n) for n in range(1_500))),
    ),
    "a pack with a number of many digits": (
        MALFORMED,
        lambda: toml(lambda t: b"a = 0x" + b"f" * 400_000 + b"\n" + t),
    ),
    "a pack larger than any": (
        "package_bomb",
        lambda: toml(lambda t: t + b"".join(b"# %d\n" % n for n in range(130_000))),
    ),
    "a pack whose JSON says otherwise": (
        DERIVED,
        lambda: s.with_text(
            "data/packs/1.json", text("data/packs/1.json").replace(b'"60"', b'"66"', 1)
        ),
    ),
    "a pack number that is left out": (
        DERIVED,
        lambda: s.with_text("data/packs/3.json", text("data/packs/1.json")),
    ),
    # tables
    "a table that shows another rank": (
        DERIVED,
        lambda: csv(lambda t: t.replace(b",1,", b",2,", 1)),
    ),
    "a table with a line more": (DERIVED, lambda: csv(lambda t: t + b"u9,,,,,,,\r\n")),
    "a table with other line ends": (DERIVED, lambda: csv(lambda t: t.replace(b"\r\n", b"\n"))),
    "a table with a byte order mark": (DERIVED, lambda: csv(lambda t: b"\xef\xbb\xbf" + t)),
    "a formula in a table": (
        DERIVED,
        lambda: csv(lambda t: t.replace("Sở Một".encode(), b'"=HYPERLINK(""http://x"")"')),
    ),
    "a table more": (DERIVED, lambda: s.with_text("data/tables/more.csv", b"a\r\n=1\r\n")),
    "a table less": (DERIVED, lambda: without("data/tables/ranking.csv")),
    "a description more": (
        DERIVED,
        lambda: datapackage(lambda d: d.update(homepage="http://example.vn")),
    ),
    "a description that points elsewhere": (
        DERIVED,
        lambda: datapackage(lambda d: d["resources"][0].update(path="../../etc/passwd")),
    ),
    "no description": (DERIVED, lambda: without(paths.DATAPACKAGE)),
    # evidence and figures
    "evidence of another content": ("package_evidence_differs", other_evidence),
    "evidence that is not listed": (
        "package_evidence_differs",
        lambda: evidence(lambda files: files.pop()),
    ),
    "no list of the evidence": ("package_evidence_differs", lambda: without(paths.EVIDENCE_INDEX)),
    "a list that names more evidence": (
        "package_evidence_differs",
        lambda: evidence(lambda files: files.append({**files[-1], "sha256": "f" * 64})),
    ),
    "evidence of another size": (
        "package_evidence_differs",
        lambda: evidence(lambda files: files[0].update(bytes=1)),
    ),
    "evidence whose name climbs out": (
        "package_evidence_differs",
        lambda: evidence(lambda files: files[0].update(name="../../a.pdf")),
    ),
    "evidence whose name is turned around": (
        TEXT,
        lambda: evidence(lambda files: files[0].update(name="a\u202efdp.exe")),
    ),
    "evidence listed twice": (
        "package_evidence_differs",
        lambda: evidence(lambda files: files.append(files[-1])),
    ),
    "a request that brings its answer": (
        MALFORMED,
        lambda: figures(Kind.FIGURES_REQUEST, lambda f: f["cells"][0].update(value=5)),
    ),
    "an answer of another kind": (
        MALFORMED,
        lambda: figures(Kind.FIGURES_SUPPLY, lambda f: f["cells"][0].update(value="nhiều")),
    ),
    "an answer twice": (
        MALFORMED,
        lambda: figures(Kind.FIGURES_SUPPLY, lambda f: f["cells"].append(f["cells"][0])),
    ),
    "an answer to another question": (
        DERIVED,
        lambda: figures(Kind.FIGURES_SUPPLY, lambda f: f["cells"][0].update(unit="u2")),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_contents_are_refused_for(name: str) -> None:
    refused(ATTACKS[name])


def test_a_bag_made_anew_around_unchanged_texts_is_good() -> None:
    assert s.with_text(DOCUMENT, text(DOCUMENT)) == s.good()
    for change in (head, facts, result, datapackage, evidence):
        assert change(lambda tree: None) == s.good()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("package", "place", "message"),
    [
        (
            lambda: head(lambda h: h.update(made="2026")),
            "goi.zip, package.json, made",
            "Cần ngày giờ dạng 2026-12-31T08:30:00+07:00.",
        ),
        (
            lambda: head(lambda h: h["sender"].pop("name")),
            "goi.zip, package.json, sender.name",
            "Thiếu khóa bắt buộc.",
        ),
        (
            lambda: points("97,25"),
            "goi.zip, facts.json, entries.2.points",
            "Cần một con số ở dạng chuẩn, ví dụ 97 hoặc “97.25”.",
        ),
        (
            lambda: value("97.25"),
            "goi.zip, data/documents/registrations.json",
            "Tệp trong gói ghi số lẻ 97.25 không đặt trong dấu nháy.",
        ),
    ],
)
def test_a_fault_names_its_place_and_what_is_needed(
    package: Callable[[], bytes], place: str, message: str
) -> None:
    told = [(problem.place, problem.message) for problem in s.read(package()).problems]
    assert (place, message) in told


def test_a_pack_may_be_written_in_other_toml_that_says_the_same() -> None:
    package = toml(lambda t: b"# another program wrote this\n" + t.replace(b" = ", b"="))
    assert s.read(package).admitted().packs == (s.PACK,)


# ------------------------------------------------------------------ formulas in tables


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+84 203", "'+84 203"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'already", "''already"),
        ("Sở =1", "Sở =1"),
        ('=A1,"b"', '"\'=A1,""b"""'),
        ("\n=1", '"\'\n=1"'),
    ],
)
def test_no_cell_of_a_table_is_a_formula_and_none_is_lost(name: str, cell: str) -> None:
    tree = copy.deepcopy(s.FACTS)
    tree["units"][0]["name"] = name
    package = package_bytes(s.contents(Kind.SELF_SCORE, facts=tree), s.KEY)
    table = s.unpacked(package)["data/tables/units.csv"].decode()
    assert f"u1,{cell},k1" in table
    facts_again = s.read(package).admitted().facts
    assert facts_again is not None
    assert facts_again["units"][0]["name"] == name


def test_negative_points_stay_numbers_in_a_table() -> None:
    tree = copy.deepcopy(s.FACTS)
    tree["totals"] = [{"unit": "u1", "round": "self", "points": -5}]
    package = package_bytes(s.contents(Kind.SELF_SCORE, facts=tree), s.KEY)
    assert s.unpacked(package)["data/tables/totals.csv"] == (
        b"unit,round,section,points\r\nu1,self,,-5\r\n"
    )


# ------------------------------------------------------------------ the writer refuses alike


@pytest.mark.parametrize(
    ("name", "code"),
    [("a\u202eb", MALFORMED), ("a\x00b", MALFORMED), ("a" * 5000, MALFORMED)],
)
def test_the_writer_refuses_names_that_the_reader_would_refuse(name: str, code: str) -> None:
    tree = copy.deepcopy(s.FACTS)
    tree["units"][0]["name"] = name
    with pytest.raises(UserError) as fault:
        package_bytes(s.contents(Kind.SELF_SCORE, facts=tree))
    assert code in {finding.code for finding in fault.value.findings}


def test_the_writer_refuses_hidden_letters_wherever_they_stand() -> None:
    documents = {"registrations": {"schema": "some/1", "deep": [{"a": "b\u2066c"}]}}
    with pytest.raises(UserError) as fault:
        package_bytes(s.contents(Kind.YEARLY_RETURN, documents=documents))
    assert [finding.code for finding in fault.value.findings] == [TEXT]


def test_the_writer_composes_letters_that_came_in_parts() -> None:
    parts = {"registrations": {"schema": "some/1", "a": unicodedata.normalize("NFD", "Điểm ế")}}
    whole = {"registrations": {"schema": "some/1", "a": "Điểm ế"}}
    assert package_bytes(s.contents(Kind.YEARLY_RETURN, documents=parts)) == package_bytes(
        s.contents(Kind.YEARLY_RETURN, documents=whole)
    )
