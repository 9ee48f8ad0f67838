"""What schools said of the climate of work in a drive, of surveys with enough answers."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from reports.data.drive_schema import ClimateOfDrive, ClimateStatementMean
from supervision.criteria.scoring import half_up
from supervision.quality_drive.models import (
    ClimateCount,
    ClimateStatement,
    ClimateSurvey,
    QualityDrive,
)

FEWEST_CLIMATE_ANSWERS = 5


def finished_surveys(drive: QualityDrive, today: date) -> list[ClimateSurvey]:
    """Those that nobody can answer any more, first to last: figures that change tell who came."""
    rows = ClimateSurvey.objects.filter(drive=drive).order_by("opens_on", "pk")
    return [one for one in rows if one.is_over_on(today)]


def climate_figures(drive: QualityDrive, today: date) -> list[ClimateOfDrive]:
    """Of each finished survey with enough answers how far they agree, statement by statement."""
    surveys = finished_surveys(drive, today)
    counts = _counts_by_statement(ClimateCount.objects.filter(statement__survey__in=surveys))
    statements = ClimateStatement.objects.filter(survey__in=surveys).order_by("position")
    found: list[ClimateOfDrive] = []
    for survey in surveys:
        own = [one for one in statements if one.survey_id == survey.pk]
        answers = max((sum(counts[one.pk].values()) for one in own), default=0)
        if answers >= FEWEST_CLIMATE_ANSWERS:
            found.append(
                {
                    "title": survey.title,
                    "answers": answers,
                    "statements": [_climate_mean(one, counts[one.pk]) for one in own],
                    "is_sample": survey.is_sample,
                }
            )
    return found


def _counts_by_statement(rows: QuerySet[ClimateCount]) -> defaultdict[int, dict[int, int]]:
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for statement, level, answers in rows.values_list("statement", "level", "answers"):
        found[statement][level] = answers
    return found


def _climate_mean(statement: ClimateStatement, counts: dict[int, int]) -> ClimateStatementMean:
    total = sum(level * answers for level, answers in counts.items())
    answers = sum(counts.values())
    mean = half_up(Decimal(total) / answers) if answers else None
    return {"text": statement.text, "mean": "" if mean is None else f"{mean:.2f}"}
