"""Weights, indicators and targets of a draft, and what it lacks before it is endorsed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.core.errors import ActionRefused
from supervision.quality_drive.drives.actions import (
    close_drive,
    endorse_drive,
    reopen_drive,
    start_drive,
)
from supervision.quality_drive.drives.completeness import missing_to_endorse
from supervision.quality_drive.drives.design_actions import (
    choose_indicators,
    use_sample_indicators,
)
from supervision.quality_drive.drives.next_drive import start_next_drive
from supervision.quality_drive.drives.weights import even_weights
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import AgreementTarget, DriveIndicator, Ranking
from supervision.quality_drive.ranking.enums import RankingState
from tests.factories import (
    AcademicYearFactory,
    CommitteeFactory,
    CommitteeMemberFactory,
    IndicatorSetFactory,
    MeetingFactory,
    SchoolFactory,
)
from tests.form_data import page_form_data


@pytest.fixture
def draft(term, group_director):
    return start_drive(term.academic_year, by=group_director)


@pytest.fixture
def indicator_set(db):
    return IndicatorSetFactory()


@pytest.fixture
def indicators(indicator_set):
    standards = indicator_set.standards.all()
    return [one for standard in standards for one in standard.indicators.all()]


@pytest.fixture
def complete(draft, indicators, group_director):
    """Every dimension is measured by one indicator."""
    for place, dimension in enumerate(draft.dimensions.all()):
        one = indicators[place % len(indicators)]
        choose_indicators(dimension, by=group_director, indicators=[one])
    draft.refresh_from_db()
    return draft


def url_of(drive, tail):
    return f"{drive.get_absolute_url()}{tail}/"


def posted(client, url, **values):
    """What a person sends who changes these boxes of the page as it is."""
    form = client.get(url).context["form"]
    facts = {name: form[name].value() for name in form.fields}
    return client.post(url, facts | values)


@given(st.integers(min_value=1, max_value=200))
def test_even_weights_sum_to_a_hundred_and_differ_by_a_hundredth_at_most(count):
    weights = even_weights(count)
    assert len(weights) == count
    assert sum(weights) == 100
    assert max(weights) - min(weights) <= Decimal("0.01")


def test_weights_that_do_not_sum_to_a_hundred_are_kept_and_named(draft, login, group_director):
    client, url = login(group_director), url_of(draft, "weights")
    first = draft.dimensions.first()
    posted(client, url, **{f"weight_{first.pk}": "30"})
    first.refresh_from_db()
    assert first.weight == 30
    page = client.get(draft.get_absolute_url()).text
    assert "น้ำหนักของด้านรวมกันต้องเป็น 100 ขณะนี้เกิน 10" in page
    client.post(url_of(draft, "weights/share"))
    assert {one.weight for one in draft.dimensions.all()} == {Decimal(20)}


def test_a_weight_above_a_hundred_is_refused_with_its_field(draft, login, group_director):
    first = draft.dimensions.first()
    page = posted(login(group_director), url_of(draft, "weights"), **{f"weight_{first.pk}": "101"})
    assert f"น้ำหนัก {first}ต้องไม่เกิน 100" in page.text
    assert 'value="101"' in page.text


def test_weights_that_somebody_else_saved_meanwhile_are_not_overwritten(
    draft, login, group_director
):
    page = posted(login(group_director), url_of(draft, "weights"), version="เก่า")
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in page.text


def test_indicators_are_chosen_from_sets_in_use(draft, login, group_director, indicators):
    chosen = [indicators[0].pk, indicators[1].pk]
    login(group_director).post(url_of(draft, "dimensions/Q1/indicators"), {"indicators": chosen})
    rows = DriveIndicator.objects.filter(dimension__drive=draft)
    assert [row.indicator_id for row in rows] == chosen
    assert [row.weight for row in rows] == [50, 50]
    assert {row.target for row in rows} == {Decimal(3)}  # that of the standard


def test_indicators_of_a_draft_set_are_not_offered(draft, login, group_director):
    unendorsed = IndicatorSetFactory(draft=True).standards.first().indicators.first()
    url = url_of(draft, "dimensions/Q1/indicators")
    page = login(group_director).post(url, {"indicators": [unendorsed.pk]})
    assert "จากรายการ" in page.text
    assert not DriveIndicator.objects.exists()


def test_a_target_outside_the_scale_is_refused(complete, login, group_director):
    row = DriveIndicator.objects.first()
    url = url_of(complete, f"dimensions/{row.dimension.code}")
    page = posted(login(group_director), url, **{f"target_{row.pk}": "6"})
    assert f"ค่าเป้าหมาย {row.indicator.code}ต้องไม่เกิน 5" in page.text


def test_the_sample_deals_out_the_standards_of_basic_education(
    draft, login, group_director, indicator_set
):
    url = url_of(draft, "sample-indicators")
    login(group_director).post(url, {"indicator_set": indicator_set.pk})
    rows = DriveIndicator.objects.filter(dimension__drive=draft)
    assert all(row.is_sample for row in rows)
    dealt = {row.indicator.code: row.dimension.code for row in rows}
    assert dealt == {"1.1": "Q1", "1.2": "Q1", "2.1": "Q5", "2.2": "Q4"}
    with pytest.raises(ActionRefused):
        use_sample_indicators(draft, by=group_director, indicator_set=indicator_set)


def test_an_indicator_with_figures_of_schools_cannot_be_taken_off(complete, group_director):
    row = DriveIndicator.objects.select_related("dimension").first()
    school_drive = complete.school_drives.create(school=SchoolFactory(), state="draft")
    school_drive.baseline_levels.create(drive_indicator=row, level=2, source="entered")
    with pytest.raises(ActionRefused, match=row.indicator.code):
        choose_indicators(row.dimension, by=group_director, indicators=[])
    assert DriveIndicator.objects.filter(pk=row.pk).exists()


# --- Endorsing ---


def test_a_new_draft_lacks_the_indicators_of_every_dimension(draft):
    missing = [str(one) for one in missing_to_endorse(draft)]
    assert len(missing) == len(DimensionCode)
    assert missing[0].startswith("นักเรียนคุณภาพ ยังไม่มีตัวชี้วัด")


def test_endorsing_an_incomplete_draft_names_all_that_it_lacks(draft, login, group_director):
    answer = login(group_director).post(url_of(draft, "endorse"), {"meeting": MeetingFactory().pk})
    assert answer.status_code == 409
    assert answer.text.count("ยังไม่มีตัวชี้วัด") == len(DimensionCode)
    draft.refresh_from_db()
    assert draft.is_draft


def test_endorsing_names_its_meeting_whose_page_lists_it(complete, login, group_director):
    meeting, client = MeetingFactory(open=True), login(group_director)
    client.post(url_of(complete, "endorse"), {"meeting": meeting.pk})
    complete.refresh_from_db()
    assert complete.is_at_work
    assert complete.meeting == meeting
    assert str(complete) in client.get(meeting.get_absolute_url()).text


def test_a_working_group_endorses_nothing(complete, group_director):
    meeting = MeetingFactory(committee=CommitteeFactory(kind="working_group", name="คณะ"))
    with pytest.raises(ActionRefused, match="โปรดเลือกการประชุม"):
        endorse_drive(complete, by=group_director, meeting=meeting)


def test_an_endorsed_drive_is_reopened_with_a_reason(complete, login, group_director):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    client = login(group_director)
    assert "โปรดระบุเหตุผล" in client.post(url_of(complete, "reopen"), {"reason": ""}).text
    client.post(url_of(complete, "reopen"), {"reason": "มติให้ปรับน้ำหนัก"})
    complete.refresh_from_db()
    assert complete.is_draft
    assert complete.meeting is None


def test_a_drive_by_which_schools_were_told_their_places_is_not_reopened(
    complete, group_director, term
):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    Ranking.objects.create(
        drive=complete,
        state=RankingState.SHOWN,
        inputs={},
        computed_at=complete.endorsed_at,
        computed_by=group_director,
        objections_until=term.closes_on,
    )
    with pytest.raises(ActionRefused, match="แจ้งลำดับแก่โรงเรียน"):
        reopen_drive(complete, by=group_director, reason="ก")


def test_results_are_written_once_the_drive_is_at_work(complete, login, group_director):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    first = complete.expected_results.first()
    text = first.text
    posted(login(group_director), url_of(complete, "results"), **{f"text_{first.pk}": "ครบทุกคน"})
    first.refresh_from_db()
    assert (first.text, first.result) == (text, "ครบทุกคน")


def test_what_comes_next_is_written_and_the_drive_closed(complete, login, group_director):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    client = login(group_director)
    posted(client, url_of(complete, "next-plan"), next_plan="เน้นห้องเรียน")
    client.post(url_of(complete, "close"))
    complete.refresh_from_db()
    assert (complete.state, complete.next_plan) == ("closed", "เน้นห้องเรียน")
    assert client.get(complete.get_absolute_url()).status_code == 200


# --- Teams ---


def test_a_team_by_order_with_other_sectors_completes_the_first_step(
    draft, login, group_director, supervisor
):
    group = CommitteeFactory(kind="working_group", name="คณะทำงานขับเคลื่อน")
    facts = {"committee": group.pk, "is_parents": "on", "note_parents": "ผู้แทนผู้ปกครอง"}
    client = login(group_director)
    client.post(url_of(draft, "teams/add"), facts)
    step = client.get(draft.get_absolute_url()).context["steps"][0]
    assert "คณะทำงานยังไม่มีคำสั่งแต่งตั้ง" in step.missing
    CommitteeMemberFactory(committee=group, order_text="คำสั่งที่ 1/2569")
    step = client.get(draft.get_absolute_url()).context["steps"][0]
    assert step.word == "เสร็จแล้ว"
    assert "ภาคเอกชน" in login(supervisor).get(url_of(draft, "teams")).text


def test_a_group_is_a_team_of_a_drive_once(draft, login, group_director):
    group = CommitteeFactory(kind="working_group", name="คณะทำงานขับเคลื่อน")
    client = login(group_director)
    client.post(url_of(draft, "teams/add"), {"committee": group.pk})
    page = client.post(url_of(draft, "teams/add"), {"committee": group.pk})
    assert "คณะนี้เป็นคณะทำงานขับเคลื่อนของปีนี้แล้ว" in page.text
    assert draft.teams.count() == 1


def test_the_teams_of_a_drive_that_is_over_stay_as_they_were(complete, login, group_director):
    group = CommitteeFactory(kind="working_group", name="คณะทำงาน")
    team = complete.teams.create(committee=group)
    other = CommitteeFactory(kind="working_group", name="คณะอื่น")
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    close_drive(complete, by=group_director)
    client = login(group_director)
    for tail, sent in [
        ("teams/add", {"committee": other.pk}),
        (f"teams/{team.pk}/edit", {"committee": other.pk}),
        (f"teams/{team.pk}/delete", {}),
    ]:
        assert "สิ้นสุดแล้ว" in client.post(url_of(complete, tail), sent).text, tail
    assert [one.committee for one in complete.teams.all()] == [group]
    assert url_of(complete, "teams/add") not in client.get(url_of(complete, "teams")).text


# --- The next year ---


def test_what_comes_next_is_not_overwritten_by_who_has_not_read_it(complete, login, group_director):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    client, url = login(group_director), url_of(complete, "next-plan")
    sent = page_form_data(client, url)
    client.post(url, sent | {"next_plan": "คนแรก"})
    page = client.post(url, sent | {"next_plan": "คนที่สอง"}).text
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คนแรก”" in page
    complete.refresh_from_db()
    assert complete.next_plan == "คนแรก"


def test_next_years_drive_copies_the_design_and_decides_nothing(complete, group_director):
    endorse_drive(complete, by=group_director, meeting=MeetingFactory())
    drive = start_next_drive(complete, AcademicYearFactory(year=2570), by=group_director)
    assert drive.is_draft
    assert drive.previous == complete
    pairs = DriveIndicator.objects.values_list("dimension__code", "indicator", "weight", "target")
    assert set(pairs.filter(dimension__drive=drive)) == set(pairs.filter(dimension__drive=complete))
    assert not AgreementTarget.objects.exists()
    with pytest.raises(ActionRefused):
        start_next_drive(complete, AcademicYearFactory(year=2571), by=group_director)
