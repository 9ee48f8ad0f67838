"""Which order of a year's drive is in use, for who may see it."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from schools.models import User
from supervision.quality_drive.models import QualityDrive, Ranking
from supervision.quality_drive.ranking.enums import RankingState


def drive_of_year(user: User, year: int) -> QualityDrive:
    """The drive of the academic year as far as the person sees it; else 404."""
    drives = QualityDrive.objects.visible_to(user).select_related("academic_year")
    return get_object_or_404(drives, academic_year__year=year)


def orders_in_use(drive: QualityDrive) -> QuerySet[Ranking]:
    """The drive's order that no other has replaced: one, or none."""
    rows = Ranking.objects.filter(drive=drive).exclude(state=RankingState.REPLACED)
    return rows.select_related("drive__academic_year", "meeting")


def replaced_orders(drive: QualityDrive) -> QuerySet[Ranking]:
    """The drive's earlier orders, in whose place another was computed."""
    return Ranking.objects.filter(drive=drive, state=RankingState.REPLACED)
