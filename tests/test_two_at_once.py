"""Two people at once, on real connections: one act counts, the other is told, nothing is lost."""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reports import actions as reports
from reports.models import IssuedDocument
from schools.thai import numeric_date, short_date
from supervision.assessments import actions as assessments
from supervision.assessments import reminding
from supervision.assessments.enums import Field
from supervision.assessments.journal import Edit, record_edits
from supervision.assessments.models import AnswerSheet, SelfAssessment
from supervision.assessments.queries import indicators_of
from supervision.criteria import actions as criteria
from supervision.improvement import actions as improvement
from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from supervision.practices import actions as practices
from supervision.practices.enums import Result
from supervision.practices.models import Decision
from supervision.rounds import actions as rounds
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from supervision.visits.models import Visit
from supervision.workflow.errors import Refused
from tests import walk
from tests.factories import IndicatorSetFactory, NeedsAreaFactory, RoundFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 0.5  # seconds in which an act that waits for nobody is done


class Act(threading.Thread):
    """One person's act on a connection of its own; `outcome` is its result or its error."""

    def __init__(self, act, starting=None) -> None:
        super().__init__()
        self.act, self.starting, self.outcome = act, starting, None

    def run(self) -> None:
        try:
            if self.starting:
                self.starting.wait()
            self.outcome = self.act()
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()


def together(*acts):
    """What each act came to when all begin in the same moment."""
    starting = threading.Barrier(len(acts))
    running = [Act(act, starting) for act in acts]
    for act in running:
        act.start()
    for act in running:
        act.join()
    return [act.outcome for act in running]


def during(change, act):
    """What `act` came to, begun when somebody had made a change that was not yet committed."""
    with transaction.atomic():
        change()
        late = Act(act)
        late.start()
        late.join(SOON)
    late.join()
    return late.outcome


def kinds(outcomes):
    """How many acts were done and how many refused; any other error is named."""
    return Counter(
        type(outcome).__name__ if isinstance(outcome, Exception) else "done" for outcome in outcomes
    )


ONE_REFUSED = {"done": 1, "Refused": 1}


def of(record):
    """A fresh copy, as another person's request reads it."""
    return type(record).objects.get(pk=record.pk)


def level(sheet, value):
    return [Edit(uuid.uuid4(), indicators_of(sheet)[0].pk, Field.LEVEL, value)]


def drafted(round_, director):
    assessment = assessments.start(round_, by=director)
    walk.fill(assessment.sheet, 4, by=director)
    return assessment


def recorded(round_, supervisor):
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 4, by=supervisor)
    return visit


# --- Beginning something twice ---


def test_two_open_a_term(term, group_director):
    schools = [SchoolFactory() for _ in range(5)]

    def opening():
        return len(rounds.open_term(term, schools, by=group_director))

    assert sorted(together(opening, opening)) == [0, 5]
    assert Round.objects.count() == 5


def test_two_begin_the_survey(round_, campaign, school_director, academic_teacher):
    NeedsAreaFactory()
    first, second = together(
        *(
            lambda by=by: needs.start(of(round_.school), of(campaign), by=by).pk
            for by in (school_director, academic_teacher)
        )
    )
    assert first == second == NeedsSurvey.objects.get().pk


@pytest.mark.usefixtures("campaign")
def test_two_save_the_first_answers(round_, school_director, academic_teacher, login):
    """Each typed another field on a page opened before there was a survey."""
    area = NeedsAreaFactory()
    url = f"/rounds/{round_.pk}/needs/"
    director, teacher = login(school_director), login(academic_teacher)
    together(
        lambda: director.post(url, {"wanted_first": "สื่อ", "seen": "{}"}),
        lambda: teacher.post(url, {f"need_{area.pk}": "5", "seen": "{}"}),
    )
    survey = NeedsSurvey.objects.get()
    assert (survey.wanted_first, survey.items.get().need_level) == ("สื่อ", 5)


def test_two_begin_the_self_assessment(round_, school_director, academic_teacher):
    first, second = together(
        *(
            lambda by=by: assessments.start(of(round_), by=by).pk
            for by in (school_director, academic_teacher)
        )
    )
    assert first == second
    assert AnswerSheet.objects.count() == 1


