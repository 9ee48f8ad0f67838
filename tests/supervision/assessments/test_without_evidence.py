"""A self-assessment confirmed without evidence: asked about, counted, and told the supervisor."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.assessments import actions
from supervision.assessments.enums import AnswerField, SelfAssessmentState
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import Evidence
from supervision.assessments.queries import sheet_indicators
from tests import scenarios


@pytest.fixture
def unsupported(round_, school_director):
    """Complete at level 5 with nothing to show for any of the four indicators."""
    assessment = actions.start_self_assessment(round_, by=school_director)
    edits = [
        SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "5")
        for indicator in sheet_indicators(assessment.sheet)
    ]
    record_edits(assessment.sheet, edits, by=school_director)
    return assessment


def show(assessment, *, by, field=AnswerField.EVIDENCE, text="รายงานการประชุม", which=0):
    indicator = sheet_indicators(assessment.sheet)[which]
    record_edits(assessment.sheet, [SubmittedEdit(uuid.uuid4(), indicator.pk, field, text)], by=by)
    return indicator


def confirm_url(assessment):
    return reverse("self_assessment_confirm", args=[assessment.pk])


def test_the_page_lists_what_lacks_evidence_with_links(login, unsupported, school_director):
    shown = show(unsupported, by=school_director)
    page = login(school_director).get(confirm_url(unsupported)).content.decode()
    assert "ยังขาดหลักฐาน 3 ข้อ" in page
    for indicator in sheet_indicators(unsupported.sheet):
        assert (f"#indicator-{indicator.pk}" in page) == (indicator != shown)


def test_it_is_confirmed_only_by_a_deliberate_tick(login, unsupported, school_director):
    client, url = login(school_director), confirm_url(unsupported)
    version = scenarios.shown_version(unsupported.sheet)
    page = client.post(url, version)
    assert "โปรดเพิ่มหลักฐานให้ครบ หรือทำเครื่องหมาย" in page.content.decode()
    unsupported.refresh_from_db()
    assert unsupported.state == SelfAssessmentState.DRAFT
    client.post(url, version | {"although_without_evidence": "on"})
    unsupported.refresh_from_db()
    assert unsupported.state == SelfAssessmentState.CONFIRMED
    assert unsupported.indicators_without_evidence_count == 4


def test_what_lacks_a_level_is_said_before_what_lacks_evidence(login, unsupported, school_director):
    show(unsupported, by=school_director, field=AnswerField.LEVEL, text="")
    client, url = login(school_director), confirm_url(unsupported)
    assert "ขาดหลักฐาน" not in client.get(url).content.decode()
    assert client.post(url, {"although_without_evidence": "on"}).status_code == 409


def test_the_action_asks_too(unsupported, school_director):
    with pytest.raises(ActionRefused, match="ยังขาดหลักฐาน 4 ข้อ"):
        actions.confirm_self_assessment(unsupported, by=school_director)


def test_a_file_or_words_are_evidence_and_blanks_are_none(login, unsupported, school_director):
    show(unsupported, by=school_director, text="  ")
    link = show(unsupported, by=school_director, field=AnswerField.NOTE, which=1)
    Evidence.objects.create(
        id=uuid.uuid4(),
        sheet=unsupported.sheet,
        indicator=link,
        kind="link",
        url="https://school.example/plan",
        by=school_director,
        at=timezone.now(),
    )
    assert "ยังขาดหลักฐาน 3 ข้อ" in page_of(login, school_director, confirm_url(unsupported))


def test_what_is_set_aside_needs_no_evidence(login, unsupported, school_director):
    show(unsupported, by=school_director, field=AnswerField.LEVEL, text="na")
    show(unsupported, by=school_director, field=AnswerField.NA_REASON, text="ไม่มีชั้นเรียนนี้")
    assert "ยังขาดหลักฐาน 3 ข้อ" in page_of(login, school_director, confirm_url(unsupported))


def page_of(login, user, url):
    return login(user).get(url).content.decode()


def test_with_all_evidence_nothing_is_asked(login, round_, school_director):
    assessment = actions.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 4, by=school_director)
    assert "ขาดหลักฐาน" not in page_of(login, school_director, confirm_url(assessment))
    login(school_director).post(confirm_url(assessment), scenarios.shown_version(assessment.sheet))
    assessment.refresh_from_db()
    assert (assessment.state, assessment.indicators_without_evidence_count) == (
        SelfAssessmentState.CONFIRMED,
        0,
    )


def test_the_supervisor_is_told_how_many(login, unsupported, school_director, supervisor):
    url = unsupported.get_absolute_url()
    assert "ยังขาดหลักฐาน 4 ข้อ" in page_of(login, supervisor, url)
    actions.confirm_self_assessment(unsupported, by=school_director, although_without_evidence=True)
    assert "ยืนยันโดยขาดหลักฐาน 4 ข้อ" in page_of(login, supervisor, url)
    for place in (reverse("self_assessments"), unsupported.round.get_absolute_url()):
        assert "ขาดหลักฐาน 4 ข้อ" in page_of(login, supervisor, place)


def test_a_version_sent_back_is_counted_anew(unsupported, school_director, supervisor):
    actions.confirm_self_assessment(unsupported, by=school_director, although_without_evidence=True)
    following = actions.return_self_assessment(unsupported, by=supervisor, reason="เพิ่มหลักฐาน")
    for which in range(4):
        show(following, by=school_director, which=which)
    actions.confirm_self_assessment(following, by=school_director)
    following.refresh_from_db()
    assert following.indicators_without_evidence_count == 0
