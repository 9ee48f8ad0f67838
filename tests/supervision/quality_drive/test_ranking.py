"""The order of schools: computed, read by the office, shown to schools, confirmed by ก.ต.ป.น."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import ClusterMembership
from supervision.assessments.models import Answer
from supervision.quality_drive.baselines.enums import BaselineSource, BaselineState
from supervision.quality_drive.drives.actions import close_drive, reopen_drive
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import (
    BaselineLevel,
    DriveIndicator,
    Ranking,
    RankingPlace,
    SchoolDrive,
)
from supervision.quality_drive.ranking.actions import (
    compute_ranking,
    finish_ranking,
    places_of,
    show_ranking,
)
from supervision.quality_drive.ranking.enums import RankingList, RankingState
from supervision.quality_drive.ranking.inputs import inputs_from_json
from supervision.quality_drive.ranking.objection_actions import (
    answer_by_keeping,
    submit_ranking_objection,
)
from tests import scenarios
from tests.drive_scenarios import drive_at_work, ranking_shown
from tests.factories import (
    ClusterFactory,
    MeetingFactory,
    RoundFactory,
    SchoolFactory,
)
from tests.supervision.quality_drive.ranked_area import (
    eleven_others,
    indicators_of,
    order_of,
    ranked_drive,
    set_of_five,
)

TODAY = timezone.localdate


@pytest.fixture
def drive(term, group_director):
    return ranked_drive(term, by=group_director)


def page(client, user, name="ranking", *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked)


def visited(school, term, *, supervisor, levels):
    """A signed visit by the drive's set, which gave these levels to its indicators in order."""
    round_ = RoundFactory(school=school, term=term)
    round_.indicator_sets.set([levels["set"]])
    scenarios.self_assessment_confirmed(round_, by=levels["director"])
    visit = scenarios.visit_signed(round_, by=supervisor)
    for indicator, level in zip(indicators_of(levels["set"]), levels["levels"], strict=True):
        Answer.objects.filter(sheet=visit.sheet, indicator=indicator).update(level=level)
    return visit


# --- Computed from what was signed ---


@pytest.fixture
def signed(school, term, supervisor, school_director, group_director):
    """Our school was visited; another was not, and a third has closed."""
    found = set_of_five()
    drive = drive_at_work(term, indicators_of(found), by=group_director)
    levels = {"set": found, "director": school_director, "levels": [4, 3, 5, 2, 4, 2]}
    visited(school, term, supervisor=supervisor, levels=levels)
    SchoolFactory(name="โรงเรียนที่ยังไม่นิเทศ")
    SchoolFactory(name="โรงเรียนที่เลิก", closed_on=TODAY() - timedelta(days=3))
    return drive


def test_an_order_is_computed_from_signed_visits(signed, school, group_director):
    ranking = compute_ranking(signed, by=group_director)
    place = ranking.places.get(school=school, list=RankingList.LEVEL)
    assert (place.place, place.out_of) == (1, 1)
    # The first dimension has indicators 1 and 6 of the set, half of its weight each.
    assert place.detail["figures"] == {"Q1": 300, "Q2": 300, "Q3": 500, "Q4": 200, "Q5": 400}
    assert place.score == Decimal("3.40")


def test_schools_without_a_place_are_told_why(signed, group_director):
    ranking = compute_ranking(signed, by=group_director)
    why = dict(ranking.places.filter(list=RankingList.LEVEL).values_list("school__name", "why_not"))
    assert why["โรงเรียนที่ยังไม่นิเทศ"].startswith("ยังไม่มีผลการนิเทศที่ลงนามแล้ว: นักเรียนคุณภาพ")
    assert why["โรงเรียนที่เลิก"].startswith("เลิกเมื่อ")


