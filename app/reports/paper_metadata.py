"""What a PDF says about itself in its XMP metadata: title, archive form, and the data it shows.

`packet` writes it, `carried` reads it back out of a paper that came in. Apart from the customary
properties (title, issuer, subject, language, PDF/A part 2 conformance B) a paper has its own, in
the namespace `NAMESPACE`, declared as an extension schema of PDF/A (ISO 19005-2, 6.6.2.3):
`workspace`, `period`, `paper`, `subject`, `state`, `operation`, `head` (`document.Binding`),
`code` (the content code at the foot) and `letters`, the SHA-256 of the printed letters
(`letters_digest`), by which a changed paper is known even where it was never signed. There are no
dates: nothing in the file comes from the clock.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.ground.text import composed
from app.reports.binding import content_code
from app.reports.document import Binding, Document, issuer_of

PROGRAM: Final = "Bảng Vàng"
NAMESPACE: Final = "urn:bang-vang:paper:1:"
LARGEST: Final = 1 << 20
"""Bytes of metadata beyond which none are read."""
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWN: Final = {
    "workspace": "The workspace whose data the paper shows",
    "period": "The year or period",
    "paper": "Which paper it is",
    "subject": "The unit or matter that the paper is about",
    "state": "Digest of the facts that the paper shows",
    "operation": "Number of the last operation of the journal",
    "head": "Digest of the last operation of the journal",
    "code": "The content code at the foot of the pages",
    "letters": "SHA-256 of the printed letters in reading order",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a paper of this program carries; ``binding`` is absent where it shows no data."""

    letters: str
    code: str = ""
    binding: Binding | None = None


def letters_digest(printed: Iterable[str]) -> str:
    """The SHA-256 of all letters composed, without spaces: line breaks are no part of them."""
    letters = "".join(composed("".join(printed)).split())
    return hashlib.sha256(letters.encode("utf-8")).hexdigest()


def packet(document: Document, letters: str) -> bytes:
    """The metadata of a paper whose printed letters have the digest ``letters``."""
    own = {"letters": letters}
    if document.binding:
        bound = document.binding
        own |= {
            "workspace": bound.workspace,
            "period": bound.period,
            "paper": bound.paper,
            "subject": bound.subject,
            "state": bound.state,
            "operation": "" if bound.operation is None else str(bound.operation),
            "head": bound.head,
            "code": content_code(document),
        }
    properties = "\n".join(
        f"   <bv:{name}>{_safe(own[name])}</bv:{name}>" for name in _OWN if own.get(name)
    )
    described = "\n".join(_declared(name, words) for name, words in _OWN.items())
    text = _TEMPLATE.format(
        title=_safe(document.title),
        author=_safe(" ".join(issuer_of(document))),
        subject=_safe(" ".join(document.subject)),
        program=PROGRAM,
        namespace=NAMESPACE,
        properties=properties,
        described=described,
    )
    return text.encode("utf-8")


def _safe(text: str) -> str:
    """Composed, escaped, and without the characters that XML does not know."""
    clean = "".join(c for c in composed(text) if c.isprintable())
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _declared(name: str, words: str) -> str:
    kind = "Integer" if name == "operation" else "Text"
    return (
        f'        <rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
    )


def carried(xmp: bytes) -> Carried | None:
    """What stands in the metadata; ``None`` where they are not of this program or unreadable."""
    from xml.etree import ElementTree

    if len(xmp) > LARGEST or re.search(rb"<!(?:DOCTYPE|ENTITY)", xmp):
        return None
    try:
        root = ElementTree.fromstring(xmp.decode("utf-8-sig").strip("\0 \r\n\t"))
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError):
        return None
    own: dict[str, str] = {}
    for described in root.iter(f"{{{_RDF}}}Description"):
        own |= {
            item.tag.removeprefix(f"{{{NAMESPACE}}}"): composed((item.text or "").strip())
            for item in described
            if item.tag.startswith(f"{{{NAMESPACE}}}")
        }
    if not own.get("letters"):
        return None
    operation = own.get("operation", "")
    number = int(operation) if re.fullmatch(r"[0-9]{1,18}", operation) else None
    binding = Binding(
        own.get("workspace", ""),
        own.get("period", ""),
        own.get("paper", ""),
        own.get("subject", ""),
        own.get("state", ""),
        number,
        own.get("head", ""),
    )
    bound = binding if binding.workspace or binding.paper else None
    return Carried(own["letters"], own.get("code", ""), bound)


_TEMPLATE: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
   </dc:description>
   <dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{program}</xmp:CreatorTool>
   <pdf:Producer>{program}</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:bv="{namespace}">
{properties}
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>Paper of Bảng Vàng</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>bv</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
{described}
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
