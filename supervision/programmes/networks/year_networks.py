"""What there is of networks in a fiscal year, for the steps, the paper and the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from schools.core.thai import fiscal_year_days
from schools.models.dated import in_force_between_q
from supervision.programmes.models import (
    Activity,
    Dissemination,
    Forum,
    LearningSource,
    Network,
    NetworkMember,
    SupervisionPlan,
)
from supervision.programmes.models.networks import NETWORK_WORK
from supervision.programmes.networks.enums import (
    PERSON_KINDS,
    SCHOOL_AND_COMMUNITY_KINDS,
    ForumState,
)

NETWORK_PROCESS = "P2"


class NetworkCounts(TypedDict):
    """How many members and schools a network had in the year."""

    member_count: int
    school_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CountedNetwork = WithAnnotations[Network, NetworkCounts]
else:
    CountedNetwork = Network


@dataclass(frozen=True)
class YearNetworks:
    """What there is of networks in a fiscal year (BE), for the steps, the paper and the overview.

    What was at work on any day of the year counts; `new_…` began in it.
    """

    fiscal_year: int
    networks: Sequence[CountedNetwork]
    members: int
    sources: Sequence[LearningSource]
    forums: Sequence[Forum]
    plan: SupervisionPlan | None
    activities: Sequence[Activity]
    disseminations: Sequence[Dissemination]

    @property
    def has_samples(self) -> bool:
        """Whether some of it belongs to the demonstration."""
        networks = any(network.is_sample for network in self.networks)
        sources = any(source.is_sample for source in self.sources)
        return networks or sources or any(forum.is_sample for forum in self.forums)

    @property
    def first_day(self) -> date:
        return fiscal_year_days(self.fiscal_year)[0]

    @property
    def new_networks(self) -> list[CountedNetwork]:
        return [network for network in self.networks if network.starts_on >= self.first_day]

    @property
    def new_sources(self) -> list[LearningSource]:
        return [source for source in self.sources if source.starts_on >= self.first_day]

    @property
    def held_forums(self) -> list[Forum]:
        return [forum for forum in self.forums if forum.state == ForumState.HELD]

    @property
    def school_networks(self) -> list[CountedNetwork]:
        """Those of 3.3: of the area, schools, agencies and the community."""
        return [one for one in self.networks if one.kind in SCHOOL_AND_COMMUNITY_KINDS]

    @property
    def person_networks(self) -> list[CountedNetwork]:
        """Those of 3.4: of persons and clubs."""
        return [one for one in self.networks if one.kind in PERSON_KINDS]

    @property
    def attendance(self) -> int:
        """How many came to the forums held, each time counted."""
        return sum(forum.attendance_total for forum in self.held_forums)


def load_year_networks(year: int) -> YearNetworks:
    """In a constant number of queries."""
    days = fiscal_year_days(year)
    networks = _at_work(Network.objects.all(), days).annotate(
        member_count=Count("members", filter=in_force_between_q(*days, "members__"), distinct=True),
        school_count=Count("schools", distinct=True),
    )
    activities = Activity.objects.filter(work__code=NETWORK_WORK, plan__fiscal_year=year)
    return YearNetworks(
        fiscal_year=year,
        networks=list(networks),
        members=_at_work(NetworkMember.objects.all(), days).count(),
        sources=list(_at_work(LearningSource.objects.select_related("school", "network"), days)),
        forums=list(
            Forum.objects.not_cancelled()
            .between(*days)
            .select_related("network")
            .prefetch_related("attendance")
            .order_by("starts_on")
        ),
        plan=SupervisionPlan.objects.filter(fiscal_year=year).first(),
        activities=list(activities.not_cancelled().select_related("owner")),
        disseminations=list(Dissemination.objects.of_process(NETWORK_PROCESS, year)),
    )


def _at_work(rows: QuerySet, days: tuple[date, date]) -> QuerySet:
    return rows.filter(in_force_between_q(*days))
