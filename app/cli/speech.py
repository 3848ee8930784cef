"""What the command line says: UTF-8 whatever the locale, findings apart from answers."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from app.ground.findings import Finding, Severity, UserError


def prepare_streams() -> None:
    """Makes standard output and error UTF-8 with plain line feeds on every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(text: str) -> None:
    """Writes an answer to standard output; a reader that went away is no fault."""
    _write(sys.stdout, text if text.endswith("\n") else text + "\n")


def say_lines(lines: Iterable[str]) -> None:
    """Writes an answer line by line."""
    say("\n".join(lines))


def say_json(tree: Mapping[str, Any] | list[Any]) -> None:
    """Writes data as JSON that people can read."""
    say(json.dumps(tree, ensure_ascii=False, indent=1))


def tell(findings: Iterable[Finding]) -> None:
    """Writes findings to standard error."""
    from app.operations.standing_text import findings_lines

    text = "\n".join(findings_lines(findings))
    if text:
        _write(sys.stderr, text + "\n")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())


def usage_error(code: str, place: str, message: str, remedy: str) -> UserError:
    """A fault in how a command was written."""
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])
