"""All schools of a drive on one page, and as a file."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.criteria.models import Indicator
from supervision.quality_drive.drives.enums import ProgressRhythm
from supervision.quality_drive.progress.listing import MOST_ROWS
from tests.drive_scenarios import agreement_in_force, drive_at_work, progress_reported
from tests.exported_files import exported_tables
from tests.factories import RoundFactory, SchoolFactory
from tests.scenarios import visit_signed


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def both(drive, term, school, other_school, round_, supervisor, group_director, area_director):
    """Ours is far behind, the other has reached its targets."""
    long_ago = timezone.now() - timedelta(days=100)
    agreement_in_force(drive, school, by=area_director, signed_at=long_ago)
    agreement_in_force(drive, other_school, by=area_director)
    visit_signed(round_, by=supervisor, level=2)
    sets = [round_.indicator_sets.get()]
    other = RoundFactory(school=other_school, term=term, indicator_sets=sets)
    visit_signed(other, by=group_director, level=4)
    return [school, other_school]


def found(client, drive, **asked):
    response = client.get(reverse("drive_progress", args=[drive.academic_year.year]), asked)
    assert response.status_code == 200
    return response


def names(response):
    return [row.school.name for row in response.context["found"].rows]


OURS, OTHER = "โรงเรียนของเรา", "โรงเรียนอื่น"


def test_the_area_sees_all_a_sub_committee_its_cluster(
    drive, both, login, supervisor, subcommittee_member
):
    assert sorted(names(found(login(supervisor), drive))) == [OURS, OTHER]
    response = found(login(subcommittee_member), drive)
    assert names(response) == [OURS]
    assert OTHER not in response.content.decode()


@pytest.mark.parametrize("name", ["drive_progress", "drive_progress_export"])
def test_no_school_sees_it(drive, both, login, school_director, cluster_chair, name):
    url = reverse(name, args=[drive.academic_year.year])
    assert login(school_director).get(url).status_code == 403
    assert login(cluster_chair).get(url).status_code == 404


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "behind"}, [OURS]),
        ({"state": "on_target", "dimension": "Q1"}, [OTHER]),
        ({"state": "no_result", "dimension": "Q1"}, []),
        ({"words": "ของเรา"}, [OURS]),
        ({"order": "lag"}, [OURS, OTHER]),
        ({"report": "never"}, [OTHER, OURS]),
        ({"report": "no_agreement"}, []),
        ({"report": "overdue"}, []),
    ],
)
def test_filters(drive, both, login, supervisor, asked, expected):
    shown = names(found(login(supervisor), drive, **asked))
    assert shown == expected or (not asked.get("order") and sorted(shown) == sorted(expected))


def test_a_filter_nobody_offered_is_named(drive, both, login, supervisor):
    response = found(login(supervisor), drive, state="best", cluster="x")
    assert "จากรายการ" in response.content.decode()
    assert len(names(response)) == 2


def test_schools_by_state_whatever_the_filter(drive, both, login, supervisor):
    response = found(login(supervisor), drive, words="ของเรา")
    html = response.content.decode()
    assert "ช้ากว่าแผน 1" in html
    assert "2.00 ช้า" in html
    assert "ถึงเป้าหมายแล้ว 1" in html
    assert "ค่าเฉลี่ยของ 2 โรงเรียน" in html


def test_what_is_not_known_is_no_number_and_no_praise(drive, school, login, supervisor):
    """No target where a dimension has no indicator, no standing where a school has no result."""
    response = found(login(supervisor), drive)
    without = response.context["found"].summaries[-1].area
    assert (without.dimension.indicators.count(), without.target) == (0, None)
    html = response.content.decode()
    assert "ยังไม่มีผลในด้านใด" in html
    assert "ไม่มีด้านที่ช้ากว่าแผน" not in html


def test_a_reminder_for_those_whose_report_is_overdue(
    drive, both, school, school_director, login, supervisor
):
    assert not found(login(supervisor), drive).context["reminder"]
    drive.rhythm = ProgressRhythm.MONTHLY
    drive.save()
    words = found(login(supervisor), drive).context["reminder"]
    assert school.short_name in words
    assert OTHER not in words  # agreed this month: its first report is not due yet
    progress_reported(drive, school, by=school_director)
    assert not found(login(supervisor), drive).context["reminder"]


def test_the_file_says_what_the_screen_says(drive, both, login, supervisor):
    url = reverse("drive_progress_export", args=[drive.academic_year.year])
    tables = exported_tables(login(supervisor).get(url, {"state": "behind"}))
    [row] = tables["รายโรงเรียน"].rows
    assert row["นักเรียนคุณภาพ สถานะ"] == "ช้ากว่าแผน"
    assert row["นักเรียนคุณภาพ ปัจจุบัน"] == 2
    assert [one["โรงเรียนที่มีผลการนิเทศ"] for one in tables["รายด้าน"].rows] == [2, 2, 2, 2, 0]


def test_as_many_queries_for_many_schools(
    drive, both, login, supervisor, django_assert_max_num_queries
):
    client = login(supervisor)
    found(client, drive)  # the first page of a session also writes the session
    with django_assert_max_num_queries(15) as with_two:
        found(client, drive)
    for _ in range(3):
        SchoolFactory(cluster=both[0].memberships.get().cluster)
    with django_assert_max_num_queries(15) as with_five:
        found(client, drive)
    assert len(with_two) == len(with_five)


def test_a_long_list_opens_one_cluster_after_the_other(
    drive, school, other_school, login, group_director
):
    SchoolFactory.create_batch(MOST_ROWS, cluster=school.memberships.get().cluster)
    client = login(group_director)
    own_page = reverse("school_drive", args=[drive.academic_year.year, other_school.pk])
    cluster = other_school.memberships.get().cluster
    whole = found(client, drive).content.decode()
    assert own_page not in whole
    assert f"?cluster={cluster.pk}" in whole
    assert own_page in found(client, drive, cluster=cluster.pk).content.decode()


def test_the_drives_page_shows_the_dimensions_as_the_list_does(drive, both, login, group_director):
    listed = found(login(group_director), drive).context["found"].summaries
    shown = login(group_director).get(drive.get_absolute_url()).context["summaries"]
    assert [(one.area, one.counts) for one in shown] == [(one.area, one.counts) for one in listed]
