from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from schools.thai import local_day
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsArea, NeedsCampaign, NeedsItem, NeedsSurvey
from supervision.rounds.models import Round
from supervision.workflow.queries import last_moved

# A survey's answers as text by field name ("" is unanswered): what a form posts and compares.
Answers = dict[str, str]
TEXTS = ("wanted_first", "wanted_second", "wanted_third", "remarks", "preferred_mode")


def survey_of(round_: Round) -> NeedsSurvey | None:
    """The survey that asks in the round's term, whichever round asks; None while not begun."""
    campaign = NeedsCampaign.objects.covering(round_.term)
    return campaign and answer_of(campaign, round_)


def answer_of(campaign: NeedsCampaign, round_: Round) -> NeedsSurvey | None:
    """What the round's school answered; None while not begun."""
    surveys = campaign.surveys.filter(school=round_.school_id)
    return surveys.select_related("submitted_by").first()


@dataclass(frozen=True)
class Asked:
    """What the unit asks of a round's school, and how far the school is ("" is not begun).

    While it is sent back, `returned_at` says since when and `correct_by` until when.
    """

    opens_on: date
    closes_on: date | None
    state: str = ""
    submitted_at: datetime | None = None
    came_at: datetime | None = None
    correct_by: date | None = None
    returned_at: datetime | None = None

    @property
    def returned_on(self) -> date | None:
        """Since when it is sent back; nothing once it was handed in again."""
        is_back = self.state == SurveyState.RETURNED and self.returned_at
        return local_day(self.returned_at) if is_back else None


def asked_of(rounds: Sequence[Round]) -> dict[int, Asked | None]:
    """By round, for any number of rounds in one query; None where no campaign covers the term."""
    terms, schools = {r.term_id for r in rounds}, {r.school_id for r in rounds}
    rows = NeedsCampaign.objects.annotate(
        of_term=F("academic_year__terms"),
        answer=FilteredRelation("surveys", condition=Q(surveys__school__in=schools)),
        returned_at=last_moved(NeedsSurvey, "answer__pk", "return"),
    ).filter(Q(term=None) | Q(term=F("of_term")), of_term__in=terms)
    answers = ("state", "submitted_at", "came_at", "correct_by")
    found: dict[tuple[int, int | None], Asked] = {}
    fields = ("opens_on", "closes_on", *(f"answer__{name}" for name in answers), "returned_at")
    for term, school, *facts in rows.values_list("of_term", "answer__school", *fields):
        opens_on, closes_on, state, *answered = facts
        found[term, None] = Asked(opens_on, closes_on)
        found[term, school] = Asked(opens_on, closes_on, state or "", *answered)
    return {
        r.pk: found.get((r.term_id, r.school_id)) or found.get((r.term_id, None)) for r in rounds
    }


def areas_of(campaign: NeedsCampaign, survey: NeedsSurvey | None) -> list[NeedsArea]:
    """The areas this survey asks about."""
    if survey is None:
        return list(campaign.frame.areas.all())
    return [item.area for item in survey.items.select_related("area")]


def answers_of(survey: NeedsSurvey | None) -> Answers:
    """Everything answered so far."""
    if survey is None:
        return {}
    answers = {name: getattr(survey, name) for name in TEXTS}
    answers["preferred_on"] = survey.preferred_on.isoformat() if survey.preferred_on else ""
    for item in NeedsItem.objects.filter(survey=survey):
        answers[problem_of(item.area_id)] = str(item.problem_level or "")
        answers[need_of(item.area_id)] = str(item.need_level or "")
    return answers


def problem_of(area_id: int) -> str:
    return f"problem_{area_id}"


def need_of(area_id: int) -> str:
    return f"need_{area_id}"
