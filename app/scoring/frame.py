"""The criteria that one unit is scored on: the pack's rows for its block and roles, and its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from app.domain.snapshot import OwnCriterion, Unit
from app.rules.document import read_method
from app.rules.methods import MethodModel
from app.rules.pack import Criterion
from app.scoring.scene import Scene

_UNBOUNDED = Fraction(10**9)


@dataclass(slots=True)
class Node:
    """A row of a unit's table: a group with rows below it, or a leaf that is scored.

    A slot in which the unit has registered nothing is a leaf that stays blank.
    """

    code: str
    title: str
    label: str
    max: Fraction | None
    clause: str | None
    row: Criterion | None
    method: MethodModel | None
    own: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether this row is scored itself."""
        return not self.children and (self.method is not None or self.is_empty_slot)

    @property
    def is_empty_slot(self) -> bool:
        """Whether a unit has yet to register its criteria here."""
        return not self.children and self.row is not None and self.row.slot is not None

    def leaves(self) -> Iterator[Node]:
        """All scored rows at and below this one."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator[Node]:
        """This row and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def within(self, codes: tuple[str, ...]) -> bool:
        """Whether this row stands at or below one of ``codes`` (none: everywhere)."""
        return not codes or any(below(self.code, code) for code in codes)


def below(code: str, ancestor: str) -> bool:
    """Whether ``code`` is ``ancestor`` or stands below it."""
    return code == ancestor or code.startswith(ancestor + ".")


def natural_max(method: MethodModel) -> Fraction | None:
    """The maximum of a criterion that names none: the most that its method can give."""
    reach = method.reach(_UNBOUNDED)
    return reach if reach is not None and reach < _UNBOUNDED else None


def unit_frame(scene: Scene, unit: Unit) -> tuple[Node, ...]:
    """The top rows of the table that ``unit`` is scored on.

    Rows for other blocks or roles are left out with all below them (A4: no rescaling). Groups
    that the pack does not name are made from the codes.
    """
    block = scene.block(unit)
    own = _own_rows(scene, unit)
    nodes: dict[str, Node] = {}
    tops: list[Node] = []
    left_out: set[str] = set()
    for row in scene.rules.criteria:
        other_block = bool(row.blocks) and block not in row.blocks
        other_role = row.role is not None and row.role not in unit.roles
        if other_block or other_role or any(below(row.code, code) for code in left_out):
            left_out.add(row.code)
            continue
        node = Node(row.code, row.title, row.printed, _max(row), row.clause, row, row.method)
        _place(node, row.parent, nodes, tops)
        for item in own.get(row.code, ()):
            child = _own_node(item, node)
            nodes[child.code] = child
            node.children.append(child)
    return tuple(top for top in tops if any(True for _ in top.leaves()))


def _max(row: Criterion) -> Fraction | None:
    if row.max is not None:
        return Fraction(row.max)
    return natural_max(row.method) if row.method is not None else None


def _place(node: Node, parent: str | None, nodes: dict[str, Node], tops: list[Node]) -> None:
    nodes[node.code] = node
    if parent is None:
        tops.append(node)
        return
    if parent not in nodes:
        label = parent.rpartition(".")[2]
        group = Node(parent, label, label, None, None, None, None)
        _place(group, parent.rpartition(".")[0] or None, nodes, tops)
    nodes[parent].children.append(node)


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
