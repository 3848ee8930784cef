"""LibreOffice as the reader of Word files: many at once, because its start is what takes long."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest


def as_pdf(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Each Word file as the PDF that LibreOffice makes of it, by the stem of its name."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs LibreOffice: soffice is not installed")
    sources = [folder / f"{stem}.docx" for stem in files]
    for source, data in zip(sources, files.values(), strict=True):
        source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {stem: (folder / f"{stem}.pdf").read_bytes() for stem in files}