def test_a_school_that_came_after_the_year_began_is_not_placed(signed, group_director, term):
    late = SchoolFactory(name="โรงเรียนใหม่")
    ClusterMembership.objects.create(
        school=late, cluster=ClusterFactory(), starts_on=term.opens_on + timedelta(days=1)
    )
    ranking = compute_ranking(signed, by=group_director)
    assert "หลังเปิดปีการศึกษา" in ranking.places.get(school=late, list=RankingList.LEVEL).why_not


def test_progress_counts_baselines_that_the_school_confirmed(signed, school, group_director):
    part = SchoolDrive.objects.create(drive=signed, school=school, state=BaselineState.DRAFT)
    for one in DriveIndicator.objects.filter(dimension__drive=signed):
        BaselineLevel.objects.create(
            school_drive=part, drive_indicator=one, level=2, source=BaselineSource.ENTERED
        )
    first = compute_ranking(signed, by=group_director)
    assert first.places.get(school=school, list=RankingList.PROGRESS).why_not
    facts = {"confirmed_at": timezone.now(), "confirmed_by": group_director}
    SchoolDrive.objects.update(state=BaselineState.CONFIRMED, **facts)
    second = compute_ranking(signed, by=group_director, reason="โรงเรียนยืนยันข้อมูลฐานแล้ว")
    assert second.places.get(school=school, list=RankingList.PROGRESS).score == Decimal("1.40")


def test_the_frozen_figures_give_the_same_rows_again(signed, group_director):
    ranking = Ranking.objects.get(pk=compute_ranking(signed, by=group_director).pk)
    again = places_of(ranking, inputs_from_json(ranking.inputs))
    names = [f.name for f in RankingPlace._meta.concrete_fields if f.name not in ("id", "score")]
    stored = {(one.school_id, one.list): one for one in ranking.places.all()}
    assert len(stored) == len(again)
    for one in again:
        same = stored[one.school_id, one.list]
        assert [getattr(one, n) for n in names] == [getattr(same, n) for n in names]
        assert one.score == same.score


def test_a_later_visit_changes_nothing_that_was_computed(signed, school, group_director):
    ranking = compute_ranking(signed, by=group_director)
    Answer.objects.update(level=1)
    assert ranking.places.get(school=school, list=RankingList.LEVEL).score == Decimal("3.40")


def test_a_new_order_replaces_the_old_one_with_a_reason(client, drive, group_director):
    first = compute_ranking(drive, by=group_director)
    with pytest.raises(ActionRefused, match="เหตุผล"):
        compute_ranking(drive, by=group_director)
    second = compute_ranking(drive, by=group_director, reason="แก้ไขบันทึกการนิเทศ")
    first.refresh_from_db()
    assert (first.state, second.version) == (RankingState.REPLACED, 2)
    text = page(client, group_director, "ranking", 2569).content.decode()
    assert "แก้ไขบันทึกการนิเทศ" in text


@pytest.mark.parametrize("state", [DriveState.DRAFT, DriveState.CLOSED])
def test_no_order_is_computed_before_or_after_the_drive_is_at_work(drive, group_director, state):
    type(drive).objects.filter(pk=drive.pk).update(
        state=state,
        **{"meeting": None, "endorsed_by": None, "endorsed_at": None}
        if state == DriveState.DRAFT
        else {},
    )
    with pytest.raises(ActionRefused, match="เห็นชอบการขับเคลื่อนแล้ว"):
        compute_ranking(drive, by=group_director)


# --- Shown and confirmed ---


def test_the_day_until_which_schools_object_is_to_come(drive, school, group_director):
    ranking = order_of(drive, {school: 3}, by=group_director, shown=False)
    with pytest.raises(ActionRefused, match="หลังวันนี้"):
        show_ranking(ranking, by=group_director, objections_until=TODAY())


