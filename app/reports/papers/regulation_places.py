"""The articles of a scoring regulation, made from the rules of the year.

Each place is the numbered clauses of one article; wording around them is the officer's. What the
province's text leaves open is said as it was chosen, and listed in the appendix of choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from app.reports.choices import choice_words
from app.reports.condition_words import condition_words
from app.reports.document import Block, Paragraph, plain_line
from app.reports.method_words import number, worth_words
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.duty_places import rules_of
from app.reports.papers.table_places import HANDS, table_places, unmarked
from app.reports.papers.wording import Place
from app.reports.ranking_details import source_notes
from app.rules.awards import (
    AllPlaces,
    AuthorityStep,
    Award,
    BallotRule,
    BallotStep,
    FixedPlaces,
    KeysStep,
    PercentPlaces,
    Places,
    QuotaPlaces,
    RankPlaces,
    StandingCase,
)
from app.rules.base import is_open
from app.rules.condition import Key
from app.rules.items import Item, Items, PercentOfTotal, PerCount
from app.rules.pack import RulePack, Scoring

_OPEN: Final = "chưa chọn cách xử lý"
_ELECTIONS: Final = {
    "tie": "Bỏ phiếu phân định đơn vị bằng điểm",
    "award": "Bỏ phiếu đề nghị khen thưởng",
    "leader": "Bầu {leader}",
    "deputy": "Bầu {deputy}",
    "free": "Bỏ phiếu lấy ý kiến",
}
_KEYS: Final = {
    "points": "điểm của mục {of}",
    "share": "tỷ lệ điểm đạt của mục {of}",
    "exact_total": "tổng điểm chưa làm tròn",
    "before_bonus": "tổng điểm chưa kể điểm thưởng",
    "before_deductions": "tổng điểm trước khi trừ",
    "bonus": "điểm thưởng",
    "deductions": "điểm trừ",
    "attribute": "thông tin đã ghi của đơn vị",
    "round_total": "tổng điểm của vòng chấm khác",
    "level": "mức đánh giá của mục {of}",
}


def regulation_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    """The articles of the regulation."""
    words = _Regulation(data)
    rules = words.rules
    places: dict[str, Place] = {
        **table_places(data, subject),
        "các vòng chấm": _numbered(words.rounds()),
        "nguyên tắc tính điểm": _numbered(words.totals()),
        "xếp hạng": _numbered(words.ranks()),
        "điểm thưởng": _numbered(words.items(rules.bonus, "thưởng")),
        "điểm trừ": _numbered(words.items(rules.deductions, "trừ")),
        "trường hợp không xét": _numbered(words.cases("barred")),
        "trường hợp chưa xét": _numbered(words.cases("held")),
        "xếp loại": _numbered(words.classes()),
        "khen thưởng": _numbered(words.awards()),
        "bằng điểm và bỏ phiếu": _numbered((*words.ties(), *words.ballots())),
    }
    places["chú thích nguồn"] = tuple(source_notes(data.citations))
    return places


def _numbered(clauses: Iterable[str]) -> tuple[Block, ...]:
    listed = tuple(clauses)
    if len(listed) == 1:
        return (Paragraph(plain_line(listed[0])),)
    return tuple(
        Paragraph(plain_line(f"{place}. {clause}")) for place, clause in enumerate(listed, start=1)
    )


class _Regulation:
    def __init__(self, data: PaperData) -> None:
        self.data = data
        self.rules: RulePack = rules_of(data)
        self.words = data.vocabulary
        self.titles = {award.id: award.title for award in self.rules.awards}

    @property
    def scoring(self) -> Scoring:
        """The settings of a points pack."""
        scoring = self.rules.scoring
        assert scoring is not None, "a points pack has scoring settings"
        return scoring

    def _cited(self, words: str, clause: str | None) -> str:
        place = self.data.citations.short(clause)
        return f"{words} ({place})." if place else f"{words}."

    # ------------------------------------------------------------------ who scores, totals, ranks
    def rounds(self) -> Iterator[str]:
        """Each hand's turn, and which one ranks."""
        titles = {r.id: r.title for r in self.rules.rounds}
        for one in self.rules.rounds:
            hand = HANDS[one.hand].format(
                leader=self.words.leader,
                standing=self.words.standing_agency,
                council=self.words.council,
            )
            who = hand[:1].lower() + hand[1:] if one.hand == "unit" else f"{hand} thực hiện"
            said = one.title if one.title.lower() == who.lower() else f"{one.title}: {who}"
            if one.only:
                said += f", chỉ chấm mục {', '.join(one.only)}"
            if one.stands_in is not None:
                said += (
                    "; tiêu chí không có ý kiến khác thì giữ điểm của vòng "
                    f"“{titles.get(one.stands_in, one.stands_in)}”"
                )
            yield self._cited(said, one.clause)
        ranking = self.data.assessment.ranking_round
        yield (
            f"Điểm của vòng “{titles.get(ranking, ranking)}” là căn cứ để xếp hạng, bình xét. "
            "Trước khi có điểm của vòng này, mọi kết quả là tạm tính."
        )
        yield (
            "Điểm của từng vòng được lưu và công khai trong "
            f"{self.words.cluster}; vòng sau sửa điểm của vòng trước thì phải nêu lý do."
        )

    def totals(self) -> Iterator[str]:
        """How points become a total, and what a cell without points is."""
        scoring = self.scoring
        yield (
            "Mỗi tiêu chí được chấm theo cách ghi trong Bảng tiêu chí chấm điểm kèm theo Quy chế "
            "này; tổng điểm là tổng điểm của các tiêu chí"
            + (", cộng điểm thưởng" if self.rules.bonus.items else "")
            + (", trừ điểm trừ" if self.rules.deductions.items else "")
            + "."
        )
        yield (
            "Tiêu chí không được giao cho đơn vị: "
            f"{choice_words(scoring.not_assigned)}. Điểm 0 là điểm đã chấm, khác với tiêu chí chưa "
            "chấm và tiêu chí không thực hiện."
        )
        yield f"Điểm chấm vượt điểm tối đa của tiêu chí: {choice_words(scoring.over_max)}."
        low, high = scoring.clamp.low, scoring.clamp.high
        bounds = [f"không dưới {number(low)} điểm"] if isinstance(low, Decimal) else []
        bounds += [f"không quá {number(high)} điểm"] if isinstance(high, Decimal) else []
        if bounds:
            yield f"Tổng điểm của một đơn vị {' và '.join(bounds)}."
        yield self.data.figures.statement()

    def ranks(self) -> Iterator[str]:
        """How units are ranked, and where barred and departed ones stand."""
        scoring = self.scoring
        yield self._cited(
            f"Xếp hạng {choice_words(scoring.rank_by)}, từ cao xuống thấp, theo điểm đã làm tròn",
            scoring.clause,
        )
        if scoring.rank_keys:
            keys = "; ".join(_key(key) for key in scoring.rank_keys)
            yield f"Bằng điểm thì xét lần lượt: {keys}."
        yield "Các đơn vị bằng điểm được xếp cùng hạng, hạng kế tiếp bỏ qua."
        yield f"Đơn vị thuộc trường hợp không xét: {choice_words(scoring.barred)}."
        yield f"Đơn vị rời {self.words.cluster} trong năm: {choice_words(scoring.left)}."

    # ------------------------------------------------------------------ bonus, deductions, bars
    def items(self, items: Items, kind: str) -> Iterator[str]:
        """The grounds with their worth, who gives them, and what bounds them together."""
        if not items.items:
            inside = ", ".join(row.code for row in self.rules.criteria if row.inside_bonus)
            yield (
                f"Điểm thưởng nằm trong khung điểm, chấm ở mục {inside} của Bảng tiêu chí."
                if inside and kind == "thưởng"
                else f"Quy chế này không quy định điểm {kind} ngoài các tiêu chí."
            )
            return
        for item in items.items:
            yield self._cited(self._item(item, kind), item.clause)
        if items.max is not None:
            yield self._cited(
                f"Tổng điểm {kind} của một đơn vị không quá {number(items.max)} điểm", items.clause
            )
        if len(items.items) > 1 or items.same_subject == "highest":
            yield (
                f"Một nội dung thuộc nhiều trường hợp {kind}: {choice_words(items.same_subject)}."
            )

    def _item(self, item: Item, kind: str) -> str:
        verb = f"{kind} " if isinstance(item.worth, PerCount | PercentOfTotal) else ""
        said = f"{item.title}: {verb}{worth_words(item)}"
        if item.role is not None:
            roles = {"leader": self.words.leader, "deputy": self.words.deputy}
            said += f"; chỉ đối với {roles.get(item.role, item.role)}"
        if item.hand is not None:
            hand = HANDS.get(item.hand, "")
            who = hand.format(
                leader=self.words.leader,
                standing=self.words.standing_agency,
                council=self.words.council,
            )
            said += f"; do {who} chấm" if who else ""
        return said

    def cases(self, kind: str) -> Iterator[str]:
        """The cases of one kind with their clauses."""
        found = [case for case in self.rules.standing if case.kind == kind]
        if not found:
            yield "Quy định của tỉnh không nêu trường hợp nào."
            return
        for case in found:
            yield self._cited(self._case(case), case.clause)

    def _case(self, case: StandingCase) -> str:
        said = case.title
        if case.awards:
            names = ", ".join(self.titles.get(award, award) for award in case.awards)
            said += f"; chỉ áp dụng khi xét {names}"
        return said

    def classes(self) -> Iterator[str]:
        """The classes from best to worst."""
        if not self.rules.classes:
            yield "Quy chế này không xếp loại đơn vị."
            return
        for one in self.rules.classes:
            yield self._cited(f"{one.title}: {condition_words(one.when, self.rules)}", one.clause)

    # ------------------------------------------------------------------ awards, ties, ballots
    def awards(self) -> Iterator[str]:
        """Each award: how many, who can be proposed, who not."""
        if not self.rules.awards:
            yield "Thực hiện theo quy định của pháp luật về thi đua, khen thưởng."
            return
        for award in self.rules.awards:
            yield self._cited(self._award(award), award.clause)
        yield (
            "Khen thưởng xét theo thứ hạng giữa các đơn vị đủ điều kiện, từ trên xuống; đơn vị "
            "không được xét không chiếm số lượng khen thưởng."
        )

    def _award(self, award: Award) -> str:
        conditions = {one.id: one.title for one in self.rules.conditions}
        parts = [f"{award.title}: {_places(award.places, self.titles)}"]
        if award.scope == "province":
            parts.append("tính trên toàn tỉnh")
        if award.among is not None:
            parts.append(f"xét trong các đơn vị được đề nghị {self.titles.get(award.among, '')}")
        if award.requires is not None:
            parts.append(f"yêu cầu {condition_words(award.requires, self.rules)}")
        wanted = [_bare(conditions.get(one, one)) for one in award.conditions]
        parts += [f"điều kiện: {', và '.join(wanted)}"] if wanted else []
        if award.excludes and award.beside != "yes":
            names = ", ".join(self.titles.get(other, other) for other in award.excludes)
            parts.append(f"không đề nghị đơn vị đã được đề nghị {names}")
        if award.chosen_by == "council":
            parts.append(f"do {self.words.council} lựa chọn")
        if award.needs_ballot:
            parts.append("phải được bỏ phiếu thông qua")
        if award.reserve:
            parts.append(f"dự bị {award.reserve:02d} đơn vị")
        held = _OPEN if is_open(award.held) else choice_words(award.held)
        parts.append(f"khi có đơn vị chưa xét: {held}")
        return "; ".join(parts)

    def ties(self) -> Iterator[str]:
        """What is done, in order, with a tie at the edge of an award."""
        steps = []
        for step in self.rules.ties.chain:
            match step:
                case BallotStep():
                    steps.append(f"bỏ phiếu, nhiều nhất {step.max:02d} lần")
                case KeysStep():
                    keys = "; ".join(_key(key) for key in step.keys)
                    steps.append(f"xét lần lượt: {keys}")
                case AuthorityStep():
                    steps.append(step.title[:1].lower() + step.title[1:])
        if steps:
            yield self._cited(
                "Các đơn vị bằng điểm ở vị trí xét khen thưởng được phân định theo thứ tự: "
                + ", rồi ".join(steps),
                self.rules.ties.clause,
            )
        else:
            yield (
                "Các đơn vị bằng điểm ở vị trí xét khen thưởng do cấp có thẩm quyền quyết định, có "
                "ghi người quyết định và văn bản."
            )
        after = self.scoring.rerank_after_ballot
        if not is_open(after):
            yield f"Điểm thay đổi sau khi đã bỏ phiếu: {choice_words(after)}."

    def ballots(self) -> Iterator[str]:
        """How each ballot is cast and counted."""
        for rule in self.rules.ballots:
            yield self._cited(self._ballot(rule), rule.clause)

    def _ballot(self, rule: BallotRule) -> str:
        title = _ELECTIONS[rule.purpose].format(leader=self.words.leader, deputy=self.words.deputy)
        parts = [title + (f" ({self.titles.get(rule.award, '')})" if rule.award else "")]
        if rule.secret is not None:
            parts.append("bỏ phiếu kín" if rule.secret else "biểu quyết công khai")
        if rule.form is not None:
            parts.append(f"cách ghi phiếu: {choice_words(rule.form)}")
        if rule.percent is None:
            parts.append("đơn vị có số phiếu đồng ý cao hơn được chọn")
        else:
            edge = "trên" if rule.strict else "từ"
            more = "" if rule.strict else " trở lên"
            parts.append(
                f"phải đạt {edge} {number(rule.percent)} %{more}, tính trên "
                f"{choice_words(rule.base)}"
            )
        if rule.quorum is not None:
            edge = "trên" if rule.quorum.strict else "ít nhất"
            parts.append(
                f"cuộc bỏ phiếu có giá trị khi {choice_words(rule.quorum.counted)} đạt {edge} "
                f"{number(rule.quorum.percent)} % {choice_words(rule.quorum.base)}"
            )
        if not rule.written:
            parts.append("không tính ý kiến bằng văn bản của người vắng mặt")
        if rule.max is not None:
            parts.append(f"nhiều nhất {rule.max:02d} lần")
        return "; ".join(parts)


