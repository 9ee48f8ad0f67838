"""What the pages of certificates ask."""

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from reports.certificates.models import Certificate, CertificateQuerySet
from schools.models import User
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.quality_drive.models import Honour
from supervision.quality_drive.models.honours import HonourQuerySet

SCHOOL_AND_TERM = (
    *("round__school", "round__term__academic_year__area"),
    *("term__academic_year__area", "nominated_by"),
)


def certificate_rows(user: User) -> CertificateQuerySet:
    """The register as far as this person sees it, newest first."""
    return Certificate.objects.visible_to(user).select_related("honour").defer("snapshot")


def practices_without_certificate() -> QuerySet[GoodPractice]:
    """Selected practices that have no certificate in force, those of the newest term first."""
    given = Certificate.objects.issued().filter(practice=OuterRef("pk"))
    selected = GoodPractice.objects.filter(~Exists(given), state=PracticeState.SELECTED)
    opened = Coalesce("round__term__opens_on", "term__opens_on")
    return selected.select_related(*SCHOOL_AND_TERM).order_by(
        opened.desc(), F("round__school__sort_key").asc(nulls_first=True), "title"
    )


def honours_without_certificate() -> HonourQuerySet:
    """Honours that a meeting awarded and that have no certificate in force, the newest first."""
    given = Certificate.objects.issued().filter(honour=OuterRef("pk"))
    awarded = Honour.objects.awarded().filter(~Exists(given))
    related = awarded.select_related("school", "category__drive__academic_year__area")
    return related.order_by(
        "-category__drive__academic_year__year", "category__position", "school__sort_key"
    )


def next_certificate_number(year: int) -> int:
    """The number after the highest of that year (BE)."""
    highest = Certificate.objects.filter(year=year).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
