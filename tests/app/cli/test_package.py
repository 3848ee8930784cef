"""``bangvang package``: keys, sending, looking, taking in, beginning out of a package."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from app.__main__ import run
from app.exchange.packages import SigningKey
from app.operations.exchange import keyring

from .test_workspace import Call, call, pack, year

__all__ = ["call", "pack", "year"]

Package = Callable[..., str]
PASS = "bốn từ không liên quan"


@pytest.fixture
def package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Package:
    """Runs a command of packages in the test's folder; ``code``: the exit."""

    def call_(*words: object, code: int = 0) -> str:
        found = run(["package", *map(str, words)])
        out, err = capsys.readouterr()
        assert found == code, out + err
        return out + err

    (tmp_path / "mat-khau").write_text(PASS, encoding="utf-8")
    return call_


@pytest.fixture
def quick_key(monkeypatch: pytest.MonkeyPatch) -> str:
    """Any key file opens to one key at once: in truth it takes a second each time, on purpose.

    Returns its fingerprint.
    """
    key = SigningKey.of_seed(bytes([5]) * 32)
    monkeypatch.setattr(keyring, "open_key", lambda _file, _passphrase: key)
    return key.public.fingerprint


def test_a_key_is_made_once_and_tells_its_fingerprint(package: Package, tmp_path: Path) -> None:
    secret = ("--passphrase-file", tmp_path / "mat-khau")
    key = tmp_path / "don-vi.khoa"
    mark = fingerprint(package("key", key, *secret))
    assert package("fingerprint", key, *secret).strip() == mark
    assert "chỉ lập khóa một lần" in package("key", key, *secret, code=1)


def fingerprint(said: str) -> str:
    found = re.search(r"(?:\d{4} ){8}\d{4}", said)
    assert found is not None
    return found.group()


def test_a_result_goes_to_the_department_and_comes_back(
    package: Package, year: Call, tmp_path: Path, quick_key: str
) -> None:
    """One key signs for both houses."""
    mark, so, phong = quick_key, tmp_path / "so", tmp_path / "phong"
    secret = ("--passphrase-file", tmp_path / "mat-khau")
    key = tmp_path / "don-vi.khoa"
    for unit in ("u1", "u2"):
        year("enter", "--unit", unit, "--criterion", "I.2", "--round", "self", "--points", "18")
    year("round", "submit", "self", "--on", "2026-11-20")
    year("round", "submit", "cluster", "--on", "2026-11-20")

    assert "số liệu" in package("estimate", so, "--kind", "for-appraisal")
    assert "không thuộc các lựa chọn" in package("estimate", so, "--kind", "thu", code=1)
    made = package(
        *("make", so, "--kind", "for-appraisal", "--key", key, "--out", tmp_path / "gui"),
        *("--as", "Sở Một", "--to", "Sở Nội vụ", *secret),
    )
    assert "Gửi gói “Kết quả gửi thẩm định” cho Sở Nội vụ" in made
    (sent,) = (tmp_path / "gui").glob("*.bvg")

    other = "0000 " * 8 + "0000"
    begin = ("begin", sent, "--folder", phong, "--by", "Trần Lan", "--fingerprint")
    assert "khác với dấu khóa" in package(*begin, other, code=1)
    assert "Đã lập sổ làm việc" in package(*begin, mark)
    assert f"Sở Một: {mark}, Trần Lan xác nhận" in package("senders", phong)
    assert "Gói này đã được nhận" in package("look", phong, sent)
    assert "đã được nhận trước đây" in package("take", phong, sent)

    score = ["--unit", "u1", "--criterion", "I.2", "--round", "department", "--points", "17"]
    run(["workspace", "enter", str(phong), *score, "--reason", "đối chiếu"])
    package(
        *("make", phong, "--kind", "appraisal", "--key", key, "--out", tmp_path / "ve"),
        *("--as", "Sở Nội vụ", "--no-papers", *secret),
    )
    (back,) = (tmp_path / "ve").glob("*.bvg")

    assert "khóa ký chưa được xác nhận" in package("look", so, back, code=1)
    package("confirm", so, back, "--fingerprint", mark)
    seen = package("look", so, back)
    assert (
        "1. Sở Một, tiêu chí I.2 “Tiêu chí I.2” (Thẩm định): trống → 17, lý do: đối chiếu." in seen
    )
    assert "Tính lại từ số liệu cho đúng kết quả" in seen

    year(
        *("enter", "--unit", "u1", "--criterion", "I.2", "--round", "department"),
        *("--points", "16", "--reason", "theo thư"),
    )
    assert "cần quyết định (1)" in package("look", so, back)
    assert "Chọn giữ của bên này" in package("take", so, back, code=1)
    assert "từ 1 đến 1" in package("take", so, back, "--theirs", 2, code=1)
    assert "giữ 0" in package("take", so, back, "--theirs", 1)
    assert "→ 17" in year("journal")

    listed = package("list", so).splitlines()
    assert [line.split(" gói")[0] for line in listed] == ["Đã gửi", "Đã nhận"]
    assert "Chưa xác nhận" in package("retire", so, "Sở Ba", "--reason", "x", code=1)
    package("retire", so, "Sở Nội vụ", "--reason", "mất máy")
    assert package("senders", so).strip() == "Chưa xác nhận nơi gửi nào."


def test_an_agency_answers_a_request_without_a_workspace(
    package: Package, year: Call, tmp_path: Path, quick_key: str
) -> None:
    so, secret = tmp_path / "so", ("--passphrase-file", tmp_path / "mat-khau")
    key = tmp_path / "don-vi.khoa"
    for unit in ("u1", "u2"):
        year("enter", "--unit", unit, "--criterion", "I.2", "--round", "self", "--points", "18")
    year("round", "submit", "self", "--on", "2026-11-20")
    ask = ("make", so, "--kind", "figures-request", "--key", key, "--out", tmp_path, *secret)
    assert "Chưa rõ đề nghị" in package(*ask, "--as", "Sở Một", code=1)
    package(*ask, "--as", "Sở Một", "--agency", "Cục Thuế", "--criterion", "I.1")
    (request,) = tmp_path.glob("*.bvg")

    form = tmp_path / "phieu.xlsx"
    package("form", request, "--out", form)
    reply = ("answer", request, form, "--key", key, "--as", "Cục Thuế", "--out", tmp_path / "ve")
    assert "Phiếu chưa có câu trả lời nào" in package(*reply, *secret, code=1)
    book = openpyxl.load_workbook(form)
    for row in book.active.iter_rows(min_row=4):
        row[6].value = {"plan": 100, "actual": 80}[row[2].value]
    book.save(form)
    package(*reply, *secret)
    (back,) = (tmp_path / "ve").glob("*.bvg")
    package("confirm", so, back, "--fingerprint", quick_key)
    assert "Kế hoạch 100, Thực hiện 80" in package("look", so, back)
    assert "Nhận gói “Cung cấp số liệu” của Cục Thuế" in package("take", so, back)
    assert "Không có gì phải thay đổi" in package("fill", so, request, form)


def test_a_file_that_is_no_package_is_told(package: Package, year: Call, tmp_path: Path) -> None:
    assert "không phải gói dữ liệu" in package(
        "look", tmp_path / "so", tmp_path / "mat-khau", code=1
    )
    assert "Không thấy tệp" in package("look", tmp_path / "so", tmp_path / "x.bvg", code=1)
