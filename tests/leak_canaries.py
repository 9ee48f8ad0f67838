"""A school whose every secret is a word found nowhere else, and a reader who follows each link.

Whoever reads one of these words where they should not has found a leak. `SCHOOLS_OWN` is for the
school and the office, `OFFICE_ONLY` not even for the school, `ALLOWED` for everybody once the
report is published.
"""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from schools.core.uploads import SanitizedFile
from schools.enums import Grade
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.evidence import add_evidence_file, add_evidence_link
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.criteria.enums import SetUse
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.needs import actions as needs
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.visits import actions as visits
from supervision.visits import ratings
from supervision.visits.enums import VisitKind
from supervision.visits.signed_copies import attach_signed_copy
from tests import scenarios
from tests.factories import IndicatorSetFactory, MeetingFactory, RoundFactory, TermFactory
from tests.sample_files import jpeg

PARTICIPANTS = ("supervisor", "group_director", "school_director", "committee_member")
PUBLIC_CANARIES = ("QZCHOSENTITLE",)
SCHOOL_CANARIES = (
    *("QZWANTED", "QZREMARKS", "QZOWNNOTE", "QZOWNLINK", "QZRETURNED"),
    *("QZPURPOSE", "QZPOSTPONED", "QZFINDING", "QZSTRENGTHS", "QZIMPROVEMENT", "QZPROBLEMS"),
    *("QZADVICE", "QZSUPPORT", "QZPHOTO", "QZCAPTION", "QZCOMMENT", "QZCOPY", "QZCANCELLED"),
    *("QZTEACHER", "QZSUBJECT", "QZLESSON", "QZOBSERVED", "QZAMENDEDWHY", "QZDECISION"),
    *("QZSEENSTRENGTHS", "QZSEENPOINTS", "QZSEENADVICE"),
    *("QZPROCESS", "QZDECLINEDTITLE", "QZDECLINEDWHY", "QZWAITINGTITLE"),
    *("QZSUMSTRENGTHS", "QZSUMPOINTS", "QZSUMGUIDELINES", "QZRECOMMENDED", "QZPROGRESS"),
    *("QZPROGRESSFILE", "QZCLOSEDADVICE", "QZPROOF", "QZCARRIED"),
)
OFFICE_CANARIES = ("QZRATED", "QZHALFFILLED", "QZAMENDING", "QZUNDERWAY", "QZREVIEW")
PARTICIPANT_NAMES = tuple(f"({name})" for name in PARTICIPANTS)
SECRET_CANARIES = SCHOOL_CANARIES + OFFICE_CANARIES


def participants(request) -> SimpleNamespace:
    """Those of the fixed cast who act in the marked school."""
    return SimpleNamespace(**{name: request.getfixturevalue(name) for name in PARTICIPANTS})


def fill_round_with_canaries(round_, people):
    """The round from step 1 until its summary is agreed, each secret put in on the way."""
    _carried_from_an_earlier_term(round_.school, people)
    _needs_and_self_assessment(round_, people)
    _joint_visit(round_, people)
    _cancelled_half_way(round_, people)
    _observation(round_, people)
    practices.decide_round(
        round_,
        by=people.group_director,
        result=DecisionResult.ACHIEVED,
        reason="QZDECISION",
        meeting=MeetingFactory(),
    )
    _practices(round_, people)
    _summary(round_, people)
    _under_way(round_, people)


def _write(sheet, texts, *, by):
    edits = [SubmittedEdit(uuid4(), None, field, text) for field, text in texts.items()]
    assert record_edits(sheet, edits, by=by) == {}


def _photo(name):
    return SanitizedFile(f"{name}.jpg", ContentFile(jpeg(), "a.jpg"), ContentFile(jpeg(), "b.jpg"))


def _carried_from_an_earlier_term(school, people):
    """One piece of advice still open, one closed with proof."""
    today = timezone.localdate()
    term = TermFactory(number=1, opens_on=today - timedelta(days=200))
    round_ = RoundFactory(school=school, term=term)
    scenarios.self_assessment_confirmed(round_, by=people.school_director)
    scenarios.visit_acknowledged(
        round_, supervisor=people.supervisor, director=people.school_director
    )
    scenarios.round_decided(round_, by=people.group_director)
    summary = improvement.start_summary(round_, by=people.supervisor)
    for text in ("QZCARRIED", "QZCLOSEDADVICE"):
        _advise(summary, text, people)
    improvement.propose_summary(summary, by=people.supervisor)
    improvement.agree_to_summary(summary, by=people.school_director)
    closed = round_.recommendations.get(text="QZCLOSEDADVICE")
    improvement.close_recommendation(closed, by=people.supervisor, proof="QZPROOF")


def _advise(summary, text, people):
    due_on = timezone.localdate() + timedelta(days=30)
    facts = {"text": text, "assignee": Assignee.SCHOOL_DIRECTOR, "due_on": due_on}
    return improvement.create_recommendation(summary, by=people.supervisor, **facts)


def _needs_and_self_assessment(round_, people):
    survey = needs.start_needs_survey(
        round_.school, scenarios.needs_campaign_for(round_), by=people.school_director
    )
    survey.items.update(problem_level=4, need_level=5)
    survey.wanted_first, survey.remarks = "QZWANTED", "QZREMARKS"
    survey.save()
    needs.submit_needs_survey(survey, by=people.school_director)
    own = assessments.start_self_assessment(round_, by=people.school_director)
    scenarios.fill_sheet(own.sheet, 5, by=people.school_director, note="QZOWNNOTE")
    indicator = sheet_indicators(own.sheet)[0].pk
    url = "https://example.org/QZOWNLINK"
    add_evidence_link(own.sheet, indicator, url, by=people.school_director, id=uuid4())
    assessments.confirm_self_assessment(own, by=people.school_director)
    again = assessments.return_self_assessment(own, by=people.supervisor, reason="QZRETURNED")
    assessments.confirm_self_assessment(again, by=people.school_director)


