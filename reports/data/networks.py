"""What there was of networks in an academic year, and how often its results were disseminated."""

from django.db.models import Count, Sum

from reports.data.schema import NetworkFigures
from schools.core.thai import academic_year_days
from schools.models import AcademicYear
from schools.models.dated import in_force_between_q
from supervision.programmes.models import (
    Dissemination,
    Forum,
    LearningSource,
    Network,
    NetworkMember,
)
from supervision.programmes.networks.enums import ForumState


def network_figures(year: AcademicYear) -> NetworkFigures:
    """What was at work on some day of the year, the forums that began in it, and the register."""
    days = academic_year_days(year.year)
    at_work = in_force_between_q(*days)
    held = Forum.objects.filter(state=ForumState.HELD, starts_on__range=days)
    forums = held.aggregate(
        forums=Count("pk", distinct=True), people=Sum("attendance__people", default=0)
    )
    return {
        "networks": Network.objects.filter(at_work).count(),
        "members": NetworkMember.objects.filter(at_work).count(),
        "sources": LearningSource.objects.filter(at_work).count(),
        "forums": forums["forums"],
        "people": forums["people"],
        "disseminations": Dissemination.objects.recorded()
        .filter(disseminated_on__range=days)
        .count(),
    }