def _bare(title: str) -> str:
    """A title inside a sentence, without the sign of a question that the text leaves open."""
    words = unmarked(title)
    return words[:1].lower() + words[1:]


def _key(key: Key) -> str:
    words = key.title or _KEYS[key.by].format(of=key.of or "")
    return f"{words} {'thấp' if key.lower else 'cao'} hơn"


def _places(places: Places, titles: Mapping[str, str]) -> str:
    """How many units are proposed."""
    match places:
        case FixedPlaces():
            return f"{places.count:02d} đơn vị"
        case AllPlaces():
            return "tất cả các đơn vị đủ điều kiện"
        case RankPlaces():
            return "; ".join(
                f"số đơn vị tham gia {one.size.words()}: "
                + (
                    f"đơn vị hạng {one.first}"
                    if one.first == one.last
                    else f"các đơn vị từ hạng {one.first} đến hạng {one.last}"
                )
                for one in places.by_size
            )
        case QuotaPlaces():
            if places.percent is not None:
                return f"{_share(places.percent)} số đơn vị{_bounds(places.least, places.most)}"
            if places.default is not None:
                return f"{places.default:02d} đơn vị, trừ khi năm đó được giao số khác"
            return "theo số lượng được giao hằng năm"
        case PercentPlaces():
            of = {"participants": "số đơn vị tham gia", "eligible": "số đơn vị đủ điều kiện"}
            base = of.get(places.of) or f"số đơn vị được đề nghị {titles.get(places.of, '')}"
            if places.of_classes:
                base = "số đơn vị đạt mức xếp loại quy định"
            return (
                f"{_share(places.percent)} {base}, {choice_words(places.rounding)}"
                f"{_bounds(places.least, places.most)}"
            )


def _share(percent: Decimal) -> str:
    return f"không quá {number(percent)} %"


def _bounds(least: int | None, most: int | None) -> str:
    low = "" if least is None else f", ít nhất {least:02d} đơn vị"
    return low + ("" if most is None else f", nhiều nhất {most:02d} đơn vị")
