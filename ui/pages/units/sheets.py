"""The sheets in which units and what is kept about them are typed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.snapshot import Figure
from ui.context import Context
from ui.pages.units.acts import as_typed, note_of
from ui.pages.units.facts import Detail, Field, ItemChoice, ItemKind, ItemRow, PaperRow, TargetRow
from ui.pages.units.presenter import UnitsPresenter
from ui.widgets.form import Form, FormSheet

_YES_NO = (("", "Chưa ghi"), ("yes", "Có"), ("no", "Không"))
_ALL = "all"
_LONG = 50


class UnitSheets:
    """Makes the sheets of the page over its window."""

    def __init__(self, context: Context, presenter: UnitsPresenter, page: QWidget) -> None:
        self._context = context
        self._presenter = presenter
        self._page = page

    def _sheet(self, title: str, verb: str, act: Callable[[dict[str, Any]], object]) -> FormSheet:
        return FormSheet(
            title,
            verb,
            self._context.theme,
            self._page.window(),
            lambda values: self._context.do(lambda: act(values)),
        )

    def _removal(self, sheet: FormSheet, words: str, act: Callable[[], object]) -> None:
        """A quiet button at the left that takes the thing out."""
        remove = sheet.add_button(words, role="close")
        sheet.buttons.insertWidget(0, remove)
        remove.clicked.connect(lambda: self._context.do(act))

    # ------------------------------------------------------------- units and clusters

    def add_units(self, cluster: str | None) -> None:
        """Asks for one unit or a pasted list."""
        presenter = self._presenter
        clusters = presenter.clusters()

        def act(values: dict[str, Any]) -> bool:
            _told, fault = presenter.typed_units(values["names"])
            if fault:
                sheet.form.fault("names", fault)
                return False
            return self._context.do(lambda: self._add(values))

        sheet = FormSheet(
            "Thêm đơn vị", "Thêm đơn vị", self._context.theme, self._page.window(), act
        )
        form = sheet.form
        if not clusters:
            form.text(
                "cluster_name",
                "Tên cụm, khối",
                required=True,
                hint="Ví dụ: Cụm thi đua số 3. Đơn vị được xếp vào cụm, khối này.",
            )
            self._block_choice(form, "")
        else:
            options = [(key, one.name) for key, one in clusters.items()]
            form.choice("cluster", "Cụm, khối", options, cluster)
        form.text("names", "Tên đơn vị", required=True, lines=6)
        told = form.words(presenter.typed_units("")[0])
        first, last = presenter.year_bounds()
        form.date(
            "joined",
            "Tham gia từ",
            first=first,
            last=last,
            hint="Chỉ ghi khi đơn vị vào giữa năm.",
        )
        form.changed.connect(
            lambda: told.setText(presenter.typed_units(form.value("names") or "")[0])
        )
        form.editor("names").setFocus()
        sheet.show_over()

    def _add(self, values: dict[str, Any]) -> object:
        presenter = self._presenter
        cluster = values.get("cluster")
        if not cluster:
            cluster = presenter.add_cluster(values["cluster_name"], values.get("block"))
        return presenter.add(values["names"], cluster, values["joined"])

    def _block_choice(self, form: Form, block: str) -> None:
        blocks = self._presenter.rules.blocks()
        if blocks:
            options = [("", "Chưa chọn"), *blocks.items()]
            form.choice(
                "block",
                "Loại cụm, khối",
                options,
                block,
                hint="Bảng tiêu chí có phần riêng cho từng loại.",
            )

    def add_cluster(self) -> None:
        """Asks for a new cluster."""
        presenter = self._presenter
        sheet = self._sheet(
            "Thêm cụm, khối",
            "Thêm cụm, khối",
            lambda values: presenter.add_cluster(values["name"], values.get("block")),
        )
        sheet.form.text("name", "Tên cụm, khối", required=True)
        self._block_choice(sheet.form, "")
        sheet.show_over()

    def change_cluster(self, cluster: str) -> None:
        """Asks for a cluster's name and kind; an empty one can be removed."""
        presenter = self._presenter
        old = presenter.clusters()[cluster]
        sheet = self._sheet(
            "Sửa thông tin cụm, khối",
            "Lưu thông tin",
            lambda values: presenter.change_cluster(cluster, values["name"], values.get("block")),
        )
        sheet.form.text("name", "Tên cụm, khối", old.name, required=True)
        self._block_choice(sheet.form, old.block or "")
        self._removal(sheet, "Bỏ cụm, khối này", lambda: presenter.remove_cluster(cluster))
        sheet.show_over()

    # ------------------------------------------------------------- what is kept about a unit

    def edit_stay(self, detail: Detail) -> None:
        """Asks since when a unit takes part and until when."""
        presenter = self._presenter
        sheet = self._sheet(
            f"Thời gian tham gia của {detail.row.name}",
            "Lưu thời gian",
            lambda values: presenter.set_stay(detail.row.id, values["joined"], values["left"]),
        )
        first, last = presenter.year_bounds()
        sheet.form.words("Để trống là tham gia từ đầu năm, đến hết năm.")
        sheet.form.date("joined", "Tham gia từ", detail.joined, first=first, last=last)
        sheet.form.date("left", "Tham gia đến hết", detail.left, first=first, last=last)
        sheet.show_over()

    def edit_notes(self, detail: Detail) -> None:
        """Asks for the figures that the rules ask about a unit."""

        def act(values: dict[str, Any]) -> object:
            notes: dict[str, Figure | None] = {
                note.name: note_of(note, values[note.name]) for note in detail.notes
            }
            return self._presenter.describe(detail.row.id, notes)

        sheet = self._sheet(f"Số liệu về {detail.row.name}", "Lưu số liệu", act)
        for note in detail.notes:
            hint = f"Dùng để xét: {note.used_for}" if note.used_for else ""
            add_field(sheet.form, note.name, note, hint)
        sheet.show_over()

    def edit_paper(self, detail: Detail, paper: PaperRow) -> None:
        """Asks for a registration's or a pledge's number and days."""
        presenter = self._presenter
        kept = paper.kept
        others = presenter.without_paper(paper.kind)

        def act(values: dict[str, Any]) -> object:
            whose = values.pop("whose", "")
            units = [unit for unit, _name in others] if whose == _ALL else [detail.row.id]
            return presenter.keep_paper(units, paper.kind, values)

        sheet = self._sheet(f"{paper.title} của {detail.row.name}", "Ghi đã nhận", act)
        form = sheet.form
        if kept is None and len(others) > 1:
            form.choice(
                "whose",
                "Ghi cho",
                [
                    ("", f"Chỉ {detail.row.name}"),
                    (_ALL, f"Cả {len(others)} đơn vị chưa ghi"),
                ],
            )
        form.text("number", "Số văn bản", kept.number if kept else "")
        form.date("signed", "Ngày ký", kept.signed if kept else None)
        leader = presenter.rules.roles()["leader"]
        form.date("received_by_leader", f"{leader} nhận", kept.received_by_leader if kept else None)
        form.date(
            "received_by_department",
            "Sở Nội vụ nhận",
            kept.received_by_department if kept else None,
        )
        form.text("content", "Nội dung chính", kept.content if kept else "", lines=2)
        sheet.show_over()

    def edit_target(self, detail: Detail, row: TargetRow | None) -> None:
        """Asks for a target."""
        presenter = self._presenter
        kept = row.kept if row is not None else None
        sheet = self._sheet(
            "Sửa chỉ tiêu" if kept else f"Thêm chỉ tiêu của {detail.row.name}",
            "Lưu chỉ tiêu" if kept else "Thêm chỉ tiêu",
            lambda values: presenter.keep_target(detail.row.id, values, kept),
        )
        form = sheet.form
        form.text("title", "Chỉ tiêu", kept.title if kept else "", required=True)
        plan = as_typed(kept.plan) if kept else ""
        half = as_typed(kept.half_year) if kept else ""
        form.text("plan", "Kế hoạch năm", plan, hint="Một con số, một ngày, hoặc bằng chữ.")
        form.text("measure", "Đơn vị tính", kept.measure if kept else "")
        form.text("half_year", "Kết quả 6 tháng", half)
        form.date("half_year_on", "Tính đến ngày", kept.half_year_on if kept else None)
        criteria = presenter.rules.criteria()
        if criteria:
            options = [("", "Không gắn với tiêu chí nào")]
            options += [(code, f"{code} {title}") for code, title in criteria.items()]
            form.choice("criterion", "Thuộc tiêu chí", options, kept.criterion if kept else "")
        form.text("note", "Ghi chú", kept.note if kept else "")
        if kept is not None:
            code = kept.code
            self._removal(
                sheet, "Bỏ chỉ tiêu này", lambda: presenter.remove_target(detail.row.id, code)
            )
        sheet.show_over()

    def edit_item(self, detail: Detail, kind: ItemKind, row: ItemRow | None) -> None:
        """Asks for a ground for bonus or deduction points."""
        presenter = self._presenter
        choices = {choice.id: choice for choice in presenter.rules.items(kind)}
        words = "điểm thưởng" if kind == "bonus" else "điểm trừ"

        def act(values: dict[str, Any]) -> object:
            choice = choices[values["item"]]
            figures = {
                key: value for key, value in values.items() if not key.startswith("figure:")
            } | {
                f"figure:{field.name}": values.get(f"figure:{choice.id}:{field.name}")
                for field in choice.figures
            }
            number = row.number if row is not None else None
            return presenter.keep_item(detail.row.id, kind, choice, figures, number)

        sheet = self._sheet(
            f"Sửa {words}" if row else f"Thêm {words} của {detail.row.name}",
            f"Lưu {words}" if row else f"Thêm {words}",
            act,
        )
        form = sheet.form
        old: dict[str, Any] = dict(row.row) if row is not None else {}
        item = form.choice(
            "item",
            "Nội dung",
            [(choice.id, choice.title) for choice in choices.values()],
            row.item if row is not None else None,
        )
        whole = form.words("")
        form.number("count", "Số lần", old.get("count", 1), required=True, whole=True, least=1)
        form.number("points", "Số điểm", old.get("points"), required=True, least=0)
        figures = old.get("figures", {})
        for choice in choices.values():
            for one in choice.figures:
                kept = figures.get(one.name) if row and choice.id == row.item else None
                add_field(form, f"figure:{choice.id}:{one.name}", one, "", kept)
        form.text(
            "subject",
            "Về việc gì",
            old.get("subject", ""),
            hint="Việc được thưởng hoặc bị trừ; để phân biệt các lần.",
        )
        form.text("reason", "Lý do, căn cứ", old.get("reason", ""), required=True)
        assert isinstance(item, QComboBox)

        def chosen() -> None:
            _show_for(form, choices, item.currentData())
            title = choices[item.currentData()].title
            whole.setText(title)
            whole.setVisible(len(title) > _LONG)

        item.currentIndexChanged.connect(lambda _at: chosen())
        chosen()
        if row is not None:
            self._removal(sheet, "Bỏ mục này", lambda: presenter.remove_item(row))
        sheet.show_over()


def _show_for(form: Form, choices: dict[str, ItemChoice], chosen: str) -> None:
    """Shows the fields of the chosen item alone."""
    form.show_field("count", choices[chosen].asks_count)
    form.show_field("points", choices[chosen].asks_points)
    for choice in choices.values():
        for one in choice.figures:
            form.show_field(f"figure:{choice.id}:{one.name}", choice.id == chosen)


def add_field(form: Form, key: str, field: Field, hint: str, kept: Figure | None = None) -> None:
    """The editor of a figure by its kind."""
    value = kept if kept is not None else field.value
    match field.kind:
        case "yes_no":
            known = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
            form.choice(key, field.title, _YES_NO, known, hint=hint)
        case "level" if field.levels:
            options = [("", "Chưa ghi"), *((level, level) for level in field.levels)]
            form.choice(key, field.title, options, str(value or ""), hint=hint)
        case "number":
            number = value if isinstance(value, Fraction) else None
            form.number(key, field.title, number, hint=hint)
        case _:
            form.text(key, field.title, as_typed(value), hint=hint)
