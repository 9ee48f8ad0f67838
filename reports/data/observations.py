"""Classrooms observed, as figures: the lesson and what was seen, never who taught it."""

from reports.data.facts import LoadedRound, record_texts
from reports.data.schema import ObservationFacts
from reports.data.scores import score_figures
from reports.data.year_schema import ObservationCounts
from schools.models import AcademicYear
from supervision.assessments.enums import AnswerField
from supervision.assessments.queries import answers_by_indicator, indicators_score
from supervision.rounds.models import Round
from supervision.visits.models import Visit


def observation_rows(round_: Round) -> list[ObservationFacts]:
    """The signed observations of the round by number, each as its newest version says."""
    visits = Visit.objects.observations_in_force().filter(round=round_)
    visits = visits.select_related("observation").prefetch_related(
        "sheet__answers",
        "sheet__texts",
        "sheet__form__scale__bands",
        "sheet__form__standards__indicators",
    )
    newest = {visit.number: visit for visit in visits.order_by("number", "version")}
    return [_observation(visit) for visit in newest.values()]


def _observation(visit: LoadedRound) -> ObservationFacts:
    form, texts = visit.sheet.form, record_texts(visit)
    indicators = [i for standard in form.standards.all() for i in standard.indicators.all()]
    found = indicators_score(indicators, answers_by_indicator(visit.sheet))
    return {
        "visit_on": visit.visit_on.isoformat(),
        "grade": visit.observation.get_grade_display(),
        "subject": visit.observation.subject,
        "score": score_figures(found, form.scale.bands.all()),
        "strengths": texts.get(AnswerField.STRENGTHS, ""),
        "improvement_points": texts.get(AnswerField.IMPROVEMENT_POINTS, ""),
        "advice": texts.get(AnswerField.ADVICE, ""),
    }


def observation_counts(year: AcademicYear) -> ObservationCounts:
    """How many classrooms were observed in the year, and in how many schools."""
    visits = Visit.objects.observations_in_force().filter(round__term__academic_year=year)
    rows = set(visits.values_list("round__school", "round", "number"))
    return {"times": len(rows), "schools": len({school for school, _, _ in rows})}
