"""What the API says: rows that the account sees, whole pages of them, and never a person."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from reports import actions as reports
from schools.models import School
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, TermFactory
from tests.leak_canaries import (
    PARTICIPANT_NAMES,
    SECRET_CANARIES,
    fill_round_with_canaries,
    participants,
)
from tests.reports.api.conftest import client_with

pytestmark = pytest.mark.django_db

RECOMMENDED = {"QZRECOMMENDED", "QZCARRIED", "QZCLOSEDADVICE"}  # agreed, so theirs to read


def items(client, address, **query):
    answer = client.get(f"/api/v1/{address}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    """Our school's round with its summary agreed and one recommendation."""
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


# --- Terms and schools ---


def test_terms_come_with_their_days(api, term):
    assert items(api, "terms") == [
        {
            "id": term.pk,
            "academic_year": 2569,
            "number": 2,
            "opens_on": term.opens_on.isoformat(),
            "closes_on": term.closes_on.isoformat(),
        }
    ]


def test_schools_come_with_the_cluster_of_today(api, school, other_school):
    found = {item["id"]: item for item in items(api, "schools")}
    assert set(found) == {school.pk, other_school.pk}
    assert found[school.pk]["cluster"]["name"] == "กลุ่มโรงเรียนของเรา"
    assert api.get(f"/api/v1/schools/{school.pk}").json() == found[school.pk]


def test_a_system_of_one_cluster_learns_of_no_other_school(cluster_api, school, other_school):
    answer = cluster_api.get("/api/v1/schools").json()
    assert (answer["count"], [item["id"] for item in answer["items"]]) == (1, [school.pk])
    assert items(cluster_api, "schools", cluster=other_school.memberships.get().cluster_id) == []
    assert cluster_api.get(f"/api/v1/schools/{other_school.pk}").status_code == 404
    assert cluster_api.get("/api/v1/schools/987654321").status_code == 404


def test_schools_are_chosen_by_cluster_and_by_being_open(api, school, other_school):
    School.objects.filter(pk=other_school.pk).update(closed_on=timezone.localdate())
    cluster = school.memberships.get().cluster_id
    assert [item["id"] for item in items(api, "schools", cluster=cluster)] == [school.pk]
    assert [item["id"] for item in items(api, "schools", is_open="true")] == [school.pk]
    assert [item["id"] for item in items(api, "schools", is_open="false")] == [other_school.pk]


def test_pages_lead_through_everything_once(api, settings):
    SchoolFactory.create_batch(7)
    address, seen = "/api/v1/schools?limit=3&is_open=true", []
    while address:
        page = api.get(address.removeprefix(settings.SITE_URL)).json()
        assert page["count"] == 7
        seen += [item["id"] for item in page["items"]]
        address = page["next"]
        assert address is None or address.startswith(f"{settings.SITE_URL}/api/v1/schools?")
    assert seen == list(School.objects.order_by("sort_key", "pk").values_list("pk", flat=True))


# --- Recommendations ---


def test_a_recommendation_says_what_whom_and_how_far(api, agreed):
    [item] = items(api, "recommendations")
    row = agreed.recommendations.get()
    assert item["text"] == row.text
    assert (item["school"], item["term"], item["round"]) == (agreed.school_id, agreed.term_id, 1)
    assert (item["state"], item["is_overdue"], item["closed_on"]) == ("open", False, None)
    assert item["due_on"] == row.due_on.isoformat()


def test_recommendations_are_chosen_by_term_school_and_state(api, agreed, other_school):
    assert len(items(api, "recommendations", term=agreed.term_id, school=agreed.school_id)) == 1
    assert items(api, "recommendations", term=agreed.term_id + 1) == []
    assert items(api, "recommendations", school=other_school.pk) == []
    assert items(api, "recommendations", state="closed") == []
    assert api.get("/api/v1/recommendations?state=withdrawn_").status_code == 422


