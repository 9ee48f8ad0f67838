from datetime import timedelta

import pytest
from django.utils import timezone

from reports.composer.background_drafts import method_draft
from reports.composer.year_numbers import year_numbers
from reports.data.networks import network_figures
from reports.data.year import year_report
from supervision.programmes.networks.forum_actions import record_forum
from tests.factories import (
    DisseminationFactory,
    ForumFactory,
    LearningSourceFactory,
    NetworkMemberFactory,
)


@pytest.fixture
def year(round_):
    return round_.term.academic_year


def test_a_year_counts_what_was_at_work_in_it(year, school, supervisor):
    today = timezone.localdate()
    NetworkMemberFactory(school=school)
    NetworkMemberFactory(school=school, ends_on=today - timedelta(days=900))
    LearningSourceFactory(school=school, starts_on=today + timedelta(days=900))
    forum = ForumFactory(starts_on=today)
    record_forum(forum, by=supervisor, shared="ก", attendance={"teacher": 3, "director": 2})
    DisseminationFactory()
    DisseminationFactory(state="withdrawn")
    found = {"networks": 2, "members": 1, "sources": 0, "forums": 1, "people": 5}
    assert network_figures(year) == found | {"disseminations": 1}


def test_the_draft_of_the_method_tells_of_networks_where_there_are_some(year, school):
    empty = year_report(year)
    assert "เครือข่ายการนิเทศ" not in method_draft(empty, year_numbers(empty))
    NetworkMemberFactory(school=school)
    report = year_report(year)
    numbers = year_numbers(report)
    assert "มีเครือข่ายที่ดำเนินการ {networks} สมาชิก {networks.members}" in method_draft(report, numbers)
    assert numbers.values["networks"] == "1 เครือข่าย"
