"""What is packed is what is unpacked, in every kind; and a package refuses by default."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.facts_writer import facts_tree_of
from app.exchange.packages import (
    KIND_RULES,
    Blob,
    Contents,
    Extent,
    KeyStanding,
    Kind,
    KnownSender,
    Part,
    SignatureState,
    estimate,
    package_bytes,
    paths,
    read_package,
    write_package,
)
from app.exchange.packages.payload import payload_bytes
from app.ground.canonical import digest, digest_of
from app.ground.findings import UserError
from app.ground.text import folded
from tests import builders as b
from tests.app.exchange.packages import samples as s
from tests.journeys import world as w

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


# ------------------------------------------------------------------ there and back


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_comes_back_whole_and_packs_to_the_same_bytes(kind: Kind) -> None:
    package = package_bytes(s.contents(kind), s.KEY)
    status = s.read(package)
    assert status.admissible, status.problems
    contents = status.admitted()
    assert contents.head == s.contents(kind).head
    assert contents.packs == s.contents(kind).packs
    assert package_bytes(contents, s.KEY) == package


@pytest.mark.parametrize("kind", [k for k in Kind if KIND_RULES[k].scores])
def test_scores_only_has_no_words_papers_or_evidence(kind: Kind) -> None:
    whole = s.contents(kind)
    light = dataclasses.replace(
        whole,
        head=whole.head.model_copy(update={"extent": Extent.SCORES}),
        documents={},
        files=(),
        evidence=(),
    )
    status = s.read(package_bytes(light, s.KEY))
    assert status.admissible
    assert status.head is not None
    assert status.head.extent is Extent.SCORES
    for part, more in (("files", (s.PDF,)), ("evidence", (s.PAPER,)), ("documents", s.DOCUMENTS)):
        with pytest.raises(UserError) as refused:
            package_bytes(dataclasses.replace(light, **{part: more}))
        assert {f.code for f in refused.value.findings} == {"package_part_not_allowed"}


@pytest.mark.parametrize("kind", [k for k in Kind if not KIND_RULES[k].scores])
def test_what_is_no_score_has_no_scores_only(kind: Kind) -> None:
    whole = s.contents(kind)
    light = dataclasses.replace(whole, head=whole.head.model_copy(update={"extent": Extent.SCORES}))
    with pytest.raises(UserError):
        package_bytes(light)


@pytest.mark.parametrize(
    ("kind", "part"), [(kind, part) for kind in Kind for part in sorted(KIND_RULES[kind].needs)]
)
def test_a_kind_without_a_part_that_it_needs_is_not_packed(kind: Kind, part: Part) -> None:
    empty: Any = {Part.DOCUMENTS: {}, Part.PACKS: ()}.get(part)
    lacking = dataclasses.replace(s.contents(kind), **{part.value: empty})
    with pytest.raises(UserError) as refused:
        package_bytes(lacking)
    assert "package_part_missing" in {f.code for f in refused.value.findings}


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (kind, part)
        for kind in Kind
        for part in (Part.FACTS, Part.PACKS, Part.FIGURES, Part.DOCUMENTS, Part.EVIDENCE)
        if part not in KIND_RULES[kind].needs | KIND_RULES[kind].may
    ],
)
def test_a_kind_with_a_part_of_another_is_not_packed(kind: Kind, part: Part) -> None:
    strange = {
        Part.FACTS: s.FACTS,
        Part.PACKS: (s.PACK,),
        Part.FIGURES: s.FIGURES,
        Part.DOCUMENTS: s.DOCUMENTS,
        Part.EVIDENCE: (s.PAPER,),
    }[part]
    with pytest.raises(UserError) as refused:
        package_bytes(dataclasses.replace(s.contents(kind), **{part.value: strange}))
    assert "package_part_not_allowed" in {f.code for f in refused.value.findings}


def test_the_facts_in_a_package_read_as_the_snapshot_that_went_in() -> None:
    snapshot, _ = w.read(w.facts())
    assert snapshot is not None
    exact = dataclasses.replace(
        snapshot,
        entries=tuple(
            dataclasses.replace(entry, points=Fraction(9, 8)) if entry.points else entry
            for entry in snapshot.entries
        ),
    )
    packed = package_bytes(s.contents(Kind.SELF_SCORE, facts=facts_tree_of(exact)), s.KEY)
    again, findings = w.read(s.read(packed).admitted().facts or {})
    assert not findings
    assert again == exact


def test_a_pack_in_a_package_has_the_digest_of_its_json_text_and_keeps_its_numbers() -> None:
    tree = b.pack_tree(b.direct("I", "12.125"), b.direct("II", 10))
    files = s.unpacked(package_bytes(s.contents(Kind.RULE_PACK, packs=(tree,)), s.KEY))
    assert digest_of(files["data/packs/1.json"]) == digest(tree)
    status = s.read(package_bytes(s.contents(Kind.RULE_PACK, packs=(tree,)), s.KEY))
    (back,) = status.admitted().packs
    assert back == tree
    assert [type(row["max"]) for row in back["criteria"]] == [
        type(row["max"]) for row in tree["criteria"]
    ]


def test_what_is_equal_packs_to_equal_bytes_however_it_was_written() -> None:
    facts = dict(reversed(s.FACTS.items()))
    facts["units"] = [dict(reversed(unit.items())) for unit in facts["units"]]
    assert package_bytes(s.contents(facts=facts), s.KEY) == s.good()
    other_order = s.contents(evidence=(s.PAPER, s.PHOTO))
    assert package_bytes(other_order, s.KEY) == s.good()


def test_the_digest_that_names_a_package_is_the_same_signed_or_not() -> None:
    unsigned, signed, by_other = io.BytesIO(), io.BytesIO(), io.BytesIO()
    digests = {
        write_package(s.contents(), unsigned),
        write_package(s.contents(), signed, s.KEY),
        write_package(s.contents(), by_other, s.OTHER_KEY),
    }
    assert len(digests) == 1
    assert s.read(signed.getvalue()).digest in digests


def test_a_number_that_no_decimal_can_write_is_a_bug_and_not_a_package() -> None:
    facts = {**s.FACTS, "totals": [{"unit": "u1", "round": "self", "points": Fraction(2, 3)}]}
    with pytest.raises(ValueError, match="2/3"):
        package_bytes(s.contents(facts=facts))


# ------------------------------------------------------------------ who sent it


def test_a_package_without_a_signature_is_told_and_not_admitted() -> None:
    status = s.read(package_bytes(s.contents()))
    assert (status.intact, status.signature) == (True, SignatureState.NONE)
    assert not status.admissible
    assert status.words == ("Kết quả gửi thẩm định của Sở Một: gói nguyên vẹn, không có chữ ký số.")
    with pytest.raises(UserError) as refused:
        status.admitted()
    assert [f.code for f in refused.value.findings] == ["package_unsigned"]


def test_an_unknown_key_is_told_with_what_to_read_on_the_telephone() -> None:
    status = read_package(s.good(), s.NAME)
    assert (status.intact, status.standing) == (True, KeyStanding.UNKNOWN)
    assert not status.admissible
    (problem,) = status.problems
    assert problem.code == "package_key_unknown"
    assert s.KEY.public.fingerprint in problem.remedy


def test_a_known_sender_with_another_key_is_an_alarm() -> None:
    status = s.read(package_bytes(s.contents(), s.OTHER_KEY))
    assert (status.intact, status.standing) == (True, KeyStanding.CHANGED)
    assert not status.admissible
    assert status.sender == s.KNOWN[0]
    (problem,) = status.problems
    assert (problem.code, problem.is_error) == ("package_key_changed", True)
    assert "15/01/2026" in problem.message


def test_a_known_key_under_another_name_is_an_alarm_too() -> None:
    known = (dataclasses.replace(s.KNOWN[0], name="Sở Hai"),)
    status = read_package(s.good(), s.NAME, known)
    assert status.standing is KeyStanding.CHANGED
    assert not status.admissible


def test_a_sender_is_known_by_any_of_the_keys_that_were_confirmed() -> None:
    older = KnownSender("SỞ  MỘT", s.OTHER_KEY.public, "Lê Thị Bình", dt.date(2025, 1, 3))
    for key in (s.KEY, s.OTHER_KEY):
        status = read_package(package_bytes(s.contents(), key), s.NAME, (older, *s.KNOWN))
        assert status.admissible, status.problems


# ------------------------------------------------------------------ files beside


def test_evidence_comes_back_by_its_name_and_one_content_is_kept_once() -> None:
    twin = Blob("Bản chép.pdf", s.PAPER.content())
    package = package_bytes(s.contents(evidence=(s.PHOTO, s.PAPER, twin)), s.KEY)
    contents = s.read(package).admitted()
    assert {blob.name: blob.content() for blob in contents.evidence} == {
        blob.name: blob.content() for blob in (s.PHOTO, s.PAPER, twin)
    }
    assert len([path for path in s.unpacked(package) if path.startswith(paths.EVIDENCE)]) == 2
    assert package_bytes(contents, s.KEY) == package


def test_evidence_goes_from_disk_to_disk(tmp_path: Path) -> None:
    source = tmp_path / "anh.jpg"
    source.write_bytes(os.urandom(3_000_000))
    target = tmp_path / "goi.zip"
    with target.open("wb") as stream:
        write_package(s.contents(evidence=(Blob("Ảnh.jpg", source),)), stream, s.KEY)
    status = read_package(target, target.name, s.KNOWN)
    (blob,) = status.admitted().evidence
    assert blob.content() == source.read_bytes()
    copy = tmp_path / "lai.zip"
    with copy.open("wb") as stream:
        write_package(status.admitted(), stream, s.KEY)
    assert copy.read_bytes() == target.read_bytes()


def test_evidence_that_was_changed_after_the_look_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "goi.zip"
    target.write_bytes(s.good())
    contents = read_package(target, target.name, s.KNOWN).admitted()
    target.write_bytes(s.good().replace(b"%PDF-1.4 evidence", b"%PDF-1.4 EVIDENCE"))
    paper = next(blob for blob in contents.evidence if blob.name == s.PAPER.name)
    for take in (paper.content, lambda: paper.marks):
        with pytest.raises(UserError) as refused:
            take()
        assert refused.value.findings[0].code == "package_file_changed"
    target.write_bytes(b"PK")
    with pytest.raises(UserError):
        next(blob for blob in contents.evidence if blob.name == s.PHOTO.name).content()
    target.unlink()
    with pytest.raises(UserError):
        paper.content()


def test_evidence_that_changes_while_it_is_packed_is_told(tmp_path: Path) -> None:
    source = tmp_path / "anh.jpg"
    source.write_bytes(b"before")
    blob = Blob("Ảnh.jpg", source)
    assert blob.marks.size == 6
    source.write_bytes(b"after!")
    with pytest.raises(UserError) as refused:
        package_bytes(s.contents(evidence=(blob,)))
    assert refused.value.findings[0].code == "package_file_changed"


def test_the_same_evidence_given_twice_is_packed_once() -> None:
    again = Blob(s.PAPER.name, s.PAPER.content())
    assert package_bytes(s.contents(evidence=(s.PHOTO, s.PAPER, again)), s.KEY) == s.good()


def test_a_head_that_was_altered_by_hand_is_not_packed() -> None:
    whole = s.contents()
    altered = whole.head.model_copy(update={"sequence": 0, "note": "a\u202eb"})
    with pytest.raises(UserError) as refused:
        package_bytes(dataclasses.replace(whole, head=altered))
    assert {finding.code for finding in refused.value.findings} == {"package_malformed"}


def test_a_missing_file_or_folder_is_told(tmp_path: Path) -> None:
    for place in (tmp_path / "khong-co.zip", tmp_path, Path("a\0b")):
        with pytest.raises(UserError) as refused:
            read_package(place, "goi.zip")
        assert refused.value.findings[0].code in {"package_missing", "package_unreadable"}
    with pytest.raises(UserError):
        package_bytes(s.contents(evidence=(Blob("a.pdf", tmp_path / "khong-co.pdf"),)))


@pytest.mark.parametrize(
    "name",
    [
        "Bảng.pdf",
        "a.exe",
        "a.xlsm",
        "../a.pdf",
        "con.pdf",
        ".pdf",
        "A.pdf",
        "a b.pdf",
        "a.pdf.",
        "",
    ],
)
def test_files_for_people_bear_plain_names_only(name: str) -> None:
    with pytest.raises(UserError) as refused:
        package_bytes(s.contents(files=(Blob(name, b"x"),)))
    assert {f.code for f in refused.value.findings} == {"package_file_name"}


@pytest.mark.parametrize("name", ["", "a/b.pdf", "..", "a\u202efdp.exe", "a\nb", "c:x", "a ", "."])
def test_evidence_bears_names_that_can_be_shown_and_saved(name: str) -> None:
    with pytest.raises(UserError) as refused:
        package_bytes(s.contents(evidence=(Blob(name, b"x"),)))
    assert {f.code for f in refused.value.findings} == {"package_file_name"}


@pytest.mark.parametrize("kind", Kind)
def test_the_size_is_told_before_and_is_never_told_too_small(kind: Kind) -> None:
    contents = s.contents(kind)
    told = estimate(contents)
    size = len(package_bytes(contents, s.KEY))
    assert size <= told.total <= size * 1.1 + 400
    assert told.total == told.texts + told.files + told.evidence


def test_the_estimate_does_not_read_the_evidence(tmp_path: Path) -> None:
    large = tmp_path / "phim.mp4"
    with large.open("wb") as stream:
        stream.truncate(400_000_000)
    told = estimate(s.contents(evidence=(Blob("Phim.mp4", large),)))
    assert 400_000_000 < told.evidence < 400_001_000


# ------------------------------------------------------------------ laws

_words = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cn"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    max_size=12,
)
_ids = st.text("abcu123.I-ăê", min_size=1, max_size=6)
_numbers = st.one_of(
    st.integers(-(10**6), 10**6),
    st.decimals(-1000, 1000, places=3, allow_nan=False).map(Decimal),
    st.integers(2**53, 2**60),
)
_entries = st.fixed_dictionaries(
    {"unit": _ids, "criterion": _ids},
    optional={
        "round": _words,
        "points": _numbers,
        "reason": _words,
        "evidence": st.integers(0, 9),
        "figures": st.dictionaries(
            _ids, _numbers | _words | st.booleans() | st.dates(), max_size=3
        ),
    },
)
_facts = st.fixed_dictionaries(
    {
        "schema": st.just("bangvang-facts/1"),
        "units": st.lists(st.fixed_dictionaries({"id": _ids, "name": _words}), max_size=3),
        "entries": st.lists(_entries, max_size=6),
    },
    optional={
        "parameters": st.dictionaries(_ids, _numbers | _words | st.booleans(), max_size=3),
        "decisions": st.lists(st.dictionaries(_ids, _words, max_size=3), max_size=2),
    },
)
_blobs = st.lists(
    st.builds(Blob, st.sampled_from(["a.pdf", "Ảnh 1.jpg", "Bìa.png"]), st.binary(max_size=40)),
    max_size=3,
    unique_by=lambda blob: blob.name,
)
_leaves = st.none() | st.booleans() | _words | st.integers(-(2**53) + 1, 2**53 - 1)
_rows = st.lists(_leaves, max_size=3) | st.dictionaries(_words, _leaves, max_size=3)
_trees = _leaves | _rows | st.lists(_rows, max_size=2) | st.dictionaries(_words, _rows, max_size=2)
_documents = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True).filter(
        lambda name: not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name)
    ),
    st.dictionaries(_ids, _trees, max_size=3).map(lambda t: {**t, "schema": "some/1"}),
    max_size=2,
)


@settings(max_examples=60 * DOSE)
@given(facts=_facts, evidence=_blobs, documents=_documents, note=_words, signed=st.booleans())
def test_whatever_is_written_reads_back_and_writes_to_equal_bytes(
    facts: dict[str, Any],
    evidence: list[Blob],
    documents: dict[str, Any],
    note: str,
    signed: bool,
) -> None:
    contents = s.contents(
        Kind.SELF_SCORE, facts=facts, evidence=tuple(evidence), documents=documents, files=()
    )
    contents = dataclasses.replace(contents, head=contents.head.model_copy(update={"note": note}))
    key = s.KEY if signed else None
    package = package_bytes(contents, key)
    status = s.read(package)
    assert status.intact, status.problems
    again = status.contents
    assert isinstance(again, Contents)
    assert payload_bytes(again.facts or {}) == payload_bytes(facts)
    assert package_bytes(again, key) == package


def test_every_title_of_a_kind_is_vietnamese_and_none_stands_twice() -> None:
    titles = [rule.title for rule in KIND_RULES.values()]
    assert len(set(titles)) == len(Kind)
    assert all(folded(title) != title.casefold() for title in titles)
