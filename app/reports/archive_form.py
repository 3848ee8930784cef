"""The sheet on which papers are drawn: PDF/A-2b, with signature fields and bookmarks.

`PaperCanvas` is reportlab's canvas with what a paper for the archive needs besides ink: the sRGB
output intent, XMP metadata (`paper_metadata`), empty named signature fields, an outline in long
papers, and no date of its own. What is no part of the text (page numbers, repeated heads, the
mark of a draft, the code at the foot) is drawn inside ``aside()`` and marked as an artifact;
pictures are drawn inside ``picture()``. A reader can so tell the letters of the paper from the
rest, and the letters are gathered for the digest in the metadata while they are drawn.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.lib.utils import asBytes
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from app.ground.text import composed
from app.reports.paper_metadata import letters_digest
from app.reports.press import Flowable

PROFILE: Final = Path(__file__).resolve().parents[2] / "resources" / "colour" / "srgb.icc"
LONG: Final = 3
"""Pages from which a paper has an outline of bookmarks."""
PRINTED: Final = 4
"""The flag of an annotation that is printed; PDF/A asks for it."""


@cache
def _profile() -> bytes:
    return PROFILE.read_bytes()


class _Stream(PDFStream):
    """A stream as the archive form wants it: binary, and a line end before its end mark."""

    readable = False

    def format(self, document: Any) -> bytes:
        """The stream as bytes (ISO 19005-2, 6.1.7.1)."""
        entries = dict(self.dictionary.dict)
        plain: bytes = asBytes(self.content, "latin1")
        content = plain if self.readable else zlib.compress(plain)
        while content.endswith(b"\r"):  # which some checkers take for a part of the line end
            plain += b"\n"
            content = zlib.compress(plain)
        if "Length1" in entries:  # of a font
            entries["Length1"] = len(plain)
        if not self.readable:
            entries["Filter"] = PDFName("FlateDecode")
        entries["Length"] = len(content)
        head: bytes = PDFDictionary(entries).format(document)
        return head + b"\nstream\n" + content + b"\nendstream\n"


class _ReadableStream(_Stream):
    """A stream that stays readable for tools that look for metadata in the plain file."""

    readable = True


class _Document(PDFDocument):
    """reportlab's document, in which every stream is one of the archive form."""

    def Reference(self, obj: Any, name: Any = None) -> Any:  # noqa: N802 - reportlab's name
        """A reference to an object that is now part of the document."""
        if type(obj) is PDFStream:
            obj.__class__ = _Stream
        above: Any = super()
        return above.Reference(obj, name)


class _Info(PDFInfo):
    """Title, issuer and subject, without the dates of a clock."""

    def format(self, document: Any) -> Any:
        """The dictionary as bytes."""
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        return PDFDictionary({k: PDFString(v) for k, v in entries.items()}).format(document)


class _Text(PDFTextObject):
    """Type that tells the sheet which letters it prints."""

    _canvas: PaperCanvas

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's name
        self._canvas.printed(text)
        above: Any = super()
        return str(above._formatText(text))


