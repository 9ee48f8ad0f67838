"""A year's drive: begun with the manual's words, seen by the area and by schools."""

import pytest

from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import QualityDrive
from supervision.workflow.models import Transition
from tests.drive_scenarios import drive_at_work
from tests.factories import AcademicYearFactory, IndicatorSetFactory, SchoolFactory


@pytest.fixture
def indicators(db):
    first = IndicatorSetFactory()
    return [one for standard in first.standards.all() for one in standard.indicators.all()]


@pytest.fixture
def drive(term, indicators, group_director):
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def draft(login, group_director, term):
    login(group_director).post("/drives/new/", {"academic_year": term.academic_year.pk})
    return QualityDrive.objects.get()


def test_a_drive_begins_with_the_words_of_the_manual(draft, group_director):
    assert draft.model_name == "TUMHOME Plus Inno Model"
    assert draft.headline.endswith("โรงเรียนคุณภาพ 4Q")
    dimensions = list(draft.dimensions.all())
    assert [one.code for one in dimensions] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert [one.in_4q for one in dimensions] == [True, True, True, True, False]
    assert sum(one.weight for one in dimensions) == 100
    codes = draft.expected_results.values_list("code", flat=True)
    assert list(codes) == ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5"]
    assert draft.state == DriveState.DRAFT
    assert draft.history.get().history_user == group_director


def test_a_year_has_one_drive(draft, login, group_director, term):
    page = login(group_director).post("/drives/new/", {"academic_year": term.academic_year.pk})
    assert "โปรดเลือกปีการศึกษาจากรายการ" in page.text
    assert QualityDrive.objects.count() == 1


def test_only_who_manages_the_drive_begins_one(login, supervisor, term):
    assert login(supervisor).get("/drives/new/").status_code == 403


def test_the_area_reads_the_seven_steps_with_the_words_of_the_manual(drive, login, supervisor):
    page = login(supervisor).get(drive.get_absolute_url()).text
    assert "ร่วมคิด ร่วมพัฒนา ร่วมแก้ปัญหา ร่วมชื่นชมยินดี" in page
    for number in range(1, 8):
        assert f'id="step-{number}"' in page


def test_a_school_sees_what_was_endorsed_and_no_counts_of_other_schools(
    drive, login, school_director
):
    page = login(school_director).get(drive.get_absolute_url()).text
    assert "นักเรียนคุณภาพ" in page
    assert "โรงเรียนที่ลงนาม" not in page
    assert 'id="step-1"' not in page


def test_a_school_sees_no_draft(draft, login, school_director, supervisor):
    assert login(school_director).get(draft.get_absolute_url()).status_code == 404
    assert login(supervisor).get(draft.get_absolute_url()).status_code == 200
    assert not login(school_director).get("/drives/").context["drives"]


def test_the_page_asks_the_same_number_of_queries_for_many_schools(
    drive, login, supervisor, django_assert_max_num_queries, school
):
    client = login(supervisor)
    client.get(drive.get_absolute_url())
    with django_assert_max_num_queries(15) as with_one:
        client.get(drive.get_absolute_url())
    SchoolFactory.create_batch(3)
    with django_assert_max_num_queries(15) as with_four:
        client.get(drive.get_absolute_url())
    assert len(with_one) == len(with_four)


def test_goals_of_a_draft_are_changed_by_its_action(draft, login, group_director):
    url = f"{draft.get_absolute_url()}edit/"
    shown = login(group_director).get(url)
    version = shown.context["form"].stored_version
    facts = {"model_name": "รูปแบบของเขต", "headline": "ก", "purpose": "ข", "rhythm": "monthly"}
    login(group_director).post(url, facts | {"tolerance": "0.2", "version": version})
    draft.refresh_from_db()
    assert (draft.model_name, draft.rhythm) == ("รูปแบบของเขต", "monthly")
    assert Transition.objects.filter(record_id=draft.pk, verb="edit").exists()


def test_goals_of_an_endorsed_drive_are_not_changed(drive, login, group_director):
    assert login(group_director).get(f"{drive.get_absolute_url()}edit/").status_code == 409


def test_two_people_do_not_overwrite_each_other(draft, login, group_director):
    url = f"{draft.get_absolute_url()}edit/"
    facts = {"model_name": "ก", "headline": "ก", "purpose": "ข", "rhythm": "term"}
    page = login(group_director).post(url, facts | {"tolerance": "0.1", "version": "เก่า"})
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in page.text
    draft.refresh_from_db()
    assert draft.model_name == "TUMHOME Plus Inno Model"


def test_years_are_listed_newest_first(drive, login, supervisor):
    AcademicYearFactory(year=2580)
    page = login(supervisor).get("/drives/")
    assert [one.pk for one, _ in page.context["drives"]] == [drive.pk]


def test_the_drive_leads_to_all_its_pages(drive, login, supervisor):
    page = login(supervisor).get(drive.get_absolute_url()).text
    address = drive.get_absolute_url()
    for name in ("baselines", "agreements", "progress", "exchange", "ranking", "honours"):
        assert f'href="{address}{name}/"' in page
    assert 'href="/drives/crosswalk/"' in page


def test_a_school_is_led_only_to_what_it_may_open(drive, login, school_director):
    client = login(school_director)
    page, address = client.get(drive.get_absolute_url()).text, drive.get_absolute_url()
    for name in ("baselines", "agreements", "progress", "monitoring", "ranking"):
        assert f'href="{address}{name}/"' not in page
    for name in ("exchange", "honours"):
        assert f'href="{address}{name}/"' in page
        assert client.get(f"{address}{name}/").status_code == 200


def test_a_member_of_the_subcommittee_is_led_to_its_reports(
    drive, school, login, subcommittee_member
):
    client, address = login(subcommittee_member), drive.get_absolute_url()
    page = client.get(address).text
    for name in ("mentoring", "monitoring"):
        assert f'href="{address}{name}/"' in page
        assert client.get(f"{address}{name}/").status_code == 200


def test_only_later_years_are_offered_for_the_next_drive(drive, term, login, group_director):
    year = term.academic_year.year
    earlier, later = (AcademicYearFactory(year=one) for one in (year - 1, year + 1))
    form = login(group_director).get(f"{drive.get_absolute_url()}next/").context["form"]
    assert list(form.fields["academic_year"].queryset) == [later]
    assert earlier not in form.fields["academic_year"].queryset
