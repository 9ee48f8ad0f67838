"""What a school stated in its latest needs survey, for who writes its problems and needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from schools.models import School, User
from supervision.needs.enums import NeedsLevel, SurveyState
from supervision.needs.models import NeedsItem, NeedsSurvey

FROM_LEVEL = NeedsLevel.MUCH


@dataclass(frozen=True)
class SurveyWords:
    """The survey in words to be taken over: one line for each thing."""

    period: str
    problems: str
    needs: str


def load_survey_words(user: User, school: School) -> SurveyWords | None:
    """The school's latest survey that was handed in; None without one that the person may see.

    Named are the areas whose problem or need is great or greater, and what is wanted most.
    """
    surveys = NeedsSurvey.objects.visible_to(user).filter(
        school=school, state=SurveyState.SUBMITTED
    )
    related = surveys.select_related("campaign__term__academic_year", "campaign__academic_year")
    survey = related.order_by("-submitted_at").first()
    if survey is None:
        return None
    items = list(survey.items.select_related("area"))
    return SurveyWords(
        period=survey.campaign.period,
        problems=_lines(_severe(items, "problem_level")),
        needs=_lines([*survey.wanted, *_severe(items, "need_level"), survey.remarks.strip()]),
    )


def _severe(items: Iterable[NeedsItem], name: str) -> list[str]:
    """The areas at that level or above, each with its level."""
    levels = [(item, getattr(item, name)) for item in items]
    return [
        f"{item.area} (ระดับ{NeedsLevel(level).label})"
        for item, level in levels
        if level and level >= FROM_LEVEL
    ]


def _lines(words: Iterable[str]) -> str:
    return "\n".join(one for one in words if one)
