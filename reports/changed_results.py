"""Reports that were signed before a meeting changed a result, for the page of the decision."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from reports.queries import register_rows
from schools.models import ClusterMembership, User
from schools.models.dated import not_over_q
from supervision.practices.outdated_reports import OutdatedReport
from supervision.rounds.models import Round


def reports_before_change(
    round_: Round, reader: User, changed_at: datetime
) -> list[OutdatedReport]:
    """Reports on the round, its term and its year that no corrected version has replaced."""
    term = round_.term
    members = ClusterMembership.objects.filter(
        not_over_q(term.opens_on), cluster=OuterRef("cluster"), school=round_.school_id
    )
    of_term = Q(term=term) & (Q(cluster=None) | Exists(members))
    about = Q(round=round_) | Q(academic_year=term.academic_year_id) | of_term
    rows = register_rows(reader).issued().filter(about, issued_at__lt=changed_at)
    return [
        OutdatedReport(str(one), one.get_absolute_url())
        for one in rows.filter(is_replaced=False).order_by("issued_at", "pk")
    ]
