"""The flow chart of a process, drawn from its steps and arrows by the manual's symbols.

Boxes stand one below the other; a loop runs back beside them. Lengths are CSS pixels, which the
style sheet of charts repeats for the words, for those are HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.standards.enums import FlowSymbol
from supervision.standards.models import FlowEdge, FlowNode

CHART_WIDTH = 290
BOX_WIDTH = 250
BOX_HEIGHT = 64
GAP = 24
LOOP_X = 278
ARROW = 5  # half the width of an arrow's head


@dataclass(frozen=True)
class FlowBox:
    """A step in the chart: its words, its shape from `top` down, and the arrows that leave it."""

    node: FlowNode
    top: int
    exits: Sequence[FlowEdge]

    @property
    def is_decision(self) -> bool:
        return self.node.symbol == FlowSymbol.DECISION

    @property
    def corner(self) -> int:
        """Radius of the corners: what starts or ends a process is round."""
        return BOX_HEIGHT // 2 - 1 if self.node.symbol == FlowSymbol.TERMINATOR else 0

    @property
    def middle(self) -> int:
        return self.top + BOX_HEIGHT // 2

    @property
    def bottom(self) -> int:
        return self.top + BOX_HEIGHT

    @property
    def diamond(self) -> str:
        """Points of a decision's shape."""
        centre = BOX_WIDTH // 2
        return (
            f"{centre},{self.top} {BOX_WIDTH},{self.middle} {centre},{self.bottom} 0,{self.middle}"
        )

    @property
    def forward(self) -> FlowEdge | None:
        return next((edge for edge in self.exits if edge.end > edge.start), None)

    @property
    def loop(self) -> FlowEdge | None:
        return next((edge for edge in self.exits if edge.end < edge.start), None)


@dataclass(frozen=True)
class FlowArrow:
    """A line of the chart and the head at its end, as points of SVG."""

    line: str
    head: str


@dataclass(frozen=True)
class FlowChart:
    """The whole chart; empty where the manual has none."""

    boxes: Sequence[FlowBox]
    width: int = CHART_WIDTH

    @property
    def height(self) -> int:
        return self.boxes[-1].bottom if self.boxes else 0

    @property
    def readings(self) -> list[FlowNode]:
        """The boxes whose words we read differently from what the manual prints."""
        return [box.node for box in self.boxes if box.node.printed]

    @property
    def arrows(self) -> list[FlowArrow]:
        boxes = {box.node.step: box for box in self.boxes}
        return [_arrow(box, boxes[edge.end]) for box in self.boxes for edge in box.exits]


def flow_chart(process: str) -> FlowChart:
    """The chart of a process by its code, in two queries."""
    edges = list(FlowEdge.objects.filter(process=process))
    nodes = FlowNode.objects.filter(process=process)
    return FlowChart(
        [
            FlowBox(node, place * (BOX_HEIGHT + GAP), [e for e in edges if e.start == node.step])
            for place, node in enumerate(nodes)
        ]
    )


def _arrow(start: FlowBox, end: FlowBox) -> FlowArrow:
    if end.top > start.top:
        x = BOX_WIDTH // 2
        head = f"{x - ARROW},{end.top - 2 * ARROW} {x + ARROW},{end.top - 2 * ARROW} {x},{end.top}"
        return FlowArrow(f"{x},{start.bottom} {x},{end.top}", head)
    line = f"{BOX_WIDTH},{start.middle} {LOOP_X},{start.middle} {LOOP_X},{end.middle}"
    tail = BOX_WIDTH + 2 * ARROW
    head = f"{tail},{end.middle - ARROW} {tail},{end.middle + ARROW} {BOX_WIDTH},{end.middle}"
    return FlowArrow(f"{line} {BOX_WIDTH},{end.middle}", head)
