"""The flow chart of a process as shapes of Word, which people can move and write in.

Its places are those of the chart on screen and paper (supervision/standards/flow.py); Word counts
in EMU, of which a CSS pixel has 9525.
"""

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from reports.typography import official_digits
from supervision.standards.enums import FlowSymbol
from supervision.standards.flow import (
    BOX_HEIGHT,
    BOX_WIDTH,
    GAP,
    LOOP_X,
    FlowBox,
    FlowChart,
)

EMU = 9525
INK = "16305A"
LABEL_HEIGHT = 24
LOOP_LABEL_WIDTH = 80
GEOMETRIES = {
    FlowSymbol.TERMINATOR: "flowChartTerminator",
    FlowSymbol.ACTIVITY: "flowChartProcess",
    FlowSymbol.DECISION: "flowChartDecision",
}
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    )
)
GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def flow_drawing(chart: FlowChart, title: str) -> Any:
    """The chart as one group of shapes in a line of text; `title` is read to who cannot see it."""
    shapes = [shape for box in chart.boxes for shape in _box_shapes(box, chart)]
    numbered = "".join(shape.replace("@id", str(at)) for at, shape in enumerate(shapes, start=2))
    width, height = chart.width * EMU, chart.height * EMU
    frame = f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
    return parse_xml(
        f'<w:drawing {NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="flow" '
        f'descr="{escape(title)}"/><a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp>'
        f'<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}<a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>{numbered}'
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _box_shapes(box: FlowBox, chart: FlowChart) -> list[str]:
    """A step with its words, and the arrows that leave it with what they say."""
    geometry, words = GEOMETRIES[FlowSymbol(box.node.symbol)], box.node.label
    place = (0, box.top, BOX_WIDTH, BOX_HEIGHT)
    if box.is_decision:  # whose own words would have half its width
        shapes = [_shape(geometry, place), _shape("rect", place, words, outlined=False)]
    else:
        shapes = [_shape(geometry, place, words)]
    if box.forward:
        shapes += _forward(box, box.forward.label)
    if box.loop:
        back = next(one for one in chart.boxes if one.node.step == box.loop.end)
        shapes += _loop(box, back, box.loop.label)
    return shapes


def _forward(box: FlowBox, label: str) -> list[str]:
    middle = BOX_WIDTH // 2
    arrow = _line((middle, box.bottom, 0, GAP), has_head=True)
    place = (middle + 9, box.bottom, LOOP_LABEL_WIDTH, LABEL_HEIGHT)
    return [arrow, _shape("rect", place, label, outlined=False)] if label else [arrow]


def _loop(box: FlowBox, back: FlowBox, label: str) -> list[str]:
    """Out of a box, up beside the others, and into the earlier one."""
    out = LOOP_X - BOX_WIDTH
    place = (LOOP_X + 12 - LOOP_LABEL_WIDTH, box.top - 4, LOOP_LABEL_WIDTH, LABEL_HEIGHT)
    return [
        _line((BOX_WIDTH, box.middle, out, 0)),
        _line((LOOP_X, back.middle, 0, box.middle - back.middle)),
        _line((BOX_WIDTH, back.middle, out, 0), has_head=True, is_flipped=True),
        _shape("rect", place, label, outlined=False),
    ]


def _shape(
    geometry: str, place: tuple[int, int, int, int], words: str = "", *, outlined: bool = True
) -> str:
    fill = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>' if outlined else "<a:noFill/>"
    line = f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill>' if outlined else "<a:noFill/>"
    return _wrapped(
        f'<wps:spPr>{_frame(place)}<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{fill}'
        f'<a:ln w="9525">{line}</a:ln></wps:spPr>{_text_box(words) if words else ""}'
        '<wps:bodyPr wrap="square" lIns="36000" tIns="0" rIns="36000" bIns="0" anchor="ctr"/>'
    )


def _line(
    place: tuple[int, int, int, int], *, has_head: bool = False, is_flipped: bool = False
) -> str:
    head = '<a:tailEnd type="triangle"/>' if has_head else ""
    return _wrapped(
        f'<wps:spPr>{_frame(place, is_flipped=is_flipped)}<a:prstGeom prst="line"><a:avLst/>'
        f'</a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill>{head}'
        "</a:ln></wps:spPr><wps:bodyPr/>"
    )


def _wrapped(content: str) -> str:
    return f'<wps:wsp><wps:cNvPr id="@id" name="@id"/><wps:cNvSpPr/>{content}</wps:wsp>'


def _frame(place: tuple[int, int, int, int], *, is_flipped: bool = False) -> str:
    x, y, width, height = (length * EMU for length in place)
    flip = ' flipH="1"' if is_flipped else ""
    return f'<a:xfrm{flip}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _text_box(words: str) -> str:
    return (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val="Small"/>'
        '<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr><w:r>'
        f"<w:t>{escape(official_digits(words))}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    )
