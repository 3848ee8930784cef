"""Commands and groups that speak Vietnamese: their help pages and their usage errors.

The library under the command line words both in English; here only its parsing is used.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.cli.speech import usage_error
from app.ground.findings import UserError
from app.ground.text import nearest

_HELP = "Xem hướng dẫn này."


class Command(TyperCommand):
    """A command; anything left over on its line is a fault."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Reads the line; raises ``UserError`` where something is left over."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise usage_error(
                "usage_extra",
                ctx.command_path,
                f"Không hiểu phần “{' '.join(rest)[:80]}”.",
                f"Xem cách dùng: {ctx.command_path} --help.",
            )
        return rest

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """The help page in Vietnamese."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")


class Group(TyperGroup):
    """A group of commands."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Reads the line; raises ``UserError`` where no command is named."""
        if not args and not self.invoke_without_command:
            raise usage_error(
                "usage_missing",
                ctx.command_path,
                "Thiếu tên lệnh.",
                "Các lệnh: " + ", ".join(self.list_commands(ctx)) + ".",
            )
        return super().parse_args(ctx, args)

    def resolve_command(  # type: ignore[override]
        self, ctx: typer.Context, args: list[str]
    ) -> tuple[str | None, Any, list[str]]:
        """The command that is meant; raises ``UserError`` with a suggestion."""
        known = self.list_commands(ctx)
        if args and self.get_command(ctx, args[0]) is None:
            guess = nearest(args[0], known)
            raise usage_error(
                "usage_unknown_command",
                ctx.command_path,
                f"Không có lệnh “{args[0][:80]}”.",
                (f"Có phải “{guess}”? " if guess else "") + "Các lệnh: " + ", ".join(known) + ".",
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """The help page in Vietnamese."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")


def _page(command: Any, ctx: typer.Context) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    pieces = [ctx.command_path, *(_metavar(p) for p in arguments)]
    pieces += [f"{p.opts[0]} {_metavar(p)}".strip() for p in options if p.required]
    if any(not p.required for p in options):
        pieces.append("[TÙY CHỌN]")
    if commands:
        pieces.append("LỆNH …")
    yield "Cách dùng: " + " ".join(pieces)
    yield ""
    for paragraph in (command.help or "").split("\n\n"):
        yield from _wrapped(" ".join(paragraph.split()), "  ")
        yield ""
    yield from _section("Tham số", [(_metavar(p), p.help or "") for p in arguments])
    rows = [
        (", ".join(p.opts) + ("" if p.is_flag else f" {_metavar(p)}"), p.help or "")
        for p in options
    ]
    yield from _section("Tùy chọn", [*rows, ("--help", _HELP)])
    yield from _section(
        "Các lệnh", [(name, _first_sentence(commands[name].help or "")) for name in commands]
    )


def _metavar(parameter: Any) -> str:
    if getattr(parameter, "is_flag", False):
        return ""
    return str(parameter.metavar or parameter.name.upper())


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(rows)
    if not listed:
        return
    yield f"{title}:"
    width = min(max(len(name) for name, _ in listed), 34)
    for name, words in listed:
        lines = list(_wrapped(words, "")) or [""]
        if len(name) > width:
            yield f"  {name}"
            name = ""
        yield f"  {name.ljust(width)}  {lines[0]}".rstrip()
        for line in lines[1:]:
            yield " " * (width + 4) + line
    yield ""


def _wrapped(text: str, pad: str) -> Iterator[str]:
    room = min(shutil.get_terminal_size((100, 24)).columns, 100) - (2 if pad else 38)
    for line in textwrap.wrap(text, max(room, 30)):
        yield pad + line


def in_vietnamese(fault: typer.TyperException) -> UserError:
    """A usage error of the library as a finding; its kind is told by its class and fields."""
    kind = type(fault).__name__
    context = getattr(fault, "ctx", None)
    place = context.command_path if context is not None else "bangvang"
    remedy = f"Xem cách dùng: {place} --help."
    option = str(getattr(fault, "option_name", ""))[:80]
    match kind:
        case "MissingParameter":
            parameter = getattr(fault, "param", None)
            name = _name_of(parameter)
            return usage_error("usage_missing", place, f"Thiếu {name}.", remedy)
        case "NoSuchOption":
            params = context.command.params if context is not None else []
            known = [name for parameter in params for name in parameter.opts]
            guess = nearest(option, known)
            hint = f"Có phải “{guess}”? " if guess else ""
            message = f"Không có tùy chọn “{option}”."
            return usage_error("usage_unknown_option", place, message, hint + remedy)
        case "BadOptionUsage":
            message = f"Tùy chọn “{option}” viết chưa đúng: thiếu hoặc thừa giá trị đi kèm."
            return usage_error("usage_option_value", place, message, remedy)
    return usage_error("usage_unclear", place, "Lệnh viết chưa đúng cách.", remedy)


def _name_of(parameter: Any) -> str:
    if parameter is None:
        return "một tham số bắt buộc"
    if parameter.param_type_name == "option":
        return f"tùy chọn bắt buộc {parameter.opts[0]} {_metavar(parameter)}".rstrip()
    return f"tham số bắt buộc {_metavar(parameter)}"
