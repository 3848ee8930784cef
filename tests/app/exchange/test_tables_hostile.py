"""Files that are no tables, or want to do harm: one Vietnamese finding each, never a traceback."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.criteria_table import pack_tree, read_criteria_table
from app.exchange.score_table import entries_csv, read_score_table
from app.exchange.table_containers import Limits
from app.exchange.tables import read_table
from app.ground.findings import Finding, UserError
from app.rules.document import read_pack


def _refused(path: Path, **options: Any) -> Finding:
    with pytest.raises(UserError) as refusal:
        read_table(path, **options)
    (finding,) = refusal.value.findings
    assert finding.is_error
    assert path.name in finding.place
    assert str(path.parent) not in str(finding)
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")
    return finding


def _zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_RECORDS = (
    b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)  # a workbook begins
    + b"\x86\x00\x00\x00" + b"\x2f\x00\x04\x00" + bytes(4)  # write-protected, with a password
)  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "table_empty"),
        (b",,,\n,,,\n", "table_empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n...", "not_a_table"),
        (b"MZ\x90\x00", "not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_table"),
        (b'<?xml version="1.0"?><Workbook/>', "not_a_table"),
        (bytes(range(256)), "not_a_table"),
        (b"PK\x03\x04 no zip at all", "table_broken"),
        (_zipped({"a.txt": b"x"}), "not_a_table"),
        (_zipped({"word/document.xml": b"<w/>"}), "not_a_table"),
        (_zipped({"xl/workbook.bin": b"x"}), "not_a_table"),
        (_zipped({"xl/workbook.xml": b"<workbook"}), "table_broken"),
        (_zipped({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<m:encryption-data/>"}), "table_locked"),
        (COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "table_locked"),
        (COMPOUND + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500), "not_a_table"),
        (COMPOUND + bytes(504) + LOCKED_RECORDS + bytes(500), "table_locked"),
        (COMPOUND + bytes(600), "table_broken"),
        (COMPOUND + random.Random(7).randbytes(5000), "table_broken"),
    ],
)  # fmt: skip
def test_each_kind_of_wrong_file_gets_its_own_answer(files: Any, content: bytes, code: str) -> None:
    assert _refused(files.data(content, "bang.xlsx")).code == code


def test_a_file_that_is_missing_or_a_folder_is_told(tmp_path: Path) -> None:
    assert _refused(tmp_path / "khong-co.xlsx").code == "table_not_found"
    (tmp_path / "thu-muc.xlsx").mkdir()
    assert _refused(tmp_path / "thu-muc.xlsx").code == "table_not_found"


def test_a_file_above_the_limit_is_not_read(files: Any) -> None:
    path = files.text("Mã,Điểm\n" + "I,1\n" * 100)
    assert _refused(path, limits=Limits(bytes=100)).code == "table_too_large"
    assert _refused(path, limits=Limits(rows=50)).code == "table_too_large"
    assert _refused(path, limits=Limits(columns=1)).code == "table_too_large"
    assert _refused(path, limits=Limits(cells=150)).code == "table_too_large"


def test_a_sheet_above_the_limit_names_how_far_it_reaches(files: Any) -> None:
    finding = _refused(files.xlsx([[1, 2, 3]] * 20), limits=Limits(rows=10))
    assert finding.code == "table_too_large"
    assert "20 dòng" in finding.message
    assert "“Bảng”" in finding.place


def test_an_old_workbook_above_the_limit_is_told_too(files: Any) -> None:
    path = files.in_format(files.xlsx([[1, 2, 3]] * 20), "xls")
    assert "20 dòng" in _refused(path, limits=Limits(rows=10)).message


def test_a_zip_bomb_is_not_unpacked(files: Any) -> None:
    bomb = _zipped({"xl/workbook.xml": b"<workbook/>", "xl/media/a.png": bytes(80_000_000)})
    assert len(bomb) < 100_000
    assert _refused(files.data(bomb)).code == "table_too_large"


def test_the_sizes_that_a_zip_states_about_itself_are_not_believed(files: Any) -> None:
    """A member that unpacks to 80 MB is declared as 10 bytes in both places."""
    honest = _zipped({"xl/workbook.xml": b"<workbook/>", SHEET: bytes(80_000_000)})
    lying = honest.replace((80_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert _refused(files.data(lying)).code == "table_too_large"


def test_a_zip_with_a_member_that_does_not_match_its_checksum_is_broken(files: Any) -> None:
    path = files.xlsx([["Nội dung", "Điểm"]])
    content = path.read_bytes()
    crc = zlib.crc32(_members(path)["xl/workbook.xml"]).to_bytes(4, "little")
    assert _refused(files.data(content.replace(crc, b"\1\2\3\4"))).code == "table_broken"


def test_a_zip_that_is_locked_as_a_zip_is_told(files: Any) -> None:
    content = bytearray(_zipped({"xl/workbook.xml": b"<workbook/>"}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert _refused(files.data(bytes(content))).code == "table_locked"


def _with_sheet(path: Path, change: Any) -> bytes:
    members = _members(path)
    members[SHEET] = change(members[SHEET])
    return _zipped(members)


def test_one_stray_cell_at_the_far_end_does_not_fill_the_memory(files: Any) -> None:
    path = files.xlsx([["Nội dung", "Điểm"]])
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = _with_sheet(path, lambda xml: xml.replace(b"</sheetData>", far))
    finding = _refused(files.data(content))
    assert finding.code == "table_too_large"
    assert "1048576 dòng và 16384 cột" in finding.message


def test_one_long_text_shared_by_many_cells_does_not_fill_the_memory(files: Any) -> None:
    members = _members(files.xlsx([["x"]]))
    cells = b'<c t="s"><v>0</v></c>' * 300
    members[SHEET] = (
        b"<worksheet><sheetData>" + b"<row>%b</row>" % cells * 5 + b"</sheetData></worksheet>"
    )
    members["xl/sharedStrings.xml"] = b"<sst><si><t>%b</t></si></sst>" % (b"x" * 30_000)
    assert _refused(files.data(_zipped(members))).code == "table_too_large"


def test_xml_entities_that_multiply_are_refused(files: Any) -> None:
    path = files.xlsx([["Nội dung", "Điểm"]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = _with_sheet(path, lambda xml: bomb + xml)
    assert _refused(files.data(content)).code == "table_broken"


@pytest.mark.parametrize(
    "attributes",
    [
        'table:number-columns-repeated="99999999"',
        'table:number-columns-repeated="-5"',
        'table:number-columns-repeated="1e9"',
    ],
)
def test_cells_that_repeat_without_end_are_refused(files: Any, attributes: str) -> None:
    names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    cell = f'<table:table-cell office:value-type="float" office:value="1" {attributes}><text:p>1</text:p></table:table-cell>'
    body = f'<table:table table:name="B"><table:table-row table:number-rows-repeated="90000">{cell}</table:table-row></table:table>'
    content = f"<office:d {names}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:d>"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    path = files.data(_zipped({"mimetype": mimetype, "content.xml": content.encode()}), "b.ods")
    assert _refused(path).code in ("table_too_large", "table_broken")


def test_merged_ranges_that_overlap_without_end_are_refused(files: Any) -> None:
    path = files.xlsx([["a", "b"], ["c", "d"]], merges=["A1:B2"])
    content = _with_sheet(
        path,
        lambda xml: xml.replace(b"</mergeCells>", b'<mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    assert _refused(files.data(content)).code == "table_broken"


def test_numbers_that_are_none_do_not_pass_as_numbers(files: Any) -> None:
    path = files.xlsx([["Nội dung", "Điểm"], ["x", 12345]])
    for text in (b"NaN", b"inf", b"1e308"):
        content = _with_sheet(path, lambda xml, text=text: xml.replace(b"12345", text))
        table, _ = read_table(files.data(content))
        _, findings = read_criteria_table(table)
        assert {f.code for f in findings if f.is_error} & {"not_a_number", "number_too_long"}


# ------------------------------------------------------------------ laws


def _survives(path: Path) -> None:
    """Reading gives a table or a ``UserError``; nothing else ever leaves."""
    with contextlib.suppress(UserError):
        table, _ = read_table(path)
        described, _ = read_criteria_table(table)
        pack, _ = read_pack(pack_tree(described, "bang-thu", "Bảng thử"), "bang.toml")
        if pack is not None:
            entries_csv(read_score_table(table, pack.rules.criteria)[0])


SLOW = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=150,
)


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"I,"]))
@SLOW
def test_random_bytes_never_raise_anything_but_a_user_error(
    files: Any, content: bytes, head: bytes
) -> None:
    _survives(files.data(head + content))


@given(st.integers(0, 2**32))
@SLOW
def test_a_damaged_workbook_never_raises_anything_but_a_user_error(files: Any, seed: int) -> None:
    """Letters of the XML inside are struck, doubled or replaced; the zip itself stays sound."""
    chance = random.Random(seed)
    path = files.xlsx(
        [["STT", "Nội dung", "Điểm"], ["I", "Một", 12.5], [1, "Hai", "=C2"]], merges=["A1:A2"]
    )
    members = _members(path)
    for _ in range(chance.randint(1, 8)):
        name = chance.choice([SHEET] * 3 + ["xl/workbook.xml", "xl/styles.xml"])
        content = bytearray(members[name])
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.choice(b'0123456789<>"/=&; AZaz')
            case 1:
                del content[at : at + chance.randint(1, 20)]
            case _:
                content[at:at] = chance.choices(b'0123456789<>"', k=chance.randint(1, 6))
        members[name] = bytes(content)
    _survives(files.data(_zipped(members)))


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_a_damaged_file_of_the_other_formats_never_raises_anything_but_a_user_error(
    files: Any, ending: str
) -> None:
    source = files.in_format(files.xlsx([["STT", "Nội dung", "Điểm"], ["I", "Một", 2.5]]), ending)
    chance = random.Random(2)
    for _ in range(12 if ending == "xls" else 120):
        if ending == "xls":
            content = bytearray(source.read_bytes())
            for _ in range(chance.randint(1, 30)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        else:
            members = _members(source)
            xml = bytearray(members["content.xml"])
            for _ in range(chance.randint(1, 8)):
                at = chance.randrange(len(xml))
                xml[at : at + chance.randint(0, 5)] = chance.choices(b'0123456789<>"', k=3)
            members["content.xml"] = bytes(xml)
            content = bytearray(_zipped(members))
        _survives(files.data(bytes(content), f"hong.{ending}"))


WORDS = (
    "STT|Mã|Nội dung|Điểm|Điểm chuẩn|I|1|1.1|a)|-|+|Tổng cộng|I/1./2|10 điểm|1.250|12,5|-3"
    "|Cộng mục I|#REF!|a:b|Phần I: Kinh tế"
)
CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(WORDS.split("|")),
)


@given(st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=10))
@SLOW
def test_any_small_table_never_raises_anything_but_a_user_error(
    files: Any, rows: list[list[str | Decimal | None]]
) -> None:
    head: list[list[str | Decimal | None]] = [["STT", "Nội dung", "Điểm chuẩn", "Sở A", "Phần"]]
    for tried in (rows, head + rows):
        lines = ["\t".join("" if v is None else str(v) for v in row) for row in tried]
        _survives(files.text("\n".join(lines), encoding="utf-8", name="bang.csv"))
