"""The officer of position 16, whose handbook of fiscal year 2567 the manual is."""

import pytest
from django.core.management import call_command

from reports.handbook.content import handbook_content
from reports.handbook.making import handbook_pdf
from reports.handbook.officers import officer_in_year
from schools.enums import AcademicStanding
from supervision.assignments.models import OrderOfficer

YEAR = 2567


@pytest.fixture
def author(supervisor):
    """Position 16, with an account and without an order; nobody's name stands in our data."""
    supervisor.full_name = "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16"
    supervisor.save()
    supervisor.appointments.update(academic_standing=AcademicStanding.SENIOR)
    return supervisor


@pytest.fixture
def ordered(author, group_director):
    """The same with the duties of order 195/2567."""
    call_command("load_manual")
    OrderOfficer.objects.filter(position_number="16").update(user=author)
    return author


@pytest.fixture
def content(ordered):
    return handbook_content(officer_in_year(ordered, YEAR, ordered.pk))


@pytest.fixture(scope="session")
def drawn_handbooks():
    """The handbook of position 16, drawn once for all tests that read it."""
    return {}


@pytest.fixture
def handbook_bytes(content, drawn_handbooks):
    if "pdf" not in drawn_handbooks:
        drawn_handbooks["pdf"] = handbook_pdf(content)
    return drawn_handbooks["pdf"]
