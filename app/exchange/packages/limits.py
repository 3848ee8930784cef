"""How large a package may be. What lies beyond is refused before it is unpacked or parsed."""

from __future__ import annotations

from typing import Final

MAX_PACKAGE_BYTES: Final = 2_000_000_000
"""Evidence of a whole cluster; below the 4 GB where plain zip files end."""

MAX_MEMBERS: Final = 5_000
"""Files in one package, evidence included."""

MAX_NAME: Final = 120
"""Letters of a file's path inside the package."""

MAX_TEXT_BYTES: Final = 32_000_000
"""One packed text (JSON, CSV, TOML); a whole province stays below a tenth of it."""

MAX_TEXTS_BYTES: Final = 64_000_000
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

MAX_MARKS: Final = 2_000_000
"""Brackets, commas and colons of all JSON texts: what a parsed text costs in memory."""

MAX_WHOLE_NUMBER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8785 appendix D)."""

MAX_FILE_BYTES: Final = 500_000_000
"""One file for people or one file of evidence."""
