"""The criteria that one unit is scored on: the pack's rows for its block and roles, and its own."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from app.domain.snapshot import OwnCriterion, Unit
from app.rules.document import read_method
from app.rules.methods import MethodModel
from app.rules.pack import Criterion
from app.scoring.scene import Scene


@dataclass
class Node:
    """A row of a unit's table: a group with rows below it, or a leaf that is scored.

    A slot in which the unit has registered nothing is a leaf that stays blank. ``hand`` and
    ``not_assigned`` are those of the row or else of the nearest group above it that names one.
    """

    code: str
    title: str
    label: str
    max: Fraction | None
    clause: str | None
    row: Criterion | None
    method: MethodModel | None
    own: bool = False
    hand: str | None = None
    not_assigned: str | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether this row is scored itself."""
        return not self.children and (self.method is not None or self.is_empty_slot)

    @property
    def is_empty_slot(self) -> bool:
        """Whether a unit has yet to register its criteria here."""
        return not self.children and self.row is not None and self.row.slot is not None

    @cached_property
    def rows(self) -> tuple[Node, ...]:
        """This row and all below it, in a table that is finished."""
        return (self, *(row for child in self.children for row in child.rows))

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """The scored ones of these rows."""
        return tuple(row for row in self.rows if row.is_leaf)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the scored rows."""
        return tuple(leaf.code for leaf in self.leaves)

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The codes of the scored rows that compare units."""
        return tuple(r.code for r in self.leaves if r.method is not None and r.method.compares)

    @cached_property
    def substitutes(self) -> tuple[Node, ...]:
        """The rows that may stand in for another."""
        return tuple(
            row for row in self.rows if row.row is not None and row.row.substitute_for is not None
        )

    @cached_property
    def conditional(self) -> tuple[Node, ...]:
        """The scored rows with a precondition on other scores."""
        return tuple(
            leaf
            for leaf in self.leaves
            if leaf.row is not None and leaf.row.gate is not None and leaf.row.gate.when is not None
        )


def below(code: str, ancestor: str) -> bool:
    """Whether ``code`` is ``ancestor`` or stands below it."""
    return code == ancestor or code.startswith(ancestor + ".")


def unit_frame(scene: Scene, unit: Unit) -> tuple[Node, ...]:
    """The top rows of the table that ``unit`` is scored on.

    Rows for other blocks or roles are left out with all below them (A4: no rescaling). Groups
    that the pack does not name are made from the codes. A group may stand after its rows. Units
    of one block and the same roles, with no criteria of their own, share one table.
    """
    own = _own_rows(scene, unit)
    kind: Hashable = unit.id if own else (scene.block(unit), unit.roles)
    if kind not in scene.frames:
        scene.frames[kind] = _frame(_rows_for(scene, unit), own)
    return scene.frames[kind]


def _frame(rows: Sequence[Criterion], own: Mapping[str, list[OwnCriterion]]) -> tuple[Node, ...]:
    nodes = {
        row.code: Node(
            row.code,
            row.title,
            row.printed,
            _max(row),
            row.clause,
            row,
            row.method,
            hand=row.hand,
            not_assigned=row.not_assigned,
        )
        for row in rows
    }
    tops: list[Node] = []
    for row in rows:
        node = nodes[row.code]
        _link(node, row.parent, nodes, tops)
        node.children.extend(_own_node(item, node) for item in own.get(row.code, ()))
    for top in tops:
        _hand_down(top)
    return tuple(top for top in tops if top.leaves)


def _rows_for(scene: Scene, unit: Unit) -> list[Criterion]:
    block = scene.block(unit)
    left_out = [
        row.code
        for row in scene.rules.criteria
        if (row.blocks and block not in row.blocks)
        or (row.role is not None and row.role not in unit.roles)
    ]
    if not left_out:
        return list(scene.rules.criteria)
    return [r for r in scene.rules.criteria if not any(below(r.code, code) for code in left_out)]


def _max(row: Criterion) -> Fraction | None:
    if row.max is not None:
        return Fraction(row.max)
    return row.method.natural_max() if row.method is not None else None


def _link(node: Node, parent: str | None, nodes: dict[str, Node], tops: list[Node]) -> None:
    if parent is None:
        tops.append(node)
        return
    if parent not in nodes:
        label = parent.rpartition(".")[2]
        nodes[parent] = Node(parent, label, label, None, None, None, None)
        _link(nodes[parent], parent.rpartition(".")[0] or None, nodes, tops)
    nodes[parent].children.append(node)


def _hand_down(node: Node) -> None:
    """What a group says of hands and of criteria not assigned holds for the rows below it."""
    for child in node.children:
        child.hand = child.hand or node.hand
        child.not_assigned = child.not_assigned or node.not_assigned
        _hand_down(child)


def _own_rows(scene: Scene, unit: Unit) -> Mapping[str, list[OwnCriterion]]:
    rows: dict[str, list[OwnCriterion]] = {}
    if scene.companion_id is None:
        for item in scene.snapshot.own_criteria:
            if item.unit == unit.id:
                rows.setdefault(item.slot, []).append(item)
    return rows


def _own_node(item: OwnCriterion, slot: Node) -> Node:
    method, _ = read_method(item.method, item.code)
    label = item.code.rpartition(".")[2]
    return Node(item.code, item.title, label, item.max, slot.clause, None, method, own=True)
