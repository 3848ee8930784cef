"""Walks through every widget in sight and tells what would displease or shut somebody out.

The answer is a list of sentences; an empty one is a page that can be read and used: nothing is cut,
nothing lies over something else, every control has a name to be read aloud, the tab key reaches
all of them in reading order, and each text stands out from its ground (WCAG 2.1, 1.4.3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QWidget,
)

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractScrollArea,
    QTabBar,
)
TOLERANCE = 1
"""Pixels by which rounding at a fractional scale may cut."""


def visible(top: QWidget) -> Iterator[QWidget]:
    """Every widget that is in sight, the top one first."""
    yield top
    for child in top.findChildren(QWidget):
        if child.isVisibleTo(top) and child.width() > 0 and child.height() > 0:
            yield child


def name_of(widget: QWidget) -> str:
    """How a complaint calls a widget."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    said = text or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} “{said[:60]}”"


def complaints(top: QWidget) -> list[str]:
    """Everything that is wrong with what is in sight."""
    return [
        *cut_texts(top),
        *overlaps(top),
        *nameless(top),
        *tab_faults(top),
        *faint_texts(top),
    ]


# ------------------------------------------------------------------ nothing is cut


def cut_texts(top: QWidget) -> Iterator[str]:
    """Labels, buttons and heads of tables that are smaller than their text."""
    for widget in visible(top):
        if _inside_item_view(widget):
            continue
        if isinstance(widget, QLabel) and widget.text() and not widget.pixmap():
            yield from _cut_label(widget)
        elif isinstance(widget, QPushButton) and widget.text():
            if widget.width() + TOLERANCE < widget.sizeHint().width():
                yield f"{name_of(widget)} is narrower than its text"
            if _too_low(widget):
                yield f"{name_of(widget)} is lower than its text"
        elif isinstance(widget, QToolButton):
            if widget.width() + TOLERANCE < widget.minimumSizeHint().width():
                yield f"{name_of(widget)} is narrower than its text"
        elif isinstance(widget, QHeaderView):
            yield from _cut_heads(widget)
        elif isinstance(widget, QLineEdit | QComboBox) and _too_low(widget):
            yield f"{name_of(widget)} is lower than its text"


def _too_low(widget: QWidget) -> bool:
    return widget.height() + TOLERANCE < widget.fontMetrics().height()


def _cut_label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    metrics = label.fontMetrics()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() + TOLERANCE < needed:
            yield f"{name_of(label)} is {label.height()} high and needs {needed}"
        longest = max(
            re.split(r"[\s\u200b]+", label.text()), key=metrics.horizontalAdvance, default=""
        )
        if room.width() + TOLERANCE < metrics.horizontalAdvance(longest):
            yield f"{name_of(label)} is narrower than its longest word"
        return
    wanted = label.minimumSizeHint() if label.text() else label.size()
    if label.textFormat() is Qt.TextFormat.PlainText:
        lines = label.text().split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines)
        if room.width() + TOLERANCE < width:
            yield f"{name_of(label)} is {room.width()} wide and needs {width}"
    elif label.width() + TOLERANCE < wanted.width():
        yield f"{name_of(label)} is narrower than its text"
    if label.height() + TOLERANCE < metrics.height():
        yield f"{name_of(label)} is lower than its text"


def _cut_heads(heads: QHeaderView) -> Iterator[str]:
    model = heads.model()
    if model is None or heads.orientation() is not Qt.Orientation.Horizontal:
        return
    font = heads.font()
    font.setBold(True)
    metrics = QFontMetrics(font)
    for section in range(heads.count()):
        text = model.headerData(section, heads.orientation())
        if heads.isSectionHidden(section) or not isinstance(text, str) or not text:
            continue
        if heads.property("wraps") is True:
            longest = max(text.split(), key=metrics.horizontalAdvance)
        else:
            longest = max(text.split("\n"), key=metrics.horizontalAdvance)
        if heads.sectionSize(section) < metrics.horizontalAdvance(longest):
            owner = heads.parentWidget()
            yield f"head “{text}” of {name_of(owner) if owner else '?'} is cut"


def _inside_item_view(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView) and not isinstance(widget, QHeaderView):
            return True
        parent = parent.parentWidget()
    return False


# ------------------------------------------------------------------ nothing lies over something


def overlaps(top: QWidget) -> Iterator[str]:
    """Siblings in sight that cover each other."""
    for parent in visible(top):
        if isinstance(parent, QStackedWidget | QAbstractItemView | QScrollBar):
            continue
        shown = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisibleTo(top)
            and not child.isWindow()
            and not isinstance(child, QSplitterHandle)
            and child.property("floats") is not True
        ]
        for at, one in enumerate(shown):
            for other in shown[at + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > TOLERANCE and common.height() > TOLERANCE:
                    yield f"{name_of(one)} and {name_of(other)} overlap by {common.size()}"


# ------------------------------------------------------------------ names


def nameless(top: QWidget) -> Iterator[str]:
    """Controls that could not be read aloud."""
    for widget in visible(top):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QHeaderView | QScrollBar):
            continue
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            yield f"{name_of(widget)} in {name_of(widget.parentWidget())} has no accessible name"