def test_the_same_appointment_twice(round_, supervisor):
    outcomes = together(*[lambda: walk.visit_planned(of(round_), by=supervisor)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert Visit.objects.count() == 1


def test_two_appointments_get_two_numbers(round_, supervisor):
    def plan(days):
        day = timezone.localdate() + timedelta(days=days)
        return visits.plan(
            of(round_), by=supervisor, visit_on=day, purpose="นิเทศ", leader=supervisor
        ).number

    assert sorted(together(lambda: plan(1), lambda: plan(2))) == [1, 2]


def test_two_begin_the_record(round_, supervisor):
    visit = walk.visit_planned(round_, by=supervisor)
    outcomes = together(*[lambda: visits.start_record(of(visit), by=supervisor)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert AnswerSheet.objects.count() == 1


def test_the_same_practice_twice(round_, supervisor):
    def nominate():
        return practices.nominate(of(round_), by=supervisor, title="ก", process="ข", outcome="ค")

    assert kinds(together(nominate, nominate)) == ONE_REFUSED


def test_two_begin_the_summary(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    first, second = together(*[lambda: improvement.start(of(round_), by=supervisor).pk] * 2)
    assert first == second


# --- The same verb twice ---


def test_two_confirm(round_, school_director):
    assessment = drafted(round_, school_director)
    outcomes = together(*[lambda: assessments.confirm(of(assessment), by=school_director)] * 2)
    assert kinds(outcomes) == ONE_REFUSED


def test_two_return(round_, school_director, supervisor):
    assessment = walk.self_assessment_confirmed(round_, by=school_director)

    def give_back():
        return assessments.return_for_correction(of(assessment), by=supervisor, reason="ไม่ครบ")

    assert kinds(together(give_back, give_back)) == ONE_REFUSED
    assert SelfAssessment.objects.count() == 2


def test_two_sign(round_, supervisor):
    visit = recorded(round_, supervisor)
    outcomes = together(*[lambda: visits.sign(of(visit), by=supervisor)] * 2)
    assert kinds(outcomes) == ONE_REFUSED


def test_two_decide_differently(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    outcomes = together(
        lambda: walk.decided(of(round_), by=group_director),
        lambda: walk.decided(
            of(round_), by=group_director, result=Result.NOT_ACHIEVED, will_change="เครื่องมือ"
        ),
    )
    assert kinds(outcomes) == ONE_REFUSED
    opened = not Decision.objects.get().is_achieved
    assert Round.objects.count() == 1 + opened


def test_two_answer_the_proposed_summary(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    summary = improvement.start(round_, by=supervisor)
    improvement.write(
        summary, words={"strengths": "ก", "improvement_points": "ข", "guidelines": "ค"}
    )
    improvement.recommend(
        summary, by=supervisor, text="ก", owner="school_director", due_on=timezone.localdate()
    )
    improvement.propose(summary, by=supervisor)
    outcomes = together(
        lambda: improvement.agree(of(summary), by=school_director),
        lambda: improvement.return_for_correction(of(summary), by=school_director, reason="ปรับ"),
    )
    assert kinds(outcomes) == ONE_REFUSED


# --- Reports ---


@pytest.fixture
def agreed(term, supervisor, school_director, group_director, school, cluster):
    """Two rounds of two schools, both ready for their term report."""
    NeedsAreaFactory()
    others = SchoolFactory(cluster=cluster)
    pair = [RoundFactory(school=school, term=term), RoundFactory(school=others, term=term)]
    for round_ in pair:
        walk.until_agreed(
            round_, supervisor=supervisor, director=school_director, group_director=group_director
        )
    return pair


def test_two_reports_with_one_number(agreed, group_director):
    first, second = agreed
    late = during(
        lambda: walk.report_prepared(first, by=group_director),
        lambda: walk.report_prepared(of(second), by=group_director),
    )
    assert isinstance(late, Refused)


def test_one_report_prepared_twice(agreed, group_director):
    late = during(
        lambda: walk.report_prepared(agreed[0], by=group_director, number="1/2569"),
        lambda: walk.report_prepared(of(agreed[0]), by=group_director, number="2/2569"),
    )
    assert isinstance(late, Refused)


def test_two_issue(agreed, group_director, area_director):
    report = walk.report_prepared(agreed[0], by=group_director)
    outcomes = together(*[lambda: reports.issue(of(report), by=area_director)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert IssuedDocument.objects.get().issued_by == area_director


# --- One act while another is under way ---


def test_an_edit_arrives_while_the_sheet_is_confirmed(round_, school_director):
    assessment = drafted(round_, school_director)
    sheet = assessment.sheet
    late = during(
        lambda: assessments.confirm(assessment, by=school_director),
        lambda: record_edits(of(sheet), level(sheet, "1"), by=school_director),
    )
    assert isinstance(late, Refused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_a_level_is_taken_away_while_confirming(round_, school_director):
    assessment = drafted(round_, school_director)
    sheet = assessment.sheet
    late = during(
        lambda: record_edits(sheet, level(sheet, ""), by=school_director),
        lambda: assessments.confirm(of(assessment), by=school_director),
    )
    assert isinstance(late, Refused)
    assert of(assessment).state == "draft"


def test_an_edit_arrives_while_the_record_is_signed(round_, supervisor):
    visit = recorded(round_, supervisor)
    sheet = visit.sheet
    late = during(
        lambda: visits.sign(visit, by=supervisor),
        lambda: record_edits(of(sheet), level(sheet, "1"), by=supervisor),
    )
    assert isinstance(late, Refused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_a_level_is_taken_away_while_signing(round_, supervisor):
    visit = recorded(round_, supervisor)
    late = during(
        lambda: record_edits(visit.sheet, level(visit.sheet, ""), by=supervisor),
        lambda: visits.sign(of(visit), by=supervisor),
    )
    assert isinstance(late, Refused)
    assert of(visit).state == "recording"


def test_two_people_edit_one_field(round_, school_director, academic_teacher):
    sheet = assessments.start(round_, by=school_director).sheet
    together(
        lambda: record_edits(of(sheet), level(sheet, "2"), by=school_director),
        lambda: record_edits(of(sheet), level(sheet, "5"), by=academic_teacher),
    )
    assert set(sheet.edits.values_list("value", flat=True)) == {"2", "5"}
    assert sheet.answers.get().level == int(sheet.edits.last().value)


def test_one_edit_sent_twice(round_, school_director):
    sheet = assessments.start(round_, by=school_director).sheet
    edit = level(sheet, "2")
    outcomes = together(*[lambda: record_edits(of(sheet), edit, by=school_director)] * 2)
    assert outcomes == [{}, {}]
    assert sheet.edits.count() == 1


def test_scores_are_not_returned_while_a_visit_beside_them_is_signed(
    round_, school_director, supervisor
):
    assessment = walk.self_assessment_confirmed(round_, by=school_director)
    visit = recorded(round_, supervisor)
    late = during(
        lambda: visits.sign(visit, by=supervisor),
        lambda: assessments.return_for_correction(of(assessment), by=supervisor, reason="ไม่ครบ"),
    )
    assert isinstance(late, Refused)
    assert of(assessment).state == "confirmed"


def test_a_visit_is_not_signed_beside_scores_that_are_being_returned(
    round_, school_director, supervisor
):
    """Its wide gap to the returned scores needs no finding any more: signing reads them after."""
    assessment = walk.self_assessment_confirmed(round_, by=school_director, level=1)
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 4, by=supervisor, note="")
    late = during(
        lambda: assessments.return_for_correction(assessment, by=supervisor, reason="ไม่ครบ"),
        lambda: visits.sign(of(visit), by=supervisor),
    )
    assert late is None
    assert of(visit).state == "signed"


def test_an_answer_is_emptied_while_the_survey_is_submitted(school, campaign, school_director):
    NeedsAreaFactory()
    survey = needs.start(school, campaign, by=school_director)
    survey.items.update(problem_level=4, need_level=5)
    needs.save_answers(survey, {"wanted_first": "สื่อ"}, seen={"wanted_first": ""})
    late = during(
        lambda: needs.save_answers(survey, {"wanted_first": ""}, seen={"wanted_first": "สื่อ"}),
        lambda: needs.submit(of(survey), by=school_director),
    )
    assert isinstance(late, Refused)
    assert of(survey).state == "draft"


def test_two_set_deadlines(term, group_director, login):
    """Both opened the page while no day was set: who comes second is shown the first one's."""
    url = f"/terms/{term.pk}/deadlines/"
    seen = login(group_director).get(url).context["form"]["seen"].value()
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in (7, 8)]

    def save(day):
        return login(group_director).post(url, {"seen": seen, "step_3": numeric_date(day)})

    first, second = together(lambda: save(days[0]), lambda: save(days[1]))
    assert sorted([first.status_code, second.status_code]) == [200, 302]
    kept = days[0] if first.status_code == 302 else days[1]
    assert term.deadlines.get().due_on == kept
    told = (second if first.status_code == 302 else first).content.decode()
    assert f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{short_date(kept)}”" in told


def test_two_remind_one_school(round_, supervisor, group_director):
    outcomes = together(
        lambda: len(reminding.note_line([of(round_)], by=supervisor)),
        lambda: len(reminding.note_line([of(round_)], by=group_director)),
    )
    assert sorted(outcomes) == [0, 1]


def test_a_set_is_retired_while_a_round_chooses_it(term, group_director):
    chosen = IndicatorSetFactory()
    round_ = RoundFactory(term=term, bare=True)
    late = during(
        lambda: criteria.retire(chosen, by=group_director),
        lambda: rounds.choose_criteria(of(round_), [of(chosen)], by=group_director),
    )
    assert isinstance(late, Refused)
