"""The figures of a drive's schools as they stand on a day, to be frozen in an order."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Min, Q

from schools.core.thai import long_date
from schools.models import ClusterMembership, School
from schools.school_sizes import school_sizes_in_year
from supervision.criteria.models import ScaleLevel
from supervision.quality_drive.baselines.enums import BaselineState
from supervision.quality_drive.models import BaselineLevel, DriveIndicator, QualityDrive
from supervision.quality_drive.ranking.inputs import (
    RankedDimension,
    RankedIndicator,
    RankedSchool,
    RankingInputs,
    as_hundredths,
)
from supervision.quality_drive.scores import (
    DriveDesign,
    SignedLevel,
    load_design,
    load_signed_levels,
)


def load_ranking_inputs(drive: QualityDrive, today: date) -> RankingInputs:
    """What an order computed today rests on, in a constant number of queries.

    Schools that were closed or merged before the academic year are not of this drive.
    """
    design = load_design(drive)
    terms = list(drive.academic_year.terms.order_by("opens_on"))
    opened = terms[0].opens_on if terms else today
    schools = list(School.objects.open_on(opened).order_by("sort_key", "pk"))
    levels = load_signed_levels(design, schools, terms, today)
    baselines = _confirmed_baselines(drive)
    sizes = school_sizes_in_year(drive.academic_year)
    began = _schools_begun_after(opened)
    return RankingInputs(
        dimensions=[
            RankedDimension(one.code, one.name, as_hundredths(one.weight))
            for one in design.dimensions
        ],
        indicators=_indicators(design),
        schools=[
            _school(
                one,
                sizes.get(one.pk, ""),
                levels.get(one.pk, {}),
                baselines.get(one.pk, {}),
                _why_in_no_list(one, began.get(one.pk), today),
            )
            for one in schools
        ],
    )


def _indicators(design: DriveDesign) -> list[RankedIndicator]:
    scales = _levels_of_scales(design.indicators)
    return [
        RankedIndicator(
            pk=one.pk,
            code=one.indicator.code,
            title=one.indicator.text,
            dimension=one.dimension.code,
            weight=as_hundredths(one.weight),
            scale=scales.get(one.indicator.standard.indicator_set.scale_id, ()),
        )
        for one in design.indicators
    ]


def _levels_of_scales(indicators: Iterable[DriveIndicator]) -> dict[int, tuple[int, ...]]:
    wanted = {one.indicator.standard.indicator_set.scale_id for one in indicators}
    found: dict[int, tuple[int, ...]] = {}
    rows = ScaleLevel.objects.filter(scale__in=wanted).order_by("value")
    for scale, value in rows.values_list("scale", "value"):
        found[scale] = (*found.get(scale, ()), value)
    return found


def _confirmed_baselines(drive: QualityDrive) -> dict[int, dict[int, Decimal]]:
    """By school and indicator; a baseline that its school has not confirmed does not count."""
    rows = BaselineLevel.objects.filter(
        school_drive__drive=drive, school_drive__state=BaselineState.CONFIRMED
    )
    found: dict[int, dict[int, Decimal]] = {}
    for school, indicator, level in rows.order_by().values_list(
        "school_drive__school", "drive_indicator", "level"
    ):
        found.setdefault(school, {})[indicator] = level
    return found


def _schools_begun_after(day: date) -> dict[int, date]:
    """Schools that the register has in the area only since after the day, with their first day.

    A first day that is an assumption says nothing of when a school opened.
    """
    rows = ClusterMembership.objects.order_by().values("school")
    begun = rows.annotate(
        first=Min("starts_on"), assumed=Min("pk", filter=Q(start_is_assumed=True))
    )
    late = begun.filter(first__gt=day, assumed=None)
    return dict(late.values_list("school", "first"))


def _why_in_no_list(school: School, begun_on: date | None, today: date) -> str:
    if school.closed_on and not school.is_open_on(today):
        return f"{school.status_on(today)}เมื่อ {long_date(school.closed_on)}"
    if begun_on:
        return f"ทะเบียนระบุว่าเริ่มสังกัดเมื่อ {long_date(begun_on)} หลังเปิดปีการศึกษา จึงยังไม่เต็มปี"
    return ""


def _school(
    school: School,
    size: str,
    levels: Mapping[int, SignedLevel],
    baselines: Mapping[int, Decimal],
    why_not: str,
) -> RankedSchool:
    visit = next((one.visit for one in levels.values()), None)
    return RankedSchool(
        pk=school.pk,
        name=school.name,
        size_group=size,
        levels={indicator: one.level for indicator, one in levels.items()},
        baselines={indicator: as_hundredths(level) for indicator, level in baselines.items()},
        why_not=why_not,
        visit=visit.pk if visit else None,
        visit_on=visit.visit_on.isoformat() if visit else "",
    )
