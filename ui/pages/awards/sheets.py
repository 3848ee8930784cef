"""The sheets of the awards: what is asked, then what it would bring, then it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.awards.facts import AwardView, Candidates, CheckRow, LineRow, Make
from ui.pages.awards.presenter import AwardsPresenter
from ui.widgets.consequences import ConsequencesSheet
from ui.widgets.form import Form, FormSheet
from ui.widgets.sheet import Sheet
from ui.widgets.words import label

if TYPE_CHECKING:
    from app.operations.workspace.awards import Ruling
    from app.operations.workspace.consequences import Plan
    from app.operations.workspace.desk import Done

Asked = Callable[[dict[str, Any]], object]
_CLEARED = ""
_PLACES = [
    ("", "Theo quy định của bảng tiêu chí"),
    ("passed_on", "Chuyển cho đơn vị kế tiếp"),
    ("left_empty", "Để trống"),
]
_WHO, _PAPER, _DAY = "Người, cơ quan kết luận", "Văn bản (số, ký hiệu)", "Ngày"


class AwardSheets:
    """Asks for what an act needs; nothing is written before its consequences were shown."""

    def __init__(
        self,
        context: Context,
        presenter: AwardsPresenter,
        over: QWidget,
        settled: Callable[[], object],
    ) -> None:
        self._context, self._presenter = context, presenter
        self._over, self._settled = over, settled
        self._asked: Asked = lambda _values: None

    # ------------------------------------------------------------- proposals

    def propose(self) -> None:
        """Asks for the day and, where something was proposed before, the reason."""
        again = self._presenter.proposals is not None and self._presenter.proposals.proposals
        sheet = self._form("Chốt danh sách đề nghị", "Chốt danh sách đề nghị")
        sheet.form.words(
            "Danh sách được gắn với số liệu hiện nay. Số liệu thay đổi sau đó thì trang này nêu "
            "từng đơn vị khác. Chưa đủ điều kiện chốt thì chương trình nêu mọi lý do."
        )
        sheet.form.date("on", "Ngày lập", self._presenter.today(), required=True)
        if again:
            sheet.form.text(
                "reason", "Lý do lập lại", hint="Bắt buộc khi có đơn vị không còn được đề nghị."
            )
        done = self._closing(sheet)
        self._ask(
            sheet,
            lambda v: self._presenter.propose(v["on"], v.get("reason", ""), done),
        )

    def decide(self) -> None:
        """Asks for the decision on the awards that were proposed."""
        sheet = self._form("Ghi quyết định khen thưởng", "Ghi quyết định")
        sheet.form.words("Mọi đề nghị đang đứng được ghi là đã có quyết định.")
        sheet.form.text("number", "Số, ký hiệu quyết định", required=True)
        sheet.form.date("date", "Ngày quyết định", self._presenter.today(), required=True)
        sheet.form.text("issuer", "Cơ quan quyết định")
        done = self._closing(sheet)
        self._ask(sheet, lambda values: self._presenter.decide(values, done))

    def quota(self, view: AwardView) -> None:
        """Asks for the number of places of the year."""
        sheet = self._form(f"Chỉ tiêu năm: {view.title}", "Ghi chỉ tiêu")
        sheet.form.number("count", "Số suất", view.quota, whole=True, least=0, required=True)
        sheet.form.words("Theo hướng dẫn tổng kết của năm; thay cho số của bảng tiêu chí.")
        done = self._closing(sheet)
        self._ask(
            sheet,
            lambda values: self._presenter.keep_quota(view, int(values["count"]), done),
        )

    def withdraw(self, row: LineRow) -> None:
        """A unit withdraws from an award after the conference."""
        from app.operations.workspace.awards import plan_withdrawn

        kept = row.kept
        if kept is None:
            return
        sheet = self._form(f"{row.name} rút khỏi đề nghị", "Xem hệ quả")
        sheet.form.text("reason", "Lý do rút", required=True)
        self._ruling_fields(sheet.form)
        self._plan(sheet, lambda v: lambda desk: plan_withdrawn(desk, kept.id, _ruling(v)))

    def bar(self, row: LineRow) -> None:
        """A unit is barred after the conference."""
        from app.operations.workspace.awards import plan_barred_after

        sheet = self._form(f"Không xét {row.name} sau hội nghị", "Xem hệ quả")
        sheet.form.choice("case", "Trường hợp", self._presenter.bars())
        self._ruling_fields(sheet.form)
        self._plan(
            sheet,
            lambda v: lambda desk: plan_barred_after(desk, row.unit, v["case"], _ruling(v)),
        )

    def _ruling_fields(self, form: Form) -> None:
        form.choice("place", "Suất của đơn vị", _PLACES)
        self._decision_fields(form)

    def _decision_fields(self, form: Form) -> None:
        form.text("by", _WHO, required=True)
        form.text("paper", _PAPER, required=True)
        form.date("on", _DAY, self._presenter.today(), required=True)

    # ------------------------------------------------------------- questions

    def answer(self, question: str) -> None:
        """Records what was decided on a place: both outcomes are in sight."""
        from app.operations.workspace.decisions import plan_decision

        asked = self._presenter.asked(question)
        if asked is None:
            return
        sheet = self._form("Ghi quyết định", "Xem hệ quả")
        form = sheet.form
        sheet.body.insertWidget(0, label(asked.what, "strong", wrap=True))
        many = asked.places > 1
        if many:
            form.words(f"Đánh dấu {asked.places} đơn vị được chọn.")
            for answer in asked.answers:
                form.tick(f"choice:{answer.choice}", answer.words)
        else:
            for answer in asked.answers:
                form.words(answer.words)
            pairs = [(answer.choice, answer.words) for answer in asked.answers]
            form.choice("choice", "Quyết định", pairs)
        form.text("by", "Người, cơ quan quyết định", required=True)
        form.text("paper", "Văn bản (số, ký hiệu, ngày)", required=True)

        def chosen(values: dict[str, Any]) -> str:
            if not many:
                return str(values["choice"])
            return "+".join(a.choice for a in asked.answers if values[f"choice:{a.choice}"])

        self._plan(
            sheet,
            lambda v: lambda desk: plan_decision(desk, asked.id, chosen(v), v["by"], v["paper"]),
        )

    def choose(self, award: str) -> None:
        """Records whom the council chose, among those who may be chosen."""
        self._presenter.candidates(award, self._ask_choice)

    def _ask_choice(self, among: Candidates) -> None:
        from app.operations.workspace.decisions import plan_choice

        sheet = self._form(f"Ghi lựa chọn của Hội đồng: {among.title}", "Xem hệ quả")
        form = sheet.form
        if not among.units:
            form.words("Chưa có đơn vị nào đủ điều kiện để Hội đồng lựa chọn.")
            sheet.verb.setEnabled(False)
        else:
            form.words(f"Đánh dấu các đơn vị được Hội đồng lựa chọn. {among.limit}")
        for one in among.units:
            form.tick(f"unit:{one.unit}", one.name, one.chosen)
        form.text("by", "Cơ quan quyết định", required=True)
        form.text("paper", "Văn bản (số, ký hiệu, ngày)", required=True)

        def make(v: dict[str, Any]) -> Make:
            units = [one.unit for one in among.units if v[f"unit:{one.unit}"]]
            return lambda desk: plan_choice(desk, among.award, units, v["by"], v["paper"])

        self._plan(sheet, make)

    # ------------------------------------------------------------- the checklist

    def check(self, unit: str, name: str, row: CheckRow) -> None:
        """What can be recorded about one line of a unit's checklist."""
        acts = {"record": self._record, "conclude": self._conclude, "tick": self._tick}
        if row.act:
            acts[row.act](unit, name, row)

    def _record(self, unit: str, name: str, row: CheckRow) -> None:
        from app.operations.workspace.eligibility import plan_case

        sheet = self._form(f"Ghi trường hợp: {name}", "Xem hệ quả")
        sheet.body.insertWidget(0, label(f"{row.group}: {row.title}", "strong", wrap=True))
        sheet.form.text("paper", "Căn cứ (số, ký hiệu)", required=True)
        sheet.form.date("since", "Từ ngày")
        self._plan(
            sheet,
            lambda v: lambda desk: plan_case(desk, unit, row.id, v["paper"], v["since"]),
        )

    def _conclude(self, unit: str, name: str, row: CheckRow) -> None:
        from app.operations.workspace.eligibility import plan_barred, plan_cleared

        sheet = self._form(f"Ghi kết luận: {name}", "Xem hệ quả")
        sheet.body.insertWidget(0, label(f"{row.group}: {row.title}", "strong", wrap=True))
        options = [(_CLEARED, "Không vướng nữa")]
        if row.held:
            options += [(case, f"Không xét: {title}") for case, title in self._presenter.bars()]
        sheet.form.choice("case", "Kết luận", options)
        self._decision_fields(sheet.form)

        def make(v: dict[str, Any]) -> Make:
            given = (v["by"], v["paper"], v["on"])
            if v["case"] == _CLEARED:
                return lambda desk: plan_cleared(desk, unit, row.id, *given)
            return lambda desk: plan_barred(desk, unit, row.id, v["case"], *given)

        self._plan(sheet, make)

    def _tick(self, unit: str, name: str, row: CheckRow) -> None:
        from app.operations.workspace.eligibility import plan_condition

        sheet = self._form(f"Ghi điều kiện: {name}", "Xem hệ quả")
        sheet.body.insertWidget(0, label(row.title, "strong", wrap=True))
        options = [("yes", "Đạt"), ("no", "Không đạt"), ("", "Chưa rõ (bỏ ghi nhận)")]
        sheet.form.choice("met", "Kết quả", options)
        sheet.form.text("paper", "Căn cứ (số, ký hiệu)")
        met = {"yes": True, "no": False}
        self._plan(
            sheet,
            lambda v: (
                lambda desk: plan_condition(desk, unit, row.id, met.get(v["met"]), v["paper"])
            ),
        )

    # ------------------------------------------------------------- all of them

    def _form(self, title: str, verb: str) -> FormSheet:
        return FormSheet(
            title,
            verb,
            self._context.theme,
            self._over.window(),
            lambda values: self._go(values),
            width=620,
        )

    def _go(self, values: dict[str, Any]) -> bool:
        self._asked(values)
        return False

    def _ask(self, sheet: FormSheet, act: Asked) -> None:
        self._asked = act
        sheet.show_over()

    def _closing(self, sheet: Sheet) -> Callable[[Done], None]:
        close = sheet.closer()

        def done(answer: Done) -> None:
            close()
            self._settled()
            self._context.notices.done(answer)

        return done

    def _plan(self, sheet: FormSheet, make: Callable[[dict[str, Any]], Make]) -> None:
        """Asks in this sheet, then shows what the act would bring, then does it."""
        close = sheet.closer()

        def planned(plan: Plan) -> None:
            close()
            self._consequences(plan)

        self._ask(sheet, lambda values: self._presenter.plan(make(values), planned))

    def _consequences(self, plan: Plan) -> None:
        words, told = self._presenter.told(plan)
        acts = self._presenter.acts
        sheet = ConsequencesSheet(
            "Hệ quả",
            words,
            told,
            "Ghi vào sổ",
            self._context.theme,
            self._over.window(),
            lambda: acts.carry_out(plan, done),
        )
        done = self._closing(sheet)
        sheet.show_over()


def _ruling(values: dict[str, Any]) -> Ruling:
    from app.operations.workspace.awards import Ruling

    given = (values["by"], values["paper"], values["on"])
    return Ruling(*given, values["place"] or None, values.get("reason", ""))
