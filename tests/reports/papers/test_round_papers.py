"""The page of all papers of a round: what each reader finds, and that every link opens."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.actions import issue_report
from reports.certificates.actions import issue_certificates
from reports.papers.bundle_parts import bundle_papers
from reports.papers.notice_actions import send_visit_notice
from supervision.criteria.models import Indicator
from supervision.practices.actions import nominate_practice, select_practice
from supervision.quality_drive.models import Agreement
from supervision.visits import actions as visits
from tests import scenarios
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import RoundFactory

pytestmark = pytest.mark.db_agnostic


def page_of(client, round_):
    return client.get(reverse("round_papers", args=[round_.pk]))


def papers_of(client, round_) -> dict[str, tuple[str, str]]:
    """Word and address of each paper by its title."""
    steps = page_of(client, round_).context["steps"]
    assert [part.step.value for part in steps] == [1, 2, 3, 4, 5, 6, 7]
    papers = [paper for part in steps for paper in part.papers]
    found = {paper.title: (paper.word, paper.url) for paper in papers}
    assert len(found) == len(papers)  # nothing is listed twice
    return found


def papers_like(papers, start: str) -> list[tuple[str, str]]:
    return [found for title, found in papers.items() if title.startswith(start)]


@pytest.fixture
def finished(round_, supervisor, school_director, group_director, area_director):
    """A round with a paper of every step, and a letter that the school has."""
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    nominate_practice(round_, by=supervisor, title="ก", process="ข", outcome="ค")
    issue_report(scenarios.report_prepared(round_, by=group_director), by=area_director)
    notice = scenarios.visit_notice_written(round_.visits.get(), by=supervisor)
    send_visit_notice(notice, by=supervisor)
    return round_


@pytest.mark.parametrize("who", ["supervisor", "academic_teacher", "subcommittee_member"])
def test_every_paper_opens_for_who_finds_it(login, who, finished, request):
    client = login(request.getfixturevalue(who))
    papers = papers_of(client, finished)
    found = {
        *("แบบ 7.1", "แบบ 7.2", "แบบประเมินตนเอง", "หนังสือแจ้ง", "แบบ 7.3"),
        *("บันทึกผลการพิจารณา", "วิธีปฏิบัติที่เป็นเลิศ", "สรุปจุดเด่น", "แผนและปฏิทิน"),
    }
    for start in found:
        [(_, url)] = papers_like(papers, start)
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")


def test_a_round_that_has_just_begun_says_why_there_is_nothing_yet(login, supervisor, round_):
    papers = papers_of(login(supervisor), round_)
    missing = [title for title, (word, url) in papers.items() if word == "ยังไม่มี" and not url]
    assert len(missing) == 6  # all but the criteria, which were chosen when it was opened
    text = page_of(login(supervisor), round_).content.decode()
    for why in ("ยังไม่เปิดแบบสำรวจ", "ยังไม่เริ่มประเมินตนเอง", "ยังไม่มีนัดหมาย", "ยังไม่ได้พิจารณา"):
        assert why in text


def test_a_school_finds_neither_drafts_of_letters_nor_unsigned_records(
    login, supervisor, school_director, round_
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    scenarios.visit_notice_written(visit, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    office, school = (papers_of(login(one), round_) for one in (supervisor, school_director))
    record = "แบบ 7.3 การนิเทศครั้งที่ 1"
    assert office[record][0] == "ร่าง"
    assert school[record] == ("ยังไม่มี", "")
    assert papers_like(office, "หนังสือแจ้ง")[0][0] == "ร่าง"
    assert papers_like(school, "หนังสือแจ้ง") == [("ยังไม่มี", "")]
    assert papers_like(school, "แบบ 7.3 สำหรับกรอกด้วยมือ")[0][0] == "แบบเปล่า"


def test_the_memo_of_a_report_is_the_office_own(login, supervisor, academic_teacher, finished):
    office, school = (papers_of(login(one), finished) for one in (supervisor, academic_teacher))
    [(word, url)] = papers_like(office, "บันทึกข้อความนำส่งรายงาน")
    assert word == "ร่าง"
    assert login(supervisor).get(url).status_code == 200
    assert papers_like(school, "บันทึกข้อความนำส่งรายงาน") == []
    assert papers_like(school, "รายงานผลการนิเทศรายภาคเรียน")[0][0] == "ลงนามแล้ว"


def test_a_certificate_is_listed_below_its_practice(
    login, academic_teacher, group_director, area_director, finished
):
    practice = finished.practices.get()
    select_practice(practice, by=group_director)
    issue_certificates([practice], by=area_director, first_number=1, given_on=timezone.localdate())
    papers = papers_of(login(academic_teacher), finished)
    [(_, url)] = papers_like(papers, "เกียรติบัตรเลขที่ 1/")
    assert login(academic_teacher).get(url).status_code == 200


def test_the_years_agreement_stands_among_the_papers(
    login, supervisor, school_director, outsider_director, group_director, round_
):
    used = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used)
    drive = drive_at_work(round_.term, indicators, by=group_director)
    title = "บันทึกข้อตกลงการขับเคลื่อน"
    client = login(school_director)
    assert not papers_like(papers_of(client, round_), title)
    agreement = agreement_in_force(drive, round_.school, by=group_director)
    unsigned = dict.fromkeys(("signed_at", "signed_by", "school_signed_at", "school_signed_by"))
    Agreement.objects.update(state="draft", **unsigned)
    assert [word for word, _ in papers_like(papers_of(login(supervisor), round_), title)] == ["ร่าง"]
    assert not papers_like(papers_of(client, round_), title), "a school sees no draft"
    agreement.delete()
    agreement_in_force(drive, round_.school, by=group_director)
    [(word, url)] = papers_like(papers_of(login(supervisor), round_), title)
    assert word == "ลงนามทั้งสองฝ่ายแล้ว"
    assert login(supervisor).get(url)["Content-Type"] == "application/pdf"
    made = [one.title for one in bundle_papers(round_.term, [round_.school_id], supervisor)]
    assert len([one for one in made if one.startswith(title)]) == 1


def test_a_visit_called_off_has_no_papers(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.cancel_visit(visit, by=supervisor, reason="ฝน")
    papers = papers_of(login(supervisor), round_)
    assert papers["การนิเทศครั้งที่ 1"] == ("ยกเลิก", "")
    assert papers_like(papers, "หนังสือแจ้ง") == []


def test_the_other_rounds_of_the_term_are_listed(login, supervisor, school_director, round_):
    later = RoundFactory(school=round_.school, term=round_.term, number=2, previous=round_)
    text = page_of(login(school_director), later).content.decode()
    assert reverse("round_papers", args=[round_.pk]) in text
    assert "รอบอื่นของภาคเรียนนี้" in text


def test_the_pages_of_school_and_visit_lead_there(login, school_director, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    client, url = login(school_director), reverse("round_papers", args=[round_.pk])
    for page in (reverse("round", args=[round_.pk]), visit.get_absolute_url()):
        assert url in client.get(page).content.decode()


def test_more_visits_and_practices_ask_no_more_queries(login, supervisor, finished):
    client = login(supervisor)
    page_of(client, finished)
    before = queries_of(client, finished)
    for days, title in enumerate(("ง", "จ"), start=1):
        nominate_practice(finished, by=supervisor, title=title, process="ข", outcome="ค")
        visits.plan_visit(
            finished,
            by=supervisor,
            visit_on=timezone.localdate() + timedelta(days=days),
            purpose=title,
            leader=supervisor,
        )
    assert queries_of(client, finished) == before


def queries_of(client, round_) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert page_of(client, round_).status_code == 200
    return len(captured)
