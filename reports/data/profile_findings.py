"""What tests, visits and assessors from outside found in a school, as one reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from reports.data.learning_lines import LearningKind, load_learning_kinds
from reports.data.portal_results import PortalResults, load_portal_results
from reports.data.school_results import TERMS
from schools.access import Permission, can
from schools.core.thai import academic_year, short_date
from schools.models import School, Term, User
from supervision.profiles.models import ExternalAssessment, ExternalResult


@dataclass(frozen=True)
class ExternalFinding:
    """One assessment from outside; `merged_school` is whose it was before a merger."""

    assessment: ExternalAssessment
    merged_school: School | None

    @property
    def title(self) -> str:
        """Who assessed and when; of a merged school, that it was that one."""
        school = self.merged_school
        if school is None or school.closed_on is None:
            return self.assessment.title
        return f"{self.assessment.title} จาก{school} (รวมเมื่อ {short_date(school.closed_on)})"

    @property
    def results(self) -> list[ExternalResult]:
        return list(self.assessment.results.all())


@dataclass(frozen=True)
class ProfileFindings:
    """Results of tests by kind, of the portal's own visits, and what assessors found, newest first.

    `external` is empty for who may not read it, and `sees_external` says so.
    """

    school: School
    kinds: Sequence[LearningKind]
    portal: PortalResults
    sees_external: bool
    external: Sequence[ExternalFinding]

    @property
    def is_sample(self) -> bool:
        return (
            self.portal.is_sample
            or any(kind.is_sample for kind in self.kinds)
            or any(one.assessment.is_sample for one in self.external)
        )


def terms_of_profile(today: date) -> list[Term]:
    """The last five years of terms that have begun, newest first."""
    begun = Term.objects.filter(opens_on__lte=today).select_related("academic_year__area")
    return list(begun[:TERMS])


def load_profile_findings(
    user: User, school: School, terms: Sequence[Term], today: date
) -> ProfileFindings:
    """Of a school that the person may see, in a constant number of queries.

    `terms` are those that `terms_of_profile` gives.
    """
    sees_external = can(user, Permission.VIEW_PROFILE, school.pk)
    return ProfileFindings(
        school=school,
        kinds=load_learning_kinds(user, school, academic_year(today)),
        portal=load_portal_results(user, school, terms[::-1], today),
        sees_external=sees_external,
        external=_external_findings(school) if sees_external else [],
    )


def _external_findings(school: School) -> list[ExternalFinding]:
    rows = ExternalAssessment.objects.of_profile(school).recorded()
    results = Prefetch("results", ExternalResult.objects.order_by("position", "pk"))
    found = rows.select_related("academic_year", "school").prefetch_related(results)
    return [
        ExternalFinding(one, None if one.school_id == school.pk else one.school) for one in found
    ]
