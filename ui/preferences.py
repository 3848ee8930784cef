"""What one officer prefers on one computer: theme, zoom, recent workspaces, sizes of panels.

Kept as a JSON file in the user's configuration folder; a damaged or missing file is an empty one,
since nothing in it is worth stopping for.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from platformdirs import user_config_path

from ui.theme.tokens import ZOOMS, Density

FILE: Final = "cua-so.json"
RECENT: Final = 8
_OFFICER: Final = "officer"


@dataclass(frozen=True, slots=True)
class Recent:
    """A workspace that was opened: how it calls itself, and when it was used last."""

    folder: Path
    name: str = ""
    used: dt.datetime | None = None


def configuration_folder() -> Path:
    """The folder for the user's own settings of this program."""
    return user_config_path("bang-vang", appauthor=False)


class Preferences:
    """Preferences in a folder; each change is written at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, Any] = _read(folder / FILE)

    def _keep(self, key: str, value: Any) -> None:
        if self._kept.get(key) == value:
            return
        self._kept[key] = value
        part = self.folder / f"{FILE}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._kept, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(part, self.folder / FILE)
        except OSError:
            return  # a full or locked profile must not stop the work; the wish holds until closing

    @property
    def dark(self) -> bool | None:
        """Dark or light; ``None`` follows the computer."""
        value = self._kept.get("dark")
        return value if isinstance(value, bool) else None

    @dark.setter
    def dark(self, value: bool | None) -> None:
        self._keep("dark", value)

    @property
    def zoom(self) -> int:
        """The zoom of the window in percent, one of ``ZOOMS``."""
        value = self._kept.get("zoom")
        return value if value in ZOOMS else 100

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._keep("zoom", value)

    @property
    def density(self) -> Density:
        """How high the rows of tables are."""
        value = self._kept.get("density")
        return Density(value) if value in set(Density) else Density.NORMAL

    @density.setter
    def density(self, value: Density) -> None:
        self._keep("density", value.value)

    @property
    def sidebar_folded(self) -> bool:
        """Whether the sidebar shows icons alone."""
        return self._kept.get("sidebar_folded") is True

    @sidebar_folded.setter
    def sidebar_folded(self, value: bool) -> None:
        self._keep("sidebar_folded", value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The workspaces that were opened last, the newest first."""
        return tuple(Path(p) for p in _listed(self._kept.get("recent")) if isinstance(p, str))

    @property
    def recent_workspaces(self) -> tuple[Recent, ...]:
        """The same with what is known of each."""
        known = self._kept.get("recent_words")
        words = known if isinstance(known, dict) else {}
        return tuple(_recent(folder, words.get(str(folder))) for folder in self.recent)

    def opened(self, folder: Path, name: str = "", now: dt.datetime | None = None) -> None:
        """Puts a workspace first among the recent ones, under the name of its cluster."""
        others = [str(p) for p in self.recent if p != folder]
        listed = [str(folder), *others][:RECENT]
        used = (now or dt.datetime.now().astimezone()).isoformat(timespec="minutes")
        known = self._kept.get("recent_words")
        words = {**(known if isinstance(known, dict) else {}), str(folder): [name, used]}
        self._keep("recent", listed)
        self._keep("recent_words", {key: words[key] for key in listed if key in words})

    def forget(self, folder: Path) -> None:
        """Takes a workspace off the recent ones."""
        self._keep("recent", [str(p) for p in self.recent if p != folder])

    @property
    def officer(self) -> str:
        """Who worked last on this computer."""
        return self.choice(_OFFICER, "")

    @officer.setter
    def officer(self, value: str) -> None:
        self.keep_choice(_OFFICER, value)

    def sizes(self, name: str) -> tuple[int, ...]:
        """The sizes of a panel's parts in pixels, or nothing."""
        kept = self._kept.get("sizes")
        value = kept.get(name) if isinstance(kept, dict) else None
        return tuple(v for v in _listed(value) if isinstance(v, int))

    def keep_sizes(self, name: str, sizes: tuple[int, ...]) -> None:
        """Remembers the sizes of a panel's parts."""
        kept = self._kept.get("sizes")
        self._keep("sizes", {**(kept if isinstance(kept, dict) else {}), name: list(sizes)})

    def choice(self, name: str, default: str) -> str:
        """How a page was left (a chosen view, say)."""
        kept = self._kept.get("choices")
        value = kept.get(name) if isinstance(kept, dict) else None
        return value if isinstance(value, str) else default

    def keep_choice(self, name: str, value: str) -> None:
        """Remembers how a page was left."""
        kept = self._kept.get("choices")
        self._keep("choices", {**(kept if isinstance(kept, dict) else {}), name: value})


def _recent(folder: Path, words: object) -> Recent:
    match words:
        case [str(name), str(used)]:
            try:
                return Recent(folder, name, dt.datetime.fromisoformat(used))
            except ValueError:
                return Recent(folder, name)
    return Recent(folder)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _read(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