def test_what_is_not_agreed_or_was_withdrawn_is_not_told(
    api, round_, supervisor, school_director, group_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    improvement.reopen_summary(round_.summary, by=supervisor, reason="บันทึกผิดโรงเรียน")
    advice = round_.recommendations.get()
    improvement.withdraw_recommendation(advice, by=supervisor, reason="บันทึกผิดโรงเรียน")
    assert items(api, "recommendations") == []


def test_advice_from_a_classroom_observation_is_not_told(api, agreed):
    assert len(items(api, "recommendations")) == 1
    Visit.objects.filter(pk=agreed.recommendations.get().visit_id).update(kind="classroom")
    assert items(api, "recommendations") == []


def test_a_system_of_another_cluster_reads_no_advice_of_ours(
    open_token, other_school, agreed, external_system
):
    place = {"cluster": other_school.memberships.get().cluster}
    external_system.appointments.update(**place)
    client = client_with(open_token(external_system).secret)
    assert client.get("/api/v1/recommendations").json() == {"count": 0, "next": None, "items": []}


# --- Documents ---


@pytest.fixture
def issued(agreed, group_director, area_director):
    """The issued report of our round, its file made in no time."""
    report = scenarios.report_prepared(agreed, by=group_director)
    reports.issue_report(report, by=area_director)
    report.sha256 = "0" * 64
    report.file.save("term.pdf", ContentFile(b"%PDF-1.7"))
    return report


def test_a_document_comes_with_its_proof_and_without_its_figures(api, issued, settings):
    [item] = items(api, "documents")
    assert item == {
        "id": issued.pk,
        "number": issued.number,
        "title": str(issued),
        "kind": "term",
        "school": issued.round.school_id,
        "term": issued.round.term_id,
        "academic_year": 2569,
        "version": 1,
        "issued_on": timezone.localdate().isoformat(),
        "is_published": False,
        "is_replaced": False,
        "verify_url": f"{settings.SITE_URL}/verify/{issued.code}/",
        "sha256": "0" * 64,
    }


def test_a_report_that_nobody_has_signed_is_not_told(api, agreed, group_director):
    scenarios.report_prepared(agreed, by=group_director)
    assert items(api, "documents") == []


def test_documents_are_chosen_by_year_kind_and_school(
    api, issued, term, group_director, area_director
):
    year = reports.prepare_year_report(term.academic_year, number="2/2569", by=group_director)
    reports.issue_report(year, by=area_director)
    assert {item["kind"] for item in items(api, "documents", academic_year=2569)} == {
        "term",
        "year",
    }
    assert [item["kind"] for item in items(api, "documents", kind="year")] == ["year"]
    assert len(items(api, "documents", school=issued.round.school_id)) == 1
    assert items(api, "documents", academic_year=2568) == []


def test_a_system_of_one_cluster_has_no_report_of_the_whole_area(
    cluster_api, issued, term, group_director, area_director
):
    year = reports.prepare_year_report(term.academic_year, number="2/2569", by=group_director)
    reports.issue_report(year, by=area_director)
    assert [item["id"] for item in items(cluster_api, "documents")] == [issued.pk]


# --- Never ---


def test_no_secret_no_observation_and_no_person_is_in_any_answer(request, api, round_):
    fill_round_with_canaries(round_, participants(request))
    described = api.get("/api/v1/openapi.json").json()["paths"]
    addresses = [one.replace("{school}", str(round_.school_id)) for one in described]
    answers = [api.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    told = "".join(answer.content.decode() for answer in answers)
    told += "".join(str(answer.json()) for answer in answers)
    words = (set(SECRET_CANARIES) - RECOMMENDED) | set(PARTICIPANT_NAMES)
    assert [word for word in words if word in told] == []
    assert all(word in told for word in RECOMMENDED)


@pytest.mark.parametrize("schools", [1, 4])
def test_every_answer_takes_the_same_number_of_queries(
    api, request, term, cluster, django_assert_max_num_queries, schools
):
    people = participants(request)
    for _ in range(schools):
        round_ = RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
        advice = {"text": "ก", "assignee": Assignee.SUPERVISOR, "state": "open"}
        days = {"due_on": timezone.localdate(), "agreed_at": timezone.now()}
        round_.recommendations.create(**advice, **days)
    assert people.supervisor
    TermFactory(number=1, opens_on=term.opens_on - timedelta(days=200))
    for address in ("terms", "schools", "recommendations", "documents"):
        with django_assert_max_num_queries(5):
            api.get(f"/api/v1/{address}")
