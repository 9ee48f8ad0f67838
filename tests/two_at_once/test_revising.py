"""Two people put one appointment right, or one does while it is recorded or signed."""

import pytest
from django.urls import reverse

from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from supervision.visits.revising import revise
from supervision.workflow.errors import Refused
from tests.two_at_once.acts import during, of

pytestmark = pytest.mark.django_db(transaction=True)


def revised(visit, *, by, **changes):
    facts = {"kind": visit.kind, "mode": visit.mode, "purpose": visit.purpose, "team": []}
    return revise(visit, by=by, **facts | changes)


def test_two_put_one_appointment_right(
    planned, supervisor, group_director, committee_member, login
):
    """Who saves second reads what the first has just saved, and overwrites none of it unseen."""
    page, url = login(group_director), reverse("visit_revise", args=[planned.pk])
    seen = page.get(url).context["form"]["seen"].value()
    typed = {"kind": planned.kind, "mode": planned.mode, "purpose": "ของฉัน", "seen": seen}
    late = during(
        lambda: revised(planned, by=supervisor, purpose="ของเขา", team=[committee_member]),
        lambda: page.post(url, typed),
    )
    told = late.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in told
    assert "ของฉัน" in told
    assert (of(planned).purpose, planned.team.get()) == ("ของเขา", committee_member)


def test_a_kind_is_changed_while_the_record_is_begun(planned, supervisor, group_director):
    late = during(
        lambda: visits.start_record(planned, by=supervisor),
        lambda: revised(of(planned), by=group_director, kind=VisitKind.CLASSROOM),
    )
    assert isinstance(late, Refused)
    assert of(planned).kind == VisitKind.ORDINARY


def test_a_record_is_begun_while_its_kind_is_changed(planned, supervisor, group_director):
    late = during(
        lambda: revised(planned, by=group_director, kind=VisitKind.CLASSROOM),
        lambda: visits.start_record(of(planned), by=supervisor),
    )
    assert isinstance(late, Refused)
    assert of(planned).sheet is None


def test_a_purpose_is_put_right_while_the_leader_signs(recorded, supervisor, group_director):
    late = during(
        lambda: visits.sign(recorded, by=supervisor),
        lambda: revised(of(recorded), by=group_director, purpose="ของเขา"),
    )
    assert isinstance(late, Refused)
    assert of(recorded).purpose == recorded.purpose
