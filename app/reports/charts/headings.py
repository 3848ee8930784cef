"""What stands above and below every picture: its title, "Tạm tính", keys and notes."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.charts.description import PROVISIONAL
from app.reports.charts.sheet import Sheet
from app.reports.charts.style import Tone
from app.reports.charts.type import Type


def heading(sheet: Sheet, title: str, *, provisional: bool) -> None:
    """The title in at most two lines, and at the right "Tạm tính"."""
    style, right = sheet.style, sheet.right
    strong = Type(style.family, style.head, bold=True)
    titled = bool(style.titled and title)
    if not titled and not provisional:
        return
    middle = sheet.y + strong.leading / 2
    if provisional:
        sheet.text(right, middle, PROVISIONAL, sheet.strong, sheet.palette.notice, "end")
        right -= sheet.strong.width(PROVISIONAL) + 2 * style.gap
    lines = strong.lines(title, right - sheet.left, 2) if titled else ()
    for number, line in enumerate(lines):
        at = middle + number * strong.leading
        sheet.text(sheet.left, at, line, strong, sheet.palette.ink)
    sheet.y += max(1, len(lines)) * strong.leading + style.gap


def key(sheet: Sheet, entries: Sequence[tuple[Tone, str]], words: Type | None = None) -> None:
    """Swatches with their names, flowing in lines; a name that is too long ends in "…"."""
    if not entries:
        return
    small = words or sheet.small
    x, step, swatch = sheet.left, small.leading + 2, small.size
    sheet.y += step / 2
    for tone, name in entries:
        shown = small.cut(name, sheet.right - sheet.left - swatch * 1.5)
        wide = swatch * 1.5 + small.width(shown)
        if x > sheet.left and x + wide > sheet.right:
            x, sheet.y = sheet.left, sheet.y + step
        sheet.area(x, sheet.y - swatch * 0.4, swatch, swatch * 0.8, tone)
        sheet.text(x + swatch * 1.5, sheet.y, shown, small, sheet.palette.ink)
        x += wide + swatch * 1.5
    sheet.y += step / 2


def note(sheet: Sheet, text: str, most: int = 3) -> None:
    """A remark in small type under the picture, in at most ``most`` lines."""
    for line in sheet.small.lines(text, sheet.right - sheet.left, most):
        sheet.text(
            sheet.left, sheet.y + sheet.small.leading / 2, line, sheet.small, sheet.palette.muted
        )
        sheet.y += sheet.small.leading


def wrapped(sheet: Sheet, names: Sequence[str], room: float) -> tuple[list[tuple[str, ...]], float]:
    """The names in lines at most ``room`` wide, and how wide the widest line is."""
    lines = [sheet.words.lines(name, room, sheet.style.name_lines) for name in names]
    return lines, max((sheet.words.width(line) for of in lines for line in of), default=0.0)
