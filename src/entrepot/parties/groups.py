"""Groups of names that are one party: joined one by one, each join refused where numbers or a person's judgement forbid it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Number = tuple[str, str]
"""Kind and value of an identifier."""


class Groups:
    """Nodes 0 to n - 1 in groups, at first each alone.

    A group may not hold two different numbers of one kind, nor two nodes whose tags are kept apart.

    Args:
        n: how many nodes. numbers: of each node that has one.
    """

    def __init__(self, n: int, numbers: Mapping[int, Number]) -> None:
        self._parent = list(range(n))
        self._size: dict[int, int] = {}
        self._numbers: dict[int, dict[str, set[str]]] = {at: {kind: {value}} for at, (kind, value) in numbers.items()}
        self._tags: dict[int, set[int]] = {}
        self._apart: dict[int, set[int]] = {}
        self.why: dict[int, str] = {}

    def keep_apart(self, left: Iterable[int], right: Iterable[int], tag: int) -> None:
        """No group will hold a node of both sides. To be called before any join; `tag` is a new number for each call."""
        first, second = 2 * tag, 2 * tag + 1
        self._apart[first], self._apart[second] = {second}, {first}
        for nodes, mark in ((left, first), (right, second)):
            for node in nodes:
                self._tags.setdefault(node, set()).add(mark)

    def root(self, node: int) -> int:
        """The node that stands for the group of `node`."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def numbers(self, node: int) -> Mapping[str, set[str]]:
        """Numbers of the group of `node`, by kind."""
        return self._numbers.get(self.root(node), {})

    def conflict(self, a: int, b: int) -> bool:
        """Whether the groups have different numbers of one kind."""
        mine, other = self.numbers(a), self.numbers(b)
        return any(
            not (values <= other[kind] or other[kind] <= values) for kind, values in mine.items() if kind in other
        )

    def kept_apart(self, a: int, b: int) -> bool:
        """Whether a judgement keeps the groups apart."""
        mine, other = self._tags.get(self.root(a)), self._tags.get(self.root(b))
        return bool(mine and other and any(self._apart[tag] & other for tag in mine))

    def join(self, a: int, b: int, why: str, *, judged: bool = False) -> bool:
        """Make one group of two, unless that is forbidden; a judgement goes over different numbers.

        Returns:
            Whether they are one group now.
        """
        first, second = self.root(a), self.root(b)
        if first == second:
            return True
        if self.kept_apart(first, second) or (not judged and self.conflict(first, second)):
            return False
        if self._size.get(first, 1) < self._size.get(second, 1):
            first, second = second, first
        self._parent[second] = first
        self._size[first] = self._size.get(first, 1) + self._size.pop(second, 1)
        if second in self._numbers:
            mine = self._numbers.setdefault(first, {})
            for kind, values in self._numbers.pop(second).items():
                mine[kind] = mine.get(kind, set()) | values
        if second in self._tags:
            self._tags[first] = self._tags.get(first, set()) | self._tags.pop(second)
        for node in (a, b):
            self.why.setdefault(node, why)
        return True