def _planned(round_, people, **more):
    """Each at an hour of its own, all of them today."""
    facts = {"visit_on": timezone.localdate(), "purpose": "QZPURPOSE", "leader": people.supervisor}
    facts["starts_at"] = time(7 + round_.visits.count())
    return visits.plan_visit(round_, by=people.supervisor, **facts | more)


def _joint_visit(round_, people):
    """Postponed once, rated by two, signed, acknowledged with a word, its paper scanned."""
    visit = _planned(round_, people, team=[people.committee_member])
    moment = {"visit_on": timezone.localdate(), "starts_at": time(16)}
    visits.postpone_visit(visit, by=people.supervisor, reason="QZPOSTPONED", **moment)
    visits.start_visit_record(visit, by=people.supervisor)
    rating = ratings.start_rating(visit, by=people.committee_member)
    scenarios.fill_sheet(rating.sheet, 3, by=people.committee_member, note="QZRATED")
    ratings.submit_rating(rating, by=people.committee_member)
    scenarios.fill_sheet(visit.sheet, 4, by=people.supervisor, note="QZFINDING")
    texts = {
        AnswerField.STRENGTHS: "QZSTRENGTHS",
        AnswerField.IMPROVEMENT_POINTS: "QZIMPROVEMENT",
        AnswerField.PROBLEMS: "QZPROBLEMS",
        AnswerField.ADVICE: "QZADVICE",
        AnswerField.SUPPORT: "QZSUPPORT",
    }
    _write(visit.sheet, texts, by=people.supervisor)
    photo = _photo("QZPHOTO")
    add_evidence_file(
        visit.sheet, None, photo, by=people.supervisor, id=uuid4(), caption="QZCAPTION"
    )
    visits.sign_visit(visit, by=people.supervisor)
    visits.acknowledge_visit(visit, by=people.school_director, comment="QZCOMMENT")
    scan = SanitizedFile("QZCOPY.pdf", ContentFile(b"%PDF-1.7", "scan.pdf"))
    attach_signed_copy(visit, scan, by=people.supervisor)
    return visit


def _cancelled_half_way(round_, people):
    visit = _planned(round_, people)
    visits.start_visit_record(visit, by=people.supervisor)
    scenarios.fill_sheet(visit.sheet, 2, by=people.supervisor, note="QZHALFFILLED")
    add_evidence_file(visit.sheet, None, _photo("QZHALFFILLED"), by=people.supervisor, id=uuid4())
    visits.cancel_visit(visit, by=people.supervisor, reason="QZCANCELLED")


def _observation(round_, people):
    """Signed and read; an amendment of it is begun."""
    visit = _planned(round_, people, kind=VisitKind.CLASSROOM)
    lesson = {"teacher": "QZTEACHER", "grade": Grade.P4, "subject": "QZSUBJECT"}
    form = IndicatorSetFactory(use=SetUse.OBSERVATION)
    visits.start_observation(
        visit, by=people.supervisor, form=form, lesson=lesson | {"lesson": "QZLESSON"}
    )
    scenarios.fill_sheet(visit.sheet, 4, by=people.supervisor, note="QZOBSERVED")
    texts = {
        AnswerField.STRENGTHS: "QZSEENSTRENGTHS",
        AnswerField.IMPROVEMENT_POINTS: "QZSEENPOINTS",
        AnswerField.ADVICE: "QZSEENADVICE",
    }
    _write(visit.sheet, texts, by=people.supervisor)
    visits.sign_visit(visit, by=people.supervisor)
    visits.acknowledge_visit(visit, by=people.school_director)
    amended = visits.revise_visit(visit, by=people.supervisor, reason="QZAMENDEDWHY")
    scenarios.fill_sheet(amended.sheet, 3, by=people.supervisor, note="QZAMENDING")


def _practices(round_, people):
    """One chosen, one declined, one that nobody has decided on; the first two reviewed."""
    chosen, declined, _ = [
        practices.nominate_practice(
            round_, by=people.school_director, title=title, process="QZPROCESS", outcome="QZPROCESS"
        )
        for title in ("QZCHOSENTITLE", "QZDECLINEDTITLE", "QZWAITINGTITLE")
    ]
    for practice in (chosen, declined):
        practices.review_practice(
            practice, by=people.committee_member, score=60, comment="QZREVIEW"
        )
    practices.select_practice(chosen, by=people.group_director)
    practices.decline_practice(declined, by=people.group_director, reason="QZDECLINEDWHY")


def _summary(round_, people):
    summary = improvement.start_summary(round_, by=people.supervisor)
    words = {
        "strengths": "QZSUMSTRENGTHS",
        "improvement_points": "QZSUMPOINTS",
        "guidelines": "QZSUMGUIDELINES",
    }
    improvement.update_summary(summary, by=people.supervisor, texts=words)
    advice = _advise(summary, "QZRECOMMENDED", people)
    improvement.propose_summary(summary, by=people.supervisor)
    improvement.agree_to_summary(summary, by=people.school_director)
    file = _photo("QZPROGRESSFILE")
    improvement.report_progress(advice, by=people.school_director, text="QZPROGRESS", file=file)


def _under_way(round_, people):
    visit = _planned(round_, people)
    visits.start_visit_record(visit, by=people.supervisor)
    scenarios.fill_sheet(visit.sheet, 1, by=people.supervisor, note="QZUNDERWAY")
    _write(visit.sheet, {AnswerField.ADVICE: "QZUNDERWAY"}, by=people.supervisor)
