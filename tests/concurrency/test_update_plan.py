"""Two people put one appointment right, or one does while it is recorded or signed."""

import pytest
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.visits import actions as visits
from supervision.visits.actions import update_visit_plan
from supervision.visits.enums import VisitKind
from tests.concurrency.parallel import reloaded, run_during

pytestmark = pytest.mark.django_db(transaction=True)


def revised(visit, *, by, **changes):
    facts = {"kind": visit.kind, "mode": visit.mode, "purpose": visit.purpose, "team": []}
    return update_visit_plan(visit, by=by, **facts | changes)


def test_two_update_one_plan(planned, supervisor, group_director, committee_member, login):
    """Who saves second reads what the first has just saved, and overwrites none of it unseen."""
    page, url = login(group_director), reverse("visit_edit", args=[planned.pk])
    version = page.get(url).context["form"]["version"].value()
    typed = {"kind": planned.kind, "mode": planned.mode, "purpose": "ของฉัน", "version": version}
    late = run_during(
        lambda: revised(planned, by=supervisor, purpose="ของเขา", team=[committee_member]),
        lambda: page.post(url, typed),
    )
    told = late.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in told
    assert "ของฉัน" in told
    assert (reloaded(planned).purpose, planned.team.get()) == ("ของเขา", committee_member)


def test_a_kind_is_changed_while_the_record_is_begun(planned, supervisor, group_director):
    late = run_during(
        lambda: visits.start_visit_record(planned, by=supervisor),
        lambda: revised(reloaded(planned), by=group_director, kind=VisitKind.CLASSROOM),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(planned).kind == VisitKind.ORDINARY


def test_a_record_is_begun_while_its_kind_is_changed(planned, supervisor, group_director):
    late = run_during(
        lambda: revised(planned, by=group_director, kind=VisitKind.CLASSROOM),
        lambda: visits.start_visit_record(reloaded(planned), by=supervisor),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(planned).sheet is None


def test_a_purpose_is_put_right_while_the_leader_signs(recorded, supervisor, group_director):
    late = run_during(
        lambda: visits.sign_visit(recorded, by=supervisor),
        lambda: revised(reloaded(recorded), by=group_director, purpose="ของเขา"),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(recorded).purpose == recorded.purpose
