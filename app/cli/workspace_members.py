"""``bangvang workspace cluster|unit``: who takes part in a year."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import usage_error
from app.cli.values import day
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OnOption,
    YearOption,
    on_day,
    said,
    seated,
)

cluster_group = typer.Typer(cls=Group, add_completion=False, help="Cụm, khối của một năm.")
unit_group = typer.Typer(
    cls=Group, add_completion=False, help="Đơn vị của một năm: thêm, vai trò, chuyển, sáp nhập."
)

UnitArgument = Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.")]
NameOption = Annotated[str | None, typer.Option("--name", metavar="TÊN", help="Tên.")]
ClusterOption = Annotated[
    str | None, typer.Option("--cluster", metavar="CỤM", help="Mã cụm, khối.")
]
FollowOption = Annotated[
    str | None,
    typer.Option(
        "--follow",
        metavar="ĐƠN_VỊ",
        help="Điểm đi theo đơn vị này; không ghi thì điểm cũ được lưu trữ.",
    ),
]


@cluster_group.command("add", cls=Command)
def add_cluster(
    folder: FolderArgument,
    cluster: Annotated[str, typer.Argument(metavar="MÃ", help="Mã cụm, khối.")],
    name: Annotated[str, typer.Option("--name", metavar="TÊN", help="Tên cụm, khối.")],
    block: Annotated[
        str | None, typer.Option("--block", metavar="LOẠI", help="Loại theo bảng tiêu chí.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Thêm một cụm, khối."""
    from app.domain.snapshot import Cluster
    from app.operations.workspace.members import add_clusters

    with seated(folder, by, year) as desk:
        said(add_clusters(desk, [Cluster(cluster, name, block)]))


