"""What the portal knows of a school, shown beside its proposal; it proposes nobody by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.access import Permission, can
from schools.models import School, Term, User
from supervision.quality_drive.models import Agreement, QualityDrive, RankingPlace
from supervision.quality_drive.ranking.enums import RankingState
from supervision.quality_drive.scores import (
    DimensionScore,
    dimension_scores,
    load_design,
    load_signed_levels,
)


@dataclass(frozen=True)
class HonourFacts:
    """A school in the drive: its scores by dimension, its agreement, and its places in the order.

    `places` is empty for who may not see the order, and before there is one.
    """

    school: School
    scores: Sequence[DimensionScore]
    agreement: Agreement | None
    places: Sequence[RankingPlace]


def load_honour_facts(
    drive: QualityDrive, school: School, reader: User, today: date
) -> HonourFacts:
    """Raises nothing; whoever asks has made sure that the reader may see the school."""
    design = load_design(drive)
    terms = list(Term.objects.filter(academic_year=drive.academic_year).order_by("opens_on"))
    levels = load_signed_levels(design, [school], terms, today).get(school.pk, {})
    return HonourFacts(
        school=school,
        scores=dimension_scores(design, {pk: one.level for pk, one in levels.items()}),
        agreement=drive.agreements.in_force().filter(school=school).first(),
        places=_places(drive, school, reader),
    )


def _places(drive: QualityDrive, school: School, reader: User) -> list[RankingPlace]:
    if not can(reader, Permission.VIEW_RANKING):
        return []
    rows = RankingPlace.objects.filter(ranking__drive=drive, school=school)
    return list(rows.exclude(ranking__state=RankingState.REPLACED))
