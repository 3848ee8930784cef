"""Text typed in the fonts of before Unicode: TCVN3 (ABC, ".VnTime") and VNI ("VNI-Times").

Such text consists of Latin-1 letters that only look right in their own font: "Néi dung" and
"Noäi dung" are both "Nội dung". It is recognised by spelling: a word that breaks the rules
of Vietnamese syllables as it stands, and keeps them after conversion, was typed so. No
maintained library does this; the tables below are the published letter tables of TCVN
5712:1993 (font variant) and VNI-Windows.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from app.ground.text import composed


class LegacyScript(StrEnum):
    """An encoding of before Unicode, by the name that officers know."""

    VNI = "VNI"
    TCVN3 = "TCVN3 (ABC)"


_TCVN3: Final = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_TONES: Final = _GRAVE + _ACUTE + _TILDE + _HOOK + _DOT
_VNI_MARKS: Final = {
    **dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(zip("áàåãä", (_HAT + t for t in (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)),
    **dict(zip("éèúüë", (_BREVE + t for t in (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)),
    "â": _HAT,
    "ê": _BREVE,
}
_VNI_LETTERS: Final = dict(zip("öôñíìæóòîÖÔÑÍÌÆÓÒÎ", "ươđíìỉĩịỵƯƠĐÍÌỈĨỊỴ", strict=True))
_VNI: Final = re.compile(
    "([aeouyôöAEOUYÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])"
    "|[" + "".join(_VNI_LETTERS) + "]"
)


def converted(text: str, script: LegacyScript) -> str:
    """The text in Unicode, read as typed in ``script``."""
    if script is LegacyScript.TCVN3:
        return text.translate(_TCVN3)
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    if match[1] is None:
        return _VNI_LETTERS[match[0]]
    base = _VNI_LETTERS.get(match[1], match[1])
    letter = composed(base + _VNI_MARKS[match[2].lower()])
    return letter if len(letter) == 1 else match[0]


_MARKED: Final = r"[^\x00-\x7f\xa0\u2010-\u2070]"
_WORD: Final = re.compile(rf"[A-Za-z]*{_MARKED}(?:[A-Za-z]|{_MARKED})*")
"""A run of letters and signs with at least one that is not ASCII: all that gives evidence."""

_ONLY_UNICODE: Final = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_SYLLABLE: Final = re.compile(
    "(?P<onset>ngh?|nh|gh|gi|g|kh|k|ph|p|qu|th|tr|t|ch|c|b|d|đ|h|l|m|n|r|s|v|x)?"
    "(?P<rime>"
    "a(?:ch|ng|nh|[cimnoptuy])?|ă(?:ng|[cmnpt])|â(?:ng|[cmnptuy])|e(?:ng|[cmnopt])?"
    "|ê(?:ch|ng|nh|[cmnptu])?|i(?:ch|nh|[acmnptu])?|iê(?:ng|[cmnptu])"
    "|o(?:a(?:ch|ng|nh|[cimnopty])?|ă(?:ng|[cmnt])|e[not]?|ng|oc|ong|[cimnpt])?"
    "|ô(?:ng|[cimnpt])?|ơ[imnpt]?"
    "|u(?:â(?:ng|[nty])|ê(?:ch|nh|[nt])?|ơ|y(?:ch|nh|ê[mnt]|[antpu])?|ng|[acimnpt])?"
    "|uô(?:ng|[cimnt])|ư(?:ng|[acimntu])?|ươ(?:ng|[cimnptu])|y(?:nh|t)?|yê(?:ng|[mntu])"
    ")"
)
_TONE_ON_CONSONANT: Final = re.compile(f"[^aeiouy{_HAT}{_BREVE}\u031b{_TONES}][{_TONES}]")
_FRONT: Final = ("e", "ê", "i", "y")


def is_syllable(word: str) -> bool:
    """Whether a word obeys the spelling rules of one Vietnamese syllable."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in _TONES]
    match = _SYLLABLE.fullmatch(composed("".join(c for c in parts if c not in _TONES)))
    if match is None or len(tones) > 1 or _TONE_ON_CONSONANT.search(parts):
        return False
    onset, rime = match["onset"] or "", match["rime"]
    if onset in ("c", "g", "ng") and rime.startswith(_FRONT):
        return False
    if onset in ("k", "gh", "ngh") and not rime.startswith(_FRONT):
        return False
    stopped = rime.endswith(("c", "ch", "p", "t"))
    return not stopped or bool(tones and tones[0] in (_ACUTE, _DOT))


def is_unicode_vietnamese(text: str) -> bool:
    """Whether the text has letters that only Unicode text can have."""
    return _ONLY_UNICODE.search(text) is not None


def plausibility(text: str) -> int:
    """How many words with marks obey the spelling rules."""
    return sum(is_syllable(word) for word in _WORD.findall(text))


def suspected(text: str) -> LegacyScript | None:
    """The script that the text was surely typed in, or nothing.

    A doubtful text, such as one short word that is right in both readings, gives nothing;
    ``fits`` tells whether it could be read along with its surely typed neighbours.
    """
    words = _WORD.findall(text)
    if not words or is_unicode_vietnamese(text):
        return None
    as_it_stands = sum(map(is_syllable, words))
    best: tuple[int, LegacyScript] | None = None
    for script in LegacyScript:
        fitting = [w for w in _WORD.findall(text) if is_syllable(converted(w, script))]
        sure = any(len(w) > 2 for w in fitting) and 2 * len(fitting) > len(words)
        if sure and len(fitting) > as_it_stands and (best is None or len(fitting) > best[0]):
            best = (len(fitting), script)
    return best[1] if best else None


def fits(text: str, script: LegacyScript) -> bool:
    """Whether every word with marks is rightly spelt when read as typed in ``script``."""
    words = _WORD.findall(text)
    return (
        bool(words)
        and not is_unicode_vietnamese(text)
        and all(is_syllable(converted(word, script)) for word in words)
    )
