"""What is known of schools before the work (U): levels by indicator, and where they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schools.core.thai import short_date
from schools.models import School, Term
from supervision.quality_drive.baselines.enums import BaselineSource
from supervision.quality_drive.models import BaselineLevel, QualityDrive, SchoolDrive
from supervision.quality_drive.scores import (
    DriveDesign,
    SignedLevel,
    SignedLevels,
    load_signed_levels,
)

# The words under which a school says what a plan of its drive rests on.
BASELINE_TEXTS = ("problems", "needs", "causes", "plan")


@dataclass(frozen=True)
class Baseline:
    """The level of one indicator at a school before the work, and where it comes from.

    `level` has two decimals. `source_text` names the visit, or where else it was collected.
    """

    level: Decimal
    source: BaselineSource
    source_text: str

    @property
    def source_words(self) -> str:
        """The source as people read it: ผลการนิเทศปีก่อน · นิเทศ 12 ก.พ. 2569 ภาคเรียนที่ 2/2568."""
        words = BaselineSource(self.source).label
        return f"{words} · {self.source_text}" if self.source_text else words


# By school, then by DriveIndicator: pks.
Baselines = Mapping[int, Mapping[int, Baseline]]


def load_baselines(drive: QualityDrive, schools: Iterable[School]) -> Baselines:
    """The baselines of these schools in the drive, drafts among them, in one query.

    A school without any is left out. Whoever asks has made sure that the reader may see these
    schools. `baseline_levels` makes of one school's what `dimension_scores` reckons with.
    """
    rows = BaselineLevel.objects.filter(school_drive__drive=drive)
    wanted = {school.pk for school in schools}
    if len(wanted) == 1:
        rows = rows.filter(school_drive__school__in=wanted)
    values = rows.values_list(
        "school_drive__school", "drive_indicator", "level", "source", "source_text"
    )
    found: dict[int, dict[int, Baseline]] = {}
    for school, indicator, level, source, text in values:
        if school in wanted:
            of_school = found.setdefault(school, {})
            of_school[indicator] = Baseline(level, BaselineSource(source), text)
    return found


def baseline_levels(baselines: Mapping[int, Baseline]) -> dict[int, Decimal]:
    """One school's levels before the work by DriveIndicator (pk), for `dimension_scores`."""
    return {indicator: one.level for indicator, one in baselines.items()}


def find_school_drive(drive: QualityDrive, school: School) -> SchoolDrive | None:
    """The school's part in the drive; None while nobody has begun to collect its baseline."""
    rows = SchoolDrive.objects.filter(drive=drive, school=school)
    return rows.select_related("confirmed_by").first()


# --- The year before ---


def terms_before_drive(drive: QualityDrive) -> list[Term]:
    """The terms of the academic year before the drive's, first to last; none if not registered."""
    year = drive.academic_year
    rows = Term.objects.filter(academic_year__area=year.area_id, academic_year__year=year.year - 1)
    return list(rows.select_related("academic_year").order_by("opens_on"))


def load_last_year_levels(
    design: DriveDesign, schools: Iterable[School], today: date
) -> SignedLevels:
    """What the last counted visit of the year before said at each school; see load_signed_levels.

    A school that opened since, or was not visited, is left out.
    """
    return load_signed_levels(design, schools, terms_before_drive(design.drive), today)


def signed_source_text(signed: SignedLevel) -> str:
    """Which visit a level was taken from, as a baseline keeps it."""
    return f"นิเทศ {short_date(signed.visit.visit_on)} ภาคเรียนที่ {signed.term}"


def as_baseline(signed: SignedLevel) -> Baseline:
    """A signed level of the year before as a baseline."""
    return Baseline(Decimal(signed.level), BaselineSource.LAST_YEAR, signed_source_text(signed))


def untaken_baselines(
    signed: Mapping[int, SignedLevel], known: Mapping[int, Baseline]
) -> dict[int, Baseline]:
    """What last year's results would add to one school's baselines; what is known stays."""
    return {pk: as_baseline(one) for pk, one in signed.items() if pk not in known}


# --- What is missing ---


def missing_baseline_texts(school_drive: SchoolDrive | None) -> list[str]:
    """The headings of what the school has not written yet."""
    return [
        str(SchoolDrive._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
        for name in BASELINE_TEXTS
        if school_drive is None or not getattr(school_drive, name).strip()
    ]


def dimensions_without_baseline(
    design: DriveDesign, baselines: Mapping[int, Baseline]
) -> Sequence[str]:
    """The names of dimensions in which no indicator has a baseline; one without indicators not."""
    return [
        dimension.name
        for dimension in design.dimensions
        if design.indicators_of[dimension.code]
        and not any(one.pk in baselines for one in design.indicators_of[dimension.code])
    ]
