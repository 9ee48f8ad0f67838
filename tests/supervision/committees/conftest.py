import pytest
from django.utils import timezone

from supervision.committees import meeting_actions
from supervision.committees.enums import CommitteePosition
from tests.factories import CommitteeFactory, CommitteeMemberFactory


@pytest.fixture
def committee(db, group_director, school_director):
    """ก.ต.ป.น. with a chair, a school's director, and the group director as its secretary."""
    committee = CommitteeFactory()
    CommitteeMemberFactory(
        committee=committee, post="ประธานทดสอบ", position=CommitteePosition.CHAIR
    )
    CommitteeMemberFactory(
        committee=committee, user=school_director, name=str(school_director), sequence=2
    )
    CommitteeMemberFactory(
        committee=committee, user=group_director, position=CommitteePosition.SECRETARY, sequence=3
    )
    return committee


@pytest.fixture
def planned(committee, group_director):
    return meeting_actions.plan_meeting(
        committee, by=group_director, held_on=timezone.localdate(), number=4, year=2569
    )


@pytest.fixture
def opened(planned, group_director):
    meeting_actions.open_meeting(planned, by=group_director)
    return planned


@pytest.fixture
def closed(opened, group_director):
    opened.attendance.update(kind="present")
    opened.agenda.update(resolution="เห็นชอบ")
    meeting_actions.close_meeting(opened, by=group_director)
    return opened
