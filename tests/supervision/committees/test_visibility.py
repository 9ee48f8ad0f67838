import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee, CommitteeMember, Meeting
from tests.factories import (
    ClusterFactory,
    CommitteeFactory,
    CommitteeMemberFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committees(cluster):
    """ก.ต.ป.น., the อ.ก.ต.ป.น. of two clusters, and a working group, each with a meeting."""
    found = [
        CommitteeFactory(),
        CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=cluster, name="อนุ 1"),
        CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=ClusterFactory(), name="อนุ 2"),
        CommitteeFactory(kind=CommitteeKind.WORKING_GROUP, name="คณะทำงาน"),
    ]
    for committee in found:
        MeetingFactory(committee=committee)
        CommitteeMemberFactory(committee=committee, post="ผู้ทรงคุณวุฒิ")
    return found


def names(rows):
    return {row.name for row in rows}


def test_who_sees_the_area_sees_every_committee(committees, committee_member, clerk):
    for person in (committee_member, clerk):
        assert Committee.objects.visible_to(person).count() == 4
        assert Meeting.objects.visible_to(person).count() == 4


def test_a_subcommittee_member_sees_that_of_the_own_cluster(committees, subcommittee_member):
    assert names(Committee.objects.visible_to(subcommittee_member)) == {"อนุ 1"}


def test_a_working_group_is_seen_by_its_members_while_they_are(committees, school_director):
    assert not Committee.objects.visible_to(school_director)
    member = CommitteeMemberFactory(committee=committees[3], user=school_director)
    assert names(Committee.objects.visible_to(school_director)) == {"คณะทำงาน"}
    member.ends_on = member.starts_on
    member.save()
    assert not Committee.objects.visible_to(school_director)


def test_nobody_who_has_not_signed_in_sees_one(committees):
    assert not Committee.objects.visible_to(AnonymousUser())


def test_who_is_in_no_committee_is_not_told_to_add_one(committees, login, school_director, clerk):
    page = login(school_director).get(reverse("meetings")).content.decode()
    assert "ไม่มีการประชุมที่จะแสดง" in page
    assert "เพิ่มคณะกรรมการ" not in page
    Meeting.objects.all().delete()
    CommitteeMember.objects.all().delete()
    Committee.objects.all().delete()
    assert "เพิ่มคณะกรรมการ" in login(clerk).get(reverse("meetings")).content.decode()
