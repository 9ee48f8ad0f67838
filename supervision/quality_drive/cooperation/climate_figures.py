"""What schools said in a climate survey, as figures from which no answer can be told.

There are none before the survey is over, and then they are final: two figures of one survey that
differ by one answer never exist. They are of five answers at least, for schools of ten others at
least, and of the whole area only. Means and shares near an end of the scale say no more than
that, since all schools having said the same would tell what each said.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from supervision.criteria.scoring import mean
from supervision.quality_drive.cooperation.enums import AgreesWith
from supervision.quality_drive.models import ClimateCount, ClimateStatement, ClimateSurvey

FEWEST_ANSWERS = 5
# A school reads figures of ten others at least, and may itself be among those that answered.
FEWEST_FOR_SCHOOLS = 11
LOWEST_MEAN, HIGHEST_MEAN = Decimal("1.20"), Decimal("4.80")
LOWEST_SHARE, HIGHEST_SHARE = Decimal(10), Decimal(90)


@dataclass(frozen=True)
class ClimateFigures:
    """One statement: the mean of 1 to 5, and the per cent of 4 and 5, as far as they are shown."""

    position: int
    text: str
    mean_words: str
    share_words: str


@dataclass(frozen=True)
class ClimateResult:
    """All statements of a survey that is over, and of how many answers they are."""

    answers: int
    statements: Sequence[ClimateFigures]


def climate_result(survey: ClimateSurvey, today: date, *, for_area: bool) -> ClimateResult | None:
    """The figures of the survey; None before it is over, and for too few answers."""
    if not survey.is_over_on(today):
        return None
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for count in ClimateCount.objects.filter(statement__survey=survey):
        counts[count.statement_id][count.level] = count.answers
    answers = max((sum(levels.values()) for levels in counts.values()), default=0)
    if answers < (FEWEST_ANSWERS if for_area else FEWEST_FOR_SCHOOLS):
        return None
    statements = [_figures(one, counts[one.pk]) for one in survey.statements.all()]
    return ClimateResult(answers, statements)


def _figures(statement: ClimateStatement, counts: dict[int, int]) -> ClimateFigures:
    levels = [level for level, answers in counts.items() for _ in range(answers)]
    return ClimateFigures(statement.position, statement.text, *mean_and_share_words(levels))


def mean_and_share_words(levels: Sequence[int]) -> tuple[str, str]:
    """The mean of these levels, and the per cent of 4 and 5, as far as they are shown."""
    agreeing = [100 if level >= AgreesWith.MUCH else 0 for level in levels]
    found, share = mean(levels) or Decimal(), mean(agreeing) or Decimal()
    return (
        _bounded_words(found, LOWEST_MEAN, HIGHEST_MEAN),
        _bounded_words(share, LOWEST_SHARE, HIGHEST_SHARE),
    )


def _bounded_words(value: Decimal, lowest: Decimal, highest: Decimal) -> str:
    """The value, or that it is as low or as high as the bound at least."""
    if value >= highest:
        return f"ตั้งแต่ {highest}"
    return f"ไม่เกิน {lowest}" if value <= lowest else str(value)
