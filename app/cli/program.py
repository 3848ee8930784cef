"""The program ``bangvang``: its commands, and how every run of it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from app.cli.commands import Command, Group, in_vietnamese
from app.cli.demo import demo
from app.cli.facts import facts
from app.cli.report import report
from app.cli.rules import rules
from app.cli.score import score
from app.cli.speech import say, say_json, tell
from app.cli.workspace import workspace
from app.cli.workspace_forms import forms
from app.ground.findings import UserError

NAME = "bangvang"
DONE, TO_MEND = 0, 1

program = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Bảng Vàng: chấm điểm, xếp hạng, đề nghị khen thưởng cho cụm, khối thi đua. Chạy trên máy "
    "này, không cần mạng.",
)
program.command("score", cls=Command)(score)
program.add_typer(rules, name="rules")
program.add_typer(facts, name="facts")
program.add_typer(report, name="report")
program.add_typer(workspace, name="workspace")
program.add_typer(forms, name="forms")
program.command("demo", cls=Command)(demo)


@program.callback(invoke_without_command=True, no_args_is_help=False)
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
    command = typer.main.get_command(program)
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
