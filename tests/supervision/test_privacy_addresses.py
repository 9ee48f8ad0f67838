"""Addresses made up, kept from before, or written by somebody else."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from schools.core.uploads import SanitizedFile
from supervision.improvement.actions import report_progress
from supervision.practices import actions as practices
from supervision.visits.signed_copies import attach_signed_copy
from tests import scenarios
from tests.sample_files import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

PASSWORD = "ทดสอบ-รหัสผ่าน-1"
FOREIGN_URLS = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
)


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


@pytest.fixture
def records(agreed, supervisor):
    """A page of each kind of record of the school, by its address."""
    practice = practices.nominate_practice(
        agreed, by=supervisor, title="ก", process="ข", outcome="ค"
    )
    visit = agreed.visits.get()
    return {
        "school": agreed.school_id,
        "round": agreed.pk,
        "round_history": agreed.pk,
        "round_papers": agreed.pk,
        "needs": agreed.pk,
        "decision": agreed.pk,
        "term_report": agreed.pk,
        "self_assessment": agreed.self_assessments.get().pk,
        "sheet": visit.sheet_id,
        "visit": visit.pk,
        "visit_form": visit.pk,
        "practice": practice.pk,
        "summary": agreed.summary.pk,
        "recommendation": agreed.recommendations.get().pk,
        "report": scenarios.report_prepared(agreed, by=supervisor).pk,
    }


def test_what_is_not_ones_own_answers_as_what_is_not_there(login, outsider_director, records):
    """Neither the words nor the state tell that a number is somebody's."""
    client = login(outsider_director)
    for name, pk in records.items():
        theirs, nobodys = (client.get(reverse(name, args=[key])) for key in (pk, 987_654))
        assert (theirs.status_code, theirs.content) == (404, nobodys.content), name


@pytest.mark.parametrize("act", ["get", "post"])
def test_an_act_at_a_school_not_ones_own_tells_nothing_of_its_state(
    login, outsider_director, supervisor, agreed, act
):
    """A refusal says why it cannot be, so it is for those only who see the record."""
    visit, advice = agreed.visits.get(), agreed.recommendations.get()
    ask = getattr(login(outsider_director), act)
    acts = ("sign", "acknowledge", "revise", "cancel", "postpone", "change_leader", "compare")
    for name in acts:
        assert ask(reverse(f"visit_{name}", args=[visit.pk])).status_code == 404
    for name in ("close", "report", "return"):
        assert ask(reverse(f"recommendation_{name}", args=[advice.pk])).status_code == 404


# --- Addresses in addresses ---


@pytest.mark.parametrize("wanted", FOREIGN_URLS)
def test_signing_in_leads_nowhere_else(client, supervisor, wanted):
    sent = {"login": "supervisor", "password": PASSWORD, "next": wanted}
    page = client.get(reverse("account_login"), {"next": wanted})
    assert page.status_code == 200
    assert client.post(reverse("account_login"), sent)["Location"] == "/"
    again = client.get(reverse("account_login"), {"next": wanted})
    assert "evil" not in again.headers.get("Location", "")
    assert "alert" not in again.headers.get("Location", "")


@pytest.mark.parametrize("wanted", FOREIGN_URLS)
def test_a_password_of_ones_own_leads_nowhere_else(login, supervisor, wanted):
    sent = {"oldpassword": PASSWORD, "password1": "แม่น้ำไหล-ริมเขา-72", "next": wanted}
    sent["password2"] = sent["password1"]
    answer = login(supervisor).post(reverse("account_change_password"), sent)
    assert answer["Location"] == "/"


def test_a_refusal_leads_back_into_the_portal_only(login, supervisor, agreed):
    signing = reverse("visit_sign", args=[agreed.visits.get().pk])
    answer = login(supervisor).post(signing, headers={"referer": "https://evil.example/x"})
    assert answer.status_code == 409
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("token", ["%00", "ก", "x" * 3_000, "..%2f..", "%27%20or%201=1"])
def test_a_calendar_nobody_was_given_is_not_there(client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


# --- Files, once they were opened ---


def test_no_file_stays_in_the_browser(login, agreed, supervisor, school_director):
    """It may be removed, and the next person at the computer is somebody else."""
    client = login(school_director)
    scan = SanitizedFile("scan.pdf", ContentFile(b"%PDF-1.7", "scan.pdf"))
    photo = SanitizedFile("ภาพ.jpg", ContentFile(jpeg(), "ภาพ.jpg"))
    copy = attach_signed_copy(agreed.visits.get(), scan, by=supervisor)
    advice = agreed.recommendations.get()
    progress = report_progress(advice, by=school_director, text="ก", file=photo)
    for name, pk in (("visit_copy", copy.pk), ("progress_file", progress.pk)):
        answer = client.get(reverse(name, args=[pk]))
        assert answer.getvalue()
        assert answer["Cache-Control"] == "private, no-store"


# --- The post, once it has ended ---


def test_who_left_the_appointment_reads_no_school_in_the_session_left_open(
    login, school_director, school, records
):
    client = login(school_director)
    assert client.get(reverse("school", args=[school.pk])).status_code == 200
    school_director.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    for name, pk in records.items():
        assert client.get(reverse(name, args=[pk])).status_code == 404, name
    for name in ("home", "notices"):
        assert school.short_name not in client.get(reverse(name)).content.decode()
    for name in ("visits", "recommendations", "reports", "practices", "directory", "calendar"):
        assert client.get(reverse(name)).status_code == 403
