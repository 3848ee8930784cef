"""``bangvang package``: what goes to another unit in one signed file, and what comes from it."""

from __future__ import annotations

import typer

from app.cli.commands import Group
from app.cli.package_figures import add_figures_commands
from app.cli.package_keys import add_key_commands
from app.cli.package_sending import add_sending_commands
from app.cli.package_taking import add_taking_commands

package = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Gói dữ liệu: khóa ký, nơi gửi, lập gói, xem gói, nhận gói.",
)
add_key_commands(package)
add_sending_commands(package)
add_taking_commands(package)
add_figures_commands(package)
