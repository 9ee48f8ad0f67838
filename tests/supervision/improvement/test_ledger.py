from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.core.uploads import SanitizedFile
from supervision.assessments.queries import sheet_indicators
from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import ProgressReport, Recommendation
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, TermFactory
from tests.sample_files import PDF, jpeg, stored_files

LEDGER = "recommendations"


def url_of(name, advice):
    return reverse(name, args=[advice.pk])


def report(client, advice, **sent):
    fields = {"text": "จัดทำร่างแผนแล้ว"} | sent
    return client.post(url_of("recommendation_report", advice), fields, follow=True)


def give(round_, people, *, text, due_in=30):
    """A round taken to an agreed summary with one piece of advice."""
    supervisor, director, leader = people
    scenarios.self_assessment_confirmed(round_, by=director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=director)
    scenarios.round_decided(round_, by=leader)
    summary = actions.start_summary(round_, by=supervisor)
    due_on = timezone.localdate() + timedelta(days=due_in)
    advice = actions.create_recommendation(
        summary, by=supervisor, text=text, assignee=Assignee.SCHOOL_DIRECTOR, due_on=due_on
    )
    summary.improvement_points = summary.improvement_points or "การวัดผล"
    summary.save()
    actions.propose_summary(summary, by=supervisor)
    actions.agree_to_summary(summary, by=director)
    return advice


# --- Progress ---


def test_the_school_reports_until_the_supervisor_closes(
    login, agreed, recommendation, academic_teacher, school_director, supervisor
):
    page = report(login(academic_teacher), recommendation).content.decode()
    assert "จัดทำร่างแผนแล้ว" in page
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.IN_PROGRESS
    report(login(school_director), recommendation, text="ประกาศใช้แผนแล้ว", is_done="on")
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.DONE
    closing = url_of("recommendation_close", recommendation)
    assert "ประกาศใช้แผนแล้ว" in login(supervisor).get(closing).content.decode()
    login(supervisor).post(closing, {"proof": "แผนนิเทศภายในลงนามแล้ว"})
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.CLOSED


def test_the_supervisor_may_say_not_yet_and_why(
    login, agreed, recommendation, school_director, supervisor
):
    report(login(school_director), recommendation, is_done="on")
    url = url_of("recommendation_return", recommendation)
    assert "โปรดระบุเหตุผล" in login(supervisor).post(url, {"reason": " "}).content.decode()
    login(supervisor).post(url, {"reason": "แผนยังไม่ครบทุกกลุ่มสาระ"})
    page = login(school_director).get(url_of("recommendation", recommendation)).content.decode()
    assert "แผนยังไม่ครบทุกกลุ่มสาระ" in page
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.IN_PROGRESS


def test_a_photo_shows_what_was_done_to_those_who_see_the_school(
    login, agreed, recommendation, school_director, outsider_director, supervisor
):
    photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
    report(login(school_director), recommendation, file=photo)
    file = reverse("progress_file", args=[ProgressReport.objects.get().pk])
    answer = login(supervisor).get(file)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    answer.getvalue()
    assert login(outsider_director).get(file).status_code == 404


def test_a_report_sent_twice_is_kept_once(login, agreed, recommendation, school_director):
    client = login(school_director)
    sent = {"text": "ประกาศใช้แผนแล้ว", "is_done": "on"}
    for _ in range(2):
        photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
        page = report(client, recommendation, **sent, file=photo).content.decode()
    assert ProgressReport.objects.count() == 1
    assert "จึงไม่บันทึกซ้ำ" in page
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.DONE


def test_a_file_whose_report_fails_is_not_left_behind(agreed, recommendation, school_director):
    photo = SanitizedFile("กิจกรรม.jpg", ContentFile(jpeg()))
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.report_progress(
            recommendation, by=school_director, text="ก", is_done=None, file=photo
        )
    assert stored_files() == set()


def test_the_same_words_are_no_repeat_where_they_tell_something_new(
    login, agreed, recommendation, school_director, academic_teacher, supervisor
):
    teacher, director = login(academic_teacher), login(school_director)
    report(teacher, recommendation)
    photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
    report(teacher, recommendation, file=photo)
    report(director, recommendation)
    report(director, recommendation, is_done="on")
    actions.return_recommendation_for_correction(
        recommendation, by=supervisor, reason="แผนยังไม่ครบทุกกลุ่มสาระ"
    )
    report(director, recommendation, is_done="on")
    assert ProgressReport.objects.count() == 5
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.DONE


def test_what_is_added_once_reported_as_done_leaves_it_to_the_supervisor_to_check(
    login, agreed, recommendation, academic_teacher, school_director, supervisor
):
    teacher = login(academic_teacher)
    report(login(school_director), recommendation, is_done="on")
    page = teacher.get(url_of("recommendation", recommendation))
    assert "is_done" not in page.context["form"].fields
    assert "รอศึกษานิเทศก์ตรวจ" in page.content.decode()
    photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
    report(teacher, recommendation, text="ภาพกิจกรรม", file=photo)
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.DONE
    added = login(supervisor).get(url_of("recommendation", recommendation)).content.decode()
    assert "รายงานเพิ่มเติม" in added
    assert "ภาพกิจกรรม" in added


