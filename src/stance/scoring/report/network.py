"""The network of holders and targets, laid out here so that the page needs no library.

Whoever is connected stands in one circle; in it, neighbours stand beside each other as far as
exchanging places can bring them. The same links always make the same picture.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.scoring.report.cues import HOLDERS, signed

#: How many links are drawn: more are a thicket.
LINKS = 30
#: Where the lesser side of a link has this share, neither prevails.
EVEN = 1 / 3
#: Sizes in the units of the drawing: its width, a name's room, what a neighbour takes, a node.
WIDTH, NAME, APART, NODE = 900, 146, 62, 7
#: Characters of a name in one line.
LINE = 16


@dataclass(frozen=True, slots=True)
class Link:
    """The stances of a holder toward a target."""

    holder: str
    target: str
    support: int
    opposition: int

    @property
    def stance(self) -> str:
        """``support`` or ``opposition``, or ``mixed`` where neither clearly prevails."""
        if min(self.support, self.opposition) > EVEN * self.size:
            return "mixed"
        return "support" if self.net > 0 else "opposition"

    @property
    def net(self) -> int:
        """Support less opposition."""
        return self.support - self.opposition

    @property
    def size(self) -> int:
        """How many stances."""
        return self.support + self.opposition


@dataclass(frozen=True, slots=True)
class Node:
    """A party at its place; its name stands at (``name_x``, ``name_y``), in ``lines``."""

    party: str
    x: float
    y: float
    lines: Sequence[str]
    name_x: float
    name_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link as a curve, and the place of its sign."""

    link: Link
    path: str
    x: float
    y: float
    width: float

    @property
    def text(self) -> str:
        """The counts, as ``+3 −1``."""
        return signed(self.link.support, self.link.opposition)


@dataclass(frozen=True, slots=True)
class Network:
    """A drawing of ``width`` × ``height``; ``hidden`` links are left out."""

    nodes: Sequence[Node]
    arrows: Sequence[Arrow]
    width: float
    height: float
    hidden: int


def network(links: Iterable[Link], names: dict[str, str]) -> Network | None:
    """Draw the most one-sided links between parties (an author or somebody unnamed is no node)."""
    between = [link for link in links if link.holder not in HOLDERS and link.holder != link.target]
    ordered = sorted(between, key=rank)
    drawn = ordered[:LINKS]
    if not drawn:
        return None
    places, width, height = _places(drawn)
    nodes = [_node(party, *place, names) for party, place in places.items()]
    most = max(link.size for link in drawn)
    arrows = [_arrow(link, places, most) for link in drawn]
    return Network(nodes, arrows, width, height, len(ordered) - len(drawn))


def rank(link: Link) -> tuple[int, int, str, str]:
    """Sorts links: the further from even, then the more stances, the earlier."""
    return -abs(link.net), -link.size, link.holder, link.target


def circles(links: Sequence[Link]) -> list[list[str]]:
    """The parties that are connected, largest circle first, neighbours beside each other."""
    near: dict[str, set[str]] = {}
    for link in links:
        near.setdefault(link.holder, set()).add(link.target)
        near.setdefault(link.target, set()).add(link.holder)
    found: list[list[str]] = []
    left = dict.fromkeys(near)
    while left:
        circle = [next(iter(left))]
        for party in circle:
            circle += sorted(other for other in near[party] if other not in circle)
        found.append(_untangled(circle, near))
        left = {party: None for party in left if party not in circle}
    return sorted(found, key=len, reverse=True)


def _untangled(circle: list[str], near: dict[str, set[str]]) -> list[str]:
    """The circle after exchanging two places as long as that shortens the links."""
    size = len(circle)

    def length(order: Sequence[str]) -> float:
        at = {party: math.tau * k / size for k, party in enumerate(order)}
        return sum(abs(math.sin((at[a] - at[b]) / 2)) for a in order for b in near[a])

    best, shortest = circle, length(circle)
    for _ in range(size):
        before = shortest
        for i in range(size):
            for j in range(i + 1, size):
                other = best.copy()
                other[i], other[j] = other[j], other[i]
                if (found := length(other)) < shortest - 1e-9:
                    best, shortest = other, found
        if shortest == before:
            break
    return best


#: A party's place: x, y, and the angle that it is seen at from the middle of its circle.
Place = tuple[float, float, float]


def _places(links: Sequence[Link]) -> tuple[dict[str, Place], float, float]:
    """Circles set in rows like words in lines."""
    places: dict[str, Place] = {}
    left = top = deepest = 0.0
    for circle in circles(links):
        pair = len(circle) == 2
        inside = sum(link.holder in circle for link in links)
        radius = 75.0 if pair else max(70.0, APART * len(circle) / math.tau, 8.5 * inside)
        wide, high = 2 * (radius + NAME), 96.0 if pair else 2 * radius + 84
        if left and left + wide > WIDTH:
            left, top, deepest = 0.0, top + deepest, 0.0
        middle = (left + wide / 2, top + high / 2)
        for k, party in enumerate(circle):
            # A pair lies flat; a larger circle begins on top.
            angle = math.tau * k / len(circle) - (math.pi if pair else math.pi / 2)
            x, y = math.cos(angle), math.sin(angle)
            places[party] = (middle[0] + radius * x, middle[1] + radius * y, angle)
        left, deepest = left + wide, max(deepest, high)
    return places, max(WIDTH, 2 * NAME + max(x for x, _, _ in places.values())), top + deepest


def _node(party: str, x: float, y: float, angle: float, names: dict[str, str]) -> Node:
    lines = textwrap.wrap(names.get(party, party), LINE, max_lines=3, placeholder=" …") or [party]
    across, down = math.cos(angle), math.sin(angle)
    anchor = "middle" if abs(across) < 0.3 else "start" if across > 0 else "end"
    name_x = x + (0 if anchor == "middle" else math.copysign(NODE + 5, across))
    # Lines are 15 high; their middle stands beside the node, above it or below it.
    middle = y + (math.copysign(NODE + 6 + 7.5 * len(lines), down) if anchor == "middle" else 0)
    return Node(party, x, y, lines, name_x, middle - 7.5 * (len(lines) - 1) + 4.5, anchor)


def _arrow(link: Link, places: dict[str, Place], most: int) -> Arrow:
    """A curve bent to its left, so that two parties that look at each other have two."""
    (x0, y0, _), (x1, y1, _) = places[link.holder], places[link.target]
    length = math.hypot(x1 - x0, y1 - y0)
    across, down = (x1 - x0) / length, (y1 - y0) / length
    bend = 0.14 * length
    cx, cy = (x0 + x1) / 2 + bend * down, (y0 + y1) / 2 - bend * across
    sx, sy = _towards(x0, y0, cx, cy, NODE + 2)
    ex, ey = _towards(x1, y1, cx, cy, NODE + 4)
    path = f"M{sx:.1f} {sy:.1f}Q{cx:.1f} {cy:.1f} {ex:.1f} {ey:.1f}"
    width = 1.25 + 2.75 * link.size / most
    return Arrow(link, path, (sx + 2 * cx + ex) / 4, (sy + 2 * cy + ey) / 4, width)


def _towards(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1
    return x + by * (to_x - x) / length, y + by * (to_y - y) / length
