"""Form 7.3 and the self-assessment filled in, opened as a person's reader opens them."""

import uuid
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.pdf import fetch_for_page
from schools.enums import Grade
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.evidence import add_evidence_link
from supervision.assessments.journal import MAX_ANSWER_TEXT_LENGTH, SubmittedEdit, record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.improvement import actions as improvement
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from tests import scenarios
from tests.factories import IndicatorSetFactory, YearlyCountFactory
from tests.pdf_readers import images_on
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of, texts_of
from tests.sample_files import jpeg
from tests.scenarios import add_photo

pytestmark = pytest.mark.db_agnostic


def form_url(record) -> str:
    name = "visit_filled_form" if hasattr(record, "visit_on") else "self_assessment_filled_form"
    return reverse(name, args=[record.pk])


def write(sheet, field, value, *, by, indicator=None) -> None:
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk if indicator else None, field, value)
    assert record_edits(sheet, [edit], by=by) == {}


@pytest.fixture
def recording(round_, supervisor, other_supervisor):
    """A record with every indicator answered, by a team of two."""
    visit = scenarios.visit_planned(round_, by=supervisor)
    visit.team.add(other_supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 2, by=supervisor)
    return visit


def test_a_signed_record_is_printed_with_all_that_was_found(
    login, supervisor, school_director, round_
):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=4)
    visit = scenarios.visit_signed(round_, by=supervisor, level=2)
    response = login(supervisor).get(form_url(visit))
    text = text_of(response)
    found = (
        *("แบบนิเทศ ติดตาม และสรุปผล", round_.school.name, "ครั้งที่ ๑", visit.purpose, "ลงพื้นที่"),
        *("ตัวชี้วัดทดสอบ ๒.๒", "−๒ ต่างมาก", "ข้อค้นพบจากการทดสอบ", "−๒.๐๐"),
        *("จุดเด่น", "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ", "จุดควรพัฒนา", "ข้อเสนอแนะ"),
        *(f"({supervisor})", visit.signed_as, "ลงนามในระบบ วันที่", "ผู้รับการนิเทศ"),
    )
    for words in found:
        assert normalized(words) in text
    assert "ร่าง" not in text
    assert normalized("รับทราบในระบบ วันที่") not in text
    assert "แบบ 7.3 การนิเทศครั้งที่ 1" in unquote(response["Content-Disposition"])


def test_the_head_says_where_the_school_is_and_how_large(login, supervisor, round_):
    school = round_.school
    school.district, school.first_grade, school.last_grade = "ด่านซ้าย", Grade.K2, Grade.P6
    school.save()
    year = round_.term.academic_year
    YearlyCountFactory(school=school, academic_year=year, female_teachers=8, pupils=121)
    visit = scenarios.visit_signed(round_, by=supervisor)
    for url in (form_url(visit), reverse("visit_form", args=[visit.pk])):
        text = text_of(login(supervisor).get(url))
        for words in ("อำเภอด่านซ้าย", "อ.๒–ป.๖", "นักเรียน ๑๒๑ คน", "ครู ๘ คน"):
            assert normalized(words) in text


def test_the_school_reads_the_record_and_signs_it_with_its_comment(
    login, supervisor, school_director, round_
):
    visit = scenarios.visit_signed(round_, by=supervisor)
    visits.acknowledge_visit(visit, by=school_director, comment="ขอบคุณคณะนิเทศ")
    text = text_of(login(school_director).get(form_url(visit)))
    for words in ("ขอบคุณคณะนิเทศ", f"({school_director})", "รับทราบในระบบ วันที่"):
        assert normalized(words) in text


def test_an_unsigned_record_is_a_draft_for_the_office_alone(
    login, supervisor, school_director, recording
):
    response = login(supervisor).get(form_url(recording))
    assert all("ร่าง" in text for text in texts_of(response))
    text = text_of(response)
    assert normalized(f"({supervisor})") in text
    assert normalized("ลงนามในระบบ วันที่") not in text
    assert "ร่าง แบบ 7.3" in unquote(response["Content-Disposition"])
    assert login(school_director).get(form_url(recording)).status_code == 404


