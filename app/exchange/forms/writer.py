"""Writing the form of one unit as an Excel file, the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from app.domain.snapshot import Snapshot
from app.exchange.forms.description import Citation, describe_form
from app.exchange.forms.guide_sheet import write_guide
from app.exchange.forms.hidden_sheet import HiddenSheet
from app.exchange.forms.more_sheet import write_more
from app.exchange.forms.score_sheet import ScoreSheet
from app.rules.document import LoadedPack

_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_TIME: Final = b"2000-01-01T00:00:00Z"
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_form(
    pack: LoadedPack,
    snapshot: Snapshot,
    unit_id: str,
    round_id: str,
    evidence: Sequence[Citation] = (),
) -> bytes:
    """The form that a unit fills in, as the bytes of an ``.xlsx`` file.

    ``snapshot`` gives the period, the unit with its cluster, the criteria that it registered,
    and the entries of this round that are filled in already; ``evidence`` what was cited for
    them. Raises ``KeyError`` where there is no such unit or round.
    """
    form = describe_form(pack, snapshot, unit_id, round_id)
    book = Workbook()
    book.remove(book.active)
    guide = book.create_sheet()
    sheet = book.create_sheet()
    more = book.create_sheet()
    hidden = HiddenSheet(book.create_sheet(), form)
    write_guide(guide, form)
    ScoreSheet(sheet, form, hidden).write(evidence)
    write_more(more, form, hidden)
    hidden.finish()
    book.active = 0
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.title = form.title
    book.properties.creator = "Bảng Vàng"
    return settled_bytes(book)


def settled_bytes(book: Workbook) -> bytes:
    """The bytes of the workbook without any trace of when it was written."""
    first = io.BytesIO()
    book.save(first)
    second = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + _TIME, content)
            about = zipfile.ZipInfo(name, _STAMP)
            about.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(about, content)
    return second.getvalue()
