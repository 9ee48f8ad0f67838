"""Signing an order: what it needs, and how rights follow duties."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from schools.access import ROLES_GIVEN_BY_ORDER, Permission, can
from schools.core.errors import ActionRefused, Outdated
from schools.enums import Capacity, Role
from schools.models import Appointment, User
from supervision.assignments.drafting import actions as drafting
from supervision.assignments.ending import end_officer_duties
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.issuing import issue_order, order_writer, preview_issue
from supervision.assignments.models import Duty
from supervision.assignments.rights import ROLES_BY_KIND
from supervision.standards.models import WorkGroup
from supervision.visits.queries import eligible_leaders, eligible_team_members
from supervision.workflow.models import Transition
from tests.factories import (
    AppointmentFactory,
    DutyFactory,
    OrderOfficerFactory,
    SchoolFactory,
    UserFactory,
)
from tests.personas import user_with_role
from tests.supervision.assignments.conftest import add_duty, day, issue, number

pytestmark = pytest.mark.django_db


def may_record(user, school, on) -> bool:
    with time_machine.travel(timezone.now() + timedelta(days=(on - day()).days)):
        return can(User.objects.get(pk=user.pk), Permission.RECORD_VISIT, school.pk)


def test_an_order_freezes_with_its_number_days_and_signer(cluster_duty, area_director):
    issue(cluster_duty, by=area_director, first=195, effective_on=day(3))
    cluster_duty.refresh_from_db()
    assert (cluster_duty.state, cluster_duty.number) == (OrderState.ISSUED, number(195))
    assert (cluster_duty.signed_by, cluster_duty.signatory_name) == (
        area_director,
        area_director.full_name,
    )
    assert cluster_duty.signatory_post == Role.AREA_DIRECTOR.label
    with pytest.raises(ActionRefused):
        drafting.update_order_draft(cluster_duty, by=area_director, facts={"subject": "ก"})


def test_a_cluster_gives_write_access_from_its_day_on_and_not_before(
    cluster_duty, supervisor, new_cluster, area_director
):
    school = SchoolFactory(cluster=new_cluster)
    issue(cluster_duty, by=area_director, effective_on=day(5))
    assert not may_record(supervisor, school, day(4))
    assert may_record(supervisor, school, day(5))
    appointment = supervisor.appointments.get(cluster=new_cluster)
    duty = Duty.objects.get(officer__order=cluster_duty)
    assert (duty.starts_on, duty.appointment) == (day(5), appointment)


def test_an_appointment_that_exists_is_taken_over(draft_order, supervisor, cluster, area_director):
    order = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(order, by=area_director)
    assert Duty.objects.get(officer__order=order).appointment == supervisor.appointments.get()


def test_the_preview_warns_of_an_appointment_by_hand_that_will_end_with_the_order(
    login, draft_order, supervisor, cluster, area_director, clerk
):
    warning = "จากนี้ไปขึ้นกับคำสั่งนี้ และจะสิ้นสุดพร้อมคำสั่ง"
    first = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    page = login(clerk).get(reverse("order_rights", args=[first.pk])).content.decode()
    assert warning in page
    issue(first, by=area_director, first=1, effective_on=day(-30))
    second = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    page = login(clerk).get(reverse("order_rights", args=[second.pk])).content.decode()
    assert warning not in page
    assert "มีอยู่แล้ว ใช้ต่อ" in page


@pytest.fixture
def moved(cluster, supervisor, other_supervisor, draft_order, area_director, clerk):
    """The cluster was the supervisor's by an order; a second one gives it to the other."""
    first = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(first, by=area_director, first=1, effective_on=day(-30))
    second = draft_order((other_supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    drafting.add_supersession(second, by=clerk, superseded=first, text="")
    return first, second


def test_a_cluster_moves_from_one_to_another_on_a_day(
    moved, school, supervisor, other_supervisor, area_director
):
    first, second = moved
    plan = preview_issue(second, effective_on=day(7)).plan
    assert [right.appointment.user for right in plan.opened] == [other_supervisor]
    assert [right.last_day for right in plan.ended] == [day(6)]
    assert any(str(supervisor) in note for note in plan.notes), "nothing is left to the first"
    issue(second, by=area_director, first=2, effective_on=day(7))
    first.refresh_from_db()
    assert (first.state, first.ends_on) == (OrderState.SUPERSEDED, day(6))
    for user, before, after in ((supervisor, True, False), (other_supervisor, False, True)):
        assert may_record(user, school, day(6)) is before
        assert may_record(user, school, day(7)) is after
    ended = Duty.objects.get(officer__order=first)
    assert (ended.ends_on, ended.ended_by) == (day(6), second)
    assert Transition.objects.filter(verb="supersede", record_id=first.pk).exists()


def test_only_the_named_officer_is_replaced(
    draft_order, supervisor, other_supervisor, cluster, new_cluster, area_director, clerk
):
    first = draft_order(
        (supervisor, DutyKind.CLUSTER, {"cluster": cluster}),
        (other_supervisor, DutyKind.CLUSTER, {"cluster": new_cluster}),
    )
    issue(first, by=area_director, effective_on=day(-3))
    second = draft_order((other_supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    supersession = drafting.add_supersession(second, by=clerk, superseded=first, text="")
    named = first.officers.filter(user=supervisor)
    drafting.name_superseded_officers(supersession, by=clerk, officers=named)
    issue(second, by=area_director, first=2)
    first.refresh_from_db()
    assert first.state == OrderState.ISSUED
    lasting = Duty.objects.filter(officer__order=first, ends_on=None)
    assert [duty.officer.user for duty in lasting] == [other_supervisor]
    third = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    again = drafting.add_supersession(third, by=clerk, superseded=first, text="")
    drafting.name_superseded_officers(again, by=clerk, officers=named)
    with pytest.raises(ActionRefused, match="สิ้นสุดไปแล้ว"):
        issue(third, by=area_director, first=3, effective_on=day(1))


def test_what_the_new_order_gives_again_does_not_end(
    draft_order, supervisor, cluster, area_director, clerk
):
    first = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(first, by=area_director, effective_on=day(-1))
    second = drafting.copy_order(first, by=clerk)
    issue(second, by=area_director, first=2)
    assert supervisor.appointments.get().ends_on is None
    assert Duty.objects.get(officer__order=second).appointment == supervisor.appointments.get()


# --- What cannot be replaced ---


def test_an_order_that_is_replaced_already_is_refused(moved, draft_order, area_director, clerk):
    first, second = moved
    third = drafting.copy_order(first, by=clerk)
    issue(second, by=area_director, first=2)
    with pytest.raises(ActionRefused, match="ถูกยกเลิกไปแล้วโดย"):
        issue(third, by=area_director, first=3)
    first.refresh_from_db()
    with pytest.raises(ActionRefused, match="ถูกยกเลิกไปแล้ว"):
        drafting.revise_order(first, by=clerk)


def test_an_order_that_is_not_yet_in_force_is_refused(cluster_duty, area_director, clerk):
    issue(cluster_duty, by=area_director, effective_on=day(10))
    second = drafting.copy_order(cluster_duty, by=clerk)
    with pytest.raises(ActionRefused, match="หลังจากวันนั้น"):
        issue(second, by=area_director, first=2, effective_on=day(10))
    assert issue(second, by=area_director, first=2, effective_on=day(11))


def test_an_order_replaces_neither_itself_nor_a_draft(cluster_duty, draft_order, clerk):
    for superseded in (cluster_duty, draft_order()):
        with pytest.raises(ActionRefused):
            drafting.add_supersession(cluster_duty, by=clerk, superseded=superseded, text="")


def test_a_corrected_annex_is_a_new_order_that_names_the_old(cluster_duty, area_director, clerk):
    issue(cluster_duty, by=area_director)
    new = drafting.revise_order(cluster_duty, by=clerk)
    assert (new.corrects, new.supersessions.get().superseded) == (cluster_duty, cluster_duty)
    assert number() in new.subject
    assert Duty.objects.filter(officer__order=new).count() == 1


# --- Days and numbers ---


def test_an_order_in_force_before_it_was_signed_opens_no_right_before(
    cluster_duty, supervisor, new_cluster, area_director
):
    notes = preview_issue(cluster_duty, effective_on=day(-20)).plan.notes
    assert "ก่อนวันที่ลงนาม" in notes[0]
    issue(cluster_duty, by=area_director, effective_on=day(-20))
    assert Duty.objects.get(officer__order=cluster_duty).starts_on == day(-20)
    assert supervisor.appointments.get(cluster=new_cluster).starts_on == day()
    cluster_duty.refresh_from_db()
    assert cluster_duty.is_effective_before_ordered


def test_a_number_is_taken_once_and_of_the_year_of_the_order(
    cluster_duty, draft_order, supervisor, area_director
):
    issue(cluster_duty, by=area_director, first=7)
    other = draft_order((supervisor, DutyKind.OTHER, {}))
    with pytest.raises(ActionRefused, match="มีคำสั่งที่"):
        issue(other, by=area_director, first=7)
    with pytest.raises(ActionRefused, match="ยังมาไม่ถึง"):
        issue(other, by=area_director, first=8, ordered_on=day(1))
    with pytest.raises(ActionRefused, match="เป็นของปี"):
        issue(other, by=area_director, first=8, ordered_on=day(-800))


def test_an_incomplete_draft_is_not_signed(draft_order, supervisor, area_director):
    order = draft_order((supervisor, DutyKind.CLUSTER, {}))
    with pytest.raises(ActionRefused) as refused:
        issue(order, by=area_director)
    assert "กลุ่มโรงเรียนของข้อ 1.1" in refused.value.missing
    with pytest.raises(ActionRefused) as refused:
        issue(draft_order(), by=area_director)
    assert any("ผู้ปฏิบัติ" in lack for lack in refused.value.missing)


def test_what_was_not_shown_is_not_signed(cluster_duty, supervisor, area_director, clerk):
    shown = preview_issue(cluster_duty, effective_on=day()).version
    add_duty(cluster_duty, supervisor, DutyKind.OTHER, by=clerk)
    facts = {"number": number(), "ordered_on": day(), "effective_on": day()}
    with pytest.raises(Outdated):
        issue_order(cluster_duty, by=area_director, shown_version=shown, **facts)


def test_it_is_signed_once(cluster_duty, area_director):
    twice = type(cluster_duty).objects.get(pk=cluster_duty.pk)
    issue(cluster_duty, by=area_director)
    with pytest.raises(ActionRefused, match="ไปแล้วโดย"):
        issue(twice, by=area_director, first=2)
    assert Appointment.objects.filter(duties__officer__order=cluster_duty).count() == 1


# --- Kinds of duties ---


def test_the_head_of_a_work_group_is_named_with_it_and_leads_and_joins_visits(
    draft_order, area_director, school
):
    head = UserFactory()
    group = WorkGroup.objects.create(code="4.5", name="กลุ่มงานนิเทศ")
    issue(draft_order((head, DutyKind.WORK_GROUP_HEAD, {"work_group": group})), by=area_director)
    assert head.appointments.get().printed_title == "หัวหน้ากลุ่มงานนิเทศ"
    assert eligible_leaders(school, day()).contains(head)
    assert eligible_team_members(school, day()).contains(head)


def test_chairs_and_committee_members_are_appointed_others_are_not(
    draft_order, area_director, cluster
):
    users = UserFactory.create_batch(4)
    issue(
        draft_order(
            (users[0], DutyKind.CLUSTER_CHAIR, {"cluster": cluster}),
            (users[1], DutyKind.SUBCOMMITTEE, {"cluster": cluster}),
            (users[2], DutyKind.AREA_COMMITTEE, {}),
            (users[3], DutyKind.COMMITTEE, {"committee_name": "คณะทำงานวิชาการ"}),
        ),
        by=area_director,
    )
    roles = [list(user.appointments.values_list("role", flat=True)) for user in users]
    assert roles == [
        [Role.CLUSTER_CHAIR],
        [Role.SUBCOMMITTEE_MEMBER],
        [Role.COMMITTEE_MEMBER],
        [],
    ]


def test_who_signs_an_order_is_the_second_person_of_a_signing_appointment(
    draft_order, area_director, clerk
):
    member = UserFactory()
    order = draft_order((member, DutyKind.AREA_COMMITTEE, {}))
    assert order_writer(order, signed_by=area_director) == clerk
    issue(order, by=area_director)
    assert member.appointments.get().signing_withheld_at is None


def test_who_signs_an_order_cannot_confirm_the_own_appointment(
    draft_order, area_director, clerk, group_director
):
    issue(draft_order((area_director, DutyKind.AREA_COMMITTEE, {})), by=area_director)
    own = area_director.appointments.get(role=Role.COMMITTEE_MEMBER)
    assert own.signing_withheld_by == clerk


def test_who_wrote_a_part_of_an_order_is_no_second_person_by_signing_it(
    draft_order, clerk, group_director
):
    AppointmentFactory(user=group_director, role=Role.AREA_DIRECTOR, capacity=Capacity.ACTING)
    acting, member = User.objects.get(pk=group_director.pk), UserFactory()
    order = draft_order((clerk, DutyKind.OTHER, {}))
    add_duty(order, member, DutyKind.AREA_COMMITTEE, by=acting)
    drafting.update_order_draft(order, by=clerk, facts={"subject": "หน้าที่"})
    issue(order, by=acting)
    assert member.appointments.get().signing_withheld_by == acting


def test_a_closed_account_gets_no_right_and_is_named(draft_order, area_director, new_cluster):
    person = UserFactory()
    order = draft_order((person, DutyKind.CLUSTER, {"cluster": new_cluster}))
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(ActionRefused, match=f"1.1 {person}: บัญชีนี้ปิดอยู่"):
        issue(order, by=area_director)


def test_only_who_signs_orders_opens_rights(cluster_duty, group_director):
    with pytest.raises(PermissionDenied):
        issue(cluster_duty, by=group_director)


def test_overlaps_and_gaps_are_named(
    cluster_duty, supervisor, cluster, other_supervisor, clerk, new_cluster
):
    add_duty(cluster_duty, other_supervisor, DutyKind.CLUSTER, by=clerk, cluster=new_cluster)
    add_duty(cluster_duty, None, DutyKind.CLUSTER, by=clerk, cluster=cluster)
    supervisor.appointments.update(ends_on=day())
    notes = " ".join(preview_issue(cluster_duty, effective_on=day(1)).plan.notes)
    assert f"{new_cluster} มีศึกษานิเทศก์ประจำกลุ่ม 2 คน" in notes
    assert f"ไม่มีศึกษานิเทศก์ประจำ{cluster}" in notes
    assert "ไม่มีบัญชีในพอร์ทัล" in notes


def test_an_appointment_with_an_end_is_followed_at_once_and_ends_with_the_order(
    draft_order, supervisor, cluster, area_director, clerk
):
    supervisor.appointments.update(ends_on=day(30))
    order = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(order, by=area_director)
    new = draft_order((clerk, DutyKind.OTHER, {}))
    drafting.add_supersession(new, by=clerk, superseded=order, text="")
    issue(new, by=area_director, first=2, effective_on=day(10))
    held = supervisor.appointments.filter(cluster=cluster).order_by("starts_on")
    assert [appointment.ends_on for appointment in held] == [day(-1), day(9)]


# --- An officer leaves ---


def test_an_officer_leaves_and_the_order_stays(cluster_duty, supervisor, area_director, clerk):
    issue(cluster_duty, by=area_director, effective_on=day(-5))
    officer = cluster_duty.officers.get()
    end_officer_duties(officer, by=clerk, last_day=day(2), reason="ย้ายตามคำสั่ง")
    duty = Duty.objects.get(officer=officer)
    assert (duty.ends_on, duty.end_reason, duty.ended_by) == (day(2), "ย้ายตามคำสั่ง", None)
    assert duty.appointment.ends_on == day(2)
    cluster_duty.refresh_from_db()
    assert cluster_duty.state == OrderState.ISSUED
    with pytest.raises(ActionRefused, match="อยู่แล้ว"):
        end_officer_duties(officer, by=clerk, last_day=day(3), reason="ก")


def test_an_officer_leaves_before_the_new_order_holds(
    moved, supervisor, area_director, clerk, cluster
):
    first, second = moved
    issue(second, by=area_director, first=2, effective_on=day(9))
    officer = first.officers.get()
    officer.order.refresh_from_db()
    end_officer_duties(officer, by=clerk, last_day=day(4), reason="ลาออก")
    assert officer.duties.get().ends_on == day(4)
    assert supervisor.appointments.get(cluster=cluster).ends_on == day(4)
    first.refresh_from_db()
    assert (first.state, first.ends_on) == (OrderState.SUPERSEDED, day(8))


def test_duties_do_not_end_before_they_begin_nor_without_a_reason(
    cluster_duty, area_director, clerk
):
    issue(cluster_duty, by=area_director, effective_on=day(5))
    officer = cluster_duty.officers.get()
    with pytest.raises(ActionRefused, match="หน้าที่เริ่ม"):
        end_officer_duties(officer, by=clerk, last_day=day(4), reason="ก")
    with pytest.raises(ActionRefused, match="เหตุผล"):
        end_officer_duties(officer, by=clerk, last_day=day(6), reason=" ")


def test_a_right_stays_while_another_duty_rests_on_it(cluster_duty, area_director, clerk):
    issue(cluster_duty, by=area_director, effective_on=day(-5))
    officer = cluster_duty.officers.get()
    appointment = officer.duties.get().appointment
    other = OrderOfficerFactory(user=officer.user)
    DutyFactory(officer=other, appointment=appointment)
    end_officer_duties(officer, by=clerk, last_day=day(), reason="ก")
    appointment.refresh_from_db()
    assert appointment.ends_on is None


def test_a_second_cluster_is_a_second_appointment(draft_order, area_director, cluster, new_cluster):
    person = user_with_role(Role.CLERK, "another_clerk")
    order = draft_order(
        (person, DutyKind.CLUSTER, {"cluster": cluster}),
        (person, DutyKind.CLUSTER, {"cluster": new_cluster}),
    )
    issue(order, by=area_director)
    assert person.appointments.filter(role=Role.SUPERVISOR).count() == 2


def test_orders_give_the_roles_that_the_register_lets_them_give():
    assert set(ROLES_BY_KIND.values()) == ROLES_GIVEN_BY_ORDER
