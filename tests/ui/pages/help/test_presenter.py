"""The help as pages that can be found, and that hold together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.ground.paths import resources_folder
from ui.pages.help.presenter import GLOSSARY, INDEX, Help, slug, target_of, topic_of
from ui.places import PageId

FILES = sorted((resources_folder() / "help").glob("*.md"))


def made(folder: Path, **texts: str) -> Help:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return Help(folder)


@pytest.mark.parametrize("page", PageId)
def test_every_page_has_its_text(page: PageId) -> None:
    assert Help().topic(page.value).id == page.value


def test_topics_stand_in_the_order_of_the_year() -> None:
    ids = [topic.id for topic in Help().topics]
    assert ids[0] == INDEX
    assert ids[-1] == GLOSSARY
    known = [page.value for page in PageId if page.value in ids and page is not PageId.HELP]
    assert [name for name in ids if name in known] == known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_link_leads_to_a_heading_that_is_there(file: Path) -> None:
    help_ = Help()
    for link in re.findall(r"\]\(([^)]+)\)", file.read_text(encoding="utf-8")):
        target = target_of(link)
        assert target is not None, f"{link} leads outside"
        topic, heading = target[0] or file.stem, target[1]
        assert help_.has(topic), link
        if heading:
            assert heading in {slug(s.heading) for s in help_.topic(topic).sections}, link


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_text_has_one_title_and_headings_below_it(file: Path) -> None:
    topic = topic_of(file.stem, file.read_text(encoding="utf-8"))
    levels = re.findall(r"^(#+) ", topic.markdown, re.MULTILINE)
    assert levels[0] == "#"
    assert levels.count("#") == 1
    assert len(levels) >= 4


def test_words_are_found_without_accents_in_titles_before_text(tmp_path: Path) -> None:
    help_ = made(
        tmp_path,
        index="# Đầu trang\n\nĐây nói về khôi phục và sao lưu của sổ.\n",
        settings="# Cài đặt\n\n## Khôi phục\n\nBấm nút.\n\n## Sao lưu\n\nKhông có gì.\n",
    )
    hits = help_.find("KHOI phuc")
    assert [(hit.topic, hit.heading) for hit in hits[:2]] == [
        ("settings", "Khôi phục"),
        ("index", "Đầu trang"),
    ]
    assert "khôi phục và sao lưu" in hits[1].snippet


def test_all_words_must_stand_there(tmp_path: Path) -> None:
    help_ = made(tmp_path, index="# A\n\nkhế chua\n\n## B\n\nkhế ngọt\n")
    assert [hit.heading for hit in help_.find("khe ngot")] == ["B"]
    assert help_.find("khe xyz") == ()
    assert help_.find("   ") == ()


def test_a_snippet_is_cut_at_words_and_has_no_marks(tmp_path: Path) -> None:
    long = "chữ " * 60 + "[kim](b.md) **châm** " + "nữa " * 60
    (hit,) = made(tmp_path, index=f"# A\n\n{long}\n").find("kim cham")
    assert "kim châm" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 170


def test_the_same_letters_in_another_composition_are_found(tmp_path: Path) -> None:
    help_ = made(tmp_path, index="# A\n\nHo\u00e0n ta\u0301c\n")
    assert help_.find("hoàn tác")


def test_a_result_links_to_its_headings(tmp_path: Path) -> None:
    help_ = made(tmp_path, index="# A\n\n## Hoàn tác, làm lại\n\nBấm Ctrl+Z.\n")
    assert "(index.md#hoan-tac-lam-lai)" in help_.result("hoan tac")
    assert help_.result("xyz").startswith("# Không thấy “xyz”")


def test_an_unknown_topic_is_the_first_page() -> None:
    assert Help().topic("khong-co").id == INDEX
    assert Help().topic(None).id == INDEX


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("start.md", ("start", "")),
        ("start.md#mo-so", ("start", "mo-so")),
        ("#mo-so", ("", "mo-so")),
        ("https://example.org/a.md", None),
        ("../secret.md", None),
        ("file:///etc/passwd", None),
    ],
)
def test_links_stay_inside(link: str, target: tuple[str, str] | None) -> None:
    assert target_of(link) == target


def test_the_words_of_the_field_stand_in_the_order_of_the_dictionary() -> None:
    lines = [s for s in Help().topic(GLOSSARY).markdown.splitlines() if s.startswith("- **")]
    words = [line.split("**")[1] for line in lines]
    assert len(words) > 40
    assert (
        words.index("Bảng tiêu chí")
        < words.index("Cách chấm")
        < words.index("Điểm thưởng, điểm trừ")
    )
    assert words.index("Điểm thưởng, điểm trừ") < words.index("Đơn vị thành viên")
