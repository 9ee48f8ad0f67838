"""The report on a quality drive, from its texts to the public page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reports import actions
from reports.composer.actions import (
    carry_texts_over,
    create_composition_of_drive,
    part_version_token,
    save_part_text,
)
from reports.composer.enums import PartKey
from reports.composer.outline import DRIVE_PARTS
from reports.composer.queries import composition_of_drive, composition_parts
from reports.composer.sources import load_text_sources
from reports.data.drive_headlines import drive_headlines
from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from reports.queries import register_rows
from schools.core.errors import ActionRefused
from supervision.criteria.models import Indicator
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.honours.enums import HonourState
from tests import drive_records as records
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import AcademicYearFactory, SchoolFactory, TermFactory
from tests.word_readers import word_headings, word_text


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def indicators(round_):
    indicator_set = round_.indicator_sets.get()
    return Indicator.objects.filter(standard__indicator_set=indicator_set)


@pytest.fixture
def drive(term, indicators, group_director):
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def url(drive):
    return reverse("drive_report", args=[drive.academic_year.year])


@pytest.fixture
def prepared(drive, group_director):
    return actions.prepare_drive_report(drive, number="9/2569", by=group_director)


@pytest.fixture
def issued(prepared, area_director, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.issue_report(prepared, by=area_director)
    prepared.refresh_from_db()
    return prepared


# --- From the texts to the public page ---


def test_it_is_written_signed_printed_verified_and_published(
    drive, school, url, login, group_director, area_director, client
):
    records.steps_on_record(drive, by=group_director)
    records.honour_on_record(drive, school, reason="นักเรียนอ่านออกทุกคน")
    composer = reverse("compose", kwargs={"drive_year": drive.academic_year.year})
    part_url = login(group_director).get(composer)["Location"]
    page = text_of(login(group_director).get(part_url))
    assert DocumentKind.DRIVE.label in page
    assert "ผลการพัฒนารายด้าน" in page
    part = composition_parts(composition_of_drive(drive))[0]
    sent = {"text": "คำนำของสำนักงาน", "version": part_version_token(part)}
    assert login(group_director).post(part_url, sent).status_code == 302

    assert "คำนำของสำนักงาน" in text_of(login(group_director).get(url))
    response = login(group_director).post(url, {"number": "9/2569"})
    document = IssuedDocument.objects.get(drive=drive)
    assert response["Location"] == document.get_absolute_url()

    issue = reverse("report_issue", args=[document.pk])
    assert "ยังไม่ลงนามบันทึกข้อตกลงครบสองฝ่าย" in text_of(login(area_director).get(issue))
    login(area_director).post(issue)
    document.refresh_from_db()
    assert (document.state, document.title) == (DocumentState.ISSUED, DocumentKind.DRIVE.label)
    assert document.frozen["parts"][0]["blocks"][0]["items"] == [
        [{"text": "คำนำของสำนักงาน", "bold": False}]
    ]
    word = login(group_director).get(reverse("report_word", args=[document.pk])).content
    assert "คำนำของสำนักงาน" in word_text(word)


def test_its_file_is_published_with_the_honours_that_were_released(
    issued, school, login, area_director, client
):
    assert issued.has_file
    login(area_director).post(reverse("report_publish", args=[issued.pk]))
    page = text_of(client.get(reverse("published_report", args=[issued.code])))
    assert "ไม่มีรายการที่ที่ประชุมมีมติให้เผยแพร่" in page
    assert issued.subject in text_of(client.get(reverse("published")))
    assert issued.number in text_of(client.get(reverse("verify", args=[issued.code])))


def test_the_public_reads_the_reason_of_an_honour_and_no_other_school(
    drive, school, group_director, area_director, client
):
    other = SchoolFactory()
    records.honour_on_record(drive, school, reason="นักเรียนอ่านออกทุกคน")
    records.honour_on_record(drive, other, state=HonourState.AWARDED)
    document = actions.prepare_drive_report(drive, number="9/2569", by=group_director)
    actions.issue_report(document, by=area_director)
    IssuedDocument.objects.filter(pk=document.pk).update(state=DocumentState.PUBLISHED)
    page = text_of(client.get(reverse("published_report", args=[document.code])))
    assert school.name in page
    assert "นักเรียนอ่านออกทุกคน" in page
    assert other.name not in page


# --- Putting it forward ---


def test_a_drive_that_no_meeting_endorsed_has_no_report(term, indicators, group_director):
    draft = drive_at_work(term, indicators, by=group_director, state=DriveState.DRAFT)
    with pytest.raises(ActionRefused, match="ยังไม่เห็นชอบ"):
        actions.prepare_drive_report(draft, number="1/2569", by=group_director)


def test_its_page_says_so_and_offers_nothing(term, indicators, group_director, login):
    drive = drive_at_work(term, indicators, by=group_director, state=DriveState.DRAFT)
    page = text_of(
        login(group_director).get(reverse("drive_report", args=[drive.academic_year.year]))
    )
    assert "มติเห็นชอบของ ก.ต.ป.น." in page
    assert 'name="number"' not in page


def test_a_number_that_is_taken_is_refused_with_all_that_was_typed(
    prepared, term, login, group_director, indicators
):
    later = TermFactory(academic_year=AcademicYearFactory(year=term.academic_year.year + 1))
    other = drive_at_work(later, indicators, by=group_director)
    response = login(group_director).post(
        reverse("drive_report", args=[other.academic_year.year]),
        {"number": prepared.number, "cover_number": "เอกสาร 7"},
    )
    assert response.status_code == 200
    assert "ใช้กับรายงานฉบับอื่นแล้ว" in text_of(response)
    assert "เอกสาร 7" in text_of(response)


def test_it_is_put_forward_once(prepared, drive, group_director):
    with pytest.raises(ActionRefused, match="เสนอลงนามไว้แล้ว"):
        actions.prepare_drive_report(drive, number="10/2569", by=group_director)


def test_it_is_on_a_drive_and_on_nothing_else(prepared, round_, term):
    for change in ({"drive": None}, {"round": round_}, {"term": term}, {"kind": DocumentKind.YEAR}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssuedDocument.objects.filter(pk=prepared.pk).update(**change)


def test_a_corrected_version_takes_its_place(issued, group_director, area_director):
    second = actions.revise_report(issued, number="10/2569", reason="แก้ตัวเลข", by=group_director)
    actions.issue_report(second, by=area_director)
    replaced = {row.pk: row.is_replaced for row in register_rows(group_director)}
    assert replaced == {issued.pk: True, second.pk: False}
    assert second.drive == issued.drive


def test_what_is_signed_stays_as_it_was(issued, drive, school, group_director, login):
    records.support_promised(agreement_in_force(drive, school, by=group_director))
    assert issued.frozen["figures"]["support"]["total"] == 0
    page = text_of(login(group_director).get(reverse("report_changes", args=[issued.pk])))
    assert "การสนับสนุนตามข้อตกลงเพิ่ม 1 ข้อ" in page


# --- Who reads it ---


def test_no_school_reads_it_before_it_is_published(
    issued, login, school_director, academic_teacher
):
    for person in (school_director, academic_teacher):
        assert login(person).get(issued.get_absolute_url()).status_code == 404
        assert list(register_rows(person)) == []


def test_the_register_leads_to_a_drive_without_a_report(url, drive, login, clerk, school_director):
    assert url in text_of(login(clerk).get(reverse("reports")))
    assert url not in text_of(login(school_director).get(reverse("reports")))
    assert login(school_director).get(url).status_code == 403


# --- Its texts ---


def test_it_begins_with_a_draft_of_every_part(drive):
    parts = composition_parts(create_composition_of_drive(drive))
    assert [part.key for part in parts] == list(DRIVE_PARTS)
    sources = load_text_sources(composition_of_drive(drive))
    for part in parts:
        if part.key not in (PartKey.APPENDIX, PartKey.PROPOSALS, PartKey.EXPECTED):
            assert sources.text_of(part), part.key


def test_the_texts_of_last_year_go_on_with_this_years_numbers(
    drive, term, indicators, group_director
):
    earlier = create_composition_of_drive(drive)
    sources = load_text_sources(earlier)
    part = earlier.parts.get(key=PartKey.NEXT_DRIVE)
    text = "ปี {year} มี {schools}"
    version = part_version_token(part)
    save_part_text(part, text=text, version=version, sources=sources, by=group_director)
    later = TermFactory(academic_year=AcademicYearFactory(year=term.academic_year.year + 1))
    following = create_composition_of_drive(drive_at_work(later, indicators, by=group_director))
    now = load_text_sources(following)
    carried = carry_texts_over(following, sources=now, earlier_sources=sources, by=group_director)
    assert [part.key for part in carried] == [PartKey.NEXT_DRIVE]
    assert now.values["year"] == str(term.academic_year.year + 1)


def test_problems_are_quoted_as_committees_reported_them(drive, group_director):
    records.monitoring_submitted(drive, by=group_director, problems="ครูไม่ครบชั้น")
    sources = load_text_sources(composition_of_drive(drive))
    assert "- ครูไม่ครบชั้น" in sources.drafts[PartKey.OBSTACLES]


def test_a_problem_that_names_an_honoured_school_is_not_quoted(drive, school, group_director):
    records.honour_on_record(drive, school)
    records.monitoring_submitted(drive, by=group_director, problems=f"{school.name} ขาดครู")
    drafts = load_text_sources(composition_of_drive(drive)).drafts
    assert "ขาดครู" not in drafts[PartKey.OBSTACLES]


def test_signs_of_ours_in_the_words_of_others_stay_words(drive):
    drive.next_plan = "ใช้ {schools} และ **ตัวหนา**"
    drive.purpose = "จุดหมาย {ไม่มี}"
    drive.save()
    sources = load_text_sources(composition_of_drive(drive))
    assert "(schools)" in sources.drafts[PartKey.NEXT_DRIVE]
    assert "(ไม่มี)" in sources.drafts[PartKey.MODEL]


# --- Drafts, before it is signed ---


def test_a_draft_as_word_has_all_chapters(drive, login, supervisor):
    target = drive.academic_year.year
    content = login(supervisor).get(reverse("report_draft_word", args=["drive", target])).content
    assert "ร่างก่อนลงนาม" in word_text(content)
    headings = word_headings(content, 1)
    assert "บทที่ ๑ รูปแบบและเป้าหมายการขับเคลื่อน" in headings
    assert "บทที่ ๓ ผลการขับเคลื่อน" in headings


def test_a_draft_as_pdf_is_made_in_the_background(
    drive, login, supervisor, django_capture_on_commit_callbacks
):
    target = ["drive", drive.academic_year.year]
    with django_capture_on_commit_callbacks(execute=True):
        login(supervisor).post(reverse("report_draft_start", args=target))
    response = login(supervisor).get(reverse("report_draft_file", args=target))
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_there_is_no_page_in_brief_of_it(drive, issued, login, supervisor):
    target = ["drive", drive.academic_year.year]
    client = login(supervisor)
    assert client.get(reverse("report_draft_executive", args=target)).status_code == 404
    assert client.get(reverse("report_executive", args=[issued.pk])).status_code == 404


def test_its_memo_names_the_model_and_the_counts(issued, login, group_director):
    page = text_of(login(group_director).get(reverse("memo", args=[issued.pk])))
    assert "ขับเคลื่อนคุณภาพการศึกษาตามรูปแบบ TUMHOME Plus Inno Model" in page
    assert drive_headlines(issued.frozen["figures"])[0].figures[0].label in page