class PaperCanvas(Canvas):
    """A sheet of the paper; ``metadata`` makes the XMP packet out of the letters' digest."""

    _doc: Any
    _code: list[str]
    _fontname: str
    _fontsize: float
    _escape: Callable[[Any], str]
    _addAnnotation: Callable[[object, str], None]  # noqa: N815 - reportlab's name

    def __init__(self, *args: Any, metadata: Callable[[str], bytes], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._metadata = metadata
        self._letters: list[str] = []
        self._written: dict[tuple[str, float, str], str] = {}
        self._asides = 0
        self._marks: list[tuple[str, str, int]] = []
        self._fields: dict[str, Any] = {}
        self._doc.__class__ = _Document  # a canvas takes no other kind of document
        self._doc._pdfVersion = (1, 7)
        self._doc.info = _Info()

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802
        """Type that is gathered for the digest of the letters."""
        return _Text(self, x, y, direction=direction)

    def printed(self, text: str) -> None:
        """Keeps letters of the paper; those of an aside are none."""
        if not self._asides:
            self._letters.append(text)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is drawn meanwhile is no part of the text: an artifact."""
        self._asides += 1
        with self._marked("Artifact"):
            yield
        self._asides -= 1

    def words(self, x: float, y: float, text: str) -> None:
        """One line of words in the face that is set, written more quickly than by reportlab."""
        self.printed(text)
        shown = self._fontname, self._fontsize, text
        if shown not in self._written:
            self._written[shown] = self._as_code(*shown)
        self._code.append(f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm {self._written[shown]} ET")

    def _as_code(self, face: str, size: float, text: str) -> str:
        """How the words are written once their place is given; a table has many of them twice."""
        font: Any = getFont(face)
        return " ".join(
            f"{font.getSubsetInternalName(subset, self._doc)} {size:g} Tf ({self._escape(part)}) Tj"
            for subset, part in font.splitString(text, self._doc)
        )

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """The lines around a cell, written more quickly than by reportlab."""
        self._code.append(f"n {x:.3f} {y:.3f} {width:.3f} {height:.3f} re S")

    def picture(self) -> Any:
        """What is drawn meanwhile is a picture."""
        return self._marked("Figure")

    @contextmanager
    def _marked(self, name: str) -> Iterator[None]:
        self._code.append(f"/{name} BMC")
        yield
        self._code.append("EMC")

    def bookmark(self, key: str, text: str, level: int) -> None:
        """An entry of the outline that leads to this place of the page."""
        self.bookmarkHorizontal(key, 0, 0)
        deepest = self._marks[-1][2] + 1 if self._marks else 0
        self._marks.append((key, composed(text), min(level, deepest)))

    def signature_field(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """An empty signature field with its lower left corner at (x, y) of the present place.

        Raises ``ValueError`` where the paper has a field of this name already.
        """
        if name in self._fields:
            raise ValueError(f"two signature fields are named {name!r}")
        left, bottom = self.absolutePosition(x, y)
        box = [round(v, 2) for v in (left, bottom, left + width, bottom + height)]
        empty = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("XObject"),
                    "Subtype": PDFName("Form"),
                    "BBox": PDFArray([0, 0, round(width, 2), round(height, 2)]),
                    "Resources": PDFDictionary({}),
                }
            ),
            b" ",
        )
        widget = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Widget"),
                "FT": PDFName("Sig"),
                "T": PDFString(name),
                "F": PRINTED,
                "Rect": PDFArray(box),
                "P": self._doc.thisPageRef(),
                "AP": PDFDictionary({"N": self._doc.Reference(empty)}),
            }
        )
        inner = f"signature{len(self._fields)}"
        self._addAnnotation(widget, inner)
        self._fields[name] = self._doc.refAnnotation(inner)

    def save(self) -> None:
        """Ends the paper: outline, fields, output intent and metadata."""
        if self._code:
            self.showPage()
        if self.getPageNumber() - 1 >= LONG:
            for key, text, level in self._marks:
                self.addOutlineEntry(text, key, level, closed=False)
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents"]
        catalog.__Refs__ = catalog.__NoDefault__
        if self._fields:
            catalog.AcroForm = PDFDictionary({"Fields": PDFArray(list(self._fields.values()))})
        catalog.OutputIntents = PDFArray([self._output_intent()])
        packet = self._metadata(letters_digest(self._letters))
        kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        catalog.Metadata = _ReadableStream(PDFDictionary(kind), packet)
        self._doc.updateSignature(packet)
        super().save()

    def _output_intent(self) -> PDFDictionary:
        profile = PDFStream(PDFDictionary({"N": 3}), _profile())
        return PDFDictionary(
            {
                "Type": PDFName("OutputIntent"),
                "S": PDFName("GTS_PDFA1"),
                "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
                "RegistryName": PDFString("http://www.color.org"),
                "Info": PDFString("sRGB IEC61966-2.1"),
                "DestOutputProfile": self._doc.Reference(profile),
            }
        )


class OnPaper(Flowable):
    """What flows over the pages of a paper."""

    canv: PaperCanvas
