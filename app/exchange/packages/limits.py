"""How large a package may be. What lies beyond is refused before it is unpacked or parsed."""

from __future__ import annotations

from typing import Final

MAX_PACKAGE_BYTES: Final = 1_000_000_000
"""Evidence of a whole cluster: a thousand scans. Every byte is digested before the first answer,
which for more would keep an officer waiting; below the 4 GB where plain zip files end."""

MAX_SEALED_BYTES: Final = 300_000_000
"""A package that is locked as a whole: it is unlocked, written and read before the first answer."""

MAX_MEMBERS: Final = 5_000
"""Files in one package, evidence included."""

MAX_NAME: Final = 120
"""Letters of a file's path inside the package."""

MAX_TAG_BYTES: Final = 1_000_000
"""One file beside ``data/``; a manifest of the most files has less."""

MAX_TEXT_BYTES: Final = 16_000_000
"""One packed text (JSON, CSV, TOML). The journal of a worked-through year of a cluster has two
million; with what it is read into, more would not stay below 200 MB of memory."""

MAX_WIDE_TEXT_BYTES: Final = 4_000_000
"""A JSON text with letters beyond the basic plane, each of whose letters takes four bytes."""

MAX_TEXTS_BYTES: Final = 24_000_000
"""All packed texts together, because they are held in memory at once."""

MAX_RATIO: Final = 250
"""Unpacked bytes for one packed byte; scores pack to about a tenth."""

RATIO_FROM: Final = 1_000_000
"""Texts up to this size may pack as tightly as they like."""

MAX_PACK_TEXT_BYTES: Final = 1_000_000
"""One criteria table as TOML; the longest that is known has a tenth of it."""

MAX_PACK_TEXTS_BYTES: Final = 2_500_000
"""All criteria tables of a package as TOML."""

MAX_DEPTH: Final = 100
"""Tables inside tables of a JSON text."""

MAX_MARKS: Final = 800_000
"""Brackets, commas and colons of all JSON texts, but for those within strings: what parsed texts
cost in memory. The journal of a worked-through year of a cluster has a twentieth of it."""

MAX_ROW_MARKS: Final = 500_000
"""The same of facts, result and figures, whose rows are checked one by one and become tables: a
year of thirty units with 170 criteria each, judged in three rounds."""

MAX_UNITS: Final = 2_000
"""Units in the facts; a province has fewer than two hundred."""

MAX_FIGURES: Final = 200
"""Figures of one entry."""

MAX_WHOLE_NUMBER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8785 appendix D)."""

MAX_FILE_BYTES: Final = 500_000_000
"""One file for people or one file of evidence."""