def test_a_record_with_nothing_in_it_is_printed_as_a_draft(
    login, supervisor, school_director, round_
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    assessment = assessments.start_self_assessment(round_, by=school_director)
    for record in (visit, assessment):
        text = text_of(login(supervisor).get(form_url(record)))
        for words in ("ร่าง", "ตัวชี้วัดทดสอบ ๑.๑", round_.school.name):
            assert normalized(words) in text
        assert normalized("จุดเด่น") not in text


def test_each_of_the_team_has_a_line_over_their_name(
    login, supervisor, other_supervisor, recording
):
    text = text_of(login(supervisor).get(form_url(recording)))
    assert text.count("ลงชื่อ") == 3
    assert normalized(f"({other_supervisor})") in text


def test_nothing_is_printed_of_a_visit_before_it_begins_or_called_off(
    login, supervisor, round_, recording
):
    when = timezone.localdate() + timedelta(days=7)
    facts = {"visit_on": when, "purpose": "ติดตาม", "leader": supervisor}
    planned = visits.plan_visit(round_, by=supervisor, **facts)
    client = login(supervisor)
    assert client.get(form_url(planned)).status_code == 404
    assert form_url(planned) not in client.get(planned.get_absolute_url()).content.decode()
    visits.cancel_visit(recording, by=supervisor, reason="พายุ")
    assert client.get(form_url(recording)).status_code == 404
    assert form_url(recording) not in client.get(recording.get_absolute_url()).content.decode()


def test_another_school_does_not_learn_of_the_paper(
    login, outsider_director, supervisor, school_director, round_
):
    visit = scenarios.visit_signed(round_, by=supervisor)
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    client = login(outsider_director)
    assert client.get(form_url(visit)).status_code == 404
    assert client.get(form_url(assessment)).status_code == 404


def test_a_revised_record_says_which_version_it_is_and_why(
    login, supervisor, school_director, round_
):
    first = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    second = visits.revise_visit(first, by=supervisor, reason="ระดับของข้อแรกคลาดเคลื่อน")
    visits.sign_visit(second, by=supervisor)
    client = login(supervisor)
    text = text_of(client.get(form_url(second)))
    for words in ("ครั้งที่ ๑ ฉบับแก้ไขที่ ๑", "ระดับของข้อแรกคลาดเคลื่อน"):
        assert normalized(words) in text
    assert normalized("ฉบับนี้ยังใช้อยู่จนกว่าโรงเรียนรับทราบฉบับแก้ไข") in text_of(client.get(form_url(first)))
    visits.acknowledge_visit(second, by=school_director)
    assert normalized("ฉบับนี้เก็บไว้เป็นหลักฐาน") in text_of(client.get(form_url(first)))


def test_a_band_that_misses_the_target_is_explained_once(login, supervisor, round_):
    standards = [s for chosen in round_.indicator_sets.all() for s in chosen.standards.all()]
    for standard in standards:
        standard.target = 3
        standard.save()
    visit = scenarios.visit_signed(round_, by=supervisor, level=2)
    text = text_of(login(supervisor).get(form_url(visit)))
    assert text.count(normalized("ต่ำกว่าเกณฑ์ ๓.๐๐")) == len(standards)
    assert text.count(normalized("แต่ต่ำกว่าเป้าหมายและไม่บรรลุได้")) == 1


def test_what_was_set_aside_is_printed_with_its_reason(login, supervisor, recording):
    indicator = sheet_indicators(recording.sheet)[0]
    write(recording.sheet, AnswerField.LEVEL, "na", by=supervisor, indicator=indicator)
    write(recording.sheet, AnswerField.NA_REASON, "ไม่มีชั้นนี้", by=supervisor, indicator=indicator)
    visits.sign_visit(recording, by=supervisor)
    text = text_of(login(supervisor).get(form_url(recording)))
    assert normalized("เหตุผลที่ไม่ประเมิน: ไม่มีชั้นนี้") in text


def test_advice_whose_proof_was_seen_on_the_visit_is_listed(
    login, supervisor, school_director, group_director, round_
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    visit, advice = round_.visits.get(), round_.recommendations.get()
    improvement.close_recommendation(
        advice, by=supervisor, proof="เห็นแผนนิเทศภายในแล้ว", on_visit=visit
    )
    text = text_of(login(supervisor).get(form_url(visit)))
    for words in (advice.text, "เห็นแผนนิเทศภายในแล้ว"):
        assert normalized(words) in text


# --- Photos ---


def test_photos_with_consent_are_printed_last_and_the_others_counted(login, supervisor, recording):
    indicator = sheet_indicators(recording.sheet)[0]
    add_photo(recording.sheet, by=supervisor, caption="กิจกรรมหน้าเสาธง", has_consent=True)
    add_photo(recording.sheet, by=supervisor, caption="ห้ามพิมพ์ภาพนี้")
    shown = {"caption": "มุมอ่าน", "has_consent": True, "indicator": indicator.pk}
    add_photo(recording.sheet, by=supervisor, **shown)
    link = "https://example.org/plan"
    add_evidence_link(recording.sheet, indicator.pk, link, by=supervisor, id=uuid.uuid4())
    response = login(supervisor).get(form_url(recording))
    *before, last = pages_of(response)
    assert images_on(last) == 2
    assert not any(images_on(page) for page in before)
    words = normalized(last.extract_text())
    assert normalized("กิจกรรมหน้าเสาธง") in words
    assert normalized("ตัวชี้วัดที่ ๑.๑ · มุมอ่าน") in words
    text = text_of(response)
    assert normalized("ยังไม่ระบุความยินยอมของผู้ที่อยู่ในภาพมี ๑ ภาพ") in text
    assert normalized("ห้ามพิมพ์ภาพนี้") not in text
    assert normalized("แนบในระบบ: ภาพถ่าย ๑ ภาพ, ลิงก์") in text
    assert link in text


def test_without_photos_nothing_is_said_of_any(login, supervisor, recording):
    text = text_of(login(supervisor).get(form_url(recording)))
    assert "ภาพประกอบ" not in text
    assert "ความยินยอม" not in text


def test_forty_photos_stay_six_to_a_page(login, supervisor, recording):
    places = [None] * 20 + [sheet_indicators(recording.sheet)[0].pk] * 20
    for place in places:
        add_photo(recording.sheet, by=supervisor, caption="ก", has_consent=True, indicator=place)
    pages = pages_of(login(supervisor).get(form_url(recording)))
    photos = [images_on(page) for page in pages if images_on(page)]
    assert photos == [6] * 6 + [4]


def test_a_lost_photo_leaves_its_place_and_caption(login, supervisor, recording):
    photo = add_photo(recording.sheet, by=supervisor, caption="ภาพที่หาย", has_consent=True)
    photo.file.storage.delete(photo.file.name)
    last = texts_of(login(supervisor).get(form_url(recording)))[-1]
    assert normalized("ไม่มีภาพนี้แล้ว หรือเปิดไฟล์ไม่ได้") in last
    assert normalized("ภาพที่หาย") in last


@pytest.mark.parametrize(
    "url", ["image:other", "file:///etc/passwd", "https://example.org/a.jpg", "data:,a"]
)
def test_a_paper_fetches_no_image_but_those_it_was_given(url):
    with pytest.raises(ValueError, match="may not fetch"):
        fetch_for_page(url, images={"given": jpeg()})


# --- Length ---


def test_very_long_texts_never_leave_the_signatures_alone(login, supervisor, recording):
    long = ("ครูจัดกิจกรรมให้นักเรียนลงมือปฏิบัติและสะท้อนผล " * 200)[:MAX_ANSWER_TEXT_LENGTH]
    indicator = sheet_indicators(recording.sheet)[0]
    for field in (AnswerField.EVIDENCE, AnswerField.NOTE):
        write(recording.sheet, field, long, by=supervisor, indicator=indicator)
    for field in (AnswerField.STRENGTHS, AnswerField.ADVICE, AnswerField.SUPPORT):
        write(recording.sheet, field, long, by=supervisor)
    texts = texts_of(login(supervisor).get(form_url(recording)))
    signed = [text for text in texts if "ลงชื่อ" in text]
    assert len(signed) == 1
    assert normalized("ลงมือปฏิบัติ") in signed[0]
    assert "".join(texts).count(normalized("สะท้อน")) == 5 * long.count("สะท้อน")
    assert all(len(text) > 400 for text in texts[:-1])


def test_the_number_of_queries_does_not_grow(
    login, supervisor, recording, django_assert_max_num_queries
):
    client, url = login(supervisor), form_url(recording)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for place in [None, *(i.pk for i in sheet_indicators(recording.sheet))]:
        add_photo(recording.sheet, by=supervisor, has_consent=True, indicator=place)
    for field in (AnswerField.STRENGTHS, AnswerField.ADVICE):
        write(recording.sheet, field, "ก", by=supervisor)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


# --- Observations ---


def test_an_observation_is_printed_on_its_own_form(login, supervisor, school_director, round_):
    form = IndicatorSetFactory(name="แบบสังเกต", use="observation")
    facts = {"visit_on": timezone.localdate(), "purpose": "สังเกต", "kind": VisitKind.CLASSROOM}
    visit = visits.plan_visit(round_, by=supervisor, leader=supervisor, **facts)
    lesson = {"teacher": "ครูประจำชั้น", "grade": 4, "subject": "ภาษาไทย", "lesson": "นิทาน"}
    visits.start_observation(visit, by=supervisor, form=form, lesson=lesson)
    scenarios.fill_sheet(visit.sheet, 3, by=supervisor)
    visits.sign_visit(visit, by=supervisor)
    text = text_of(login(school_director).get(form_url(visit)))
    for words in ("แบบสังเกตชั้นเรียน", "ครูประจำชั้น", "ภาษาไทย", "นิทาน", "ไม่เผยแพร่"):
        assert normalized(words) in text
    for words in ("แบบ ๗.๓", "ผลต่าง"):
        assert normalized(words) not in text


# --- The self-assessment ---


def test_a_confirmed_self_assessment_names_who_confirmed_it(
    login, supervisor, school_director, round_
):
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director, level=3)
    client = login(supervisor)
    response = client.get(form_url(assessment))
    text = text_of(response)
    found = (
        *("แบบประเมินตนเองของสถานศึกษา", round_.school.name, "บันทึกการประชุมครู", "หมายเหตุ"),
        *("๓.๐๐", f"({school_director})", "ยืนยันในระบบ วันที่"),
    )
    for words in found:
        assert normalized(words) in text
    assert "ร่าง" not in text
    assert "การประเมินตนเอง ฉบับที่ 1" in unquote(response["Content-Disposition"])
    assert form_url(assessment) in client.get(assessment.get_absolute_url()).content.decode()


def test_a_self_assessment_is_a_draft_until_it_is_confirmed(login, school_director, round_):
    assessment = assessments.start_self_assessment(round_, by=school_director)
    response = login(school_director).get(form_url(assessment))
    assert all("ร่าง" in text for text in texts_of(response))
    text = text_of(response)
    assert normalized("ยืนยันในระบบ วันที่") not in text
    assert "บรรลุ" not in text


def test_a_returned_self_assessment_is_marked_with_the_reason(
    login, group_director, school_director, round_
):
    first = scenarios.self_assessment_confirmed(round_, by=school_director)
    assessments.return_self_assessment(
        first, by=group_director, reason="ขาดหลักฐาน", correct_by=timezone.localdate()
    )
    text = text_of(login(school_director).get(form_url(first)))
    assert normalized("เหตุผลที่ส่งกลับ ขาดหลักฐาน") in text
    assert normalized("ส่งกลับแก้ไข") in text


def test_photos_of_a_self_assessment_follow_their_consent(login, school_director, round_):
    assessment = assessments.start_self_assessment(round_, by=school_director)
    indicator = sheet_indicators(assessment.sheet)[0].pk
    for has_consent in (True, False):
        add_photo(
            assessment.sheet, by=school_director, has_consent=has_consent, indicator=indicator
        )
    pages = pages_of(login(school_director).get(form_url(assessment)))
    assert [images_on(page) for page in pages if images_on(page)] == [1]
