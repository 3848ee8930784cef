"""The Word file around the words of a paper: the same bytes for the same paper.

The writer's own empty document is emptied further: what it brings along (a picture of itself,
styles of other tables, dates of its own) is no part of an office's paper.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from app.ground.text import composed
from app.reports.document import Document, issuer_of
from app.reports.word.markup import DECLARED
from app.reports.word.styles import FACE, LANGUAGE, STAND_IN, styles_markup

MAKER: Final = "Bảng Vàng"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_UNDATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_DATE: Final = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_KEPT_OF_FILE: Final = {"officeDocument", "core-properties", "extended-properties"}
_KEPT: Final = {"styles", "settings", "fontTable", "theme"}
"""What the file and its document lead to and keep; the rest of the empty file is dropped."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands in the margins of a section: the markup of its header and footer."""

    first_header: str
    header: str
    footer: str


class Package:
    """A Word file in the making."""

    def __init__(self, document: Document) -> None:
        self._file: Any = docx.Document()
        self._pictures = 0
        self._empty()
        self._settle()
        self._describe(document)

    def keep_picture(self, data: bytes) -> tuple[str, int]:
        """Puts an enhanced metafile into the file; gives its relation and its number."""
        self._pictures += 1
        name = PackURI(f"/word/media/image{self._pictures}.emf")
        part = Part(name, "image/x-emf", data, self._file.part.package)
        return self._file.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE), self._pictures

    def fill(self, body: str, margins: Sequence[Margin]) -> None:
        """Puts in the whole body, its sections with it, and what stands in their margins."""
        element = parse_xml(f"<w:body {DECLARED}>{body}</w:body>")
        document = self._file.element
        document.replace(document.body, element)
        for section, margin in zip(self._file.sections, margins, strict=True):
            for place, content in (
                (section.first_page_header, margin.first_header),
                (section.header, margin.header),
                (section.first_page_footer, margin.footer),
                (section.footer, margin.footer),
            ):
                place.is_linked_to_previous = False
                holder = place._element
                for child in list(holder):
                    holder.remove(child)
                holder.extend(list(parse_xml(f"<w:ftr {DECLARED}>{content}</w:ftr>")))

    def to_bytes(self) -> bytes:
        """The file with fixed times, its parts in one order."""
        raw = BytesIO()
        self._file.save(raw)
        out = BytesIO()
        with (
            zipfile.ZipFile(raw) as source,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
                info = zipfile.ZipInfo(name, _STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                info.create_system = 3
                target.writestr(info, source.read(name))
        return out.getvalue()

    def _empty(self) -> None:
        package = self._file.part.package
        for relations, kept in ((package.rels, _KEPT_OF_FILE), (self._file.part.rels, _KEPT)):
            for key in [key for key, found in relations.items() if _kind(found) not in kept]:
                del relations[key]

    def _settle(self) -> None:
        """Styles, settings, theme and table of fonts: one typeface and one language."""
        for relation in self._file.part.rels.values():
            part = relation.target_part
            match _kind(relation):
                case "styles":
                    part._element = parse_xml(styles_markup())
                case "settings":
                    part._element = parse_xml(_settings())
                case "fontTable":
                    part._blob = _font_table().encode()
                case "theme":
                    part._blob = _one_face(part.blob)
        for relation in self._file.part.package.rels.values():
            if _kind(relation) == "extended-properties":
                relation.target_part._blob = _properties().encode()

    def _describe(self, document: Document) -> None:
        properties = self._file.core_properties
        day = _day_of(document)
        properties.title = composed(document.title)[:255]
        properties.author = composed(" ".join(issuer_of(document)))[:255]
        properties.subject = composed(" ".join(document.subject))[:255]
        properties.language = LANGUAGE
        properties.last_modified_by = MAKER
        properties.comments = ""
        properties.keywords = ""
        properties.revision = 1
        properties.created = properties.modified = day


def _kind(relation: Any) -> str:
    """The last word of what a relation is ("styles")."""
    return str(relation.reltype).rsplit("/", 1)[-1]


def _day_of(document: Document) -> dt.datetime:
    """The day of the paper, where one is written on it."""
    head = document.letterhead
    found = _DATE.search(head.place_and_date) if head else None
    if found is None:
        return _UNDATED
    return dt.datetime(int(found[3]), int(found[2]), int(found[1]), tzinfo=dt.UTC)


def _settings() -> str:
    return (
        f'<w:settings {DECLARED}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts {DECLARED}><w:font w:name="{FACE}"><w:altName w:val="{STAND_IN}"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _one_face(theme: bytes) -> bytes:
    """The theme with one typeface for headings and body."""
    return re.sub(
        rb'(<a:(?:latin|ea|cs) typeface=")[^"]*"', rb"\g<1>" + FACE.encode() + b'"', theme
    )


def _properties() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{space}"><Application>{MAKER}</Application></Properties>'
    )
