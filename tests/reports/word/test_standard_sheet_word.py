"""The standard-of-work sheet as a Word file says what its PDF says."""

from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from schools.core.thai import thai_digits
from supervision.standards.models import DocumentCode, FlowNode, StepSheet

pytestmark = pytest.mark.db_agnostic
YEAR = 2569


@pytest.mark.parametrize("code", ["P1", "P3"])
def test_the_file_holds_every_step_and_box_as_shapes_of_word(login, supervisor, code):
    call_command("load_manual")
    DocumentCode.objects.create(process=code, fiscal_year=YEAR, code="ศน-01")
    response = login(supervisor).get(reverse("standard_sheet_word", args=[code, YEAR]))
    document = Document(BytesIO(response.content))
    words = [node.text for node in document.element.body.iter(qn("w:t"))]
    text = "".join(filter(None, words))
    for node in FlowNode.objects.filter(process=code):
        assert thai_digits(node.label) in words
    for sheet in StepSheet.objects.filter(process=code):
        assert thai_digits(sheet.detail) in text
    for expected in ("ปีงบประมาณ ๒๕๖๙", "ศน-๐๑", "(ไม่มีในคู่มือ)", "จุดเชื่อมต่อระหว่างหน้า"):
        assert expected in text
    shapes = [one.get("prst") for one in document.element.body.iter(qn("a:prstGeom"))]
    assert "flowChartTerminator" in shapes
    assert ("ไม่บรรลุ" in words) == (code == "P3") == ("flowChartDecision" in shapes)


def test_what_has_no_sheet_is_not_found(login, supervisor):
    call_command("load_manual")
    client = login(supervisor)
    for code, year in (("P2", YEAR), ("P9", YEAR), ("P3", 2566)):
        assert client.get(reverse("standard_sheet_word", args=[code, year])).status_code == 404
