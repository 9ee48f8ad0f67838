from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from schools.core.thai import local_day
from supervision.needs.enums import SurveyAction, SurveyState
from supervision.needs.models import NeedsArea, NeedsCampaign, NeedsItem, NeedsSurvey
from supervision.rounds.models import Round
from supervision.workflow.queries import last_transition_at

# A survey's answers as text by field name ("" is unanswered): what a form posts and compares.
SurveyAnswers = dict[str, str]
SURVEY_TEXT_FIELDS = ("wanted_first", "wanted_second", "wanted_third", "remarks", "preferred_mode")


def get_survey_of_round(round_: Round) -> NeedsSurvey | None:
    """The survey that asks in the round's term, whichever round asks; None while not begun."""
    campaign = NeedsCampaign.objects.covering(round_.term)
    return get_campaign_answer(campaign, round_) if campaign else None


def get_campaign_answer(campaign: NeedsCampaign, round_: Round) -> NeedsSurvey | None:
    """What the round's school answered; None while not begun."""
    surveys = campaign.surveys.filter(school=round_.school_id)
    return surveys.select_related("submitted_by").first()


@dataclass(frozen=True)
class NeedsRequest:
    """What the unit asks of a round's school, and how far the school is ("" is not begun).

    While it is sent back, `returned_at` says since when and `correct_by` until when.
    """

    opens_on: date
    closes_on: date | None
    state: str = ""
    submitted_at: datetime | None = None
    first_submitted_at: datetime | None = None
    correct_by: date | None = None
    returned_at: datetime | None = None

    @property
    def returned_on(self) -> date | None:
        """Since when it is sent back; nothing once it was handed in again."""
        if self.state != SurveyState.RETURNED or self.returned_at is None:
            return None
        return local_day(self.returned_at)


def needs_requests(rounds: Sequence[Round]) -> dict[int, NeedsRequest | None]:
    """By round, for any number of rounds in one query; None where no campaign covers the term."""
    terms, schools = {r.term_id for r in rounds}, {r.school_id for r in rounds}
    rows = NeedsCampaign.objects.annotate(
        of_term=F("academic_year__terms"),
        answer=FilteredRelation("surveys", condition=Q(surveys__school__in=schools)),
        returned_at=last_transition_at(NeedsSurvey, "answer__pk", SurveyAction.RETURN),
    ).filter(Q(term=None) | Q(term=F("of_term")), of_term__in=terms)
    answers = ("state", "submitted_at", "first_submitted_at", "correct_by")
    found: dict[tuple[int, int | None], NeedsRequest] = {}
    fields = ("opens_on", "closes_on", *(f"answer__{name}" for name in answers), "returned_at")
    for term, school, *facts in rows.values_list("of_term", "answer__school", *fields):
        opens_on, closes_on, state, *answered = facts
        found[term, None] = NeedsRequest(opens_on, closes_on)
        found[term, school] = NeedsRequest(opens_on, closes_on, state or "", *answered)
    return {
        r.pk: found.get((r.term_id, r.school_id)) or found.get((r.term_id, None)) for r in rounds
    }


def survey_areas(campaign: NeedsCampaign, survey: NeedsSurvey | None) -> list[NeedsArea]:
    """The areas this survey asks about."""
    if survey is None:
        return list(campaign.survey_template.areas.all())
    return [item.area for item in survey.items.select_related("area")]


def survey_answers(survey: NeedsSurvey | None) -> SurveyAnswers:
    """Everything answered so far."""
    if survey is None:
        return {}
    answers = {name: getattr(survey, name) for name in SURVEY_TEXT_FIELDS}
    answers["preferred_on"] = survey.preferred_on.isoformat() if survey.preferred_on else ""
    for item in NeedsItem.objects.filter(survey=survey):
        answers[problem_field_name(item.area_id)] = str(item.problem_level or "")
        answers[need_field_name(item.area_id)] = str(item.need_level or "")
    return answers


def problem_field_name(area_id: int) -> str:
    return f"problem_{area_id}"


def need_field_name(area_id: int) -> str:
    return f"need_{area_id}"