@cluster_group.command("change", cls=Command)
def change(
    folder: FolderArgument,
    cluster: Annotated[str, typer.Argument(metavar="MÃ", help="Mã cụm, khối.")],
    name: NameOption = None,
    block: Annotated[
        str | None, typer.Option("--block", metavar="LOẠI", help="Loại theo bảng tiêu chí.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đổi tên hoặc loại của một cụm, khối."""
    from app.operations.workspace.members import change_cluster

    with seated(folder, by, year) as desk:
        said(change_cluster(desk, cluster, name=name, block=block))


@unit_group.command("add", cls=Command)
def add_unit(
    folder: FolderArgument,
    unit: UnitArgument,
    name: Annotated[str, typer.Option("--name", metavar="TÊN", help="Tên đơn vị.")],
    cluster: ClusterOption = None,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="VAI_TRÒ", help="leader, deputy …; ghi được nhiều lần."),
    ] = None,
    joined: Annotated[
        str | None, typer.Option("--joined", metavar="NGÀY", help="Ngày vào cụm giữa năm.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Thêm một đơn vị, từ đầu năm hoặc từ ngày vào cụm."""
    from app.domain.snapshot import Unit
    from app.operations.workspace.members import add_units

    with seated(folder, by, year) as desk:
        home = cluster or _only_cluster(tuple(desk.clusters))
        roles = frozenset(role or ())
        said(add_units(desk, [Unit(unit, name, home, roles, day(joined, "--joined"))]))


def _only_cluster(clusters: tuple[str, ...]) -> str:
    if len(clusters) == 1:
        return clusters[0]
    raise usage_error(
        "usage_missing",
        "--cluster",
        "Chưa rõ đơn vị thuộc cụm, khối nào.",
        "Ghi --cluster với một trong: " + ", ".join(clusters) + ".",
    )


@unit_group.command("rename", cls=Command)
def rename(
    folder: FolderArgument,
    unit: UnitArgument,
    name: Annotated[str, typer.Option("--name", metavar="TÊN", help="Tên mới.")],
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đổi tên đơn vị trong năm này; năm khác giữ tên cũ."""
    from app.operations.workspace.members import rename_unit

    with seated(folder, by, year) as desk:
        said(rename_unit(desk, unit, name))


@unit_group.command("role", cls=Command)
def role(
    folder: FolderArgument,
    unit: UnitArgument,
    role: Annotated[str, typer.Argument(metavar="VAI_TRÒ", help="leader, deputy …")],
    take: Annotated[bool, typer.Option("--take", help="Thôi vai trò này.")] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Giao vai trò của năm cho đơn vị; đơn vị trưởng, phó được chuyển từ đơn vị cũ."""
    from app.operations.workspace.members import give_role, take_role

    with seated(folder, by, year) as desk:
        said(take_role(desk, unit, role) if take else give_role(desk, unit, role))


@unit_group.command("describe", cls=Command)
def describe(
    folder: FolderArgument,
    unit: UnitArgument,
    notes: Annotated[
        list[str], typer.Argument(metavar="KHÓA=GIÁ_TRỊ", help="Đặc điểm, ví dụ women_percent=71.")
    ],
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi đặc điểm mà quy định hỏi tới (tỷ lệ nữ …)."""
    from app.cli.workspace_options import typed_row
    from app.operations.workspace.members import described_unit

    with seated(folder, by, year) as desk:
        said(described_unit(desk, unit, typed_row(notes)))


@unit_group.command("leave", cls=Command)
def leave(
    folder: FolderArgument,
    unit: UnitArgument,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi ngày đơn vị rời cụm, khối; điểm được lưu trữ."""
    from app.operations.workspace.members import leave_unit

    with seated(folder, by, year) as desk:
        said(leave_unit(desk, unit, on_day(on)))


@unit_group.command("remove", cls=Command)
def remove(
    folder: FolderArgument, unit: UnitArgument, year: YearOption = None, by: ByOption = ""
) -> None:
    """Bỏ một đơn vị thêm nhầm, chưa có dữ liệu."""
    from app.operations.workspace.members import remove_unit

    with seated(folder, by, year) as desk:
        said(remove_unit(desk, unit))


@unit_group.command("move", cls=Command)
def move(
    folder: FolderArgument,
    unit: UnitArgument,
    into: Annotated[str, typer.Option("--into", metavar="MÃ_MỚI", help="Mã ở cụm mới.")],
    cluster: Annotated[str, typer.Option("--cluster", metavar="CỤM", help="Cụm, khối mới.")],
    follow: Annotated[bool, typer.Option("--follow", help="Điểm đi theo đơn vị.")] = False,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chuyển đơn vị sang cụm, khối khác giữa năm."""
    from app.domain.snapshot import Unit
    from app.operations.workspace.desk import unit_of
    from app.operations.workspace.successions import move_unit

    with seated(folder, by, year) as desk:
        fresh = Unit(into, unit_of(desk, unit).name, cluster)
        said(move_unit(desk, unit, fresh, on_day(on), follow=follow))


@unit_group.command("merge", cls=Command)
def merge(
    folder: FolderArgument,
    units: Annotated[list[str], typer.Argument(metavar="ĐƠN_VỊ", help="Các đơn vị sáp nhập.")],
    into: Annotated[str, typer.Option("--into", metavar="MÃ", help="Đơn vị sau sáp nhập.")],
    name: NameOption = None,
    follow: FollowOption = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Sáp nhập đơn vị giữa năm vào một đơn vị mới hoặc đã có."""
    from app.domain.snapshot import Unit
    from app.operations.workspace.desk import unit_of
    from app.operations.workspace.successions import merge_units

    with seated(folder, by, year) as desk:
        known = desk.units.get(into)
        home = unit_of(desk, units[0]).cluster
        target = known or Unit(into, name or into, home)
        said(merge_units(desk, units, target, on_day(on), follow=follow))


@unit_group.command("split", cls=Command)
def split(
    folder: FolderArgument,
    unit: UnitArgument,
    into: Annotated[
        list[str], typer.Option("--into", metavar="MÃ=TÊN", help="Đơn vị mới; ghi nhiều lần.")
    ],
    follow: FollowOption = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chia tách một đơn vị giữa năm."""
    from app.domain.snapshot import Unit
    from app.operations.workspace.desk import unit_of
    from app.operations.workspace.successions import split_unit

    with seated(folder, by, year) as desk:
        home = unit_of(desk, unit).cluster
        parts = [words.partition("=") for words in into]
        fresh = [Unit(key.strip(), name.strip() or key.strip(), home) for key, _, name in parts]
        said(split_unit(desk, unit, fresh, on_day(on), follow=follow))
