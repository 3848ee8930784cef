"""Reads the printed letters and the metadata of a PDF file that came in.

``printed(pdf) -> Printed`` follows the content of each page in its order and gathers what is
shown as text, except what is marked as an artifact (page numbers, repeated heads). It reads what
the program itself prints: type with one byte for a letter and a table back to Unicode. Whatever
else a file shows (other type, hidden text, pictures, notes, scripts) is told as ``additions`` or
leaves ``letters`` unknown; nothing of it is run.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from app.exchange.pdf.opening import BROKEN, LARGEST, refused, unreadable

MOST_CONTENT: Final = 64 << 20
"""Decoded bytes of a stream beyond which it is not unpacked."""
MOST_PAGES: Final = 2000
HIDDEN: Final = (3, 7)
"""Ways of showing text that leave no ink."""
UNKNOWN: Final = "\ufffd"
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,8})>")
_FAULTS: Final = (pikepdf.PdfError, zlib.error, *BROKEN)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a file shows. ``letters`` is ``None`` where the content cannot be followed.

    ``asides`` are the letters of artifacts: page numbers, repeated heads, the content code.
    ``additions`` are the Vietnamese names of things that the program never puts on a paper.
    """

    pages: int
    letters: str | None
    asides: str
    metadata: bytes
    additions: tuple[str, ...]


def printed(pdf: bytes) -> Printed:
    """Reads the file; raises ``UserError`` where it is no PDF, locked, broken or too large."""
    if len(pdf) > LARGEST:
        raise refused(
            "pdf_too_large",
            f"Tệp PDF lớn hơn {LARGEST >> 20} MB.",
            "Chọn đúng tệp văn bản do chương trình lập.",
        )
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as file:
            pages = len(file.pages)
            shown = _letters(file)
            letters = None if shown is None else "".join(t for t, aside in shown if not aside)
            asides = "".join(text for text, aside in shown or () if aside)
            return Printed(pages, letters, asides, _metadata(file), tuple(_additions(file)))
    except pikepdf.PasswordError as fault:
        raise refused(
            "pdf_locked",
            "Tệp PDF đặt mật khẩu hoặc bị khóa.",
            "Bỏ mật khẩu bằng chương trình đã đặt nó rồi làm lại.",
        ) from fault
    except _FAULTS as fault:
        raise unreadable() from fault


def _metadata(file: pikepdf.Pdf) -> bytes:
    found = file.Root.get("/Metadata")
    return _decoded(found) or b"" if isinstance(found, pikepdf.Stream) else b""


def _letters(file: pikepdf.Pdf) -> list[tuple[str, bool]] | None:
    if len(file.pages) > MOST_PAGES:
        return None
    gathered: list[tuple[str, bool]] = []
    for page in file.pages:
        content = _content(page)
        if content is None:
            return None
        try:
            parsed = pikepdf.parse_content_stream(pikepdf.Stream(file, content))
            gathered += _shown(parsed, _fonts(page))
        except _FAULTS:
            return None
    return gathered


def _content(page: pikepdf.Page) -> bytes | None:
    found: Any = page.obj.get("/Contents")
    streams = [found] if isinstance(found, pikepdf.Stream) else list(found or ())
    parts = [_decoded(stream) for stream in streams]
    return None if None in parts else b"\n".join(part for part in parts if part is not None)


def _decoded(stream: Any) -> bytes | None:
    """The content of a stream; ``None`` where it is packed another way or unpacks to too much."""
    if not isinstance(stream, pikepdf.Stream):
        return None
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    names = [] if filters is None else filters if isinstance(filters, pikepdf.Array) else [filters]
    if not names:
        return raw
    if [str(name) for name in names] != ["/FlateDecode"] or "/DecodeParms" in stream:
        return None
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(raw, MOST_CONTENT)
    return None if unpacking.unconsumed_tail else data


def _fonts(page: pikepdf.Page) -> dict[str, Mapping[int, str]]:
    """The letters of each font of the page by their bytes."""
    resources: Any = page.obj.get("/Resources") or {}
    fonts: Any = resources.get("/Font") or {}
    return {str(name): _table(fonts[name]) for name in fonts}


def _table(font: Any) -> dict[int, str]:
    table = _decoded(font.get("/ToUnicode")) or b""
    return {
        int(code, 16): bytes.fromhex(letters.decode("ascii")).decode("utf-16-be", "replace")
        for code, letters in _PAIR.findall(table)
        if len(letters) % 4 == 0
    }


def _shown(parsed: Any, fonts: Mapping[str, Mapping[int, str]]) -> Iterator[tuple[str, bool]]:
    """Letters in the order of the content, and whether they are an artifact."""
    table: Mapping[int, str] = {}
    mode = 0
    kept: list[tuple[Mapping[int, str], int]] = []
    marked: list[bool] = []
    for operands, operator in parsed:
        match str(operator):
            case "q":
                kept.append((table, mode))
            case "Q" if kept:
                table, mode = kept.pop()
            case "Tf":
                table = fonts.get(str(operands[0]), {})
            case "Tr":
                mode = int(operands[0])
            case "BMC" | "BDC":
                marked.append(str(operands[0]) == "/Artifact")
            case "EMC" if marked:
                marked.pop()
            case "Tj" | "'" | '"' | "TJ" if mode not in HIDDEN:
                yield _text(operands[-1], table), any(marked)


def _text(shown: Any, table: Mapping[int, str]) -> str:
    parts = shown if isinstance(shown, pikepdf.Array | list) else [shown]
    return "".join(
        table.get(code, UNKNOWN)
        for part in parts
        if isinstance(part, pikepdf.String)
        for code in bytes(part)
    )


def _additions(file: pikepdf.Pdf) -> Iterator[str]:
    root: Any = file.Root
    names: Any = root.get("/Names") or {}
    pages = [page.obj for page in file.pages][:MOST_PAGES]
    action: Any = root.get("/OpenAction")
    runs = isinstance(action, pikepdf.Dictionary) and action.get("/S") != "/GoTo"
    if "/JavaScript" in names or runs or "/AA" in root or any("/AA" in page for page in pages):
        yield "lệnh tự chạy (mã JavaScript hoặc thao tác tự động)"
    if "/EmbeddedFiles" in names:
        yield "tệp đính kèm"
    notes = [note for page in pages for note in page.get("/Annots") or ()]
    if any(note.get("/Subtype") != "/Widget" or note.get("/FT") != "/Sig" for note in notes):
        yield "chú thích hoặc ô điền"
    if any(_has_pictures(page) for page in pages):
        yield "hình chèn thêm"


def _has_pictures(page: Any) -> bool:
    resources: Any = page.get("/Resources") or {}
    return bool(resources.get("/XObject"))
