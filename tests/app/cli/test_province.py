"""``bangvang province``: a department of two clusters on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from app.__main__ import run
from app.exchange.packages import Kind
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.province.folder import at_cluster, at_province
from app.operations.workspace.years import open_year, year_record
from app.persistence import books
from app.rules.document import dump_tree
from tests.app.operations.province.post import Leader, judge, key
from tests.app.operations.province.worlds import CLUSTERS, fill_cluster, make_province, table

Call = Callable[..., str]
AN, BINH = "Nguyễn An", "Lê Bình"


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command of the province; answers and findings in one text."""

    def call_(verb: str, *words: object, code: int = 0) -> str:
        found = run([str(word) for word in ("province", verb, tmp_path / "so", *words)])
        out, err = capsys.readouterr()
        assert found == code, out + err
        return out + err

    return call_


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The result of the first cluster, as its leader sends it."""
    folder = make_province(tmp_path / "noi-khac", CLUSTERS[:1])
    with at_province(folder) as province:
        fill_cluster(province, 1)
    leader = Leader.of(1, folder / "cum" / "k01", tmp_path)
    with leader.workspace:
        return leader.sends().file


@pytest.fixture
def office(call: Call, package: Path) -> Call:
    """A department that has taken the first of its two clusters in."""
    new = ("--by", "Trần Sở", "--year", 2026)
    call("new", *new, "--cluster", "k01=Cụm thi đua số 1", "--cluster", "k02=Cụm thi đua số 2")
    call("trust", package, "--fingerprint", key(1).public.fingerprint)
    assert "Sở sẽ lập sổ của cụm, khối từ gói này" in call("take", package)
    assert "đã có 0/2" in call("status").lower()
    call("take", package, "--apply")
    return call


def test_who_has_sent_and_who_is_late_is_listed(office: Call) -> None:
    office("due", "2026-12-15")
    said = office("status", "--on", "2026-12-21")
    assert "Đã có 1/2 cụm, khối gửi kết quả; chưa gửi: Cụm thi đua số 2 (trễ hạn 1)." in said
    assert (
        "k01  Cụm thi đua số 1: đã gửi (gửi trễ hạn), 8 đơn vị, hạn 15/12/2026, gửi 20/12/2026"
        in said
    )
    assert "k02: Cụm thi đua số 2" in office("list")
    assert "k03: Cụm mới" in office("list", "--cluster", "k03=Cụm mới")


def test_the_table_the_quotas_and_the_base_of_the_flag(office: Call) -> None:
    said = " ".join(office("table").split())
    assert "Đơn vị 1 cụm 1" in said
    office("quota", "co_tinh", 0)
    assert "vượt chỉ tiêu 0 của toàn tỉnh 1" in office("status")
    assert "Không bảng tiêu chí nào" in office("quota", "co_la", 2, code=1)
    office("flag-base", 17, "--reason", "HD 12/SNV")
    assert "= 3,4" in " ".join(office("table").split())


def test_the_risk_says_why_and_compare_says_that_it_is_no_result(
    office: Call, tmp_path: Path
) -> None:
    said = office("risk", "--most", 2, "--cluster", "k01")
    assert said.startswith("1. Đơn vị 1 cụm 1 (Cụm thi đua số 1), tiêu chí I.1.")
    assert "Nêu 2/32 ô." in said
    compared = office("compare")
    assert compared.startswith("Chỉ để phân tích, tham khảo; không phải kết quả chấm điểm")
    assert "chưa chấm lại ô nào" in compared
    said = office("compare", "--out", tmp_path / "so-sanh", "--form", "txt")
    (file,) = (tmp_path / "so-sanh").iterdir()
    assert file.name in said
    assert "Chỉ để phân tích" in " ".join(file.read_text(encoding="utf-8").split())


def test_two_appraisers_in_copies_and_a_conflict(office: Call, tmp_path: Path) -> None:
    said = office("divide", "--share", f"{AN}::I", "--share", f"{BINH}::II")
    assert f"{AN}: mọi cụm, khối, tiêu chí I" in said
    assert "Hai người cùng thẩm định" in office(
        "divide", "--share", "A::", "--share", "B::", code=1
    )
    (tmp_path / "mk.txt").write_text("mật khẩu thật dài của Sở", encoding="utf-8")
    files = []
    for place, (who, points) in enumerate(((AN, 30), (BINH, 35))):
        copied = tmp_path / f"ban-{place}"
        office("copy", who, "--out", copied)
        with at_province(copied) as copy, at_cluster(copy, "k01") as desk:
            judge(desk, "k01_1", "I.1", points)
        secret = ("--key", tmp_path / f"{place}.khoa", "--passphrase-file", tmp_path / "mk.txt")
        words = ["package", "key", *secret[1:2], *secret[2:]]
        assert run([str(word) for word in words]) == 0
        line = ["province", "return", copied, "--out", tmp_path / f"goi-{place}", *secret]
        assert run([str(w) for w in [*line, "--sender", who, "--to", "Sở Nội vụ", "--bare"]]) == 0
        (file,) = (tmp_path / f"goi-{place}").glob("k01-tham-dinh-so-*.bvg")
        files.append(file)
    for file in files:
        refused = office("merge", file, code=1)
        assert "Gọi điện cho" in refused
        fingerprint = _fingerprint(file)
        office("trust", file, "--fingerprint", fingerprint)
    office("merge", files[0], "--apply")
    said = office("merge", files[1])
    assert "Hai bên cùng sửa, cần quyết định (1):" in said
    assert "không thuộc phần việc được phân công cho Lê Bình" in said
    assert "Chọn giữ của bên này" in office("merge", files[1], "--apply", code=1)
    assert "chỉ rõ khi nhận một gói" in office("merge", *files, "--ours", 1, code=1)
    assert office("merge", files[1], "--theirs", 2, "--apply", code=1)
    office("merge", files[1], "--theirs", 1, "--apply")
    assert points_of(tmp_path / "so", "k01_1", "I.1") == 35
    said = office("untake")
    assert "Cụm thi đua số 1: Nhận gói “Thẩm định” của Lê Bình" in said
    assert points_of(tmp_path / "so", "k01_1", "I.1") == 35
    assert "Đã hoàn tác ở 1 cụm, khối." in office("untake", "--cluster", "k01", "--apply")
    assert points_of(tmp_path / "so", "k01_1", "I.1") == 30
    assert "Không có cụm, khối này" in office("untake", "--cluster", "k77", code=1)


def points_of(folder: Path, unit: str, code: str) -> int:
    """What the department has for a cell."""
    with at_province(folder) as province, at_cluster(province, unit.partition("_")[0]) as desk:
        entry = desk.workspace.one(books.ENTRIES, unit, code, "department", None, period="2026")
        assert entry is not None
        assert entry.points is not None
        return int(entry.points)


def test_a_package_under_a_passphrase_is_opened_by_it(office: Call, tmp_path: Path) -> None:
    folder = make_province(tmp_path / "noi-hai", CLUSTERS[:2])
    with at_province(folder) as province:
        fill_cluster(province, 2)
    leader = Leader.of(2, folder / "cum" / "k02", tmp_path)
    with leader.workspace:
        envelope = Envelope(leader.name, "Sở Nội vụ")
        order = Order(Kind.FOR_APPRAISAL, papers=False)
        lock = Lock(passphrase="bốn từ chẳng liên quan")
        file = send(leader.desk, order, envelope, key(2), tmp_path / "khoa", lock).file
    (tmp_path / "mo.txt").write_text("bốn từ chẳng liên quan\n", encoding="utf-8")
    opened = ("--unlock-file", tmp_path / "mo.txt")
    office("trust", file, "--fingerprint", key(2).public.fingerprint, *opened)
    office("take", file, "--apply", code=1)
    office("take", file, "--apply", *opened)
    assert "Đã có 2/2 cụm, khối gửi kết quả." in office("status")


def test_with_two_open_years_one_is_named(office: Call, tmp_path: Path) -> None:
    with at_province(tmp_path / "so") as province:
        open_year(province.desk.workspace, "Trần Sở", year_record("2027"))
    assert "Nêu rõ một năm: 2026, 2027." in office("status", code=1)
    assert "Đã có 1/2 cụm, khối gửi kết quả" in office("status", "--year", 2026)
    office("list", "--cluster", "k01=Cụm thi đua số 1", "--year", 2027, "--by", "Trần Sở")
    assert "Đã có 0/1 cụm, khối gửi kết quả" in office("status", "--year", 2027)


def test_the_appraisal_is_handed_in_and_returned_and_who_is_missing_is_named(
    office: Call, tmp_path: Path
) -> None:
    (tmp_path / "mk.txt").write_text("mật khẩu thật dài của Sở", encoding="utf-8")
    secret = [str(tmp_path / "so.khoa"), "--passphrase-file", str(tmp_path / "mk.txt")]
    assert run(["package", "key", *secret]) == 0
    office("due", "2026-12-15")
    signing = ("--key", *secret, "--sender", "Sở Nội vụ", "--bare", "--on", "2026-12-21")
    said = office("return", "--out", tmp_path / "goi", *signing, "--hand-in")
    assert re.search(r"k01-tham-dinh-so-\d+\.bvg", said)
    assert "Cụm thi đua số 2: trễ hạn, chưa gửi kết quả" in said
    assert "k01  Cụm thi đua số 1: đã thẩm định" in office("status")
    said = office("return", "--out", tmp_path / "goi", *signing)
    assert "Cụm thi đua số 1: đã trả" in said
    assert "Đã ghi" not in said
    refused = office("return", "--out", tmp_path / "goi", "--cluster", "k02", *signing, code=1)
    assert "Cụm, khối này chưa gửi dữ liệu" in refused


def _fingerprint(file: Path) -> str:
    from app.operations.exchange.looking import opened_status

    found = opened_status(file, ()).key
    assert found is not None
    return found.fingerprint


def test_the_papers_of_the_province_and_its_workbook(office: Call, tmp_path: Path) -> None:
    said = office("report", "--out", tmp_path / "giay", "--form", "xlsx")
    assert "bang-toan-tinh.xlsx" in said
    book = openpyxl.load_workbook(tmp_path / "giay" / "bang-toan-tinh.xlsx")
    assert "Tình hình gửi" in book.sheetnames


def test_a_rule_pack_goes_to_every_cluster(office: Call, tmp_path: Path) -> None:
    (tmp_path / "mk.txt").write_text("mật khẩu thật dài của Sở", encoding="utf-8")
    (tmp_path / "bang.toml").write_text(dump_tree(table()), encoding="utf-8")
    secret = [str(tmp_path / "so.khoa"), "--passphrase-file", str(tmp_path / "mk.txt")]
    assert run(["package", "key", *secret]) == 0
    signing = ("--key", *secret, "--sender", "Sở Nội vụ", "--pack", tmp_path / "bang.toml")
    said = office("send", "--out", tmp_path / "goi", *signing)
    assert len(re.findall(r"k0\d-goi-quy-tac\.bvg", said)) == 2
    taken = office("rules")
    assert "Cụm thi đua số 1: đang chấm theo bảng đã gửi (gửi " in taken
    assert "Cụm thi đua số 2: đã gửi, chưa thấy cụm, khối dùng" in taken


def test_what_is_written_wrongly_is_told_in_vietnamese(office: Call, package: Path) -> None:
    assert "Viết dạng MÃ=TÊN" in office("list", "--cluster", "k04", code=1)
    assert "Viết dạng HỌ_TÊN:CỤM" in office("divide", "--share", ":k01", code=1)
    assert "Tệp này không phải gói thẩm định." in office("merge", package, code=1)
    assert "không thay đổi gì" in office("take", package, "--apply")