def test_a_file_that_is_no_proof_is_refused_and_the_words_stay(
    login, agreed, recommendation, school_director
):
    program = SimpleUploadedFile("แผน.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    page = report(login(school_director), recommendation, file=program).content.decode()
    assert "ระบบไม่รับ" in page
    assert "จัดทำร่างแผนแล้ว" in page
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "ticked", "kept", "words"),
    [
        ("กิจกรรม.jpg", jpeg(), {"has_consent": "on"}, True, "ได้รับความยินยอมแล้ว"),
        ("กิจกรรม.jpg", jpeg(), {}, False, "ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น"),
        ("แผน.pdf", PDF, {"has_consent": "on"}, False, "เปิดไฟล์ แผน.pdf</a>\n"),
    ],
)
def test_whether_the_people_in_a_photo_agreed_is_asked_and_kept(
    login, agreed, recommendation, school_director, name, content, ticked, kept, words
):
    file = SimpleUploadedFile(name, content)
    report(login(school_director), recommendation, file=file, **ticked)
    assert ProgressReport.objects.get().has_consent is kept
    page = login(school_director).get(url_of("recommendation", recommendation))
    assert words in page.content.decode()


def test_a_photo_sent_without_words_must_be_chosen_again(
    login, agreed, recommendation, school_director
):
    photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
    page = report(login(school_director), recommendation, text="", file=photo).content.decode()
    assert "ไฟล์ “กิจกรรม.jpg” ยังไม่ได้รับ โปรดเลือกไฟล์อีกครั้ง" in page


def test_a_photo_of_a_report_refused_as_a_repeat_must_be_chosen_again(
    login, agreed, recommendation, school_director
):
    for _ in range(2):
        photo = SimpleUploadedFile("กิจกรรม.jpg", jpeg(), content_type="image/jpeg")
        page = report(login(school_director), recommendation, file=photo).content.decode()
    assert "จึงไม่บันทึกซ้ำ" in page
    assert "ไฟล์ “กิจกรรม.jpg” ยังไม่ได้รับ" in page


@pytest.mark.parametrize("text", ["", "   ", "ก" * 2001])
def test_a_report_says_something(login, agreed, recommendation, school_director, text):
    report(login(school_director), recommendation, text=text)
    assert not ProgressReport.objects.exists()


def test_advice_that_is_closed_or_not_agreed_takes_no_report(
    agreed, recommendation, school_director, supervisor, proposed
):
    actions.close_recommendation(recommendation, by=supervisor, proof="แผนลงนามแล้ว")
    with pytest.raises(ActionRefused):
        actions.report_progress(recommendation, by=school_director, text="เพิ่มเติม")


def test_a_draft_is_nobodys_advice_yet(login, summary, recommendation, school_director):
    page = report(login(school_director), recommendation)
    assert page.status_code == 200
    assert "โรงเรียนยังไม่เห็นชอบสรุปผล" in page.content.decode()
    assert not ProgressReport.objects.exists()


def test_who_may_not_report(login, agreed, recommendation, supervisor, outsider_director, clerk):
    url = url_of("recommendation_report", recommendation)
    statuses = [
        login(user).post(url, {"text": "ก"}).status_code
        for user in (supervisor, clerk, outsider_director)
    ]
    assert statuses == [403, 403, 404]


# --- Where it comes from ---


def test_advice_names_its_visit_and_its_indicator(login, supervisor, summary, other_school):
    visit = summary.round.visits.get()
    indicator = sheet_indicators(visit.sheet)[1]
    fields = {
        "text": "ซ่อมเสริมการอ่าน",
        "assignee": Assignee.SCHOOL_DIRECTOR,
        "indicator": indicator.pk,
    }
    fields["due_on"] = numeric_date(timezone.localdate())
    login(supervisor).post(reverse("recommendation_add", args=[summary.pk]), fields)
    advice = Recommendation.objects.get()
    assert (advice.visit, advice.indicator) == (visit, indicator)
    page = login(supervisor).get(url_of("recommendation", advice)).content.decode()
    assert str(indicator) in page
    elsewhere = RoundFactory(school=other_school).indicator_sets.get().standards.first()
    fields |= {"indicator": elsewhere.indicators.first().pk, "text": "อื่น"}
    login(supervisor).post(reverse("recommendation_add", args=[summary.pk]), fields)
    assert Recommendation.objects.count() == 1


# --- Closing at a visit, over terms ---


