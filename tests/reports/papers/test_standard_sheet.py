"""The standard-of-work sheet of a process with its flow chart, as the manual's data makes it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from schools.core.thai import thai_digits
from supervision.standards.models import DocumentCode, FlowNode, StepSheet
from tests.pdf_readers import pdfium_text, poppler_text, pypdf_text
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of

YEAR = 2569
pytestmark = pytest.mark.db_agnostic


def sheet_of(code):
    return reverse("standard_sheet", args=[code, YEAR])


@pytest.mark.parametrize("code", ["P1", "P3"])
def test_the_sheet_holds_every_step_and_box_on_two_pages(login, supervisor, code):
    call_command("load_manual")
    response = login(supervisor).get(sheet_of(code))
    assert len(pages_of(response)) == 2
    flow, steps = (normalized(page.extract_text()) for page in pages_of(response))
    for node in FlowNode.objects.filter(process=code):
        assert normalized(thai_digits(node.label)) in flow
    for sheet in StepSheet.objects.filter(process=code):
        assert normalized(thai_digits(sheet.detail)) in steps
    assert ("ไม่บรรลุ" in flow) == (code == "P3")
    assert normalized("(ไม่มีในคู่มือ)") in steps
    assert normalized("จุดเชื่อมต่อระหว่างหน้า") in flow


def test_the_office_s_document_code_and_words_are_printed(login, supervisor):
    call_command("load_manual")
    DocumentCode.objects.create(process="P3", fiscal_year=YEAR, code="ศน-01")
    StepSheet.objects.create(
        process="P3", number=1, fiscal_year=YEAR, detail="ก", timing="ตลอดปีงบประมาณ"
    )
    response = login(supervisor).get(sheet_of("P3"))
    text = text_of(response)
    assert normalized(thai_digits("ศน-01")) in text
    assert normalized("ตลอดปีงบประมาณ") in text
    for read in (pdfium_text, pypdf_text, poppler_text):
        assert "กำหนดแนวทาง" in "".join(read(response.content).split())
    earlier = reverse("standard_sheet", args=["P3", YEAR - 1])
    assert normalized("ตลอดปีงบประมาณ") not in text_of(login(supervisor).get(earlier))


def test_p2_is_printed_once_the_office_filled_a_cell(login, supervisor):
    call_command("load_manual")
    sheet = StepSheet.objects.get(process="P2", number=2)
    facts = {"number": 2, "detail": sheet.detail, "timing": "ตุลาคม"}
    StepSheet.objects.create(process="P2", fiscal_year=YEAR, **facts)
    text = text_of(login(supervisor).get(sheet_of("P2")))
    for expected in ("ตุลาคม", sheet.detail, "ไม่มีวัตถุประสงค์ ขอบเขต"):
        assert normalized(thai_digits(expected)) in text
    assert normalized("ผังขั้นตอน") not in text
    earlier = reverse("standard_sheet", args=["P2", YEAR - 1])
    assert login(supervisor).get(earlier).status_code == 404


def test_what_has_no_sheet_is_not_found(login, supervisor):
    call_command("load_manual")
    client = login(supervisor)
    assert client.get(sheet_of("P2")).status_code == 404
    assert client.get(sheet_of("P9")).status_code == 404
