"""A sample of the crosswalk for the manual's sets, to be looked at line by line."""

from typing import Any

from simple_history.utils import bulk_create_with_history

from schools.enums import EducationLevel
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Indicator
from supervision.profiles.models import EducationStandard
from supervision.quality_drive.models import CrosswalkLine


def load_crosswalk_sample(data: dict[str, Any]) -> None:
    """Load it while the office has said nothing of any indicator, for the sets that came along."""
    if CrosswalkLine.objects.exists() or CrosswalkLine.history.exists():
        return
    codes = {
        (EducationLevel[part["level"]], item): code
        for part in data["crosswalk"]
        for code, items in part["dimensions"].items()
        for item in items
    }
    lines = [
        CrosswalkLine(indicator=one, dimension_code=codes[key], note=data["note"], is_sample=True)
        for one in _indicators_of_samples()
        if (key := (one.standard.indicator_set.level, one.code)) in codes
    ]
    bulk_create_with_history(lines, CrosswalkLine)
    _answer_standards()


def _indicators_of_samples() -> list[Indicator]:
    rows = Indicator.objects.filter(
        standard__indicator_set__is_sample=True,
        standard__indicator_set__version=1,
        standard__indicator_set__use=SetUse.ROUND,
    )
    return list(rows.select_related("standard__indicator_set").order_by("pk"))


def _answer_standards() -> None:
    """Each item answers the announcement's standard of its own level, number and name."""
    standards = {(one.level, one.number, one.name): one for one in EducationStandard.objects.all()}
    lines = CrosswalkLine.objects.select_related("indicator__standard__indicator_set")
    answered = [(line, standards.get(_standard_key(line.indicator))) for line in lines]
    through = CrosswalkLine.education_standards.through
    through.objects.bulk_create(
        through(crosswalkline=line, educationstandard=standard)
        for line, standard in answered
        if standard
    )


def _standard_key(indicator: Indicator) -> tuple[int, int, str]:
    standard = indicator.standard
    return standard.indicator_set.level, standard.number, standard.name
