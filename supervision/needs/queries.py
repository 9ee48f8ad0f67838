from supervision.needs.models import NeedsArea, NeedsItem, NeedsSurvey
from supervision.rounds.models import Round

# A survey's answers as text by field name ("" is unanswered): what a form posts and compares.
Answers = dict[str, str]


def survey_of(round_: Round) -> NeedsSurvey | None:
    """The survey of the round's school and term, whichever round asks; None while not begun."""
    surveys = NeedsSurvey.objects.filter(school=round_.school_id, term=round_.term_id)
    return surveys.select_related("submitted_by").first()


def areas_of(survey: NeedsSurvey | None) -> list[NeedsArea]:
    """The areas this survey asks about: those it began with, or today's list."""
    if survey is None:
        return list(NeedsArea.objects.all())
    return [item.area for item in survey.items.select_related("area")]


def answers_of(survey: NeedsSurvey | None) -> Answers:
    """Everything answered so far."""
    if survey is None:
        return {}
    answers = {
        "most_wanted": survey.most_wanted,
        "preferred_on": survey.preferred_on.isoformat() if survey.preferred_on else "",
        "preferred_mode": survey.preferred_mode,
    }
    for item in NeedsItem.objects.filter(survey=survey):
        answers[problem_of(item.area_id)] = str(item.problem_level or "")
        answers[need_of(item.area_id)] = str(item.need_level or "")
    return answers


def problem_of(area_id: int) -> str:
    return f"problem_{area_id}"


def need_of(area_id: int) -> str:
    return f"need_{area_id}"