def test_advice_is_carried_over_terms_and_closed_at_a_later_visit(
    login, school, supervisor, school_director, group_director
):
    people = (supervisor, school_director, group_director)
    today = timezone.localdate()
    first, second, third = (
        TermFactory(academic_year__year=year, number=number, opens_on=today - timedelta(days=days))
        for year, number, days in ((2568, 1, 400), (2568, 2, 200), (2569, 1, 20))
    )
    advice = give(RoundFactory(school=school, term=first), people, text="จัดทำแผนนิเทศภายใน")
    visits = []
    for term in (second, third):
        round_ = RoundFactory(school=school, term=term)
        scenarios.self_assessment_confirmed(round_, by=school_director)
        visits.append(
            scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
        )
        school_page = login(supervisor).get(round_.get_absolute_url()).content.decode()
        assert "จัดทำแผนนิเทศภายใน" in school_page
    client = login(supervisor)
    with pytest.raises(ActionRefused):
        actions.close_recommendation(advice, by=supervisor, proof=" ")
    closing = url_of("recommendation_close", advice)
    chosen = client.get(f"{closing}?visit={visits[1].pk}").context["form"]["on_visit"].value()
    assert chosen == str(visits[1].pk)
    client.post(closing, {"proof": "เห็นแผนที่ลงนามแล้ว", "on_visit": visits[1].pk})
    advice.refresh_from_db()
    assert advice.closed_on_visit == visits[1]
    page = client.get(url_of("recommendation", advice))
    assert [str(term) for term in page.context["terms"]] == ["1/2568", "2/2568", "1/2569"]
    assert "เห็นแผนที่ลงนามแล้ว" in page.content.decode()


def test_a_visit_of_another_school_proves_nothing(
    login, agreed, recommendation, supervisor, other_school, outsider_director, other_supervisor
):
    elsewhere = scenarios.visit_signed(RoundFactory(school=other_school), by=other_supervisor)
    closing = url_of("recommendation_close", recommendation)
    login(supervisor).post(closing, {"proof": "แผน", "on_visit": elsewhere.pk})
    recommendation.refresh_from_db()
    assert recommendation.is_open


# --- The ledger ---


def test_the_ledger_lists_by_state_and_school(
    login, term, cluster, supervisor, school_director, school, group_director, outsider_director
):
    people = (supervisor, school_director, group_director)
    advice = give(RoundFactory(school=school, term=term), people, text="จัดทำแผนนิเทศภายใน")
    Recommendation.objects.filter(pk=advice.pk).update(
        due_on=timezone.localdate() - timedelta(days=3)
    )
    client = login(group_director)
    page = client.get(reverse(LEDGER)).content.decode()
    assert "เกินกำหนด 3 วัน" in page
    assert client.get(reverse(LEDGER), {"show": "closed"}).context["lines"] == []
    found = client.get(reverse(LEDGER), {"q": "แผนนิเทศ", "cluster": cluster.pk})
    assert [line.recommendation for line in found.context["lines"]] == [advice]
    assert login(outsider_director).get(reverse(LEDGER)).context["totals"].open == 0


def test_a_search_that_finds_only_closed_advice_shows_it(
    login, agreed, recommendation, school, supervisor, term
):
    Recommendation.objects.filter(pk=recommendation.pk).update(
        state=RecommendationState.CLOSED,
        closed_at=timezone.now(),
        closed_by=supervisor,
        proof="เห็นแผนที่ใช้จริง",
    )
    client = login(supervisor)
    found = client.get(reverse(LEDGER), {"q": school.short_name})
    assert [line.recommendation for line in found.context["lines"]] == [recommendation]
    assert "จึงแสดงข้อที่ปิดแล้ว" in found.content.decode()
    assert client.get(reverse(LEDGER)).context["lines"] == []  # nothing was searched for
    assert client.get(reverse(LEDGER), {"q": "ไม่มีคำนี้"}).context["lines"] == []


def test_the_ledger_is_asked_by_term(login, agreed, recommendation, group_director, term):
    client, other = login(group_director), TermFactory(number=1)
    found = client.get(reverse(LEDGER), {"term": term.pk}).context["lines"]
    assert [line.recommendation for line in found] == [recommendation]
    assert client.get(reverse(LEDGER), {"term": other.pk}).context["lines"] == []


@pytest.mark.parametrize(
    "asked", ["show=x", "cluster=99", "assignee=ก", "term=x", "page=zzz", "q=%00"]
)
def test_a_filter_that_is_not_understood_does_no_harm(login, group_director, asked):
    assert login(group_director).get(f"{reverse(LEDGER)}?{asked}").status_code == 200


def test_the_ledger_asks_the_database_as_little_for_many(
    login, term, cluster, supervisor, group_director, school_director, django_assert_max_num_queries
):
    def one_more():
        school = SchoolFactory(cluster=cluster)
        people = (supervisor, school_director, group_director)
        return give(RoundFactory(school=school, term=term), people, text="จัดทำแผน")

    client = login(group_director)
    one_more()
    client.get(reverse(LEDGER))
    with django_assert_max_num_queries(15) as few:
        client.get(reverse(LEDGER))
    one_more(), one_more()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(LEDGER))
