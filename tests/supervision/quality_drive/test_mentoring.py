"""Mentoring visits: no scores, words of both sides, advice in the ledger; no figure changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.papers.mentoring_record import make_mentoring_paper
from schools.core.errors import ActionRefused
from supervision.improvement.enums import AdviceOrigin, Assignee
from supervision.improvement.models import Recommendation
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring import actions
from supervision.quality_drive.models import Mentoring
from supervision.quality_drive.scores import load_design, load_signed_levels
from supervision.results.school_terms import load_area_school_terms
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visit, visits_awaiting
from tests import scenarios
from tests.drive_scenarios import drive_at_work
from tests.factories import RoundFactory, SchoolFactory
from tests.mentoring_scenarios import MENTORING_WORDS, mentoring_planned
from tests.pdf_readers import READERS
from tests.reports.conftest import normalized

pytestmark = pytest.mark.django_db
REFLECTION = "ได้แนวทางจัดห้องเรียน"


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def visit(drive, round_, supervisor):
    return mentoring_planned(round_, leader=supervisor)


@pytest.fixture
def recording(visit, supervisor):
    actions.start_mentoring(visit, by=supervisor)
    return visit


@pytest.fixture
def signed(recording, supervisor):
    mentoring = Mentoring.objects.get(visit=recording)
    actions.update_mentoring(mentoring, dimensions=[DimensionCode.CLASSROOM], words=MENTORING_WORDS)
    visits.sign_visit(recording, by=supervisor)
    return recording


def url(name, visit):
    return reverse(name, args=[visit.pk])


def text(response):
    return response.content.decode()


# --- The way of a record ---


def test_from_appointment_to_the_schools_reflection(login, visit, supervisor, school_director):
    leader = login(supervisor)
    assert url("mentoring", visit) in text(leader.get(visit.get_absolute_url()))
    leader.post(url("mentoring_start", visit))
    page = text(leader.get(url("mentoring", visit)))
    assert "ด้านที่ให้คำปรึกษา อย่างน้อย 1 ด้าน" in page
    version = leader.get(url("mentoring_edit", visit)).context["form"].stored_version
    sent = MENTORING_WORDS | {"dimensions": ["Q3", "Q5"], "version": version}
    assert leader.post(url("mentoring_edit", visit), sent).url == url("mentoring", visit)
    page = leader.get(url("mentoring_sign", visit))
    assert MENTORING_WORDS["observed"] in text(page)
    sent = {"version": page.context["version_read"]}
    assert leader.post(url("mentoring_sign", visit), sent).url == url("mentoring", visit)
    school = login(school_director)
    assert "รับทราบและสะท้อนผลการให้คำปรึกษา" in text(school.get(reverse("todos")))
    acknowledge = url("mentoring_acknowledge", visit)
    assert "โปรดกรอกการสะท้อนผล" in text(school.post(acknowledge, {"reflection": ""}))
    assert school.post(acknowledge, {"reflection": REFLECTION}).url == url("mentoring", visit)
    visit.refresh_from_db()
    assert visit.state == VisitState.ACKNOWLEDGED
    page = text(leader.get(url("mentoring", visit)))
    for said in (*MENTORING_WORDS.values(), REFLECTION, "ห้องเรียนคุณภาพ", "การบริหารจัดการคุณภาพ"):
        assert said in page


def test_nothing_is_read_by_the_school_before_the_leader_signs(
    login, recording, school_director, supervisor
):
    mentoring = Mentoring.objects.get(visit=recording)
    actions.update_mentoring(mentoring, dimensions=["Q1"], words=MENTORING_WORDS)
    school = login(school_director)
    assert MENTORING_WORDS["observed"] not in text(school.get(url("mentoring", recording)))
    assert school.get(url("mentoring_paper", recording)).status_code == 404
    visits.sign_visit(recording, by=supervisor)
    assert MENTORING_WORDS["observed"] in text(school.get(url("mentoring", recording)))
    assert school.get(url("mentoring_paper", recording)).status_code == 200


def test_it_is_not_signed_with_parts_missing(recording, supervisor):
    with pytest.raises(ActionRefused) as refused:
        visits.sign_visit(recording, by=supervisor)
    assert "สิ่งที่พบ" in refused.value.missing


def test_the_school_does_not_acknowledge_without_looking_back(signed, school_director):
    with pytest.raises(ActionRefused):
        visits.acknowledge_visit(signed, by=school_director)


def test_it_needs_an_endorsed_drive_of_the_year(round_, supervisor):
    visit = mentoring_planned(round_, leader=supervisor)
    with pytest.raises(ActionRefused, match="ยังไม่มีการขับเคลื่อน"):
        actions.start_mentoring(visit, by=supervisor)


def test_other_ways_to_a_record_are_closed(visit, signed, supervisor, round_):
    with pytest.raises(ActionRefused):
        actions.update_mentoring(Mentoring.objects.get(), dimensions=["Q1"], words=MENTORING_WORDS)
    other = mentoring_planned(
        round_, leader=supervisor, visit_on=timezone.localdate() + timedelta(days=1)
    )
    with pytest.raises(ActionRefused, match="ไม่มีคะแนน"):
        visits.start_visit_record(other, by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=signed.pk).update(kind=VisitKind.ORDINARY)


def test_who_wrote_second_is_shown_the_first(login, recording, supervisor, group_director):
    first, second = login(supervisor), login(group_director)
    address = url("mentoring_edit", recording)
    versions = [one.get(address).context["form"].stored_version for one in (first, second)]
    sent = MENTORING_WORDS | {"dimensions": ["Q1"]}
    first.post(address, sent | {"version": versions[0]})
    page = text(second.post(address, sent | {"observed": "อีกคน", "version": versions[1]}))
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in page
    assert Mentoring.objects.get().observed == MENTORING_WORDS["observed"]


@pytest.mark.parametrize("changed", [{"observed": "อีกคนแก้"}, {"dimensions": ["Q1", "Q2"]}])
def test_the_leader_signs_what_the_page_has_shown(login, recording, supervisor, changed):
    mentoring = Mentoring.objects.get(visit=recording)
    sent = {"dimensions": ["Q1"], "words": MENTORING_WORDS}
    actions.update_mentoring(mentoring, **sent)
    leader, address = login(supervisor), url("mentoring_sign", recording)
    read = leader.get(address).context["version_read"]
    words = MENTORING_WORDS | {key: said for key, said in changed.items() if key in MENTORING_WORDS}
    codes = changed.get("dimensions", ["Q1"])
    actions.update_mentoring(mentoring, dimensions=codes, words=words)
    page = leader.post(address, {"version": read})
    assert page.status_code == 409
    assert "แก้ไขหลังจากที่คุณเปิดหน้านี้" in text(page)
    assert words["observed"] in text(page)
    recording.refresh_from_db()
    assert recording.state == VisitState.RECORDING
    assert leader.post(address, {"version": page.context["version_read"]}).status_code == 302


def test_a_new_version_begins_with_the_words_and_asks_the_school_again(signed, supervisor):
    following = visits.revise_visit(signed, by=supervisor, reason="แก้คำผิด")
    copy = Mentoring.objects.get(visit=following)
    assert (copy.observed, copy.school_reflection) == (MENTORING_WORDS["observed"], "")
    assert [one.code for one in copy.dimensions.all()] == [DimensionCode.CLASSROOM]


def test_the_team_has_members_of_the_committees_and_nobody_rates(
    drive, round_, supervisor, committee_member, subcommittee_member, login
):
    team = [committee_member, subcommittee_member]
    visit = mentoring_planned(round_, leader=supervisor, team=team)
    actions.start_mentoring(visit, by=supervisor)
    assert not visits_awaiting(committee_member, timezone.localdate()).exists()
    page = text(login(committee_member).get(visit.get_absolute_url()))
    assert "ให้คะแนน" not in page


# --- Advice, paper, list ---


def test_advice_stands_in_the_ledger_at_once(login, signed, supervisor, school_director, school):
    leader, day = login(supervisor), timezone.localdate() + timedelta(days=30)
    due = f"{day.day}/{day.month}/{day.year + 543}"
    facts = {"text": "จัดมุมอ่าน", "assignee": Assignee.SCHOOL_DIRECTOR, "due_on": due}
    leader.post(url("mentoring_advise", signed), facts)
    row = Recommendation.objects.get()
    assert (row.origin, row.visit, row.school) == (AdviceOrigin.QUALITY_DRIVE, signed, school)
    assert "จัดมุมอ่าน" in text(login(school_director).get(url("mentoring", signed)))
    assert login(supervisor).get(row.get_absolute_url()).status_code == 200


def test_no_advice_before_the_school_can_read_the_record(login, recording, supervisor):
    assert login(supervisor).get(url("mentoring_advise", recording)).status_code == 409


@pytest.mark.parametrize("read", READERS)
def test_the_paper_has_the_words_of_both_sides(read, signed, school_director):
    actions.acknowledge_mentoring(signed, by=school_director, reflection=REFLECTION)
    said = normalized(read(make_mentoring_paper(signed).as_pdf()))
    for words in (*MENTORING_WORDS.values(), REFLECTION, "ห้องเรียนคุณภาพ"):
        assert normalized(words) in said


def test_the_list_says_which_schools_had_one(
    login, drive, signed, supervisor, group_director, term, django_assert_max_num_queries
):
    office, address = login(group_director), reverse("drive_mentoring", args=[2569])
    with django_assert_max_num_queries(15) as few:
        page = text(office.get(address))
    assert "ให้คำปรึกษาแล้ว <strong>1</strong>" in page
    for _ in range(3):
        mentoring_planned(RoundFactory(school=SchoolFactory(), term=term), leader=group_director)
    with django_assert_max_num_queries(len(few)):
        assert "นัดหมายแล้ว 3" in text(office.get(address))
    assert "ให้คำปรึกษาแล้ว 0" not in text(office.get(f"{address}?state=had"))


def test_a_sub_committee_lists_its_own_cluster(login, drive, subcommittee_member, other_school):
    page = text(login(subcommittee_member).get(reverse("drive_mentoring", args=[2569])))
    assert other_school.short_name not in page


# --- No figure changes ---


def test_no_figure_and_no_step_knows_of_it(
    round_, supervisor, school_director, drive, term, school
):
    visit = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    today, design = timezone.localdate(), load_design(drive)
    before = load_area_school_terms([school], [term], today)
    levels = load_signed_levels(design, [school], [term], today)
    later = mentoring_planned(round_, leader=supervisor)
    actions.start_mentoring(later, by=supervisor)
    actions.update_mentoring(Mentoring.objects.get(), dimensions=["Q1"], words=MENTORING_WORDS)
    visits.sign_visit(later, by=supervisor)
    actions.acknowledge_mentoring(later, by=school_director, reflection=REFLECTION)
    assert load_area_school_terms([school], [term], today) == before
    assert load_signed_levels(design, [school], [term], today) == levels
    assert deciding_visit(round_) == visit
    assert later not in Visit.objects.in_force()
    assert later not in Visit.objects.of_whole_school()


def test_who_supervises_a_school_plans_there(
    login, drive, round_, supervisor, committee_member, group_director
):
    """The list offers an appointment where the reader may make one, and nowhere else."""
    address = reverse("drive_mentoring", args=[drive.academic_year.year])
    link = f"{reverse('visit_plan', args=[round_.pk])}?kind=mentoring"
    for reader, is_offered in (
        (supervisor, True),
        (group_director, True),
        (committee_member, False),
    ):
        assert (link in text(login(reader).get(address))) is is_offered


def test_a_planned_visit_stands_on_the_schools_page_of_the_drive(
    login, drive, visit, school, school_director
):
    year = drive.academic_year.year
    steps = text(login(school_director).get(reverse("school_drive_steps", args=[year, school.pk])))
    assert "รับการลงพื้นที่ให้คำปรึกษา" in steps
    assert visit.get_absolute_url() in steps
    assert "นัดลงพื้นที่ให้คำปรึกษาแล้ว" in steps
