"""An order of made-up schools, computed by the portal from figures that a test writes down."""

from datetime import timedelta

from django.utils import timezone

from supervision.criteria.models import Indicator
from supervision.quality_drive.models import Ranking, RankingPlace
from supervision.quality_drive.ranking.actions import places_of, show_ranking
from supervision.quality_drive.ranking.enums import RankingAction
from supervision.quality_drive.ranking.inputs import (
    RankedDimension,
    RankedIndicator,
    RankedSchool,
    RankingInputs,
    as_hundredths,
    inputs_to_json,
)
from supervision.workflow.actions import start
from tests.drive_scenarios import drive_at_work
from tests.factories import IndicatorSetFactory, SchoolFactory

SCALE = (1, 2, 3, 4, 5)


def set_of_five(**facts):
    """An endorsed set with an indicator for each dimension, and one more."""
    found = IndicatorSetFactory(**facts)
    standard = found.standards.last()
    for position in (3, 4):
        code = f"{standard.number}.{position}"
        Indicator.objects.create(
            standard=standard, position=position, code=code, text=f"ตัวชี้วัดทดสอบ {code}"
        )
    return found


def indicators_of(indicator_set):
    rows = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return list(rows.order_by("standard__number", "position"))


def ranked_drive(term, *, by):
    return drive_at_work(term, indicators_of(set_of_five()), by=by)


def order_of(drive, levels, *, by, size="ขนาดเล็ก", shown=True, days=10):
    """The order of these schools: to each the one level that all its indicators have."""
    dimensions = list(drive.dimensions.all())
    indicators = [
        RankedIndicator(
            one.pk, one.indicator.code, one.indicator.text, dimension.code, 10000, SCALE
        )
        for dimension in dimensions
        for one in dimension.indicators.select_related("indicator")
    ]
    inputs = RankingInputs(
        [RankedDimension(one.code, one.name, as_hundredths(one.weight)) for one in dimensions],
        indicators,
        [
            RankedSchool(
                school.pk,
                school.name,
                size,
                {one.pk: level for one in indicators},
                {one.pk: 100 for one in indicators},
            )
            for school, level in levels.items()
        ],
    )
    ranking = Ranking(
        drive=drive, inputs=inputs_to_json(inputs), computed_at=timezone.now(), computed_by=by
    )
    start(ranking, RankingAction.COMPUTE, by=by)
    RankingPlace.objects.bulk_create(places_of(ranking, inputs))
    if shown:
        until = timezone.localdate() + timedelta(days=days)
        show_ranking(ranking, by=by, objections_until=until)
    return ranking


def eleven_others(level=3):
    """Enough other schools for a school to be shown its place."""
    return {SchoolFactory(): level for _ in range(11)}
