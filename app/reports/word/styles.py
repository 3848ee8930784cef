"""The styles of a paper in Word: officers change a style once, not each paragraph.

Sizes: NĐ 30/2020/NĐ-CP, Phụ lục I. The headings are Word's own, so that its navigation pane and
its table of contents know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.reports.document import Align
from app.reports.typesetting import BODY, INDENT, NOTE, SPACING
from app.reports.word.markup import DECLARED, JUSTIFICATION, size_markup, twips

FACE: Final = "Times New Roman"
STAND_IN: Final = "Liberation Serif"
"""What stands in for it where it is not installed: equal in width letter for letter."""
LANGUAGE: Final = "vi-VN"
BODY_STYLE: Final = "NoiDung"
NOTE_STYLE: Final = "GhiChu"
CELL_STYLE: Final = "OBang"
CAPTION_STYLE: Final = "Caption"
HEADING_STYLES: Final = ("Heading1", "Heading2", "Heading3")
UNMARKED_STYLES: Final = ("DeMuc0", "DeMuc1", "DeMuc2")
APPENDIX_STYLE: Final = "Heading1"


_OF_WORD: Final = {*HEADING_STYLES, CAPTION_STYLE, "Title", "Subtitle", "Header", "Footer"}
"""Styles that Word knows by their names in every language."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs; ``outline`` is its place in the navigation pane."""

    key: str
    name: str
    size: float = BODY
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    first: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    outline: int | None = None

    def markup(self) -> str:
        """The style as the file holds it."""
        paragraph = "<w:keepNext/>" if self.keep_next else ""
        paragraph += f'<w:spacing w:before="{twips(self.before)}" w:after="{twips(self.after)}"/>'
        paragraph += f'<w:ind w:firstLine="{twips(self.first)}"/>' if self.first else ""
        paragraph += f'<w:jc w:val="{JUSTIFICATION[self.align]}"/>'
        if self.outline is not None:
            paragraph += f'<w:outlineLvl w:val="{self.outline}"/>'
        letters = "<w:b/><w:bCs/>" if self.bold else ""
        letters += "<w:i/><w:iCs/>" if self.italic else ""
        letters += size_markup(self.size)
        own = "" if self.key in _OF_WORD else ' w:customStyle="1"'
        following = BODY_STYLE if self.outline is not None else self.key
        return (
            f'<w:style w:type="paragraph"{own} w:styleId="{self.key}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/><w:qFormat/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        )


STYLES: Final = (
    Style("QuocHieu", "Quốc hiệu", 12, Align.CENTRE, bold=True),
    Style("TieuNgu", "Tiêu ngữ", 13, Align.CENTRE, bold=True),
    Style("CoQuanChuQuan", "Cơ quan chủ quản", 12, Align.CENTRE),
    Style("CoQuanBanHanh", "Cơ quan ban hành", 12, Align.CENTRE, bold=True),
    Style("SoKyHieu", "Số, ký hiệu", 13, Align.CENTRE),
    Style("DiaDanhNgay", "Địa danh, ngày tháng năm", 13, Align.CENTRE, italic=True),
    Style("TrichYeuCongVan", "Trích yếu công văn", 12, Align.CENTRE),
    Style("DuThao", "Dấu dự thảo", 13, Align.CENTRE, bold=True),
    Style("Title", "Title", BODY, Align.CENTRE, bold=True),
    Style("Subtitle", "Subtitle", BODY, Align.CENTRE, bold=True),
    Style("KinhGui", "Kính gửi"),
    Style("LyDoDuThao", "Lý do dự thảo", 12, Align.JUSTIFIED, italic=True, after=2),
    *(
        Style(
            key,
            name,
            BODY,
            Align.LEFT if level else Align.CENTRE,
            bold=True,
            first=INDENT if level else 0,
            before=8,
            after=SPACING,
            keep_next=True,
            outline=outline,
        )
        for level in range(3)
        for key, name, outline in (
            (HEADING_STYLES[level], f"heading {level + 1}", level),
            (UNMARKED_STYLES[level], f"Đề mục {level} ngoài mục lục", None),
        )
    ),
    Style(BODY_STYLE, "Nội dung văn bản", BODY, Align.JUSTIFIED, first=INDENT, after=SPACING),
    Style(NOTE_STYLE, "Ghi chú", NOTE, Align.JUSTIFIED, after=3),
    Style(CAPTION_STYLE, "caption", BODY, Align.CENTRE, bold=True, after=4, keep_next=True),
    Style(CELL_STYLE, "Ô bảng", 12),
    Style("NoiNhan", "Nơi nhận", 12, bold=True, italic=True),
    Style("NoiNhanDanhSach", "Danh sách nơi nhận", 11),
    Style("ThamQuyenKy", "Thẩm quyền ký", BODY, Align.CENTRE, bold=True),
    Style("GhiChuKy", "Ghi chú ký", 12, Align.CENTRE, italic=True),
    Style("NguoiKy", "Người ký", BODY, Align.CENTRE, bold=True),
    Style("ThamChieuPhuLuc", "Tham chiếu phụ lục", BODY, Align.CENTRE, italic=True),
    Style("Header", "header", 13, Align.LEFT),
    Style("Footer", "footer", 9, Align.CENTRE),
)


def styles_markup() -> str:
    """The whole part of styles."""
    faces = " ".join(f'w:{script}="{FACE}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    return (
        f"<w:styles {DECLARED}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {faces}/>"
        f'<w:color w:val="000000"/>{size_markup(BODY)}<w:lang w:val="{LANGUAGE}" '
        f'w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f"</w:pPr></w:pPrDefault></w:docDefaults>{normal}"
        + "".join(style.markup() for style in STYLES)
        + "</w:styles>"
    )
