from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import AcademicYear, Cluster, ClusterMembership, School, Term
from schools.registry.queries import RegistryChange, registry_changes_among


@dataclass(frozen=True)
class ClusterMembers:
    """A cluster with the schools that belong to it today."""

    cluster: Cluster
    schools: Sequence[School]

    @property
    def notes(self) -> list[str]:
        return self.cluster.notes(len(self.schools))


def clusters_with_schools(day: date) -> list[ClusterMembers]:
    """Every cluster with its schools of that day, in Thai order; closed schools left out."""
    schools: dict[int, list[School]] = defaultdict(list)
    for school in School.objects.open_on(day).with_cluster(day):
        schools[school.cluster_pk].append(school)
    return [ClusterMembers(cluster, schools[cluster.pk]) for cluster in Cluster.objects.all()]


def cluster_memberships(cluster: Cluster) -> list[ClusterMembership]:
    """All schools that belong or ever belonged to the cluster."""
    rows = cluster.memberships.select_related("school").order_by("school__sort_key", "starts_on")
    return list(rows)


def term_changes(year: AcademicYear) -> list[RegistryChange]:
    """Who moved the days of the year's terms."""
    records = Term.history.filter(academic_year=year.pk)
    return registry_changes_among(
        records, "opens_on", "closes_on", called=lambda row: f"ภาคเรียนที่ {row.number}"
    )
