"""The help as pages, headings and words to be found; without Qt.

A topic is a Markdown file of ``resources/help`` under the id of its page, or the list of words that
is made from the glossary. Words are found whatever their accents, in headings before text.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from app.ground.paths import data_folder, resources_folder
from app.ground.text import composed, dictionary_key
from ui.places import PageId

INDEX: Final = "index"
GLOSSARY: Final = "glossary"
ORDER: Final[tuple[str, ...]] = (
    INDEX,
    *(page.value for page in PageId if page is not PageId.HELP),
    PageId.HELP.value,
    GLOSSARY,
)
"""The topics in the year's order; any other file stands before the list of words."""

_HEADING: Final = re.compile(r"^(#{1,4})\s+(.+?)\s*#*$")
_MARKS: Final = re.compile(r"\*{1,2}|__|`|^\s*(?:[-*+]|\d+[.)])\s+|^\s*>\s?", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SNIPPET: Final = 150


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the paragraphs under it, as they are read (without marks)."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the help."""

    id: str
    title: str
    markdown: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: its topic, the heading there, and some text around."""

    topic: str
    title: str
    heading: str
    snippet: str
    weight: int


class Help:
    """All topics, read once; ``folder`` holds the Markdown files."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources_folder() / "help"

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics in the year's order."""
        found = {file.stem: _read(file) for file in sorted(self._folder.glob("*.md"))}
        words = glossary()
        found[GLOSSARY] = topic_of(GLOSSARY, words)
        last = len(ORDER) - 1

        def place(topic: Topic) -> tuple[float, object]:
            known = ORDER.index(topic.id) if topic.id in ORDER else last - 0.5
            return known, dictionary_key(topic.title)

        return tuple(sorted(found.values(), key=place))

    def topic(self, wanted: str | None) -> Topic:
        """The topic with this id, or the first page of the help."""
        by_id = {topic.id: topic for topic in self.topics}
        return by_id.get(wanted or INDEX) or by_id.get(INDEX) or self.topics[0]

    def has(self, wanted: str) -> bool:
        """Whether there is such a topic."""
        return any(topic.id == wanted for topic in self.topics)

    def find(self, words: str) -> tuple[Hit, ...]:
        """Where all the words stand: in titles first, then in headings, then in the text."""
        wanted = _plain(words).split()
        if not wanted:
            return ()
        hits = [hit for topic in self.topics for hit in _hits(topic, wanted)]
        return tuple(sorted(hits, key=lambda hit: -hit.weight))

    def result(self, words: str) -> str:
        """What was found, as a page with links."""
        hits = self.find(words)
        said = words.strip()
        if not hits:
            return (
                f"# Không thấy “{said}”\n\n"
                "Thử một từ ngắn hơn, ví dụ **điểm**, **hoàn tác**, **sao lưu**. "
                "Không cần gõ dấu.\n"
            )
        lines = [f"# Tìm thấy “{said}” ở {len(hits)} chỗ\n"]
        for hit in hits:
            target = f"{hit.topic}.md#{slug(hit.heading)}"
            name = hit.title if hit.heading == hit.title else f"{hit.title}: {hit.heading}"
            lines.append(f"### [{_escaped(name)}]({target})\n\n{_escaped(hit.snippet)}\n")
        return "\n".join(lines)


def target_of(link: str) -> tuple[str, str] | None:
    """The topic and the heading's slug of a link of the help; ``None`` where it leads outside."""
    match = re.fullmatch(r"(?:\./)?([\w-]+)\.md(?:#(.*))?|#(.*)", link)
    if match is None:
        return None
    return match[1] or "", match[2] or match[3] or ""


def slug(heading: str) -> str:
    """How a link names a heading: "Hoàn tác, làm lại" → "hoan-tac-lam-lai"."""
    return "-".join(re.findall(r"[a-z0-9]+", _plain(heading)))


def topic_of(name: str, markdown: str) -> Topic:
    """A topic from its text."""
    text = composed(markdown)
    sections = tuple(_sections(text))
    title = sections[0].heading if sections else name
    return Topic(name, title, text, sections)


def glossary() -> str:
    """The list of words, made from the glossary, in the order of the dictionary."""
    file = data_folder() / "glossary.toml"
    terms = tomllib.loads(file.read_text(encoding="utf-8"))["terms"]
    told = {str(t["vietnamese"]): str(t["told"]) for t in terms if "told" in t}
    lines = [
        "# Từ ngữ",
        "Những từ mà chương trình dùng trên màn hình và trên giấy, mỗi từ một nghĩa.",
    ]
    for word in sorted(told, key=dictionary_key):
        lines.append(f"- **{word[:1].upper()}{word[1:]}**: {told[word]}")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:]) + "\n"


def _read(file: Path) -> Topic:
    return topic_of(file.stem, file.read_text(encoding="utf-8"))


def _sections(text: str) -> Iterator[Section]:
    heading = ""
    block: list[str] = []
    paragraphs: list[str] = []
    for line in (*text.splitlines(), "# "):
        match = _HEADING.match(line)
        if match is None and line.strip() not in ("", "#"):
            if re.match(r"\s*(?:[-*+]|\d+[.)])\s", line) and block:
                paragraphs.append(_bare(" ".join(block)))
                block = []
            block.append(line.strip())
            continue
        if block:
            paragraphs.append(_bare(" ".join(block)))
            block = []
        if match is not None or line == "# ":
            if heading or paragraphs:
                yield Section(heading, tuple(paragraphs))
            heading, paragraphs = (_bare(match[2]) if match else ""), []


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _hits(topic: Topic, wanted: Sequence[str]) -> Iterator[Hit]:
    for place, section in enumerate(topic.sections):
        heading = _plain(section.heading)
        best = ""
        for paragraph in section.paragraphs:
            if all(word in f"{heading} {_plain(paragraph)}" for word in wanted) and any(
                word in _plain(paragraph) for word in wanted
            ):
                best = _around(paragraph, wanted)
                break
        in_heading = all(word in heading for word in wanted)
        if not best and not in_heading:
            continue
        first = section.paragraphs[0] if section.paragraphs else ""
        weight = (4 if place == 0 else 2) * in_heading + _whole_words(section, wanted)
        yield Hit(topic.id, topic.title, section.heading, best or _cut(first), weight)


def _whole_words(section: Section, wanted: Sequence[str]) -> int:
    """Whether the words stand beside each other somewhere: that is rather what is meant."""
    phrase = " ".join(wanted)
    texts = (section.heading, *section.paragraphs)
    return int(any(re.search(rf"\b{re.escape(phrase)}\b", _plain(text)) for text in texts))


def _around(paragraph: str, wanted: Sequence[str]) -> str:
    plain = _plain(paragraph)
    at = min(found for word in wanted if (found := plain.find(word)) >= 0)
    begin = max(0, at - _SNIPPET // 3)
    if begin:
        begin = paragraph.find(" ", begin) + 1 or begin
    end = min(len(paragraph), begin + _SNIPPET)
    text = paragraph[begin:end]
    return ("… " if begin else "") + text.strip() + (" …" if end < len(paragraph) else "")


def _cut(text: str) -> str:
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rsplit(" ", 1)[0] + " …"


def _plain(text: str) -> str:
    """Lower case without accents, one letter for one letter, so that places stay."""
    letters = (unicodedata.normalize("NFD", c)[0] for c in composed(text))
    return "".join("d" if c in "đĐ" else (c.lower() if len(c.lower()) == 1 else c) for c in letters)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
