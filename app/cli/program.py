"""The program ``bangvang``: its commands, and how every run of it ends."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from importlib import import_module
from typing import Annotated, Final

import typer

from app.cli.commands import Command, Group, in_vietnamese
from app.cli.speech import say, say_json, tell
from app.ground.findings import UserError

NAME = "bangvang"
DONE, TO_MEND = 0, 1

GROUPS: Final = ("rules", "facts", "report", "workspace", "forms", "package", "province")
ROOMS: Final = {"forms": "workspace_forms"}
"""The files of groups that are not called like their group."""
SINGLE: Final = ("score", "demo")


def program_for(arguments: Sequence[str]) -> typer.Typer:
    """The program with the command that ``arguments`` name, or with all where they name none.

    A run has one command; the others are not even read, so that it starts sooner.
    """
    program = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Bảng Vàng: chấm điểm, xếp hạng, đề nghị khen thưởng cho cụm, khối thi đua. Chạy "
        "trên máy này, không cần mạng.",
    )
    program.callback(invoke_without_command=True, no_args_is_help=False)(_top)
    known = ("score", *GROUPS, "demo")
    named = tuple(name for name in known if arguments[:1] == [name]) or known
    for name in named:
        part = getattr(import_module(f"app.cli.{ROOMS.get(name, name)}"), name)
        if name in SINGLE:
            program.command(name, cls=Command)(part)
        else:
            program.add_typer(_of_group(part, arguments[1:2]), name=name)
    return program


def _of_group(group: typer.Typer, named: Sequence[str]) -> typer.Typer:
    """The group with the one command that is named, or as it is where none is."""
    chosen = [command for command in group.registered_commands if [command.name] == list(named)]
    if not chosen:
        return group
    alone = copy(group)
    alone.registered_commands, alone.registered_groups = chosen, []
    return alone


def _top(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Cho biết bản đang dùng.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        say(f"Bảng Vàng {installed('bang-vang')}")
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns the exit code; anything but a bug is answered here."""
    command = typer.main.get_command(program_for(list(arguments)))
    try:
        code = command.main(list(arguments), prog_name=NAME, standalone_mode=False)
    except UserError as fault:
        _refuse(fault, arguments)
        return TO_MEND
    except typer.TyperException as fault:
        _refuse(in_vietnamese(fault), arguments)
        return TO_MEND
    except typer.Abort:
        return TO_MEND
    return TO_MEND if isinstance(code, int) and code != DONE else DONE


def _refuse(fault: UserError, arguments: Sequence[str]) -> None:
    """Tells why there is no answer; with ``--json`` the findings stand on standard output."""
    if "--json" not in arguments:
        tell(fault.findings)
        return
    from app.exchange.result import findings_list, refused_tree

    if "rules" in arguments[:1]:
        say_json({"ok": False, "findings": findings_list(fault.findings)})
    else:
        say_json(refused_tree(fault.findings))
