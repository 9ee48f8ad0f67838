"""A school says how content it was with a visit, or does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import Term
from supervision.visits import actions as visits
from supervision.visits.models import Visit, VisitSatisfaction
from supervision.visits.models.satisfaction import STATEMENTS
from supervision.visits.satisfaction.asking import answer_satisfaction
from tests import scenarios

SENT = dict(zip(STATEMENTS, ("5", "4", "3"), strict=True))
TODO = "ให้ความเห็นต่อการนิเทศ ของเรา"


@pytest.fixture
def visit(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    return scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)


def url_of(visit, name="visit_satisfaction"):
    return reverse(name, args=[visit.pk])


def offered(client):
    """What home offers below what waits; nothing of it waits, and notices are silent."""
    home = client.get("/todos/").context["home"]
    assert TODO not in [item.title for item in home.waiting]
    assert TODO not in client.get(reverse("notices")).content.decode()
    return [item.title for item in home.offers]


def test_the_director_answers_and_changes_it_without_being_named(login, visit, school_director):
    client = login(school_director)
    page = client.get(url_of(visit)).content.decode()
    assert "ใครเห็นคำตอบนี้" in page
    assert "checked" not in page
    assert TODO in offered(client)
    response = client.post(url_of(visit), SENT | {"comment": "QZFREE"}, follow=True)
    assert "ขอบคุณ" in response.content.decode()
    assert "QZFREE" not in response.content.decode()
    assert TODO not in offered(client)
    client.post(url_of(visit), SENT | {"met_needs": "1"})
    said = VisitSatisfaction.objects.get()
    assert (said.met_needs, said.good_friend, said.comment) == (1, 3, "")
    assert {field.name for field in VisitSatisfaction._meta.fields} == {
        *("id", "visit", "comment", "is_skipped"),
        *STATEMENTS,
    }


def test_skipping_is_one_tap_and_may_be_thought_better_of(login, visit, school_director):
    client = login(school_director)
    client.post(url_of(visit, "visit_satisfaction_skip"))
    assert VisitSatisfaction.objects.get().is_skipped
    assert TODO not in offered(client)
    client.post(url_of(visit), SENT)
    assert VisitSatisfaction.objects.get().met_needs == 5
    client.post(url_of(visit, "visit_satisfaction_skip"))
    assert VisitSatisfaction.objects.get().met_needs is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"met_needs": ""}, "โปรดเลือกระดับ 1 ถึง 5 หรือกด"),
        ({"met_needs": "6"}, "โปรดเลือกระดับ 1 ถึง 5"),
        ({"comment": "ก" * 301}, "ข้อความยาวเกิน 300"),
    ],
)
def test_what_is_missing_or_wrong_is_named(login, visit, school_director, wrong, says):
    page = login(school_director).post(url_of(visit), SENT | wrong).content.decode()
    assert says in page
    assert not VisitSatisfaction.objects.exists()


def test_it_is_asked_only_once_acknowledged(login, round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    signed = scenarios.visit_signed(round_, by=supervisor)
    assert login(school_director).get(url_of(signed)).status_code == 409
    assert TODO not in offered(login(school_director))


def test_a_new_version_of_the_record_asks_nothing_again(visit, supervisor, school_director, login):
    answer_satisfaction(visit, levels=dict.fromkeys(STATEMENTS, 4))
    revised = visits.revise_visit(visit, by=supervisor, reason="แก้คำผิด")
    visits.sign_visit(revised, by=supervisor)
    visits.acknowledge_visit(revised, by=school_director)
    assert TODO not in offered(login(school_director))
    answer_satisfaction(revised, levels=dict.fromkeys(STATEMENTS, 2))
    assert VisitSatisfaction.objects.get().met_needs == 2


def test_nobody_is_asked_long_after_and_nothing_changes_once_counted(login, visit, school_director):
    Visit.objects.update(acknowledged_at=timezone.now() - timedelta(days=30))
    assert TODO not in offered(login(school_director))
    term, last = visit.round.term, timezone.localdate() - timedelta(days=31)
    Term.objects.filter(pk=term.pk).update(closes_on=last, opens_on=last - timedelta(days=100))
    visit = Visit.objects.get()
    with pytest.raises(ActionRefused, match="หมดช่วงให้ความเห็น"):
        answer_satisfaction(visit, levels=dict.fromkeys(STATEMENTS, 4))


def test_a_row_is_answered_in_full_or_skipped(visit):
    for wrong in ({"met_needs": 4}, {"is_skipped": True, "comment": "ก"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitSatisfaction.objects.create(visit=visit, **wrong)
