"""The sheet of one appraiser's share: the name, and what is ticked of clusters and sections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.pages.province.presenter.dividing import Dividing, share_of
from ui.pages.province.tick_list import TickList
from ui.theme.tokens import Theme
from ui.widgets.form import Form
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.operations.workspace.desk import Done
    from app.scoring.division import Share


class ShareSheet(Sheet):
    """Keeps a share in the place of ``before``, or as a new one; ``done`` hears of it."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        dividing: Dividing,
        before: Share | None,
        done: Callable[[Done], object],
    ) -> None:
        title = "Thêm người thẩm định" if before is None else "Sửa phần việc thẩm định"
        super().__init__(title, parent, width=760)
        self._dividing, self._before, self._done = dividing, before, done
        self.form = Form(theme)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.form.text("name", "Họ tên", before.appraiser if before else "", required=True)
        self.body.addWidget(self.form)
        self.clusters = TickList(
            "Cụm, khối",
            dividing.clusters(),
            before.clusters if before else (),
            theme,
            hint="Không chọn dòng nào: mọi cụm, khối.",
        )
        criteria = before.criteria if before else ()
        self.sections = TickList(
            "Mục của bảng tiêu chí",
            dividing.sections(criteria),
            criteria,
            theme,
            hint="Không chọn dòng nào: mọi tiêu chí.",
        )
        lists = QHBoxLayout()
        lists.setSpacing(theme.measures.space_4)
        lists.addWidget(self.clusters, 1)
        lists.addWidget(self.sections, 1)
        self.body.addLayout(lists, 1)
        self.add_button("Thôi", role="close")
        self.verb = self.add_button("Giao phần việc", primary=True)
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        values = self.form.values()
        if values is None:
            return
        wanted = share_of(values["name"], self.clusters.ticked, self.sections.ticked)
        wrong = self._dividing.fault(wanted, self._before)
        self.clusters.fault(wrong)
        if not wrong:
            self._dividing.keep(wanted, self._before, self._done)
            self.accept()
