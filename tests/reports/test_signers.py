"""Who stands under a report: by the name, post and capacity of the day of signing, for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reports import actions
from reports.data.signers import (
    PaperSigner,
    issuing_signer,
    office_signer,
    preparing_signers,
    visit_signers,
)
from reports.models import IssuedDocument
from reports.rendering import attach_pdf, report_pdf
from schools.access import Permission
from schools.enums import Capacity, Role
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import AppointmentFactory
from tests.reports.conftest import DOCUMENT_ENTRY, PdfDocument, normalized

pytestmark = pytest.mark.django_db
OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3"


@pytest.fixture
def on_behalf(deputy_area_director):
    """The deputy signs by delegation."""
    AppointmentFactory(
        user=deputy_area_director,
        role=Role.AREA_DIRECTOR,
        title=f"ผู้อำนวยการ{OFFICE}",
        capacity=Capacity.ON_BEHALF_OF,
        own_title=f"รองผู้อำนวยการ{OFFICE}",
    )
    return deputy_area_director


@pytest.mark.db_agnostic
def test_the_name_of_the_day_of_signing_stays(prepared, area_director, issue):
    signed_as = str(area_director)
    issued = issue(prepared)
    area_director.full_name = "ชื่อที่เปลี่ยนภายหลัง"
    area_director.save()
    issued.file.storage.delete(issued.file.name)
    attach_pdf(issued.pk, report_pdf(issued.frozen))
    issued = IssuedDocument.objects.get(pk=issued.pk)
    assert issued.frozen["document"]["signer"]["name"] == signed_as
    paper = PdfDocument(issued)
    assert f"({signed_as})" in paper
    assert "ชื่อที่เปลี่ยนภายหลัง" not in paper
    assert "ลงนามในระบบ วันที่" in paper


@pytest.mark.db_agnostic
def test_who_signs_by_delegation_is_printed_over_the_position(
    prepared, on_behalf, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.issue_report(prepared, by=on_behalf)
    issued = IssuedDocument.objects.get(pk=prepared.pk)
    lines = [f"รองผู้อำนวยการ{OFFICE} ปฏิบัติราชการแทน", f"ผู้อำนวยการ{OFFICE}"]
    assert issued.frozen["document"]["signer"]["post_lines"] == lines
    assert issued.issued_as == f"รองผู้อำนวยการ{OFFICE} ปฏิบัติราชการแทนผู้อำนวยการ{OFFICE}"
    last_page = PdfDocument(issued).pages[-1]
    assert normalized(f"({on_behalf})").replace("3", "๓") in last_page
    assert normalized("ปฏิบัติราชการแทน") in last_page


def test_a_term_report_names_who_made_and_who_checked_it(
    issued, supervisor, group_director, area_director
):
    document = issued.frozen["document"]
    made, checked = preparing_signers(document)
    assert (made.duty, made.name) == ("ผู้จัดทำ", str(supervisor))
    assert (checked.duty, checked.name) == ("ผู้ตรวจสอบ", str(group_director))
    assert checked.at is not None
    assert checked.at <= issued.issued_at
    assert issuing_signer(document).name == str(area_director)


def test_a_record_names_who_signed_it_as_on_that_day(round_, supervisor):
    visit = scenarios.visit_signed(round_, by=supervisor)
    signed_as = str(supervisor)
    supervisor.full_name = "ชื่อที่เปลี่ยนภายหลัง"
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        supervisor.save()
    signer = visit_signers(Visit.objects.get(pk=visit.pk), team=[])[0]
    assert (signer.name, signer.verb) == (signed_as, "ลงนาม")


def test_a_paper_of_before_knows_the_post_only():
    signer = issuing_signer(DOCUMENT_ENTRY)
    assert (signer.name, signer.post_lines) == ("", ["ข"])
    assert preparing_signers(DOCUMENT_ENTRY) == []


def test_the_holder_signs_before_who_stands_in(area_director, on_behalf):
    assert office_signer(Permission.ISSUE_REPORT).name == str(area_director)
    area_director.appointments.all().delete()
    assert office_signer(Permission.ISSUE_REPORT).name == str(on_behalf)
    on_behalf.appointments.filter(role=Role.AREA_DIRECTOR).delete()
    assert office_signer(Permission.ISSUE_REPORT).name == ""


@pytest.mark.parametrize(
    ("name", "post", "lines"),
    [
        ("นางสาวตัวอย่าง", "ผู้อำนวยการ", ["ผู้อำนวยการ"]),
        ("ผู้อำนวยการ", "ผู้อำนวยการ", []),
        ("ครู", "ครู รักษาการในตำแหน่งผู้อำนวยการ", ["รักษาการในตำแหน่งผู้อำนวยการ"]),
        ("", "", []),
    ],
)
def test_the_post_is_not_printed_twice(name, post, lines):
    assert PaperSigner("", name, post).post_lines == lines
