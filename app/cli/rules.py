"""``bangvang rules``: what packs say, whether they hold, and where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_json, say_lines, tell
from app.cli.values import choice, day

rules = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Xem, kiểm tra, so sánh và tạo gói quy tắc.",
)

PackArgument = Annotated[
    str, typer.Argument(metavar="GÓI", help="Tệp .toml, thư mục có pack.toml, hoặc mã gói sẵn có.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="In dạng JSON.")]


@rules.command("list", cls=Command)
def list_packs(as_json: JsonOption = False) -> None:
    """Liệt kê các gói quy tắc đi kèm chương trình."""
    from app.operations.pack_views import listed_packs
    from app.operations.standing_text import aligned

    packs = listed_packs()
    if as_json:
        say_json(packs)
        return
    rows = [("Mã", "Bản", "Loại", "Tên")]
    kinds = {"points": "tính điểm", "overlay": "quy trình"}
    for pack in packs:
        kind = kinds.get(pack.get("kind", ""), "có lỗi")
        rows.append((pack["id"], pack.get("version", ""), kind, pack.get("title", "")))
    say_lines(aligned(rows))


@rules.command("show", cls=Command)
def show(pack: PackArgument, as_json: JsonOption = False) -> None:
    """Cho xem mọi điều trong một gói: tham số, cách chấm, vòng chấm, khen thưởng."""
    from app.operations.loading import load_pack
    from app.operations.pack_views import pack_view, view_lines

    loaded = load_pack(Path(pack))
    if as_json:
        say_json(pack_view(loaded))
    else:
        say_lines(view_lines(loaded))


@rules.command("check", cls=Command)
def check(
    pack: PackArgument,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="NGÀY", help="Ngày mà văn bản nguồn phải còn hiệu lực."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra một gói: khung điểm, khoảng trống, điều khoản, văn bản hết hiệu lực."""
    from app.operations.pack_views import check_tree, checked_pack

    checked = checked_pack(Path(pack), day(as_of, "--as-of"))
    if as_json:
        say_json(check_tree(checked))
    else:
        errors = sum(finding.is_error for finding in checked.findings)
        words = "dùng được" if checked.ok else f"còn {errors} lỗi phải sửa"
        say(f"Gói quy tắc {words}; {len(checked.findings) - errors} điều cần xem.")
        tell(checked.findings)
    if not checked.ok:
        raise typer.Exit(1)


@rules.command("test", cls=Command)
def worked_cases(
    place: Annotated[
        str,
        typer.Argument(metavar="GÓI_HOẶC_THƯ_MỤC", help="Gói có thư mục cases, hoặc thư mục."),
    ],
    as_json: JsonOption = False,
) -> None:
    """Chạy các trường hợp mẫu của một gói, hoặc của một thư mục."""
    from app.operations.cases import reports_lines, reports_tree, run_cases

    reports = run_cases(Path(place))
    if as_json:
        say_json(reports_tree(reports))
    else:
        say_lines(reports_lines(reports))
    if not all(report.holds for report in reports):
        raise typer.Exit(1)


@rules.command("compare", cls=Command)
def compare(
    old: Annotated[str, typer.Argument(metavar="GÓI_CŨ", help="Gói trước khi sửa.")],
    new: Annotated[str, typer.Argument(metavar="GÓI_MỚI", help="Gói sau khi sửa.")],
    as_json: JsonOption = False,
) -> None:
    """So sánh hai gói và nêu từng chỗ khác bằng lời."""
    from dataclasses import asdict

    from app.operations.loading import load_pack
    from app.operations.pack_changes import pack_changes

    changes = pack_changes(load_pack(Path(old)), load_pack(Path(new)))
    if as_json:
        say_json([asdict(change) for change in changes])
    elif changes:
        say_lines(change.sentence() for change in changes)
    else:
        say("Hai gói giống nhau.")


@rules.command("methods", cls=Command)
def methods(
    as_json: JsonOption = False,
    page: Annotated[
        bool, typer.Option("--page", help="In trọn trang tài liệu về các cách chấm (Markdown).")
    ] = False,
) -> None:
    """Liệt kê các cách chấm: số liệu cần có, công thức, xử lý ở các mép."""
    from app.operations.method_views import methods_data, methods_text

    if as_json:
        say_json(methods_data())
    elif page:
        say(methods_text())
    else:
        rows = [(m["kind"], m["title"], m["formula"]) for m in methods_data()]
        say_lines(f"{kind}\n  {title}. {formula}" for kind, title, formula in rows)


@rules.command("findings", cls=Command)
def findings(as_json: JsonOption = False) -> None:
    """Liệt kê mọi mã lỗi, cảnh báo mà chương trình có thể nêu."""
    from app.operations.pack_views import finding_codes
    from app.operations.standing_text import aligned

    rooms = finding_codes()
    if as_json:
        say_json(rooms)
    else:
        say_lines(aligned([row for codes in rooms.values() for row in codes.items()]))


@rules.command("schema", cls=Command)
def schema(
    what: Annotated[str, typer.Argument(metavar="facts|result|pack", help="Định dạng cần xem.")],
) -> None:
    """In JSON Schema của tệp dữ kiện, kết quả hoặc gói quy tắc."""
    from app.operations.formats import schema_of

    say_json(schema_of(choice(what, "schema", ("facts", "result", "pack"))))


@rules.command("from-table", cls=Command)
def from_table(
    file: Annotated[
        str, typer.Argument(metavar="TỆP", help="Bảng tiêu chí .xlsx, .xls, .ods hoặc .csv.")
    ],
    out: Annotated[
        str,
        typer.Option("--out", metavar="GÓI", help="Nơi ghi gói: tệp .toml hoặc thư mục."),
    ],
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="TÊN_CỘT",
            help="Tên cột khi tiêu đề khác thường, ví dụ code=Mã,title=Nội dung,max=Điểm chuẩn.",
        ),
    ] = "",
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="TRANG", help="Trang tính cần đọc.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TÊN", help="Tên của gói quy tắc.")
    ] = None,
    convert: Annotated[
        bool, typer.Option("--convert", help="Đổi chữ TCVN3, VNI sang Unicode.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Cho ghi đè tệp đã có.")] = False,
) -> None:
    """Biến một bảng tiêu chí thành gói quy tắc chấm điểm trực tiếp."""
    from app.operations.from_tables import TableSource, pack_from_table

    source = TableSource(Path(file), sheet, columns, convert)
    made = pack_from_table(source, Path(out), title, overwrite=overwrite)
    tell(made.findings)
    say(f"Đã ghi {made.rows} dòng tiêu chí và nhóm vào {made.written[0]}.")
    if any(finding.is_error for finding in made.findings):
        raise typer.Exit(1)