# ------------------------------------------------------------------ the tab key


def tab_chain(top: QWidget) -> list[QWidget]:
    """The controls in the order of the tab key."""
    window, chain = top.window(), []
    current = window.nextInFocusChain()
    while current is not None and current is not window:
        if (
            current.focusPolicy() & Qt.FocusPolicy.TabFocus
            and current.isVisibleTo(window)
            and current.isEnabled()
            and (current is top or top.isAncestorOf(current))
        ):
            chain.append(current)
        current = current.nextInFocusChain()
    return chain


def tab_faults(top: QWidget) -> Iterator[str]:
    """Controls that the tab key misses, or reaches against the order of reading."""
    chain = tab_chain(top)
    for widget in visible(top):
        if (
            isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView)
            and not isinstance(widget, QHeaderView)
            and widget.isEnabled()
            and not _inside_item_view(widget)
            and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit)
            and not isinstance(widget.parentWidget(), QTabBar)
            and widget.focusPolicy() is Qt.FocusPolicy.NoFocus
            and widget.property("mouse_only") is not True
        ):
            yield f"{name_of(widget)} cannot be reached by keyboard"
    by_parent: dict[QWidget, list[QWidget]] = {}
    for widget in chain:
        parent = widget.parentWidget()
        if parent is not None:
            by_parent.setdefault(parent, []).append(widget)
    for parent, inside in by_parent.items():
        for before, after in pairwise(inside):
            if _reads_before(after, before):
                yield (
                    f"in {name_of(parent)} the tab key goes from {name_of(before)} "
                    f"back to {name_of(after)}"
                )


def _reads_before(one: QWidget, other: QWidget) -> bool:
    """Whether ``one`` stands wholly above, or on the same line wholly left of ``other``."""
    a, b = one.geometry(), other.geometry()
    if a.bottom() < b.top():
        return a.right() >= b.left() - 1  # a column at the right may begin higher
    same_line = a.top() < b.bottom() and b.top() < a.bottom()
    return same_line and a.right() < b.left()


# ------------------------------------------------------------------ contrast


def faint_texts(top: QWidget) -> Iterator[str]:
    """Texts whose darkest and lightest pixels are too alike."""
    picture = top.grab().toImage()
    ratio = picture.devicePixelRatio()
    for widget in visible(top):
        texts = isinstance(widget, QLabel | QPushButton | QToolButton | QLineEdit)
        if not texts or _inside_item_view(widget) or not widget.isEnabled():
            continue
        if isinstance(widget, QLabel) and (not widget.text() or widget.pixmap()):
            continue
        if isinstance(widget, QPushButton | QToolButton) and not widget.text():
            continue
        if isinstance(widget, QLineEdit) and not widget.text():
            continue
        place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
        place = place.intersected(_room_of(widget, top))
        line = min(widget.height(), widget.fontMetrics().height())
        if place.width() < 8 or place.height() < line:  # not a whole line of it is in sight
            continue
        inner = place.adjusted(2, 2, -2, -2)
        found = contrast_in(picture, inner, ratio)
        if found is not None and found < 4.5:
            yield f"{name_of(widget)} has a contrast of only {found:.2f}"


def _room_of(widget: QWidget, top: QWidget) -> QRect:
    """What scroll areas leave to be seen of a widget."""
    room = top.rect()
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            room = room.intersected(QRect(parent.mapTo(top, QPoint(0, 0)), parent.size()))
        parent = parent.parentWidget()
    return room


def contrast_in(picture: QImage, place: QRect, ratio: float) -> float | None:
    """The contrast of the ground (the most frequent colour) and what differs most from it."""
    left, top = round(place.left() * ratio), round(place.top() * ratio)
    right, bottom = round(place.right() * ratio), round(place.bottom() * ratio)
    area = QRect(left, top, right - left, bottom - top) & picture.rect()
    if area.isEmpty():
        return None
    part = picture.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(part.constBits().cast("I"))  # four bytes a pixel: no line ends in a gap
    if len(counted) < 2:
        return None
    ground = max(counted, key=lambda pixel: counted[pixel])
    return max(contrast(ground, pixel) for pixel in counted)


def contrast(one: int, other: int) -> float:
    """The ratio of two colours (``0xrrggbb``) as WCAG 2.1 defines it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@lru_cache(maxsize=100_000)
def _luminance(colour: int) -> float:
    parts = []
    for shift in (16, 8, 0):
        share = (colour >> shift & 0xFF) / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def settle() -> None:
    """Lets the layout come to rest."""
    for _ in range(5):
        QApplication.processEvents()
