"""Packs listed, shown, checked, compared; templates; loading by kind and order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.facts_template import facts_template
from app.operations.formats import schema_of
from app.operations.loading import load, load_pack, pack_file, read_packs, shipped_packs
from app.operations.method_views import methods_data
from app.operations.pack_changes import pack_changes
from app.operations.pack_views import (
    check_tree,
    checked_pack,
    finding_codes,
    listed_packs,
    pack_view,
    view_lines,
)
from app.operations.scoring import score
from app.rules.document import dump_tree
from tests import builders as b
from tests.journeys import world as w


def sentences(old: w.Tree, new: w.Tree) -> list[str]:
    return [c.sentence() for c in pack_changes(b.load(old), b.load(new))]


def test_equal_packs_do_not_differ() -> None:
    assert sentences(w.pack_tree(), w.pack_tree()) == []


def test_every_change_is_a_sentence_with_old_and_new() -> None:
    new = w.pack_tree()
    rows = {row["code"]: row for row in new["criteria"]}
    rows["I.1"]["max"] = 25
    rows["II.3"]["method"]["per_day"] = 2
    rows["I.2"]["method"]["levels"][1]["percent"] = 65
    new["criteria"].remove(rows["II.5"])
    new["criteria"].append({"code": "II.6", "title": "Mới", "max": 5, "method": {"kind": "direct"}})
    new["bonus"]["items"][0]["max"] = 4
    new["scoring"]["over_max"] = "keep"
    new["awards"].reverse()
    found = sentences(w.pack_tree(), new)
    for expected in (
        "Tiêu chí I.1: điểm tối đa đổi từ “30” thành “25”.",
        "Tiêu chí II.3: cách chấm, per_day đổi từ “1” thành “2”.",
        "Tiêu chí I.2: cách chấm, các mức, Khá, phần trăm đổi từ “70” thành “65”.",
        "Tiêu chí II.5: đã bỏ. Tiêu chí II.5 (5 điểm).",
        "Tiêu chí II.6: thêm mới. Mới (5 điểm).",
        "Nội dung điểm thưởng b: điểm tối đa đổi từ “5” thành “4”.",
        "Cách tính điểm: khi vượt điểm tối đa đổi từ không có thành “keep”.",
        "Hình thức khen thưởng: thứ tự thay đổi.",
    ):
        assert expected in found
    assert len(found) == 8


def test_a_template_names_every_figure_and_can_be_scored_as_it_stands(tmp_path: Path) -> None:
    w.write(tmp_path)
    text = facts_template(w.small_pack(), 3)
    for name in ("plan", "actual", "level", "value", "due", "done", "signed", "achieved", "works"):
        assert f"{name} = " in text
    for name in ("ky_luat", "vuot", 'item = "b"', 'award = "bk"', "A10", 'slot = "III"'):
        assert name in text
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    scored = score([tmp_path / "pack.toml"], tmp_path / "t.toml")
    assert scored.assessment.provisional
    assert all(
        c.state == "blank"
        for unit in scored.assessment.units.values()
        for c in unit.card.criteria.values()
    )


def test_a_filled_template_scores(tmp_path: Path) -> None:
    pack = b.load(b.pack_tree(b.criterion("1", 10, {"kind": "proportional"})))
    (tmp_path / "pack.toml").write_text(dump_tree(pack.tree), encoding="utf-8")
    text = facts_template(pack, 1).replace('plan = ""', "plan = 4").replace('l = ""', 'l = "2"')
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    scored = score([tmp_path / "pack.toml"], tmp_path / "t.toml")
    assert b.totals(scored.assessment) == {"u1": 5}


def test_every_shipped_pack_has_a_template_that_scores(tmp_path: Path) -> None:
    for folder in shipped_packs():
        pack = load_pack(folder)
        if pack.rules.kind != "points":
            continue
        for block in [x.id for x in pack.rules.blocks if x.served] or [None]:
            (tmp_path / "t.toml").write_text(facts_template(pack, 2, block), encoding="utf-8")
            assert score([folder], tmp_path / "t.toml").assessment.provisional


@pytest.mark.parametrize("units", [0, 5000])
def test_a_template_for_no_or_too_many_units_is_refused(units: int) -> None:
    with pytest.raises(UserError):
        facts_template(w.small_pack(), units)


def test_a_template_for_an_overlay_or_an_unknown_block_is_refused() -> None:
    with pytest.raises(UserError):
        facts_template(b.pack(id="x", kind="overlay"), 1)
    with pytest.raises(UserError):
        facts_template(w.small_pack(), 1, "Z")


def test_the_view_of_a_pack_lists_what_the_contract_names() -> None:
    view = json.loads(json.dumps(pack_view(w.small_pack())))
    (open_one, _) = view["parameters"]
    assert open_one == {
        "id": "A10",
        "title": "Hỏi A10",
        "allowed": ["continue_step", "hold_last", "zero"],
        "range": None,
        "default": None,
        "value": None,
        "clause": None,
        "note": "x",
    }
    methods = {m["kind"]: m for m in view["methods"]}
    assert [f["name"] for f in methods["proportional"]["criteria"][0]["figures"]] == [
        "plan",
        "actual",
    ]
    assert methods["levels"]["criteria"][0]["figures"][0]["levels"] == [
        "Tốt",
        "Khá",
        "Yếu",
        "Xuất sắc",
    ]
    for key in ("rounds", "standing", "conditions", "awards"):
        assert view[key]
    assert [i["id"] for i in view["bonus"]["items"]] == ["b", "over"]
    assert [step["step"] for step in view["ties"]["chain"]] == ["ballot", "authority"]


def test_the_view_in_words_names_every_row(root: Path) -> None:
    for folder in shipped_packs():
        pack = load_pack(folder)
        text = "\n".join(view_lines(pack))
        for row in pack.rules.criteria:
            assert row.title in text
        for chosen in pack.chosen:
            assert chosen in text


def test_a_check_gives_frame_and_own_maxima(tmp_path: Path) -> None:
    w.write(tmp_path)
    tree = check_tree(checked_pack(tmp_path, None))
    assert tree["ok"] is True
    assert tree["frame"]["I"] == {
        "max": "60",
        "given": 2,
        "criteria": 2,
        "added": 0,
        "added_allowed": None,
    }
    assert tree["own_max"]
    assert all(isinstance(value, str) for value in tree["own_max"].values())


def test_all_shipped_packs_are_listed() -> None:
    listed = {pack["id"] for pack in listed_packs()}
    assert {folder.name for folder in shipped_packs()} == listed


def test_all_finding_codes_have_a_meaning() -> None:
    rooms = finding_codes()
    assert {"ground", "rules", "scoring", "facts", "cli"} <= set(rooms)


def test_every_method_is_described() -> None:
    for method in methods_data():
        assert method["title"]
        assert method["formula"]
        assert method["edges"]


@pytest.mark.parametrize("what", ["facts", "result", "pack"])
def test_every_format_has_a_schema(what: str) -> None:
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(schema_of(what))


# ------------------------------------------------------------------ loading


def test_packs_take_their_roles_by_kind_and_order() -> None:
    overlay = b.pack_tree(b.standing_case("x", "barred"), id="o", kind="overlay")
    trees = [overlay, *(b.pack_tree(b.direct("1", 10), id=i) for i in ("a", "b", "c"))]
    packs = read_packs([(tree, tree["id"]) for tree in trees], {})
    assert packs.main.rules.id == "a"
    assert [p.rules.id for p in packs.companions] == ["b", "c"]
    assert [p.rules.id for p in packs.overlays] == ["o"]


@pytest.mark.parametrize(
    ("trees", "code"),
    [
        ([b.pack_tree(id="o", kind="overlay")], "pack_main_missing"),
        ([b.pack_tree(b.direct("1", 1), id="a")] * 2, "pack_repeated"),
        ([b.pack_tree(b.direct("1", 1), id="a", rounds=[])], "no_rounds"),
    ],
)
def test_packs_that_cannot_be_used_together_are_refused(trees: list[w.Tree], code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_packs([(tree, tree["id"]) for tree in trees], {})
    assert code in [f.code for f in caught.value.findings]


def test_faults_of_packs_and_facts_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = [", encoding="utf-8")
    (tmp_path / "f.toml").write_text("y = [", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load([tmp_path / "a.toml", tmp_path / "b.toml"], tmp_path / "f.toml")
    assert [f.code for f in caught.value.findings] == [
        "pack_not_toml",
        "file_missing",
        "facts_not_toml",
    ]
    assert not any(str(tmp_path) in f.place + f.message for f in caught.value.findings)


def test_a_pack_is_named_by_file_folder_or_shipped_id(tmp_path: Path) -> None:
    pack, _ = w.write(tmp_path)
    assert pack_file(pack) == pack
    assert pack_file(tmp_path) == pack
    assert pack_file(Path("cao-bang-2018")).is_file()
