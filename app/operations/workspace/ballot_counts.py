"""What a ballot's tellers counted, read from what was typed, and whether it reconciles.

A number that was not recorded is neither 0 nor blank papers nor invalid ones; every number has to
be there. All faults are told at once, each by the Vietnamese name of its field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.conference import BallotSheet
from app.domain.snapshot import Ballot
from app.exchange.facts_faults import shown
from app.exchange.facts_values import as_number
from app.ground.findings import Findings, UserError
from app.ground.numbers import NumberTextError
from app.ground.text import composed, nearest
from app.rules.awards import BallotRule
from app.scoring.ballots import faults_of

COUNTS: Final[Mapping[str, str]] = {
    "members": "tổng số thành viên",
    "present": "số người có mặt",
    "issued": "số phiếu phát ra",
    "returned": "số phiếu thu về",
    "valid": "số phiếu hợp lệ",
    "invalid": "số phiếu không hợp lệ",
    "blank": "số phiếu trắng",
    "written_returned": "số ý kiến bằng văn bản",
}
VOTES: Final[Mapping[str, str]] = {
    "votes": "số phiếu bầu",
    "against": "số phiếu không đồng ý",
    "written": "số ý kiến bằng văn bản đồng ý",
    "written_against": "số ý kiến bằng văn bản không đồng ý",
}
_MOST: Final = 1_000_000
_REMEDY: Final = "Đối chiếu lại với biên bản kiểm phiếu."


@dataclass(frozen=True, slots=True)
class Count:
    """The totals of one ballot; who voted what is not asked and not kept (A34)."""

    counts: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def ballot(self, sheet: BallotSheet) -> Ballot:
        """The counted ballot as a fact."""
        return Ballot(
            purpose=sheet.purpose,
            award=sheet.award,
            form=sheet.form,
            number=sheet.vote,
            cluster=sheet.cluster,
            totals=sheet.totals,
            places=sheet.places,
            **{name: dict(self.votes.get(name, {})) for name in VOTES},  # type: ignore[arg-type]
            **{name: self.counts.get(name) for name in COUNTS},  # type: ignore[arg-type]
        )


def read_count(sheet: BallotSheet, rule: BallotRule, row: Mapping[str, Any]) -> Count:
    """A typed count that reconciles; raises ``UserError`` with every fault of it."""
    reader = _Reader(sheet, row)
    count = reader.count()
    if not reader.findings.errors:
        for told in _faults(sheet, rule, count):
            reader.fault("ballot_not_reconciled", told)
    if not reader.findings.errors:
        for told in faults_of(count.ballot(sheet), rule, sheet.places, _names(sheet)):
            reader.fault("ballot_not_reconciled", told[:1].upper() + told[1:])
    if reader.findings.errors:
        raise UserError(reader.findings)
    return count


def count_faults(sheet: BallotSheet, rule: BallotRule, row: Mapping[str, Any]) -> Findings:
    """What is missing or contradicts in a count while it is being typed; nothing: it reconciles.

    The numbers of papers are held against each other before all of them are known.
    """
    try:
        read_count(sheet, rule, row)
        return Findings()
    except UserError as fault:
        findings = Findings(fault.findings)
    if all(finding.code == "ballot_not_reconciled" for finding in findings):
        return findings
    known = replace(_Reader(sheet, row).count(), votes={})
    for told in faults_of(known.ballot(sheet), rule, sheet.places, _names(sheet)):
        message = told[:1].upper() + told[1:]
        findings.error("ballot_not_reconciled", sheet.title, f"{message}.", _REMEDY)
    return findings


def differences(sheet: BallotSheet, one: Ballot, other: Ballot) -> tuple[str, ...]:
    """Where two counts of a ballot differ, by the names of the fields."""
    told: list[str] = []
    for name, words in COUNTS.items():
        was, now = getattr(one, name), getattr(other, name)
        if was != now:
            told.append(f"{words}: {_said(was)} và {_said(now)}")
    names = _names(sheet)
    for name, words in VOTES.items():
        was_by, now_by = getattr(one, name), getattr(other, name)
        for key in sorted({*was_by, *now_by}):
            was, now = was_by.get(key, 0), now_by.get(key, 0)
            if was != now:
                told.append(f"{words} của {names.get(key, key)}: {was} và {now}")
    return tuple(told)


def _names(sheet: BallotSheet) -> Mapping[str, str]:
    """What the paper prints for each who stands."""
    return {c.key: c.name or c.key for c in sheet.candidates}


def _said(number: int | None) -> str:
    return "không ghi" if number is None else str(number)


class _Reader:
    """Reads the fields of a count and gathers what is wrong with each."""

    def __init__(self, sheet: BallotSheet, row: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.row = row
        self.findings = Findings()
        self.names = _names(sheet)

    def fault(self, code: str, told: str, remedy: str = _REMEDY) -> None:
        """One fault of this ballot."""
        self.findings.error(code, self.sheet.title, told, remedy)

    def count(self) -> Count:
        """All numbers that could be read."""
        for key in self.row:
            if key not in (*COUNTS, *VOTES):
                guess = nearest(key, (*COUNTS, *VOTES))
                hint = f"Có phải “{guess}”?" if guess else f"Các mục: {', '.join(COUNTS)}."
                self.fault("facts_unknown_key", f"Không có mục “{shown(key)}”.", hint)
        counts = {name: self._number(self.row.get(name), words) for name, words in COUNTS.items()}
        for name, words in COUNTS.items():
            if name != "written_returned" and _empty(self.row.get(name)):
                self._missing(words)
        votes = {name: dict(self._votes(name, words)) for name, words in VOTES.items()}
        given = self.row.get("votes")
        for key, name in self.names.items():
            if not isinstance(given, Mapping) or _empty(given.get(key)):
                self._missing(f"số phiếu của {name}")
        writing = any(votes["written"].values()) or any(votes["written_against"].values())
        if writing and counts["written_returned"] is None:
            self._missing(COUNTS["written_returned"])
        known = {name: number for name, number in counts.items() if number is not None}
        return Count(known, votes)

    def _missing(self, words: str) -> None:
        self.fault(
            "ballot_not_recorded",
            f"Chưa ghi {words}.",
            "Ghi con số trong biên bản kiểm phiếu; không có phiếu nào thì ghi 0.",
        )

    def _votes(self, name: str, words: str) -> Iterator[tuple[str, int]]:
        given = self.row.get(name)
        if given is None:
            return
        if not isinstance(given, Mapping):
            self.fault("facts_wrong_type", f"Mục {words} cần số phiếu của từng người, đơn vị.")
            return
        for key, value in given.items():
            who = self.names.get(composed(str(key)))
            if who is None:
                listed = ", ".join(self.names)
                told = f"{words[:1].upper()}{words[1:]}: “{shown(key)}” không có trong phiếu bầu."
                self.fault("ballot_unknown_candidate", told, f"Các mã trong phiếu: {listed}.")
                continue
            number = self._number(value, f"{words} của {who}")
            if number is not None:
                yield composed(str(key)), number

    def _number(self, value: Any, words: str) -> int | None:
        """A whole number that is not negative; nothing where it was not recorded."""
        if _empty(value):
            return None
        try:
            number = as_number(value)
        except NumberTextError:
            number = None
        name = words[:1].upper() + words[1:]
        if number is None or number.denominator != 1 or number > _MOST:
            told = f"{name}: “{shown(value)}” không phải số phiếu."
            self.fault("facts_not_whole", told, "Ghi một số nguyên, ví dụ 9.")
            return None
        if number < 0:
            self.fault("facts_negative", f"{name}: {number} là số âm.", "Ghi số từ 0 trở lên.")
            return None
        return int(number)


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _faults(sheet: BallotSheet, rule: BallotRule, count: Count) -> Iterator[str]:
    """Every number that contradicts another, in words (acceptance 1.16)."""
    n = count.counts
    for large, small in (("members", "present"), ("present", "issued"), ("issued", "returned")):
        if n[small] > n[large]:
            yield f"{_named(small)} ({n[small]}) nhiều hơn {COUNTS[large]} ({n[large]})."
    parts = n["valid"] + n["invalid"] + n["blank"]
    if parts != n["returned"]:
        yield (
            f"Hợp lệ {n['valid']} + không hợp lệ {n['invalid']} + trắng {n['blank']} = {parts}, "
            f"khác số phiếu thu về ({n['returned']})."
        )
    written = n.get("written_returned", 0)
    absent = n["members"] - n["present"]
    if written > max(absent, 0):
        yield f"{_named('written_returned')} ({written}) nhiều hơn số vắng mặt ({max(absent, 0)})."
    choose = (rule.form or sheet.form) == "choose" or sheet.purpose == "tie"
    names = {c.key: c.name or c.key for c in sheet.candidates}
    for yes, no, most, words in (
        ("votes", "against", n["valid"], COUNTS["valid"]),
        ("written", "written_against", written, COUNTS["written_returned"]),
    ):
        votes, against = count.votes.get(yes, {}), count.votes.get(no, {})
        for key in sorted({*votes, *against}):
            named = votes.get(key, 0) + against.get(key, 0)
            if named > most:
                yield f"{names[key]} có {named} phiếu, nhiều hơn {words} ({most})."
        cast = sum(votes.values())
        if choose and cast > most * sheet.places:
            seats = f" × {sheet.places} chỗ" if sheet.places > 1 else ""
            yield f"Tổng {VOTES[yes]} là {cast}, nhiều hơn {words} ({most}){seats}."
        elif choose and sheet.places == 1 and cast + sum(against.values()) < most:
            yield f"Tổng {VOTES[yes]} là {cast}, ít hơn {words} ({most})."


def _named(name: str) -> str:
    words = COUNTS[name]
    return words[:1].upper() + words[1:]
