"""A visit made after its term has closed: asked about, told, and counted for its round's term."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.visits import actions
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visit
from tests import scenarios
from tests.factories import TermFactory


@pytest.fixture
def next_term(term):
    """The round's own term has closed; another has opened since."""
    today, year = timezone.localdate(), term.academic_year.year + 1
    term.closes_on = today - timedelta(days=10)
    term.save()
    return TermFactory(academic_year__year=year, opens_on=today - timedelta(days=2))


@pytest.fixture
def late(login, supervisor, school_director, round_, next_term):
    """Appointed for today after the question was answered, recorded, signed and acknowledged."""
    url = reverse("visit_plan", args=[round_.pk])
    asked = {
        "visit_on": numeric_date(timezone.localdate()),
        "special_day": "on",
        "kind": VisitKind.ORDINARY,
        "mode": "on_site",
        "purpose": "นิเทศเก็บตก",
        "leader": supervisor.pk,
    }
    page = login(supervisor).post(url, asked).content.decode()
    assert f"วันที่อยู่นอกภาคเรียนที่ {round_.term} โปรดแก้วันที่ หรือทำเครื่องหมายยืนยัน" in page
    login(supervisor).post(url, asked | {"outside_term": "on"})
    visit = Visit.objects.get()
    actions.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    actions.sign_visit(visit, by=supervisor)
    actions.acknowledge_visit(visit, by=school_director)
    return visit


def test_its_page_tells_office_and_school(login, supervisor, school_director, late):
    for reader in (supervisor, school_director):
        page = login(reader).get(late.get_absolute_url()).content.decode()
        assert "วันที่อยู่นอกภาคเรียน" in page
        assert f"นับเป็นของภาคเรียนที่ {late.round.term}" in page


def test_it_counts_for_the_term_of_its_round_alone(login, supervisor, late, next_term):
    assert deciding_visit(late.round) == late
    client, url = login(supervisor), reverse("visits")
    own = client.get(url, {"term": late.round.term_id})
    assert [row.visit for row in own.context["rows"]] == [late]
    assert own.context["coverage"].done == 1
    assert "นอกภาคเรียน" in own.content.decode()
    other = client.get(url, {"term": next_term.pk})
    assert (other.context["rows"], other.context["coverage"].done) == ([], 0)