def test_no_order_is_shown_by_weights_that_are_not_endorsed(drive, school, group_director):
    ranking = compute_ranking(drive, by=group_director)
    until = TODAY() + timedelta(days=5)
    reopen_drive(drive, by=group_director, reason="ปรับน้ำหนัก")
    with pytest.raises(ActionRefused, match=r"เห็นชอบการขับเคลื่อนแล้ว"):
        show_ranking(ranking, by=group_director, objections_until=until)
    facts = {"state": DriveState.ENDORSED, "endorsed_at": timezone.now()}
    facts |= {"endorsed_by": group_director, "meeting": MeetingFactory()}
    type(drive).objects.filter(pk=drive.pk).update(**facts)
    with pytest.raises(ActionRefused, match=r"คำนวณลำดับใหม่"):
        show_ranking(ranking, by=group_director, objections_until=until)
    following = compute_ranking(drive, by=group_director, reason="น้ำหนักใหม่")
    show_ranking(following, by=group_director, objections_until=until)


def test_a_drive_does_not_end_while_schools_may_object(client, drive, school, group_director):
    ranking_shown(drive, by=group_director)
    client.force_login(group_director)
    page = client.post(reverse("drive_close", args=[2569]))
    drive.refresh_from_db()
    assert (page.status_code, drive.state) == (409, DriveState.ENDORSED)
    with pytest.raises(ActionRefused, match=r"ยังไม่มีมติรับรอง"):
        close_drive(drive, by=group_director)


def a_meeting_after(ranking):
    return MeetingFactory(number=77, held_on=ranking.objections_until + timedelta(days=1))


def test_a_meeting_confirms_the_order(drive, school, group_director):
    ranking = order_of(drive, {school: 3}, by=group_director)
    finish_ranking(ranking, by=group_director, meeting=a_meeting_after(ranking))
    ranking.refresh_from_db()
    assert ranking.state == RankingState.FINAL
    with pytest.raises(ActionRefused, match="รับรองลำดับของปีนี้แล้ว"):
        compute_ranking(drive, by=group_director, reason="อีกครั้ง")


def test_no_order_is_confirmed_while_an_objection_waits(
    drive, school, group_director, school_director
):
    ranking = order_of(drive, {school: 3}, by=group_director)
    submit_ranking_objection(ranking, school, by=school_director, text="ไม่ตรง")
    with pytest.raises(ActionRefused, match="ยังไม่ตอบ 1 เรื่อง"):
        finish_ranking(ranking, by=group_director, meeting=a_meeting_after(ranking))


def test_no_order_is_confirmed_before_the_last_day_of_objections(drive, school, group_director):
    ranking = order_of(drive, {school: 3}, by=group_director)
    with pytest.raises(ActionRefused, match="หลังวันสุดท้ายที่โรงเรียนทักท้วงได้"):
        finish_ranking(ranking, by=group_director, meeting=MeetingFactory(held_on=TODAY()))


def test_the_meetings_word_is_asked_for_when_no_objection_may_come_or_waits(
    client, drive, school, group_director, school_director
):
    finish = reverse("ranking_finish", args=[2569])

    def offers_to_finish():
        return finish in page(client, group_director, "ranking", 2569).content.decode()

    ranking = order_of(drive, {school: 3}, by=group_director)
    objection = submit_ranking_objection(ranking, school, by=school_director, text="ไม่ตรง")
    assert not offers_to_finish()
    Ranking.objects.update(objections_until=TODAY() - timedelta(days=1))
    assert not offers_to_finish()
    answer_by_keeping(objection, by=group_director, answer="ตรวจแล้ว")
    assert offers_to_finish()


def test_minutes_say_only_that_the_order_was_confirmed(
    client, drive, school, group_director, clerk
):
    ranking = order_of(drive, {school: 3}, by=group_director)
    meeting = a_meeting_after(ranking)
    finish_ranking(ranking, by=group_director, meeting=meeting)
    for reader, sees in ((group_director, True), (clerk, False)):
        text = page(client, reader, "meeting", meeting.pk).content.decode()
        assert "การจัดลำดับคุณภาพโรงเรียน" in text
        assert (ranking.get_absolute_url() in text) == sees


# --- The office's pages ---


