"""An order lists the members of committees, and ends their time with their duties."""

from supervision.assignments.ending import end_officer_duties
from supervision.assignments.enums import DutyKind
from supervision.committees.models import Committee
from tests.factories import CommitteeMemberFactory, UserFactory
from tests.supervision.assignments.conftest import day, issue


def test_an_order_lists_members_with_their_appointments(draft_order, area_director, cluster):
    people = UserFactory.create_batch(2)
    order = draft_order(
        (people[0], DutyKind.AREA_COMMITTEE, {}),
        (people[1], DutyKind.SUBCOMMITTEE, {"cluster": cluster}),
    )
    order.officers.get(user=people[0]).duties.update(text="เป็นกรรมการและเลขานุการ ก.ต.ป.น.")
    issue(order, by=area_director)
    first, second = (person.committee_members.get() for person in people)
    assert (first.order, first.appointment) == (order, people[0].appointments.get())
    assert first.get_position_display() == "กรรมการและเลขานุการ"
    assert (second.committee.cluster, second.starts_on) == (cluster, day())
    assert Committee.objects.count() == 2


def test_a_member_stays_one_by_the_new_order_and_ends_with_the_duty(
    draft_order, area_director, clerk
):
    person = UserFactory()
    member = CommitteeMemberFactory(user=person, order_text="คำสั่งเดิม")
    order = draft_order((person, DutyKind.AREA_COMMITTEE, {}))
    issue(order, by=area_director)
    member.refresh_from_db()
    assert (member.order, member.ends_on) == (order, None)
    end_officer_duties(order.officers.get(), by=clerk, last_day=day(3), reason="ครบวาระ")
    member.refresh_from_db()
    assert member.ends_on == person.appointments.get().ends_on == day(3)
