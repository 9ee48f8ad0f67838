"""What schools said of the climate of work in a drive, of surveys with enough answers."""

from datetime import date

from reports.data.drive_schema import ClimateOfDrive
from supervision.quality_drive.cooperation.climate_figures import ClimateResult, climate_result
from supervision.quality_drive.models import ClimateSurvey, QualityDrive


def finished_surveys(drive: QualityDrive, today: date) -> list[ClimateSurvey]:
    """Those that nobody can answer any more, first to last."""
    rows = ClimateSurvey.objects.filter(drive=drive).order_by("opens_on", "pk")
    return [one for one in rows if one.is_over_on(today)]


def climate_of_drive(drive: QualityDrive, today: date) -> list[ClimateOfDrive]:
    """Of each finished survey with enough answers how far they agree, as its page has it."""
    surveys = finished_surveys(drive, today)
    results = [(one, climate_result(one, today, for_area=True)) for one in surveys]
    return [_climate(survey, result) for survey, result in results if result]


def _climate(survey: ClimateSurvey, result: ClimateResult) -> ClimateOfDrive:
    return {
        "title": survey.title,
        "answers": result.answers,
        "statements": [{"text": one.text, "mean": one.mean_words} for one in result.statements],
        "is_sample": survey.is_sample,
    }