def test_the_page_shows_place_range_and_group(client, drive, school, group_director, supervisor):
    order_of(drive, {school: 4} | eleven_others(), by=group_director)
    text = page(client, supervisor, "ranking", 2569).content.decode()
    assert "โรงเรียนของเรา".removeprefix("โรงเรียน") in text
    assert "จัดลำดับ 12 จาก 12 โรงเรียน" in text
    assert "(1–1)" in text


def test_there_is_nothing_to_see_before_an_order_is_computed(client, drive, supervisor):
    assert "ยังไม่ได้คำนวณลำดับ" in page(client, supervisor, "ranking", 2569).content.decode()


@pytest.mark.parametrize("kind", [*RankingList, "nonsense"])
def test_each_list_is_shown(client, drive, school, group_director, kind):
    order_of(drive, {school: 4}, by=group_director)
    assert page(client, group_director, "ranking", 2569, list=kind).status_code == 200


def test_filters_leave_the_schools_asked_for(client, drive, school, group_director):
    order_of(drive, {school: 4} | eleven_others(), by=group_director)
    found = page(
        client, group_director, "ranking", 2569, cluster=school.memberships.get().cluster_id
    )
    assert [row.school for row in found.context["listing"].placed] == [school]
    second = page(client, group_director, "ranking", 2569, group=2).context["listing"]
    assert {row.place.group for row in second.placed} == {2}
    assert school not in [row.school for row in second.placed]


def test_the_file_holds_what_the_page_shows(client, drive, school, group_director):
    order_of(drive, {school: 4} | eleven_others(), by=group_director)
    answer = page(client, group_director, "ranking_export", 2569, group=1)
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("name", ["ranking", "ranking_export"])
def test_there_is_no_order_for_schools(client, drive, school_director, name):
    assert page(client, school_director, name, 2569).status_code == 403


def test_the_group_director_computes_shows_and_confirms(client, drive, school, group_director):
    client.force_login(group_director)
    client.post(reverse("ranking_compute", args=[2569]))
    until = TODAY() + timedelta(days=10)
    typed = f"{until.day}/{until.month}/{until.year + 543}"
    client.post(reverse("ranking_show", args=[2569]), {"objections_until": typed})
    ranking = Ranking.objects.get()
    assert (ranking.state, ranking.objections_until) == (RankingState.SHOWN, until)
    meeting = a_meeting_after(ranking)
    client.post(reverse("ranking_finish", args=[2569]), {"meeting": meeting.pk})
    ranking.refresh_from_db()
    assert ranking.state == RankingState.FINAL


def test_a_year_of_the_common_era_is_refused_with_a_hint(client, drive, school, group_director):
    order_of(drive, {school: 4}, by=group_director, shown=False)
    client.force_login(group_director)
    typed = {"objections_until": "1/12/2026"}
    answer = client.post(reverse("ranking_show", args=[2569]), typed)
    assert "พ.ศ." in answer.context["form"].errors["objections_until"][0]


def test_computing_again_without_a_reason_loses_nothing(client, drive, school, group_director):
    order_of(drive, {school: 4}, by=group_director)
    client.force_login(group_director)
    answer = client.post(reverse("ranking_compute", args=[2569]), {"reason": ""})
    assert answer.context["form"].errors["reason"]
    assert Ranking.objects.count() == 1


@pytest.mark.parametrize("kind", list(RankingList))
def test_the_page_asks_the_same_for_one_school_and_for_many(
    client, drive, school, group_director, django_assert_num_queries, kind
):
    order_of(drive, {school: 4} | {SchoolFactory(cluster=ClusterFactory()): 3}, by=group_director)
    client.force_login(group_director)
    url = reverse("ranking", args=[2569])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url, {"list": kind})
    Ranking.objects.all().delete()
    many = {school: 4} | {SchoolFactory(cluster=ClusterFactory()): 2 for _ in range(5)}
    order_of(drive, many, by=group_director)
    assert len(few) <= 15
    with django_assert_num_queries(len(few)):
        client.get(url, {"list": kind})
